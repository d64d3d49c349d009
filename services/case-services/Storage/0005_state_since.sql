-- Since when a saga has been in its state; what is there already counts from now.
alter table needs add column state_since timestamptz not null default now();
