-- Each service has a database that a role of its own owns; no role may enter another's. The keys of intake's reports are apart from the reports.
-- For development: the passwords are docker-compose.yml's.
CREATE ROLE safeharbor_intake LOGIN PASSWORD 'development';
CREATE ROLE safeharbor_intake_keys LOGIN PASSWORD 'development';
CREATE ROLE safeharbor_county_routing LOGIN PASSWORD 'development';
CREATE ROLE safeharbor_notification LOGIN PASSWORD 'development';
CREATE ROLE safeharbor_case_services LOGIN PASSWORD 'development';

CREATE DATABASE safeharbor_intake OWNER safeharbor_intake;
CREATE DATABASE safeharbor_intake_keys OWNER safeharbor_intake_keys;
CREATE DATABASE safeharbor_county_routing OWNER safeharbor_county_routing;
CREATE DATABASE safeharbor_notification OWNER safeharbor_notification;
CREATE DATABASE safeharbor_case_services OWNER safeharbor_case_services;

REVOKE CONNECT ON DATABASE safeharbor_intake, safeharbor_intake_keys, safeharbor_county_routing, safeharbor_notification, safeharbor_case_services FROM PUBLIC;
