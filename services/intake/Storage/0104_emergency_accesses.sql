-- Break-glass: who opened a report without a grant, and what its review came to. Nothing here is ever deleted.

create table emergency_accesses (
    correlation_id uuid        not null constraint emergency_accesses_pkey primary key,
    current_state  text        not null,
    state_since    timestamptz not null,
    encounter_id   uuid        not null,
    report_id      uuid        not null,
    organization   text        not null,
    subject        text        not null,
    reason         text        not null,
    reviewer       text        not null,
    opened_at      timestamptz not null,
    expires_at     timestamptz not null,
    review_by      timestamptz not null,
    due_at         timestamptz null,
    reviewed_at    timestamptz null,
    reviewed_by    text        null,
    outcome        text        null,
    reminders      integer     not null,
    reminder_token uuid        null
);

select guard('emergency_accesses', reads => 'reviewer = caller() or organization = caller()');
create index emergency_accesses_by_reviewer on emergency_accesses (reviewer, due_at, opened_at desc, correlation_id);
