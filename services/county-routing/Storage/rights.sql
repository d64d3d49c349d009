
-- County-routing's own tables. A handoff and a desk item stay for ever; packs are kept by whoever owns the database.
grant select, insert, update on handoffs, desk_items to :"service";
grant select, insert on protocol_packs to :"service";
