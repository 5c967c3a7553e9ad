create table job_runs (
  workspace_id blob not null,
  id blob not null,
  job text not null,
  argument text,
  occasion text not null,
  state text not null,
  attempts integer not null,
  position integer not null,
  total integer not null,
  checkpoint text,
  outcome text,
  error text,
  stop_asked integer not null,
  node text,
  created_at text not null,
  started_at text,
  ended_at text,
  version integer not null,
  constraint job_runs_pk primary key (workspace_id, id),
  constraint job_runs_workspace_id_fk foreign key (workspace_id) references workspaces (workspace_id) on delete cascade
) strict, without rowid;
create unique index job_runs_workspace_id_job_occasion on job_runs (workspace_id, job, occasion);
create index job_runs_workspace_id_created_at on job_runs (workspace_id, created_at);

-- The scheduler's own tables, from its library:
-- include Quartz.Impl.AdoJobStore.Schema.create_sqlite.sql
