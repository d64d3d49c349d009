-- How long each handoff's recipient wants a report kept; null when its pack says nothing.
create table retention_rules (
    handoff_id   uuid    not null constraint retention_rules_pkey primary key,
    encounter_id uuid    not null,
    report_id    uuid    not null,
    organization text    not null,
    days         integer null
);

select guard('retention_rules');
create index retention_rules_by_report on retention_rules (report_id);

-- Reports whose keys are destroyed: ordered first, destroyed then. Nothing here is ever deleted.
create table destructions (
    report_id         uuid        not null constraint destructions_pkey primary key,
    encounter_id      uuid        not null,
    key_ids           jsonb       not null,
    ground            text        not null,
    ordered_at        timestamptz not null,
    ordered_by        text        null,
    organization      text        null,
    order_fingerprint bytea       null,
    destroyed_at      timestamptz null
);

-- That a report's details are gone may know who could read them, also when the grant has run out, and the state.
select guard('destructions', reads => $$caller() = home_state() or $$ || reported('destructions') || $$
    or exists (select from grants g where g.report_id = destructions.report_id and g.organization = caller() offset 0)$$);
create index destructions_unfinished on destructions (ordered_at) where destroyed_at is null;
create index destructions_by_time on destructions (destroyed_at) where destroyed_at is not null;

-- An order stays as it was given, whoever asks for something else; what comes to it is when it was carried out.
create function destructions_only_carried_out() returns trigger language plpgsql as $$
begin
    if new.destroyed_at is null or (new.report_id, new.encounter_id, new.key_ids, new.ground, new.ordered_at, new.ordered_by, new.organization, new.order_fingerprint)
        is distinct from (old.report_id, old.encounter_id, old.key_ids, old.ground, old.ordered_at, old.ordered_by, old.organization, old.order_fingerprint) then
        raise exception 'The destruction of % was ordered; that stays.', old.report_id using errcode = 'insufficient_privilege';
    end if;
    return new;
end $$;

create trigger destructions_change before update on destructions for each row execute function destructions_only_carried_out();
