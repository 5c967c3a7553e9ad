-- What belongs to nobody in particular has a workspace too: the mails of the sign-in are written before anybody has entered one.
-- The table is guarded against its owner as well, who enters that workspace for this transaction.
select set_config('porte.workspace', '00000000-0000-7000-8000-000000000001', true);
insert into workspaces (workspace_id, name, language, zone, created_at, version)
  values ('00000000-0000-7000-8000-000000000001', 'Porte Ouverte', 'fr', 'Europe/Paris', '2026-11-22 00:00:00+00', 0)
  on conflict do nothing;

create table mails (
  workspace_id uuid not null,
  id uuid not null,
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
  next_attempt_at timestamp with time zone not null,
  last_error text,
  created_at timestamp with time zone not null,
  sent_at timestamp with time zone,
  version bigint not null,
  constraint mails_pk primary key (workspace_id, id),
  constraint mails_workspace_id_fk foreign key (workspace_id) references workspaces (workspace_id) on delete cascade
);
create index mails_workspace_id_state_next_attempt_at on mails (workspace_id, state, next_attempt_at);
call guard('mails');
