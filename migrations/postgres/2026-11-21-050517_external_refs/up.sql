-- What other systems call our areas, units and tasks: one record of theirs is one subject of ours in a root.

CREATE TABLE external_refs (
    root_id UUID NOT NULL REFERENCES areas (id),
    subject_kind TEXT COLLATE "C" NOT NULL,
    system TEXT COLLATE "C" NOT NULL,
    external_id TEXT COLLATE "C" NOT NULL,
    subject_id UUID NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    PRIMARY KEY (root_id, subject_kind, system, external_id)
);
CREATE INDEX external_refs_subject ON external_refs (subject_kind, subject_id);
