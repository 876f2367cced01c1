//! `/search`.

use actix_web::get;
use utoipa_actix_web::service_config::ServiceConfig;

use super::BASE;
use super::extract::{Caller, Params, State};
use super::reply::Reply;
use crate::domain::search::SearchQuery;
use crate::error::AppResult;
use crate::service;
use crate::service::access::ReadWork;
use crate::service::search::Find;
use crate::view::paging::PageView;
use crate::view::search::FindView;

/// The routes of this resource.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config.service(search_everything);
}

/// Search everything
///
/// Documents, their clauses and parts, the directory, tasks: what the reader finds in lists, and nothing
/// else; no reports. By words, with or without diacritics; those that have the diacritics as typed come
/// first, then those whose title holds all words. A question without a word finds nothing.
#[utoipa::path(tag = "search", params(SearchQuery), responses((status = 200, description = "A page of finds.", body = PageView<FindView>)))]
#[get("/search")]
async fn search_everything(state: State, caller: Caller<ReadWork>, Params(query): Params<SearchQuery>) -> AppResult<Reply> {
    state
        .read(move |conn, at| {
            let page = service::search::search(conn, &caller, query, at)?.map(view);
            Reply::ok(&PageView::new(page.items, page.next))
        })
        .await
}

fn view(find: Find) -> FindView {
    let Find { found, title_spans, snippet, task } = find;
    let task = task.as_ref().map(|shown| (&shown.record, shown.judgements[0].timeliness));
    FindView::new(found, title_spans, snippet, task, BASE)
}
