-- Other states and countries that begin near the place by which a county was determined: what the county and the desk are shown.

alter table handoffs add column outer_lines jsonb not null default '[]';
alter table desk_items add column outer_lines jsonb not null default '[]';
