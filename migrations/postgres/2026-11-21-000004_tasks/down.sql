DROP TABLE progress_reports;
DROP TABLE task_decisions;
DROP TABLE commitments;
DROP TABLE commitment_changes;
DROP TABLE task_states;
DROP TABLE deadlines;
DROP TABLE task_coordinating_units;
DROP TABLE tasks;
