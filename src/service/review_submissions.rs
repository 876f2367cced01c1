//! What units hand in to review rounds: prefilled from what they have reported, confirmed by the focal office or returned, and never
//! written over.

mod handing_in;
mod judging;
mod prefill;

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;

use crate::db::Connection;
use crate::domain::dashboards::Totals;
use crate::domain::review_reports::{ReportedIndicator, ReportedTask};
use crate::domain::review_submissions::{SubmissionAction, SubmissionState};
use crate::domain::reviews::{ReviewAction, ReviewPartsQuery, ReviewTexts};
use crate::domain::roll_up::RollUp;
use crate::domain::verifications::ReportStanding;
use crate::domain::{Id, Moment, Origin, Reference, calendar};
use crate::error::AppResult;
use crate::store;
use crate::store::dashboards::LineUnit;
use crate::store::review_rounds::ReviewRound;
use crate::store::review_submissions::ReviewSubmission;
use crate::store::units::Unit;

use super::access::{LogProgress, Permit, ReadWork, Right, Verify};
use super::lookup;
use super::paging::{Page, PageRequest};
use super::review_reports::{Asked, Fact, Owing, facts, owing};
use super::reviews::Reviewed;

pub use handing_in::{HandIn, hand_in, target};
pub use judging::{Judgeable, for_judge, judge, to_judge};

/// What a unit owes a review round: each unit that leads counted work of the document, or reports on an indicator of it, owes one.
#[derive(Debug, Clone)]
pub struct Submission {
    /// The round.
    pub round: ReviewRound,
    /// The unit that owes it.
    pub unit: LineUnit,
    /// Where it stands.
    pub state: SubmissionState,
    /// What the unit leads itself of the document: today; of a frozen round as it was frozen.
    pub totals: Totals,
    /// The latest that was handed in.
    pub last: Option<ReviewSubmission>,
    /// Whether any of this was made up for the demo.
    pub illustrative: bool,
}

/// A page of what is owed to a round, in Vietnamese order of the units' names; reporters see their own units.
///
/// # Errors
/// `invalid_parameter`; `not_found`.
pub fn list(conn: &mut Connection, permit: &Permit<ReadWork>, id: Id, query: ReviewPartsQuery, at: &Moment) -> AppResult<Page<Submission>> {
    let page = PageRequest { limit: query.limit, cursor: query.cursor };
    let (limit, after) = (usize::try_from(page.limit()?).unwrap_or(usize::MAX), page.after::<Id>()?);
    let reviewed = Reviewed::find(conn, permit, id)?;
    let mut owed = Owed::find(conn, &reviewed, at)?;
    let mut units = std::mem::take(&mut owed.units);
    if let Some(last) = after {
        let begin = units.iter().position(|unit| unit.id == last).map_or(0, |i| i + 1);
        units.drain(..begin);
    }
    units.retain(|unit| permit.covers_unit(&unit.path, &unit.area_path));
    units.truncate(limit + 1);
    let told = store::review_submissions::latest(conn, id)?;
    let mut last: HashMap<Id, ReviewSubmission> = told.into_iter().map(|row| (row.unit_id, row)).collect();
    let one = |unit: LineUnit| {
        let row = last.remove(&unit.id);
        owed.submission(&reviewed.round, unit, row, at)
    };
    page.page(units.into_iter().map(one).collect(), |submission| submission.unit.id)
}

/// Who owes a round what: today; of a frozen round as it was when it was frozen.
#[derive(Debug, Clone)]
struct Owed {
    /// The numbers are those of the end of this day.
    as_of: NaiveDate,
    /// The day on which who was late is told.
    day: NaiveDate,
    units: Vec<LineUnit>,
    facts: Vec<Fact>,
    indicators: Vec<ReportedIndicator>,
    /// The units with a value of an indicator that was made up.
    made_up: HashSet<Id>,
}

impl Owed {
    fn find(conn: &mut Connection, reviewed: &Reviewed, at: &Moment) -> AppResult<Self> {
        let frozen = store::review_reports::find(conn, reviewed.round.id)?;
        let (as_of, day) = match frozen {
            Some(report) => (report.as_of, calendar::day_of(report.recorded_at.and_utc())),
            None => (at.today(), at.today()),
        };
        let facts = facts(conn, reviewed, as_of, day)?;
        let Owing { units, indicators, made_up } = owing(conn, reviewed, &facts, &Asked::of(as_of, day))?;
        Ok(Self { as_of, day, units, facts, indicators, made_up })
    }

    /// What a unit leads.
    fn own(&self, unit: Id) -> Vec<&Fact> {
        self.facts.iter().filter(|fact| fact.task.lead_unit_id == unit).collect()
    }

    fn submission(&self, round: &ReviewRound, unit: LineUnit, last: Option<ReviewSubmission>, at: &Moment) -> Submission {
        let own = self.own(unit.id);
        let told = last.as_ref().is_some_and(|row| row.origin == Origin::Demo);
        let illustrative = told || self.made_up.contains(&unit.id) || own.iter().any(|fact| fact.illustrative);
        let sum: RollUp = own.iter().map(|fact| fact.counted(self.as_of, at.due_soon_days)).collect::<Vec<_>>().iter().collect();
        let state = SubmissionState::of(last.as_ref().map(|row| row.verification), self.day, round.due_on);
        Submission { round: round.clone(), unit, state, totals: Totals::from(&sum), last, illustrative }
    }
}

/// What one unit owes a round, with all it may begin from.
#[derive(Debug, Clone)]
pub struct Prepared {
    /// What it owes, and where that stands.
    pub submission: Submission,
    /// The open tasks it leads whose deadline has passed.
    pub overdue: Vec<ReportedTask>,
    /// The indicators it reports on.
    pub indicators: Vec<ReportedIndicator>,
    /// Words to begin with.
    pub prefill: ReviewTexts,
    /// All that was handed in, the latest first, each with the user names of who wrote it and who judged it.
    pub revisions: Vec<(ReviewSubmission, Option<String>, Option<String>)>,
    /// What this account may do next.
    pub actions: Vec<SubmissionAction>,
}

/// What one unit owes a round.
///
/// # Errors
/// `not_found`, also for a unit that owes nothing; `forbidden` for one that the reader does not see.
pub fn get(conn: &mut Connection, permit: &Permit<ReadWork>, id: Id, unit: &Reference, at: &Moment) -> AppResult<Prepared> {
    let reviewed = Reviewed::find(conn, permit, id)?;
    let unit = of(conn, unit)?;
    permit.require_unit(&unit)?;
    let owed = Owed::find(conn, &reviewed, at)?;
    prepared(conn, permit, (&reviewed, &owed), unit.id, at)
}

/// The unit an address names.
fn of(conn: &mut Connection, unit: &Reference) -> AppResult<Unit> {
    lookup::found(store::units::find_by(conn, unit))
}

fn prepared<R: Right>(
    conn: &mut Connection,
    permit: &Permit<R>,
    (reviewed, owed): (&Reviewed, &Owed),
    unit: Id,
    at: &Moment,
) -> AppResult<Prepared> {
    let unit = lookup::found(Ok(owed.units.iter().find(|known| known.id == unit).cloned()))?;
    let rows = store::review_submissions::of_unit(conn, reviewed.round.id, unit.id)?;
    let submission = owed.submission(&reviewed.round, unit, rows.first().cloned(), at);
    let own = owed.own(submission.unit.id);
    let of_unit = |line: &&ReportedIndicator| line.lead_unit.as_ref().is_some_and(|unit| unit.code == submission.unit.code);
    let indicators: Vec<ReportedIndicator> = owed.indicators.iter().filter(of_unit).cloned().collect();
    let actions = steps(conn, permit, reviewed, &submission)?;
    let people: Vec<Id> = rows.iter().flat_map(|row| [row.recorded_by, row.verified_by]).flatten().collect();
    let people: HashMap<Id, String> = store::users::names(conn, &people)?.into_iter().collect();
    let person = |id: Option<Id>| id.and_then(|id| people.get(&id)).cloned();
    Ok(Prepared {
        overdue: prefill::overdue(conn, &own, &submission.unit, owed.as_of)?,
        prefill: prefill::texts(conn, &own, &indicators, owed.as_of)?,
        revisions: rows
            .into_iter()
            .map(|row| (person(row.recorded_by), person(row.verified_by), row))
            .map(|(a, b, row)| (row, a, b))
            .collect(),
        indicators,
        actions,
        submission,
    })
}

/// What this account may do next with what a unit owes.
fn steps<R: Right>(
    conn: &mut Connection,
    permit: &Permit<R>,
    reviewed: &Reviewed,
    submission: &Submission,
) -> AppResult<Vec<SubmissionAction>> {
    if reviewed.allows(ReviewAction::Submit).is_err() {
        return Ok(Vec::new());
    }
    let unit = lookup::found(store::units::find(conn, submission.unit.id))?;
    let writes = permit.actor().permit::<LogProgress>().is_ok_and(|permit| permit.covers_unit(&unit.path, &unit.area_path));
    let judges = permit.actor().permit::<Verify>().is_ok_and(|permit| permit.covers_area(&reviewed.root.path));
    let verdicts = submission.last.as_ref().filter(|_| judges).map(|row| judging::allowed(row, permit.actor().account()));
    let submits = (writes && submission.state != SubmissionState::Verified).then_some(SubmissionAction::Submit);
    Ok(submits.into_iter().chain(verdicts.into_iter().flatten().map(SubmissionAction::from)).collect())
}

/// How a row stands to whoever may judge it.
fn standing(row: &ReviewSubmission, who: Option<Id>) -> ReportStanding {
    let own = row.recorded_by.is_some() && row.recorded_by == who;
    ReportStanding { verification: row.verification, self_verified: false, own, closed: false }
}
