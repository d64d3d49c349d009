-- Needs (one saga each), the offers that were made for them, and the providers that can be asked.

create table needs (
    correlation_id   uuid        not null constraint needs_pkey primary key,
    current_state    text        not null,
    encounter_id     uuid        not null,
    report_id        uuid        not null,
    type             text        not null,
    county_fips      text        not null,
    emergency        boolean     not null,
    urgency          text        not null,
    age_band         text        not null,
    gender           text        not null,
    languages        jsonb       not null,
    guardian_unsafe  boolean     not null,
    opened_at        timestamptz not null,
    asked            jsonb       not null,
    offer_id         uuid        null,
    offered_to       text        null,
    offered_at       timestamptz null,
    offer_expires_at timestamptz null,
    accepted_by      text        null,
    changed_at       timestamptz not null
);

create index needs_of_county on needs (county_fips, correlation_id);
create index needs_of_provider on needs (accepted_by, correlation_id) where accepted_by is not null;

create table offers (
    offer_id        uuid        not null constraint offers_pkey primary key,
    need_id         uuid        not null,
    report_id       uuid        not null,
    provider        text        not null,
    state           text        not null,
    type            text        not null,
    county_fips     text        not null,
    urgency         text        not null,
    age_band        text        not null,
    gender          text        not null,
    languages       jsonb       not null,
    guardian_unsafe boolean     not null,
    made_at         timestamptz not null,
    expires_at      timestamptz not null,
    settled_at      timestamptz null,
    reason          text        null
);

create index offers_of_provider on offers (provider, offer_id);

create table providers (
    slug         text        not null constraint providers_pkey primary key,
    document     jsonb       not null,
    made_by      text        null,
    version      integer     not null,
    available    jsonb       not null,
    available_at timestamptz null,
    changed_at   timestamptz not null
);

-- Whoever changes the directory, every instance reloads it once that commits.
create function notify_providers_changed() returns trigger language plpgsql as $$
begin
    perform pg_notify('safeharbor_providers', '');
    return null;
end $$;

create trigger providers_changed after insert or update or delete on providers
    for each statement execute function notify_providers_changed();
