-- What the service's role may do with messaging's tables. First everything is taken: what is not given below, and in the service's own rights.sql, it
-- may not do. As the database's owner: psql -v service=ROLE -f rights.sql

revoke all on all tables in schema public from public, :"service";
revoke all on all sequences in schema public from public, :"service";
revoke all on all routines in schema public from public, :"service";
revoke all on schema public from public, :"service";
grant usage on schema public to :"service";

-- Partitions are reached through their table; the owner's function makes and drops them.
grant select, insert on inbox to :"service";
grant execute on function keep_inbox(integer, integer) to :"service";
grant execute on function caller(), home_state(), of_home_state(text), is_sandbox() to :"service";

grant select, insert, delete, update (attempts, not_before, last_error) on outbox to :"service";
-- Locking a row takes the right to change one of its columns: the one that does the least harm.
grant select, insert, delete, update (trace_parent) on timers to :"service";
grant select, insert, delete, update (request_hash, status, location, e_tag, answer) on idempotency_keys to :"service";
-- The ledger and its chain are added to and never changed; what has been linked is forgotten.
grant select, insert on ledger, ledger_links, ledger_checkpoints, ledger_witnessed, ledger_contradictions to :"service";
grant select, delete on ledger_unlinked to :"service";
grant select, insert, update (position, hash, at, key_id, signature, heard_at, confirmed_at) on ledger_heard to :"service";
grant select, insert, update (state, times, parked_at, settled_at, settled_by, source, error_type, error) on parked to :"service";
