create table job_runs (
  workspace_id uuid not null,
  id uuid not null,
  job text not null,
  argument text,
  occasion text not null,
  state text not null,
  attempts integer not null,
  position bigint not null,
  total bigint not null,
  checkpoint text,
  outcome text,
  error text,
  stop_asked boolean not null,
  node text,
  created_at timestamp with time zone not null,
  started_at timestamp with time zone,
  ended_at timestamp with time zone,
  version bigint not null,
  constraint job_runs_pk primary key (workspace_id, id),
  constraint job_runs_workspace_id_fk foreign key (workspace_id) references workspaces (workspace_id) on delete cascade
);
create unique index job_runs_workspace_id_job_occasion on job_runs (workspace_id, job, occasion);
create index job_runs_workspace_id_created_at on job_runs (workspace_id, created_at);
call guard('job_runs');

-- The scheduler's own tables, from its library:
-- include Quartz.Impl.AdoJobStore.Schema.create_postgres.sql
