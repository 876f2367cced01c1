ALTER TABLE task_states DROP COLUMN original_due_on;
ALTER TABLE task_states DROP COLUMN rescheduled;
DROP TABLE commitment_requests;
