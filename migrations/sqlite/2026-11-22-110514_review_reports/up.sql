-- A round has its rules, its texts and its steps; units hand in what they owe it, and what is frozen is kept as the bytes that were approved.
-- SQLite cannot change a check: rounds and their snapshots are made anew.

CREATE TABLE review_rounds_new (
    id BLOB NOT NULL PRIMARY KEY,
    resolution_id BLOB REFERENCES resolutions (id),
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    anchor_on DATE NOT NULL,
    due_on DATE NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('planned', 'open', 'consolidating', 'frozen', 'cancelled')),
    version INTEGER NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    programme_id BLOB REFERENCES programmes (id),
    year INTEGER,
    kept_bound TEXT NOT NULL DEFAULT 'exceeded',
    scale TEXT,
    period TEXT,
    claimed_score TEXT,
    results TEXT,
    obstacles TEXT,
    causes TEXT,
    lessons TEXT,
    proposals TEXT,
    CHECK ((resolution_id IS NULL) <> (programme_id IS NULL))
);
INSERT INTO review_rounds_new
    (id, resolution_id, kind, title, anchor_on, due_on, state, version, recorded_at, programme_id)
    SELECT id, resolution_id, kind, title, anchor_on, due_on, state, version, recorded_at, programme_id FROM review_rounds;
CREATE TABLE review_snapshots_new (
    id BLOB NOT NULL PRIMARY KEY,
    review_id BLOB NOT NULL REFERENCES review_rounds_new (id),
    as_of DATE NOT NULL,
    position BIGINT NOT NULL,
    statistics TEXT NOT NULL,
    recorded_by BLOB NOT NULL REFERENCES users (id),
    recorded_at TIMESTAMP NOT NULL
);
INSERT INTO review_snapshots_new
    SELECT id, review_id, as_of, position, statistics, recorded_by, recorded_at FROM review_snapshots;
DROP TABLE review_snapshots;
DROP TABLE review_rounds;
ALTER TABLE review_rounds_new RENAME TO review_rounds;
ALTER TABLE review_snapshots_new RENAME TO review_snapshots;
CREATE INDEX review_snapshots_review_id ON review_snapshots (review_id, recorded_at);
CREATE INDEX review_snapshots_recorded_by ON review_snapshots (recorded_by);
CREATE UNIQUE INDEX review_rounds_of_resolution ON review_rounds (resolution_id, kind, COALESCE(year, 0));
CREATE UNIQUE INDEX review_rounds_of_programme ON review_rounds (programme_id, kind, COALESCE(year, 0));

CREATE TABLE review_submissions (
    id BLOB NOT NULL PRIMARY KEY,
    review_id BLOB NOT NULL REFERENCES review_rounds (id),
    unit_id BLOB NOT NULL REFERENCES units (id),
    position BIGINT NOT NULL,
    revision INTEGER NOT NULL,
    results TEXT,
    obstacles TEXT,
    causes TEXT,
    lessons TEXT,
    proposals TEXT,
    on_behalf BOOLEAN NOT NULL,
    recorded_by BLOB REFERENCES users (id),
    verification TEXT NOT NULL CHECK (verification IN ('submitted', 'verified', 'returned')),
    verified_by BLOB REFERENCES users (id),
    verified_at TIMESTAMP,
    verification_reason TEXT,
    origin TEXT NOT NULL,
    version INTEGER NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    UNIQUE (review_id, unit_id, revision)
);
CREATE INDEX review_submissions_unit_id ON review_submissions (unit_id);
CREATE INDEX review_submissions_recorded_by ON review_submissions (recorded_by);
CREATE INDEX review_submissions_verified_by ON review_submissions (verified_by);

CREATE TABLE review_reports (
    review_id BLOB NOT NULL PRIMARY KEY REFERENCES review_rounds (id),
    as_of DATE NOT NULL,
    position BIGINT NOT NULL,
    content TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    recorded_by BLOB REFERENCES users (id),
    recorded_at TIMESTAMP NOT NULL
);
CREATE INDEX review_reports_recorded_by ON review_reports (recorded_by);

CREATE TABLE review_approvals (
    id BLOB NOT NULL PRIMARY KEY,
    review_id BLOB NOT NULL REFERENCES review_rounds (id),
    sha256 TEXT NOT NULL,
    name TEXT NOT NULL,
    post TEXT,
    recorded_by BLOB NOT NULL REFERENCES users (id),
    recorded_at TIMESTAMP NOT NULL,
    UNIQUE (review_id, recorded_by)
);
CREATE INDEX review_approvals_recorded_by ON review_approvals (recorded_by);

CREATE TABLE review_errata (
    id BLOB NOT NULL PRIMARY KEY,
    review_id BLOB NOT NULL REFERENCES review_rounds (id),
    position BIGINT NOT NULL,
    content TEXT NOT NULL,
    recorded_by BLOB REFERENCES users (id),
    recorded_at TIMESTAMP NOT NULL
);
CREATE INDEX review_errata_review_id ON review_errata (review_id, position);
CREATE INDEX review_errata_recorded_by ON review_errata (recorded_by);
