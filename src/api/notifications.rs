//! `/me/notifications`.

use actix_web::{get, put};
use utoipa_actix_web::service_config::ServiceConfig;

use super::extract::{Body, State};
use super::reply::Reply;
use crate::domain::notifications::NotificationDraft;
use crate::error::AppResult;
use crate::service;
use crate::service::access::Actor;
use crate::view::notifications::NotificationsView;

/// The routes of this resource.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config.service(get_notifications).service(set_notifications);
}

/// Get where my mail goes
///
/// The address of the account that asks, and every kind of mail with whether it is wanted. Everything is, until its
/// reader says no: here, on the page, or by the link in a mail.
#[utoipa::path(tag = "auth", responses((status = 200, description = "Address and choices.", body = NotificationsView)))]
#[get("/me/notifications")]
async fn get_notifications(state: State, actor: Actor) -> AppResult<Reply> {
    actor.require_session()?;
    state.read(move |conn, _| Reply::ok(&NotificationsView::from(service::notifications::choices(conn, &actor)?))).await
}

/// Say where my mail goes
///
/// Replaces address and choices; kinds that are not named are wanted.
#[utoipa::path(
    tag = "auth",
    request_body = NotificationDraft,
    responses((status = 200, description = "Address and choices.", body = NotificationsView))
)]
#[put("/me/notifications")]
async fn set_notifications(state: State, actor: Actor, body: Body<NotificationDraft>) -> AppResult<Reply> {
    actor.require_session()?;
    let draft = body.read()?;
    state.write(move |conn, at| Reply::ok(&NotificationsView::from(service::notifications::choose(conn, &actor, &draft, at)?))).await
}
