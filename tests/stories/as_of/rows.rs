//! Rows of tasks and deadlines that say nothing but what matters here.

use chrono::{NaiveDate, NaiveDateTime};
use resolution_tracker::domain::deadline::DeadlineKind;
use resolution_tracker::domain::tasks::Secrecy;
use resolution_tracker::domain::{Id, Origin};
use resolution_tracker::store::deadlines::DeadlineRow;
use resolution_tracker::store::tasks::Task;

/// A draft.
pub fn task((id, root_id, lead_unit_id): (Id, Id, Id), parent_id: Option<Id>, recorded_at: NaiveDateTime) -> Task {
    Task {
        id,
        root_id,
        parent_id,
        resolution_id: None,
        programme_id: None,
        group_id: None,
        field_id: None,
        breakthrough_id: None,
        pillar_id: None,
        objective_id: None,
        title: "Nhiệm vụ".into(),
        folded: "nhiem vu".into(),
        description: None,
        deliverable: None,
        lead_unit_id,
        monitoring_unit_id: None,
        accountable_post_id: None,
        assigned_by: None,
        assigned_text: None,
        assigned_on: None,
        assigned_precision: None,
        assigning_document: None,
        weight: 1,
        scope: None,
        secrecy: Secrecy::None,
        issued_at: None,
        voided_at: None,
        source: None,
        origin: Origin::Import,
        version: 1,
        recorded_at,
        handed_over: false,
    }
}

/// A deadline of a task.
pub fn deadline(
    (id, task_id): (Id, Id),
    (kind, ends_on, binding): (DeadlineKind, Option<NaiveDate>, bool),
    recorded_at: NaiveDateTime,
) -> DeadlineRow {
    DeadlineRow {
        id,
        task_id,
        text: "thời hạn".into(),
        reference_date: None,
        kind,
        starts_on: None,
        ends_on,
        precision: None,
        recurrence: None,
        binding,
        fuzzy: false,
        milestones: "[]".into(),
        parser_version: 1,
        recorded_at,
    }
}
