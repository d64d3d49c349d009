-- The numbers for the telephone report, as handoffs told them: the one that was checked last counts. They name no child.

create table hotlines (
    organization text not null,
    phone        text not null,
    verified_at  date not null,
    constraint hotlines_pkey primary key (organization, phone, verified_at)
);

select guard('hotlines');
create trigger tell_replicas after insert or update or delete or truncate on hotlines for each statement execute function tell_replicas();
