-- Drills of counties, by reports of nobody (ADR 44): one saga each.

create table drills (
    correlation_id  uuid        not null constraint drills_pkey primary key,
    current_state   text        not null,
    state_since     timestamptz not null,
    county_fips     text        not null,
    organization    text        not null,
    started_by      text        null,
    started_at      timestamptz not null,
    ends_at         timestamptz not null,
    due_at          timestamptz null,
    heard_at        timestamptz null,
    notified_at     timestamptz null,
    acknowledged_at timestamptz null,
    accepted_at     timestamptz null,
    rungs_told      integer     not null,
    end_token       uuid        null
);

select guard('drills', reads => $$organization = caller() or caller() = home_state()$$);
create index drills_of_organization on drills (organization, due_at, started_at desc, correlation_id);
create index drills_by_due on drills (due_at, started_at desc, correlation_id);
