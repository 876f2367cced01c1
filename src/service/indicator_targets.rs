//! Targets of indicators: set anew with a reason, never written over.

use std::collections::HashMap;

use chrono::NaiveDateTime;

use crate::db::Connection;
use crate::domain::indicator_targets::{IndicatorTargetDraft, TargetChange};
use crate::domain::periods::Period;
use crate::domain::targets::{Target, read_target};
use crate::domain::{Id, Moment};
use crate::error::{AppError, AppResult, FieldError, rules};
use crate::store;
use crate::store::indicator_targets::IndicatorTarget;
use crate::store::indicators::Indicator;

use super::access::{Permit, WriteWork};
use super::indicators::{self, NOUN, ShownIndicator, Standing};
use super::journal::{self, Happening};

/// Sets what is wanted in a period. What stands so already is left as it is.
///
/// # Errors
/// 422 for a period outside the path, and where a target stands and no reason is given.
pub fn set(
    conn: &mut Connection,
    permit: &Permit<WriteWork>,
    Standing(indicator): Standing,
    period: &str,
    change: &TargetChange,
    at: &Moment,
) -> AppResult<ShownIndicator> {
    check_period("/period", period, (indicator.from_year, indicator.to_year))?;
    let seat = journal::reserve(conn)?;
    let standing = standing(conn, &[indicator.id], indicators::end_of(at.today()))?.remove(&indicator.id).unwrap_or_default();
    let current = standing.iter().find(|target| target.period == period && target.authority == change.authority);
    if current.is_some_and(|target| target.target_text == change.text) {
        return indicators::show(conn, permit, indicator, at);
    }
    if current.is_some() && change.reason.is_none() {
        return Err(AppError::invalid("/reason", rules::REASON_REQUIRED));
    }
    let TargetChange { text, authority, reason } = change.clone();
    let draft = IndicatorTargetDraft { period: period.to_owned(), text, authority };
    let row = row(&indicator, &draft, (at.new_id(), seat.position()), permit.actor().account(), at)?;
    let row = IndicatorTarget { reason, ..row };
    store::indicator_targets::insert(conn, &row)?;
    let before = current.map(|target| target.target_text.as_str());
    let happening = Happening::changed("indicator.target_set", NOUN, indicator.id, &before, &draft).because(change.reason.as_deref());
    journal::append_at(conn, seat, permit.actor(), &happening, at)?;
    indicators::show(conn, permit, indicator, at)
}

/// The targets that stood before a time, of each indicator, by period and authority: the document's own first.
///
/// # Errors
/// The database's.
pub(super) fn standing(conn: &mut Connection, indicators: &[Id], before: NaiveDateTime) -> AppResult<HashMap<Id, Vec<IndicatorTarget>>> {
    let mut standing: HashMap<Id, Vec<IndicatorTarget>> = HashMap::new();
    for target in store::indicator_targets::of(conn, indicators, before)? {
        let own = standing.entry(target.indicator_id).or_default();
        own.retain(|other| (&other.period, &other.authority) != (&target.period, &target.authority));
        own.push(target);
    }
    standing.values_mut().for_each(|targets| targets.sort_by(|a, b| (&a.authority, &a.period).cmp(&(&b.authority, &b.period))));
    Ok(standing)
}

/// Refuses a period that does not lie on the path.
///
/// # Errors
/// 422 naming the field.
pub(super) fn check_period(pointer: &str, id: &str, (from, to): (i32, i32)) -> AppResult<()> {
    let within = Period::of_any(id).is_some_and(|period| *period.years().end() >= from && *period.years().end() <= to);
    if within {
        return Ok(());
    }
    Err(AppError::invalid_fields(vec![FieldError::new(pointer, rules::PERIOD_OUTSIDE).with("from", from).with("to", to)]))
}

/// The row of a target, with how its words are read today.
///
/// # Errors
/// None in practice: a reading is text.
pub(super) fn row(
    indicator: &Indicator,
    draft: &IndicatorTargetDraft,
    (id, position): (Id, i64),
    recorded_by: Option<Id>,
    at: &Moment,
) -> AppResult<IndicatorTarget> {
    let reading = read_target(&draft.text, indicator.unit());
    Ok(IndicatorTarget {
        id,
        indicator_id: indicator.id,
        position,
        period: draft.period.clone(),
        authority: draft.authority.clone(),
        target_text: draft.text.clone(),
        reading: serde_json::to_string(&reading).map_err(AppError::internal)?,
        reason: None,
        recorded_by,
        origin: at.origin,
        recorded_at: at.recorded_at(),
    })
}

/// How the words of a target were read.
///
/// # Errors
/// `internal` for a row that something else wrote.
pub(super) fn reading(target: &IndicatorTarget) -> AppResult<Target> {
    serde_json::from_str(&target.reading).map_err(AppError::internal)
}
