-- The timer that reminds the county of a need: no first contact yet, or nobody found.

alter table needs add column reminder uuid null;
