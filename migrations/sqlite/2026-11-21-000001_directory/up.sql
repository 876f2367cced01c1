-- Who and where: areas, units, posts, terms and fields.

CREATE TABLE areas (
    id BLOB NOT NULL PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    folded TEXT NOT NULL,
    sort_key TEXT NOT NULL,
    level TEXT NOT NULL CHECK (level IN ('province', 'district', 'commune')),
    parent_id BLOB REFERENCES areas (id),
    path TEXT NOT NULL,
    valid_from DATE NOT NULL,
    valid_to DATE,
    note TEXT,
    version INTEGER NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    CHECK (valid_to IS NULL OR valid_to >= valid_from)
);
CREATE INDEX areas_parent_id ON areas (parent_id);
CREATE INDEX areas_path ON areas (path);
CREATE INDEX areas_sort ON areas (sort_key, id);

CREATE TABLE units (
    id BLOB NOT NULL PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    agency_code TEXT,
    name TEXT NOT NULL,
    folded TEXT NOT NULL,
    sort_key TEXT NOT NULL,
    system TEXT NOT NULL CHECK (system IN ('party', 'state', 'front')),
    kind TEXT NOT NULL,
    parent_id BLOB REFERENCES units (id),
    path TEXT NOT NULL,
    area_id BLOB NOT NULL REFERENCES areas (id),
    area_path TEXT NOT NULL,
    valid_from DATE NOT NULL,
    valid_to DATE,
    note TEXT,
    version INTEGER NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    CHECK (valid_to IS NULL OR valid_to >= valid_from)
);
CREATE INDEX units_parent_id ON units (parent_id);
CREATE INDEX units_area_id ON units (area_id);
CREATE INDEX units_path ON units (path);
CREATE INDEX units_area_path ON units (area_path);
CREATE INDEX units_sort ON units (sort_key, id);

CREATE TABLE posts (
    id BLOB NOT NULL PRIMARY KEY,
    unit_id BLOB NOT NULL REFERENCES units (id),
    title TEXT NOT NULL,
    version INTEGER NOT NULL,
    recorded_at TIMESTAMP NOT NULL
);
CREATE INDEX posts_unit_id ON posts (unit_id);

CREATE TABLE post_holders (
    id BLOB NOT NULL PRIMARY KEY,
    post_id BLOB NOT NULL REFERENCES posts (id),
    name TEXT NOT NULL,
    held_from DATE,
    held_to DATE,
    CHECK (held_to IS NULL OR held_from IS NULL OR held_to >= held_from)
);
CREATE INDEX post_holders_post_id ON post_holders (post_id);

CREATE TABLE terms (
    id BLOB NOT NULL PRIMARY KEY,
    root_id BLOB NOT NULL REFERENCES areas (id),
    ordinal INTEGER NOT NULL CHECK (ordinal > 0),
    ordinal_text TEXT NOT NULL,
    title TEXT NOT NULL,
    starts_on DATE NOT NULL,
    ends_on DATE NOT NULL,
    previous_term_id BLOB REFERENCES terms (id),
    version INTEGER NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    UNIQUE (root_id, ordinal),
    CHECK (ends_on > starts_on)
);
CREATE INDEX terms_previous_term_id ON terms (previous_term_id);

CREATE TABLE fields (
    id BLOB NOT NULL PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    ordinal INTEGER NOT NULL,
    version INTEGER NOT NULL,
    recorded_at TIMESTAMP NOT NULL
);
