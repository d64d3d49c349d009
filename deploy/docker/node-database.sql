-- A node's database: an owner, for migrations, and the node's own role with the rights that migrations give it. The passwords are node.yml's.
CREATE ROLE safeharbor_node_owner LOGIN PASSWORD 'development';
CREATE ROLE safeharbor_node LOGIN PASSWORD 'development';

CREATE DATABASE safeharbor_node OWNER safeharbor_node_owner;

REVOKE ALL ON DATABASE safeharbor_node FROM PUBLIC;
-- Nor may they enter the databases that every server has, which are open to all otherwise.
REVOKE ALL ON DATABASE postgres, template1 FROM PUBLIC;
GRANT CONNECT ON DATABASE safeharbor_node TO safeharbor_node;
