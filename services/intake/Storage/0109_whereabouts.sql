-- With whom a child is, as somebody said; and which worker of a county has the case. What was said stays, and the newest counts. Each row repeats its report's
-- agency: whose it is, is asked at every read.

create table whereabouts (
    telling_id   uuid        not null constraint whereabouts_pkey primary key,
    encounter_id uuid        not null,
    report_id    uuid        not null,
    agency_ori   text        not null,
    holder       text        not null,
    since        timestamptz not null,
    next_holder  text        null,
    next_at      timestamptz null,
    organization text        not null,
    told_at      timestamptz not null
);

select guard('whereabouts', reads => $$'le:' || agency_ori = caller() or $$ || granted('whereabouts', 'report_id'));
create index whereabouts_by_report on whereabouts (report_id, since, told_at);

-- Name and number are sealed with a key of their own, which is destroyed with the report's.
create table workers (
    worker_id    uuid        not null constraint workers_pkey primary key,
    encounter_id uuid        not null,
    report_id    uuid        not null,
    agency_ori   text        not null,
    organization text        not null,
    assigned_at  timestamptz not null,
    content      bytea       not null,
    details      bytea       not null,
    key_id       uuid        not null
);

select guard('workers', reads => $$'le:' || agency_ori = caller() or $$ || granted('workers', 'report_id'));
create index workers_by_report on workers (report_id, assigned_at);
