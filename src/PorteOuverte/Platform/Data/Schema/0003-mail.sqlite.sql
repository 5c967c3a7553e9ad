-- What belongs to nobody in particular has a workspace too: the mails of the sign-in are written before anybody has entered one.
insert into workspaces (workspace_id, name, language, zone, created_at, version)
  values (x'00000000000070008000000000000001', 'Porte Ouverte', 'fr', 'Europe/Paris', '2026-11-22 00:00:00', 0)
  on conflict do nothing;

create table mails (
  workspace_id blob not null,
  id blob not null,
  message_id text not null,
  from_name text,
  from_address text not null,
  to_name text,
  to_address text not null,
  reply_to text,
  subject text not null,
  text text not null,
  html text,
  state text not null,
  attempts integer not null,
  next_attempt_at text not null,
  last_error text,
  created_at text not null,
  sent_at text,
  version integer not null,
  constraint mails_pk primary key (workspace_id, id),
  constraint mails_workspace_id_fk foreign key (workspace_id) references workspaces (workspace_id) on delete cascade
) strict, without rowid;
create index mails_workspace_id_state_next_attempt_at on mails (workspace_id, state, next_attempt_at);
