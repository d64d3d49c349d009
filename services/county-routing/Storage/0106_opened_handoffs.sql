-- Every handoff that was opened, by whomever it is kept: to find again who was given a report. Written with the message that opens it.

create table opened_handoffs (
    handoff_id   uuid not null constraint opened_handoffs_pkey primary key,
    report_id    uuid not null,
    organization text not null
);

select guard('opened_handoffs');
create index opened_handoffs_of_report on opened_handoffs (report_id);
