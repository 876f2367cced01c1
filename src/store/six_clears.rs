//! The six clears as SQL: what `domain::six_clears` says of one task, asked of many.

use diesel::dsl::InnerJoinQuerySource;
use diesel::prelude::*;
use diesel::sql_types::{Bool, Nullable};

use super::task_facts::{FactFilter, chosen, parents};
use super::{StoreResult, settings};
use crate::db::Connection;
use crate::db::connection::MultiBackend;
use crate::db::schema::{deadlines, task_states, tasks};
use crate::domain::deadline::DeadlineKind;
use crate::domain::six_clears::{Clear, ClearFacts, UNCLEAR_KINDS};
use crate::domain::tasks::Secrecy;
use crate::domain::{Id, Origin};

type Source = InnerJoinQuerySource<tasks::table, task_states::table>;
type Condition = Box<dyn BoxableExpression<Source, MultiBackend, SqlType = Nullable<Bool>>>;

/// A task that lacks this one: the rule of `ClearFacts::lacks`, as a condition.
fn lacking(clear: Clear) -> Condition {
    let open = || tasks::secrecy.eq(Secrecy::None);
    match clear {
        Clear::Who => Box::new(tasks::accountable_post_id.is_null().nullable()),
        Clear::What => Box::new(open().and(tasks::title.eq("")).and(tasks::scope.is_null()).nullable()),
        Clear::When => {
            let unclear = deadlines::table.filter(deadlines::kind.eq_any(UNCLEAR_KINDS.to_vec()));
            let read_so = task_states::deadline_id.eq_any(unclear.select(deadlines::id.nullable()));
            Box::new(task_states::deadline_id.is_null().nullable().or(read_so))
        }
        Clear::Responsibility => Box::new(tasks::monitoring_unit_id.is_null().nullable()),
        Clear::Product => Box::new(open().and(tasks::deliverable.is_null()).nullable()),
        Clear::Authority => Box::new(open().and(tasks::assigned_by.is_null()).and(tasks::assigning_document.is_null()).nullable()),
    }
}

/// A task that lacks any of these; none, if none are asked for.
pub fn lacking_any(clears: &[Clear]) -> Option<Condition> {
    clears.iter().map(|clear| lacking(*clear)).reduce(|all, next| Box::new(all.or(next)))
}

/// A counted task: who leads it, and what of it is clear.
#[derive(Debug, Clone)]
pub struct ClearTask {
    pub id: Id,
    pub lead_unit_id: Id,
    pub origin: Origin,
    pub facts: ClearFacts,
}

/// A task as it is read.
#[derive(Queryable)]
struct Row {
    id: Id,
    lead_unit_id: Id,
    origin: Origin,
    post: bool,
    titled: bool,
    scoped: bool,
    monitored: bool,
    product: bool,
    assigner: bool,
    document: bool,
    secrecy: Secrecy,
    deadline: Option<DeadlineKind>,
}

impl Row {
    fn task(self) -> ClearTask {
        let Self { id, lead_unit_id, origin, post, titled, scoped, monitored, product, assigner, document, secrecy, deadline } = self;
        let facts = ClearFacts { post, words: titled || scoped, deadline, monitored, product, assigned: assigner || document, secrecy };
        ClearTask { id, lead_unit_id, origin, facts }
    }
}

/// The counted tasks as they are said now, in no order: two queries, however many there are.
pub fn counted(conn: &mut Connection, filter: &FactFilter) -> StoreResult<Vec<ClearTask>> {
    let parents = parents(conn, filter, None)?;
    let kind = deadlines::table.filter(deadlines::id.nullable().eq(task_states::deadline_id)).select(deadlines::kind).single_value();
    let rows: Vec<Row> = chosen(filter, None)
        .select((
            tasks::id,
            tasks::lead_unit_id,
            tasks::origin,
            tasks::accountable_post_id.is_not_null(),
            tasks::title.ne(""),
            tasks::scope.is_not_null(),
            tasks::monitoring_unit_id.is_not_null(),
            tasks::deliverable.is_not_null(),
            tasks::assigned_by.is_not_null(),
            tasks::assigning_document.is_not_null(),
            tasks::secrecy,
            kind,
        ))
        .load(conn)?;
    Ok(rows.into_iter().filter(|row| !parents.contains(&row.id)).map(Row::task).collect())
}

fn key(root: Id) -> String {
    format!("required_clears:{root}")
}

/// What a root wants to be clear before a task is issued, as it is kept.
pub fn required(conn: &mut Connection, root: Id) -> StoreResult<Option<String>> {
    settings::find(conn, &key(root))
}

/// Keeps what a root wants to be clear.
pub fn require(conn: &mut Connection, root: Id, value: &str) -> StoreResult<()> {
    settings::set(conn, &key(root), value)
}
