-- Who may read a report's details, why and until when.

create table grants (
    grant_id     uuid        not null constraint grants_pkey primary key,
    encounter_id uuid        not null,
    report_id    uuid        not null,
    organization text        not null,
    tier         text        not null,
    legal_basis  text        not null,
    granted_at   timestamptz not null,
    expires_at   timestamptz not null
);

select guard('grants', reads => 'organization = caller()');
create index grants_by_report on grants (report_id, organization);
create index grants_by_encounter on grants (encounter_id, organization);

-- Whoever adds a grant, and however, the ledger says so in the same transaction.
create function grants_on_ledger() returns trigger language plpgsql as $$
begin
    insert into ledger (at, action, organization, report_id, tier, grant_id, facts)
    select granted_at, 'grant.given', organization, report_id, tier, grant_id, json_build_object('legalBasis', legal_basis, 'expiresAt', expires_at) from given;
    return null;
end $$;

create trigger grants_on_ledger after insert on grants referencing new table as given for each statement execute function grants_on_ledger();

-- Whoever gave a grant can end it. The row may come first, when messages are handled side by side: then the grant never begins.
create table grant_ends (
    grant_id uuid        not null constraint grant_ends_pkey primary key,
    ended_at timestamptz not null
);

select guard('grant_ends');

create function grants_end() returns trigger language plpgsql as $$
declare
    ended grants;
begin
    update grants set expires_at = new.ended_at where grant_id = new.grant_id and expires_at > new.ended_at returning * into ended;
    if found then
        insert into ledger (at, action, organization, report_id, tier, grant_id)
        values (new.ended_at, 'grant.ended', ended.organization, ended.report_id, ended.tier, ended.grant_id);
    end if;
    return null;
end $$;

create trigger grants_end after insert on grant_ends for each row execute function grants_end();

create function grants_ended_before() returns trigger language plpgsql as $$
begin
    select least(new.expires_at, min(ended_at)) into new.expires_at from grant_ends where grant_id = new.grant_id;
    return new;
end $$;

create trigger grants_ended_before before insert on grants for each row execute function grants_ended_before();

-- A grant changes in one way: it ends earlier than it would have.
create function grants_only_end_early() returns trigger language plpgsql as $$
begin
    if new.expires_at >= old.expires_at or (to_jsonb(new) - 'expires_at') is distinct from (to_jsonb(old) - 'expires_at') then
        raise exception 'A grant can only end earlier: the change of % is refused.', old.grant_id using errcode = 'insufficient_privilege';
    end if;
    return new;
end $$;

create trigger grants_only_end_early before update on grants for each row execute function grants_only_end_early();
