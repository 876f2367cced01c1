-- What search looks through: one row for each record that may be found, with its words as
-- `domain::search` makes them. Written with the record itself (store/search_entries.rs); can be made
-- anew from the records at any time.

CREATE TABLE search_entries (
    id BLOB NOT NULL PRIMARY KEY,
    key BIGINT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    root_id BLOB NOT NULL REFERENCES areas (id),
    unit_id BLOB REFERENCES units (id),
    published BOOLEAN NOT NULL,
    weight INTEGER NOT NULL,
    length INTEGER NOT NULL,
    title TEXT NOT NULL,
    body TEXT NOT NULL,
    title_words TEXT NOT NULL,
    words TEXT NOT NULL,
    exact TEXT NOT NULL
);
CREATE INDEX search_entries_root_id ON search_entries (root_id);
CREATE INDEX search_entries_unit_id ON search_entries (unit_id);

-- Words are ASCII already. The index keeps no words of its own: it reads them in search_entries.
CREATE VIRTUAL TABLE search_index USING fts5 (title_words, words, exact, content = 'search_entries', content_rowid = 'key', tokenize = 'ascii');
CREATE TRIGGER search_entries_added AFTER INSERT ON search_entries BEGIN
    INSERT INTO search_index (rowid, title_words, words, exact) VALUES (new.key, new.title_words, new.words, new.exact);
END;
CREATE TRIGGER search_entries_removed AFTER DELETE ON search_entries BEGIN
    INSERT INTO search_index (search_index, rowid, title_words, words, exact)
        VALUES ('delete', old.key, old.title_words, old.words, old.exact);
END;
CREATE TRIGGER search_entries_changed AFTER UPDATE OF title_words, words, exact ON search_entries BEGIN
    INSERT INTO search_index (search_index, rowid, title_words, words, exact)
        VALUES ('delete', old.key, old.title_words, old.words, old.exact);
    INSERT INTO search_index (rowid, title_words, words, exact) VALUES (new.key, new.title_words, new.words, new.exact);
END;
