create table clients (
  workspace_id uuid not null,
  id uuid not null,
  name text not null,
  from_books boolean not null,
  is_collective boolean not null,
  siren text,
  vat_number text,
  address text not null,
  service_line text,
  payment_days integer,
  payment_end_of_month boolean not null,
  merged_into uuid,
  archived_at timestamp with time zone,
  removed_at timestamp with time zone,
  created_at timestamp with time zone not null,
  is_touched boolean not null,
  version bigint not null,
  constraint clients_pk primary key (workspace_id, id),
  constraint clients_workspace_id_fk foreign key (workspace_id) references workspaces (workspace_id) on delete cascade
);
create index clients_workspace_id_merged_into on clients (workspace_id, merged_into);
create index clients_workspace_id_service_line on clients (workspace_id, service_line);
call guard('clients');

create table client_codes (
  workspace_id uuid not null,
  code text not null,
  client_id uuid not null,
  label text not null,
  constraint client_codes_pk primary key (workspace_id, code),
  constraint client_codes_workspace_id_fk foreign key (workspace_id) references workspaces (workspace_id) on delete cascade,
  constraint client_codes_workspace_id_client_id_fk foreign key (workspace_id, client_id) references clients (workspace_id, id) on delete cascade
);
create index client_codes_workspace_id_client_id on client_codes (workspace_id, client_id);
call guard('client_codes');

create table client_tags (
  workspace_id uuid not null,
  client_id uuid not null,
  tag text not null,
  constraint client_tags_pk primary key (workspace_id, client_id, tag),
  constraint client_tags_workspace_id_fk foreign key (workspace_id) references workspaces (workspace_id) on delete cascade,
  constraint client_tags_workspace_id_client_id_fk foreign key (workspace_id, client_id) references clients (workspace_id, id) on delete cascade
);
create index client_tags_workspace_id_tag on client_tags (workspace_id, tag);
call guard('client_tags');

create table contacts (
  workspace_id uuid not null,
  id uuid not null,
  client_id uuid not null,
  name text not null,
  title text,
  email text,
  phone text,
  is_main boolean not null,
  removed_at timestamp with time zone,
  version bigint not null,
  constraint contacts_pk primary key (workspace_id, id),
  constraint contacts_workspace_id_fk foreign key (workspace_id) references workspaces (workspace_id) on delete cascade,
  constraint contacts_workspace_id_client_id_fk foreign key (workspace_id, client_id) references clients (workspace_id, id) on delete cascade
);
create index contacts_workspace_id_client_id on contacts (workspace_id, client_id);
call guard('contacts');

create table engagements (
  workspace_id uuid not null,
  id uuid not null,
  client_id uuid not null,
  name text not null,
  kind text not null,
  service_line text,
  rate_cents bigint,
  rate_unit text not null,
  starts_on date,
  ends_on date,
  notice_months integer,
  renewal_months integer,
  payment_days integer,
  lead uuid,
  term_ends_on date,
  notice_by date,
  reminded_for date,
  removed_at timestamp with time zone,
  version bigint not null,
  constraint engagements_pk primary key (workspace_id, id),
  constraint engagements_workspace_id_fk foreign key (workspace_id) references workspaces (workspace_id) on delete cascade,
  constraint engagements_workspace_id_client_id_fk foreign key (workspace_id, client_id) references clients (workspace_id, id) on delete cascade
);
create index engagements_workspace_id_client_id on engagements (workspace_id, client_id);
call guard('engagements');

create table client_hours (
  workspace_id uuid not null,
  client_id uuid not null,
  month date not null,
  minutes integer not null,
  constraint client_hours_pk primary key (workspace_id, client_id, month),
  constraint client_hours_workspace_id_fk foreign key (workspace_id) references workspaces (workspace_id) on delete cascade,
  constraint client_hours_workspace_id_client_id_fk foreign key (workspace_id, client_id) references clients (workspace_id, id) on delete cascade
);
call guard('client_hours');

create table client_notes (
  workspace_id uuid not null,
  id uuid not null,
  client_id uuid not null,
  text text not null,
  written_by uuid,
  written_at timestamp with time zone not null,
  removed_at timestamp with time zone,
  version bigint not null,
  constraint client_notes_pk primary key (workspace_id, id),
  constraint client_notes_workspace_id_fk foreign key (workspace_id) references workspaces (workspace_id) on delete cascade,
  constraint client_notes_workspace_id_client_id_fk foreign key (workspace_id, client_id) references clients (workspace_id, id) on delete cascade
);
create index client_notes_workspace_id_client_id on client_notes (workspace_id, client_id);
call guard('client_notes');

create table client_files (
  workspace_id uuid not null,
  id uuid not null,
  client_id uuid not null,
  name text not null,
  media_type text not null,
  size bigint not null,
  added_by uuid,
  added_at timestamp with time zone not null,
  removed_at timestamp with time zone,
  version bigint not null,
  constraint client_files_pk primary key (workspace_id, id),
  constraint client_files_workspace_id_fk foreign key (workspace_id) references workspaces (workspace_id) on delete cascade,
  constraint client_files_workspace_id_client_id_fk foreign key (workspace_id, client_id) references clients (workspace_id, id) on delete cascade
);
create index client_files_workspace_id_client_id on client_files (workspace_id, client_id);
call guard('client_files');

create table client_file_contents (
  workspace_id uuid not null,
  file_id uuid not null,
  content bytea not null,
  constraint client_file_contents_pk primary key (workspace_id, file_id),
  constraint client_file_contents_workspace_id_fk foreign key (workspace_id) references workspaces (workspace_id) on delete cascade,
  constraint client_file_contents_workspace_id_file_id_fk foreign key (workspace_id, file_id) references client_files (workspace_id, id) on delete cascade
);
call guard('client_file_contents');

create table entries (
  workspace_id uuid not null,
  reading bigint not null,
  client_id uuid not null,
  id uuid not null,
  kind text not null,
  number text not null,
  date date not null,
  booked_on date not null,
  due_on date,
  amount bigint not null,
  counted bigint not null,
  net bigint not null,
  vat bigint not null,
  outstanding bigint not null,
  paid_on date,
  currency text,
  is_covered boolean not null,
  file_id uuid,
  line integer,
  removed_at timestamp with time zone,
  version bigint not null,
  constraint entries_pk primary key (workspace_id, client_id, reading, id),
  constraint entries_workspace_id_fk foreign key (workspace_id) references workspaces (workspace_id) on delete cascade,
  constraint entries_workspace_id_client_id_fk foreign key (workspace_id, client_id) references clients (workspace_id, id) on delete cascade
);
create index entries_workspace_id_booked_on on entries (workspace_id, booked_on) where reading = 0;
call guard('entries');

create table books (
  workspace_id uuid not null,
  reading bigint not null,
  first_entry date,
  last_entry date,
  version bigint not null,
  constraint books_pk primary key (workspace_id),
  constraint books_workspace_id_fk foreign key (workspace_id) references workspaces (workspace_id) on delete cascade
);
call guard('books');

create table client_figures (
  workspace_id uuid not null,
  client_id uuid not null,
  as_of date not null,
  revenue bigint not null,
  revenue_twelve_months bigint not null,
  revenue_year_before bigint not null,
  invoices integer not null,
  credit_notes integer not null,
  payments integer not null,
  balance bigint not null,
  oldest_open date,
  mean_delay double precision,
  median_delay double precision,
  weighted_delay double precision,
  late_share double precision,
  first_invoice date,
  last_invoice date,
  usual_interval double precision,
  constraint client_figures_pk primary key (workspace_id, client_id),
  constraint client_figures_workspace_id_fk foreign key (workspace_id) references workspaces (workspace_id) on delete cascade,
  constraint client_figures_workspace_id_client_id_fk foreign key (workspace_id, client_id) references clients (workspace_id, id) on delete cascade
);
create index client_figures_workspace_id_revenue_twelve_months_client_id on client_figures (workspace_id, revenue_twelve_months, client_id);
call guard('client_figures');
