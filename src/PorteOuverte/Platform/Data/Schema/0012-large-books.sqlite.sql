-- All that a client is found by, without accents and capitals; null until the program has made it.
alter table clients add column words text;
