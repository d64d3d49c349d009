-- How each county wants to be reached, which every county may read.

create table protocol_packs (
    county_fips text    not null constraint protocol_packs_pkey primary key,
    version     integer not null,
    pack        jsonb   not null
);

create trigger tell_replicas after insert or update or delete or truncate on protocol_packs for each statement execute function tell_replicas();

-- Whoever changes a pack, and however, the ledger says so in the same transaction: by the database's user, because packs are changed in the database.
create function packs_on_ledger() returns trigger language plpgsql as $$
begin
    insert into ledger (at, action, subject, about, facts)
    values (now(), 'directory.changed', session_user, coalesce(new.county_fips, old.county_fips), json_build_object('change', lower(tg_op), 'version', new.version));
    return null;
end $$;

create trigger packs_on_ledger after insert or update or delete on protocol_packs for each row execute function packs_on_ledger();
