create table table_mappings (
  workspace_id uuid not null,
  fingerprint text not null,
  columns text not null,
  constraint table_mappings_pk primary key (workspace_id, fingerprint),
  constraint table_mappings_workspace_id_fk foreign key (workspace_id) references workspaces (workspace_id) on delete cascade
);
call guard('table_mappings');
