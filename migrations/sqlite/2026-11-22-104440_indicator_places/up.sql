-- No two indicators that stand have one place in a document, also when two offices write at once.

CREATE UNIQUE INDEX indicators_place_in_resolution ON indicators (resolution_id, ordinal) WHERE voided_at IS NULL;
CREATE UNIQUE INDEX indicators_place_in_programme ON indicators (programme_id, ordinal) WHERE voided_at IS NULL;
