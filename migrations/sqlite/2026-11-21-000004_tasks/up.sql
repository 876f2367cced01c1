-- What is done: tasks, their commitments, their state and the reports that move it.

CREATE TABLE tasks (
    id BLOB NOT NULL PRIMARY KEY,
    root_id BLOB NOT NULL REFERENCES areas (id),
    parent_id BLOB REFERENCES tasks (id),
    resolution_id BLOB REFERENCES resolutions (id),
    programme_id BLOB REFERENCES programmes (id),
    group_id BLOB REFERENCES task_groups (id),
    field_id BLOB REFERENCES fields (id),
    breakthrough_id BLOB REFERENCES breakthroughs (id),
    pillar_id BLOB REFERENCES pillars (id),
    objective_id BLOB REFERENCES objectives (id),
    title TEXT NOT NULL,
    folded TEXT NOT NULL,
    description TEXT,
    deliverable TEXT,
    lead_unit_id BLOB NOT NULL REFERENCES units (id),
    monitoring_unit_id BLOB REFERENCES units (id),
    accountable_post_id BLOB REFERENCES posts (id),
    assigned_by TEXT,
    assigned_text TEXT,
    assigned_on DATE,
    assigned_precision TEXT,
    assigning_document TEXT,
    weight INTEGER NOT NULL CHECK (weight > 0),
    scope TEXT,
    secrecy TEXT NOT NULL CHECK (secrecy IN ('none', 'confidential', 'secret', 'top_secret')),
    issued_at TIMESTAMP,
    voided_at TIMESTAMP,
    source TEXT,
    origin TEXT NOT NULL CHECK (origin IN ('entry', 'import', 'demo')),
    version INTEGER NOT NULL,
    recorded_at TIMESTAMP NOT NULL
);
CREATE INDEX tasks_root_id ON tasks (root_id);
CREATE INDEX tasks_parent_id ON tasks (parent_id);
CREATE INDEX tasks_resolution_id ON tasks (resolution_id);
CREATE INDEX tasks_programme_id ON tasks (programme_id);
CREATE INDEX tasks_group_id ON tasks (group_id);
CREATE INDEX tasks_field_id ON tasks (field_id);
CREATE INDEX tasks_breakthrough_id ON tasks (breakthrough_id);
CREATE INDEX tasks_pillar_id ON tasks (pillar_id);
CREATE INDEX tasks_objective_id ON tasks (objective_id);
CREATE INDEX tasks_lead_unit_id ON tasks (lead_unit_id);
CREATE INDEX tasks_monitoring_unit_id ON tasks (monitoring_unit_id);
CREATE INDEX tasks_accountable_post_id ON tasks (accountable_post_id);

CREATE TABLE task_coordinating_units (
    task_id BLOB NOT NULL REFERENCES tasks (id),
    unit_id BLOB NOT NULL REFERENCES units (id),
    PRIMARY KEY (task_id, unit_id)
);
CREATE INDEX task_coordinating_units_unit_id ON task_coordinating_units (unit_id);

CREATE TABLE deadlines (
    id BLOB NOT NULL PRIMARY KEY,
    task_id BLOB NOT NULL REFERENCES tasks (id),
    text TEXT NOT NULL,
    reference_date DATE,
    kind TEXT NOT NULL,
    starts_on DATE,
    ends_on DATE,
    precision TEXT,
    recurrence TEXT,
    binding BOOLEAN NOT NULL,
    fuzzy BOOLEAN NOT NULL,
    milestones TEXT NOT NULL,
    parser_version INTEGER NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    CHECK (starts_on IS NULL OR ends_on IS NULL OR ends_on >= starts_on)
);
CREATE INDEX deadlines_task_id ON deadlines (task_id);

CREATE TABLE task_states (
    task_id BLOB NOT NULL PRIMARY KEY REFERENCES tasks (id),
    deadline_id BLOB REFERENCES deadlines (id),
    due_on DATE,
    lifecycle TEXT NOT NULL,
    confirmed BOOLEAN NOT NULL,
    completed_on DATE,
    claimed INTEGER CHECK (claimed BETWEEN 0 AND 10000),
    verified INTEGER CHECK (verified BETWEEN 0 AND 10000),
    reported BOOLEAN NOT NULL,
    has_verified BOOLEAN NOT NULL,
    waiting INTEGER NOT NULL,
    last_reported_at TIMESTAMP
);
CREATE INDEX task_states_deadline_id ON task_states (deadline_id);
CREATE INDEX task_states_due_on ON task_states (due_on, task_id);

CREATE TABLE commitment_changes (
    id BLOB NOT NULL PRIMARY KEY,
    task_id BLOB NOT NULL REFERENCES tasks (id),
    position BIGINT NOT NULL,
    changes TEXT NOT NULL,
    reason TEXT NOT NULL,
    legal_basis TEXT,
    approver TEXT,
    recorded_by BLOB REFERENCES users (id),
    origin TEXT NOT NULL CHECK (origin IN ('entry', 'import', 'demo')),
    recorded_at TIMESTAMP NOT NULL
);
CREATE INDEX commitment_changes_task_id ON commitment_changes (task_id, position);
CREATE INDEX commitment_changes_recorded_by ON commitment_changes (recorded_by);

CREATE TABLE commitments (
    id BLOB NOT NULL PRIMARY KEY,
    task_id BLOB NOT NULL REFERENCES tasks (id),
    position BIGINT NOT NULL,
    change_id BLOB REFERENCES commitment_changes (id),
    deadline_id BLOB REFERENCES deadlines (id),
    lead_unit_id BLOB NOT NULL REFERENCES units (id),
    weight INTEGER NOT NULL CHECK (weight > 0),
    scope TEXT,
    recorded_at TIMESTAMP NOT NULL
);
CREATE INDEX commitments_task_id ON commitments (task_id, position);
CREATE INDEX commitments_change_id ON commitments (change_id);
CREATE INDEX commitments_deadline_id ON commitments (deadline_id);
CREATE INDEX commitments_lead_unit_id ON commitments (lead_unit_id);

CREATE TABLE task_decisions (
    id BLOB NOT NULL PRIMARY KEY,
    task_id BLOB NOT NULL REFERENCES tasks (id),
    position BIGINT NOT NULL,
    decision TEXT NOT NULL CHECK (decision IN ('issue', 'suspend', 'resume', 'cancel', 'void')),
    reason TEXT,
    legal_basis TEXT,
    recorded_by BLOB REFERENCES users (id),
    origin TEXT NOT NULL CHECK (origin IN ('entry', 'import', 'demo')),
    recorded_at TIMESTAMP NOT NULL
);
CREATE INDEX task_decisions_task_id ON task_decisions (task_id, position);
CREATE INDEX task_decisions_recorded_by ON task_decisions (recorded_by);

CREATE TABLE progress_reports (
    id BLOB NOT NULL PRIMARY KEY,
    task_id BLOB NOT NULL REFERENCES tasks (id),
    position BIGINT NOT NULL,
    unit_id BLOB NOT NULL REFERENCES units (id),
    state TEXT NOT NULL CHECK (state IN ('not_started', 'in_progress', 'product_submitted', 'completed')),
    result TEXT NOT NULL,
    percent INTEGER CHECK (percent BETWEEN 0 AND 10000),
    measured_on DATE NOT NULL,
    product_number TEXT,
    product_issued_on DATE,
    product_note TEXT,
    obstacles TEXT,
    proposals TEXT NOT NULL,
    reason TEXT,
    on_behalf BOOLEAN NOT NULL,
    recorded_by BLOB REFERENCES users (id),
    recorded_at TIMESTAMP NOT NULL,
    origin TEXT NOT NULL CHECK (origin IN ('entry', 'import', 'demo')),
    verification TEXT NOT NULL CHECK (verification IN ('submitted', 'verified', 'returned')),
    verified_by BLOB REFERENCES users (id),
    verified_at TIMESTAMP,
    verification_reason TEXT,
    version INTEGER NOT NULL,
    CHECK ((verification = 'submitted') = (verified_at IS NULL))
);
CREATE INDEX progress_reports_task_id ON progress_reports (task_id, measured_on, position);
CREATE INDEX progress_reports_position ON progress_reports (position);
CREATE INDEX progress_reports_unit_id ON progress_reports (unit_id);
CREATE INDEX progress_reports_recorded_by ON progress_reports (recorded_by);
CREATE INDEX progress_reports_verified_by ON progress_reports (verified_by);
CREATE INDEX progress_reports_verification ON progress_reports (verification, position);
CREATE INDEX progress_reports_recorded_at ON progress_reports (recorded_at);
-- Empty but in a demo: what an answer must call illustrative.
CREATE INDEX progress_reports_demo ON progress_reports (task_id) WHERE origin = 'demo';
