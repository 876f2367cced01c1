//! Where one's mail goes, and what one wants.

use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::notifications::{NotificationChoice, NotificationDraft};

/// Where one's mail goes, and whether each kind is wanted.
#[derive(Debug, Serialize, ToSchema)]
pub struct NotificationsView {
    /// The address; `null` if there is none: then nothing is sent.
    #[schema(required, example = "van-thu.syt@haugiang.gov.vn")]
    pub email: Option<String>,
    /// Every kind.
    pub kinds: Vec<NotificationChoice>,
}

impl From<NotificationDraft> for NotificationsView {
    fn from(NotificationDraft { email, kinds }: NotificationDraft) -> Self {
        Self { email, kinds }
    }
}
