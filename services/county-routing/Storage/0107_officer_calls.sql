-- Every call of an officer that was recorded, by its encounter: a handoff that is opened later is told of those before. Times and a code; whom the officer spoke to is intake's.

create table officer_calls (
    encounter_id uuid        not null,
    recorded_at  timestamptz not null,
    called_at    timestamptz not null,
    called       text        null,
    constraint officer_calls_pkey primary key (encounter_id, recorded_at)
);

select guard('officer_calls');
