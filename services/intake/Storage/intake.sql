-- Intake's own tables. Personal details are only ever in the columns named details, each sealed with the key beside it.

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

-- children and content are keyed fingerprints: of who the children are, and of all that was sent.
-- The same agency, incident and children are the same encounter.
create unique index encounters_natural on encounters (agency_ori, incident_number, children);
create index encounters_by_agency on encounters (agency_ori, encounter_id);

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
    details_key            bytea   not null
);

create index reports_by_encounter on reports (encounter_id, child);

create table telephone_reports (
    telephone_report_id uuid        not null constraint telephone_reports_pkey primary key,
    encounter_id        uuid        not null,
    called_at           timestamptz not null,
    recorded_at         timestamptz not null,
    details             bytea       not null,
    details_key         bytea       not null
);

create index telephone_reports_by_encounter on telephone_reports (encounter_id, recorded_at);

create table report_clocks (
    correlation_id uuid        not null constraint report_clocks_pkey primary key,
    current_state  text        not null,
    encounter_id   uuid        not null,
    rule           text        not null,
    citation       text        not null,
    started_at     timestamptz not null,
    due_at         timestamptz not null,
    satisfied_at   timestamptz null,
    evidence       text        null,
    alarm_token    uuid        null
);

create index report_clocks_by_encounter on report_clocks (encounter_id);

create table timeline (
    message_id   uuid        not null constraint timeline_pkey primary key,
    encounter_id uuid        not null,
    sequence     bigint      not null default 0,
    at           timestamptz not null,
    type         text        not null,
    report_id    uuid        null,
    data         jsonb       not null
);

create unique index timeline_by_encounter on timeline (encounter_id, sequence);
create sequence timeline_sequence owned by timeline.sequence;

-- A reader that has seen an entry must have seen all before it. So the number is drawn under a lock that lasts until the commit:
-- entries of one encounter become visible in the order of their numbers, however many instances write them.
create function timeline_in_order() returns trigger language plpgsql as $$
begin
    perform pg_advisory_xact_lock(hashtextextended(new.encounter_id::text, 0));
    new.sequence := nextval('timeline_sequence');
    return new;
end $$;

create trigger timeline_in_order before insert on timeline for each row execute function timeline_in_order();

create table grants (
    grant_id     uuid        not null constraint grants_pkey primary key,
    encounter_id uuid        not null,
    report_id    uuid        not null,
    organization text        not null,
    tier         text        not null,
    legal_basis  text        not null,
    granted_at   timestamptz not null,
    expires_at   timestamptz not null
);

create index grants_by_report on grants (report_id, organization);

create table accesses (
    access_id         uuid        not null constraint accesses_pkey primary key,
    report_id         uuid        not null,
    at                timestamptz not null,
    organization      text        not null,
    subject           text        not null,
    tier              text        not null,
    grant_id          uuid        not null,
    reporter_identity boolean     not null,
    purpose           text        null
);

create index accesses_by_report on accesses (report_id, access_id);

create function accesses_append_only() returns trigger language plpgsql as $$
begin
    raise exception 'The access ledger is append-only: % refused.', tg_op using errcode = 'insufficient_privilege';
end $$;

create trigger accesses_append_only before update or delete or truncate on accesses
    for each statement execute function accesses_append_only();
