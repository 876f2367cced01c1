DROP TABLE indicator_assessments;
DROP TABLE indicator_value_parts;
DROP TABLE indicator_values;
DROP TABLE indicator_targets;
DROP TABLE indicators;
