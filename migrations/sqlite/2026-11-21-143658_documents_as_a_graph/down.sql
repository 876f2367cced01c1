-- What replaced another document can no longer be said: it relates to it.
UPDATE document_relations SET relation = 'relates' WHERE relation = 'replaces';

CREATE TABLE new_document_relations (
    id BLOB NOT NULL PRIMARY KEY,
    from_resolution_id BLOB REFERENCES resolutions (id),
    from_programme_id BLOB REFERENCES programmes (id),
    relation TEXT NOT NULL CHECK (relation IN ('implements', 'amends', 'follows', 'relates')),
    to_resolution_id BLOB REFERENCES resolutions (id),
    to_programme_id BLOB REFERENCES programmes (id),
    CHECK ((from_resolution_id IS NULL) <> (from_programme_id IS NULL)),
    CHECK ((to_resolution_id IS NULL) <> (to_programme_id IS NULL))
);
INSERT INTO new_document_relations SELECT id, from_resolution_id, from_programme_id, relation, to_resolution_id, to_programme_id FROM document_relations;
DROP TABLE document_relations;
ALTER TABLE new_document_relations RENAME TO document_relations;
CREATE INDEX document_relations_from_resolution_id ON document_relations (from_resolution_id);
CREATE INDEX document_relations_from_programme_id ON document_relations (from_programme_id);
CREATE INDEX document_relations_to_resolution_id ON document_relations (to_resolution_id);
CREATE INDEX document_relations_to_programme_id ON document_relations (to_programme_id);

DROP INDEX tasks_facts;
CREATE INDEX tasks_facts ON tasks
    (root_id, issued_at, voided_at, id, lead_unit_id, weight, resolution_id, programme_id, breakthrough_id, objective_id, origin);
ALTER TABLE task_states DROP COLUMN first_reported_at;

DROP INDEX task_groups_clause_id;
ALTER TABLE task_groups DROP COLUMN clause_id;
DROP INDEX objectives_clause_id;
ALTER TABLE objectives DROP COLUMN clause_id;
DROP INDEX pillars_clause_id;
ALTER TABLE pillars DROP COLUMN clause_id;
DROP INDEX breakthroughs_clause_id;
ALTER TABLE breakthroughs DROP COLUMN clause_id;

DROP TABLE task_clauses;
DROP TABLE clauses;

DROP INDEX programmes_number_key;
DROP INDEX resolutions_number_key;
ALTER TABLE programmes DROP COLUMN number_key;
ALTER TABLE resolutions DROP COLUMN owed_by;
ALTER TABLE resolutions DROP COLUMN number_key;
