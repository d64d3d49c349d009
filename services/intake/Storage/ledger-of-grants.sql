
-- The ledger takes the place of the accesses' own; no version with those was ever released.
drop table accesses;
drop function accesses_append_only();

-- Whoever adds a grant, and however, the ledger says so in the same transaction.
create function grants_on_ledger() returns trigger language plpgsql as $$
begin
    insert into ledger (at, action, organization, report_id, tier, grant_id, facts)
    select granted_at, 'grant.given', organization, report_id, tier, grant_id, json_build_object('legalBasis', legal_basis, 'expiresAt', expires_at) from given;
    return null;
end $$;

create trigger grants_on_ledger after insert on grants referencing new table as given for each statement execute function grants_on_ledger();

-- The agency that reported sees who has read.
create policy agency on ledger for select using (exists (
    select from reports r join encounters e on e.encounter_id = r.encounter_id
    where r.report_id = ledger.report_id and 'le:' || e.agency_ori = (select caller()) offset 0));
