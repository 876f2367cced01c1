-- Rounds that the form before cannot hold are left out with their snapshots.
DROP TABLE review_errata;
DROP TABLE review_approvals;
DROP TABLE review_reports;
DROP TABLE review_submissions;
CREATE TABLE review_rounds_new (
    id BLOB NOT NULL PRIMARY KEY,
    resolution_id BLOB REFERENCES resolutions (id),
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    anchor_on DATE NOT NULL,
    due_on DATE NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('planned', 'open', 'consolidating', 'frozen')),
    version INTEGER NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    programme_id BLOB REFERENCES programmes (id),
    UNIQUE (resolution_id, kind),
    UNIQUE (programme_id, kind),
    CHECK ((resolution_id IS NULL) <> (programme_id IS NULL))
);
INSERT INTO review_rounds_new
    SELECT id, resolution_id, kind, title, anchor_on, due_on, state, version, recorded_at, programme_id FROM review_rounds
    WHERE NOT (kind IN ('mid_term', 'yearly') OR state = 'cancelled');
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
    SELECT id, review_id, as_of, position, statistics, recorded_by, recorded_at FROM review_snapshots
    WHERE review_id IN (SELECT id FROM review_rounds_new);
DROP TABLE review_snapshots;
DROP TABLE review_rounds;
ALTER TABLE review_rounds_new RENAME TO review_rounds;
ALTER TABLE review_snapshots_new RENAME TO review_snapshots;
CREATE INDEX review_snapshots_review_id ON review_snapshots (review_id, recorded_at);
CREATE INDEX review_snapshots_recorded_by ON review_snapshots (recorded_by);
