-- Who gets an encounter's reports and why, decision by decision. Kept for good; no row changes.

create table jurisdiction_decisions (
    encounter_id uuid        not null,
    decision_id  uuid        not null,
    decided_at   timestamptz not null,
    decided_by   text        not null,
    undetermined text        null,
    told         jsonb       not null,
    facts        jsonb       not null,
    evidence     jsonb       null,
    reports      jsonb       not null,
    versions     jsonb       not null,
    -- An encounter's decisions are read together.
    constraint jurisdiction_decisions_pkey primary key (encounter_id, decision_id)
);

-- For trying a pack on the last month's: rows come in the order of time and never change, which this kind of index makes nothing of.
create index jurisdiction_decisions_by_time on jurisdiction_decisions using brin (decided_at) with (autosummarize = on);

-- Whoever was told by a decision reads it; the desk those that it was asked about, by routing or by counties that do not agree, and those that people made.
select guard('jurisdiction_decisions', reads => $$told ? caller() or caller() = home_state() and (undetermined is not null or decided_by <> 'ROUTING'
    or exists (select from desk_items asked where asked.encounter_id = jurisdiction_decisions.encounter_id))$$);
