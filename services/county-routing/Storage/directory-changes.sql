-- Whoever changes a pack, every instance reloads the directory once that commits.
create function notify_directory_changed() returns trigger language plpgsql as $$
begin
    perform pg_notify('safeharbor_directory', '');
    return null;
end $$;

create trigger directory_changed after insert or update or delete or truncate on protocol_packs
    for each statement execute function notify_directory_changed();
