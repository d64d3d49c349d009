-- What an agency reported under an incident number is found by the number alone: few encounters have the same.
create index encounters_by_incident on encounters (incident_number);
