-- A thematic programme is looked back on as well: a round belongs to a resolution or to a programme.

ALTER TABLE review_rounds ALTER COLUMN resolution_id DROP NOT NULL;
ALTER TABLE review_rounds ADD COLUMN programme_id UUID REFERENCES programmes (id);
ALTER TABLE review_rounds ADD CONSTRAINT review_rounds_programme_id_kind_key UNIQUE (programme_id, kind);
ALTER TABLE review_rounds ADD CONSTRAINT review_rounds_one_document CHECK ((resolution_id IS NULL) <> (programme_id IS NULL));
