//! `/changes`.

use std::time::Duration;

use actix_web::get;
use actix_web::rt::time::timeout;
use utoipa_actix_web::service_config::ServiceConfig;

use super::BASE;
use super::extract::{Caller, Params, State};
use super::reply::Reply;
use crate::domain::changes::{ChangeQuery, LONGEST_WAIT};
use crate::error::{AppError, AppResult, FieldError, codes, rules};
use crate::service;
use crate::service::access::ReadChanges;
use crate::service::changes::{Change, Looked};
use crate::view::changes::{ChangeView, ChangesView};

/// The routes of this resource.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config.service(list_changes);
}

/// List changes
///
/// Oldest first, after a position; every change has the next position, without gaps. Told are
/// changes of what the reader may read, without contents. With `wait` the answer is held back until
/// there is a change or the time is over: ask again with `after` set to `next`.
#[utoipa::path(tag = "journal", params(ChangeQuery), responses((status = 200, description = "Changes, and how far was looked.", body = ChangesView)))]
#[get("/changes")]
async fn list_changes(state: State, caller: Caller<ReadChanges>, Params(query): Params<ChangeQuery>) -> AppResult<Reply> {
    if query.wait > LONGEST_WAIT {
        let field = FieldError::new("wait", rules::RANGE).with("min", 0).with("max", LONGEST_WAIT);
        return Err(AppError::new(codes::INVALID_PARAMETER).with_field(field));
    }
    let wait = Duration::from_secs(query.wait.into());
    let mut moved = state.moved();
    let mut looked = look(&state, &caller, query.clone()).await?;
    if looked.items.is_empty() && !wait.is_zero() {
        let _place = state.place_to_wait()?;
        let waiting = async {
            while looked.items.is_empty() && (looked.next < looked.head || state.wait_for_writes(&mut moved).await) {
                looked = look(&state, &caller, ChangeQuery { after: looked.next, ..query.clone() }).await?;
            }
            AppResult::Ok(())
        };
        // When the time is over, what was looked at last is the answer.
        timeout(wait, waiting).await.unwrap_or(Ok(()))?;
    }
    Reply::ok(&show(looked))
}

async fn look(state: &State, caller: &Caller<ReadChanges>, query: ChangeQuery) -> AppResult<Looked> {
    let caller = caller.clone();
    state.read(move |conn, _| service::changes::list(conn, &caller, &query)).await
}

fn show(Looked { items, next, head }: Looked) -> ChangesView {
    let view = |Change { row, kind, part_of, own }: Change| ChangeView::new(row, kind, part_of, own, BASE);
    ChangesView { items: items.into_iter().map(view).collect(), next, head }
}
