ALTER TABLE progress_reports DROP COLUMN self_verified;
DROP TABLE self_verifications;
