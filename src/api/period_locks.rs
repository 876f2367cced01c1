//! `/period-locks`.

use actix_web::{get, post, put};
use utoipa_actix_web::service_config::ServiceConfig;

use super::BASE;
use super::extract::{Body, Caller, Params, PathId, State};
use super::once::once;
use super::reply::Reply;
use crate::domain::Id;
use crate::domain::batches::BatchQuery;
use crate::domain::period_locks::{LockExceptionDraft, PeriodLockDraft, PeriodLockQuery, PeriodOpening};
use crate::error::AppResult;
use crate::service::access::{ReadWork, Verify};
use crate::service::lookup::Expected;
use crate::service::period_locks::{self, CountedLock, ShownLock};
use crate::view::paging::PageView;
use crate::view::period_locks::{CountedLockView, PeriodLockView};

/// The routes of this resource.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(list_period_locks)
        .service(create_period_lock)
        .service(get_period_lock)
        .service(open_period_lock)
        .service(except_from_period_lock);
}

/// List the periods that are or were closed
///
/// The latest lock first.
#[utoipa::path(tag = "tasks", params(PeriodLockQuery), responses((status = 200, description = "A page of locks.", body = PageView<PeriodLockView>)))]
#[get("/period-locks")]
async fn list_period_locks(state: State, caller: Caller<ReadWork>, Params(query): Params<PeriodLockQuery>) -> AppResult<Reply> {
    state
        .read(move |conn, _| {
            let page = period_locks::list(conn, &caller, query)?.map(view);
            Reply::ok(&PageView::new(page.items, page.next))
        })
        .await
}

/// Close a period
///
/// For the office that is granted on the whole province, once the period is over. From then on no report may speak of its days (422
/// `period_locked` at `measured_on`), and those that do stay as they are (409). With `dry_run=true` nothing is kept, and
/// the `id` leads nowhere: it tells how many reports would be left waiting.
#[utoipa::path(
    tag = "tasks",
    params(BatchQuery),
    request_body = PeriodLockDraft,
    responses(
        (status = 200, description = "What it would mean; nothing was kept.", body = CountedLockView),
        (status = 201, description = "The lock.", body = CountedLockView)
    )
)]
#[post("/period-locks")]
async fn create_period_lock(
    state: State,
    caller: Caller<Verify>,
    Params(BatchQuery { dry_run }): Params<BatchQuery>,
    body: Body<PeriodLockDraft>,
) -> AppResult<Reply> {
    if dry_run {
        let draft = body.read()?;
        return state.write(move |conn, at| Reply::ok(&counted(period_locks::would_lock(conn, &caller, &draft, at)?, true))).await;
    }
    once(&state, caller, body, move |conn, caller, body, at| {
        let made = period_locks::lock(conn, caller, &body.read()?, at)?;
        let (id, version) = (made.shown.lock.id, made.shown.lock.version);
        caller.created(format!("{BASE}/period-locks/{id}"), version, at, &counted(made, false))
    })
    .await
}

/// Get a lock
///
/// With how many reports of its days wait, and how many came after it.
#[utoipa::path(tag = "tasks", params(("lock" = Id, Path, description = "Id of the lock.")), responses((status = 200, description = "The lock.", body = CountedLockView)))]
#[get("/period-locks/{lock}")]
async fn get_period_lock(state: State, caller: Caller<ReadWork>, PathId(lock): PathId) -> AppResult<Reply> {
    state
        .read(move |conn, at| {
            let found = period_locks::get(conn, &caller, lock)?;
            caller.tagged(found.shown.lock.version, at, &counted(found, false))
        })
        .await
}

/// Open a period again
///
/// For everybody, with a reason. It can be closed anew by another lock.
#[utoipa::path(
    tag = "tasks",
    params(("lock" = Id, Path, description = "Id of the lock.")),
    request_body = PeriodOpening,
    responses((status = 200, description = "The lock, which no longer stands.", body = CountedLockView))
)]
#[put("/period-locks/{lock}/opening")]
async fn open_period_lock(state: State, caller: Caller<Verify>, PathId(lock): PathId, body: Body<PeriodOpening>) -> AppResult<Reply> {
    state
        .write(move |conn, at| {
            let target = period_locks::target(conn, &caller, lock, caller.expected())?;
            let opened = period_locks::open(conn, &caller, target, &body.read()?, at)?;
            caller.tagged(opened.shown.lock.version, at, &counted(opened, false))
        })
        .await
}

/// Leave a closed period open to a unit
///
/// To the unit and those below it, until a day, with a reason: their reports may speak of its days, and be verified. Each exception
/// stays on record, with the number of reports that came after the lock.
#[utoipa::path(
    tag = "tasks",
    params(("lock" = Id, Path, description = "Id of the lock.")),
    request_body = LockExceptionDraft,
    responses((status = 201, description = "The lock with its exceptions.", body = CountedLockView))
)]
#[post("/period-locks/{lock}/exceptions")]
async fn except_from_period_lock(
    state: State,
    caller: Caller<Verify>,
    PathId(lock): PathId,
    body: Body<LockExceptionDraft>,
) -> AppResult<Reply> {
    once(&state, caller, body, move |conn, caller, body, at| {
        let target = period_locks::target(conn, caller, lock, Expected::Any)?;
        let changed = period_locks::except(conn, caller, target, &body.read()?, at)?;
        let version = changed.shown.lock.version;
        caller.created(format!("{BASE}/period-locks/{lock}"), version, at, &counted(changed, false))
    })
    .await
}

fn view(ShownLock { lock, root, locked_by, opened_by, exceptions, actions }: ShownLock) -> PeriodLockView {
    PeriodLockView::new(lock, &root, (locked_by, opened_by), exceptions, actions)
}

fn counted(CountedLock { shown, waiting, logged_after }: CountedLock, dry_run: bool) -> CountedLockView {
    CountedLockView { lock: view(shown), waiting, logged_after, dry_run }
}
