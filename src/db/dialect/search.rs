//! How words are matched: FTS5 on SQLite, text search vectors on PostgreSQL, over the same words.

use diesel::prelude::*;

use super::pick;
use crate::db::Connection;

/// Which words of an entry a search looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Searched {
    /// Folded words of title and text.
    All,
    /// Exact words of both.
    Exact,
    /// Folded words of the title.
    Title,
}

/// A query of the `key` of the entries that match what [`search_words`] made, bound at this place.
pub fn search_matches(connection: &Connection, searched: Searched, place: u8) -> String {
    let vector = match searched {
        Searched::All => "title_words || ' zz0zz ' || words",
        Searched::Exact => "exact",
        Searched::Title => "title_words",
    };
    let postgres = format!("SELECT key FROM search_entries WHERE to_tsvector('simple', {vector}) @@ ${place}::tsquery");
    pick(connection, postgres, format!("SELECT rowid AS key FROM search_index WHERE search_index MATCH ${place}"))
}

/// What is to match: every term. A term is words that stand side by side, the last of which may be only the
/// beginning of a word. Words hold letters a to z and digits only.
pub fn search_words(connection: &Connection, searched: Searched, terms: &[(Vec<&str>, bool)]) -> String {
    let join = |term: fn(&(Vec<&str>, bool)) -> String, and: &str| terms.iter().map(term).collect::<Vec<_>>().join(and);
    let postgres = |(words, prefix): &(Vec<&str>, bool)| format!("('{}'{})", words.join("' <-> '"), if *prefix { ":*" } else { "" });
    let sqlite = |(words, prefix): &(Vec<&str>, bool)| format!("\"{}\"{}", words.join(" "), if *prefix { " *" } else { "" });
    let columns = match searched {
        Searched::All => "{title_words words}",
        Searched::Exact => "{exact}",
        Searched::Title => "{title_words}",
    };
    pick(connection, join(postgres, " & "), format!("{columns} : ({})", join(sqlite, " AND ")))
}

/// A query of the ids of a JSON array that is bound at this place.
pub fn ids_of_json(connection: &Connection, place: u8) -> String {
    let postgres = format!("SELECT r.value::uuid FROM json_array_elements_text(${place}::json) AS r (value)");
    pick(connection, postgres, format!("SELECT unhex(value, '-') FROM json_each(${place})"))
}

/// A query of the texts of a JSON array that is bound at this place.
pub fn texts_of_json(connection: &Connection, place: u8) -> String {
    let postgres = format!("SELECT r.value FROM json_array_elements_text(${place}::json) AS r (value)");
    pick(connection, postgres, format!("SELECT value FROM json_each(${place})"))
}

/// Refuses an index of words that does not hold what its table says. PostgreSQL keeps its own.
pub fn check_search(connection: &mut Connection) -> QueryResult<()> {
    let check = "INSERT INTO search_index (search_index, rank) VALUES ('integrity-check', 1)";
    match pick(connection, None, Some(check)) {
        Some(check) => diesel::sql_query(check).execute(connection).map(drop),
        None => Ok(()),
    }
}
