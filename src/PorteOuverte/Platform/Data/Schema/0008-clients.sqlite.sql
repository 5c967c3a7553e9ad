create table clients (
  workspace_id blob not null,
  id blob not null,
  name text not null,
  from_books integer not null,
  is_collective integer not null,
  siren text,
  vat_number text,
  address text not null,
  service_line text,
  payment_days integer,
  payment_end_of_month integer not null,
  merged_into blob,
  archived_at text,
  removed_at text,
  created_at text not null,
  is_touched integer not null,
  version integer not null,
  constraint clients_pk primary key (workspace_id, id),
  constraint clients_workspace_id_fk foreign key (workspace_id) references workspaces (workspace_id) on delete cascade
) strict, without rowid;
create index clients_workspace_id_merged_into on clients (workspace_id, merged_into);
create index clients_workspace_id_service_line on clients (workspace_id, service_line);

create table client_codes (
  workspace_id blob not null,
  code text not null,
  client_id blob not null,
  label text not null,
  constraint client_codes_pk primary key (workspace_id, code),
  constraint client_codes_workspace_id_fk foreign key (workspace_id) references workspaces (workspace_id) on delete cascade,
  constraint client_codes_workspace_id_client_id_fk foreign key (workspace_id, client_id) references clients (workspace_id, id) on delete cascade
) strict, without rowid;
create index client_codes_workspace_id_client_id on client_codes (workspace_id, client_id);

create table client_tags (
  workspace_id blob not null,
  client_id blob not null,
  tag text not null,
  constraint client_tags_pk primary key (workspace_id, client_id, tag),
  constraint client_tags_workspace_id_fk foreign key (workspace_id) references workspaces (workspace_id) on delete cascade,
  constraint client_tags_workspace_id_client_id_fk foreign key (workspace_id, client_id) references clients (workspace_id, id) on delete cascade
) strict, without rowid;
create index client_tags_workspace_id_tag on client_tags (workspace_id, tag);

create table contacts (
  workspace_id blob not null,
  id blob not null,
  client_id blob not null,
  name text not null,
  title text,
  email text,
  phone text,
  is_main integer not null,
  removed_at text,
  version integer not null,
  constraint contacts_pk primary key (workspace_id, id),
  constraint contacts_workspace_id_fk foreign key (workspace_id) references workspaces (workspace_id) on delete cascade,
  constraint contacts_workspace_id_client_id_fk foreign key (workspace_id, client_id) references clients (workspace_id, id) on delete cascade
) strict, without rowid;
create index contacts_workspace_id_client_id on contacts (workspace_id, client_id);

create table engagements (
  workspace_id blob not null,
  id blob not null,
  client_id blob not null,
  name text not null,
  kind text not null,
  service_line text,
  rate_cents integer,
  rate_unit text not null,
  starts_on text,
  ends_on text,
  notice_months integer,
  renewal_months integer,
  payment_days integer,
  lead blob,
  term_ends_on text,
  notice_by text,
  reminded_for text,
  removed_at text,
  version integer not null,
  constraint engagements_pk primary key (workspace_id, id),
  constraint engagements_workspace_id_fk foreign key (workspace_id) references workspaces (workspace_id) on delete cascade,
  constraint engagements_workspace_id_client_id_fk foreign key (workspace_id, client_id) references clients (workspace_id, id) on delete cascade
) strict, without rowid;
create index engagements_workspace_id_client_id on engagements (workspace_id, client_id);

create table client_hours (
  workspace_id blob not null,
  client_id blob not null,
  month text not null,
  minutes integer not null,
  constraint client_hours_pk primary key (workspace_id, client_id, month),
  constraint client_hours_workspace_id_fk foreign key (workspace_id) references workspaces (workspace_id) on delete cascade,
  constraint client_hours_workspace_id_client_id_fk foreign key (workspace_id, client_id) references clients (workspace_id, id) on delete cascade
) strict, without rowid;

create table client_notes (
  workspace_id blob not null,
  id blob not null,
  client_id blob not null,
  text text not null,
  written_by blob,
  written_at text not null,
  removed_at text,
  version integer not null,
  constraint client_notes_pk primary key (workspace_id, id),
  constraint client_notes_workspace_id_fk foreign key (workspace_id) references workspaces (workspace_id) on delete cascade,
  constraint client_notes_workspace_id_client_id_fk foreign key (workspace_id, client_id) references clients (workspace_id, id) on delete cascade
) strict, without rowid;
create index client_notes_workspace_id_client_id on client_notes (workspace_id, client_id);

create table client_files (
  workspace_id blob not null,
  id blob not null,
  client_id blob not null,
  name text not null,
  media_type text not null,
  size integer not null,
  added_by blob,
  added_at text not null,
  removed_at text,
  version integer not null,
  constraint client_files_pk primary key (workspace_id, id),
  constraint client_files_workspace_id_fk foreign key (workspace_id) references workspaces (workspace_id) on delete cascade,
  constraint client_files_workspace_id_client_id_fk foreign key (workspace_id, client_id) references clients (workspace_id, id) on delete cascade
) strict, without rowid;
create index client_files_workspace_id_client_id on client_files (workspace_id, client_id);

create table client_file_contents (
  workspace_id blob not null,
  file_id blob not null,
  content blob not null,
  constraint client_file_contents_pk primary key (workspace_id, file_id),
  constraint client_file_contents_workspace_id_fk foreign key (workspace_id) references workspaces (workspace_id) on delete cascade,
  constraint client_file_contents_workspace_id_file_id_fk foreign key (workspace_id, file_id) references client_files (workspace_id, id) on delete cascade
) strict, without rowid;

create table entries (
  workspace_id blob not null,
  reading integer not null,
  client_id blob not null,
  id blob not null,
  kind text not null,
  number text not null,
  date text not null,
  booked_on text not null,
  due_on text,
  amount integer not null,
  counted integer not null,
  net integer not null,
  vat integer not null,
  outstanding integer not null,
  paid_on text,
  currency text,
  is_covered integer not null,
  file_id blob,
  line integer,
  removed_at text,
  version integer not null,
  constraint entries_pk primary key (workspace_id, client_id, reading, id),
  constraint entries_workspace_id_fk foreign key (workspace_id) references workspaces (workspace_id) on delete cascade,
  constraint entries_workspace_id_client_id_fk foreign key (workspace_id, client_id) references clients (workspace_id, id) on delete cascade
) strict, without rowid;
create index entries_workspace_id_booked_on on entries (workspace_id, booked_on) where reading = 0;

create table books (
  workspace_id blob not null,
  reading integer not null,
  first_entry text,
  last_entry text,
  version integer not null,
  constraint books_pk primary key (workspace_id),
  constraint books_workspace_id_fk foreign key (workspace_id) references workspaces (workspace_id) on delete cascade
) strict, without rowid;

create table client_figures (
  workspace_id blob not null,
  client_id blob not null,
  as_of text not null,
  revenue integer not null,
  revenue_twelve_months integer not null,
  revenue_year_before integer not null,
  invoices integer not null,
  credit_notes integer not null,
  payments integer not null,
  balance integer not null,
  oldest_open text,
  mean_delay real,
  median_delay real,
  weighted_delay real,
  late_share real,
  first_invoice text,
  last_invoice text,
  usual_interval real,
  constraint client_figures_pk primary key (workspace_id, client_id),
  constraint client_figures_workspace_id_fk foreign key (workspace_id) references workspaces (workspace_id) on delete cascade,
  constraint client_figures_workspace_id_client_id_fk foreign key (workspace_id, client_id) references clients (workspace_id, id) on delete cascade
) strict, without rowid;
create index client_figures_workspace_id_revenue_twelve_months_client_id on client_figures (workspace_id, revenue_twelve_months, client_id);
