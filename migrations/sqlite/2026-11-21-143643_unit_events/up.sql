-- What became of areas and units: merged, split, renamed, dissolved, or relieved of a function; and who answers since for
-- a task whose unit did not pass all its work to one other (docs/adr/0014-succession.md).

CREATE TABLE unit_events (
    id BLOB NOT NULL PRIMARY KEY,
    root_id BLOB NOT NULL REFERENCES areas (id),
    reorganisation_id BLOB NOT NULL,
    subject TEXT NOT NULL CHECK (subject IN ('unit', 'area')),
    kind TEXT NOT NULL CHECK (kind IN ('merge', 'split', 'rename', 'dissolve', 'transfer')),
    effective_on DATE NOT NULL,
    legal_basis TEXT NOT NULL,
    note TEXT,
    handovers TEXT NOT NULL,
    position BIGINT NOT NULL,
    recorded_by BLOB REFERENCES users (id),
    origin TEXT NOT NULL CHECK (origin IN ('entry', 'import', 'demo')),
    recorded_at TIMESTAMP NOT NULL,
    voided_at TIMESTAMP,
    void_reason TEXT,
    version INTEGER NOT NULL,
    CHECK ((voided_at IS NULL) = (void_reason IS NULL))
);
CREATE INDEX unit_events_root_id ON unit_events (root_id);
CREATE INDEX unit_events_reorganisation_id ON unit_events (reorganisation_id);
CREATE INDEX unit_events_effective_on ON unit_events (effective_on, position, id);
CREATE INDEX unit_events_recorded_by ON unit_events (recorded_by);

CREATE TABLE unit_event_members (
    id BLOB NOT NULL PRIMARY KEY,
    event_id BLOB NOT NULL REFERENCES unit_events (id),
    side TEXT NOT NULL CHECK (side IN ('from', 'to')),
    unit_id BLOB REFERENCES units (id),
    area_id BLOB REFERENCES areas (id),
    share INTEGER CHECK (share BETWEEN 1 AND 10000),
    ended_before DATE,
    CHECK ((unit_id IS NULL) <> (area_id IS NULL))
);
CREATE INDEX unit_event_members_event_id ON unit_event_members (event_id);
CREATE INDEX unit_event_members_unit_id ON unit_event_members (unit_id);
CREATE INDEX unit_event_members_area_id ON unit_event_members (area_id);

CREATE TABLE task_handovers (
    id BLOB NOT NULL PRIMARY KEY,
    task_id BLOB NOT NULL REFERENCES tasks (id),
    event_id BLOB NOT NULL REFERENCES unit_events (id),
    from_unit_id BLOB NOT NULL REFERENCES units (id),
    to_unit_id BLOB NOT NULL REFERENCES units (id),
    rule INTEGER NOT NULL,
    effective_on DATE NOT NULL,
    until_on DATE,
    position BIGINT NOT NULL,
    recorded_at TIMESTAMP NOT NULL
);
CREATE INDEX task_handovers_task_id ON task_handovers (task_id, position);
CREATE INDEX task_handovers_event_id ON task_handovers (event_id);
CREATE INDEX task_handovers_from_unit_id ON task_handovers (from_unit_id);
CREATE INDEX task_handovers_to_unit_id ON task_handovers (to_unit_id);

-- Whether a row of task_handovers names the task: nearly none, so that nobody need look.
ALTER TABLE tasks ADD COLUMN handed_over BOOLEAN NOT NULL DEFAULT FALSE;
-- What a grant reaches because of reorganisations: derived from unit_events whenever one is recorded, as JSON.
ALTER TABLE grants ADD COLUMN inherited TEXT;
