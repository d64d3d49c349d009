
-- County-routing's own tables. A handoff and a desk item stay for ever; versions of packs are added to.
grant select, insert, update on handoffs, desk_items to :"service";
grant select, insert on protocol_packs to :"service";
