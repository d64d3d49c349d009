-- Who responds to a report, so that nobody has to look for it on the timeline. What is there is there for good.
create table responders (
    report_id    uuid        not null constraint responders_pkey primary key,
    encounter_id uuid        not null,
    organization text        not null,
    handoff_id   uuid        not null,
    since        timestamptz not null
);

alter table responders enable row level security;
create policy service on responders using ((select caller()) = 'service');
