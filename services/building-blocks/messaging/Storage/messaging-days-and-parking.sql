-- An inbox that is dropped day by day instead of being deleted row by row, messages that are parked, and what keeps house.
-- No version before this one was ever released: stop the services for it.

drop table inbox;

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

select keep_inbox(30, 7);

alter table outbox add column sent_at timestamptz not null default now();
alter table outbox set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000, autovacuum_vacuum_cost_delay = 0);
alter table timers set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000, autovacuum_vacuum_cost_delay = 0);

-- Messages that could not be handled or sent, with everything that it takes to send them again. Nothing here expires.
create table parked (
    id           bigint      generated always as identity constraint parked_pkey primary key,
    message_id   uuid        not null,
    destination  text        not null,
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
    state        text        not null default 'parked',
    settled_at   timestamptz null,
    settled_by   text        null
);

create unique index parked_message on parked (message_id, destination);
create index parked_open on parked (id) where state = 'parked';

create index idempotency_keys_age on idempotency_keys using brin (created_at);
