-- When a resolution is looked back on: review rounds and the statistics they stand on.

CREATE TABLE review_rounds (
    id UUID NOT NULL PRIMARY KEY,
    resolution_id UUID NOT NULL REFERENCES resolutions (id),
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    anchor_on DATE NOT NULL,
    due_on DATE NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('planned', 'open', 'consolidating', 'frozen')),
    version INTEGER NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    UNIQUE (resolution_id, kind)
);

CREATE TABLE review_snapshots (
    id UUID NOT NULL PRIMARY KEY,
    review_id UUID NOT NULL REFERENCES review_rounds (id),
    as_of DATE NOT NULL,
    position BIGINT NOT NULL,
    statistics TEXT NOT NULL,
    recorded_by UUID NOT NULL REFERENCES users (id),
    recorded_at TIMESTAMP NOT NULL
);
CREATE INDEX review_snapshots_review_id ON review_snapshots (review_id, recorded_at);
CREATE INDEX review_snapshots_recorded_by ON review_snapshots (recorded_by);
