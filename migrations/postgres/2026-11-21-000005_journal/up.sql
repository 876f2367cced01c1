-- The spine: every change appends one event, in one dense order, chained by hashes.

CREATE TABLE events (
    position BIGINT NOT NULL PRIMARY KEY,
    id UUID NOT NULL UNIQUE,
    recorded_at TIMESTAMP NOT NULL,
    actor_id UUID REFERENCES users (id),
    actor TEXT NOT NULL,
    action TEXT NOT NULL,
    subject_kind TEXT NOT NULL,
    subject_id UUID NOT NULL,
    root TEXT COLLATE "C",
    state_before TEXT,
    state_after TEXT,
    reason TEXT,
    request_id TEXT,
    origin TEXT NOT NULL CHECK (origin IN ('entry', 'import', 'demo')),
    previous_hash TEXT NOT NULL,
    hash TEXT NOT NULL
);
CREATE INDEX events_actor_id ON events (actor_id);
CREATE INDEX events_recorded_at ON events (recorded_at);
CREATE INDEX events_subject ON events (subject_kind, subject_id, position);
CREATE INDEX events_root ON events (root, position);

CREATE TABLE chain_head (
    id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    position BIGINT NOT NULL,
    hash TEXT NOT NULL
);
INSERT INTO chain_head (id, position, hash) VALUES (1, 0, '');

CREATE TABLE settings (
    key TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
);
