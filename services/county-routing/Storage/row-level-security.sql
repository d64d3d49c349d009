-- Who sees which rows, beside the service itself: a county its own handoffs; the statewide desk those that silence has escalated, and what it is to decide.

alter table handoffs enable row level security;
create policy service on handoffs using ((select caller()) = 'service');
create policy county on handoffs for select using ('county:' || county_fips = (select caller()));
create policy desk on handoffs for select using (escalation_step > 0 and (select caller()) = 'state:ca');

alter table desk_items enable row level security;
create policy service on desk_items using ((select caller()) = 'service');
create policy desk on desk_items for select using ((select caller()) = 'state:ca');
