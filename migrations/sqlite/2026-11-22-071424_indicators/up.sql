-- What documents want to be measured by: indicators, their targets in words, the values that were told, and official verdicts.
-- Targets, values and verdicts are never written over: a new row stands beside those before.

CREATE TABLE indicators (
    id BLOB NOT NULL PRIMARY KEY,
    root_id BLOB NOT NULL REFERENCES areas (id),
    resolution_id BLOB REFERENCES resolutions (id),
    programme_id BLOB REFERENCES programmes (id),
    ordinal INTEGER NOT NULL CHECK (ordinal > 0),
    label TEXT,
    name TEXT NOT NULL,
    unit_of_measure TEXT,
    direction TEXT NOT NULL,
    aggregation TEXT NOT NULL,
    from_year INTEGER NOT NULL,
    to_year INTEGER NOT NULL,
    history_from INTEGER,
    baseline_period TEXT,
    baseline_text TEXT,
    parent_id BLOB REFERENCES indicators (id),
    role TEXT NOT NULL CHECK (role IN ('main', 'sub', 'component')),
    lead_unit_id BLOB REFERENCES units (id),
    objective_id BLOB REFERENCES objectives (id),
    description TEXT,
    source TEXT,
    voided_at TIMESTAMP,
    void_reason TEXT,
    origin TEXT NOT NULL CHECK (origin IN ('entry', 'import', 'demo')),
    version INTEGER NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    CHECK ((resolution_id IS NULL) <> (programme_id IS NULL)),
    CHECK (from_year <= to_year),
    CHECK ((baseline_period IS NULL) = (baseline_text IS NULL)),
    CHECK ((parent_id IS NULL) = (role = 'main'))
);
CREATE INDEX indicators_root_id ON indicators (root_id);
CREATE INDEX indicators_resolution_id ON indicators (resolution_id, ordinal);
CREATE INDEX indicators_programme_id ON indicators (programme_id, ordinal);
CREATE INDEX indicators_parent_id ON indicators (parent_id);
CREATE INDEX indicators_lead_unit_id ON indicators (lead_unit_id);
CREATE INDEX indicators_objective_id ON indicators (objective_id);

CREATE TABLE indicator_targets (
    id BLOB NOT NULL PRIMARY KEY,
    indicator_id BLOB NOT NULL REFERENCES indicators (id),
    position BIGINT NOT NULL,
    period TEXT NOT NULL,
    -- Who sets it, where that is another than the document.
    authority TEXT,
    target_text TEXT NOT NULL,
    -- How the words were read then: a better reading never moves a verdict by itself.
    reading TEXT NOT NULL,
    reason TEXT,
    recorded_by BLOB REFERENCES users (id),
    origin TEXT NOT NULL CHECK (origin IN ('entry', 'import', 'demo')),
    recorded_at TIMESTAMP NOT NULL
);
CREATE INDEX indicator_targets_indicator_id ON indicator_targets (indicator_id, position);
CREATE INDEX indicator_targets_recorded_by ON indicator_targets (recorded_by);

CREATE TABLE indicator_values (
    id BLOB NOT NULL PRIMARY KEY,
    indicator_id BLOB NOT NULL REFERENCES indicators (id),
    position BIGINT NOT NULL,
    period TEXT NOT NULL,
    revision INTEGER NOT NULL CHECK (revision > 0),
    stage TEXT NOT NULL CHECK (stage IN ('estimate', 'preliminary', 'official')),
    value_text TEXT NOT NULL,
    reading TEXT NOT NULL,
    numerator TEXT,
    denominator TEXT,
    rank_of INTEGER,
    breaks_series BOOLEAN NOT NULL,
    note TEXT,
    source TEXT,
    reason TEXT,
    -- The unit it was told for; none where the document's office told it of none.
    unit_id BLOB REFERENCES units (id),
    on_behalf BOOLEAN NOT NULL,
    recorded_by BLOB REFERENCES users (id),
    verification TEXT NOT NULL CHECK (verification IN ('submitted', 'verified', 'returned')),
    verified_by BLOB REFERENCES users (id),
    verified_at TIMESTAMP,
    verification_reason TEXT,
    origin TEXT NOT NULL CHECK (origin IN ('entry', 'import', 'demo')),
    version INTEGER NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    UNIQUE (indicator_id, period, revision)
);
CREATE INDEX indicator_values_unit_id ON indicator_values (unit_id);
CREATE INDEX indicator_values_recorded_by ON indicator_values (recorded_by);
CREATE INDEX indicator_values_verified_by ON indicator_values (verified_by);

CREATE TABLE indicator_value_parts (
    value_id BLOB NOT NULL REFERENCES indicator_values (id),
    place INTEGER NOT NULL,
    area_id BLOB REFERENCES areas (id),
    unit_id BLOB REFERENCES units (id),
    value_text TEXT NOT NULL,
    PRIMARY KEY (value_id, place),
    CHECK ((area_id IS NULL) <> (unit_id IS NULL))
);
CREATE INDEX indicator_value_parts_area_id ON indicator_value_parts (area_id);
CREATE INDEX indicator_value_parts_unit_id ON indicator_value_parts (unit_id);

CREATE TABLE indicator_assessments (
    id BLOB NOT NULL PRIMARY KEY,
    indicator_id BLOB NOT NULL REFERENCES indicators (id),
    position BIGINT NOT NULL,
    period TEXT NOT NULL,
    verdict TEXT NOT NULL,
    -- What the numbers came to when it was decided.
    computed TEXT NOT NULL,
    reason TEXT,
    document TEXT,
    recorded_by BLOB REFERENCES users (id),
    origin TEXT NOT NULL CHECK (origin IN ('entry', 'import', 'demo')),
    recorded_at TIMESTAMP NOT NULL
);
CREATE INDEX indicator_assessments_indicator_id ON indicator_assessments (indicator_id, position);
CREATE INDEX indicator_assessments_recorded_by ON indicator_assessments (recorded_by);
