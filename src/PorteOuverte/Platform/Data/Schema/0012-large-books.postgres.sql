-- After a large import the database plans by what it knew before, until its own housekeeping comes by: the application, which owns
-- no table, may ask for that at once. It can do nothing else by it.
create function analyse_books() returns void language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  analyze public.entries;
  analyze public.clients;
  analyze public.client_codes;
  analyze public.client_figures;
end $$;

-- All that a client is found by, without accents and capitals; null until the program has made it.
alter table clients add column words text;
