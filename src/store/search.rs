//! Search: one query on either database; only how words are matched differs (`db::dialect::search`).

use diesel::prelude::*;
use diesel::sql_types::{Integer, Text};

use super::StoreResult;
use super::task_rows::TaskRows;
use crate::db::Connection;
use crate::db::dialect::search as forks;
use crate::db::types::Uuid;
use crate::domain::Id;
use crate::domain::search::{SearchKind, Term};

/// What a search asks for.
#[derive(Debug)]
pub struct SearchFilter {
    pub terms: Vec<Term>,
    pub kinds: Vec<SearchKind>,
    /// The root areas of the reader.
    pub roots: Vec<Id>,
    /// Whose tasks the reader sees.
    pub tasks: TaskRows,
    /// Rank, weight, length and id of the last find of the page before.
    pub after: Option<(i32, i32, i32, Id)>,
    pub limit: i64,
}

/// A record that was found.
#[derive(Debug, Clone, QueryableByName)]
pub struct Found {
    #[diesel(sql_type = Uuid)]
    pub id: Id,
    #[diesel(sql_type = Text)]
    pub kind: SearchKind,
    #[diesel(sql_type = Text)]
    pub title: String,
    #[diesel(sql_type = Text)]
    pub body: String,
    /// 2 where all words have the diacritics that were typed, and 1 where all stand in the title.
    #[diesel(sql_type = Integer)]
    pub rank: i32,
    #[diesel(sql_type = Integer)]
    pub weight: i32,
    /// Of the title, in characters.
    #[diesel(sql_type = Integer)]
    pub length: i32,
}

/// A page of what was found: exact diacritics first, then titles, then by weight, shorter titles first.
pub fn search(conn: &mut Connection, filter: &SearchFilter) -> StoreResult<Vec<Found>> {
    let ids = |place: u8| forks::ids_of_json(conn, place);
    let sql = format!(
        "WITH hits AS ({hits}), exact AS ({exact}), titled AS ({titled}), found AS (\
         SELECT e.id, e.kind, e.title, e.body, e.weight, e.length, \
         CASE WHEN e.key IN (SELECT key FROM exact) THEN 2 ELSE 0 END + CASE WHEN e.key IN (SELECT key FROM titled) THEN 1 ELSE 0 END AS rank \
         FROM search_entries e WHERE e.key IN (SELECT key FROM hits) AND e.kind IN ({kinds}) \
         AND (e.kind NOT IN ({of_units}) AND e.root_id IN ({roots}) OR e.kind IN ({of_units}) \
         AND (e.root_id IN ({read_roots}) OR e.unit_id IN ({read_units}) \
         OR e.id IN (SELECT c.task_id FROM task_coordinating_units c WHERE c.unit_id IN ({read_units})) \
         OR e.id IN (SELECT h.task_id FROM task_handovers h WHERE h.to_unit_id IN ({read_units}) \
         AND (h.until_on IS NULL OR h.until_on > h.effective_on))) \
         AND (e.published OR e.root_id IN ({written_roots}) OR e.unit_id IN ({written_units})))) \
         SELECT id, kind, title, body, rank, weight, length FROM found \
         WHERE $10 = 0 OR (-rank, -weight, length, id) > ($11, $12, $13, $14) \
         ORDER BY rank DESC, weight DESC, length, id LIMIT $15",
        hits = forks::search_matches(conn, forks::Searched::All, 1),
        exact = forks::search_matches(conn, forks::Searched::Exact, 2),
        titled = forks::search_matches(conn, forks::Searched::Title, 3),
        kinds = forks::texts_of_json(conn, 4),
        of_units = of_units(),
        roots = ids(5),
        read_roots = ids(6),
        read_units = ids(7),
        written_roots = ids(8),
        written_units = ids(9),
    );
    let words = |exact: bool| terms(&filter.terms, exact);
    let (rank, weight, length, id) = filter.after.unwrap_or((0, 0, 0, Id::NIL));
    let TaskRows { read, written } = &filter.tasks;
    let query = diesel::sql_query(sql)
        .bind::<Text, _>(forks::search_words(conn, forks::Searched::All, &words(false)))
        .bind::<Text, _>(forks::search_words(conn, forks::Searched::Exact, &words(true)))
        .bind::<Text, _>(forks::search_words(conn, forks::Searched::Title, &words(false)))
        .bind::<Text, _>(json(filter.kinds.iter().map(|kind| kind.as_str())));
    let query = query.bind::<Text, _>(json(&filter.roots)).bind::<Text, _>(json(&read.roots)).bind::<Text, _>(json(&read.units));
    let query = query.bind::<Text, _>(json(&written.roots)).bind::<Text, _>(json(&written.units));
    let query = query.bind::<Integer, _>(i32::from(filter.after.is_some()));
    let query = query.bind::<Integer, _>(-rank).bind::<Integer, _>(-weight).bind::<Integer, _>(length).bind::<Uuid, _>(id);
    query.bind::<Integer, _>(i32::try_from(filter.limit).unwrap_or(i32::MAX)).load(conn)
}

/// The kinds of which a unit reads its own only, as SQL: names of ours, nothing that was typed.
fn of_units() -> String {
    let kinds = SearchKind::ALL.iter().filter(|kind| kind.is_of_units());
    kinds.map(|kind| format!("'{kind}'")).collect::<Vec<_>>().join(", ")
}

/// The words of each term, and whether the last may be continued; an exact word is whole.
fn terms(terms: &[Term], exact: bool) -> Vec<(Vec<&str>, bool)> {
    terms
        .iter()
        .map(|term| {
            let words = term.words.iter().map(|word| if exact { word.exact.as_str() } else { word.folded.as_str() });
            (words.collect(), term.prefix && !exact)
        })
        .collect()
}

fn json(texts: impl IntoIterator<Item = impl ToString>) -> String {
    let texts: Vec<String> = texts.into_iter().map(|text| text.to_string()).collect();
    serde_json::to_string(&texts).unwrap_or_else(|_| "[]".to_owned())
}
