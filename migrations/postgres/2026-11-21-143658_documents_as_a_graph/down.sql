-- What replaced another document can no longer be said: it relates to it.
UPDATE document_relations SET relation = 'relates' WHERE relation = 'replaces';

ALTER TABLE document_relations DROP CONSTRAINT document_relations_relation_check;
ALTER TABLE document_relations ADD CONSTRAINT document_relations_relation_check CHECK (relation IN ('implements', 'amends', 'follows', 'relates'));

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
