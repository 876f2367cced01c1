//! Tasks (nhiệm vụ): what is said of one, its lifecycle, and what may be done next.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use validator::Validate;

use super::partial_date::PartialDate;
use super::{Id, Reference};

text_enum! {
    /// Where the work stands. Timeliness is another thing, computed by [`super::timeliness`].
    pub enum Lifecycle {
        /// Being drafted: not given to anybody yet, not counted.
        Draft = "draft",
        /// Chưa triển khai.
        NotStarted = "not_started",
        /// Đang thực hiện.
        InProgress = "in_progress",
        /// Đã trình: the product was sent to the authority; the work is still open.
        ProductSubmitted = "product_submitted",
        /// Hoàn thành.
        Completed = "completed",
        /// Tạm dừng.
        Suspended = "suspended",
        /// Hủy bỏ.
        Cancelled = "cancelled",
    }
}

impl Lifecycle {
    /// Whether work is still expected and judged against the deadline.
    pub fn is_open(self) -> bool {
        matches!(self, Self::NotStarted | Self::InProgress | Self::ProductSubmitted)
    }
}

text_enum! {
    /// Secrecy of a task. State secrets do not belong in a networked system: anything but `none`
    /// is kept as a stub without number, title or file.
    pub enum Secrecy {
        /// Not secret.
        None = "none",
        /// Mật.
        Confidential = "confidential",
        /// Tối mật.
        Secret = "secret",
        /// Tuyệt mật.
        TopSecret = "top_secret",
    }
}

/// The words of a deadline, and the date they were written on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct DeadlineDraft {
    /// The deadline in its own words; they are kept as they are.
    #[schema(example = "trong quý III-2021", min_length = 1, max_length = 500)]
    #[validate(length(min = 1, max = 500))]
    pub text: String,
    /// The date of the document, which words like "năm nay" or "30/6" refer to. If missing: the
    /// date of assignment, else the date of issue of the programme or resolution.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = "2021-08-03")]
    pub reference_date: Option<NaiveDate>,
}

/// What is said of a task when it is created or changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "title": "Xây dựng kế hoạch thực hiện Nghị quyết Đại hội XIV cho cả nhiệm kỳ",
    "lead_unit": "hg-so-khoa-hoc-va-cong-nghe",
    "monitoring_unit": "hg-van-phong-tinh-uy",
    "deliverable": "Kế hoạch",
    "deadline": {"text": "trong quý III-2021", "reference_date": "2021-08-03"}
}))]
pub struct TaskDraft {
    /// What is to be done. Missing for a secret task only, which is kept as a stub.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(min_length = 1, max_length = 1000)]
    #[validate(length(min = 1, max = 1000))]
    pub title: Option<String>,
    /// Details.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 10000)]
    #[validate(length(max = 10000))]
    pub description: Option<String>,
    /// What is to be delivered (sản phẩm).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 1000)]
    #[validate(length(max = 1000))]
    pub deliverable: Option<String>,
    /// The task this is a part of; fixed once created. What is left out is taken from it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<Id>,
    /// The resolution it carries out directly.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resolution: Option<Id>,
    /// The programme it comes from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub programme: Option<Id>,
    /// Its group.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<Id>,
    /// Its field.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<Id>,
    /// Its breakthrough.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub breakthrough: Option<Id>,
    /// Its pillar.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pillar: Option<Id>,
    /// Its objective.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub objective: Option<Id>,
    /// The one unit that answers for it (cơ quan chủ trì).
    pub lead_unit: Reference,
    /// Units that help (cơ quan phối hợp).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 100)]
    #[validate(length(max = 100))]
    pub coordinating_units: Vec<Reference>,
    /// The unit that verifies (cơ quan theo dõi).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub monitoring_unit: Option<Reference>,
    /// The post that answers in person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accountable_post: Option<Id>,
    /// Who assigned it, in words: a post or a meeting.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = "Bí thư Tỉnh ủy", max_length = 500)]
    #[validate(length(max = 500))]
    pub assigned_by: Option<String>,
    /// When it was assigned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assigned_on: Option<PartialDate>,
    /// The document or meeting that assigned it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 500)]
    #[validate(length(max = 500))]
    pub assigning_document: Option<String>,
    /// Weight beside other tasks; 1 unless said otherwise.
    #[serde(default = "one")]
    #[schema(minimum = 1, maximum = 1000, default = 1)]
    #[validate(range(min = 1, max = 1000))]
    pub weight: i32,
    /// How far the work goes, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 2000)]
    #[validate(length(max = 2000))]
    pub scope: Option<String>,
    /// Its deadline.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[validate(nested)]
    pub deadline: Option<DeadlineDraft>,
    /// Secrecy; anything but `none` keeps a stub.
    #[serde(default = "not_secret")]
    pub secrecy: Secrecy,
    /// Where this is known from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 500)]
    #[validate(length(max = 500))]
    pub source: Option<String>,
}

fn one() -> i32 {
    1
}

fn not_secret() -> Secrecy {
    Secrecy::None
}

text_enum! {
    /// A decision about a task. Decisions are recorded; nothing is deleted.
    pub enum Decision {
        /// Giao việc: from now on the task counts.
        Issue = "issue",
        /// Tạm dừng.
        Suspend = "suspend",
        /// Tiếp tục.
        Resume = "resume",
        /// Hủy bỏ: the work is no longer wanted.
        Cancel = "cancel",
        /// Vô hiệu: the record was a mistake and counts nowhere.
        Void = "void",
    }
}

impl Decision {
    /// Whether the decision must say why.
    pub fn needs_reason(self) -> bool {
        !matches!(self, Self::Issue)
    }
}

text_enum! {
    /// What may be done with a task next.
    pub enum TaskAction {
        /// Log progress.
        Report = "report",
        /// Issue the draft.
        Issue = "issue",
        /// Suspend.
        Suspend = "suspend",
        /// Resume.
        Resume = "resume",
        /// Cancel.
        Cancel = "cancel",
        /// Void.
        Void = "void",
        /// Change deadline, weight, scope or lead unit.
        ChangeCommitment = "change_commitment",
    }
}

impl From<Decision> for TaskAction {
    fn from(decision: Decision) -> Self {
        match decision {
            Decision::Issue => Self::Issue,
            Decision::Suspend => Self::Suspend,
            Decision::Resume => Self::Resume,
            Decision::Cancel => Self::Cancel,
            Decision::Void => Self::Void,
        }
    }
}

/// What decides the next steps of a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// Where the work stands.
    pub lifecycle: Lifecycle,
    /// For completed work: whether the monitoring unit has confirmed it.
    pub confirmed: bool,
    /// Whether the record was voided.
    pub voided: bool,
    /// Whether it has issued children: then they are reported on, not the parent.
    pub is_parent: bool,
}

impl Standing {
    /// The steps this standing allows, whoever asks.
    pub fn allowed_actions(self) -> Vec<TaskAction> {
        use TaskAction::{Cancel, ChangeCommitment, Issue, Report, Resume, Suspend, Void};
        let actions: &[TaskAction] = match self.lifecycle {
            _ if self.voided => &[],
            Lifecycle::Draft => &[Issue, Void],
            Lifecycle::NotStarted | Lifecycle::InProgress | Lifecycle::ProductSubmitted => {
                &[Report, Suspend, Cancel, Void, ChangeCommitment]
            }
            // Until it is confirmed, a completion can be corrected by a new report.
            Lifecycle::Completed if !self.confirmed => &[Report, Void],
            Lifecycle::Completed | Lifecycle::Cancelled => &[Void],
            Lifecycle::Suspended => &[Resume, Cancel, Void, ChangeCommitment],
        };
        actions.iter().copied().filter(|a| !(self.is_parent && *a == Report)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn standing(lifecycle: Lifecycle) -> Standing {
        Standing { lifecycle, confirmed: false, voided: false, is_parent: false }
    }

    #[test]
    fn progress_is_logged_on_open_leaves_only() {
        for lifecycle in Lifecycle::ALL {
            let may = standing(*lifecycle).allowed_actions().contains(&TaskAction::Report);
            assert_eq!(may, lifecycle.is_open() || *lifecycle == Lifecycle::Completed, "{lifecycle}");
        }
        let confirmed = Standing { confirmed: true, ..standing(Lifecycle::Completed) };
        assert_eq!(confirmed.allowed_actions(), [TaskAction::Void]);
        let parent = Standing { is_parent: true, ..standing(Lifecycle::InProgress) };
        assert!(!parent.allowed_actions().contains(&TaskAction::Report));
        let voided = Standing { voided: true, ..standing(Lifecycle::InProgress) };
        assert!(voided.allowed_actions().is_empty());
    }
}
