//! Assessments of indicators: what the numbers come to, and what was decided officially, side by side.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::db::Connection;
use crate::domain::indicator_assessments::{AssessmentDraft, Judgement, Question, Told, VerdictCause, judge, together};
use crate::domain::indicators::IndicatorRole;
use crate::domain::periods::Period;
use crate::domain::targets::{KeptBound, Verdict};
use crate::domain::{Id, Moment};
use crate::error::{AppError, AppResult, rules};
use crate::store;
use crate::store::indicator_assessments::IndicatorAssessment;
use crate::store::indicator_targets::IndicatorTarget;
use crate::store::indicator_values::IndicatorValue;
use crate::store::indicators::Indicator;

use super::access::{Permit, ReadWork, WriteWork};
use super::dashboards::check_day;
use super::indicators::{NOUN, Standing, end_of, readable};
use super::journal::{self, Happening};
use super::{indicator_targets, indicator_values, lookup};

/// An official verdict with the user name of who recorded it.
#[derive(Debug, Clone)]
pub struct Official {
    /// The row.
    pub row: IndicatorAssessment,
    /// User name of who recorded it.
    pub author: Option<String>,
}

/// What came of one target of an indicator.
#[derive(Debug, Clone)]
pub struct Assessed {
    /// The target; none where components decide.
    pub target: Option<IndicatorTarget>,
    /// The period it speaks of.
    pub period: String,
    /// What the numbers come to.
    pub judgement: Judgement,
    /// What was decided, the latest first.
    pub official: Vec<Official>,
}

impl Assessed {
    /// The verdict that counts: the official one, where there is one.
    pub fn verdict(&self) -> Verdict {
        self.official.first().map_or(self.judgement.verdict, |official| official.row.verdict)
    }

    /// Whether the document itself sets the target.
    pub fn is_own(&self) -> bool {
        self.target.as_ref().is_none_or(|target| target.authority.is_none())
    }
}

/// All that verdicts on some indicators are made of, as it was known at the end of a day.
#[derive(Debug)]
pub struct Known {
    day: NaiveDate,
    targets: HashMap<Id, Vec<IndicatorTarget>>,
    values: HashMap<Id, Vec<IndicatorValue>>,
    officials: HashMap<Id, Vec<Arc<Official>>>,
    below: HashMap<Id, Vec<Indicator>>,
}

impl Known {
    /// Reads it for indicators and those below them: five queries, whatever their number.
    ///
    /// # Errors
    /// The database's.
    pub fn load(conn: &mut Connection, indicators: &[Indicator], below: Vec<Indicator>, day: NaiveDate) -> AppResult<Self> {
        let ids: Vec<Id> = indicators.iter().chain(&below).map(|indicator| indicator.id).collect();
        let cutoff = end_of(day);
        let decided = store::indicator_assessments::of(conn, &ids, cutoff)?;
        let mut officials: HashMap<Id, Vec<Arc<Official>>> = HashMap::new();
        for (row, author) in lookup::with_authors(conn, decided, |row| row.recorded_by)?.into_iter().rev() {
            officials.entry(row.indicator_id).or_default().push(Arc::new(Official { row, author }));
        }
        let mut known = Self {
            day,
            targets: indicator_targets::standing(conn, &ids, cutoff)?,
            values: indicator_values::counting(conn, &ids, cutoff)?,
            officials,
            below: HashMap::new(),
        };
        for indicator in below {
            known.below.entry(indicator.parent_id.unwrap_or(indicator.id)).or_default().push(indicator);
        }
        Ok(known)
    }

    /// The values of an indicator that count.
    pub fn values(&self, indicator: Id) -> &[IndicatorValue] {
        self.values.get(&indicator).map_or(&[], Vec::as_slice)
    }

    /// The targets of an indicator that stand, the document's own first.
    pub fn targets(&self, indicator: Id) -> &[IndicatorTarget] {
        self.targets.get(&indicator).map_or(&[], Vec::as_slice)
    }

    /// The values as they are judged.
    ///
    /// # Errors
    /// `internal` for a row that something else wrote.
    pub fn told(&self, indicator: Id) -> AppResult<Vec<Told>> {
        let told = |value: &IndicatorValue| {
            let period = Period::of_any(&value.period).ok_or_else(|| AppError::internal("a value of no period"))?;
            let actual = indicator_values::reading(value)?;
            Ok(Told { id: value.period.clone(), period, actual, breaks_series: value.breaks_series })
        };
        self.values(indicator).iter().map(told).collect()
    }

    /// What came of each target of an indicator.
    ///
    /// # Errors
    /// `internal` for a row that something else wrote.
    pub fn assess(&self, indicator: &Indicator, bounds: KeptBound) -> AppResult<Vec<Assessed>> {
        let told = self.told(indicator.id)?;
        let mut assessed = Vec::new();
        for target in self.targets(indicator.id) {
            let reading = indicator_targets::reading(target)?;
            let period = Period::of_any(&target.period).ok_or_else(|| AppError::internal("a target of no period"))?;
            let question = Question {
                target: &reading,
                id: &target.period,
                period,
                direction: indicator.direction,
                aggregation: indicator.aggregation,
                path: (indicator.from_year, indicator.to_year),
                today: self.day,
            };
            let judgement = judge(&question, &told, bounds);
            assessed.push(self.assessed(indicator.id, Some(target.clone()), &target.period, judgement));
        }
        assessed.extend(self.of_components(indicator, bounds)?);
        Ok(assessed)
    }

    fn assessed(&self, indicator: Id, target: Option<IndicatorTarget>, period: &str, judgement: Judgement) -> Assessed {
        let own = target.as_ref().is_none_or(|target| target.authority.is_none());
        let officials = self.officials.get(&indicator).into_iter().flatten();
        let official =
            officials.filter(|official| own && official.row.period == period).map(|official| Official::clone(official)).collect();
        Assessed { target, period: period.to_owned(), judgement, official }
    }

    /// The verdict that components share, for each period all of them have a target of; none where the indicator has targets of its own.
    fn of_components(&self, indicator: &Indicator, bounds: KeptBound) -> AppResult<Vec<Assessed>> {
        let below = self.below.get(&indicator.id).map_or(&[][..], Vec::as_slice);
        let components: Vec<&Indicator> = below.iter().filter(|below| below.role == IndicatorRole::Component).collect();
        if components.is_empty() || self.targets(indicator.id).iter().any(|target| target.authority.is_none()) {
            return Ok(Vec::new());
        }
        let mut parts: Vec<Vec<Assessed>> = Vec::with_capacity(components.len());
        for component in components {
            parts.push(self.assess(component, bounds)?.into_iter().filter(Assessed::is_own).collect());
        }
        let shared = |period: &&str| parts.iter().all(|part| part.iter().any(|a| a.period == **period));
        let periods: Vec<&str> = parts.first().into_iter().flatten().map(|a| a.period.as_str()).filter(|period| shared(period)).collect();
        let joined = |period: &str| {
            let verdicts: Vec<Verdict> = parts.iter().flatten().filter(|a| a.period == period).map(Assessed::verdict).collect();
            let cause = Some(VerdictCause::Components);
            let judgement = Judgement { actual: None, verdict: together(&verdicts), cause, periods: vec![period.to_owned()] };
            self.assessed(indicator.id, None, period, judgement)
        };
        Ok(periods.into_iter().map(joined).collect())
    }
}

/// What came of each target of an indicator, as it was known at the end of a day.
///
/// # Errors
/// `not_found`; `invalid_parameter` for a day in the future or before the data.
pub fn list(conn: &mut Connection, permit: &Permit<ReadWork>, id: Id, as_of: Option<NaiveDate>, at: &Moment) -> AppResult<Vec<Assessed>> {
    let indicator = readable(conn, permit, id)?;
    let day = as_of.unwrap_or(at.today());
    check_day(conn, day, at.today())?;
    let below = store::indicators::below(conn, id)?;
    Known::load(conn, std::slice::from_ref(&indicator), below, day)?.assess(&indicator, KeptBound::Exceeded)
}

/// Records an official verdict beside the computed one.
///
/// # Errors
/// 422 for a period that has no target, and where it differs from the computed verdict without a reason.
pub fn decide(
    conn: &mut Connection,
    permit: &Permit<WriteWork>,
    Standing(indicator): Standing,
    draft: &AssessmentDraft,
    at: &Moment,
) -> AppResult<Vec<Assessed>> {
    let seat = journal::reserve(conn)?;
    let below = store::indicators::below(conn, indicator.id)?;
    let known = Known::load(conn, std::slice::from_ref(&indicator), below.clone(), at.today())?;
    let assessed = known.assess(&indicator, KeptBound::Exceeded)?;
    let Some(computed) = assessed.iter().find(|a| a.is_own() && a.period == draft.period).map(|a| a.judgement.verdict) else {
        return Err(AppError::invalid("/period", rules::NO_TARGET));
    };
    if draft.verdict != computed && draft.reason.is_none() {
        return Err(AppError::invalid("/reason", rules::REASON_REQUIRED));
    }
    let row = IndicatorAssessment {
        id: at.new_id(),
        indicator_id: indicator.id,
        position: seat.position(),
        period: draft.period.clone(),
        verdict: draft.verdict,
        computed,
        reason: draft.reason.clone(),
        document: draft.document.clone(),
        recorded_by: permit.actor().account(),
        origin: at.origin,
        recorded_at: at.recorded_at(),
    };
    store::indicator_assessments::insert(conn, &row)?;
    let happening = Happening::changed("indicator.assessed", NOUN, indicator.id, &computed, draft).because(draft.reason.as_deref());
    journal::append_at(conn, seat, permit.actor(), &happening, at)?;
    Known::load(conn, std::slice::from_ref(&indicator), below, at.today())?.assess(&indicator, KeptBound::Exceeded)
}
