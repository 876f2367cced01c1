-- Periods that are closed to reports, and units to which one stays open for a while.

CREATE TABLE period_locks (
    id BLOB NOT NULL PRIMARY KEY,
    root_id BLOB NOT NULL REFERENCES areas (id),
    period TEXT NOT NULL,
    starts_on DATE NOT NULL,
    ends_on DATE NOT NULL,
    note TEXT,
    locked_by BLOB REFERENCES users (id),
    recorded_at TIMESTAMP NOT NULL,
    opened_by BLOB REFERENCES users (id),
    opened_at TIMESTAMP,
    opening_reason TEXT,
    origin TEXT NOT NULL CHECK (origin IN ('entry', 'import', 'demo')),
    version INTEGER NOT NULL
);
CREATE INDEX period_locks_root_id ON period_locks (root_id, ends_on);
CREATE INDEX period_locks_locked_by ON period_locks (locked_by);
CREATE INDEX period_locks_opened_by ON period_locks (opened_by);
-- One lock of a period stands at a time, also when two offices close it at once.
CREATE UNIQUE INDEX period_locks_standing ON period_locks (root_id, period) WHERE opened_at IS NULL;

CREATE TABLE period_lock_exceptions (
    id BLOB NOT NULL PRIMARY KEY,
    lock_id BLOB NOT NULL REFERENCES period_locks (id),
    unit_id BLOB NOT NULL REFERENCES units (id),
    until DATE NOT NULL,
    reason TEXT NOT NULL,
    granted_by BLOB REFERENCES users (id),
    recorded_at TIMESTAMP NOT NULL
);
CREATE INDEX period_lock_exceptions_lock_id ON period_lock_exceptions (lock_id);
CREATE INDEX period_lock_exceptions_unit_id ON period_lock_exceptions (unit_id);
CREATE INDEX period_lock_exceptions_granted_by ON period_lock_exceptions (granted_by);
