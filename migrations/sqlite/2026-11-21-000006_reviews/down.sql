DROP TABLE review_snapshots;
DROP TABLE review_rounds;
