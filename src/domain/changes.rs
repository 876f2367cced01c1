//! Following what changes.

use serde::Deserialize;
use utoipa::IntoParams;

/// Longest wait for a change, in seconds.
pub const LONGEST_WAIT: u32 = 30;

text_enum! {
    /// What the changes speak of. Accounts are no part of it: they are read in the journal.
    pub enum ChangeKind {
        /// An area.
        Area = "area",
        /// A unit.
        Unit = "unit",
        /// An event of units or areas.
        UnitEvent = "unit_event",
        /// A group of units.
        UnitGroup = "unit_group",
        /// A post.
        Post = "post",
        /// A term.
        Term = "term",
        /// A field.
        Field = "field",
        /// A day of the calendar of working days.
        CalendarDay = "calendar_day",
        /// A resolution.
        Resolution = "resolution",
        /// A programme.
        Programme = "programme",
        /// A conference.
        DisseminationEvent = "dissemination_event",
        /// A good practice.
        GoodPractice = "good_practice",
        /// A commendation.
        Commendation = "commendation",
        /// A breakthrough.
        Breakthrough = "breakthrough",
        /// A pillar.
        Pillar = "pillar",
        /// An objective.
        Objective = "objective",
        /// A task group.
        TaskGroup = "task_group",
        /// A clause of a resolution.
        Clause = "clause",
        /// An indicator, its targets, values and verdicts.
        Indicator = "indicator",
        /// A review round: its steps, what units hand in, what is frozen, approved and corrected.
        Review = "review",
        /// A snapshot of a review.
        ReviewSnapshot = "review_snapshot",
        /// A task: its description, decisions about it, its commitments.
        Task = "task",
        /// A progress report.
        ProgressReport = "progress_report",
        /// A request to change what a task is committed to.
        CommitmentRequest = "commitment_request",
        /// An instruction, or a step of its dialogue.
        Instruction = "instruction",
        /// The answer to a proposal, or its withdrawal; it is made in a report.
        Proposal = "proposal",
        /// What a coordinating unit did for a task.
        Contribution = "contribution",
        /// A period that was closed to reports, or opened again.
        PeriodLock = "period_lock",
        /// A file that proves something about a task.
        Attachment = "attachment",
    }
}

impl ChangeKind {
    /// Whether it belongs to the directory; everything else is work.
    pub fn is_directory(self) -> bool {
        matches!(
            self,
            Self::Area | Self::Unit | Self::UnitEvent | Self::UnitGroup | Self::Post | Self::Term | Self::Field | Self::CalendarDay
        )
    }
}

/// What the changes may be asked for.
#[derive(Debug, Default, Clone, PartialEq, Eq, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ChangeQuery {
    /// The position after which to look: the `next` of the answer before, 0 for the beginning.
    #[serde(default)]
    #[param(minimum = 0, default = 0, example = 1042)]
    pub after: i64,
    /// Only changes of these kinds; repeat for several.
    #[serde(default)]
    pub kind: Vec<ChangeKind>,
    /// Seconds to wait for a change if there is none yet.
    #[serde(default)]
    #[param(minimum = 0, maximum = 30, default = 0)]
    pub wait: u32,
    /// Items of an answer.
    #[param(minimum = 1, maximum = 200, default = 50)]
    pub limit: Option<i64>,
}
