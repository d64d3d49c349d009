-- The keys of details move into the key store's own database; what was sealed with a key beside it cannot be carried over by a statement.
do $$ begin
    if exists (select from reports) or exists (select from telephone_reports) then
        raise exception 'This database holds reports that were sealed before there was a key store. No released version wrote such: begin with an empty database (./safeharbor down --wipe).';
    end if;
end $$;

alter table reports drop column details_key, add column key_id uuid not null;
alter table telephone_reports drop column details_key, add column key_id uuid not null;
