-- Files that prove something about a task; the bytes lie in a folder under their SHA-256, which several rows may share.

CREATE TABLE attachments (
    id BLOB NOT NULL PRIMARY KEY,
    task_id BLOB NOT NULL REFERENCES tasks (id),
    report_id BLOB REFERENCES progress_reports (id),
    position BIGINT NOT NULL,
    unit_id BLOB NOT NULL REFERENCES units (id),
    file_name TEXT NOT NULL,
    kind TEXT NOT NULL,
    bytes BIGINT NOT NULL,
    sha256 TEXT NOT NULL,
    note TEXT,
    on_behalf BOOLEAN NOT NULL,
    recorded_by BLOB REFERENCES users (id),
    origin TEXT NOT NULL CHECK (origin IN ('entry', 'import', 'demo')),
    recorded_at TIMESTAMP NOT NULL,
    voided_by BLOB REFERENCES users (id),
    voided_at TIMESTAMP,
    void_reason TEXT,
    version INTEGER NOT NULL
);
CREATE INDEX attachments_task_id ON attachments (task_id, position);
CREATE INDEX attachments_report_id ON attachments (report_id);
CREATE INDEX attachments_unit_id ON attachments (unit_id);
CREATE INDEX attachments_recorded_by ON attachments (recorded_by);
CREATE INDEX attachments_voided_by ON attachments (voided_by);
