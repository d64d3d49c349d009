-- What is to be told, and how the telling goes: an organization reads its own. "offset 0" keeps each look-up one by key.

create table notices (
    id               uuid        not null constraint notices_pkey primary key,
    organization     text        not null,
    duty             text        null,
    number           bigint      null,
    encounter_id     uuid        null,
    requested_by     uuid        not null,
    keeper           text        null,
    type             text        not null,
    source           text        not null,
    subject          uuid        not null,
    subject_kind     text        not null,
    link             text        not null,
    report_id        uuid        null,
    urgency          text        not null,
    due_at           timestamptz null,
    read_by          timestamptz null,
    drill            boolean     not null default false,
    requested_at     timestamptz not null,
    state            text        not null,
    reason           text        null,
    failing_at       timestamptz null,
    delivered_at     timestamptz null,
    undeliverable_at timestamptz null,
    deliver_by       timestamptz null generated always as (case when state in ('REQUESTED', 'SENDING', 'FAILING', 'IN_FEED') then due_at end) stored
);

select guard('notices', reads => 'organization = caller()');

-- A notice gets its organization's next number when it is addressed: without gaps and in the order of commits, so that who polls misses none.
create unique index notices_feed on notices (organization, number);
-- The list: what is under way and due soonest first, the rest after it, the newest first.
create index notices_by_due on notices (organization, deliver_by, requested_at desc, id);
create index notices_requested on notices (requested_at) where state = 'REQUESTED';

create index notices_in_feed on notices (read_by) where state = 'IN_FEED';

-- Who reads its feed, when it did last, and how far it has.
create table feed_readers (
    organization text        not null constraint feed_readers_pkey primary key,
    read_at      timestamptz not null,
    read_to      bigint      not null
);

select guard('feed_readers');

create table deliveries (
    id          uuid        not null constraint deliveries_pkey primary key,
    notice_id   uuid        not null,
    endpoint_id uuid        not null,
    state       text        not null,
    reason      text        null,
    attempts    integer     not null,
    started_at  timestamptz not null,
    due_at      timestamptz not null,
    claim       uuid        null
) with (autovacuum_vacuum_scale_factor = 0.02);

select guard('deliveries', reads => $$exists (select from notices n where n.id = deliveries.notice_id and n.organization = caller() offset 0)$$);
create index deliveries_notice on deliveries (notice_id);
create index deliveries_of_endpoint on deliveries (endpoint_id, due_at) where state = 'PENDING';
create index deliveries_due on deliveries (due_at) where state = 'PENDING';

-- Every decision about a notice is its next entry here: of two that decide at once the key lets one through, and the other decides again.
create table journal (
    notice_id    uuid        not null,
    number       integer     not null,
    at           timestamptz not null,
    kind         text        not null,
    delivery_id  uuid        null,
    endpoint_id  uuid        null,
    status       integer     null,
    error        text        null,
    milliseconds integer     null,
    constraint journal_pkey primary key (notice_id, number)
);

select guard('journal', reads => $$exists (select from notices n where n.id = journal.notice_id and n.organization = caller() offset 0)$$);
