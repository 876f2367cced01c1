//! Lines of a scoreboard as a report has them.

use std::collections::HashMap;

use crate::domain::Id;
use crate::domain::review_reports::{ReportedIndicator, ReportedName, ReportedNumber};
use crate::error::AppResult;
use crate::service::indicator_assessments::Assessed;
use crate::service::indicator_scores::ScoreLine;
use crate::service::{indicator_targets, indicator_values};
use crate::store::indicator_targets::IndicatorTarget;
use crate::store::indicator_values::IndicatorValue;
use crate::store::indicators::Indicator;

/// One line.
///
/// # Errors
/// `internal` for a row that something else wrote.
pub fn reported(line: ScoreLine, names: &HashMap<Id, ReportedName>) -> AppResult<ReportedIndicator> {
    let (verdict, computed) = (line.verdict(), line.computed());
    let official = line.counted.as_ref().and_then(|counted| counted.official.first());
    Ok(ReportedIndicator {
        place: place(&line.indicator),
        counted: line.is_main(),
        measure: line.indicator.unit_of_measure.clone(),
        role: line.indicator.role,
        lead_unit: line.indicator.lead_unit_id.and_then(|unit| names.get(&unit)).cloned(),
        target: line.counted.as_ref().and_then(|counted| counted.target.as_ref()).map(target).transpose()?,
        actual: line.counted.as_ref().and_then(actual),
        newest: line.newest.as_ref().map(value).transpose()?,
        stage: line.newest.as_ref().map(|value| value.stage),
        computed,
        cause: line.counted.as_ref().and_then(|counted| counted.judgement.cause),
        verdict,
        reason: official.and_then(|official| official.row.reason.clone()).filter(|_| verdict != computed),
        on_path: line.pace.map(|(_, on_path)| on_path),
        mid_term: line.mid_term,
        name: line.indicator.name,
    })
}

/// Its place in the document, as it is printed.
pub fn place(indicator: &Indicator) -> String {
    indicator.label.clone().unwrap_or_else(|| indicator.ordinal.to_string())
}

fn target(row: &IndicatorTarget) -> AppResult<ReportedNumber> {
    let reading = indicator_targets::reading(row)?;
    let number = reading.low.or(reading.high).filter(|_| reading.low.is_none() || reading.high.is_none() || reading.low == reading.high);
    Ok(ReportedNumber { period: row.period.clone(), text: row.target_text.clone(), number })
}

fn actual(counted: &Assessed) -> Option<ReportedNumber> {
    let actual = counted.judgement.actual.as_ref()?;
    let period = match counted.judgement.periods.as_slice() {
        [one] => one.clone(),
        _ => counted.period.clone(),
    };
    Some(ReportedNumber { period, text: actual.text.clone(), number: actual.single() })
}

fn value(row: &IndicatorValue) -> AppResult<ReportedNumber> {
    let number = indicator_values::reading(row)?.single();
    Ok(ReportedNumber { period: row.period.clone(), text: row.value_text.clone(), number })
}
