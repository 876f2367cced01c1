//! Attachments on pages, `/attachments/{id}/content`, which loads one, and `/attachments/{id}/voiding`, which takes one back.

use actix_web::web::{Path, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse, get, post};

use super::field_form::{self, Asks, Filled, Opened, SheetWords};
use super::fields::{Field, Kind, Sheet, Typed};
use super::forms::{self, draft};
use super::page::Shell;
use super::session::{State, Visitor};
use super::task_history::time;
use crate::domain::attachments::{AttachedFile, AttachmentAction, AttachmentDraft, AttachmentKind, AttachmentQuery, size};
use crate::domain::voiding::VoidDraft;
use crate::domain::{Id, Language, Moment, Origin};
use crate::error::{AppError, AppResult, codes};
use crate::files::folder::{Folder, Staged};
use crate::files::served;
use crate::service::access::{LogProgress, Permit, ReadWork};
use crate::service::attachments::{self, ShownAttachment};
use crate::state::Connection;
use crate::view::attachments::{AttachmentView, ReportAttachmentView};

/// The routes of attachments.
pub fn configure(config: &mut ServiceConfig) {
    config.service(load).service(voiding_page).service(void);
}

words! {
    /// Words of attachments.
    AttachmentWords {
        title = "Tệp minh chứng", "Attachments";
        of_report = "của báo cáo", "of a report";
        on_behalf = "gửi thay đơn vị", "sent for the unit";
        voided = "đã bỏ", "voided";
        void = "Bỏ tệp này", "Void this file";
        void_title = "Bỏ tệp gửi nhầm", "Void a file that was sent wrongly";
        void_lead = "Tệp vẫn nằm trong danh sách cùng lý do; chỉ quản trị viên và thanh tra còn tải được.", "It stays listed with the reason; only administrators and inspectors can still load it.";
        illustrative = "Tệp minh họa", "Illustrative";
    }
}

/// Most attachments on the page of a task.
const MOST: i64 = 200;

/// A file to load.
#[derive(Debug)]
pub struct FileLink {
    /// Where; none once it is void.
    pub href: Option<String>,
    /// What it is called.
    pub name: String,
    /// What it is and how large: `PDF, 180 KiB`.
    pub about: String,
}

impl FileLink {
    fn new(id: Id, name: String, ending: &str, bytes: i64, language: Language) -> Self {
        let size = size(u64::try_from(bytes).unwrap_or_default());
        let size = if language == Language::Vi { size.replace('.', ",") } else { size };
        Self { href: Some(format!("/attachments/{id}/content")), name, about: format!("{}, {size}", ending.to_uppercase()) }
    }

    /// The file of a report.
    pub fn of(file: ReportAttachmentView, language: Language) -> Self {
        let kind = AttachmentKind::ALL.iter().find(|kind| kind.media_type() == file.media_type).map_or("", |kind| kind.as_str());
        let link = Self::new(file.id, file.file_name, kind, file.bytes, language);
        if file.voided {
            Self { href: None, about: format!("{}, {}", link.about, AttachmentWords::of(language).voided), ..link }
        } else {
            link
        }
    }
}

/// An attachment on the page of its task.
pub struct FileRow {
    /// The file.
    pub link: FileLink,
    /// The unit, by whom and when it was sent.
    pub about: String,
    /// What it shows.
    pub note: Option<String>,
    /// Why it was voided, if it was.
    pub reason: Option<String>,
    /// Where it is voided, for whoever may.
    pub void: Option<String>,
}

/// The attachments of a task, newest first.
///
/// # Errors
/// As `tasks::get`.
pub fn of(conn: &mut Connection, reader: &Permit<ReadWork>, shell: &Shell, task: Id, at: &Moment) -> AppResult<Vec<FileRow>> {
    let query = AttachmentQuery { limit: Some(MOST), ..AttachmentQuery::default() };
    Ok(attachments::list(conn, reader, task, query, at)?.items.into_iter().map(|shown| row(shown, shell)).collect())
}

fn row(ShownAttachment { attachment, unit, author, voider, actions }: ShownAttachment, shell: &Shell) -> FileRow {
    let (t, language) = (AttachmentWords::of(shell.language), shell.language);
    let view = AttachmentView::new(attachment, &unit, (author, voider), actions);
    let may = |action: AttachmentAction| view.allowed_actions.contains(&action);
    let link = FileLink::new(view.id, view.file_name.clone(), view.kind.as_str(), view.bytes, language);
    let about = [
        Some(view.unit.name.clone()),
        view.on_behalf.then(|| t.on_behalf.to_owned()),
        view.recorded_by.clone(),
        Some(time(view.recorded_at, language)),
        view.report.map(|_| t.of_report.to_owned()),
        (view.origin == Origin::Demo).then(|| t.illustrative.to_owned()),
    ];
    FileRow {
        link: FileLink { href: link.href.filter(|_| may(AttachmentAction::Download)), ..link },
        about: about.into_iter().flatten().collect::<Vec<_>>().join(" · "),
        void: may(AttachmentAction::Void).then(|| format!("/attachments/{}/voiding", view.id)),
        note: view.note,
        reason: view.voided.map(|voided| voided.reason),
    }
}

/// Attaches the files of a form to the report it made, within its transaction: all of them, or none and no report.
///
/// # Errors
/// As the service; 503 when the folder cannot be written.
pub fn attach(
    conn: &mut Connection,
    permit: &Permit<LogProgress>,
    (task, report): (Id, Id),
    files: &[Staged],
    at: &Moment,
) -> AppResult<()> {
    if files.is_empty() {
        return Ok(());
    }
    let target = attachments::target(conn, permit, task, at)?;
    let about = AttachmentDraft { report: Some(report), ..AttachmentDraft::default() };
    for file in files {
        attachments::attach(conn, permit, &target, (&about, &file.about), at)?;
    }
    files.iter().try_for_each(|file| file.keep().map_err(|problem| AppError::attachment(&file.about.file_name, &problem)))
}

#[get("/attachments/{attachment}/content")]
async fn load(state: State, visitor: Visitor<ReadWork>, attachment: Path<String>, request: HttpRequest) -> AppResult<HttpResponse> {
    let id = forms::id(&attachment)?;
    let shown = state.read(move |conn, at| attachments::content(conn, &visitor, id, at)).await?;
    let (path, most) = state.attachments()?;
    served::answer(&request, Folder::new(&path, most), AttachedFile::from(&shown.attachment)).await.map_err(|error| {
        tracing::error!(%error, attachment = %id, "the content of an attachment cannot be read");
        AppError::new(codes::ATTACHMENTS_UNAVAILABLE).retry_after(60)
    })
}

/// The attachment that is taken back.
#[derive(Clone, Copy)]
struct Voiding(Id);

impl Asks for Voiding {
    type Right = LogProgress;

    fn sheet(&self, conn: &mut Connection, visitor: &Visitor<LogProgress>, typed: &Typed, at: &Moment) -> AppResult<Sheet> {
        let (t, s) = (AttachmentWords::of(visitor.shell.language), SheetWords::of(visitor.shell.language));
        let reader = visitor.actor().permit::<ReadWork>()?;
        let shown = attachments::get(conn, &reader, self.0, at)?;
        if !shown.actions.contains(&AttachmentAction::Void) && shown.attachment.voided_at.is_none() {
            return Err(AppError::new(codes::FORBIDDEN));
        }
        Ok(Sheet {
            title: t.void_title.to_owned(),
            above: (format!("/tasks/{}", shown.attachment.task_id), shown.attachment.file_name),
            lead: Some(t.void_lead.to_owned()),
            action: format!("/attachments/{}/voiding", self.0),
            fields: vec![Field::new(typed, ("reason", "/reason"), s.reason, Kind::Lines)],
            hidden: Vec::new(),
            submit: t.void,
        })
    }

    fn carry_out(&self, conn: &mut Connection, visitor: &Visitor<LogProgress>, typed: &Typed, at: &Moment) -> AppResult<String> {
        let voidable = attachments::to_void(conn, visitor, self.0, at)?;
        let said: VoidDraft = draft(typed.texts(&["reason"]).into())?;
        let task = attachments::void(conn, visitor, voidable, &said, at)?.attachment.task_id;
        Ok(format!("/tasks/{task}?done=voided#attachments"))
    }
}

#[get("/attachments/{attachment}/voiding")]
async fn voiding_page(state: State, visitor: Visitor<LogProgress>, attachment: Path<String>, asked: Opened) -> AppResult<HttpResponse> {
    field_form::open(&state, visitor, Voiding(forms::id(&attachment)?), asked).await
}

#[post("/attachments/{attachment}/voiding")]
async fn void(state: State, visitor: Visitor<LogProgress>, attachment: Path<String>, form: Filled) -> AppResult<HttpResponse> {
    field_form::send(&state, visitor, Voiding(forms::id(&attachment)?), form).await
}
