//! `/audit`.

use actix_web::get;
use utoipa_actix_web::service_config::ServiceConfig;

use super::extract::{Caller, Params, State};
use super::reply::Reply;
use crate::domain::audit::AuditQuery;
use crate::error::AppResult;
use crate::service;
use crate::service::access::ReadAudit;
use crate::view::audit::EventView;
use crate::view::paging::PageView;

/// The routes of this resource.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config.service(list_events);
}

/// List events of the journal
///
/// Newest first. Administrators and inspectors read what concerns their root, and what all roots
/// share; the focal office and reporters read their own actions.
#[utoipa::path(tag = "journal", params(AuditQuery), responses((status = 200, description = "A page of events.", body = PageView<EventView>)))]
#[get("/audit")]
async fn list_events(state: State, caller: Caller<ReadAudit>, Params(query): Params<AuditQuery>) -> AppResult<Reply> {
    state
        .read(move |conn, _| {
            let page = service::audit::list(conn, &caller, query)?.map(EventView::from);
            Reply::ok(&PageView::new(page.items, page.next))
        })
        .await
}
