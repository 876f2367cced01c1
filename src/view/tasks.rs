//! Tasks.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::posts::PostRef;
use super::unit_groups::UnitGroupRef;
use super::units::UnitRef;
use crate::domain::deadline::Deadline;
use crate::domain::external_refs::ExternalRef;
use crate::domain::obligations::ObligationCounts;
use crate::domain::partial_date::PartialDate;
use crate::domain::roll_up::{RollUp, TaskCounts};
use crate::domain::six_clears::Clear;
use crate::domain::tasks::{Lifecycle, Secrecy, TaskAction};
use crate::domain::timeliness::{Judgement, Timeliness};
use crate::domain::{Id, Origin, Percent};
use crate::store::tasks::TaskRecord;

/// A task (nhiệm vụ).
#[derive(Debug, Serialize, ToSchema)]
pub struct TaskView {
    pub id: Id,
    /// What is to be done; `null` for the stub of a secret task.
    #[schema(example = "Xây dựng kế hoạch thực hiện Nghị quyết Đại hội XIV cho cả nhiệm kỳ")]
    pub title: Option<String>,
    pub description: Option<String>,
    /// What is to be delivered.
    pub deliverable: Option<String>,
    pub parent: Option<Id>,
    pub resolution: Option<Id>,
    pub programme: Option<Id>,
    pub group: Option<Id>,
    pub field: Option<Id>,
    pub breakthrough: Option<Id>,
    pub pillar: Option<Id>,
    pub objective: Option<Id>,
    /// The clauses of resolutions it carries out.
    pub clauses: Vec<Id>,
    /// The one unit that answers for it.
    pub lead_unit: UnitRef,
    /// The group of units it was given to: each has a part of it. `null` for the parts themselves, and
    /// for tasks given to one unit.
    pub unit_group: Option<UnitGroupRef>,
    /// The unit that answers for it today: the lead unit, or who does since a reorganisation
    /// (`tasks/{task}/responsible` says why).
    pub responsible_unit: UnitRef,
    pub coordinating_units: Vec<UnitRef>,
    /// The unit that verifies.
    pub monitoring_unit: Option<UnitRef>,
    pub accountable_post: Option<PostRef>,
    pub assigned_by: Option<String>,
    pub assigned_on: Option<PartialDate>,
    pub assigning_document: Option<String>,
    #[schema(example = 1)]
    pub weight: i32,
    pub scope: Option<String>,
    pub secrecy: Secrecy,
    /// The deadline in force; `null` when there is none.
    pub deadline: Option<Deadline>,
    /// The deadline it was issued with.
    pub original_deadline: Option<Deadline>,
    /// The day lateness is judged by. An extension given after a deadline had passed moves
    /// `deadline`, not this. Of repeated work it is the due day of the earliest period not yet done.
    pub due_on: Option<NaiveDate>,
    pub lifecycle: Lifecycle,
    /// For completed work: confirmed by the monitoring unit.
    pub confirmed: bool,
    /// Date of the product of completed work.
    pub completed_on: Option<NaiveDate>,
    /// `null` for drafts, suspended and cancelled work, and for a task with parts: see `parts`.
    pub timeliness: Option<Timeliness>,
    /// Days after the deadline, negative before it: for completed and for overdue work.
    pub days_late: Option<i64>,
    /// Whether its deadline was changed after it was issued.
    pub rescheduled: bool,
    /// `timeliness`, judged by the deadline it was issued with.
    pub original_timeliness: Option<Timeliness>,
    /// `days_late`, judged by the deadline it was issued with.
    pub original_days_late: Option<i64>,
    pub progress: TaskProgress,
    /// Reports that wait for confirmation.
    pub waiting_reports: i32,
    pub last_reported_at: Option<DateTime<Utc>>,
    /// For repeated work and work in steps: how many of them are done (`tasks/{task}/obligations` lists them); `null` otherwise.
    pub obligations: Option<ObligationCounts>,
    /// Which of the six clears (6 rõ) it does not answer, in their order.
    pub lacks: Vec<Clear>,
    /// For a task with parts: how they stand.
    pub parts: Option<TaskCounts>,
    pub issued_at: Option<DateTime<Utc>>,
    pub voided_at: Option<DateTime<Utc>>,
    /// Where this is known from.
    pub source: Option<String>,
    /// What other systems call it.
    pub external_refs: Vec<ExternalRef>,
    /// `demo` marks what the demo loaded.
    pub origin: Origin,
    /// What the reader may do with it now.
    pub allowed_actions: Vec<TaskAction>,
    pub version: i32,
    pub recorded_at: DateTime<Utc>,
}

/// Claimed and verified percentage of one task; `null` is "nothing reported".
#[derive(Debug, Serialize, ToSchema)]
pub struct TaskProgress {
    pub claimed: Option<Percent>,
    pub verified: Option<Percent>,
}

impl TaskView {
    /// A task as it is shown to one reader on one day.
    #[expect(clippy::too_many_lines, reason = "a line for each field, and nothing else")]
    pub fn new(record: TaskRecord, [judgement, original]: [Judgement; 2], parts: Option<RollUp>, actions: Vec<TaskAction>) -> Self {
        let lacks = record.clear_facts().lacks();
        let TaskRecord { task, state, deadline, original_deadline, lead, responsible, monitoring, .. } = record;
        Self {
            id: task.id,
            title: Some(task.title).filter(|_| task.secrecy == Secrecy::None),
            description: task.description,
            deliverable: task.deliverable,
            parent: task.parent_id,
            resolution: task.resolution_id,
            programme: task.programme_id,
            group: task.group_id,
            field: task.field_id,
            breakthrough: task.breakthrough_id,
            pillar: task.pillar_id,
            objective: task.objective_id,
            responsible_unit: UnitRef::from(responsible.as_ref().unwrap_or(&lead)),
            clauses: record.clauses,
            lead_unit: UnitRef::from(&lead),
            unit_group: record.unit_group.as_ref().map(UnitGroupRef::from),
            coordinating_units: record.coordinating.iter().map(UnitRef::from).collect(),
            monitoring_unit: monitoring.as_ref().map(UnitRef::from),
            accountable_post: record.accountable.as_ref().map(PostRef::from),
            assigned_by: task.assigned_by,
            assigned_on: task.assigned_text.as_deref().map(PartialDate::parse),
            assigning_document: task.assigning_document,
            weight: task.weight,
            scope: task.scope,
            secrecy: task.secrecy,
            deadline: deadline.map(|d| d.reading()),
            original_deadline: original_deadline.map(|d| d.reading()),
            due_on: state.due_on,
            lifecycle: state.lifecycle,
            confirmed: state.confirmed,
            completed_on: state.completed_on,
            timeliness: judgement.timeliness,
            days_late: judgement.days_late,
            rescheduled: state.rescheduled,
            original_timeliness: original.timeliness,
            original_days_late: original.days_late,
            progress: TaskProgress { claimed: state.claimed, verified: state.verified },
            waiting_reports: state.waiting,
            last_reported_at: state.last_reported_at.map(|t| t.and_utc()),
            obligations: record.obligations,
            lacks,
            parts: parts.map(|p| p.counts()),
            issued_at: task.issued_at.map(|t| t.and_utc()),
            voided_at: task.voided_at.map(|t| t.and_utc()),
            source: task.source,
            external_refs: record.external_refs,
            origin: task.origin,
            allowed_actions: actions,
            version: task.version,
            recorded_at: task.recorded_at.and_utc(),
        }
    }
}
