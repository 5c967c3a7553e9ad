alter table workspaces
  add column siren text,
  add column address text not null default '',
  add column healthy_percent integer not null default 10,
  add column high_percent integer not null default 20,
  add column danger_percent integer not null default 25,
  add column payment_days integer not null default 30,
  add column payment_end_of_month boolean not null default false,
  add column working_hours text not null default '09:00-18:00,09:00-18:00,09:00-18:00,09:00-18:00,09:00-18:00,,',
  add column holiday_region text not null default 'Mainland';

alter table people add column theme text;

-- A workspace cannot be read before it is entered: its name stands in the membership too, to choose by.
alter table memberships add column workspace_name text not null default '';
do $$
declare entered uuid;
begin
  for entered in select distinct workspace_id from memberships loop
    perform set_config('porte.workspace', entered::text, true);
    update memberships m set workspace_name = w.name from workspaces w
      where w.workspace_id = entered and m.workspace_id = entered;
  end loop;
end $$;

-- A mail that holds a key is read by the one it was written to, and by nobody else.
alter table mails add column confidential boolean not null default false;

create table invitations (
  workspace_id uuid not null,
  id uuid not null,
  email text not null,
  role text not null,
  welcome text,
  token_hash bytea not null,
  invited_by uuid not null,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  version bigint not null,
  constraint invitations_pk primary key (workspace_id, id),
  constraint invitations_workspace_id_fk foreign key (workspace_id) references workspaces (workspace_id) on delete cascade
);
create unique index invitations_workspace_id_email on invitations (workspace_id, email);
create unique index invitations_workspace_id_token_hash on invitations (workspace_id, token_hash);
call guard('invitations');
