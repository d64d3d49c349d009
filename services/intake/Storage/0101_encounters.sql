-- What was reported. Personal details are only ever in the columns named details, each sealed with a key of the key store.
-- An agency reads its own encounters and all that hangs on them, whoever holds a live grant what the grant is for. What is decided without another table
-- comes first: for an agency no grant is looked up. "offset 0" keeps each look-up one by key: without it a plan may read all of an agency's encounters, or
-- all grants, to decide on one row.

create table encounters (
    encounter_id       uuid             not null constraint encounters_pkey primary key,
    agency_ori         text             not null,
    incident_number    text             not null,
    received_at        timestamptz      not null,
    occurred_at        timestamptz      null,
    learned_at         timestamptz      null,
    latitude           double precision null,
    longitude          double precision null,
    accuracy_meters    double precision null,
    stated_county_fips text             null,
    understood_place   jsonb            not null,
    has_address        boolean          not null,
    present_place      jsonb            null,
    custody_taken      boolean          null,
    custody_taken_at   timestamptz      null,
    custody_grounds    jsonb            not null,
    immediate_danger   boolean          null,
    urgency            text             not null,
    -- Reported in a sandbox: all of its installation's are, and none of any other's.
    test               boolean          not null constraint encounters_test check (test = is_sandbox()),
    content            bytea            not null
);

-- Whether the caller reported what a row of a table with an encounter_id hangs on, and whether a live grant of the caller's is for its encounter or report.
create function reported(guarded text) returns text language sql return format(
    $$exists (select from encounters e where e.encounter_id = %I.encounter_id and 'le:' || e.agency_ori = caller() offset 0)$$, guarded);
create function granted(guarded text, what text) returns text language sql return format(
    $$exists (select from grants g where g.%2$I = %1$I.%2$I and g.organization = caller() and g.expires_at > now() offset 0)$$, guarded, what);

select guard('encounters', reads => $$'le:' || agency_ori = caller() or $$ || granted('encounters', 'encounter_id'));

-- content is a keyed fingerprint of all that was sent: the same agency, incident and content are the same encounter.
create unique index encounters_natural on encounters (agency_ori, incident_number, content);
create index encounters_by_agency on encounters (agency_ori, encounter_id);
-- What an agency reported under an incident number is found by the number alone: few encounters have the same.
create index encounters_by_incident on encounters (incident_number);

-- A report repeats its encounter's agency: whose it is, is asked at every read.
create table reports (
    report_id              uuid    not null constraint reports_pkey primary key,
    encounter_id           uuid    not null,
    agency_ori             text    not null,
    child                  integer not null,
    age_band               text    not null,
    gender                 text    not null,
    languages              jsonb   not null,
    residence_county_fips  text    null,
    dependency_county_fips text    null,
    missing                boolean null,
    lives_in_licensed_home boolean null,
    reason_to_know_indian_child boolean null,
    tribe_organization     text    null,
    guardian_unsafe        boolean null,
    needs                  jsonb   not null,
    full_name              bytea   null,
    given_and_birth        bytea   null,
    same_child_as          uuid    null,
    details                bytea   not null,
    key_id                 uuid    not null
);

select guard('reports', reads => $$'le:' || agency_ori = caller() or $$ || granted('reports', 'report_id'));
create index reports_by_encounter on reports (encounter_id, child);
-- Keyed fingerprints, and whom the sender says that the child is. Ids of version 7 begin with their time: the reports of a day are found by them.
create index reports_by_full_name on reports (full_name, report_id) where full_name is not null;
create index reports_by_given_and_birth on reports (given_and_birth, report_id) where given_and_birth is not null;
create index reports_by_same_child on reports (same_child_as) where same_child_as is not null;

-- The reports of other encounters that may be about the same child, as the caller may see them, with the strongest reason (contracts: AlikeReasons): of a name that
-- many have, the newest twenty within a day. Unknown is not identity: a child without two words of a name is told apart from others of the incident by gender and
-- by an age far off alone; else it is alike, not the same.
-- Every receipt asks, and seldom is there any: so step by step, each only when there is something to look for. Row-level security makes one statement of them
-- three times as dear to begin.
create function alike(own_report uuid, own_encounter uuid, own_agency text, own_incident text, own_received_at timestamptz,
    own_name bytea, own_birth bytea, own_gender text, own_age text, said uuid) returns jsonb language plpgsql stable as $$
declare
    -- Not a function of SQL, which would be parsed in every statement that calls it.
    since  uuid := rpad(lpad(to_hex((extract(epoch from own_received_at - interval '1 day') * 1000)::bigint), 12, '0'), 32, '0')::uuid;
    until  uuid := rpad(lpad(to_hex((extract(epoch from own_received_at + interval '1 day') * 1000)::bigint), 12, '0'), 32, '0')::uuid;
    others uuid[] := array(select e.encounter_id from encounters e
        where e.agency_ori || '' = own_agency and e.incident_number = own_incident and e.encounter_id is distinct from own_encounter);
    found  uuid[] := case when said is null then '{}' else array[said] end;
begin
    if own_report is not null then
        found := found || array(select r.report_id from reports r where r.same_child_as = own_report);
    end if;
    if own_name is not null then
        found := found || array(select r.report_id from reports r where r.full_name = own_name and r.report_id between since and until
            and r.encounter_id is distinct from own_encounter order by r.report_id desc limit 20);
    end if;
    if own_birth is not null then
        found := found || array(select r.report_id from reports r where r.given_and_birth = own_birth and r.report_id between since and until
            and r.encounter_id is distinct from own_encounter order by r.report_id desc limit 20);
    end if;
    if others <> '{}' then
        found := found || array(select r.report_id from reports r where r.encounter_id = any(others) and (r.full_name = own_name or r.given_and_birth = own_birth
            or (r.full_name is null or own_name is null) and (r.gender, own_gender) not in (('female', 'male'), ('male', 'female'))
                and (r.age_band, own_age) not in (('UP_TO_12', '16_TO_17'), ('16_TO_17', 'UP_TO_12'))));
    end if;
    if found = '{}' then
        return '[]';
    end if;
    return (select coalesce(jsonb_agg(jsonb_build_object('reportId', r.report_id, 'encounterId', r.encounter_id, 'because', case
            when r.report_id = said or r.same_child_as = own_report then 'SENDER'
            when r.full_name = own_name then 'NAME'
            when r.given_and_birth = own_birth then 'GIVEN_NAME_AND_BIRTH'
            else 'INCIDENT' end) order by r.report_id), '[]')
        from reports r where r.report_id = any(found) and r.encounter_id is distinct from own_encounter);
end $$;

create function alike_to(r reports, e encounters) returns jsonb language sql stable
    return alike(r.report_id, r.encounter_id, r.agency_ori, e.incident_number, e.received_at, r.full_name, r.given_and_birth, r.gender, r.age_band, r.same_child_as);

create function alike_to(report uuid) returns jsonb language sql stable
    return (select alike_to(r, e) from reports r join encounters e on e.encounter_id = r.encounter_id where r.report_id = report);

create table telephone_reports (
    telephone_report_id uuid        not null constraint telephone_reports_pkey primary key,
    encounter_id        uuid        not null,
    called_at           timestamptz not null,
    recorded_at         timestamptz not null,
    organization        text        null,
    details             bytea       not null,
    key_id              uuid        not null
);

select guard('telephone_reports', reads => reported('telephone_reports') || ' or ' || granted('telephone_reports', 'encounter_id'));
create index telephone_reports_by_encounter on telephone_reports (encounter_id, recorded_at);

-- The agency that reported sees who has read.
create policy agency on ledger for select using (exists (
    select from reports r where r.report_id = ledger.report_id and 'le:' || r.agency_ori = (select caller()) offset 0));
