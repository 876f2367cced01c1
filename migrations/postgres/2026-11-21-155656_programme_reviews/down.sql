-- Rounds of programmes, which the form before cannot hold, are left out with their snapshots.
DELETE FROM review_snapshots WHERE review_id IN (SELECT id FROM review_rounds WHERE resolution_id IS NULL);
DELETE FROM review_rounds WHERE resolution_id IS NULL;
ALTER TABLE review_rounds DROP CONSTRAINT review_rounds_one_document;
ALTER TABLE review_rounds DROP CONSTRAINT review_rounds_programme_id_kind_key;
ALTER TABLE review_rounds DROP COLUMN programme_id;
ALTER TABLE review_rounds ALTER COLUMN resolution_id SET NOT NULL;
