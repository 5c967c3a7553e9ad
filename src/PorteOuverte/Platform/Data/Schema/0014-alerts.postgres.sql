create table alerts (
  workspace_id uuid not null,
  id uuid not null,
  kind text not null,
  level text not null,
  client_id uuid,
  holding text,
  is_first boolean not null,
  follows uuid,
  raised_at timestamp with time zone not null,
  as_of date not null,
  held_on date not null,
  facts text not null,
  lately text not null,
  outcome text not null,
  ended_at timestamp with time zone,
  wakes_at timestamp with time zone,
  settled_at timestamp with time zone,
  told_at timestamp with time zone,
  constraint alerts_pk primary key (workspace_id, id),
  constraint alerts_workspace_id_fk foreign key (workspace_id) references workspaces (workspace_id) on delete cascade,
  constraint alerts_workspace_id_client_id_fk foreign key (workspace_id, client_id) references clients (workspace_id, id) on delete cascade
);
call guard('alerts');
-- Of one kind about one client one alert holds at a time, whoever raises it.
create unique index alerts_workspace_id_holding on alerts (workspace_id, holding);
create index alerts_workspace_id_client_id on alerts (workspace_id, client_id);

create table alert_steps (
  workspace_id uuid not null,
  id uuid not null,
  alert_id uuid not null,
  what text not null,
  reason text not null,
  until_at timestamp with time zone,
  taken_by uuid,
  taken_at timestamp with time zone not null,
  constraint alert_steps_pk primary key (workspace_id, id),
  constraint alert_steps_workspace_id_fk foreign key (workspace_id) references workspaces (workspace_id) on delete cascade,
  constraint alert_steps_workspace_id_alert_id_fk foreign key (workspace_id, alert_id) references alerts (workspace_id, id) on delete cascade
);
call guard('alert_steps');
create index alert_steps_workspace_id_alert_id on alert_steps (workspace_id, alert_id);

-- The weekly mail of each Monday, once.
create table weekly_letters (
  workspace_id uuid not null,
  week date not null,
  written_at timestamp with time zone not null,
  mails integer not null,
  figures text not null,
  constraint weekly_letters_pk primary key (workspace_id, week),
  constraint weekly_letters_workspace_id_fk foreign key (workspace_id) references workspaces (workspace_id) on delete cascade
);
call guard('weekly_letters');

create table weekly_wishes (
  workspace_id uuid not null,
  person_id uuid not null,
  wants boolean not null,
  constraint weekly_wishes_pk primary key (workspace_id, person_id),
  constraint weekly_wishes_workspace_id_fk foreign key (workspace_id) references workspaces (workspace_id) on delete cascade
);
call guard('weekly_wishes');
