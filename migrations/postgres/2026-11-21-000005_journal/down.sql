DROP TABLE settings;
DROP TABLE chain_head;
DROP TABLE events;
