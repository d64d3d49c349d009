-- What happened to an encounter after it was reported.

create table timeline (
    message_id   uuid        not null constraint timeline_pkey primary key,
    encounter_id uuid        not null,
    sequence     bigint      not null default 0,
    at           timestamptz not null,
    type         text        not null,
    report_id    uuid        null,
    data         jsonb       not null
);

select guard('timeline', reads => reported('timeline'));
create unique index timeline_by_encounter on timeline (encounter_id, sequence);
create sequence timeline_sequence owned by timeline.sequence;

-- A reader that has seen an entry must have seen all before it. So the number is drawn under a lock that lasts until the commit:
-- entries of one encounter become visible in the order of their numbers, however many instances write them.
create function timeline_in_order() returns trigger language plpgsql as $$
begin
    perform pg_advisory_xact_lock(hashtextextended(new.encounter_id::text, 0));
    new.sequence := nextval('timeline_sequence');
    return new;
end $$;

create trigger timeline_in_order before insert on timeline for each row execute function timeline_in_order();

-- Who responds to a report, so that nobody has to look for it on the timeline. Another only once a person
-- has said so, in a row of its own: the newest counts.
create table responders (
    report_id    uuid        not null,
    encounter_id uuid        not null,
    organization text        not null,
    handoff_id   uuid        not null,
    since        timestamptz not null,
    constraint responders_pkey primary key (report_id, since)
);

select guard('responders');
