-- Who sees which rows. Policies ask for whom the session reads: 'service' is the service's own work, which sees all; an organization sees what the
-- policies after that give it; nobody else sees anything. The owner, who only migrates, is not bound by them.

create function caller() returns text language sql stable parallel safe return current_setting('safeharbor.caller', true);

revoke execute on function keep_inbox(integer, integer) from public;

-- Messages of all organizations: nobody's to read.
alter table outbox enable row level security;
create policy service on outbox using ((select caller()) = 'service');
alter table timers enable row level security;
create policy service on timers using ((select caller()) = 'service');
alter table parked enable row level security;
create policy service on parked using ((select caller()) = 'service');

-- An answer is for whoever got it. A key's caller begins with the organization.
alter table idempotency_keys enable row level security;
create policy service on idempotency_keys using ((select caller()) = 'service');
create policy own on idempotency_keys for select using (split_part(caller, ' ', 1) = (select caller()));
