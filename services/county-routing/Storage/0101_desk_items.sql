-- What the statewide desk is to decide: one saga each.

create table desk_items (
    correlation_id        uuid        not null constraint desk_items_pkey primary key,
    current_state         text        not null,
    state_since           timestamptz not null,
    encounter_id          uuid        not null,
    reason                text        not null,
    suggested_organization text       null,
    possible_organizations jsonb      not null,
    between_organizations jsonb       not null,
    referral              jsonb       null,
    urgency               text        not null,
    reports               jsonb       not null,
    opened_at             timestamptz not null,
    decide_by             timestamptz not null,
    due_at                timestamptz null,
    assigned_at           timestamptz null,
    assigned_by           text        null,
    assigned_organization text        null,
    assignments           jsonb       not null,
    further               jsonb       not null,
    waiting_token         uuid        null
);

select guard('desk_items', reads => $$caller() = home_state()$$);
create index desk_items_by_due on desk_items (due_at, opened_at desc, correlation_id);
-- Which encounters the desk has been asked about.
create index desk_items_of_encounter on desk_items (encounter_id);
