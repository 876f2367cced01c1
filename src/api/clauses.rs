//! `/resolutions/{resolution}/clauses` and `/clauses/{clause}`.

use actix_web::{get, patch, post};
use utoipa_actix_web::service_config::ServiceConfig;

use super::BASE;
use super::extract::{Body, Caller, Params, Patch, PathId, State};
use super::once::once;
use super::reply::Reply;
use crate::domain::Id;
use crate::domain::clauses::{ClauseDraft, ClauseOrder, ClauseQuery};
use crate::domain::voiding::VoidDraft;
use crate::error::AppResult;
use crate::service;
use crate::service::access::{ReadWork, WriteWork};
use crate::view::clauses::{ClauseView, ClausesView};
use crate::view::paging::PageView;

/// The routes of this resource.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(list_clauses)
        .service(create_clause)
        .service(order_clauses)
        .service(get_clause)
        .service(update_clause)
        .service(void_clause);
}

/// List the clauses of a resolution
///
/// In the order of the document; those that were voided are left out unless asked for.
#[utoipa::path(
    tag = "documents",
    params(("resolution" = Id, Path, description = "Id of the resolution."), ClauseQuery),
    responses((status = 200, description = "A page of clauses.", body = PageView<ClauseView>))
)]
#[get("/resolutions/{resolution}/clauses")]
async fn list_clauses(
    state: State,
    caller: Caller<ReadWork>,
    PathId(resolution): PathId,
    Params(query): Params<ClauseQuery>,
) -> AppResult<Reply> {
    state
        .read(move |conn, _| {
            let page = service::clauses::list(conn, &caller, resolution, query)?.map(ClauseView::from);
            Reply::ok(&PageView::new(page.items, page.next))
        })
        .await
}

/// Create a clause
///
/// For whoever may write the resolution. Its id stays, whatever place it is given later.
#[utoipa::path(
    tag = "documents",
    params(("resolution" = Id, Path, description = "Id of the resolution.")),
    request_body = ClauseDraft,
    responses((status = 201, description = "The clause.", body = ClauseView))
)]
#[post("/resolutions/{resolution}/clauses")]
async fn create_clause(state: State, caller: Caller<WriteWork>, PathId(resolution): PathId, body: Body<ClauseDraft>) -> AppResult<Reply> {
    once(&state, caller, body, move |conn, caller, body, at| {
        let resolution = service::clauses::writable(conn, caller, resolution)?;
        let clause = service::clauses::create(conn, caller, &resolution, &body.read()?, at)?;
        caller.created(format!("{BASE}/clauses/{}", clause.id), clause.version, at, &ClauseView::from(clause))
    })
    .await
}

/// Give clauses other places
///
/// All at once, so that two may change places; ids stay. Each comes with the version it was read
/// with: 412 if one has changed since.
#[utoipa::path(
    tag = "documents",
    params(("resolution" = Id, Path, description = "Id of the resolution.")),
    request_body = ClauseOrder,
    responses((status = 200, description = "The clauses that moved.", body = ClausesView))
)]
#[post("/resolutions/{resolution}/clauses/order")]
async fn order_clauses(state: State, caller: Caller<WriteWork>, PathId(resolution): PathId, body: Body<ClauseOrder>) -> AppResult<Reply> {
    once(&state, caller, body, move |conn, caller, body, at| {
        let resolution = service::clauses::writable(conn, caller, resolution)?;
        let moved = service::clauses::order(conn, caller, &resolution, &body.read()?, at)?;
        Reply::ok(&ClausesView { items: moved.into_iter().map(ClauseView::from).collect() })
    })
    .await
}

/// Get a clause
#[utoipa::path(tag = "documents", params(("clause" = Id, Path, description = "Id.")), responses((status = 200, description = "The clause.", body = ClauseView)))]
#[get("/clauses/{clause}")]
async fn get_clause(state: State, caller: Caller<ReadWork>, PathId(clause): PathId) -> AppResult<Reply> {
    state
        .read(move |conn, at| {
            let clause = service::clauses::get(conn, &caller, clause)?;
            caller.tagged(clause.version, at, &ClauseView::from(clause))
        })
        .await
}

/// Change a clause
///
/// It stays with its resolution. A voided one stays as it is (409).
#[utoipa::path(
    tag = "documents",
    params(("clause" = Id, Path, description = "Id.")),
    request_body = ClauseDraft,
    responses((status = 200, description = "The clause.", body = ClauseView))
)]
#[patch("/clauses/{clause}")]
async fn update_clause(state: State, caller: Caller<WriteWork>, PathId(clause): PathId, Patch(patch): Patch) -> AppResult<Reply> {
    state
        .write(move |conn, at| {
            let clause = service::clauses::update(conn, &caller, clause, caller.expected(), &patch, at)?;
            caller.tagged(clause.version, at, &ClauseView::from(clause))
        })
        .await
}

/// Void a clause
///
/// With a reason. It stays on record, and what cites it says so; nothing new can cite it, and its place is
/// free.
#[utoipa::path(
    tag = "documents",
    params(("clause" = Id, Path, description = "Id.")),
    request_body = VoidDraft,
    responses((status = 200, description = "The voided clause.", body = ClauseView))
)]
#[post("/clauses/{clause}/voiding")]
async fn void_clause(state: State, caller: Caller<WriteWork>, PathId(clause): PathId, body: Body<VoidDraft>) -> AppResult<Reply> {
    once(&state, caller, body, move |conn, caller, body, at| {
        let clause = service::clauses::changeable(conn, caller, clause)?;
        let clause = service::clauses::void(conn, caller, clause, &body.read()?.reason, at)?;
        Reply::ok(&ClauseView::from(clause))
    })
    .await
}
