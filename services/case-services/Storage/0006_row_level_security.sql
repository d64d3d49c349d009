-- Who sees which rows, beside the service itself: a county its children's needs, a provider those that it accepted and the offers made to it, the state
-- needs that nobody was left for. The directory of providers is everybody's.

alter table needs enable row level security;
create policy service on needs using ((select caller()) = 'service');
create policy county on needs for select using ('county:' || county_fips = (select caller()));
create policy provider on needs for select using ('provider:' || accepted_by = (select caller()));
create policy desk on needs for select using (current_state = 'Unfilled' and (select caller()) = 'state:ca');

alter table offers enable row level security;
create policy service on offers using ((select caller()) = 'service');
create policy provider on offers for select using ('provider:' || provider = (select caller()));
