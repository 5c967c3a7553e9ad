alter table workspaces add column siren text;
alter table workspaces add column address text not null default '';
alter table workspaces add column healthy_percent integer not null default 10;
alter table workspaces add column high_percent integer not null default 20;
alter table workspaces add column danger_percent integer not null default 25;
alter table workspaces add column payment_days integer not null default 30;
alter table workspaces add column payment_end_of_month integer not null default 0;
alter table workspaces add column working_hours text not null default '09:00-18:00,09:00-18:00,09:00-18:00,09:00-18:00,09:00-18:00,,';
alter table workspaces add column holiday_region text not null default 'Mainland';

alter table people add column theme text;

-- A workspace cannot be read before it is entered: its name stands in the membership too, to choose by.
alter table memberships add column workspace_name text not null default '';
update memberships set workspace_name = (select name from workspaces w where w.workspace_id = memberships.workspace_id);

-- A mail that holds a key is read by the one it was written to, and by nobody else.
alter table mails add column confidential integer not null default 0;

create table invitations (
  workspace_id blob not null,
  id blob not null,
  email text not null,
  role text not null,
  welcome text,
  token_hash blob not null,
  invited_by blob not null,
  created_at text not null,
  expires_at text not null,
  version integer not null,
  constraint invitations_pk primary key (workspace_id, id),
  constraint invitations_workspace_id_fk foreign key (workspace_id) references workspaces (workspace_id) on delete cascade
) strict, without rowid;
create unique index invitations_workspace_id_email on invitations (workspace_id, email);
create unique index invitations_workspace_id_token_hash on invitations (workspace_id, token_hash);
