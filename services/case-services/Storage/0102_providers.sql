-- The providers that can be asked, which every organization may read and which name no child.

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
