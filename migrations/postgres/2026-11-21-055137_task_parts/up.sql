-- Which tasks are wholes is asked by every list and every dashboard: an index that holds the parts
-- alone, so that the answer need not be looked for in all tasks.
CREATE INDEX tasks_issued_parts ON tasks (parent_id) WHERE parent_id IS NOT NULL AND issued_at IS NOT NULL AND voided_at IS NULL;
-- All that dashboards ask of a task itself (store/task_facts.rs), so that its words need not be read.
CREATE INDEX tasks_facts ON tasks
    (root_id, issued_at, voided_at, id, lead_unit_id, weight, resolution_id, programme_id, breakthrough_id, objective_id, origin);
