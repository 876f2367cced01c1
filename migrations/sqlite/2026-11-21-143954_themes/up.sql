-- What makes a thematic programme whole: its theme, who chose it, what it does for which breakthrough,
-- and the rules that a plan sets for its conferences.

CREATE TABLE programme_themes (
    programme_id BLOB NOT NULL PRIMARY KEY REFERENCES programmes (id),
    theme TEXT,
    decided_by_unit_id BLOB REFERENCES units (id),
    decided_by_text TEXT,
    dissemination_rules TEXT NOT NULL
);
CREATE INDEX programme_themes_decided_by_unit_id ON programme_themes (decided_by_unit_id);

CREATE TABLE programme_contributions (
    programme_id BLOB NOT NULL REFERENCES programmes (id),
    breakthrough_id BLOB NOT NULL REFERENCES breakthroughs (id),
    how TEXT,
    PRIMARY KEY (programme_id, breakthrough_id)
);
CREATE INDEX programme_contributions_breakthrough_id ON programme_contributions (breakthrough_id);
