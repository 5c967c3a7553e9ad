-- No reference to workspaces: the trail of a workspace outlives it, and the House, which is nobody's workspace, has one too.
create table audit_lines (
  workspace_id blob not null,
  number integer not null,
  at text not null,
  person_id blob,
  source text,
  action text not null,
  subject_kind text,
  subject_id text,
  details text,
  previous blob not null,
  hash blob not null,
  constraint audit_lines_pk primary key (workspace_id, number)
) strict, without rowid;
create index audit_lines_workspace_id_person_id_number on audit_lines (workspace_id, person_id, number);
create index audit_lines_workspace_id_action_number on audit_lines (workspace_id, action, number);

create table audit_heads (
  workspace_id blob not null,
  number integer not null,
  hash blob not null,
  constraint audit_heads_pk primary key (workspace_id)
) strict, without rowid;
