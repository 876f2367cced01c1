DROP TABLE instruction_steps;
DROP TABLE instructions;
