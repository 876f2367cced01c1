//! `/tasks/{task}/self-verification`.

use actix_web::{get, put};
use utoipa_actix_web::service_config::ServiceConfig;

use super::extract::{Body, Caller, PathId, State};
use super::reply::Reply;
use crate::domain::Id;
use crate::domain::self_verifications::SelfVerificationDraft;
use crate::error::AppResult;
use crate::service::access::{ReadWork, Verify};
use crate::service::self_verifications::{self, ShownSelfVerification};
use crate::view::self_verifications::SelfVerificationView;

/// The routes of this resource.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config.service(get_self_verification).service(put_self_verification);
}

/// Get whether reports on a task verify themselves
///
/// The light path, for work of low risk.
#[utoipa::path(
    tag = "tasks",
    params(("task" = Id, Path, description = "Id of the task.")),
    responses((status = 200, description = "What was decided.", body = SelfVerificationView))
)]
#[get("/tasks/{task}/self-verification")]
async fn get_self_verification(state: State, caller: Caller<ReadWork>, PathId(task): PathId) -> AppResult<Reply> {
    state
        .read(move |conn, at| {
            let shown = self_verifications::get(conn, &caller, task, at)?;
            caller.tagged(shown.version(), at, &view(shown))
        })
        .await
}

/// Let reports on a task verify themselves, or no longer
///
/// For the office that would verify them, with a reason. From then on a report counts as verified when it is logged, and says so
/// (`verification.self_verified`); the office may still return it. Reports that wait already go on waiting. Secret tasks are not of
/// low risk.
#[utoipa::path(
    tag = "tasks",
    params(("task" = Id, Path, description = "Id of the task.")),
    request_body = SelfVerificationDraft,
    responses((status = 200, description = "What was decided.", body = SelfVerificationView))
)]
#[put("/tasks/{task}/self-verification")]
async fn put_self_verification(
    state: State,
    caller: Caller<Verify>,
    PathId(task): PathId,
    body: Body<SelfVerificationDraft>,
) -> AppResult<Reply> {
    state
        .write(move |conn, at| {
            let target = self_verifications::target(conn, &caller, task, caller.expected(), at)?;
            let shown = self_verifications::decide(conn, &caller, target, &body.read()?, at)?;
            caller.tagged(shown.version(), at, &view(shown))
        })
        .await
}

fn view(ShownSelfVerification { task, decided, author }: ShownSelfVerification) -> SelfVerificationView {
    SelfVerificationView::new(task, decided, author)
}
