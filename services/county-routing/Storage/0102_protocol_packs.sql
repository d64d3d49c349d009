-- How each county wants to be reached, which every county may read: every version, for good. In force is the last one whose day has come.

create table protocol_packs (
    county_fips    text        not null,
    version        integer     not null,
    effective_from date        not null,
    published_at   timestamptz not null,
    published_by   text        null,
    pack           jsonb       not null,
    constraint protocol_packs_pkey primary key (county_fips, version)
);

create trigger tell_replicas after insert or update or delete or truncate on protocol_packs for each statement execute function tell_replicas();

-- Whoever changes a pack, and however, the ledger says so in the same transaction. What the service publishes has its request's entry there; any other change is its
-- database user's.
create function packs_on_ledger() returns trigger language plpgsql as $$
begin
    if tg_op = 'INSERT' and new.published_by is not null and not pg_has_role(session_user, (select relowner from pg_class where oid = tg_relid), 'member') then
        return null;
    end if;
    insert into ledger (at, action, subject, about, facts)
    values (now(), 'directory.changed', session_user, coalesce(new.county_fips, old.county_fips), json_build_object('change', lower(tg_op), 'version', new.version));
    return null;
end $$;

create trigger packs_on_ledger after insert or update or delete on protocol_packs for each row execute function packs_on_ledger();
