//! `/resolutions/{resolution}/graph`, `/programmes/{programme}/graph` and `/documents/parse-number`.

use actix_web::{get, post};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;
use validator::Validate;

use super::extract::{Body, Caller, Params, PathId, State};
use super::reply::Reply;
use crate::domain::Id;
use crate::domain::document_graph::GraphQuery;
use crate::domain::document_numbers::{self, DocumentNumber};
use crate::domain::documents;
use crate::error::AppResult;
use crate::service;
use crate::service::access::ReadWork;
use crate::service::document_graph::Graph;
use crate::view::document_graph::GraphDocumentView;
use crate::view::paging::PageView;

/// The routes of this resource.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config.service(get_resolution_graph).service(get_programme_graph).service(parse_number);
}

/// Get the documents around a resolution
///
/// Upwards what it implements, amends, replaces or follows, downwards what does so to it, through all
/// levels, the nearest first. Each document comes once each way; what merely relates leads no farther.
#[utoipa::path(
    tag = "documents",
    params(("resolution" = Id, Path, description = "Id."), GraphQuery),
    responses((status = 200, description = "A page of documents.", body = PageView<GraphDocumentView>))
)]
#[get("/resolutions/{resolution}/graph")]
async fn get_resolution_graph(
    state: State,
    caller: Caller<ReadWork>,
    PathId(resolution): PathId,
    Params(query): Params<GraphQuery>,
) -> AppResult<Reply> {
    state
        .read(move |conn, _| {
            let resolution = service::resolutions::get(conn, &caller, resolution)?;
            Reply::ok(&view(service::document_graph::around(conn, &caller, resolution.id, query)?))
        })
        .await
}

/// Get the documents around a programme
///
/// As around a resolution.
#[utoipa::path(
    tag = "documents",
    params(("programme" = Id, Path, description = "Id."), GraphQuery),
    responses((status = 200, description = "A page of documents.", body = PageView<GraphDocumentView>))
)]
#[get("/programmes/{programme}/graph")]
async fn get_programme_graph(
    state: State,
    caller: Caller<ReadWork>,
    PathId(programme): PathId,
    Params(query): Params<GraphQuery>,
) -> AppResult<Reply> {
    state
        .read(move |conn, _| {
            let programme = service::programmes::get(conn, &caller, programme)?;
            Reply::ok(&view(service::document_graph::around(conn, &caller, programme.id, query)?))
        })
        .await
}

fn view(graph: Graph) -> PageView<GraphDocumentView> {
    let items = graph.page.items.into_iter().filter_map(|(way, reached)| GraphDocumentView::new(way, reached, &graph.known));
    PageView::new(items.collect(), graph.page.next)
}

/// A number as it was typed or printed.
#[derive(Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"text": "số 04 nq tu"}))]
struct NumberQuestion {
    /// The words.
    #[schema(min_length = 1, max_length = 60)]
    #[validate(length(min = 1, max = 60))]
    text: String,
}

/// How a number is read.
#[derive(Debug, Serialize, ToSchema)]
struct NumberReading {
    /// As it would be kept.
    #[schema(example = "số 04 nq tu")]
    number: String,
    /// The number taken apart; `null` if it cannot be read.
    read: Option<DocumentNumber>,
}

/// Read the number of a document
///
/// Nothing is kept. Spaces, case, dashes, missing marks and đ written as d do not matter.
#[utoipa::path(tag = "documents", request_body = NumberQuestion, responses((status = 200, description = "The reading.", body = NumberReading)))]
#[post("/documents/parse-number")]
async fn parse_number(_state: State, _caller: Caller<ReadWork>, body: Body<NumberQuestion>) -> AppResult<Reply> {
    let text = body.read()?.text;
    Reply::ok(&NumberReading { number: documents::printed_number(&text), read: document_numbers::parse(&text) })
}
