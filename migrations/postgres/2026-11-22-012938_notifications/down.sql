DROP TABLE outbox;
DROP TABLE notification_choices;
ALTER TABLE users DROP COLUMN email;
