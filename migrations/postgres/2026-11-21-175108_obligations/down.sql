DROP TABLE obligations;
DROP INDEX progress_reports_period;
ALTER TABLE progress_reports DROP COLUMN period;
