-- What search looks through: one row for each record that may be found, with its words as
-- `domain::search` makes them. Written with the record itself (store/search_entries.rs); can be made
-- anew from the records at any time.

CREATE TABLE search_entries (
    id UUID NOT NULL PRIMARY KEY,
    key BIGINT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    root_id UUID NOT NULL REFERENCES areas (id),
    unit_id UUID REFERENCES units (id),
    published BOOLEAN NOT NULL,
    weight INTEGER NOT NULL,
    length INTEGER NOT NULL,
    title TEXT NOT NULL,
    body TEXT NOT NULL,
    title_words TEXT COLLATE "C" NOT NULL,
    words TEXT COLLATE "C" NOT NULL,
    exact TEXT COLLATE "C" NOT NULL
);
CREATE INDEX search_entries_root_id ON search_entries (root_id);
CREATE INDEX search_entries_unit_id ON search_entries (unit_id);

-- Words are ASCII already. What stands between title and words keeps phrases from reaching across.
CREATE INDEX search_entries_all ON search_entries USING gin (to_tsvector('simple', title_words || ' zz0zz ' || words));
CREATE INDEX search_entries_title ON search_entries USING gin (to_tsvector('simple', title_words));
CREATE INDEX search_entries_exact ON search_entries USING gin (to_tsvector('simple', exact));
