grant select, insert, update, delete on notes, errands to :"service";
