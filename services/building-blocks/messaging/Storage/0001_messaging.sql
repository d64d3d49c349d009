-- What every service's database has: who sees which rows, replicas, the inbox, the outbox, timers, what is parked and the answers to idempotency keys.

-- For whom the session reads: 'service' is the service's own work; an organization sees what guards give it; nobody else sees anything.
create function caller() returns text language sql stable parallel safe return current_setting('safeharbor.caller', true);

-- Hides a table's rows from all but the service, and shows each to whom its condition names. The tables' owner, who only migrates, is not bound by it.
create function guard(guarded regclass, reads text default null, adds text default null, changes text default null, removes text default null) returns void
language plpgsql as $$
declare
    command   text;
    condition text;
begin
    execute format('alter table %s enable row level security', guarded);
    execute format('create policy service on %s using ((select caller()) = ''service'')', guarded);
    for command, condition in values ('select', reads), ('insert', adds), ('update', changes), ('delete', removes) loop
        continue when condition is null;
        -- Asked once a statement, not once a row. PostgreSQL tries policies from the end of the alphabet: that of the service comes before these.
        execute format('create policy caller_%1$s on %2$s for %1$s %3$s (%4$s)', command, guarded,
            case command when 'insert' then 'with check' else 'using' end, replace(condition, 'caller()', '(select caller())'));
    end loop;
end $$;

-- Whoever changes reference data, every instance reads it again once that commits.
create function tell_replicas() returns trigger language plpgsql as $$
begin
    perform pg_notify('replica_' || tg_table_name, '');
    return null;
end $$;

-- A message belongs to the day on which it was first sent; every copy of it carries that time, so one partition knows whether it was dealt with.
create table inbox (
    sent_on    date not null,
    message_id uuid not null,
    consumer   text not null,
    constraint inbox_pkey primary key (message_id, consumer, sent_on)
) partition by range (sent_on);

-- What comes from a day whose partition is gone, or carries no time at all; never dropped.
create table inbox_other_days partition of inbox default;

-- Makes the partitions of the coming days and drops those that are past keeping. The tables' owner runs it for the service.
create function keep_inbox(days_kept integer, days_ahead integer) returns void
language plpgsql security definer set search_path = public, pg_temp set lock_timeout = '2s' as $$
declare
    today date := (now() at time zone 'utc')::date;
    day   date;
    past  text;
begin
    for day in select generate_series(today - 1, today + days_ahead, interval '1 day')::date loop
        if to_regclass('inbox_' || to_char(day, 'YYYYMMDD')) is null then
            begin
                execute format('create table inbox_%s partition of inbox for values from (%L) to (%L)', to_char(day, 'YYYYMMDD'), day, day + 1);
            exception
                when duplicate_table then null;
                -- Rows of that day came before its partition: they stay where they are, and so does the day.
                when check_violation then null;
            end;
        end if;
    end loop;
    for past in
        select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
        where i.inhparent = 'inbox'::regclass and c.relname ~ '^inbox_\d{8}$' and to_date(right(c.relname, 8), 'YYYYMMDD') < today - days_kept
    loop
        execute format('drop table %I', past);
    end loop;
end $$;

revoke execute on function keep_inbox(integer, integer) from public;
select keep_inbox(30, 7);

create table outbox (
    sequence     bigint      generated always as identity constraint outbox_pkey primary key,
    message_id   uuid        not null,
    ordering_key uuid        not null,
    destination  text        not null,
    routing_key  text        null,
    type         text        not null,
    body         bytea       not null,
    trace_parent text        null,
    timer_token  uuid        null,
    created_at   timestamptz not null default now(),
    sent_at      timestamptz not null default now(),
    attempts     integer     not null default 0,
    not_before   timestamptz null,
    last_error   text        null
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000, autovacuum_vacuum_cost_delay = 0);

select guard('outbox');

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
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000, autovacuum_vacuum_cost_delay = 0);

select guard('timers');
create index timers_due on timers (due_at);

-- Messages that could not be handled or sent, with everything that it takes to send them again. Nothing here expires.
create table parked (
    id           bigint      generated always as identity constraint parked_pkey primary key,
    message_id   uuid        not null,
    destination  text        not null,
    routing_key  text        null,
    type         text        not null,
    body         bytea       not null,
    ordering_key uuid        not null,
    trace_parent text        null,
    timer_token  uuid        null,
    sent_at      timestamptz not null,
    source       text        not null,
    error_type   text        not null,
    error        text        not null,
    times        integer     not null default 1,
    parked_at    timestamptz not null default now(),
    state        text        not null default 'PARKED',
    settled_at   timestamptz null,
    settled_by   text        null
);

select guard('parked');
create unique index parked_message on parked (message_id, destination);
create index parked_open on parked (id) where state = 'PARKED';

create table idempotency_keys (
    caller       text        not null,
    key_hash     bytea       not null,
    request_hash bytea       not null,
    status       integer     not null,
    location     text        null,
    e_tag        text        null,
    answer       text        not null,
    created_at   timestamptz not null default now(),
    constraint idempotency_keys_pkey primary key (caller, key_hash)
);

-- An answer is for whoever got it. A key's caller begins with the organization.
select guard('idempotency_keys', reads => $$split_part(caller, ' ', 1) = caller()$$);
create index idempotency_keys_age on idempotency_keys using brin (created_at);
