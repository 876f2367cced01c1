-- The parts that a group was given stay; that they were given to a group is lost.

DROP TABLE task_unit_groups;
DROP TABLE unit_group_members;
DROP TABLE unit_groups;
