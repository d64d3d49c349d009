-- What silence has made known beyond the county: the statewide desk's list.
create index handoffs_escalated on handoffs (opened_at, correlation_id) where escalation_step > 0;
