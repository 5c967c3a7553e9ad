-- A session belongs to a person, above the workspaces: the browser somebody signed in with.
create table sessions (
  id uuid not null,
  person_id uuid not null,
  browser text,
  address text,
  created_at timestamp with time zone not null,
  seen_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  constraint sessions_pk primary key (id),
  constraint sessions_person_id_fk foreign key (person_id) references people (id) on delete cascade
);
create index sessions_person_id on sessions (person_id);
