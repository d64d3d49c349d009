-- A notice says what it is about and where that can be read.
alter table notices add subject_kind text not null default '', add link text not null default '';
alter table notices alter subject_kind drop default, alter link drop default;
