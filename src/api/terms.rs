//! `/terms`.

use actix_web::{get, patch, post};
use utoipa_actix_web::service_config::ServiceConfig;

use super::BASE;
use super::extract::{Body, Caller, Params, Patch, PathId, State};
use super::once::once;
use super::reply::Reply;
use crate::domain::Id;
use crate::domain::terms::{TermDraft, TermQuery};
use crate::error::AppResult;
use crate::service;
use crate::service::access::{ReadDirectory, WriteDirectory};
use crate::service::terms::RootedTerm;
use crate::view::paging::PageView;
use crate::view::terms::TermView;

/// The routes of this resource.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config.service(list_terms).service(create_term).service(get_term).service(update_term);
}

/// List terms
///
/// The latest first.
#[utoipa::path(tag = "directory", params(TermQuery), responses((status = 200, description = "A page of terms.", body = PageView<TermView>)))]
#[get("/terms")]
async fn list_terms(state: State, caller: Caller<ReadDirectory>, Params(query): Params<TermQuery>) -> AppResult<Reply> {
    state
        .read(move |conn, _| {
            let page = service::terms::list(conn, &caller, query)?.map(show);
            Reply::ok(&PageView::new(page.items, page.next))
        })
        .await
}

/// Create a term
///
/// For administrators. A printed ordinal that can be read must say the number of the term; one
/// that cannot, such as the misprint "VXII", is kept as printed.
#[utoipa::path(tag = "directory", request_body = TermDraft, responses((status = 201, description = "The term.", body = TermView)))]
#[post("/terms")]
async fn create_term(state: State, caller: Caller<WriteDirectory>, body: Body<TermDraft>) -> AppResult<Reply> {
    once(&state, caller, body, |conn, caller, body, at| {
        let found = service::terms::create(conn, caller, &body.read()?, at)?;
        caller.created(format!("{BASE}/terms/{}", found.term.id), found.term.version, at, &show(found))
    })
    .await
}

/// Get a term
#[utoipa::path(tag = "directory", params(("term" = Id, Path, description = "Id.")), responses((status = 200, description = "The term.", body = TermView)))]
#[get("/terms/{term}")]
async fn get_term(state: State, caller: Caller<ReadDirectory>, PathId(term): PathId) -> AppResult<Reply> {
    state
        .read(move |conn, at| {
            let found = service::terms::get(conn, &caller, term)?;
            caller.tagged(found.term.version, at, &show(found))
        })
        .await
}

/// Change a term
///
/// For administrators. The root stays. A new number without its words is printed in roman numerals.
#[utoipa::path(
    tag = "directory",
    params(("term" = Id, Path, description = "Id.")),
    request_body = TermDraft,
    responses((status = 200, description = "The term.", body = TermView))
)]
#[patch("/terms/{term}")]
async fn update_term(state: State, caller: Caller<WriteDirectory>, PathId(term): PathId, Patch(patch): Patch) -> AppResult<Reply> {
    state
        .write(move |conn, at| {
            let found = service::terms::update(conn, &caller, term, caller.expected(), &patch, at)?;
            caller.tagged(found.term.version, at, &show(found))
        })
        .await
}

fn show(RootedTerm { term, root }: RootedTerm) -> TermView {
    TermView::new(term, &root)
}
