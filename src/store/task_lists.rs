//! Lists of tasks: who sees which, and what was asked for.

mod judged;

use chrono::NaiveDate;
use diesel::dsl::InnerJoinQuerySource;
use diesel::prelude::*;
use diesel::sql_types::{Bool, Nullable};

use super::six_clears::lacking_any;
use super::task_rows::{TaskRows, seen_by};
use super::tasks::TaskRow;
use super::{ESCAPE, StoreResult, containing};
use crate::db::Connection;
use crate::db::connection::MultiBackend;
use crate::db::schema::{deadlines, task_clauses, task_handovers, task_states, task_unit_groups, tasks};
use crate::domain::Id;
use crate::domain::deadline::DeadlineKind;
use crate::domain::six_clears::Clear;
use crate::domain::tasks::{Lifecycle, Secrecy};
use crate::domain::timeliness::Timeliness;
use judged::{judged, waiting};

/// A condition that is unknown where a date is missing; unknown is not chosen.
type Condition = Box<dyn BoxableExpression<Source, MultiBackend, SqlType = Nullable<Bool>>>;
type Source = InnerJoinQuerySource<tasks::table, task_states::table>;
type Query<'a> = diesel::helper_types::IntoBoxed<'a, diesel::dsl::InnerJoin<tasks::table, task_states::table>, MultiBackend>;

/// Which tasks a list asks for.
#[derive(Debug, Clone, Default)]
pub struct TaskFilter {
    pub led: Option<Led>,
    /// Carries out one of these documents, directly or through its programme.
    pub documents: Option<Vec<Id>>,
    pub programme_id: Option<Id>,
    pub group_id: Option<Id>,
    pub field_id: Option<Id>,
    pub breakthrough_id: Option<Id>,
    pub pillar_id: Option<Id>,
    pub objective_id: Option<Id>,
    /// Cites one of these clauses.
    pub clauses: Option<Vec<Id>>,
    /// Cites a clause, or none.
    pub cites: Option<bool>,
    pub parent_id: Option<Id>,
    /// Given to this group of units, or a part of what was.
    pub unit_group_id: Option<Id>,
    pub lifecycles: Vec<Lifecycle>,
    pub timeliness: Vec<Timeliness>,
    /// Judged by the deadline they were issued with.
    pub by_original: bool,
    /// Their deadline was changed, or never.
    pub rescheduled: Option<bool>,
    /// A report is expected, and there is one, or none.
    pub reported: Option<bool>,
    /// Open, and nothing was heard of it for so many days.
    pub silent_days: Option<i64>,
    /// Open and overdue by so many days: at least, at most.
    pub days_late: (Option<i64>, Option<i64>),
    /// Lacks one of these.
    pub lacks: Vec<Clear>,
    pub deadline_kind: Option<DeadlineKind>,
    /// Only these.
    pub ids: Option<Vec<Id>>,
    /// Folded words to find in the title.
    pub search: Option<String>,
    /// Issued leaf tasks only: those that dashboards count.
    pub counted: bool,
    pub today: NaiveDate,
    pub due_soon_days: i64,
    /// Due date and id of the last task of the page before.
    pub after: Option<(Option<NaiveDate>, Id)>,
    pub limit: i64,
}

impl TaskFilter {
    /// Whether it asks for more than what a task is: a whole stands as its parts do, and is left out then.
    fn asks_how_it_stands(&self) -> bool {
        let late = self.days_late.0.or(self.days_late.1).is_some();
        !self.lifecycles.is_empty() || !self.timeliness.is_empty() || self.reported.is_some() || self.silent_days.is_some() || late
    }
}

/// Whose tasks a list asks for.
#[derive(Debug, Clone, Default)]
pub struct Led {
    /// The units that lead them, or answer for them on the day.
    pub by: Vec<Id>,
    /// Where who answers is asked for: the units whose whole work these answer for, and the day.
    pub answering: Option<(Vec<Id>, NaiveDate)>,
}

/// A page of tasks by due date; those without one come last. Voided ones are left out.
pub fn list(conn: &mut Connection, rows: &TaskRows, filter: &TaskFilter) -> StoreResult<Vec<TaskRow>> {
    let mut query = standing(linked(visible(all(), rows).filter(tasks::voided_at.is_null()), filter), filter);
    if let Some(after) = filter.after {
        query = query.filter(beyond(after));
    }
    let ordered = query.order((task_states::due_on.is_null(), task_states::due_on, tasks::id)).limit(filter.limit);
    ordered.select(TaskRow::as_select()).load(conn)
}

/// How many tasks such a list holds on all its pages.
pub fn count(conn: &mut Connection, rows: &TaskRows, filter: &TaskFilter) -> StoreResult<i64> {
    standing(linked(visible(all(), rows).filter(tasks::voided_at.is_null()), filter), filter).count().get_result(conn)
}

/// How many issued secret tasks it leaves out, of those led within what the reader may read.
pub fn count_secret(conn: &mut Connection, rows: &TaskRows, filter: &TaskFilter) -> StoreResult<i64> {
    let TaskRows { read, written } = rows;
    let query = all()
        .filter(tasks::secrecy.ne(Secrecy::None).and(tasks::issued_at.is_not_null()).and(tasks::voided_at.is_null()))
        .filter(tasks::root_id.eq_any(read.roots.clone()).or(tasks::lead_unit_id.eq_any(read.units.clone())))
        .filter(tasks::root_id.ne_all(written.roots.clone()).and(tasks::lead_unit_id.ne_all(written.units.clone())));
    standing(linked(query, filter), filter).count().get_result(conn)
}

/// The tasks that are linked as a filter asks, whoever leads them and however they stand.
pub fn linked_ids(conn: &mut Connection, filter: &TaskFilter) -> StoreResult<Vec<Id>> {
    let anywhere = TaskFilter { led: None, ..filter.clone() };
    linked(all(), &anywhere).select(tasks::id).load(conn)
}

fn all<'a>() -> Query<'a> {
    tasks::table.inner_join(task_states::table).into_boxed()
}

/// Those of these tasks that the reader sees, voided ones too.
pub fn visible_among(conn: &mut Connection, rows: &TaskRows, ids: &[Id]) -> StoreResult<Vec<Id>> {
    visible(all(), rows).filter(tasks::id.eq_any(ids.to_vec())).select(tasks::id).load(conn)
}

fn visible<'a>(query: Query<'a>, rows: &TaskRows) -> Query<'a> {
    query.filter(seen_by!(rows))
}

fn linked<'a>(mut query: Query<'a>, filter: &TaskFilter) -> Query<'a> {
    if let Some(led) = &filter.led {
        query = query.filter(led_by(led));
    }
    if let Some(documents) = &filter.documents {
        let directly = tasks::resolution_id.eq_any(documents.clone());
        query = query.filter(directly.or(tasks::programme_id.eq_any(documents.clone())));
    }
    for (link, id) in [
        (Link::Programme, filter.programme_id),
        (Link::Group, filter.group_id),
        (Link::Field, filter.field_id),
        (Link::Breakthrough, filter.breakthrough_id),
        (Link::Pillar, filter.pillar_id),
        (Link::Objective, filter.objective_id),
        (Link::Parent, filter.parent_id),
    ] {
        if let Some(id) = id {
            query = query.filter(link.is(id));
        }
    }
    if let Some(group) = filter.unit_group_id {
        let given = || task_unit_groups::table.filter(task_unit_groups::unit_group_id.eq(group)).select(task_unit_groups::task_id);
        let part = tasks::parent_id.is_not_null().and(tasks::parent_id.assume_not_null().eq_any(given()));
        query = query.filter(tasks::id.eq_any(given()).or(part));
    }
    if let Some(clauses) = &filter.clauses {
        let citing = task_clauses::table.filter(task_clauses::clause_id.eq_any(clauses.clone()));
        query = query.filter(tasks::id.eq_any(citing.select(task_clauses::task_id)));
    }
    query = match filter.cites {
        Some(true) => query.filter(tasks::id.eq_any(task_clauses::table.select(task_clauses::task_id))),
        Some(false) => query.filter(tasks::id.ne_all(task_clauses::table.select(task_clauses::task_id))),
        None => query,
    };
    if let Some(ids) = &filter.ids {
        query = query.filter(tasks::id.eq_any(ids.clone()));
    }
    if let Some(words) = &filter.search {
        query = query.filter(tasks::folded.like(containing(words)).escape(ESCAPE));
    }
    query
}

/// The rule of `domain::succession`, as a condition: the last hand-over in force decides, else the
/// lead unit, and from there whoever has all that one had.
fn led_by(led: &Led) -> Condition {
    let Some((whole, on)) = &led.answering else { return Box::new(tasks::lead_unit_id.eq_any(led.by.clone()).nullable()) };
    let in_force = || {
        let until = task_handovers::until_on.is_null().or(task_handovers::until_on.gt(*on));
        task_handovers::table.filter(task_handovers::effective_on.le(*on)).filter(until)
    };
    let received = in_force().filter(task_handovers::to_unit_id.eq_any(whole.clone())).select(task_handovers::task_id);
    let kept = tasks::handed_over.eq(false).or(tasks::id.ne_all(in_force().select(task_handovers::task_id)));
    let handed = tasks::handed_over.eq(true).and(tasks::id.eq_any(received));
    Box::new(tasks::lead_unit_id.eq_any(whole.clone()).and(kept).or(handed).nullable())
}

/// What a task may be linked to.
enum Link {
    Programme,
    Group,
    Field,
    Breakthrough,
    Pillar,
    Objective,
    Parent,
}

impl Link {
    fn is(&self, id: Id) -> Condition {
        match self {
            Self::Programme => Box::new(tasks::programme_id.eq(id)),
            Self::Group => Box::new(tasks::group_id.eq(id)),
            Self::Field => Box::new(tasks::field_id.eq(id)),
            Self::Breakthrough => Box::new(tasks::breakthrough_id.eq(id)),
            Self::Pillar => Box::new(tasks::pillar_id.eq(id)),
            Self::Objective => Box::new(tasks::objective_id.eq(id)),
            Self::Parent => Box::new(tasks::parent_id.eq(id)),
        }
    }
}

fn standing<'a>(mut query: Query<'a>, filter: &TaskFilter) -> Query<'a> {
    if !filter.lifecycles.is_empty() {
        query = query.filter(task_states::lifecycle.eq_any(filter.lifecycles.clone()));
    }
    if !filter.timeliness.is_empty() {
        let judged = filter.timeliness.iter().map(|t| judged(*t, filter.by_original, filter.today, filter.due_soon_days));
        if let Some(any) = judged.reduce(|all, next| Box::new(all.or(next))) {
            query = query.filter(any);
        }
    }
    if let Some(reported) = filter.reported {
        const NOT_EXPECTED: [Lifecycle; 3] = [Lifecycle::Draft, Lifecycle::Suspended, Lifecycle::Cancelled];
        query = query.filter(task_states::reported.eq(reported).and(task_states::lifecycle.ne_all(NOT_EXPECTED)));
    }
    if let Some(rescheduled) = filter.rescheduled {
        query = query.filter(task_states::rescheduled.eq(rescheduled));
    }
    for condition in waiting(filter) {
        query = query.filter(condition);
    }
    if let Some(kind) = filter.deadline_kind {
        let of_kind = deadlines::table.filter(deadlines::kind.eq(kind)).select(deadlines::id.nullable());
        query = query.filter(task_states::deadline_id.eq_any(of_kind));
    }
    if let Some(lacking) = lacking_any(&filter.lacks) {
        query = query.filter(lacking);
    }
    let children = diesel::alias!(tasks as children);
    let wholes = children
        .filter(children.field(tasks::parent_id).is_not_null())
        .filter(children.field(tasks::issued_at).is_not_null())
        .filter(children.field(tasks::voided_at).is_null())
        .select(children.field(tasks::parent_id).assume_not_null());
    if filter.counted {
        query.filter(tasks::issued_at.is_not_null()).filter(tasks::id.ne_all(wholes))
    } else if filter.asks_how_it_stands() {
        // An issued whole stands as its parts do, not as its own row says.
        query.filter(tasks::issued_at.is_null().or(tasks::id.ne_all(wholes)))
    } else {
        query
    }
}

/// What comes after a task in the order of the list.
fn beyond((due_on, id): (Option<NaiveDate>, Id)) -> Condition {
    let undated = task_states::due_on.is_null();
    match due_on {
        None => Box::new(undated.and(tasks::id.gt(id)).nullable()),
        Some(day) => {
            let later = task_states::due_on.gt(day);
            let same = task_states::due_on.eq(day).and(tasks::id.gt(id));
            Box::new(undated.or(later).or(same))
        }
    }
}
