-- The ledger: who did what with what. The same four tables in every service's database.

create table ledger (
    entry_id          bigint      generated always as identity constraint ledger_pkey primary key,
    at                timestamptz not null,
    action            text        not null,
    organization      text        null,
    subject           text        null,
    report_id         uuid        null,
    about             text        null,
    tier              text        null,
    grant_id          uuid        null,
    reporter_identity boolean     not null default false,
    purpose           text        null,
    -- json and not jsonb: the chain is over its very characters.
    facts             json        null
);

-- Whoever does something adds what it was, and sees no more than its own entries; the service links them all.
select guard('ledger', reads => 'organization = caller()', adds => 'organization = caller()');
create index ledger_by_report on ledger (report_id, entry_id) where report_id is not null;

-- What has been written and is not in the chain yet. The entry's own transaction adds it, so that whatever becomes visible, however late, is linked,
-- and no writer waits for another.
create table ledger_unlinked (
    entry_id bigint not null constraint ledger_unlinked_pkey primary key
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000, autovacuum_vacuum_cost_delay = 0);

select guard('ledger_unlinked');

-- hash = SHA-256(the hash before, or 32 zero bytes || the entry in its canonical form); docs/ledger.md.
create table ledger_links (
    position bigint not null constraint ledger_links_pkey primary key,
    entry_id bigint not null,
    hash     bytea  not null
);

select guard('ledger_links');
create unique index ledger_links_entry on ledger_links (entry_id);

create table ledger_checkpoints (
    position  bigint      not null constraint ledger_checkpoints_pkey primary key,
    hash      bytea       not null,
    at        timestamptz not null,
    key_id    text        not null,
    signature bytea       not null
);

select guard('ledger_checkpoints');

-- What other ledgers have said of themselves: this service is their witness. One row for each end of a chain that was told, with the witness's own signature;
-- the database keeps them like the ledger.
create table ledger_witnessed (
    ledger            text        not null,
    position          bigint      not null,
    hash              bytea       not null,
    at                timestamptz not null,
    key_id            text        not null,
    signature         bytea       not null,
    witnessed_at      timestamptz not null,
    witness_key_id    text        null,
    witness_signature bytea       null,
    constraint ledger_witnessed_pkey primary key (ledger, position, hash)
);

select guard('ledger_witnessed');

-- What each said last, which may be that nothing has come since; and until when it has heard of this ledger.
create table ledger_heard (
    ledger       text        not null constraint ledger_heard_pkey primary key,
    position     bigint      not null,
    hash         bytea       not null,
    at           timestamptz not null,
    key_id       text        not null,
    signature    bytea       not null,
    heard_at     timestamptz not null,
    confirmed_at timestamptz null
);

select guard('ledger_heard');

-- A ledger that said what cannot be true beside what it had said before: that its chain ends earlier, or otherwise.
create table ledger_contradictions (
    ledger          text        not null,
    position        bigint      not null,
    at              timestamptz not null,
    before_position bigint      not null,
    before_at       timestamptz not null,
    found_at        timestamptz not null,
    constraint ledger_contradictions_pkey primary key (ledger, position, at)
);

select guard('ledger_contradictions');
create index ledger_contradictions_found on ledger_contradictions (found_at);

-- By the tables' owner: the service itself may not add to what is to be linked.
create function ledger_to_link() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    insert into ledger_unlinked select entry_id from written;
    return null;
end $$;

create trigger ledger_to_link after insert on ledger referencing new table as written
    for each statement execute function ledger_to_link();

create function ledger_append_only() returns trigger language plpgsql as $$
begin
    raise exception 'The ledger is append-only: % of % refused.', tg_op, tg_table_name using errcode = 'insufficient_privilege';
end $$;

create trigger ledger_append_only before update or delete or truncate on ledger for each statement execute function ledger_append_only();
create trigger ledger_append_only before update or delete or truncate on ledger_links for each statement execute function ledger_append_only();
create trigger ledger_append_only before update or delete or truncate on ledger_checkpoints for each statement execute function ledger_append_only();
create trigger ledger_append_only before update or delete or truncate on ledger_witnessed for each statement execute function ledger_append_only();
create trigger ledger_append_only before update or delete or truncate on ledger_contradictions for each statement execute function ledger_append_only();
