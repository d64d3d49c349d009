-- Where organizations want their notices.

create table endpoints (
    id              uuid        not null constraint endpoints_pkey primary key,
    organization    text        not null,
    -- Sealed: an address can hold a name or a token.
    url_ciphertext  bytea       not null,
    url_wrapped_key bytea       not null,
    duty            text        null,
    state           text        not null,
    reason          text        null,
    created_at      timestamptz not null,
    -- The challenge of the last test, hashed, until it is repeated; nothing is sent to an endpoint that has not repeated one.
    challenge_hash  bytea       null,
    challenged_at   timestamptz null,
    confirmed_at    timestamptz null,
    version         integer     not null,
    constraint endpoints_confirmed check (state <> 'ENABLED' or confirmed_at is not null)
);

select guard('endpoints', reads => 'organization = caller()', changes => 'organization = caller()');
create index endpoints_organization on endpoints (organization, id);

create table endpoint_secrets (
    endpoint_id uuid        not null,
    number      integer     not null,
    ciphertext  bytea       not null,
    wrapped_key bytea       not null,
    created_at  timestamptz not null,
    signs_until timestamptz null,
    constraint endpoint_secrets_pkey primary key (endpoint_id, number)
);

-- "offset 0" keeps the look-up one by key.
select guard('endpoint_secrets', reads => own, removes => own)
from (values ($$exists (select from endpoints e where e.id = endpoint_secrets.endpoint_id and e.organization = caller() offset 0)$$)) v(own);
