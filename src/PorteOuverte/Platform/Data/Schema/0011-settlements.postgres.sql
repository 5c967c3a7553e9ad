-- Which invoices a payment by hand settles, and how much of an invoice such payments settle.
alter table entries add column settles text;
alter table entries add column settled_by_hand bigint not null default 0;

-- A document by hand is found by its id, and stands there once.
create index entries_workspace_id_id on entries (workspace_id, id) where reading = 0;
create unique index entries_workspace_id_client_id_kind_number on entries (workspace_id, client_id, kind, number) where reading = 0 and file_id is null and removed_at is null and number <> '';
