-- Who sees which rows, beside the service itself: an organization its endpoints and their secrets, its notices, and how the telling goes.
-- "offset 0" keeps each look-up one by key.

alter table endpoints enable row level security;
create policy service on endpoints using ((select caller()) = 'service');
create policy own on endpoints for select using (organization = (select caller()));
create policy own_changes on endpoints for update using (organization = (select caller()));

alter table endpoint_secrets enable row level security;
create policy service on endpoint_secrets using ((select caller()) = 'service');
create policy own on endpoint_secrets for select using (exists (
    select from endpoints e where e.id = endpoint_secrets.endpoint_id and e.organization = (select caller()) offset 0));
create policy own_deletions on endpoint_secrets for delete using (exists (
    select from endpoints e where e.id = endpoint_secrets.endpoint_id and e.organization = (select caller()) offset 0));

alter table notices enable row level security;
create policy service on notices using ((select caller()) = 'service');
create policy own on notices for select using (organization = (select caller()));

alter table deliveries enable row level security;
create policy service on deliveries using ((select caller()) = 'service');
create policy own on deliveries for select using (exists (
    select from notices n where n.id = deliveries.notice_id and n.organization = (select caller()) offset 0));

alter table journal enable row level security;
create policy service on journal using ((select caller()) = 'service');
create policy own on journal for select using (exists (
    select from notices n where n.id = journal.notice_id and n.organization = (select caller()) offset 0));
