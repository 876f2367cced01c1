//! `/attachments` and `/tasks/{task}/attachments`.

use actix_web::{HttpRequest, HttpResponse, get, post};
use serde_json::json;
use sha2::{Digest, Sha256};
use utoipa_actix_web::service_config::ServiceConfig;

use super::BASE;
use super::extract::{Body, Caller, Params, PathId, SentForm, State};
use super::once::{once, once_for};
use super::reply::Reply;
use crate::domain::Id;
use crate::domain::attachments::{AttachedFile, AttachmentForm, AttachmentQuery};
use crate::domain::voiding::VoidDraft;
use crate::error::{AppError, AppResult, codes};
use crate::files::folder::Folder;
use crate::files::served;
use crate::service::access::{LogProgress, ReadWork};
use crate::service::attachments::{self, ShownAttachment};
use crate::view::attachments::AttachmentView;
use crate::view::paging::PageView;

/// The routes of this resource.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config.service(list_attachments).service(create_attachment).service(get_attachment);
    config.service(get_attachment_content).service(void_attachment);
}

fn folder(state: &State) -> AppResult<Folder> {
    state.attachments().map(|(path, most)| Folder::new(&path, most))
}

/// List the attachments of a task
///
/// Newest first, for whoever reads the task; those that were voided as well.
#[utoipa::path(
    tag = "tasks",
    params(("task" = Id, Path, description = "Id of the task."), AttachmentQuery),
    responses((status = 200, description = "A page of attachments.", body = PageView<AttachmentView>))
)]
#[get("/tasks/{task}/attachments")]
async fn list_attachments(
    state: State,
    caller: Caller<ReadWork>,
    PathId(task): PathId,
    Params(query): Params<AttachmentQuery>,
) -> AppResult<Reply> {
    state
        .read(move |conn, at| {
            let page = attachments::list(conn, &caller, task, query, at)?.map(view);
            Reply::ok(&PageView::new(page.items, page.next))
        })
        .await
}

/// Attach a file to a task
///
/// For reporters of the unit that answers for the task and of units that help with it, and for offices on behalf of any
/// unit (marked so). What the file is is seen in its bytes: PDF, Word, Excel, PowerPoint, OpenDocument, PNG, JPEG or WebP,
/// without macros and password; its name has to end accordingly. A file of a report is sent while the report waits to be
/// confirmed. At most 20 files of a report and 200 of a task.
#[utoipa::path(
    tag = "tasks",
    params(("task" = Id, Path, description = "Id of the task.")),
    request_body(content = AttachmentForm, content_type = "multipart/form-data"),
    responses((status = 201, description = "The attachment.", body = AttachmentView))
)]
#[post("/tasks/{task}/attachments")]
async fn create_attachment(state: State, caller: Caller<LogProgress>, PathId(task): PathId, form: SentForm) -> AppResult<Reply> {
    let asking = caller.clone();
    state.read(move |conn, at| attachments::check(conn, &asking, task, at).map(drop)).await?;
    let (draft, file) = form.receive(&folder(&state)?).await?;
    let fingerprint = hex::encode(Sha256::digest(json!([draft, file.about]).to_string()));
    once_for(&state, caller, &fingerprint, move |conn, caller, at| {
        let target = attachments::target(conn, caller, task, at)?;
        let shown = attachments::attach(conn, caller, &target, (&draft, &file.about), at)?;
        let (id, version) = (shown.attachment.id, shown.attachment.version);
        let reply = caller.created(format!("{BASE}/attachments/{id}"), version, at, &view(shown))?;
        file.keep().map_err(|problem| AppError::attachment(&file.about.file_name, &problem))?;
        Ok(reply)
    })
    .await
}

/// Get an attachment
///
/// What it is; its content stands at `/content` below.
#[utoipa::path(
    tag = "tasks",
    params(("attachment" = Id, Path, description = "Id of the attachment.")),
    responses((status = 200, description = "The attachment.", body = AttachmentView))
)]
#[get("/attachments/{attachment}")]
async fn get_attachment(state: State, caller: Caller<ReadWork>, PathId(id): PathId) -> AppResult<Reply> {
    state
        .read(move |conn, at| {
            let shown = attachments::get(conn, &caller, id, at)?;
            caller.tagged(shown.attachment.version, at, &view(shown))
        })
        .await
}

/// Load the content of an attachment
///
/// To be kept as a file, for whoever reads the task; never to be shown by a browser. Its tag is its SHA-256. What was
/// voided is loaded by administrators and inspectors of the province alone; others are answered 409.
#[utoipa::path(
    tag = "tasks",
    params(
        ("attachment" = Id, Path, description = "Id of the attachment."),
        ("Range" = Option<String>, Header, description = "One part of it, such as `bytes=0-1023`.")
    ),
    responses((status = 200, description = "The content."))
)]
#[get("/attachments/{attachment}/content")]
async fn get_attachment_content(
    state: State,
    caller: Caller<ReadWork>,
    PathId(id): PathId,
    request: HttpRequest,
) -> AppResult<HttpResponse> {
    let shown = state.read(move |conn, at| attachments::content(conn, &caller, id, at)).await?;
    served::answer(&request, folder(&state)?, AttachedFile::from(&shown.attachment)).await.map_err(|error| {
        tracing::error!(%error, attachment = %id, "the content of an attachment cannot be read");
        AppError::new(codes::ATTACHMENTS_UNAVAILABLE).retry_after(60)
    })
}

/// Void an attachment
///
/// It was sent wrongly: it stays listed with the reason, and its content is kept for those who audit. For whoever logs
/// progress for the unit it comes from; once its report was confirmed, for offices.
#[utoipa::path(
    tag = "tasks",
    params(("attachment" = Id, Path, description = "Id of the attachment.")),
    request_body = VoidDraft,
    responses((status = 200, description = "The attachment.", body = AttachmentView))
)]
#[post("/attachments/{attachment}/voiding")]
async fn void_attachment(state: State, caller: Caller<LogProgress>, PathId(id): PathId, body: Body<VoidDraft>) -> AppResult<Reply> {
    once(&state, caller, body, move |conn, caller, body, at| {
        let voidable = attachments::to_void(conn, caller, id, at)?;
        let shown = attachments::void(conn, caller, voidable, &body.read()?, at)?;
        caller.tagged(shown.attachment.version, at, &view(shown))
    })
    .await
}

fn view(ShownAttachment { attachment, unit, author, voider, actions }: ShownAttachment) -> AttachmentView {
    AttachmentView::new(attachment, &unit, (author, voider), actions)
}
