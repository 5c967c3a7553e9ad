create table schema_history (
  number integer not null primary key,
  name text not null,
  hash text not null,
  applied_at text not null
) strict;

create table workspaces (
  workspace_id blob not null,
  name text not null,
  language text not null,
  zone text not null,
  created_at text not null,
  version integer not null,
  constraint workspaces_pk primary key (workspace_id)
) strict;

-- People stand above workspaces: one signs in before anything is entered.
create table people (
  id blob not null,
  user_name text,
  normalized_user_name text,
  email text,
  normalized_email text,
  email_confirmed integer not null,
  password_hash text,
  security_stamp text,
  concurrency_stamp text,
  phone_number text,
  phone_number_confirmed integer not null,
  two_factor_enabled integer not null,
  lockout_end text,
  lockout_enabled integer not null,
  access_failed_count integer not null,
  name text not null,
  language text not null,
  created_at text not null,
  constraint people_pk primary key (id)
) strict;
create unique index people_normalized_user_name on people (normalized_user_name);
create index people_normalized_email on people (normalized_email);

create table person_claims (
  id integer not null,
  user_id blob not null,
  claim_type text,
  claim_value text,
  constraint person_claims_pk primary key (id autoincrement),
  constraint person_claims_user_id_fk foreign key (user_id) references people (id) on delete cascade
) strict;
create index person_claims_user_id on person_claims (user_id);

create table person_tokens (
  user_id blob not null,
  login_provider text not null,
  name text not null,
  value text,
  constraint person_tokens_pk primary key (user_id, login_provider, name),
  constraint person_tokens_user_id_fk foreign key (user_id) references people (id) on delete cascade
) strict;

create table memberships (
  person_id blob not null,
  workspace_id blob not null,
  role text not null,
  since text not null,
  constraint memberships_pk primary key (person_id, workspace_id),
  constraint memberships_person_id_fk foreign key (person_id) references people (id) on delete cascade,
  constraint memberships_workspace_id_fk foreign key (workspace_id) references workspaces (workspace_id) on delete cascade
) strict;
create index memberships_workspace_id on memberships (workspace_id);

create table data_protection_keys (
  name text not null,
  xml text not null,
  constraint data_protection_keys_pk primary key (name)
) strict;
