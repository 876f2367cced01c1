//! `/fields`.

use actix_web::{get, patch, post};
use utoipa_actix_web::service_config::ServiceConfig;

use super::BASE;
use super::extract::{Body, Caller, Params, Patch, PathId, State};
use super::once::once;
use super::reply::Reply;
use crate::domain::Id;
use crate::domain::fields::{FieldDraft, FieldQuery};
use crate::error::AppResult;
use crate::service;
use crate::service::access::{ReadDirectory, WriteDirectory};
use crate::view::fields::FieldView;
use crate::view::paging::PageView;

/// The routes of this resource.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config.service(list_fields).service(create_field).service(get_field).service(update_field);
}

/// List fields
///
/// By ordinal. Fields are the same in the whole deployment.
#[utoipa::path(tag = "directory", params(FieldQuery), responses((status = 200, description = "A page of fields.", body = PageView<FieldView>)))]
#[get("/fields")]
async fn list_fields(state: State, caller: Caller<ReadDirectory>, Params(query): Params<FieldQuery>) -> AppResult<Reply> {
    state
        .read(move |conn, _| {
            let page = service::fields::list(conn, &caller, query)?.map(FieldView::from);
            Reply::ok(&PageView::new(page.items, page.next))
        })
        .await
}

/// Create a field
///
/// For administrators of a whole root, because every root shares the fields.
#[utoipa::path(tag = "directory", request_body = FieldDraft, responses((status = 201, description = "The field.", body = FieldView)))]
#[post("/fields")]
async fn create_field(state: State, caller: Caller<WriteDirectory>, body: Body<FieldDraft>) -> AppResult<Reply> {
    once(&state, caller, body, |conn, caller, body, at| {
        let field = service::fields::create(conn, caller, &body.read()?, at)?;
        caller.created(format!("{BASE}/fields/{}", field.id), field.version, at, &FieldView::from(field))
    })
    .await
}

/// Get a field
#[utoipa::path(tag = "directory", params(("field" = Id, Path, description = "Id.")), responses((status = 200, description = "The field.", body = FieldView)))]
#[get("/fields/{field}")]
async fn get_field(state: State, caller: Caller<ReadDirectory>, PathId(field): PathId) -> AppResult<Reply> {
    state
        .read(move |conn, at| {
            let field = service::fields::get(conn, &caller, field)?;
            caller.tagged(field.version, at, &FieldView::from(field))
        })
        .await
}

/// Change a field
///
/// For administrators of a whole root. The code stays.
#[utoipa::path(
    tag = "directory",
    params(("field" = Id, Path, description = "Id.")),
    request_body = FieldDraft,
    responses((status = 200, description = "The field.", body = FieldView))
)]
#[patch("/fields/{field}")]
async fn update_field(state: State, caller: Caller<WriteDirectory>, PathId(field): PathId, Patch(patch): Patch) -> AppResult<Reply> {
    state
        .write(move |conn, at| {
            let field = service::fields::update(conn, &caller, field, caller.expected(), &patch, at)?;
            caller.tagged(field.version, at, &FieldView::from(field))
        })
        .await
}
