-- Since when a saga has been in its state; what is there already counts from now.
alter table report_clocks add column state_since timestamptz not null default now();
