//! `/unit-events`, and `/tasks/{task}/responsible`.

use actix_web::{get, post};
use chrono::NaiveDate;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;

use super::BASE;
use super::extract::{Body, Caller, Params, PathId, State};
use super::once::once;
use super::reply::Reply;
use crate::domain::Id;
use crate::domain::unit_events::{ReorganisationDraft, Side, UnitEventQuery};
use crate::domain::users::RevocationDraft;
use crate::error::AppResult;
use crate::service;
use crate::service::access::{ReadDirectory, ReadWork, WriteDirectory};
use crate::service::unit_events::sides::Body as Stands;
use crate::service::unit_events::{self, Outcome, ShownEvent};
use crate::view::paging::PageView;
use crate::view::unit_events::{MoveView, ReorganisationView, ResponsibleStep, ResponsibleView, SideView, UnitEventView};
use crate::view::units::UnitRef;

/// The routes of this resource.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(list_unit_events)
        .service(record_unit_events)
        .service(get_unit_event)
        .service(revoke_unit_event)
        .service(get_responsible_unit);
}

/// Whether a reorganisation is only tried.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct TryQuery {
    /// Say what it would do, and keep nothing.
    #[serde(default)]
    dry_run: Option<bool>,
}

/// List events of units and areas
///
/// The latest first.
#[utoipa::path(tag = "directory", params(UnitEventQuery), responses((status = 200, description = "A page of events.", body = PageView<UnitEventView>)))]
#[get("/unit-events")]
async fn list_unit_events(state: State, caller: Caller<ReadDirectory>, Params(query): Params<UnitEventQuery>) -> AppResult<Reply> {
    state
        .read(move |conn, _| {
            let page = unit_events::list(conn, &caller, query)?.map(show);
            Reply::ok(&PageView::new(page.items, page.next))
        })
        .await
}

/// Record a reorganisation
///
/// For administrators who reach everybody that takes part. All of its events are recorded, or none.
/// Who ends, ends on the eve; the units that follow must exist already. What was assigned stays
/// assigned as it was: who answers for it since is read with `basis=current` and in
/// `tasks/{task}/responsible`. Try it first with `dry_run=true`: it lists every task that would change hands,
/// and every open one for which nobody would answer, which a reorganisation is refused for.
#[utoipa::path(
    tag = "directory",
    params(TryQuery),
    request_body = ReorganisationDraft,
    responses(
        (status = 200, description = "What it would do; nothing was kept.", body = ReorganisationView),
        (status = 201, description = "What it did.", body = ReorganisationView)
    )
)]
#[post("/unit-events")]
async fn record_unit_events(
    state: State,
    caller: Caller<WriteDirectory>,
    Params(TryQuery { dry_run }): Params<TryQuery>,
    body: Body<ReorganisationDraft>,
) -> AppResult<Reply> {
    let dry_run = dry_run == Some(true);
    if dry_run {
        let draft = body.read()?;
        return state.write(move |conn, at| Reply::ok(&outcome(unit_events::record(conn, &caller, &draft, true, at)?, true))).await;
    }
    once(&state, caller, body, |conn, caller, body, at| {
        let done = unit_events::record(conn, caller, &body.read()?, false, at)?;
        Reply::created(format!("{BASE}/unit-events?reorganisation={}", done.id), &outcome(done, false))
    })
    .await
}

/// Get an event of units or areas
#[utoipa::path(tag = "directory", params(("event" = Id, Path, description = "Id.")), responses((status = 200, description = "The event.", body = UnitEventView)))]
#[get("/unit-events/{event}")]
async fn get_unit_event(state: State, caller: Caller<ReadDirectory>, PathId(event): PathId) -> AppResult<Reply> {
    state
        .read(move |conn, at| {
            let shown = unit_events::get(conn, &caller, event)?;
            caller.tagged(shown.event.version, at, &show(shown))
        })
        .await
}

/// Take back an event that was recorded wrongly
///
/// With a reason. What ended exists again, and work is answered for as before. Not once something else has
/// happened to whoever took part: take that back first.
#[utoipa::path(
    tag = "directory",
    params(("event" = Id, Path, description = "Id.")),
    request_body = RevocationDraft,
    responses((status = 200, description = "The event, taken back.", body = UnitEventView))
)]
#[post("/unit-events/{event}/revocation")]
async fn revoke_unit_event(
    state: State,
    caller: Caller<WriteDirectory>,
    PathId(event): PathId,
    body: Body<RevocationDraft>,
) -> AppResult<Reply> {
    once(&state, caller, body, move |conn, caller, body, at| {
        let found = unit_events::to_void(conn, caller, event, caller.expected())?;
        let shown = unit_events::void(conn, caller, found, &body.read()?.reason, at)?;
        caller.tagged(shown.event.version, at, &show(shown))
    })
    .await
}

/// The day a question is about.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct DayQuery {
    /// The day; today if missing.
    #[param(example = "2025-12-01")]
    on: Option<NaiveDate>,
}

/// Who answers for a task, and why
///
/// Follows what happened to the unit it was given to, as far as is known now: on any day, also one to come.
#[utoipa::path(
    tag = "tasks",
    params(("task" = Id, Path, description = "Id of the task."), DayQuery),
    responses((status = 200, description = "The unit, and the steps that lead there.", body = ResponsibleView))
)]
#[get("/tasks/{task}/responsible")]
async fn get_responsible_unit(
    state: State,
    caller: Caller<ReadWork>,
    PathId(task): PathId,
    Params(DayQuery { on }): Params<DayQuery>,
) -> AppResult<Reply> {
    state
        .read(move |conn, at| {
            let found = service::succession::responsible_on(conn, &caller, task, on, at)?;
            let undecided = found.undecided();
            Reply::ok(&ResponsibleView {
                task,
                on: found.on,
                lead_unit: UnitRef::from(&found.task.record.lead),
                responsible_unit: UnitRef::from(&found.unit),
                undecided,
                steps: found.steps.into_iter().map(|step| ResponsibleStep::new(step.event, &step.from, &step.to)).collect(),
            })
        })
        .await
}

fn outcome(Outcome { id, events, moves, units }: Outcome, dry_run: bool) -> ReorganisationView {
    let (moves, undecided): (Vec<_>, Vec<_>) = moves.into_iter().partition(|step| step.to.is_some());
    let views = |steps: Vec<unit_events::moves::Move>| {
        steps.into_iter().filter_map(|step| MoveView::new(step.event, (step.from, step.to), step.tasks, &units, dry_run)).collect()
    };
    let (moves, undecided) = (views(moves), views(undecided));
    ReorganisationView { dry_run, reorganisation: id, events: events.into_iter().map(show).collect(), moves, undecided }
}

fn show(ShownEvent { event, members, handed_over }: ShownEvent) -> UnitEventView {
    let (mut from, mut to) = (Vec::new(), Vec::new());
    for (member, body) in &members {
        let side = match body {
            Stands::Unit(unit) => SideView::unit(member, unit),
            Stands::Area(area) => SideView::area(member, area),
        };
        if member.side == Side::From { from.push(side) } else { to.push(side) }
    }
    UnitEventView::new(event, from, to, handed_over)
}
