-- A session belongs to a person, above the workspaces: the browser somebody signed in with.
create table sessions (
  id blob not null,
  person_id blob not null,
  browser text,
  address text,
  created_at text not null,
  seen_at text not null,
  ended_at text,
  constraint sessions_pk primary key (id),
  constraint sessions_person_id_fk foreign key (person_id) references people (id) on delete cascade
) strict, without rowid;
create index sessions_person_id on sessions (person_id);
