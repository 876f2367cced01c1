//! What changes, told without how it stood: whoever may see the thing reads it at its address.

use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::changes::ChangeKind;
use crate::domain::{Id, Origin};
use crate::store::changes::ChangeRow;

/// Changes after a position.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChangesView {
    /// Oldest first.
    pub items: Vec<ChangeView>,
    /// The last position looked at: the `after` of the next request. It moves on past what the reader
    /// may not see.
    #[schema(example = 1042)]
    pub next: i64,
    /// The last position there is. While `next` is below it, ask again at once.
    #[schema(example = 1042)]
    pub head: i64,
}

/// One change.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChangeView {
    /// Its place in the one order of all changes. Between two items some may be missing, which are not
    /// for this reader.
    #[schema(example = 1042)]
    pub position: i64,
    pub recorded_at: DateTime<Utc>,
    /// Noun and verb.
    #[schema(example = "task.issued")]
    pub action: String,
    pub subject: ChangeSubject,
    /// Where it is read.
    #[schema(example = "/api/v1/tasks/0189bd2c-6c00-7000-8000-000000000001")]
    pub href: String,
    /// Whether the reader did it: whoever writes and follows skips these.
    pub own: bool,
    pub origin: Origin,
}

/// What changed.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChangeSubject {
    pub kind: ChangeKind,
    pub id: Id,
    /// The task of a progress report, a request, a contribution or an attachment, the review of a snapshot.
    pub part_of: Option<Id>,
}

impl ChangeView {
    /// The change; `base` is what every address begins with.
    pub fn new(row: ChangeRow, kind: ChangeKind, part_of: Option<Id>, own: bool, base: &str) -> Self {
        let ChangeRow { position, recorded_at, actor_id: _, action, subject_kind: _, subject_id: id, root: _, origin } = row;
        let href = format!("{base}/{}", address(kind, id, part_of));
        Self { position, recorded_at: recorded_at.and_utc(), action, subject: ChangeSubject { kind, id, part_of }, href, own, origin }
    }
}

fn address(kind: ChangeKind, id: Id, part_of: Option<Id>) -> String {
    let noun = match kind {
        ChangeKind::Area => "areas",
        ChangeKind::Unit => "units",
        ChangeKind::PeriodLock => "period-locks",
        ChangeKind::UnitGroup => "unit-groups",
        ChangeKind::UnitEvent => "unit-events",
        ChangeKind::Post => "posts",
        ChangeKind::Term => "terms",
        ChangeKind::Field => "fields",
        ChangeKind::CalendarDay => "calendar-days",
        ChangeKind::Resolution => "resolutions",
        ChangeKind::Programme => "programmes",
        ChangeKind::DisseminationEvent => "dissemination-events",
        ChangeKind::GoodPractice => "good-practices",
        ChangeKind::Commendation => "commendations",
        ChangeKind::Breakthrough => "breakthroughs",
        ChangeKind::Pillar => "pillars",
        ChangeKind::Objective => "objectives",
        ChangeKind::TaskGroup => "task-groups",
        ChangeKind::Clause => "clauses",
        ChangeKind::Indicator => "indicators",
        ChangeKind::Review => "reviews",
        ChangeKind::ReviewSnapshot => return format!("reviews/{}/snapshots", part_of.unwrap_or(id)),
        ChangeKind::Contribution => return format!("tasks/{}/contributions", part_of.unwrap_or(id)),
        ChangeKind::Task => "tasks",
        ChangeKind::ProgressReport => "progress-reports",
        ChangeKind::CommitmentRequest => "commitment-requests",
        ChangeKind::Instruction => "instructions",
        ChangeKind::Proposal => "proposals",
        ChangeKind::Attachment => "attachments",
    };
    format!("{noun}/{id}")
}
