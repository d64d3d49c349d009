-- The key of every report, wrapped by the key-encryption key; in a database of its own, so that no copy of the details holds their keys.

create table keys (
    key_id        uuid        not null constraint keys_pkey primary key,
    purpose       text        null,
    wrapped_key   bytea       null,
    wrapped_by    text        not null,
    made_at       timestamptz not null,
    destroyed_at  timestamptz null,
    destroyed_for text        null,
    constraint keys_destroyed check ((wrapped_key is null) = (destroyed_at is not null) and (destroyed_at is null) = (destroyed_for is null))
)
-- An update leaves the old version, with its wrapped key, until a vacuum: one dead row is enough for autovacuum to come, within a minute by default.
with (autovacuum_vacuum_threshold = 0, autovacuum_vacuum_scale_factor = 0);

-- A purpose has one key, such as that of the fingerprints; the keys of reports have none.
create unique index keys_by_purpose on keys (purpose) where purpose is not null;
-- What a rotation still has to wrap anew.
create index keys_by_wrapping on keys (wrapped_by, key_id) where wrapped_key is not null;

-- A key that was destroyed stays so, and its row stays as proof, whoever asks for something else.
create function keys_only_rewrapped_or_destroyed() returns trigger language plpgsql as $$
begin
    if tg_op <> 'UPDATE' then
        raise exception 'Keys are destroyed, not deleted: % refused.', tg_op using errcode = 'insufficient_privilege';
    end if;
    if old.destroyed_at is not null then
        raise exception 'The key % was destroyed; that is for ever.', old.key_id using errcode = 'insufficient_privilege';
    end if;
    if (new.key_id, new.made_at) is distinct from (old.key_id, old.made_at) or new.purpose is distinct from old.purpose then
        raise exception 'Only the wrapping of the key % can change.', old.key_id using errcode = 'insufficient_privilege';
    end if;
    return new;
end $$;

create trigger keys_change before update or delete on keys for each row execute function keys_only_rewrapped_or_destroyed();
create trigger keys_truncate before truncate on keys for each statement execute function keys_only_rewrapped_or_destroyed();
