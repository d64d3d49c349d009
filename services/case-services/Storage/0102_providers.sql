-- The providers that can be asked, which every organization may read and which name no child.

create table providers (
    slug         text        not null constraint providers_pkey primary key,
    document     jsonb       not null,
    made_by      text        null,
    version      integer     not null,
    available    jsonb       not null,
    available_at timestamptz null,
    changed_at   timestamptz not null,
    revision     integer     not null
);

create trigger tell_replicas after insert or update or delete or truncate on providers for each statement execute function tell_replicas();
