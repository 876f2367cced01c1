-- Documents as a graph: numbers that can be compared, documents that replace others, clauses that
-- tasks and parts of a resolution cite, who owes documents, and the first report of a task, so that
-- slowness is told without reading all reports.

ALTER TABLE resolutions ADD COLUMN number_key TEXT COLLATE "C";
ALTER TABLE resolutions ADD COLUMN owed_by TEXT;
ALTER TABLE programmes ADD COLUMN number_key TEXT COLLATE "C";
-- The search key of a numbered document begins with its number as it was compared so far.
UPDATE resolutions SET number_key = ltrim(split_part(folded, ' | ', 1), '0') WHERE number IS NOT NULL;
UPDATE programmes SET number_key = ltrim(split_part(folded, ' | ', 1), '0') WHERE number IS NOT NULL;
CREATE INDEX resolutions_number_key ON resolutions (root_id, number_key);
CREATE INDEX programmes_number_key ON programmes (root_id, number_key);

CREATE TABLE clauses (
    id UUID NOT NULL PRIMARY KEY,
    resolution_id UUID NOT NULL REFERENCES resolutions (id),
    path TEXT COLLATE "C" NOT NULL,
    sort_key TEXT COLLATE "C" NOT NULL,
    kind TEXT NOT NULL,
    heading TEXT NOT NULL,
    text TEXT,
    text_sha256 TEXT,
    voided_at TIMESTAMP,
    void_reason TEXT,
    version INTEGER NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    CHECK ((text IS NULL) = (text_sha256 IS NULL)),
    CHECK ((voided_at IS NULL) = (void_reason IS NULL))
);
CREATE INDEX clauses_resolution_id ON clauses (resolution_id, sort_key, id);

CREATE TABLE task_clauses (
    task_id UUID NOT NULL REFERENCES tasks (id),
    clause_id UUID NOT NULL REFERENCES clauses (id),
    recorded_at TIMESTAMP NOT NULL,
    PRIMARY KEY (task_id, clause_id)
);
CREATE INDEX task_clauses_clause_id ON task_clauses (clause_id);

ALTER TABLE breakthroughs ADD COLUMN clause_id UUID REFERENCES clauses (id);
CREATE INDEX breakthroughs_clause_id ON breakthroughs (clause_id);
ALTER TABLE pillars ADD COLUMN clause_id UUID REFERENCES clauses (id);
CREATE INDEX pillars_clause_id ON pillars (clause_id);
ALTER TABLE objectives ADD COLUMN clause_id UUID REFERENCES clauses (id);
CREATE INDEX objectives_clause_id ON objectives (clause_id);
ALTER TABLE task_groups ADD COLUMN clause_id UUID REFERENCES clauses (id);
CREATE INDEX task_groups_clause_id ON task_groups (clause_id);

ALTER TABLE task_states ADD COLUMN first_reported_at TIMESTAMP;
UPDATE task_states SET first_reported_at =
    (SELECT min(r.recorded_at) FROM progress_reports r WHERE r.task_id = task_states.task_id);

DROP INDEX tasks_facts;
CREATE INDEX tasks_facts ON tasks
    (root_id, issued_at, voided_at, id, lead_unit_id, weight, resolution_id, programme_id, breakthrough_id, objective_id, pillar_id, group_id, origin);

ALTER TABLE document_relations DROP CONSTRAINT document_relations_relation_check;
ALTER TABLE document_relations ADD CONSTRAINT document_relations_relation_check CHECK (relation IN ('implements', 'amends', 'replaces', 'follows', 'relates'));
