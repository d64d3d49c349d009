-- What the service may do with the key store: read, add, wrap anew and destroy; neither delete nor change anything else of a key. First everything is taken.
revoke all on all tables in schema public from public, :"service";
grant usage on schema public to :"service";
grant select, insert on keys to :"service";
grant update (wrapped_key, wrapped_by, destroyed_at, destroyed_for) on keys to :"service";
do $$ begin
    -- For the vacuum after a destruction; before PostgreSQL 17 only an owner can, and autovacuum does it later.
    if current_setting('server_version_num')::int >= 170000 then
        execute 'grant maintain on keys to :"service"';
    end if;
end $$;
