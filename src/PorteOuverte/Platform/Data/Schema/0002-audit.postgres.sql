-- No reference to workspaces: the trail of a workspace outlives it, and the House, which is nobody's workspace, has one too.
-- The application may add lines and read them; changing and deleting is taken from its role after every step (Schema.Grant).
create table audit_lines (
  workspace_id uuid not null,
  number bigint not null,
  at timestamp with time zone not null,
  person_id uuid,
  source text,
  action text not null,
  subject_kind text,
  subject_id text,
  -- Not jsonb, which would write it anew: what was hashed must come back to the letter.
  details text,
  previous bytea not null,
  hash bytea not null,
  constraint audit_lines_pk primary key (workspace_id, number)
);
create index audit_lines_workspace_id_person_id_number on audit_lines (workspace_id, person_id, number);
create index audit_lines_workspace_id_action_number on audit_lines (workspace_id, action, number);
call guard('audit_lines');

create table audit_heads (
  workspace_id uuid not null,
  number bigint not null,
  hash bytea not null,
  constraint audit_heads_pk primary key (workspace_id)
);
call guard('audit_heads');
