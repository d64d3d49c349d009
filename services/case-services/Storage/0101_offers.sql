-- What was offered to whom; a provider reads its own.

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
    due_at          timestamptz null,
    settled_at      timestamptz null,
    reason          text        null
);

select guard('offers', reads => $$'provider:' || provider = caller()$$);
-- What waits for an answer comes first, what is due soonest before; the rest after it, the newest first.
create index offers_of_provider on offers (provider, due_at, made_at desc, offer_id);
