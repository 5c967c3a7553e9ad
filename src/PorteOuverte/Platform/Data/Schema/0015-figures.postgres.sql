-- What was sold in each of the last months; null until it is reckoned, with the next picture.
alter table client_figures add column monthly_sales bytea;

-- By how many days a client pays after the day it is due.
alter table client_figures add column median_days_late double precision;
