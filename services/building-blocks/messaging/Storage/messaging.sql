-- Inbox, outbox, timers and idempotency keys: the same four tables in every service's database.

create table inbox (
    message_id  uuid        not null,
    consumer    text        not null,
    received_at timestamptz not null default now(),
    constraint inbox_pkey primary key (message_id, consumer)
);

create table outbox (
    sequence     bigint      generated always as identity constraint outbox_pkey primary key,
    message_id   uuid        not null,
    ordering_key uuid        not null,
    destination  text        not null,
    type         text        not null,
    body         bytea       not null,
    trace_parent text        null,
    timer_token  uuid        null,
    created_at   timestamptz not null default now(),
    attempts     integer     not null default 0,
    not_before   timestamptz null,
    last_error   text        null
) with (autovacuum_vacuum_scale_factor = 0.02);

-- What the broker refused: holds back later messages of the same key, and only those.
create index outbox_held_back on outbox (ordering_key, sequence) where not_before is not null;

create table timers (
    token        uuid        not null constraint timers_pkey primary key,
    due_at       timestamptz not null,
    ordering_key uuid        not null,
    destination  text        not null,
    type         text        not null,
    body         bytea       not null,
    trace_parent text        null
) with (autovacuum_vacuum_scale_factor = 0.02);

create index timers_due on timers (due_at);

create table idempotency_keys (
    caller       text        not null,
    key          text        not null,
    request_hash bytea       not null,
    status       integer     not null,
    location     text        null,
    answer       text        not null,
    created_at   timestamptz not null default now(),
    constraint idempotency_keys_pkey primary key (caller, key)
);
