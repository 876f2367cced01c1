-- The words of every proposal still stand on its report; answers are lost with the table.
DROP TABLE proposals;
