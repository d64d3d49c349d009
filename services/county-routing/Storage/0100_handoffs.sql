-- The duty towards one county for one report: one saga each. A county reads its own, the statewide desk those that silence has escalated.

create table handoffs (
    correlation_id          uuid             not null constraint handoffs_pkey primary key,
    current_state           text             not null,
    state_since             timestamptz      not null,
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

select guard('handoffs', reads => $$escalation_step > 0 and caller() = 'state:ca' or 'county:' || county_fips = caller()$$);
create index handoffs_of_county on handoffs (county_fips, opened_at, correlation_id);
-- What silence has made known beyond the county: the statewide desk's list.
create index handoffs_escalated on handoffs (opened_at, correlation_id) where escalation_step > 0;
