DROP TABLE task_groups;
DROP TABLE objectives;
DROP TABLE pillars;
DROP TABLE breakthroughs;
DROP TABLE document_relations;
DROP TABLE programmes;
DROP TABLE resolutions;
