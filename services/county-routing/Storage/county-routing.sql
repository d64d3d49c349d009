create table handoffs (
    correlation_id          uuid             not null constraint handoffs_pkey primary key,
    current_state           text             not null,
    encounter_id            uuid             not null,
    report_id               uuid             not null,
    county_fips             text             not null,
    role                    text             not null,
    basis                   text             not null,
    confidence              text             not null,
    distance_to_line_meters double precision null,
    rule                    text             not null,
    urgency                 text             not null,
    child                   jsonb            not null,
    opened_at               timestamptz      not null,
    acknowledge_by          timestamptz      not null,
    notified_at             timestamptz      null,
    acknowledged_at         timestamptz      null,
    accepted_at             timestamptz      null,
    accepted_by             text             null,
    escalation_step         integer          not null,
    silence_token           uuid             null
);

create index handoffs_of_county on handoffs (county_fips, opened_at, correlation_id);

create table desk_items (
    correlation_id        uuid        not null constraint desk_items_pkey primary key,
    current_state         text        not null,
    encounter_id          uuid        not null,
    reason                text        not null,
    suggested_county_fips text        null,
    urgency               text        not null,
    reports               jsonb       not null,
    opened_at             timestamptz not null,
    assigned_at           timestamptz null,
    assigned_by           text        null,
    assigned_county_fips  text        null,
    waiting_token         uuid        null
);

create index desk_items_by_state on desk_items (current_state, opened_at);

create table protocol_packs (
    county_fips text    not null constraint protocol_packs_pkey primary key,
    version     integer not null,
    pack        jsonb   not null
);
