-- What a child needs: one saga each. A county reads its children's needs, a provider those that it accepted, the state those that nobody
-- was left for and those that it was told of because the county could not be.

create table needs (
    correlation_id   uuid        not null constraint needs_pkey primary key,
    current_state    text        not null,
    state_since      timestamptz not null,
    encounter_id     uuid        not null,
    report_id        uuid        not null,
    type             text        not null,
    responder        text        not null,
    emergency        boolean     not null,
    urgency          text        not null,
    age_band         text        not null,
    gender           text        not null,
    languages        jsonb       not null,
    guardian_unsafe  boolean     not null,
    reported_at      timestamptz not null,
    opened_at        timestamptz not null,
    asked            jsonb       not null,
    offer_id         uuid        null,
    offered_to       text        null,
    offered_at       timestamptz null,
    offer_expires_at timestamptz null,
    accepted_by      text        null,
    contact_by       timestamptz null,
    due_at           timestamptz null,
    changed_at       timestamptz not null,
    retracted_at     timestamptz null,
    reminder         uuid        null,
    state_told       boolean     not null,
    reads_until      timestamptz null,
    renewals         integer     not null
);

select guard('needs', reads => $$'provider:' || accepted_by = caller() or (current_state = 'UNFILLED' or state_told) and caller() = home_state() and of_home_state(responder)
    or responder = caller()$$);
-- Lists are in the order of what is due next; what has no due time comes last, the newest first.
create index needs_of_responder on needs (responder, due_at, opened_at desc, correlation_id);
create index needs_of_provider on needs (accepted_by, due_at, opened_at desc, correlation_id) where accepted_by is not null;
create index needs_unfilled on needs (responder) where current_state = 'UNFILLED';
