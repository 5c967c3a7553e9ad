create table alerts (
  workspace_id blob not null,
  id blob not null,
  kind text not null,
  level text not null,
  client_id blob,
  holding text,
  is_first integer not null,
  follows blob,
  raised_at text not null,
  as_of text not null,
  held_on text not null,
  facts text not null,
  lately text not null,
  outcome text not null,
  ended_at text,
  wakes_at text,
  settled_at text,
  told_at text,
  constraint alerts_pk primary key (workspace_id, id),
  constraint alerts_workspace_id_fk foreign key (workspace_id) references workspaces (workspace_id) on delete cascade,
  constraint alerts_workspace_id_client_id_fk foreign key (workspace_id, client_id) references clients (workspace_id, id) on delete cascade
) strict, without rowid;
-- Of one kind about one client one alert holds at a time, whoever raises it.
create unique index alerts_workspace_id_holding on alerts (workspace_id, holding);
create index alerts_workspace_id_client_id on alerts (workspace_id, client_id);

create table alert_steps (
  workspace_id blob not null,
  id blob not null,
  alert_id blob not null,
  what text not null,
  reason text not null,
  until_at text,
  taken_by blob,
  taken_at text not null,
  constraint alert_steps_pk primary key (workspace_id, id),
  constraint alert_steps_workspace_id_fk foreign key (workspace_id) references workspaces (workspace_id) on delete cascade,
  constraint alert_steps_workspace_id_alert_id_fk foreign key (workspace_id, alert_id) references alerts (workspace_id, id) on delete cascade
) strict, without rowid;
create index alert_steps_workspace_id_alert_id on alert_steps (workspace_id, alert_id);

-- The weekly mail of each Monday, once.
create table weekly_letters (
  workspace_id blob not null,
  week text not null,
  written_at text not null,
  mails integer not null,
  figures text not null,
  constraint weekly_letters_pk primary key (workspace_id, week),
  constraint weekly_letters_workspace_id_fk foreign key (workspace_id) references workspaces (workspace_id) on delete cascade
) strict, without rowid;

create table weekly_wishes (
  workspace_id blob not null,
  person_id blob not null,
  wants integer not null,
  constraint weekly_wishes_pk primary key (workspace_id, person_id),
  constraint weekly_wishes_workspace_id_fk foreign key (workspace_id) references workspaces (workspace_id) on delete cascade
) strict, without rowid;
