-- Conferences at which resolutions and programmes are studied (hội nghị học tập, quán triệt), and what
-- programmes lead to: good practices, commendations. Words are kept beside what is read in them.

CREATE TABLE dissemination_events (
    id UUID NOT NULL PRIMARY KEY,
    root_id UUID NOT NULL REFERENCES areas (id),
    resolution_id UUID REFERENCES resolutions (id),
    programme_id UUID REFERENCES programmes (id),
    plan_id UUID REFERENCES programmes (id),
    kind TEXT NOT NULL,
    level TEXT NOT NULL,
    title TEXT NOT NULL,
    host_unit_id UUID REFERENCES units (id),
    host_text TEXT,
    state TEXT NOT NULL CHECK (state IN ('draft', 'held', 'cancelled')),
    reason TEXT,
    held_text TEXT,
    held_on DATE,
    held_precision TEXT,
    held_to DATE,
    duration TEXT,
    formats TEXT NOT NULL,
    is_first BOOLEAN NOT NULL,
    site_count INTEGER,
    attendance TEXT,
    audiences TEXT NOT NULL,
    combined_with TEXT,
    essays TEXT,
    source TEXT,
    voided_at TIMESTAMP,
    void_reason TEXT,
    origin TEXT NOT NULL CHECK (origin IN ('entry', 'import', 'demo')),
    version INTEGER NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    CHECK ((resolution_id IS NULL) <> (programme_id IS NULL)),
    CHECK (host_unit_id IS NOT NULL OR host_text IS NOT NULL)
);
CREATE INDEX dissemination_events_root_id ON dissemination_events (root_id);
CREATE INDEX dissemination_events_resolution_id ON dissemination_events (resolution_id);
CREATE INDEX dissemination_events_programme_id ON dissemination_events (programme_id);
CREATE INDEX dissemination_events_plan_id ON dissemination_events (plan_id);
CREATE INDEX dissemination_events_host_unit_id ON dissemination_events (host_unit_id);

CREATE TABLE dissemination_sites (
    id UUID NOT NULL PRIMARY KEY,
    event_id UUID NOT NULL REFERENCES dissemination_events (id),
    name TEXT NOT NULL,
    is_main BOOLEAN NOT NULL,
    unit_id UUID REFERENCES units (id)
);
CREATE INDEX dissemination_sites_event_id ON dissemination_sites (event_id);
CREATE INDEX dissemination_sites_unit_id ON dissemination_sites (unit_id);

CREATE TABLE dissemination_presenters (
    id UUID NOT NULL PRIMARY KEY,
    event_id UUID NOT NULL REFERENCES dissemination_events (id),
    post_id UUID REFERENCES posts (id),
    post_text TEXT,
    topic TEXT,
    CHECK ((post_id IS NULL) <> (post_text IS NULL))
);
CREATE INDEX dissemination_presenters_event_id ON dissemination_presenters (event_id);
CREATE INDEX dissemination_presenters_post_id ON dissemination_presenters (post_id);

CREATE TABLE dissemination_essays (
    event_id UUID NOT NULL REFERENCES dissemination_events (id),
    unit_id UUID NOT NULL REFERENCES units (id),
    expected INTEGER,
    received INTEGER NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    PRIMARY KEY (event_id, unit_id)
);
CREATE INDEX dissemination_essays_unit_id ON dissemination_essays (unit_id);

CREATE TABLE good_practices (
    id UUID NOT NULL PRIMARY KEY,
    root_id UUID NOT NULL REFERENCES areas (id),
    owner_unit_id UUID NOT NULL REFERENCES units (id),
    programme_id UUID REFERENCES programmes (id),
    title TEXT NOT NULL,
    description TEXT,
    recurring TEXT,
    since_text TEXT,
    since_on DATE,
    since_precision TEXT,
    source TEXT,
    voided_at TIMESTAMP,
    void_reason TEXT,
    origin TEXT NOT NULL CHECK (origin IN ('entry', 'import', 'demo')),
    version INTEGER NOT NULL,
    recorded_at TIMESTAMP NOT NULL
);
CREATE INDEX good_practices_root_id ON good_practices (root_id);
CREATE INDEX good_practices_owner_unit_id ON good_practices (owner_unit_id);
CREATE INDEX good_practices_programme_id ON good_practices (programme_id);

CREATE TABLE commendations (
    id UUID NOT NULL PRIMARY KEY,
    root_id UUID NOT NULL REFERENCES areas (id),
    resolution_id UUID REFERENCES resolutions (id),
    programme_id UUID REFERENCES programmes (id),
    level TEXT NOT NULL,
    form TEXT NOT NULL,
    awarding_unit_id UUID REFERENCES units (id),
    awarding_text TEXT,
    collectives INTEGER NOT NULL,
    individuals INTEGER NOT NULL,
    awarded_text TEXT,
    awarded_on DATE,
    awarded_precision TEXT,
    reason TEXT,
    source TEXT,
    voided_at TIMESTAMP,
    void_reason TEXT,
    origin TEXT NOT NULL CHECK (origin IN ('entry', 'import', 'demo')),
    version INTEGER NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    CHECK ((resolution_id IS NULL) <> (programme_id IS NULL)),
    CHECK (awarding_unit_id IS NOT NULL OR awarding_text IS NOT NULL)
);
CREATE INDEX commendations_root_id ON commendations (root_id);
CREATE INDEX commendations_resolution_id ON commendations (resolution_id);
CREATE INDEX commendations_programme_id ON commendations (programme_id);
CREATE INDEX commendations_awarding_unit_id ON commendations (awarding_unit_id);

CREATE TABLE commendation_recipients (
    id UUID NOT NULL PRIMARY KEY,
    commendation_id UUID NOT NULL REFERENCES commendations (id),
    kind TEXT NOT NULL CHECK (kind IN ('collective', 'individual')),
    unit_id UUID REFERENCES units (id),
    words TEXT,
    CHECK (unit_id IS NOT NULL OR words IS NOT NULL)
);
CREATE INDEX commendation_recipients_commendation_id ON commendation_recipients (commendation_id);
CREATE INDEX commendation_recipients_unit_id ON commendation_recipients (unit_id);
