-- Tasks whose reports are verified as they are logged, and the reports that were.

CREATE TABLE self_verifications (
    task_id BLOB NOT NULL PRIMARY KEY REFERENCES tasks (id),
    allowed BOOLEAN NOT NULL,
    reason TEXT NOT NULL,
    decided_by BLOB REFERENCES users (id),
    decided_at TIMESTAMP NOT NULL,
    version INTEGER NOT NULL
);
CREATE INDEX self_verifications_decided_by ON self_verifications (decided_by);

ALTER TABLE progress_reports ADD COLUMN self_verified BOOLEAN NOT NULL DEFAULT FALSE;
