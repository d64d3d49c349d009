
-- Notification's own tables. Endpoints are only marked as deleted; what was decided about a notice never changes.
grant select, insert, update on endpoints, notices, feed_readers, deliveries to :"service";
grant select, insert, update, delete on endpoint_secrets to :"service";
grant select, insert on journal to :"service";
