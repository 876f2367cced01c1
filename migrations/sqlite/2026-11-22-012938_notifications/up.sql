-- Mail to people: where they get it, what they do not want, and what waits to be sent.

ALTER TABLE users ADD COLUMN email TEXT;

CREATE TABLE notification_choices (
    user_id BLOB NOT NULL REFERENCES users (id),
    kind TEXT NOT NULL,
    wanted BOOLEAN NOT NULL,
    changed_at TIMESTAMP NOT NULL,
    PRIMARY KEY (user_id, kind)
);

CREATE TABLE outbox (
    id BLOB NOT NULL PRIMARY KEY,
    user_id BLOB NOT NULL REFERENCES users (id),
    kind TEXT NOT NULL,
    -- What it tells of; empty for what is planned day by day.
    subject_key TEXT NOT NULL,
    day DATE NOT NULL,
    subject TEXT NOT NULL,
    body TEXT NOT NULL,
    link TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'sending', 'sent', 'failed', 'unsure', 'dropped')),
    attempts INTEGER NOT NULL,
    not_before TIMESTAMP NOT NULL,
    claimed_at TIMESTAMP,
    settled_at TIMESTAMP,
    error TEXT,
    recorded_at TIMESTAMP NOT NULL,
    UNIQUE (user_id, kind, subject_key, day)
);
CREATE INDEX outbox_state ON outbox (state, not_before);
