-- The duty towards one organization for one report: one saga each. It reads its own, the statewide desk those of its counties, and of whom their packs list, that silence has escalated.

create table handoffs (
    correlation_id          uuid             not null constraint handoffs_pkey primary key,
    current_state           text             not null,
    state_since             timestamptz      not null,
    keeper                  text             null,
    encounter_id            uuid             not null,
    report_id               uuid             not null,
    organization            text             not null,
    listed_by               text             null,
    role                    text             not null,
    basis                   text             not null,
    confidence              text             not null,
    distance_to_line_meters integer          null,
    rule                    text             not null,
    urgency                 text             not null,
    child                   jsonb            not null,
    opened_at               timestamptz      not null,
    due_at                  timestamptz      null,
    acknowledge_by          timestamptz      not null,
    notified_at             timestamptz      null,
    acknowledged_at         timestamptz      null,
    accept_by               timestamptz      null,
    accepted_at             timestamptz      null,
    accepted_by             text             null,
    referrals               jsonb            not null,
    referred_by             uuid             null,
    desk_item_id            uuid             null,
    also_asked              jsonb            not null,
    referred_to             text             null,
    next_accept_by          timestamptz      null,
    response                jsonb            null,
    proposed_response       jsonb            null,
    downgraded              jsonb            null,
    calls                   jsonb            not null,
    called_response         jsonb            null,
    supplements             jsonb            null,
    retracted               jsonb            null,
    closed_at               timestamptz      null,
    closing_reason          text             null,
    reads_until             timestamptz      null,
    renewals                integer          not null,
    determine_by            timestamptz      null,
    escalation_step         integer          not null,
    told                    jsonb            not null,
    silence_token           uuid             null,
    pack                    jsonb            not null
);

select guard('handoffs', reads => $$escalation_step > 0 and caller() = home_state() and of_home_state(coalesce(listed_by, organization)) or organization = caller()$$);
-- Lists are in the order of what is due next; what nobody has to do any more has no due time and comes last, the newest first. What else is asked for stands at the
-- index's end, so that a row that does not match is passed over without being read.
create index handoffs_of_organization on handoffs (organization, due_at, opened_at desc, correlation_id, role, urgency);
-- Of a state that few of a county's quarter million have.
create index handoffs_of_state on handoffs (organization, current_state, due_at, opened_at desc, correlation_id, role, urgency);
-- What silence has made known beyond the county: the statewide desk's list.
create index handoffs_escalated on handoffs (due_at, opened_at desc, correlation_id, current_state, role, urgency, report_id) where escalation_step > 0;
