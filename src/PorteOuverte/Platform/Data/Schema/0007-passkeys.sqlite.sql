-- The time step of the last code taken: no code is taken twice.
alter table people add column last_code_step integer;

-- Wrong codes since the last right one, apart from wrong passwords: whoever knows the password must not get the tries back.
alter table people add column wrong_codes integer not null default 0;
alter table people add column codes_closed_until text;

-- Above workspaces, as the people they belong to.
create table person_passkeys (
  id blob not null,
  person_id blob not null,
  credential_id blob not null,
  public_key blob not null,
  transports text not null,
  name text not null,
  sign_count integer not null,
  is_backup_eligible integer not null,
  is_backed_up integer not null,
  created_at text not null,
  last_used_at text,
  version integer not null,
  constraint person_passkeys_pk primary key (id),
  constraint person_passkeys_person_id_fk foreign key (person_id) references people (id) on delete cascade
) strict, without rowid;
create index person_passkeys_person_id on person_passkeys (person_id);
create unique index person_passkeys_credential_id on person_passkeys (credential_id);
