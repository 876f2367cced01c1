-- What was decided: resolutions, programmes, their relations and their parts.

CREATE TABLE resolutions (
    id UUID NOT NULL PRIMARY KEY,
    root_id UUID NOT NULL REFERENCES areas (id),
    term_id UUID REFERENCES terms (id),
    kind TEXT NOT NULL,
    number TEXT,
    title TEXT NOT NULL,
    folded TEXT COLLATE "C" NOT NULL,
    level TEXT NOT NULL CHECK (level IN ('central', 'province', 'district', 'commune')),
    issuer_unit_id UUID REFERENCES units (id),
    issuer_text TEXT,
    issued_text TEXT,
    issued_on DATE,
    issued_precision TEXT,
    cycle_anchor TEXT NOT NULL CHECK (cycle_anchor IN ('term_start', 'issued_on')),
    source TEXT,
    origin TEXT NOT NULL CHECK (origin IN ('entry', 'import', 'demo')),
    version INTEGER NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    CHECK (issuer_unit_id IS NOT NULL OR issuer_text IS NOT NULL)
);
CREATE INDEX resolutions_root_id ON resolutions (root_id);
CREATE INDEX resolutions_term_id ON resolutions (term_id);
CREATE INDEX resolutions_issuer_unit_id ON resolutions (issuer_unit_id);

CREATE TABLE programmes (
    id UUID NOT NULL PRIMARY KEY,
    root_id UUID NOT NULL REFERENCES areas (id),
    term_id UUID REFERENCES terms (id),
    kind TEXT NOT NULL,
    number TEXT,
    title TEXT NOT NULL,
    folded TEXT COLLATE "C" NOT NULL,
    issuer_unit_id UUID REFERENCES units (id),
    issuer_text TEXT,
    drafting_unit_id UUID REFERENCES units (id),
    scope TEXT NOT NULL CHECK (scope IN ('term', 'year')),
    scope_year INTEGER,
    period_from INTEGER,
    period_to INTEGER,
    orientation_from INTEGER,
    orientation_to INTEGER,
    issued_text TEXT,
    issued_on DATE,
    issued_precision TEXT,
    state TEXT NOT NULL CHECK (state IN ('draft', 'adopted')),
    source TEXT,
    origin TEXT NOT NULL CHECK (origin IN ('entry', 'import', 'demo')),
    version INTEGER NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    CHECK (issuer_unit_id IS NOT NULL OR issuer_text IS NOT NULL),
    CHECK ((scope = 'year') = (scope_year IS NOT NULL))
);
CREATE INDEX programmes_root_id ON programmes (root_id);
CREATE INDEX programmes_term_id ON programmes (term_id);
CREATE INDEX programmes_issuer_unit_id ON programmes (issuer_unit_id);
CREATE INDEX programmes_drafting_unit_id ON programmes (drafting_unit_id);

CREATE TABLE document_relations (
    id UUID NOT NULL PRIMARY KEY,
    from_resolution_id UUID REFERENCES resolutions (id),
    from_programme_id UUID REFERENCES programmes (id),
    relation TEXT NOT NULL CHECK (relation IN ('implements', 'amends', 'follows', 'relates')),
    to_resolution_id UUID REFERENCES resolutions (id),
    to_programme_id UUID REFERENCES programmes (id),
    CHECK ((from_resolution_id IS NULL) <> (from_programme_id IS NULL)),
    CHECK ((to_resolution_id IS NULL) <> (to_programme_id IS NULL))
);
CREATE INDEX document_relations_from_resolution_id ON document_relations (from_resolution_id);
CREATE INDEX document_relations_from_programme_id ON document_relations (from_programme_id);
CREATE INDEX document_relations_to_resolution_id ON document_relations (to_resolution_id);
CREATE INDEX document_relations_to_programme_id ON document_relations (to_programme_id);

CREATE TABLE breakthroughs (
    id UUID NOT NULL PRIMARY KEY,
    resolution_id UUID NOT NULL REFERENCES resolutions (id),
    ordinal INTEGER NOT NULL CHECK (ordinal > 0),
    title TEXT NOT NULL,
    description TEXT,
    version INTEGER NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    UNIQUE (resolution_id, ordinal)
);

CREATE TABLE pillars (
    id UUID NOT NULL PRIMARY KEY,
    resolution_id UUID NOT NULL REFERENCES resolutions (id),
    ordinal INTEGER NOT NULL CHECK (ordinal > 0),
    title TEXT NOT NULL,
    description TEXT,
    version INTEGER NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    UNIQUE (resolution_id, ordinal)
);

CREATE TABLE objectives (
    id UUID NOT NULL PRIMARY KEY,
    resolution_id UUID NOT NULL REFERENCES resolutions (id),
    ordinal INTEGER NOT NULL CHECK (ordinal > 0),
    level TEXT NOT NULL CHECK (level IN ('general', 'specific')),
    title TEXT NOT NULL,
    description TEXT,
    quantified BOOLEAN NOT NULL,
    version INTEGER NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    UNIQUE (resolution_id, ordinal)
);

CREATE TABLE task_groups (
    id UUID NOT NULL PRIMARY KEY,
    resolution_id UUID NOT NULL REFERENCES resolutions (id),
    kind TEXT NOT NULL CHECK (kind IN ('task', 'solution')),
    ordinal INTEGER NOT NULL CHECK (ordinal > 0),
    title TEXT NOT NULL,
    breakthrough_id UUID REFERENCES breakthroughs (id),
    field_id UUID REFERENCES fields (id),
    version INTEGER NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    UNIQUE (resolution_id, ordinal)
);
CREATE INDEX task_groups_breakthrough_id ON task_groups (breakthrough_id);
CREATE INDEX task_groups_field_id ON task_groups (field_id);
