create table imports (
  workspace_id blob not null,
  id blob not null,
  given_by blob,
  given_at text not null,
  state text not null,
  plan text,
  refusal text,
  run blob,
  done_at text,
  version integer not null,
  constraint imports_pk primary key (workspace_id, id),
  constraint imports_workspace_id_fk foreign key (workspace_id) references workspaces (workspace_id) on delete cascade
) strict, without rowid;

create table imported_files (
  workspace_id blob not null,
  id blob not null,
  import_id blob not null,
  name text not null,
  kind text not null,
  state text not null,
  hash blob not null,
  size integer not null,
  siren text,
  closing text,
  encoding text,
  lines integer not null,
  rejected integer not null,
  first_entry text,
  last_entry text,
  report text,
  mapping text,
  replaced_by blob,
  version integer not null,
  constraint imported_files_pk primary key (workspace_id, id),
  constraint imported_files_workspace_id_fk foreign key (workspace_id) references workspaces (workspace_id) on delete cascade,
  constraint imported_files_workspace_id_import_id_fk foreign key (workspace_id, import_id) references imports (workspace_id, id) on delete cascade
) strict, without rowid;
create index imported_files_workspace_id_import_id on imported_files (workspace_id, import_id);

create table imported_file_parts (
  workspace_id blob not null,
  file_id blob not null,
  number integer not null,
  content blob not null,
  constraint imported_file_parts_pk primary key (workspace_id, file_id, number),
  constraint imported_file_parts_workspace_id_fk foreign key (workspace_id) references workspaces (workspace_id) on delete cascade,
  constraint imported_file_parts_workspace_id_file_id_fk foreign key (workspace_id, file_id) references imported_files (workspace_id, id) on delete cascade
) strict, without rowid;
