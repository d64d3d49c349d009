-- Unusual reading that was found, and how far the watch has followed the chain.
create table unusual_readings (
    unusual_reading_id uuid        not null constraint unusual_readings_pkey primary key,
    organization       text        not null,
    subject            text        not null,
    rule               text        not null,
    since              timestamptz not null,
    found_at           timestamptz not null,
    report_id          uuid        not null,
    encounter_id       uuid        not null,
    reports            integer     not null,
    counties           integer     not null
);

-- Who is told of it may look: the reader's organization and the state.
select guard('unusual_readings', reads => 'organization = caller() or caller() = home_state()');

create table watch_positions (
    watch    text   not null constraint watch_positions_pkey primary key,
    position bigint not null
);

create index ledger_by_reader on ledger (organization, subject, at) where action in ('report.read', 'report.refused');
