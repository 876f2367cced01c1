//! What integrity signals look at: few rows, picked out by the database, that the rules of `domain::integrity` decide about.
//! Secret stubs have no words and are left out, voided work is no work.

mod narratives;

use chrono::{DateTime, NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::{BigInt, Date, Integer, Nullable, Text, Timestamp};

use super::StoreResult;
use crate::db::Connection;
use crate::db::dialect::{days_before, seconds_between};
use crate::db::schema::{commitment_changes, commitments, deadlines, tasks};
use crate::db::types::Uuid;
use crate::domain::deadline::DeadlineKind;
use crate::domain::integrity::{
    BACKDATED_DAYS, JUMP, LONG_REPORT, NEARLY_DONE, SECONDS_AFTER_SENDING, SECONDS_BETWEEN, STUCK_REPORTS, Signal, TOLD_LATE_DAYS,
};
use crate::domain::tasks::Secrecy;
use crate::domain::{Id, Origin, Percent};

pub use narratives::{Narrative, narratives, results};

/// A report that may be a signal, with what its rule asks of it; what another rule asks is null.
#[derive(Debug, Clone, QueryableByName)]
pub struct Candidate {
    #[diesel(sql_type = Uuid)]
    pub id: Id,
    #[diesel(sql_type = Uuid)]
    pub task_id: Id,
    #[diesel(sql_type = Uuid)]
    pub unit_id: Id,
    #[diesel(sql_type = BigInt)]
    pub position: i64,
    #[diesel(sql_type = Text)]
    pub result: String,
    #[diesel(sql_type = Date)]
    pub measured_on: NaiveDate,
    #[diesel(sql_type = Nullable<Integer>)]
    pub percent: Option<Percent>,
    #[diesel(sql_type = Nullable<Text>)]
    pub period: Option<String>,
    #[diesel(sql_type = Nullable<Date>)]
    pub product_issued_on: Option<NaiveDate>,
    #[diesel(sql_type = Timestamp)]
    pub recorded_at: NaiveDateTime,
    #[diesel(sql_type = Nullable<Timestamp>)]
    pub verified_at: Option<NaiveDateTime>,
    #[diesel(sql_type = Text)]
    pub origin: Origin,
    #[diesel(sql_type = Nullable<Uuid>)]
    pub resolution_id: Option<Id>,
    #[diesel(sql_type = Nullable<Uuid>)]
    pub programme_id: Option<Id>,
    /// The percentage of the report before, on the same task and period.
    #[diesel(sql_type = Nullable<Integer>)]
    pub before: Option<Percent>,
    /// When the same account verified another just before.
    #[diesel(sql_type = Nullable<Timestamp>)]
    pub verified_before: Option<NaiveDateTime>,
    /// The day its period was due.
    #[diesel(sql_type = Nullable<Date>)]
    pub period_due_on: Option<NaiveDate>,
}

/// Columns of every candidate.
const COLUMNS: &str = "r.id, r.task_id, r.unit_id, r.position, r.result, r.measured_on, r.percent, r.period, r.product_issued_on, \
                       r.recorded_at, r.verified_at, r.origin, t.resolution_id, t.programme_id";

/// What a rule does not ask.
const NO_BEFORE: &str = "CAST(NULL AS INTEGER) AS before";
const NO_VERIFIED_BEFORE: &str = "CAST(NULL AS TIMESTAMP) AS verified_before";
const NO_PERIOD: &str = "CAST(NULL AS DATE) AS period_due_on";
const PERIOD: &str = "o.due_on AS period_due_on";

/// Reports with their tasks, and with the period they name if it is owed.
const REPORTS: &str = "progress_reports r JOIN tasks t ON t.id = r.task_id";
const OF_PERIODS: &str = "LEFT JOIN obligations o ON o.task_id = r.task_id AND o.period = r.period";

/// Those that were told by the cutoff ($1) on tasks of a root ($2).
const TOLD: &str = "r.recorded_at < $1 AND t.root_id = $2 AND t.secrecy = 'none' AND t.issued_at IS NOT NULL \
                    AND (t.voided_at IS NULL OR t.voided_at >= $1)";

/// Of these, those that had not been returned.
const STANDS: &str = "AND NOT (r.verification = 'returned' AND r.verified_at < $1)";

/// The reports of a root that may be a signal, as they had been told by `cutoff`; none for what is no report. Copies are
/// found by [`narratives`].
pub fn candidates(conn: &mut Connection, signal: Signal, root: Id, cutoff: NaiveDateTime) -> StoreResult<Vec<Candidate>> {
    let sql = match signal {
        Signal::NinetyPercentForever => nearly_done(),
        Signal::LastDayJump => jumps(),
        Signal::FastVerification => fast(conn),
        Signal::Backdated => backdated(conn),
        Signal::ProductOnDeadline => on_deadline(conn),
        Signal::CopiedNarrative | Signal::DeadlineMovedLate => return Ok(Vec::new()),
    };
    sql_query(sql).bind::<Timestamp, _>(cutoff).bind::<Uuid, _>(root).load(conn)
}

/// All reports of the tasks that were told of just below completion often enough, in the order of their days.
fn nearly_done() -> String {
    format!(
        "SELECT {COLUMNS}, {NO_BEFORE}, {NO_VERIFIED_BEFORE}, {NO_PERIOD} FROM {REPORTS} WHERE {TOLD} {STANDS} AND r.task_id IN ( \
           SELECT n.task_id FROM progress_reports n WHERE n.percent >= {NEARLY_DONE} AND n.percent < 10000 AND n.recorded_at < $1 \
           GROUP BY n.task_id HAVING COUNT(*) >= {STUCK_REPORTS}) \
         ORDER BY r.task_id, r.measured_on, r.position"
    )
}

// What is put in order is narrow, and the few reports that are left are read in full: three times as fast for 500,000.
fn jumps() -> String {
    format!(
        "SELECT {COLUMNS}, {NO_VERIFIED_BEFORE}, {PERIOD}, p.before FROM ( \
           SELECT r.id, r.percent AS now, \
             LAG(r.percent) OVER (PARTITION BY r.task_id, r.period ORDER BY r.measured_on, r.position) AS before \
           FROM {REPORTS} WHERE {TOLD} {STANDS} AND r.percent IS NOT NULL) p \
         JOIN progress_reports r ON r.id = p.id JOIN tasks t ON t.id = r.task_id {OF_PERIODS} \
         WHERE p.now = 10000 AND p.before <= 10000 - {JUMP}"
    )
}

fn fast(conn: &Connection) -> String {
    // A second more: the rule counts whole ones.
    let (after_sending, between) = (SECONDS_AFTER_SENDING + 1, SECONDS_BETWEEN + 1);
    let (sent, another) = (seconds_between(conn, "p.sent", "p.checked"), seconds_between(conn, "p.verified_before", "p.checked"));
    format!(
        "SELECT {COLUMNS}, {NO_BEFORE}, {NO_PERIOD}, p.verified_before FROM ( \
           SELECT r.id, r.recorded_at AS sent, r.verified_at AS checked, LENGTH(r.result) AS letters, \
             LAG(r.verified_at) OVER (PARTITION BY r.verified_by ORDER BY r.verified_at, r.position) AS verified_before \
           FROM {REPORTS} WHERE {TOLD} AND r.verification = 'verified' AND r.verified_at < $1 AND r.verified_by IS NOT NULL AND NOT r.self_verified \
             AND r.origin <> 'import') p \
         JOIN progress_reports r ON r.id = p.id JOIN tasks t ON t.id = r.task_id \
         WHERE {sent} <= {after_sending} OR (p.letters > {LONG_REPORT} AND {another} <= {between})"
    )
}

fn backdated(conn: &Connection) -> String {
    // A day less: the day in Vietnam may be a later one.
    let long_before = days_before(conn, "r.recorded_at", BACKDATED_DAYS - 1);
    format!(
        "SELECT {COLUMNS}, {NO_BEFORE}, {NO_VERIFIED_BEFORE}, {NO_PERIOD} FROM {REPORTS} WHERE {TOLD} {STANDS} \
         AND r.origin <> 'import' AND r.measured_on < {long_before}"
    )
}

fn on_deadline(conn: &Connection) -> String {
    let long_before = days_before(conn, "r.recorded_at", TOLD_LATE_DAYS - 1);
    format!(
        "SELECT {COLUMNS}, {NO_BEFORE}, {NO_VERIFIED_BEFORE}, {PERIOD} FROM {REPORTS} {OF_PERIODS} WHERE {TOLD} {STANDS} \
         AND r.origin <> 'import' AND r.state = 'completed' AND r.product_issued_on < {long_before} \
         AND (o.due_on = r.product_issued_on OR EXISTS ( \
           SELECT 1 FROM deadlines d WHERE d.task_id = r.task_id AND d.ends_on = r.product_issued_on))"
    )
}

/// A deadline of a task, from when it was told.
#[derive(Debug, Clone, Queryable)]
pub struct Due {
    pub task_id: Id,
    pub recorded_at: NaiveDateTime,
    deadline: Option<(DeadlineKind, Option<NaiveDate>, bool)>,
}

impl Due {
    /// The day lateness was judged by.
    pub fn on(&self) -> Option<NaiveDate> {
        let (kind, ends_on, binding) = self.deadline?;
        kind.due_on(binding, ends_on)
    }
}

/// The deadlines of these tasks, in no order.
pub fn dues(conn: &mut Connection, tasks: &[Id]) -> StoreResult<Vec<Due>> {
    let told = commitments::table.left_join(deadlines::table).select((
        commitments::task_id,
        commitments::recorded_at,
        (deadlines::kind, deadlines::ends_on, deadlines::binding).nullable(),
    ));
    load_among!(conn, told, commitments::task_id, tasks)
}

/// A deadline that was changed, as lateness was judged by it before and is judged by it since.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeadlineChange {
    pub task_id: Id,
    pub unit_id: Id,
    pub position: i64,
    pub recorded_at: NaiveDateTime,
    pub origin: Origin,
    pub reason: String,
    pub resolution_id: Option<Id>,
    pub programme_id: Option<Id>,
    pub from: Option<NaiveDate>,
    pub to: Option<NaiveDate>,
}

/// One commitment of a task with its deadline, and how it came about.
#[derive(Queryable)]
struct Committed {
    task: (Id, Option<Id>, Option<Id>),
    unit_id: Id,
    position: i64,
    deadline_id: Option<Id>,
    recorded_at: NaiveDateTime,
    deadline: Option<(DeadlineKind, Option<NaiveDate>, bool)>,
    change: Option<(Origin, String)>,
}

impl Committed {
    fn due_on(&self) -> Option<NaiveDate> {
        let (kind, ends_on, binding) = self.deadline?;
        kind.due_on(binding, ends_on)
    }

    /// What changed of the deadline of the same task since the commitment before.
    fn since(&self, before: &Self) -> Option<DeadlineChange> {
        let (origin, reason) = self.change.clone()?;
        let (task_id, resolution_id, programme_id) = self.task;
        let moved = before.task.0 == task_id && before.deadline_id != self.deadline_id;
        moved.then(|| DeadlineChange {
            task_id,
            unit_id: self.unit_id,
            position: self.position,
            recorded_at: self.recorded_at,
            origin,
            reason,
            resolution_id,
            programme_id,
            from: before.due_on(),
            to: self.due_on(),
        })
    }
}

/// The deadlines that were changed in these roots, told between two cutoffs, in the order of their tasks; not by an import.
pub fn deadline_changes(
    conn: &mut Connection,
    roots: &[Id],
    from: Option<NaiveDateTime>,
    until: NaiveDateTime,
) -> StoreResult<Vec<DeadlineChange>> {
    // Before anything was told.
    let from = from.unwrap_or(DateTime::UNIX_EPOCH.naive_utc());
    let other = diesel::alias!(commitment_changes as other);
    let changed = other
        .filter(other.field(commitment_changes::recorded_at).ge(from))
        .filter(other.field(commitment_changes::recorded_at).lt(until))
        .filter(other.field(commitment_changes::origin).ne(Origin::Import))
        .select(other.field(commitment_changes::task_id));
    let rows: Vec<Committed> = commitments::table
        .inner_join(tasks::table)
        .left_join(deadlines::table)
        .left_join(commitment_changes::table)
        .filter(tasks::root_id.eq_any(roots.to_vec()))
        .filter(tasks::secrecy.eq(Secrecy::None))
        .filter(tasks::voided_at.is_null().or(tasks::voided_at.ge(until)))
        .filter(commitments::task_id.eq_any(changed))
        .order((commitments::task_id, commitments::position))
        .select((
            (commitments::task_id, tasks::resolution_id, tasks::programme_id),
            commitments::lead_unit_id,
            commitments::position,
            commitments::deadline_id,
            commitments::recorded_at,
            (deadlines::kind, deadlines::ends_on, deadlines::binding).nullable(),
            (commitment_changes::origin, commitment_changes::reason).nullable(),
        ))
        .load(conn)?;
    let moved = rows.iter().zip(rows.iter().skip(1)).filter_map(|(before, after)| after.since(before));
    let told = |change: &DeadlineChange| change.origin != Origin::Import && change.recorded_at < until && change.recorded_at >= from;
    Ok(moved.filter(told).collect())
}
