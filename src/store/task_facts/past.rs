//! The counted tasks of an earlier day, replayed from what the system had been told by its end.

use std::collections::{HashMap, HashSet};

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::{BigInt, Bool, Date, Integer, Nullable, Text, Timestamp};

use super::{FactFilter, FactState, FactTask, TaskFact, chosen, illustrative, is_illustrative, parents};
use crate::db::Connection;
use crate::db::schema::{commitments, deadlines, task_decisions, tasks};
use crate::db::types::Uuid;
use crate::domain::deadline::DeadlineKind;
use crate::domain::obligations::{Parts, Promise, Schedule, begun_on};
use crate::domain::progress_reports::{ReportState, Verification};
use crate::domain::task_state::{ReportFact, derive};
use crate::domain::tasks::Decision;
use crate::domain::{Id, Percent, calendar, timeliness};
use crate::store::StoreResult;
use crate::store::deadlines::DeadlineRow;

/// The counted tasks as they stood just before `cutoff`, the end of a day.
///
/// Issued and not voided by then; a leaf then; committed to as then; its state derived from the
/// decisions and reports told by then, where a report that was verified or returned later still
/// waits. What a task is linked to has no history and is taken as it is now. Five queries and one for
/// each root, however many tasks there are.
pub fn as_of(conn: &mut Connection, filter: &FactFilter, cutoff: NaiveDateTime) -> StoreResult<Vec<TaskFact>> {
    let parents = parents(conn, filter, Some(cutoff))?;
    let mut history = History::load(conn, &filter.roots, cutoff)?;
    let tasks: Vec<FactTask> = chosen(filter, Some(cutoff)).select(FactTask::as_select()).load(conn)?;
    Ok(tasks.into_iter().filter(|task| !parents.contains(&task.id)).map(|task| history.fact(task)).collect())
}

/// Everything told by the cutoff, by task.
struct History {
    /// Of work that may be done period by period: when it began, and the deadlines with periods or steps.
    owing: HashMap<Id, Owing>,
    decisions: HashMap<Id, Vec<Decision>>,
    commitments: HashMap<Id, Vec<Committed>>,
    reports: HashMap<Id, Vec<ReportFact>>,
    /// When the last report on each came.
    last: HashMap<Id, NaiveDateTime>,
    illustrative: HashSet<Id>,
}

impl History {
    fn load(conn: &mut Connection, roots: &[Id], cutoff: NaiveDateTime) -> StoreResult<Self> {
        let (mut reports, mut last) = (Vec::new(), HashMap::new());
        for root in roots {
            let decisive = decisive_reports(conn, *root, cutoff)?;
            last.extend(decisive.iter().map(|row| (row.task_id, row.last)));
            reports.extend(decisive.into_iter().map(|row| (row.task_id, row.fact())));
        }
        Ok(Self {
            owing: owing(conn, roots, cutoff)?,
            decisions: by_task(decisions(conn, roots, cutoff)?),
            commitments: by_task(committed(conn, roots, cutoff)?),
            reports: by_task(reports),
            last,
            illustrative: illustrative(conn, Some(cutoff))?,
        })
    }

    fn fact(&mut self, task: FactTask) -> TaskFact {
        let (decisions, reports) = (self.decisions.remove(&task.id).unwrap_or_default(), self.reports.remove(&task.id).unwrap_or_default());
        let (commitments, owing) = (self.commitments.remove(&task.id).unwrap_or_default(), self.owing.remove(&task.id));
        let told = Told {
            decisions: &decisions,
            reports: &reports,
            commitments: &commitments,
            owing: owing.as_ref(),
            last_reported_at: self.last.remove(&task.id),
            illustrative: is_illustrative(&task, &self.illustrative),
        };
        told.fact(task)
    }
}

/// Everything that was told of one task by the cutoff.
pub(super) struct Told<'a> {
    pub decisions: &'a [Decision],
    /// Those that stood then, or at least those that decide.
    pub reports: &'a [ReportFact],
    pub commitments: &'a [Committed],
    pub owing: Option<&'a Owing>,
    pub last_reported_at: Option<NaiveDateTime>,
    pub illustrative: bool,
}

impl Told<'_> {
    /// Where the task stood.
    pub(super) fn fact(self, task: FactTask) -> TaskFact {
        let Self { decisions, reports, commitments, owing, last_reported_at, illustrative } = self;
        let (state, due_on) = match owing {
            Some(owing) => owing.schedule(commitments).settle(decisions, reports),
            None => (derive(decisions, reports), timeliness::judged_due(commitments.iter().map(|c| (c.recorded_on(), c.due_on())))),
        };
        let original = commitments.first();
        let rescheduled = commitments.iter().any(|c| original.is_some_and(|original| original.deadline_id != c.deadline_id));
        let original_due_on = original.filter(|_| rescheduled).and_then(Committed::due_on);
        let task = match commitments.last() {
            Some(last) => FactTask { lead_unit_id: last.lead_unit_id, weight: last.weight, ..task },
            None => task,
        };
        TaskFact {
            illustrative,
            task,
            state: FactState {
                due_on,
                lifecycle: state.lifecycle,
                confirmed: state.confirmed,
                completed_on: state.completed_on,
                claimed: state.claimed,
                verified: state.verified,
                reported: state.reported,
                has_verified: state.has_verified,
                rescheduled,
                original_due_on,
                last_reported_at,
            },
        }
    }
}

pub(super) fn by_task<T>(rows: Vec<(Id, T)>) -> HashMap<Id, Vec<T>> {
    let mut grouped: HashMap<Id, Vec<T>> = HashMap::new();
    for (task, row) in rows {
        grouped.entry(task).or_default().push(row);
    }
    grouped
}

fn decisions(conn: &mut Connection, roots: &[Id], cutoff: NaiveDateTime) -> StoreResult<Vec<(Id, Decision)>> {
    task_decisions::table
        .inner_join(tasks::table)
        .filter(tasks::root_id.eq_any(roots.to_vec()))
        .filter(task_decisions::recorded_at.lt(cutoff))
        .order(task_decisions::position)
        .select((task_decisions::task_id, task_decisions::decision))
        .load(conn)
}

/// What a task was committed to from one moment on.
#[derive(Clone, Queryable)]
pub(super) struct Committed {
    pub recorded_at: NaiveDateTime,
    lead_unit_id: Id,
    weight: i32,
    deadline_id: Option<Id>,
    deadline: Option<(DeadlineKind, Option<NaiveDate>, bool)>,
}

impl Committed {
    fn due_on(&self) -> Option<NaiveDate> {
        let (kind, ends_on, binding) = self.deadline?;
        kind.due_on(binding, ends_on)
    }

    fn recorded_on(&self) -> NaiveDate {
        calendar::day_of(self.recorded_at.and_utc())
    }
}

/// When a task began, and the periods or steps of its deadlines.
pub(super) struct Owing {
    begun_on: NaiveDate,
    parts: HashMap<Id, Parts>,
}

impl Owing {
    fn schedule(&self, commitments: &[Committed]) -> Schedule {
        let parts = |c: &Committed| c.deadline_id.and_then(|id| self.parts.get(&id)).cloned().unwrap_or_default();
        let promise = |c: &Committed| Promise { recorded_on: c.recorded_on(), due_on: c.due_on(), parts: parts(c) };
        Schedule::of(self.begun_on, &commitments.iter().map(promise).collect::<Vec<_>>())
    }
}

pub(super) fn owing(conn: &mut Connection, roots: &[Id], cutoff: NaiveDateTime) -> StoreResult<HashMap<Id, Owing>> {
    type Row = (Id, Option<NaiveDate>, Option<NaiveDateTime>, NaiveDateTime, DeadlineRow);
    let rows: Vec<Row> = deadlines::table
        .inner_join(tasks::table)
        .filter(tasks::root_id.eq_any(roots.to_vec()))
        .filter(deadlines::recorded_at.lt(cutoff))
        .filter(deadlines::recurrence.is_not_null().or(deadlines::milestones.ne("[]")))
        .select((tasks::id, tasks::assigned_on, tasks::issued_at, tasks::recorded_at, DeadlineRow::as_select()))
        .load(conn)?;
    let mut owing: HashMap<Id, Owing> = HashMap::new();
    for (task, assigned_on, issued_at, recorded_at, row) in rows {
        let begun_on = begun_on(assigned_on, calendar::day_of(issued_at.unwrap_or(recorded_at).and_utc()));
        let of_task = owing.entry(task).or_insert_with(|| Owing { begun_on, parts: HashMap::new() });
        of_task.parts.insert(row.id, Parts::of(&row.reading()));
    }
    Ok(owing)
}

pub(super) fn committed(conn: &mut Connection, roots: &[Id], cutoff: NaiveDateTime) -> StoreResult<Vec<(Id, Committed)>> {
    commitments::table
        .inner_join(tasks::table)
        .left_join(deadlines::table)
        .filter(tasks::root_id.eq_any(roots.to_vec()))
        .filter(commitments::recorded_at.lt(cutoff))
        .order(commitments::position)
        .select((
            commitments::task_id,
            (
                commitments::recorded_at,
                commitments::lead_unit_id,
                commitments::weight,
                commitments::deadline_id,
                (deadlines::kind, deadlines::ends_on, deadlines::binding).nullable(),
            ),
        ))
        .load(conn)
}

/// A report that decides the state of its task.
#[derive(QueryableByName)]
struct DecisiveReport {
    #[diesel(sql_type = Uuid)]
    task_id: Id,
    #[diesel(sql_type = BigInt)]
    position: i64,
    #[diesel(sql_type = Nullable<Text>)]
    period: Option<String>,
    #[diesel(sql_type = Text)]
    state: ReportState,
    #[diesel(sql_type = Nullable<Integer>)]
    percent: Option<Percent>,
    #[diesel(sql_type = Date)]
    measured_on: NaiveDate,
    #[diesel(sql_type = Nullable<Date>)]
    product_issued_on: Option<NaiveDate>,
    #[diesel(sql_type = Timestamp)]
    recorded_at: NaiveDateTime,
    #[diesel(sql_type = Bool)]
    verified: bool,
    /// When the last report on the same task came.
    #[diesel(sql_type = Timestamp)]
    last: NaiveDateTime,
}

impl DecisiveReport {
    fn fact(self) -> ReportFact {
        ReportFact {
            position: self.position,
            period: self.period,
            state: self.state,
            percent: self.percent,
            measured_on: self.measured_on,
            product_on: self.product_issued_on,
            verification: if self.verified { Verification::Verified } else { Verification::Submitted },
            recorded_at: self.recorded_at.and_utc(),
        }
    }
}

/// At most four reports of a task, and two more of each period, say all that [`derive`] asks of them for a dashboard: the latest
/// of each sort, verified by then or not, carrying a percentage or not. The database picks them,
/// so that memory does not grow with the number of reports. What was returned by then is left out.
fn decisive_reports(conn: &mut Connection, root: Id, cutoff: NaiveDateTime) -> StoreResult<Vec<DecisiveReport>> {
    sql_query(
        "SELECT task_id, position, period, state, percent, measured_on, product_issued_on, recorded_at, verified, last FROM ( \
           SELECT told.*, MAX(recorded_at) OVER (PARTITION BY task_id) AS last, ROW_NUMBER() OVER ( \
             PARTITION BY task_id, period, verified, percent IS NOT NULL OR state IN ('completed', 'not_started') \
             ORDER BY measured_on DESC, position DESC) AS place \
           FROM ( \
             SELECT r.task_id, r.position, r.period, r.state, r.percent, r.measured_on, r.product_issued_on, r.recorded_at, \
                    r.self_verified OR (r.verification = 'verified' AND r.verified_at < $1) AS verified \
             FROM progress_reports r JOIN tasks t ON t.id = r.task_id \
             WHERE r.recorded_at < $1 AND t.root_id = $2 AND NOT (r.verification = 'returned' AND r.verified_at < $1) \
           ) told \
         ) placed WHERE place = 1",
    )
    .bind::<Timestamp, _>(cutoff)
    .bind::<Uuid, _>(root)
    .load(conn)
}
