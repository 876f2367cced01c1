DROP TABLE programme_contributions;
DROP TABLE programme_themes;
