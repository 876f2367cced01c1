-- Leaders tell units something about a task and the units answer; every step of it is kept as it was taken.

CREATE TABLE instructions (
    id BLOB NOT NULL PRIMARY KEY,
    task_id BLOB NOT NULL REFERENCES tasks (id),
    report_id BLOB REFERENCES progress_reports (id),
    position BIGINT NOT NULL,
    to_unit_id BLOB NOT NULL REFERENCES units (id),
    from_post_id BLOB REFERENCES posts (id),
    on_behalf BOOLEAN NOT NULL,
    text TEXT NOT NULL,
    due TEXT,
    due_on DATE,
    state TEXT NOT NULL CHECK (state IN ('open', 'answered', 'closed', 'withdrawn')),
    answered_on DATE,
    given_by BLOB REFERENCES users (id),
    origin TEXT NOT NULL CHECK (origin IN ('entry', 'import', 'demo')),
    recorded_at TIMESTAMP NOT NULL,
    version INTEGER NOT NULL,
    CHECK (state <> 'open' OR answered_on IS NULL),
    CHECK (state NOT IN ('answered', 'closed') OR answered_on IS NOT NULL),
    CHECK (NOT on_behalf OR from_post_id IS NOT NULL)
);
CREATE INDEX instructions_task_id ON instructions (task_id, position);
CREATE INDEX instructions_report_id ON instructions (report_id);
CREATE INDEX instructions_to_unit_id ON instructions (to_unit_id, state);
CREATE INDEX instructions_from_post_id ON instructions (from_post_id);
CREATE INDEX instructions_given_by ON instructions (given_by);
CREATE INDEX instructions_state ON instructions (state, position);

CREATE TABLE instruction_steps (
    id BLOB NOT NULL PRIMARY KEY,
    instruction_id BLOB NOT NULL REFERENCES instructions (id),
    position BIGINT NOT NULL,
    step TEXT NOT NULL CHECK (step IN ('answered', 'closed', 'reopened', 'withdrawn')),
    text TEXT,
    report_id BLOB REFERENCES progress_reports (id),
    on_behalf BOOLEAN NOT NULL,
    recorded_by BLOB REFERENCES users (id),
    origin TEXT NOT NULL CHECK (origin IN ('entry', 'import', 'demo')),
    recorded_at TIMESTAMP NOT NULL
);
CREATE INDEX instruction_steps_instruction_id ON instruction_steps (instruction_id, position);
CREATE INDEX instruction_steps_report_id ON instruction_steps (report_id);
CREATE INDEX instruction_steps_recorded_by ON instruction_steps (recorded_by);
