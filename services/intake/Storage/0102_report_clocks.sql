-- When what is asked of whoever reported is due: one saga each. limited_by is the rule that the limit is from, which may be ours.

create table report_clocks (
    correlation_id uuid        not null constraint report_clocks_pkey primary key,
    current_state  text        not null,
    state_since    timestamptz not null,
    encounter_id   uuid        not null,
    rule           text        not null,
    limited_by     text        not null,
    started_at     timestamptz not null,
    due_at         timestamptz not null,
    satisfied_at   timestamptz null,
    evidence       text        null,
    alarm_token    uuid        null
);

select guard('report_clocks', reads => reported('report_clocks'));
create index report_clocks_by_encounter on report_clocks (encounter_id);
