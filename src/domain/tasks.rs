//! Tasks (nhiệm vụ): lifecycle, secrecy, decisions and what may be done next.

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

impl Secrecy {
    /// The stricter of two.
    #[must_use]
    pub fn max_with(self, other: Self) -> Self {
        let rank = |secrecy: Self| Self::ALL.iter().position(|s| *s == secrecy);
        if rank(other) > rank(self) { other } else { self }
    }
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
        /// Ask for such a change.
        RequestCommitment = "request_commitment",
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
    /// Whether it has issued children: then they are reported on, suspended and cancelled, not the
    /// parent, which stands as they do.
    pub is_parent: bool,
}

impl Standing {
    /// The steps this standing allows, whoever asks.
    pub fn allowed_actions(self) -> Vec<TaskAction> {
        use TaskAction::{Cancel, ChangeCommitment, Issue, Report, RequestCommitment, Resume, Suspend, Void};
        // A whole is what its parts are: decide about those. It can be voided when none is left.
        const OF_LEAVES: [TaskAction; 5] = [Report, Suspend, Resume, Cancel, Void];
        let actions: &[TaskAction] = match self.lifecycle {
            _ if self.voided => &[],
            Lifecycle::Draft => &[Issue, Void],
            Lifecycle::NotStarted | Lifecycle::InProgress | Lifecycle::ProductSubmitted => {
                &[Report, Suspend, Cancel, Void, ChangeCommitment, RequestCommitment]
            }
            // Until it is confirmed, a completion can be corrected by a new report.
            Lifecycle::Completed if !self.confirmed => &[Report, Void],
            Lifecycle::Completed | Lifecycle::Cancelled => &[Void],
            Lifecycle::Suspended => &[Resume, Cancel, Void, ChangeCommitment, RequestCommitment],
        };
        actions.iter().copied().filter(|a| !(self.is_parent && OF_LEAVES.contains(a))).collect()
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
        assert_eq!(parent.allowed_actions(), [TaskAction::ChangeCommitment, TaskAction::RequestCommitment]);
        let voided = Standing { voided: true, ..standing(Lifecycle::InProgress) };
        assert!(voided.allowed_actions().is_empty());
    }
}
