-- Files of more kinds are taken in, and more will be: the kind is held by the domain's enum alone.
-- SQLite cannot drop a condition: the table is made anew.

CREATE TABLE imports_new (
    id BLOB NOT NULL PRIMARY KEY,
    root_id BLOB NOT NULL REFERENCES areas (id),
    kind TEXT NOT NULL,
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
INSERT INTO imports_new
    SELECT id, root_id, kind, source, file_name, sha256, row_count, created, updated, unchanged, skipped, warnings,
        first_position, last_position, recorded_by, actor, recorded_at
    FROM imports;
DROP TABLE imports;
ALTER TABLE imports_new RENAME TO imports;
CREATE INDEX imports_root_id ON imports (root_id, id);
CREATE INDEX imports_recorded_by ON imports (recorded_by);
