-- Who keeps an organization's handoffs, as this process knows it (ADR 41); where there is no row, the statewide system does.

create table keepers (
    organization text    not null constraint keepers_pkey primary key,
    keeper       text    not null,
    link         text    null,
    is_complete  boolean not null
);

select guard('keepers');
