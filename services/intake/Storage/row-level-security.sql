-- Who sees which rows, beside the service itself: the agency its own encounters and all that hangs on them; whoever holds a live grant what the grant is for.
-- What is decided without another table comes first: for the service, whose policy is evaluated first, and for an agency no grant is looked up.
-- "offset 0" keeps each look-up one by key: without it a plan may read all of an agency's encounters, or all grants, to decide on one row.

create index grants_by_encounter on grants (encounter_id, organization);

alter table encounters enable row level security;
create policy service on encounters using ((select caller()) = 'service');
create policy readers on encounters for select using ('le:' || agency_ori = (select caller()) or exists (
    select from grants g where g.encounter_id = encounters.encounter_id and g.organization = (select caller()) and g.expires_at > now() offset 0));

alter table reports enable row level security;
create policy service on reports using ((select caller()) = 'service');
create policy readers on reports for select using (exists (
    select from encounters e where e.encounter_id = reports.encounter_id and 'le:' || e.agency_ori = (select caller()) offset 0)
    or exists (select from grants g where g.report_id = reports.report_id and g.organization = (select caller()) and g.expires_at > now() offset 0));

alter table telephone_reports enable row level security;
create policy service on telephone_reports using ((select caller()) = 'service');
create policy readers on telephone_reports for select using (exists (
    select from encounters e where e.encounter_id = telephone_reports.encounter_id and 'le:' || e.agency_ori = (select caller()) offset 0)
    or exists (select from grants g where g.encounter_id = telephone_reports.encounter_id and g.organization = (select caller()) and g.expires_at > now() offset 0));

alter table report_clocks enable row level security;
create policy service on report_clocks using ((select caller()) = 'service');
create policy agency on report_clocks for select using (exists (
    select from encounters e where e.encounter_id = report_clocks.encounter_id and 'le:' || e.agency_ori = (select caller()) offset 0));

alter table timeline enable row level security;
create policy service on timeline using ((select caller()) = 'service');
create policy agency on timeline for select using (exists (
    select from encounters e where e.encounter_id = timeline.encounter_id and 'le:' || e.agency_ori = (select caller()) offset 0));

alter table grants enable row level security;
create policy service on grants using ((select caller()) = 'service');
create policy own on grants for select using (organization = (select caller()));

-- Whoever reads a report writes so itself; the agency that reported sees who has.
alter table accesses enable row level security;
create policy service on accesses using ((select caller()) = 'service');
create policy own on accesses for select using (organization = (select caller()));
create policy own_reads on accesses for insert with check (organization = (select caller()));
create policy agency on accesses for select using (exists (
    select from reports r join encounters e on e.encounter_id = r.encounter_id
    where r.report_id = accesses.report_id and 'le:' || e.agency_ori = (select caller()) offset 0));
