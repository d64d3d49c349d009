-- What each organization has said last of a provider's free places; whose counts is ADR 49's. What was said before this column was is of nobody in particular.

alter table providers add column words jsonb not null default '[]';
