//! Attachments.

use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::units::UnitRef;
use crate::domain::attachments::{AttachmentAction, AttachmentKind};
use crate::domain::{Id, Origin};
use crate::store::attachments::Attachment;
use crate::store::units::Unit;

/// A file that proves something about a task (minh chứng).
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "id": "018b0d4c-7c00-7000-8000-000000000001", "task": "018b0d4c-6c00-7000-8000-000000000001",
    "report": "018b0d4c-7b00-7000-8000-000000000001",
    "unit": {"id": "018b0d4c-0100-7000-8000-000000000001", "code": "hg-so-y-te", "name": "Sở Y tế", "kind": "department",
             "valid_to": null},
    "file_name": "Kế hoạch 15-KH.pdf", "kind": "pdf", "media_type": "application/pdf", "bytes": 184320,
    "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", "note": "Bản đã ký",
    "on_behalf": false, "recorded_by": "so-y-te", "recorded_at": "2023-10-02T03:00:00Z", "origin": "entry", "voided": null,
    "allowed_actions": ["download", "void"], "version": 1
}))]
pub struct AttachmentView {
    pub id: Id,
    /// Id of the task.
    pub task: Id,
    /// Id of the report it belongs to.
    pub report: Option<Id>,
    /// The unit it comes from.
    pub unit: UnitRef,
    /// What it is called, without a path.
    pub file_name: String,
    /// What it is, as its bytes tell.
    pub kind: AttachmentKind,
    /// The media type it is sent with.
    pub media_type: String,
    /// How many bytes it has.
    pub bytes: i64,
    /// SHA-256 of its content, in hexadecimal.
    pub sha256: String,
    /// What it shows, in words.
    pub note: Option<String>,
    /// Sent by the focal office for the unit.
    pub on_behalf: bool,
    /// User name of who sent it.
    pub recorded_by: Option<String>,
    pub recorded_at: DateTime<Utc>,
    /// `demo` marks illustrative files.
    pub origin: Origin,
    /// That it was voided, if it was.
    pub voided: Option<AttachmentVoiding>,
    /// What the reader may do with it now.
    pub allowed_actions: Vec<AttachmentAction>,
    pub version: i32,
}

/// That an attachment was voided.
#[derive(Debug, Serialize, ToSchema)]
pub struct AttachmentVoiding {
    /// User name of who voided it.
    pub by: Option<String>,
    pub at: DateTime<Utc>,
    pub reason: String,
}

impl AttachmentView {
    /// An attachment of `unit`, with the user names of who sent and who voided it.
    pub fn new(
        row: Attachment,
        unit: &Unit,
        (author, voider): (Option<String>, Option<String>),
        allowed_actions: Vec<AttachmentAction>,
    ) -> Self {
        let voided =
            row.voided_at.map(|at| AttachmentVoiding { by: voider, at: at.and_utc(), reason: row.void_reason.unwrap_or_default() });
        Self {
            id: row.id,
            task: row.task_id,
            report: row.report_id,
            unit: UnitRef::from(unit),
            file_name: row.file_name,
            kind: row.kind,
            media_type: row.kind.media_type().to_owned(),
            bytes: row.bytes,
            sha256: row.sha256,
            note: row.note,
            on_behalf: row.on_behalf,
            recorded_by: author,
            recorded_at: row.recorded_at.and_utc(),
            origin: row.origin,
            voided,
            allowed_actions,
            version: row.version,
        }
    }
}

/// A file where its report is shown.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReportAttachmentView {
    pub id: Id,
    pub file_name: String,
    pub media_type: String,
    pub bytes: i64,
    /// SHA-256 of its content, in hexadecimal.
    pub sha256: String,
    /// Whether it was voided.
    pub voided: bool,
}

impl From<Attachment> for ReportAttachmentView {
    fn from(row: Attachment) -> Self {
        Self {
            id: row.id,
            file_name: row.file_name,
            media_type: row.kind.media_type().to_owned(),
            bytes: row.bytes,
            sha256: row.sha256,
            voided: row.voided_at.is_some(),
        }
    }
}
