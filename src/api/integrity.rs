//! `/dashboards/integrity`.

use actix_web::get;
use utoipa_actix_web::service_config::ServiceConfig;

use super::extract::{Both, Caller, Params, PathName, State};
use super::reply::Reply;
use crate::domain::integrity::{FindingPage, IntegrityQuery, Signal};
use crate::error::AppResult;
use crate::service::access::ReadIntegrity;
use crate::service::integrity::{self as service, ShownFinding};
use crate::view::integrity::{FindingView, IntegrityView};
use crate::view::paging::PageView;

/// The routes of this resource.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config.service(get_integrity_dashboard).service(list_integrity_findings);
}

/// Get the integrity signals
///
/// What looks as if a report, a verification or a deadline did not mean what it says: seven documented rules, and how often
/// each finds something. None proves anything, and none changes a number or a light. What came with an import says nothing by
/// its clock; what the demo made up is counted apart. Secret tasks are left out.
#[utoipa::path(
    tag = "dashboards",
    params(IntegrityQuery),
    responses((status = 200, description = "A line for each signal.", body = IntegrityView))
)]
#[get("/dashboards/integrity")]
async fn get_integrity_dashboard(state: State, caller: Caller<ReadIntegrity>, Params(query): Params<IntegrityQuery>) -> AppResult<Reply> {
    let language = caller.language();
    state
        .read(move |conn, at| {
            let (frame, counts) = service::counts(conn, &caller, &query, at)?;
            let view = IntegrityView::new((frame.as_of, frame.today, frame.position), counts, &query, language);
            caller.tagged(frame.position, at, &view)
        })
        .await
}

/// List what an integrity signal finds
///
/// The newest first. Each names its task, the report, and what was found.
#[utoipa::path(
    tag = "dashboards",
    params(("signal" = Signal, Path, description = "The signal."), IntegrityQuery, FindingPage),
    responses((status = 200, description = "A page of what was found.", body = PageView<FindingView>))
)]
#[get("/dashboards/integrity/{signal}")]
async fn list_integrity_findings(
    state: State,
    caller: Caller<ReadIntegrity>,
    PathName(signal): PathName<Signal>,
    Params(Both(query, page)): Params<Both<IntegrityQuery, FindingPage>>,
) -> AppResult<Reply> {
    let language = caller.language();
    state
        .read(move |conn, at| {
            let (frame, found) = service::findings(conn, &caller, signal, (&query, page), at)?;
            let view = |ShownFinding { finding, title, unit }: ShownFinding| FindingView::new(finding, title, unit, language);
            let page = found.map(view);
            caller.tagged(frame.position, at, &PageView::new(page.items, page.next))
        })
        .await
}
