-- The counties' nodes, as the statewide system hears of them (ADR 46): one saga each.

create table nodes (
    correlation_id uuid        not null constraint nodes_pkey primary key,
    current_state  text        not null,
    state_since    timestamptz not null,
    name           text        not null,
    organizations  jsonb       not null,
    waiting        integer     not null,
    link           text        null,
    heard_at       timestamptz not null,
    look_at        timestamptz null,
    look_token     uuid        null
);

select guard('nodes', reads => $$caller() = home_state()$$);
