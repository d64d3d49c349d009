-- Each service has a database with two roles: the owner, for migrations, owns it and all that is in it; the service's own has the rights that migrations
-- give it. No role may enter another's. The keys of intake's reports are apart from the reports. For development: the passwords are docker-compose.yml's.
CREATE ROLE safeharbor_intake_owner LOGIN PASSWORD 'development';
CREATE ROLE safeharbor_intake LOGIN PASSWORD 'development';
CREATE ROLE safeharbor_intake_keys_owner LOGIN PASSWORD 'development';
CREATE ROLE safeharbor_intake_keys LOGIN PASSWORD 'development';
CREATE ROLE safeharbor_county_routing_owner LOGIN PASSWORD 'development';
CREATE ROLE safeharbor_county_routing LOGIN PASSWORD 'development';
CREATE ROLE safeharbor_notification_owner LOGIN PASSWORD 'development';
CREATE ROLE safeharbor_notification LOGIN PASSWORD 'development';
CREATE ROLE safeharbor_case_services_owner LOGIN PASSWORD 'development';
CREATE ROLE safeharbor_case_services LOGIN PASSWORD 'development';

CREATE DATABASE safeharbor_intake OWNER safeharbor_intake_owner;
CREATE DATABASE safeharbor_intake_keys OWNER safeharbor_intake_keys_owner;
CREATE DATABASE safeharbor_county_routing OWNER safeharbor_county_routing_owner;
CREATE DATABASE safeharbor_notification OWNER safeharbor_notification_owner;
CREATE DATABASE safeharbor_case_services OWNER safeharbor_case_services_owner;

REVOKE ALL ON DATABASE safeharbor_intake, safeharbor_intake_keys, safeharbor_county_routing, safeharbor_notification, safeharbor_case_services FROM PUBLIC;
-- Nor the databases that every server has, which are open to all otherwise.
REVOKE ALL ON DATABASE postgres, template1 FROM PUBLIC;
GRANT CONNECT ON DATABASE safeharbor_intake TO safeharbor_intake;
GRANT CONNECT ON DATABASE safeharbor_intake_keys TO safeharbor_intake_keys;
GRANT CONNECT ON DATABASE safeharbor_county_routing TO safeharbor_county_routing;
GRANT CONNECT ON DATABASE safeharbor_notification TO safeharbor_notification;
GRANT CONNECT ON DATABASE safeharbor_case_services TO safeharbor_case_services;
