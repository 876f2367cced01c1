-- Coordinating units file what they did for a task; it moves nothing and is never changed.

CREATE TABLE contributions (
    id BLOB NOT NULL PRIMARY KEY,
    task_id BLOB NOT NULL REFERENCES tasks (id),
    position BIGINT NOT NULL,
    unit_id BLOB NOT NULL REFERENCES units (id),
    result TEXT NOT NULL,
    measured_on DATE NOT NULL,
    on_behalf BOOLEAN NOT NULL,
    recorded_by BLOB REFERENCES users (id),
    origin TEXT NOT NULL CHECK (origin IN ('entry', 'import', 'demo')),
    recorded_at TIMESTAMP NOT NULL
);
CREATE INDEX contributions_task_id ON contributions (task_id, position);
CREATE INDEX contributions_unit_id ON contributions (unit_id);
CREATE INDEX contributions_recorded_by ON contributions (recorded_by);
