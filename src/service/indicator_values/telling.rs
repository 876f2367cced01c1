//! Telling the value of a period.

use rust_decimal::Decimal;

use crate::db::Connection;
use crate::domain::indicator_values::{ValueDraft, ValueStage};
use crate::domain::indicators::kept_years;
use crate::domain::periods::Period;
use crate::domain::progress_reports::Verification;
use crate::domain::targets::read_actual;
use crate::domain::{Id, Moment, areas};
use crate::error::{AppError, AppResult, FieldError, rules};
use crate::service::access::{LogProgress, Permit, Right};
use crate::service::indicators::{NOUN, readable, require_keeper};
use crate::service::journal::{self, Happening};
use crate::service::lookup::{self, Expected};
use crate::service::{records, voices};
use crate::store;
use crate::store::indicator_values::{IndicatorValue, ValuePart};
use crate::store::indicators::Indicator;

use super::{ShownValue, one};

/// An indicator whose values this account may tell: permission has been checked.
#[derive(Debug)]
pub struct Tellable(Indicator);

/// Finds the indicator.
///
/// # Errors
/// `not_found`; `forbidden` unless granted on the unit that reports on it, or on whoever keeps its document; `illegal_state` once it is void.
pub fn target(conn: &mut Connection, permit: &Permit<LogProgress>, id: Id) -> AppResult<Tellable> {
    let indicator = readable(conn, permit, id)?;
    let lead = indicator.lead_unit_id.map(|unit| lookup::found(store::units::find(conn, unit))).transpose()?;
    match lead {
        Some(unit) if permit.covers_unit(&unit.path, &unit.area_path) => {}
        _ => require_keeper(conn, permit, &indicator)?,
    }
    records::require_standing(indicator.voided_at.is_some())?;
    Ok(Tellable(indicator))
}

/// Tells the value of a period. What was told so already is answered as it stands; says whether it is new.
///
/// # Errors
/// `stale`; 422 for a period outside the path or that has not begun, an earlier stage, a whole of 0, and a new value beside an official
/// one without a reason.
pub fn tell(
    conn: &mut Connection,
    permit: &Permit<LogProgress>,
    Tellable(indicator): Tellable,
    period: &str,
    expected: Expected,
    draft: &ValueDraft,
    at: &Moment,
) -> AppResult<(ShownValue, bool)> {
    check_period(&indicator, period, draft, at)?;
    check_share(draft)?;
    let parts = parts(conn, permit, &indicator, draft)?;
    let seat = journal::reserve(conn)?;
    let before = store::indicator_values::of_period(conn, indicator.id, period)?;
    let (newest, counting) = (before.first(), before.iter().find(|value| value.verification != Verification::Returned));
    expected.check_if_said(newest.map_or(0, |value| value.version))?;
    if let Some(same) = counting.filter(|value| newest.is_some_and(|newest| newest.id == value.id))
        && is_same(conn, same, draft, &parts)?
    {
        return Ok((one(conn, permit, &indicator, same.clone(), at)?, false));
    }
    check_revision(counting, draft)?;
    let row = row(conn, permit, &indicator, period, draft, (seat.position(), newest), at)?;
    store::indicator_values::insert(conn, &row)?;
    let parts: Vec<ValuePart> = parts.into_iter().map(|part| ValuePart { value_id: row.id, ..part }).collect();
    store::indicator_values::insert_parts(conn, &parts)?;
    let told = |value: &IndicatorValue| serde_json::json!({"period": value.period, "text": value.value_text, "stage": value.stage});
    let happening = Happening::changed("indicator.value_told", NOUN, indicator.id, &counting.map(told), &told(&row));
    journal::append_at(conn, seat, permit.actor(), &happening.because(draft.reason.as_deref()), at)?;
    Ok((one(conn, permit, &indicator, row, at)?, true))
}

fn row(
    conn: &mut Connection,
    permit: &Permit<LogProgress>,
    indicator: &Indicator,
    period: &str,
    draft: &ValueDraft,
    (position, newest): (i64, Option<&IndicatorValue>),
    at: &Moment,
) -> AppResult<IndicatorValue> {
    let unit = indicator.lead_unit_id.map(|unit| lookup::found(store::units::find(conn, unit))).transpose()?;
    let reading = read_actual(&draft.text, indicator.unit());
    Ok(IndicatorValue {
        id: at.new_id(),
        indicator_id: indicator.id,
        position,
        period: period.to_owned(),
        revision: newest.map_or(1, |value| value.revision + 1),
        stage: draft.stage,
        value_text: draft.text.clone(),
        reading: serde_json::to_string(&reading).map_err(AppError::internal)?,
        numerator: draft.numerator.clone(),
        denominator: draft.denominator.clone(),
        rank_of: draft.rank_of,
        breaks_series: draft.breaks_series,
        note: draft.note.clone(),
        source: draft.source.clone(),
        reason: draft.reason.clone(),
        on_behalf: unit.as_ref().is_some_and(|unit| !voices::of_unit(permit.actor(), unit)),
        unit_id: unit.map(|unit| unit.id),
        recorded_by: permit.actor().account(),
        verification: Verification::Submitted,
        verified_by: None,
        verified_at: None,
        verification_reason: None,
        origin: at.origin,
        // It counts what was said of the period: a new value is another version of it.
        version: newest.map_or(1, |value| value.version + 1),
        recorded_at: at.recorded_at(),
    })
}

fn check_period(indicator: &Indicator, id: &str, draft: &ValueDraft, at: &Moment) -> AppResult<()> {
    let years = kept_years(indicator.history_from, indicator.from_year, indicator.to_year);
    let outside = FieldError::new("/period", rules::PERIOD_OUTSIDE).with("from", years.start()).with("to", years.end());
    let period = Period::of_any(id).filter(|period| years.contains(period.years().start()) && years.contains(period.years().end()));
    let Some(period) = period else { return Err(AppError::invalid_fields(vec![outside])) };
    if period.first > at.today() {
        return Err(AppError::invalid_fields(vec![FieldError::new("/period", rules::FUTURE).with("today", at.today())]));
    }
    if draft.stage != ValueStage::Estimate && period.last >= at.today() {
        return Err(AppError::invalid_fields(vec![FieldError::new("/stage", rules::PERIOD_NOT_OVER).with("day", period.last)]));
    }
    Ok(())
}

fn check_share(draft: &ValueDraft) -> AppResult<()> {
    if draft.numerator.is_some() != draft.denominator.is_some() {
        let pointer = if draft.numerator.is_some() { "/denominator" } else { "/numerator" };
        return Err(AppError::invalid(pointer, rules::REQUIRED));
    }
    let whole = draft.denominator.as_ref().and_then(|whole| whole.parse::<Decimal>().ok());
    if whole.is_some_and(|whole| whole.is_zero()) { Err(AppError::invalid("/denominator", rules::NOT_ZERO)) } else { Ok(()) }
}

/// What is official is not estimated again, and told anew only with a reason.
fn check_revision(before: Option<&IndicatorValue>, draft: &ValueDraft) -> AppResult<()> {
    let Some(before) = before else { return Ok(()) };
    if !draft.stage.may_follow(before.stage) {
        return Err(AppError::invalid_fields(vec![FieldError::new("/stage", rules::EARLIER_STAGE).with("stage", before.stage)]));
    }
    if before.stage == ValueStage::Official && draft.reason.is_none() {
        return Err(AppError::invalid("/reason", rules::REASON_REQUIRED));
    }
    Ok(())
}

fn parts<R: Right>(conn: &mut Connection, permit: &Permit<R>, indicator: &Indicator, draft: &ValueDraft) -> AppResult<Vec<ValuePart>> {
    let root = lookup::found(store::areas::find(conn, indicator.root_id))?;
    let mut rows: Vec<ValuePart> = Vec::with_capacity(draft.parts.len());
    for (place, part) in draft.parts.iter().enumerate() {
        let pointer = |field: &str| format!("/parts/{place}{field}");
        if part.area.is_some() == part.unit.is_some() {
            let one_of = FieldError::new(pointer(""), rules::ONE_OF).with("fields", "area, unit");
            return Err(AppError::invalid_fields(vec![one_of]));
        }
        let area = part.area.as_ref().map(|area| lookup::area(conn, permit, &pointer("/area"), area)).transpose()?;
        let unit = lookup::unit_if(conn, permit, &pointer("/unit"), part.unit.as_ref())?;
        unit.iter().try_for_each(|unit| records::within(&root, &pointer("/unit"), unit))?;
        if area.as_ref().is_some_and(|area| areas::root_of(&area.path) != root.code) {
            return Err(AppError::invalid(pointer("/area"), rules::OTHER_ROOT));
        }
        let (area_id, unit_id) = (area.map(|area| area.id), unit.map(|unit| unit.id));
        if rows.iter().any(|row| (row.area_id, row.unit_id) == (area_id, unit_id)) {
            return Err(AppError::invalid(pointer(""), rules::REPEATED));
        }
        let place = i32::try_from(place).unwrap_or(i32::MAX);
        rows.push(ValuePart { value_id: indicator.id, place, area_id, unit_id, value_text: part.text.clone() });
    }
    Ok(rows)
}

/// Whether a value says what a draft says; why it was told anew does not matter.
fn is_same(conn: &mut Connection, value: &IndicatorValue, draft: &ValueDraft, parts: &[ValuePart]) -> AppResult<bool> {
    let ValueDraft { text, stage, numerator, denominator, rank_of, breaks_series, parts: _, note, source, reason: _ } = draft;
    let same = (&value.value_text, value.stage, &value.numerator, &value.denominator) == (text, *stage, numerator, denominator)
        && (value.rank_of, value.breaks_series, &value.note, &value.source) == (*rank_of, *breaks_series, note, source);
    let kept = store::indicator_values::parts(conn, &[value.id])?;
    let of = |part: &ValuePart| (part.area_id, part.unit_id, part.value_text.clone());
    Ok(same && kept.iter().map(of).eq(parts.iter().map(of)))
}
