DROP INDEX tasks_facts;
DROP INDEX tasks_issued_parts;
