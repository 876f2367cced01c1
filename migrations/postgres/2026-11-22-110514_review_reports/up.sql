-- A round has its rules, its texts and its steps; units hand in what they owe it, and what is frozen is kept as the bytes that were approved.

ALTER TABLE review_rounds DROP CONSTRAINT review_rounds_resolution_id_kind_key;
ALTER TABLE review_rounds DROP CONSTRAINT review_rounds_programme_id_kind_key;
ALTER TABLE review_rounds DROP CONSTRAINT review_rounds_state_check;
ALTER TABLE review_rounds ADD CONSTRAINT review_rounds_state_check
    CHECK (state IN ('planned', 'open', 'consolidating', 'frozen', 'cancelled'));
ALTER TABLE review_rounds ADD COLUMN year INTEGER;
ALTER TABLE review_rounds ADD COLUMN kept_bound TEXT NOT NULL DEFAULT 'exceeded';
ALTER TABLE review_rounds ADD COLUMN scale TEXT;
ALTER TABLE review_rounds ADD COLUMN period TEXT;
ALTER TABLE review_rounds ADD COLUMN claimed_score TEXT;
ALTER TABLE review_rounds ADD COLUMN results TEXT;
ALTER TABLE review_rounds ADD COLUMN obstacles TEXT;
ALTER TABLE review_rounds ADD COLUMN causes TEXT;
ALTER TABLE review_rounds ADD COLUMN lessons TEXT;
ALTER TABLE review_rounds ADD COLUMN proposals TEXT;
CREATE UNIQUE INDEX review_rounds_of_resolution ON review_rounds (resolution_id, kind, COALESCE(year, 0));
CREATE UNIQUE INDEX review_rounds_of_programme ON review_rounds (programme_id, kind, COALESCE(year, 0));

CREATE TABLE review_submissions (
    id UUID NOT NULL PRIMARY KEY,
    review_id UUID NOT NULL REFERENCES review_rounds (id),
    unit_id UUID NOT NULL REFERENCES units (id),
    position BIGINT NOT NULL,
    revision INTEGER NOT NULL,
    results TEXT,
    obstacles TEXT,
    causes TEXT,
    lessons TEXT,
    proposals TEXT,
    on_behalf BOOLEAN NOT NULL,
    recorded_by UUID REFERENCES users (id),
    verification TEXT NOT NULL CHECK (verification IN ('submitted', 'verified', 'returned')),
    verified_by UUID REFERENCES users (id),
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
    review_id UUID NOT NULL PRIMARY KEY REFERENCES review_rounds (id),
    as_of DATE NOT NULL,
    position BIGINT NOT NULL,
    content TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    recorded_by UUID REFERENCES users (id),
    recorded_at TIMESTAMP NOT NULL
);
CREATE INDEX review_reports_recorded_by ON review_reports (recorded_by);

CREATE TABLE review_approvals (
    id UUID NOT NULL PRIMARY KEY,
    review_id UUID NOT NULL REFERENCES review_rounds (id),
    sha256 TEXT NOT NULL,
    name TEXT NOT NULL,
    post TEXT,
    recorded_by UUID NOT NULL REFERENCES users (id),
    recorded_at TIMESTAMP NOT NULL,
    UNIQUE (review_id, recorded_by)
);
CREATE INDEX review_approvals_recorded_by ON review_approvals (recorded_by);

CREATE TABLE review_errata (
    id UUID NOT NULL PRIMARY KEY,
    review_id UUID NOT NULL REFERENCES review_rounds (id),
    position BIGINT NOT NULL,
    content TEXT NOT NULL,
    recorded_by UUID REFERENCES users (id),
    recorded_at TIMESTAMP NOT NULL
);
CREATE INDEX review_errata_review_id ON review_errata (review_id, position);
CREATE INDEX review_errata_recorded_by ON review_errata (recorded_by);
