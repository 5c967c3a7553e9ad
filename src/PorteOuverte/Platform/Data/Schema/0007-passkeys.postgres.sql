-- The time step of the last code taken: no code is taken twice.
alter table people add column last_code_step bigint;

-- Wrong codes since the last right one, apart from wrong passwords: whoever knows the password must not get the tries back.
alter table people add column wrong_codes integer not null default 0;
alter table people add column codes_closed_until timestamp with time zone;

-- Above workspaces, as the people they belong to.
create table person_passkeys (
  id uuid not null,
  person_id uuid not null,
  credential_id bytea not null,
  public_key bytea not null,
  transports text not null,
  name text not null,
  sign_count bigint not null,
  is_backup_eligible boolean not null,
  is_backed_up boolean not null,
  created_at timestamp with time zone not null,
  last_used_at timestamp with time zone,
  version bigint not null,
  constraint person_passkeys_pk primary key (id),
  constraint person_passkeys_person_id_fk foreign key (person_id) references people (id) on delete cascade
);
create index person_passkeys_person_id on person_passkeys (person_id);
create unique index person_passkeys_credential_id on person_passkeys (credential_id);
