DROP TABLE fields;
DROP TABLE terms;
DROP TABLE post_holders;
DROP TABLE posts;
DROP TABLE units;
DROP TABLE areas;
