//! Clauses of resolutions, and which tasks cite them.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::{StoreResult, below};
use crate::db::Connection;
use crate::db::schema::{clauses, task_clauses};
use crate::domain::clauses::{self as rule, ClauseKind};
use crate::domain::{Id, Moment};

/// One clause.
#[derive(Debug, Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = clauses, treat_none_as_null = true, treat_none_as_default_value = false)]
pub struct Clause {
    pub id: Id,
    pub resolution_id: Id,
    pub path: String,
    pub sort_key: String,
    pub kind: ClauseKind,
    pub heading: String,
    pub text: Option<String>,
    pub text_sha256: Option<String>,
    pub voided_at: Option<NaiveDateTime>,
    pub void_reason: Option<String>,
    pub version: i32,
    pub recorded_at: NaiveDateTime,
}

versioned!(clauses, Clause, searched);

/// Which clauses of a resolution a list asks for.
#[derive(Debug, Clone)]
pub struct ClauseFilter {
    pub resolution_id: Id,
    pub kinds: Vec<ClauseKind>,
    /// Only the clause at this path and what stands below it.
    pub below: Option<String>,
    /// Also those that were voided.
    pub voided: bool,
    /// Sort key and id of the last clause of the page before.
    pub after: Option<(String, Id)>,
    pub limit: i64,
}

/// A page of clauses in the order of the document.
pub fn list(conn: &mut Connection, filter: &ClauseFilter) -> StoreResult<Vec<Clause>> {
    let mut query = clauses::table.select(Clause::as_select()).order((clauses::sort_key, clauses::id)).limit(filter.limit).into_boxed();
    query = query.filter(clauses::resolution_id.eq(filter.resolution_id));
    if !filter.kinds.is_empty() {
        query = query.filter(clauses::kind.eq_any(filter.kinds.clone()));
    }
    if let Some(path) = &filter.below {
        query = query.filter(clauses::path.eq(path.clone()).or(clauses::path.like(below(&rule::below(path)))));
    }
    if !filter.voided {
        query = query.filter(clauses::voided_at.is_null());
    }
    if let Some((key, id)) = &filter.after {
        query = query.filter(clauses::sort_key.gt(key.clone()).or(clauses::sort_key.eq(key.clone()).and(clauses::id.gt(*id))));
    }
    query.load(conn)
}

/// Every clause of a resolution, voided ones too, in the order of the document.
pub fn of_resolution(conn: &mut Connection, resolution: Id) -> StoreResult<Vec<Clause>> {
    let own = clauses::table.filter(clauses::resolution_id.eq(resolution));
    own.order((clauses::sort_key, clauses::id)).select(Clause::as_select()).load(conn)
}

/// The clause that stands at a path of a resolution.
pub fn at_path(conn: &mut Connection, resolution: Id, path: &str) -> StoreResult<Option<Id>> {
    let there = clauses::table.filter(clauses::resolution_id.eq(resolution)).filter(clauses::path.eq(path));
    there.filter(clauses::voided_at.is_null()).select(clauses::id).first(conn).optional()
}

/// The clauses with these ids, in no order.
pub fn with_ids(conn: &mut Connection, ids: &[Id]) -> StoreResult<Vec<Clause>> {
    load_among!(conn, clauses::table.select(Clause::as_select()), clauses::id, ids)
}

/// A task that cites a clause.
#[derive(Debug, Clone, Copy, Queryable, Selectable)]
#[diesel(table_name = task_clauses)]
pub struct Citation {
    pub task_id: Id,
    pub clause_id: Id,
}

/// Which clauses these tasks cite; those of one task in the order of their documents.
pub fn cited_by(conn: &mut Connection, task_ids: &[Id]) -> StoreResult<Vec<Citation>> {
    let cited = task_clauses::table
        .inner_join(clauses::table)
        .order((clauses::resolution_id, clauses::sort_key, clauses::id))
        .select(Citation::as_select());
    load_among!(conn, cited, task_clauses::task_id, task_ids)
}

/// Makes a task cite these clauses and no others; what it cited before keeps its time.
pub fn cite(conn: &mut Connection, task: Id, cited: &[Id], before: &[Id], at: &Moment) -> StoreResult<()> {
    for gone in before.iter().filter(|id| !cited.contains(id)) {
        diesel::delete(task_clauses::table.find((task, *gone))).execute(conn)?;
    }
    for new in cited.iter().filter(|id| !before.contains(id)) {
        let row = (task_clauses::task_id.eq(task), task_clauses::clause_id.eq(*new), task_clauses::recorded_at.eq(at.recorded_at()));
        diesel::insert_into(task_clauses::table).values(row).execute(conn)?;
    }
    Ok(())
}

/// Which tasks cite the clauses of a resolution, as recorded before `cutoff`.
pub fn citations(conn: &mut Connection, resolution: Id, cutoff: NaiveDateTime) -> StoreResult<Vec<Citation>> {
    task_clauses::table
        .inner_join(clauses::table)
        .filter(clauses::resolution_id.eq(resolution))
        .filter(task_clauses::recorded_at.lt(cutoff))
        .select(Citation::as_select())
        .load(conn)
}
