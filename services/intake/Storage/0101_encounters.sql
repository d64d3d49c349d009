-- What was reported. Personal details are only ever in the columns named details, each sealed with a key of the key store.
-- An agency reads its own encounters and all that hangs on them, whoever holds a live grant what the grant is for. What is decided without another table
-- comes first: for an agency no grant is looked up. "offset 0" keeps each look-up one by key: without it a plan may read all of an agency's encounters, or
-- all grants, to decide on one row.

create table encounters (
    encounter_id       uuid             not null constraint encounters_pkey primary key,
    agency_ori         text             not null,
    incident_number    text             not null,
    system             text             null,
    received_at        timestamptz      not null,
    occurred_at        timestamptz      null,
    learned_at         timestamptz      null,
    latitude           double precision null,
    longitude          double precision null,
    accuracy_meters    double precision null,
    stated_county_fips text             null,
    custody_taken      boolean          null,
    custody_taken_at   timestamptz      null,
    custody_grounds    jsonb            not null,
    immediate_danger   boolean          null,
    urgency            text             not null,
    children           bytea            not null,
    content            bytea            not null
);

-- Whether the caller reported what a row of a table with an encounter_id hangs on, and whether a live grant of the caller's is for its encounter or report.
create function reported(guarded text) returns text language sql return format(
    $$exists (select from encounters e where e.encounter_id = %I.encounter_id and 'le:' || e.agency_ori = caller() offset 0)$$, guarded);
create function granted(guarded text, what text) returns text language sql return format(
    $$exists (select from grants g where g.%2$I = %1$I.%2$I and g.organization = caller() and g.expires_at > now() offset 0)$$, guarded, what);

select guard('encounters', reads => $$'le:' || agency_ori = caller() or $$ || granted('encounters', 'encounter_id'));

-- children and content are keyed fingerprints: of who the children are, and of all that was sent.
-- The same agency, incident and children are the same encounter.
create unique index encounters_natural on encounters (agency_ori, incident_number, children);
create index encounters_by_agency on encounters (agency_ori, encounter_id);
-- What an agency reported under an incident number is found by the number alone: few encounters have the same.
create index encounters_by_incident on encounters (incident_number);

create table reports (
    report_id              uuid    not null constraint reports_pkey primary key,
    encounter_id           uuid    not null,
    child                  integer not null,
    age_band               text    not null,
    gender                 text    not null,
    languages              jsonb   not null,
    residence_county_fips  text    null,
    dependency_county_fips text    null,
    missing                boolean null,
    guardian_unsafe        boolean null,
    needs                  jsonb   not null,
    details                bytea   not null,
    key_id                 uuid    not null
);

select guard('reports', reads => reported('reports') || ' or ' || granted('reports', 'report_id'));
create index reports_by_encounter on reports (encounter_id, child);

create table telephone_reports (
    telephone_report_id uuid        not null constraint telephone_reports_pkey primary key,
    encounter_id        uuid        not null,
    called_at           timestamptz not null,
    recorded_at         timestamptz not null,
    details             bytea       not null,
    key_id              uuid        not null
);

select guard('telephone_reports', reads => reported('telephone_reports') || ' or ' || granted('telephone_reports', 'encounter_id'));
create index telephone_reports_by_encounter on telephone_reports (encounter_id, recorded_at);

-- The agency that reported sees who has read.
create policy agency on ledger for select using (exists (
    select from reports r join encounters e on e.encounter_id = r.encounter_id
    where r.report_id = ledger.report_id and 'le:' || e.agency_ori = (select caller()) offset 0));
