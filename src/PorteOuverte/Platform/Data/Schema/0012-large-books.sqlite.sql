-- SQLite plans by its indexes alone: nothing to do.
select 1;
