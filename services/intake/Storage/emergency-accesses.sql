-- Break-glass: who opened a report without a grant, and what its review came to. Nothing here is ever deleted.
create table emergency_accesses (
    correlation_id uuid        not null constraint emergency_accesses_pkey primary key,
    current_state  text        not null,
    state_since    timestamptz not null,
    encounter_id   uuid        not null,
    report_id      uuid        not null,
    organization   text        not null,
    subject        text        not null,
    reason         text        not null,
    reviewer       text        not null,
    opened_at      timestamptz not null,
    expires_at     timestamptz not null,
    reviewed_at    timestamptz null,
    reviewed_by    text        null,
    outcome        text        null,
    reminders      integer     not null,
    reminder_token uuid        null
);

-- A grant changes in one way: it ends earlier than it would have.
create function grants_only_end_early() returns trigger language plpgsql as $$
begin
    if new.expires_at >= old.expires_at or (to_jsonb(new) - 'expires_at') is distinct from (to_jsonb(old) - 'expires_at') then
        raise exception 'A grant can only end earlier: the change of % is refused.', old.grant_id using errcode = 'insufficient_privilege';
    end if;
    return new;
end $$;

create trigger grants_only_end_early before update on grants for each row execute function grants_only_end_early();

create index emergency_accesses_by_reviewer on emergency_accesses (reviewer, correlation_id);

alter table emergency_accesses enable row level security;
create policy service on emergency_accesses using ((select caller()) = 'service');
create policy reviewer on emergency_accesses for select using (reviewer = (select caller()));
create policy own on emergency_accesses for select using (organization = (select caller()));
