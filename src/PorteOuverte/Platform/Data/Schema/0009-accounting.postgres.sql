create table imports (
  workspace_id uuid not null,
  id uuid not null,
  given_by uuid,
  given_at timestamp with time zone not null,
  state text not null,
  plan text,
  refusal text,
  run uuid,
  done_at timestamp with time zone,
  version bigint not null,
  constraint imports_pk primary key (workspace_id, id),
  constraint imports_workspace_id_fk foreign key (workspace_id) references workspaces (workspace_id) on delete cascade
);
call guard('imports');

create table imported_files (
  workspace_id uuid not null,
  id uuid not null,
  import_id uuid not null,
  name text not null,
  kind text not null,
  state text not null,
  hash bytea not null,
  size bigint not null,
  siren text,
  closing date,
  encoding text,
  lines integer not null,
  rejected integer not null,
  first_entry date,
  last_entry date,
  report text,
  mapping text,
  replaced_by uuid,
  version bigint not null,
  constraint imported_files_pk primary key (workspace_id, id),
  constraint imported_files_workspace_id_fk foreign key (workspace_id) references workspaces (workspace_id) on delete cascade,
  constraint imported_files_workspace_id_import_id_fk foreign key (workspace_id, import_id) references imports (workspace_id, id) on delete cascade
);
create index imported_files_workspace_id_import_id on imported_files (workspace_id, import_id);
call guard('imported_files');

create table imported_file_parts (
  workspace_id uuid not null,
  file_id uuid not null,
  number integer not null,
  content bytea not null,
  constraint imported_file_parts_pk primary key (workspace_id, file_id, number),
  constraint imported_file_parts_workspace_id_fk foreign key (workspace_id) references workspaces (workspace_id) on delete cascade,
  constraint imported_file_parts_workspace_id_file_id_fk foreign key (workspace_id, file_id) references imported_files (workspace_id, id) on delete cascade
);
call guard('imported_file_parts');
