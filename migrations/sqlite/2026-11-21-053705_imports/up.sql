-- Imports: which file was taken in by whom, and what became of it. Its events stand side by side in the journal.

CREATE TABLE imports (
    id BLOB NOT NULL PRIMARY KEY,
    root_id BLOB NOT NULL REFERENCES areas (id),
    kind TEXT NOT NULL CHECK (kind IN ('areas', 'units', 'tasks')),
    source TEXT,
    file_name TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    row_count INTEGER NOT NULL,
    created INTEGER NOT NULL,
    updated INTEGER NOT NULL,
    unchanged INTEGER NOT NULL,
    skipped INTEGER NOT NULL,
    warnings INTEGER NOT NULL,
    first_position BIGINT NOT NULL,
    last_position BIGINT NOT NULL,
    recorded_by BLOB REFERENCES users (id),
    actor TEXT NOT NULL,
    recorded_at TIMESTAMP NOT NULL
);
CREATE INDEX imports_root_id ON imports (root_id, id);
CREATE INDEX imports_recorded_by ON imports (recorded_by);
