//! The scoreboard of a document: what came of each of its indicators, and the sentence a review is remembered by.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::db::Connection;
use crate::domain::indicator_scores::{ScoreQuery, judged};
use crate::domain::indicators::IndicatorRole;
use crate::domain::periods::Period;
use crate::domain::targets::{
    Actual, KeptBound, MidTerm, MidTermCount, MidTermScale, MidTermVerdict, Score, Verdict, count_mid_term, mid_term, share_reached,
};
use crate::domain::{Id, Moment, Origin};
use crate::error::{AppError, AppResult, FieldError, codes, rules};
use crate::store;
use crate::store::indicator_values::IndicatorValue;
use crate::store::indicators::Indicator;

use super::access::{Permit, ReadDashboards};
use super::dashboards::check_day;
use super::indicator_assessments::{Assessed, Known};
use super::indicators::end_of;
use super::links::{self, Linked};
use super::{documents, indicator_targets, indicator_trends};

/// One line of a scoreboard.
#[derive(Debug, Clone)]
pub struct ScoreLine {
    /// The indicator.
    pub indicator: Indicator,
    /// What came of the target that is judged; none where the document sets none for the period.
    pub counted: Option<Assessed>,
    /// What came of the same period's targets of other authorities.
    pub beside: Vec<Assessed>,
    /// The value of the latest period that was told.
    pub newest: Option<IndicatorValue>,
    /// The last year whose value can be held against its path, and whether it is on it.
    pub pace: Option<(i32, bool)>,
    /// What the scale of mid-term says, if it was asked for and the document sets a target.
    pub mid_term: Option<MidTermVerdict>,
    /// Whether any of its values was made up for the demo: what it took from a publication says from where.
    pub illustrative: bool,
}

impl ScoreLine {
    /// The verdict that counts: official, where there is one.
    pub fn verdict(&self) -> Verdict {
        self.counted.as_ref().map_or(Verdict::NotAssessable, Assessed::verdict)
    }

    /// Whether the score counts it: a main indicator, of which the document sets a target.
    pub fn is_main(&self) -> bool {
        self.indicator.role == IndicatorRole::Main && self.counted.is_some()
    }

    /// What the numbers come to.
    pub fn computed(&self) -> Verdict {
        self.counted.as_ref().map_or(Verdict::NotAssessable, |assessed| assessed.judgement.verdict)
    }
}

/// A scoreboard.
#[derive(Debug, Clone)]
pub struct Scoreboard {
    /// The day it speaks of.
    pub as_of: NaiveDate,
    /// Last position of the journal.
    pub position: i64,
    /// Whether any value was made up for the demo.
    pub illustrative: bool,
    /// By the places of the indicators.
    pub lines: Vec<ScoreLine>,
}

impl Scoreboard {
    /// How many main indicators came to what, by the verdicts that count.
    pub fn score(&self) -> Score {
        Score::of(self.main().map(ScoreLine::verdict))
    }

    /// How many main indicators the scale of mid-term says what of.
    pub fn mid_term(&self) -> Vec<MidTermCount> {
        count_mid_term(self.main().filter_map(|line| line.mid_term))
    }

    /// How many main indicators came to what by the numbers alone.
    pub fn computed(&self) -> Score {
        Score::of(self.main().map(ScoreLine::computed))
    }

    /// What is counted.
    pub(super) fn main(&self) -> impl Iterator<Item = &ScoreLine> {
        self.lines.iter().filter(|line| line.is_main())
    }
}

/// The scoreboard of a document, as it was known at the end of a day.
///
/// # Errors
/// `invalid_parameter` for a day in the future or before the data, for an unknown document, and for two.
pub fn get(conn: &mut Connection, permit: &Permit<ReadDashboards>, query: &ScoreQuery, at: &Moment) -> AppResult<Scoreboard> {
    let as_of = query.as_of.unwrap_or(at.today());
    check_day(conn, as_of, at.today())?;
    if query.period.as_deref().is_some_and(|period| Period::of_any(period).is_none()) {
        return Err(AppError::bad_parameter("period", rules::PERIOD_OR_SPAN));
    }
    if query.resolution.is_some() && query.programme.is_some() {
        let one_of = FieldError::new("resolution", rules::ONE_OF).with("fields", "resolution, programme");
        return Err(AppError::new(codes::INVALID_PARAMETER).with_field(one_of));
    }
    let roots = documents::own_roots(conn, permit)?;
    links::check_parameter(conn, &roots, "resolution", query.resolution, Linked::Resolution)?;
    links::check_parameter(conn, &roots, "programme", query.programme, Linked::Programme)?;
    let rules =
        ScoreRules { period: query.period.clone(), kept_bound: query.kept_bound.unwrap_or(KeptBound::Exceeded), scale: query.scale };
    board(conn, &roots, query.resolution.or(query.programme), &rules, as_of)
}

/// By which rules indicators are judged.
#[derive(Debug, Clone)]
pub struct ScoreRules {
    /// The period whose targets are judged; each indicator's last one if none.
    pub period: Option<String>,
    /// What a kept bound is called.
    pub kept_bound: KeptBound,
    /// The scale of mid-term.
    pub scale: Option<MidTermScale>,
}

/// The scoreboard of a document of these roots, or of all of them, as it was known at the end of a day.
///
/// # Errors
/// The database's.
pub(super) fn board(
    conn: &mut Connection,
    roots: &[Id],
    document: Option<Id>,
    rules: &ScoreRules,
    as_of: NaiveDate,
) -> AppResult<Scoreboard> {
    let indicators = store::indicators::standing(conn, roots, document, end_of(as_of))?;
    let below: Vec<Indicator> = indicators.iter().filter(|indicator| indicator.parent_id.is_some()).cloned().collect();
    let known = Known::load(conn, &indicators, below, as_of)?;
    let position = store::events::position(conn)?;
    let lines = in_order(indicators).into_iter().map(|indicator| line(&known, indicator, rules));
    let lines: Vec<ScoreLine> = lines.collect::<AppResult<_>>()?;
    Ok(Scoreboard { as_of, position, illustrative: lines.iter().any(|line| line.illustrative), lines })
}

/// Document by document, each main indicator with those below it.
fn in_order(mut indicators: Vec<Indicator>) -> Vec<Indicator> {
    indicators.sort_by_key(|indicator| (indicator.resolution_id.is_none(), indicator.resolution_id.or(indicator.programme_id)));
    let (main, below): (Vec<_>, Vec<_>) = indicators.into_iter().partition(|indicator| indicator.parent_id.is_none());
    let with_below = |indicator: Indicator| {
        let own: Vec<Indicator> = below.iter().filter(|other| other.parent_id == Some(indicator.id)).cloned().collect();
        std::iter::once(indicator).chain(own)
    };
    main.into_iter().flat_map(with_below).collect()
}

fn line(known: &Known, indicator: Indicator, rules: &ScoreRules) -> AppResult<ScoreLine> {
    let assessed = known.assess(&indicator, rules.kept_bound)?;
    let own = assessed.iter().filter(|assessed| assessed.is_own());
    let period = judged(rules.period.as_deref(), own.map(|assessed| assessed.period.as_str())).map(ToOwned::to_owned);
    let (mut counted, mut beside) = (None, Vec::new());
    for assessed in assessed.into_iter().filter(|assessed| Some(&assessed.period) == period.as_ref()) {
        if assessed.is_own() { counted = Some(assessed) } else { beside.push(assessed) }
    }
    let newest = known.values(indicator.id).iter().max_by_key(|value| Period::of_any(&value.period).map(|p| (p.last, p.first)));
    let years = indicator_trends::years(known, &indicator)?;
    let pace = years.iter().rev().find_map(|(year, _)| Some((year.year, year.on_path?)));
    let reached = years.iter().rev().find_map(|(year, _)| year.actual.as_ref()?.single());
    let mid_term = rules.scale.zip(counted.as_ref()).map(|(scale, counted)| at_mid_term(scale, &indicator, counted, (pace, reached)));
    let made_up = |value: &IndicatorValue| value.origin == Origin::Demo && value.source.is_none();
    let illustrative = known.values(indicator.id).iter().any(made_up);
    Ok(ScoreLine { counted, beside, newest: newest.cloned(), pace, mid_term: mid_term.transpose()?, illustrative, indicator })
}

/// What the scale says of an indicator: by its path, or by how much of the target is reached so far.
fn at_mid_term(
    scale: MidTermScale,
    indicator: &Indicator,
    counted: &Assessed,
    (pace, newest): (Option<(i32, bool)>, Option<Decimal>),
) -> AppResult<MidTermVerdict> {
    let target = counted.target.as_ref().map(indicator_targets::reading).transpose()?;
    // A total or a mean as far as it is known; of a stock the last year that was told.
    let reached = counted.judgement.actual.as_ref().and_then(Actual::single).or(newest);
    let share = target.zip(reached).and_then(|(target, reached)| share_reached(&target, indicator.direction, reached));
    Ok(mid_term(scale, MidTerm { verdict: counted.verdict(), on_path: pace.map(|(_, on_path)| on_path), share }))
}
