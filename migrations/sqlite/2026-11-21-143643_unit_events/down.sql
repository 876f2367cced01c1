ALTER TABLE grants DROP COLUMN inherited;
ALTER TABLE tasks DROP COLUMN handed_over;
DROP TABLE task_handovers;
DROP TABLE unit_event_members;
DROP TABLE unit_events;
