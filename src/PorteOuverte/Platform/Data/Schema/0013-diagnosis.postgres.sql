-- The days on which a client bought: how likely it is that they come back.
alter table client_figures add column purchase_days bytea not null default '\x';

-- What clients owe, without reading all that was ever paid.
create index entries_workspace_id_reading_outstanding on entries (workspace_id, reading, outstanding) where outstanding > 0;

create table books_money (
  workspace_id uuid not null,
  reading bigint not null,
  content text not null,
  constraint books_money_pk primary key (workspace_id),
  constraint books_money_workspace_id_fk foreign key (workspace_id) references workspaces (workspace_id) on delete cascade
);
call guard('books_money');

create table pictures (
  workspace_id uuid not null,
  look text not null,
  made_at timestamp with time zone not null,
  content text not null,
  constraint pictures_pk primary key (workspace_id, look),
  constraint pictures_workspace_id_fk foreign key (workspace_id) references workspaces (workspace_id) on delete cascade
);
call guard('pictures');

create table diagnosis_settings (
  workspace_id uuid not null,
  variable_charges text not null,
  least_months integer not null,
  version bigint not null,
  constraint diagnosis_settings_pk primary key (workspace_id),
  constraint diagnosis_settings_workspace_id_fk foreign key (workspace_id) references workspaces (workspace_id) on delete cascade
);
call guard('diagnosis_settings');
