
-- County-routing's own tables. A handoff and a desk item stay for ever, and a decision stays as it was; versions of packs are added to.
grant select, insert, update on handoffs, desk_items, keepers, nodes, drills to :"service";
grant select, insert on jurisdiction_decisions, officer_calls, opened_handoffs, protocol_packs to :"service";
