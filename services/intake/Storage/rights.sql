
-- Intake's own tables. What was submitted, what happened, who may read and who has read never changes: nothing of it can be changed or deleted.
grant select, insert on encounters, reports, telephone_reports, timeline, responders, grants, unusual_readings, retention_rules, hotlines, whereabouts, workers, supplements, retractions to :"service";
grant execute on function alike, alike_to(reports, encounters), alike_to(uuid) to :"service";
grant usage on sequence timeline_sequence to :"service";
-- An emergency access that was not justified ends early, and its grant with it.
grant update on grants to :"service";
grant select, insert on grant_ends to :"service";
grant select, insert, update on coverage, report_clocks, emergency_accesses, watch_positions, destructions to :"service";
