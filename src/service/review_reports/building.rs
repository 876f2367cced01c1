//! A report worked out from the record.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;

use crate::db::Connection;
use crate::domain::review_reports::{
    ClaimedScore, FORMAT, ReportRules, ReportedIndicator, ReportedIndicators, ReportedName, ReportedRound, ReportedSubmission, ReviewReport,
};
use crate::domain::review_submissions::SubmissionState;
use crate::domain::roll_up::FORMULA_VERSION;
use crate::domain::{Id, calendar, text};
use crate::error::AppResult;
use crate::service::indicator_scores::{self, ScoreRules, Scoreboard};
use crate::service::reviews::Reviewed;
use crate::store;
use crate::store::dashboards::LineUnit;
use crate::store::review_rounds::ReviewRound;
use crate::store::review_submissions::ReviewSubmission;

use super::{comparing, indicators, tasks};

/// What a report is asked of.
#[derive(Debug, Clone)]
pub struct Asked {
    /// The day at whose end the numbers are taken.
    pub as_of: NaiveDate,
    /// The day the report is made.
    pub day: NaiveDate,
    /// Only rounds that were frozen before this position are compared with.
    pub before: i64,
    /// Why it is frozen early.
    pub early_reason: Option<String>,
    /// Why it is frozen without what units owe.
    pub missing_reason: Option<String>,
}

impl Asked {
    /// A report of a day, made on another.
    pub fn of(as_of: NaiveDate, day: NaiveDate) -> Self {
        Self { as_of, day, before: i64::MAX, early_reason: None, missing_reason: None }
    }
}

/// The rules of a round.
pub fn rules(round: &ReviewRound) -> ScoreRules {
    ScoreRules { period: round.period.clone(), kept_bound: round.kept_bound, scale: round.scale }
}

/// The scoreboard of a round's document on a day.
///
/// # Errors
/// The database's.
pub fn board(conn: &mut Connection, reviewed: &Reviewed, rules: &ScoreRules, day: NaiveDate) -> AppResult<Scoreboard> {
    indicator_scores::board(conn, &[reviewed.root.id], Some(reviewed.document_id()), rules, day)
}

/// Works a report out.
///
/// # Errors
/// The database's.
pub fn build(conn: &mut Connection, reviewed: &Reviewed, asked: &Asked) -> AppResult<ReviewReport> {
    let facts = tasks::facts(conn, reviewed, asked.as_of, asked.day)?;
    let board = board(conn, reviewed, &rules(&reviewed.round), asked.as_of)?;
    let (units, names) = units(conn, reviewed)?;
    let told = store::review_submissions::latest(conn, reviewed.round.id)?;
    let owing = owing_of(&units, &facts, &board, told.iter().map(|row| row.unit_id));
    Ok(ReviewReport {
        format: FORMAT,
        review: round(reviewed),
        as_of: asked.as_of,
        illustrative: board.illustrative || facts.iter().any(|fact| fact.illustrative),
        rules: ReportRules {
            kept_bound: reviewed.round.kept_bound,
            scale: reviewed.round.scale,
            period: reviewed.round.period.clone(),
            formula_version: FORMULA_VERSION,
        },
        comparison: comparing::comparison(conn, reviewed, asked, (&facts, &board))?,
        tasks: tasks::reported(conn, &facts, (&units, &names), asked.as_of)?,
        texts: reviewed.round.texts(),
        submissions: submissions(reviewed, &owing, told, asked.day),
        indicators: scored(reviewed, board, &names)?,
        early_reason: asked.early_reason.clone(),
        missing_reason: asked.missing_reason.clone(),
    })
}

fn round(Reviewed { round, document, root }: &Reviewed) -> ReportedRound {
    ReportedRound {
        kind: round.kind,
        title: round.title.clone(),
        anchor_on: round.anchor_on,
        due_on: round.due_on,
        document: document.title.clone(),
        number: document.number.clone(),
        area: ReportedName { code: root.code.clone(), name: root.name.clone() },
    }
}

fn named(unit: &LineUnit) -> ReportedName {
    ReportedName { code: unit.code.clone(), name: unit.name.clone() }
}

fn scored(reviewed: &Reviewed, board: Scoreboard, names: &HashMap<Id, ReportedName>) -> AppResult<ReportedIndicators> {
    let score = board.score();
    Ok(ReportedIndicators {
        sentence: score.sentence(),
        computed: board.computed(),
        mid_term: reviewed.round.scale.map(|_| board.mid_term()),
        claimed: reviewed.round.claimed_score.as_ref().map(|text| ClaimedScore::check(text, &score)),
        score,
        lines: board.lines.into_iter().map(|line| indicators::reported(line, names)).collect::<AppResult<_>>()?,
    })
}

/// The units of a round's province, in Vietnamese order of their names on every database, and what they are called.
fn units(conn: &mut Connection, reviewed: &Reviewed) -> AppResult<(Vec<LineUnit>, HashMap<Id, ReportedName>)> {
    let mut units = store::dashboards::units(conn, std::slice::from_ref(&reviewed.root.path))?;
    units.sort_by_cached_key(|unit| (text::sort_key(&unit.name), unit.code.clone()));
    let names = units.iter().map(|unit| (unit.id, named(unit))).collect();
    Ok((units, names))
}

/// Who owes a round what it has to say, and by which indicators.
#[derive(Debug)]
pub struct Owing {
    /// In Vietnamese order of their names.
    pub units: Vec<LineUnit>,
    /// The indicators of its document.
    pub indicators: Vec<ReportedIndicator>,
    /// The units that report on an indicator of which the demo made a value up.
    pub made_up: HashSet<Id>,
}

/// The units that owe a round what they have to say.
///
/// # Errors
/// The database's.
pub fn owing(conn: &mut Connection, reviewed: &Reviewed, facts: &[tasks::Fact], asked: &Asked) -> AppResult<Owing> {
    let board = board(conn, reviewed, &rules(&reviewed.round), asked.as_of)?;
    let (units, names) = units(conn, reviewed)?;
    let told = store::review_submissions::units(conn, reviewed.round.id)?;
    let made_up = board.lines.iter().filter(|line| line.illustrative).filter_map(|line| line.indicator.lead_unit_id);
    Ok(Owing {
        units: owing_of(&units, facts, &board, told.into_iter()),
        made_up: made_up.collect(),
        indicators: board.lines.into_iter().map(|line| indicators::reported(line, &names)).collect::<AppResult<_>>()?,
    })
}

/// Those that lead counted work of its document, report on an indicator of it, or have handed in: their work may have gone to others since.
fn owing_of(units: &[LineUnit], facts: &[tasks::Fact], board: &Scoreboard, told: impl Iterator<Item = Id>) -> Vec<LineUnit> {
    let leads = facts.iter().map(|fact| fact.task.lead_unit_id);
    let reports = board.lines.iter().filter_map(|line| line.indicator.lead_unit_id);
    let owing: HashSet<Id> = leads.chain(reports).chain(told).collect();
    units.iter().filter(|unit| owing.contains(&unit.id)).cloned().collect()
}

fn submissions(reviewed: &Reviewed, owing: &[LineUnit], told: Vec<ReviewSubmission>, day: NaiveDate) -> Vec<ReportedSubmission> {
    let mut last: HashMap<Id, ReviewSubmission> = told.into_iter().map(|row| (row.unit_id, row)).collect();
    let one = |unit: &LineUnit| {
        let row = last.remove(&unit.id);
        ReportedSubmission {
            unit: named(unit),
            state: SubmissionState::of(row.as_ref().map(|row| row.verification), day, reviewed.round.due_on),
            handed_in_on: row.as_ref().map(|row| calendar::day_of(row.recorded_at.and_utc())),
            texts: row.map(|row| row.texts()).unwrap_or_default(),
        }
    };
    owing.iter().map(one).collect()
}
