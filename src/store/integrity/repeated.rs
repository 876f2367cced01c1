//! Reports whose words stand in another one as well: found by a hash of their words, so that no text is held for longer than its
//! page of reports.

use std::collections::HashMap;
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::Candidate;
use crate::db::Connection;
use crate::db::schema::{progress_reports, tasks};
use crate::domain::integrity::{PHRASE, same_words};
use crate::domain::progress_reports::Verification;
use crate::domain::tasks::Secrecy;
use crate::domain::{Id, Origin, Percent};
use crate::store::StoreResult;

/// Reports that are read at once.
const AT_ONCE: i64 = 5_000;

/// Reports that are asked for by their places at once.
const TOLD_AT_ONCE: usize = 1_000;

/// A report's place in the journal, its task, its unit, and its words.
type Told = (i64, Id, Id, String);

/// The reports of a root, told by `cutoff` and not returned by then, that share their words with another one on the same task, or,
/// if they are long, of the same unit.
pub fn narratives(conn: &mut Connection, root: Id, cutoff: NaiveDateTime) -> StoreResult<Vec<Candidate>> {
    let mut places: HashMap<u64, Vec<i64>> = HashMap::new();
    let mut after = i64::MIN;
    loop {
        let page = page(conn, root, cutoff, after)?;
        let Some(last) = page.last() else { break };
        after = last.0;
        for (position, task, unit, words) in page {
            let words = same_words(&words);
            places.entry(hash(&(task, &words))).or_default().push(position);
            if words.chars().count() > PHRASE {
                places.entry(hash(&(unit, &words, PHRASE))).or_default().push(position);
            }
        }
    }
    let mut shared: Vec<i64> = places.into_values().filter(|places| places.len() > 1).flatten().collect();
    shared.sort_unstable();
    shared.dedup();
    let mut found = Vec::with_capacity(shared.len());
    for some in shared.chunks(TOLD_AT_ONCE) {
        found.extend(at(conn, some, root)?);
    }
    Ok(found)
}

fn page(conn: &mut Connection, root: Id, cutoff: NaiveDateTime, after: i64) -> StoreResult<Vec<Told>> {
    let stands = progress_reports::verification.ne(Verification::Returned).or(progress_reports::verified_at.ge(cutoff));
    progress_reports::table
        .inner_join(tasks::table)
        .filter(progress_reports::position.gt(after))
        .filter(progress_reports::recorded_at.lt(cutoff))
        .filter(stands)
        .filter(tasks::root_id.eq(root))
        .filter(tasks::secrecy.eq(Secrecy::None))
        .filter(tasks::issued_at.is_not_null())
        .filter(tasks::voided_at.is_null().or(tasks::voided_at.ge(cutoff)))
        .order(progress_reports::position)
        .limit(AT_ONCE)
        .select((progress_reports::position, progress_reports::task_id, progress_reports::unit_id, progress_reports::result))
        .load(conn)
}

/// What a report says and what it is about, in the columns of a [`Candidate`].
type Columns = (
    (Id, Id, Id, i64, String, NaiveDate, Option<Percent>, Option<String>),
    (Option<NaiveDate>, NaiveDateTime, Option<NaiveDateTime>, Origin),
    (Option<Id>, Option<Id>),
);

fn at(conn: &mut Connection, positions: &[i64], root: Id) -> StoreResult<Vec<Candidate>> {
    use progress_reports as r;
    let rows: Vec<Columns> = r::table
        .inner_join(tasks::table)
        .filter(r::position.eq_any(positions.to_vec()))
        .filter(tasks::root_id.eq(root))
        .select((
            (r::id, r::task_id, r::unit_id, r::position, r::result, r::measured_on, r::percent, r::period),
            (r::product_issued_on, r::recorded_at, r::verified_at, r::origin),
            (tasks::resolution_id, tasks::programme_id),
        ))
        .load(conn)?;
    Ok(rows.into_iter().map(candidate).collect())
}

fn candidate((report, times, links): Columns) -> Candidate {
    let (id, task_id, unit_id, position, result, measured_on, percent, period) = report;
    let (product_issued_on, recorded_at, verified_at, origin) = times;
    let (resolution_id, programme_id) = links;
    Candidate {
        id,
        task_id,
        unit_id,
        position,
        result,
        measured_on,
        percent,
        period,
        product_issued_on,
        recorded_at,
        verified_at,
        origin,
        resolution_id,
        programme_id,
        before: None,
        verified_before: None,
        period_due_on: None,
    }
}

fn hash(key: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    key.hash(&mut hasher);
    hasher.finish()
}
