-- A picture says of which change of the money it is, and in which form it is written; those from before are of another.
alter table workspaces add column money_change bigint not null default 0;
alter table pictures add column change bigint not null default -1;
alter table pictures add column format integer not null default 0;
