
-- Intake's own tables. What was submitted, what happened, who may read and who has read never changes: nothing of it can be changed or deleted.
grant select, insert on encounters, reports, telephone_reports, timeline, grants, accesses to :"service";
grant usage on sequence timeline_sequence to :"service";
grant select, insert, update on report_clocks to :"service";
