-- Since when a saga has been in its state; what is there already counts from now.
alter table handoffs add column state_since timestamptz not null default now();
alter table desk_items add column state_since timestamptz not null default now();
