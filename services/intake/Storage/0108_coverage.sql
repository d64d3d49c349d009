-- What the providers' directory says can be had, as case-services told it. It names no child.

create table coverage (
    provider text    not null constraint coverage_pkey primary key,
    revision integer not null,
    listed   jsonb   not null
);

select guard('coverage');
create trigger tell_replicas after insert or update or delete or truncate on coverage for each statement execute function tell_replicas();
