//! `/posts`.

use actix_web::{get, patch, post};
use utoipa_actix_web::service_config::ServiceConfig;

use super::BASE;
use super::extract::{Body, Caller, Params, Patch, PathId, State};
use super::once::once;
use super::reply::Reply;
use crate::domain::Id;
use crate::domain::posts::{PostDraft, PostQuery};
use crate::error::AppResult;
use crate::service;
use crate::service::access::{ReadDirectory, WriteDirectory};
use crate::service::posts::HeldPost;
use crate::view::paging::PageView;
use crate::view::posts::PostView;

/// The routes of this resource.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config.service(list_posts).service(create_post).service(get_post).service(update_post);
}

/// List posts
///
/// In the order they were recorded, each with its holders.
#[utoipa::path(tag = "directory", params(PostQuery), responses((status = 200, description = "A page of posts.", body = PageView<PostView>)))]
#[get("/posts")]
async fn list_posts(state: State, caller: Caller<ReadDirectory>, Params(query): Params<PostQuery>) -> AppResult<Reply> {
    state
        .read(move |conn, _| {
            let page = service::posts::list(conn, &caller, query)?.map(show);
            Reply::ok(&PageView::new(page.items, page.next))
        })
        .await
}

/// Create a post
///
/// For administrators. The system keeps no more of a person than the name and the time in the post.
#[utoipa::path(tag = "directory", request_body = PostDraft, responses((status = 201, description = "The post.", body = PostView)))]
#[post("/posts")]
async fn create_post(state: State, caller: Caller<WriteDirectory>, body: Body<PostDraft>) -> AppResult<Reply> {
    once(&state, caller, body, |conn, caller, body, at| {
        let held = service::posts::create(conn, caller, &body.read()?, at)?;
        caller.created(format!("{BASE}/posts/{}", held.post.id), held.post.version, at, &show(held))
    })
    .await
}

/// Get a post
#[utoipa::path(tag = "directory", params(("post" = Id, Path, description = "Id.")), responses((status = 200, description = "The post.", body = PostView)))]
#[get("/posts/{post}")]
async fn get_post(state: State, caller: Caller<ReadDirectory>, PathId(post): PathId) -> AppResult<Reply> {
    state
        .read(move |conn, at| {
            let held = service::posts::get(conn, &caller, post)?;
            caller.tagged(held.post.version, at, &show(held))
        })
        .await
}

/// Change a post
///
/// For administrators. The unit stays; a list of holders replaces the one before, which the journal keeps.
#[utoipa::path(
    tag = "directory",
    params(("post" = Id, Path, description = "Id.")),
    request_body = PostDraft,
    responses((status = 200, description = "The post.", body = PostView))
)]
#[patch("/posts/{post}")]
async fn update_post(state: State, caller: Caller<WriteDirectory>, PathId(post): PathId, Patch(patch): Patch) -> AppResult<Reply> {
    state
        .write(move |conn, at| {
            let held = service::posts::update(conn, &caller, post, caller.expected(), &patch, at)?;
            caller.tagged(held.post.version, at, &show(held))
        })
        .await
}

fn show(HeldPost { post, unit, holders }: HeldPost) -> PostView {
    PostView::new(post, &unit, holders)
}
