-- Units ask for other commitments, offices and leaders decide; and a task knows by which day it was due before its deadline was
-- changed, so that dashboards judge it by both.

CREATE TABLE commitment_requests (
    id BLOB NOT NULL PRIMARY KEY,
    task_id BLOB NOT NULL REFERENCES tasks (id),
    position BIGINT NOT NULL,
    unit_id BLOB NOT NULL REFERENCES units (id),
    asked TEXT NOT NULL,
    changes TEXT NOT NULL,
    reason TEXT NOT NULL,
    legal_basis TEXT,
    state TEXT NOT NULL CHECK (state IN ('open', 'approved', 'refused', 'withdrawn')),
    requested_by BLOB REFERENCES users (id),
    origin TEXT NOT NULL CHECK (origin IN ('entry', 'import', 'demo')),
    recorded_at TIMESTAMP NOT NULL,
    decided_by BLOB REFERENCES users (id),
    decided_at TIMESTAMP,
    decision_reason TEXT,
    change_id BLOB REFERENCES commitment_changes (id),
    version INTEGER NOT NULL,
    CHECK ((state = 'open') = (decided_at IS NULL)),
    CHECK ((state = 'approved') = (change_id IS NOT NULL))
);
CREATE INDEX commitment_requests_task_id ON commitment_requests (task_id, position);
CREATE INDEX commitment_requests_unit_id ON commitment_requests (unit_id);
CREATE INDEX commitment_requests_state ON commitment_requests (state, position);
CREATE INDEX commitment_requests_requested_by ON commitment_requests (requested_by);
CREATE INDEX commitment_requests_decided_by ON commitment_requests (decided_by);
CREATE INDEX commitment_requests_change_id ON commitment_requests (change_id);

ALTER TABLE task_states ADD COLUMN rescheduled BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE task_states ADD COLUMN original_due_on DATE;
UPDATE task_states SET
    rescheduled = TRUE,
    original_due_on = (
        SELECT CASE WHEN d.binding AND d.kind NOT IN ('recurring', 'recurring_due', 'recurring_condition', 'measure_period', 'cutoff') THEN d.ends_on END
        FROM commitments c LEFT JOIN deadlines d ON d.id = c.deadline_id
        WHERE c.task_id = task_states.task_id AND c.change_id IS NULL
    )
WHERE EXISTS (
    SELECT 1 FROM commitments c JOIN commitments o ON o.task_id = c.task_id AND o.change_id IS NULL
    WHERE c.task_id = task_states.task_id AND c.deadline_id IS NOT o.deadline_id
);
