
-- Case-services' own tables. Needs and offers stay for ever, and so do providers: a contract ends, its provider does not vanish.
grant select, insert, update on needs, offers, providers to :"service";
