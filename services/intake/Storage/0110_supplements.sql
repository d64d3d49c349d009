-- What an agency added to its reports: numbered in each, coded facts in clear, everything else sealed with a key of its own that is destroyed with the report's.

create table supplements (
    supplement_id    uuid        not null constraint supplements_pkey primary key,
    encounter_id     uuid        not null,
    report_id        uuid        not null,
    agency_ori       text        not null,
    sequence         integer     not null,
    made_at          timestamptz not null,
    learned_at       timestamptz null,
    immediate_danger boolean     null,
    tells            jsonb       not null,
    child            jsonb       null,
    content          bytea       not null,
    details          bytea       not null,
    key_id           uuid        not null
);

select guard('supplements', reads => $$'le:' || agency_ori = caller() or $$ || granted('supplements', 'report_id'));
create unique index supplements_in_report on supplements (report_id, sequence);

-- A supplement that commits while its report's destruction is being ordered would keep its key. So the two meet at a lock, one after the other: the supplement finds
-- the order, or the order takes its key along.
create function supplements_not_destroyed() returns trigger language plpgsql as $$
begin
    perform pg_advisory_xact_lock(hashtextextended('destruction ' || new.report_id, 0));
    if exists (select from destructions d where d.report_id = new.report_id) then
        raise exception 'The destruction of % was ordered.', new.report_id using errcode = 'unique_violation', constraint = 'supplements_not_destroyed';
    end if;
    return new;
end $$;

create trigger supplements_not_destroyed before insert on supplements for each row execute function supplements_not_destroyed();

create function destructions_take_supplements() returns trigger language plpgsql as $$
begin
    perform pg_advisory_xact_lock(hashtextextended('destruction ' || new.report_id, 0));
    -- Once: that an order was carried out is written by the same statement.
    new.key_ids := new.key_ids || (select coalesce(jsonb_agg(key_id), '[]') from supplements where report_id = new.report_id and not new.key_ids ? key_id::text);
    return new;
end $$;

create trigger destructions_take_supplements before insert on destructions for each row execute function destructions_take_supplements();

-- That an agency has taken a report back: nothing ends by it.
create table retractions (
    report_id       uuid        not null constraint retractions_pkey primary key,
    encounter_id    uuid        not null,
    agency_ori      text        not null,
    reason          text        not null,
    other_report_id uuid        null,
    retracted_at    timestamptz not null
);

select guard('retractions', reads => $$'le:' || agency_ori = caller() or $$ || granted('retractions', 'report_id'));
