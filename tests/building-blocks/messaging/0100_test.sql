create table notes (id uuid primary key, about uuid not null, text text not null, amount numeric, at timestamptz, day date, tags jsonb);
create table errands (correlation_id uuid primary key, current_state text not null, state_since timestamptz not null, seen integer not null, started_at timestamptz, steps jsonb not null, alarm_token uuid);
