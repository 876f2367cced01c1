//! What is said of an indicator, checked and made into its row, and back.

use crate::db::Connection;
use crate::domain::indicator_targets::IndicatorTargetDraft;
use crate::domain::indicators::{BaselineDraft, IndicatorDraft, IndicatorRole};
use crate::domain::periods::Period;
use crate::domain::{Id, Moment, Reference};
use crate::error::{AppError, AppResult, FieldError, rules};
use crate::service::access::{Permit, WriteWork};
use crate::service::{documents, indicator_targets, lookup, records};
use crate::store;
use crate::store::indicators::Indicator;

use super::document_of;

/// The row a draft describes.
///
/// # Errors
/// 422 naming the field.
pub(super) fn drafted(
    conn: &mut Connection,
    permit: &Permit<WriteWork>,
    draft: &IndicatorDraft,
    own: Option<Id>,
    at: &Moment,
) -> AppResult<Indicator> {
    let subject = records::subject(conn, permit, draft.resolution, draft.programme)?;
    let lead = lookup::unit_if(conn, permit, "/lead_unit", draft.lead_unit.as_ref())?;
    lead.iter().try_for_each(|unit| records::within(&subject.root, "/lead_unit", unit))?;
    check_years(draft)?;
    check_parent(conn, draft, own)?;
    let resolution = draft.resolution;
    let of_resolution =
        |conn: &mut Connection, id| Ok(store::objectives::find(conn, id)?.filter(|objective| Some(objective.resolution_id) == resolution));
    lookup::record(conn, "/objective", draft.objective, of_resolution)?;
    let (baseline_period, baseline_text) = draft.baseline.clone().map(|b| (b.period, b.text)).unzip();
    Ok(Indicator {
        id: at.new_id(),
        root_id: subject.root.id,
        resolution_id: draft.resolution,
        programme_id: draft.programme,
        ordinal: draft.ordinal,
        label: draft.label.clone(),
        name: draft.name.clone(),
        unit_of_measure: draft.unit.clone(),
        direction: draft.direction,
        aggregation: draft.aggregation,
        from_year: draft.from_year,
        to_year: draft.to_year,
        history_from: draft.history_from,
        baseline_period,
        baseline_text,
        parent_id: draft.parent,
        role: draft.role(),
        lead_unit_id: lead.map(|unit| unit.id),
        objective_id: draft.objective,
        description: draft.description.clone(),
        source: draft.source.clone(),
        voided_at: None,
        void_reason: None,
        origin: at.origin,
        version: 1,
        recorded_at: at.recorded_at(),
    })
}

fn check_years(draft: &IndicatorDraft) -> AppResult<()> {
    let before = |pointer: &str, least: i32, most: i32| {
        AppError::invalid_fields(vec![FieldError::new(pointer, rules::RANGE).with("min", least).with("max", most)])
    };
    if draft.to_year < draft.from_year {
        return Err(before("/to_year", draft.from_year, 2100));
    }
    if draft.history_from.is_some_and(|year| year > draft.from_year) {
        return Err(before("/history_from", 1950, draft.from_year));
    }
    let ends_late = draft.baseline.as_ref().and_then(|b| Period::of_any(&b.period)).is_some_and(|p| *p.years().end() >= draft.from_year);
    if ends_late { Err(AppError::invalid("/baseline/period", rules::AFTER_PATH)) } else { Ok(()) }
}

/// One level, within a document, and never below itself.
fn check_parent(conn: &mut Connection, draft: &IndicatorDraft, own: Option<Id>) -> AppResult<()> {
    if (draft.role() == IndicatorRole::Main) != draft.parent.is_none() {
        return Err(AppError::invalid("/role", rules::NOT_HERE));
    }
    let same = (draft.resolution, draft.programme);
    let above = |conn: &mut Connection, id| {
        let found = store::indicators::find(conn, id)?;
        Ok(found.filter(|i| (i.resolution_id, i.programme_id) == same && i.voided_at.is_none() && i.role == IndicatorRole::Main))
    };
    let parent = lookup::record(conn, "/parent", draft.parent, above)?;
    let below = own.filter(|_| parent.is_some()).map(|own| store::indicators::below(conn, own)).transpose()?.unwrap_or_default();
    if parent.is_some_and(|parent| Some(parent.id) == own) || !below.is_empty() {
        return Err(AppError::invalid("/parent", rules::CIRCLE));
    }
    Ok(())
}

/// Refuses two targets of one period and authority, and those outside the path.
///
/// # Errors
/// 422 naming the target.
pub(super) fn check_targets(draft: &IndicatorDraft) -> AppResult<()> {
    let said = |target: &IndicatorTargetDraft| (target.period.clone(), target.authority.clone());
    for (place, target) in draft.targets.iter().enumerate() {
        if draft.targets.iter().take(place).any(|other| said(other) == said(target)) {
            return Err(AppError::invalid(format!("/targets/{place}"), rules::REPEATED));
        }
        indicator_targets::check_period(&format!("/targets/{place}/period"), &target.period, (draft.from_year, draft.to_year))?;
    }
    Ok(())
}

/// Refuses a place that another indicator of the document has.
///
/// # Errors
/// 409 `duplicate` naming `/ordinal`.
pub(super) fn refuse_taken(conn: &mut Connection, indicator: &Indicator) -> AppResult<()> {
    let document = lookup::found(Ok(document_of(indicator)))?;
    match store::indicators::at_place(conn, document.id(), indicator.ordinal)? {
        Some(other) if other != indicator.id => Err(documents::taken_error("/ordinal", indicator.ordinal)),
        _ => Ok(()),
    }
}

/// The draft an indicator would be made from; its targets are not part of it.
pub(in crate::service) fn draft_of(row: &Indicator) -> IndicatorDraft {
    let baseline = row.baseline_period.clone().zip(row.baseline_text.clone());
    IndicatorDraft {
        resolution: row.resolution_id,
        programme: row.programme_id,
        ordinal: row.ordinal,
        label: row.label.clone(),
        name: row.name.clone(),
        unit: row.unit_of_measure.clone(),
        direction: row.direction,
        aggregation: row.aggregation,
        from_year: row.from_year,
        to_year: row.to_year,
        history_from: row.history_from,
        baseline: baseline.map(|(period, text)| BaselineDraft { period, text }),
        parent: row.parent_id,
        role: Some(row.role),
        lead_unit: row.lead_unit_id.map(Reference::Id),
        objective: row.objective_id,
        description: row.description.clone(),
        source: row.source.clone(),
        targets: Vec::new(),
    }
}
