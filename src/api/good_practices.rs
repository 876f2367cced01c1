//! `/good-practices`.

use actix_web::{get, patch, post};
use utoipa_actix_web::service_config::ServiceConfig;

use super::BASE;
use super::extract::{Body, Caller, Params, Patch, PathId, State};
use super::once::once;
use super::reply::Reply;
use crate::domain::good_practices::{GoodPracticeDraft, GoodPracticeQuery};
use crate::domain::voiding::VoidDraft;
use crate::domain::{Id, Moment};
use crate::error::AppResult;
use crate::service::access::{ReadWork, Right, WriteWork};
use crate::service::good_practices::{self as service, ShownPractice};
use crate::service::lookup::Expected;
use crate::view::good_practices::GoodPracticeView;
use crate::view::paging::PageView;

/// The routes of this resource.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(list_good_practices)
        .service(create_good_practice)
        .service(get_good_practice)
        .service(update_good_practice)
        .service(void_good_practice);
}

/// List good practices
///
/// In the order they were recorded; voided ones are left out unless asked for.
#[utoipa::path(tag = "dissemination", params(GoodPracticeQuery), responses((status = 200, description = "A page of good practices.", body = PageView<GoodPracticeView>)))]
#[get("/good-practices")]
async fn list_good_practices(state: State, caller: Caller<ReadWork>, Params(query): Params<GoodPracticeQuery>) -> AppResult<Reply> {
    state
        .read(move |conn, _| {
            let page = service::list(conn, &caller, query)?.map(view);
            Reply::ok(&PageView::new(page.items, page.next))
        })
        .await
}

/// Record a good practice
///
/// For whoever writes for its owner.
#[utoipa::path(tag = "dissemination", request_body = GoodPracticeDraft, responses((status = 201, description = "The good practice.", body = GoodPracticeView)))]
#[post("/good-practices")]
async fn create_good_practice(state: State, caller: Caller<WriteWork>, body: Body<GoodPracticeDraft>) -> AppResult<Reply> {
    once(&state, caller, body, |conn, caller, body, at| {
        let made = service::create(conn, caller, &body.read()?, at)?;
        let (id, version) = (made.practice.id, made.practice.version);
        caller.created(format!("{BASE}/good-practices/{id}"), version, at, &view(made))
    })
    .await
}

/// Get a good practice
#[utoipa::path(tag = "dissemination", params(("practice" = Id, Path, description = "Id.")), responses((status = 200, description = "The good practice.", body = GoodPracticeView)))]
#[get("/good-practices/{practice}")]
async fn get_good_practice(state: State, caller: Caller<ReadWork>, PathId(id): PathId) -> AppResult<Reply> {
    state.read(move |conn, at| tagged(&caller, service::get(conn, &caller, id)?, at)).await
}

/// Change a good practice
///
/// It stays in its province. What is void is not changed any more.
#[utoipa::path(
    tag = "dissemination",
    params(("practice" = Id, Path, description = "Id.")),
    request_body = GoodPracticeDraft,
    responses((status = 200, description = "The good practice.", body = GoodPracticeView))
)]
#[patch("/good-practices/{practice}")]
async fn update_good_practice(state: State, caller: Caller<WriteWork>, PathId(id): PathId, Patch(patch): Patch) -> AppResult<Reply> {
    state.write(move |conn, at| tagged(&caller, service::update(conn, &caller, id, caller.expected(), &patch, at)?, at)).await
}

/// Void a good practice
///
/// It was recorded wrongly: it stays readable with the reason, and counts nowhere.
#[utoipa::path(
    tag = "dissemination",
    params(("practice" = Id, Path, description = "Id.")),
    request_body = VoidDraft,
    responses((status = 200, description = "The good practice.", body = GoodPracticeView))
)]
#[post("/good-practices/{practice}/voiding")]
async fn void_good_practice(state: State, caller: Caller<WriteWork>, PathId(id): PathId, body: Body<VoidDraft>) -> AppResult<Reply> {
    once(&state, caller, body, move |conn, caller, body, at| {
        let standing = service::to_change(conn, caller, id, Expected::Any)?;
        tagged(caller, service::void(conn, caller, standing, &body.read()?, at)?, at)
    })
    .await
}

fn view(ShownPractice { practice, names, actions }: ShownPractice) -> GoodPracticeView {
    GoodPracticeView::new(practice, &names, actions)
}

fn tagged<R: Right>(caller: &Caller<R>, shown: ShownPractice, at: &Moment) -> AppResult<Reply> {
    caller.tagged(shown.practice.version, at, &view(shown))
}
