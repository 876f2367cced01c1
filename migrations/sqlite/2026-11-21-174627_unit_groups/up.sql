-- Groups of units, such as "all districts": what may be assigned to all of them at once, and which
-- tasks were. Who belongs to one is found by its rule on each day; listed here is what a rule cannot say.

CREATE TABLE unit_groups (
    id BLOB NOT NULL PRIMARY KEY,
    root_id BLOB NOT NULL REFERENCES areas (id),
    code TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    sort_key TEXT NOT NULL,
    aliases TEXT NOT NULL,
    rule TEXT,
    note TEXT,
    voided_at TIMESTAMP,
    void_reason TEXT,
    version INTEGER NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    CHECK ((voided_at IS NULL) = (void_reason IS NULL))
);
CREATE INDEX unit_groups_root_id ON unit_groups (root_id);

CREATE TABLE unit_group_members (
    group_id BLOB NOT NULL REFERENCES unit_groups (id),
    unit_id BLOB NOT NULL REFERENCES units (id),
    excluded BOOLEAN NOT NULL,
    PRIMARY KEY (group_id, unit_id)
);
CREATE INDEX unit_group_members_unit_id ON unit_group_members (unit_id);

CREATE TABLE task_unit_groups (
    task_id BLOB NOT NULL PRIMARY KEY REFERENCES tasks (id),
    unit_group_id BLOB NOT NULL REFERENCES unit_groups (id)
);
CREATE INDEX task_unit_groups_unit_group_id ON task_unit_groups (unit_group_id);
