//! `/unit-groups`.

use actix_web::{get, patch, post};
use utoipa_actix_web::service_config::ServiceConfig;

use super::BASE;
use super::extract::{Body, Caller, Params, Patch, PathRef, State};
use super::once::once;
use super::reply::Reply;
use crate::domain::unit_groups::{MembersQuery, UnitGroupDraft, UnitGroupQuery};
use crate::domain::voiding::VoidDraft;
use crate::domain::{Moment, Reference};
use crate::error::AppResult;
use crate::service::access::{ReadDirectory, Right, WriteDirectory};
use crate::service::lookup::Expected;
use crate::service::unit_groups::{self as service, ShownGroup};
use crate::view::paging::PageView;
use crate::view::unit_groups::{MembersView, UnitGroupView};
use crate::view::units::UnitRef;

/// The routes of this resource.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(list_unit_groups)
        .service(create_unit_group)
        .service(get_unit_group)
        .service(update_unit_group)
        .service(void_unit_group)
        .service(list_unit_group_members);
}

/// List groups of units
///
/// In Vietnamese order of their names; voided ones are left out unless asked for.
#[utoipa::path(tag = "directory", params(UnitGroupQuery), responses((status = 200, description = "A page of groups.", body = PageView<UnitGroupView>)))]
#[get("/unit-groups")]
async fn list_unit_groups(state: State, caller: Caller<ReadDirectory>, Params(query): Params<UnitGroupQuery>) -> AppResult<Reply> {
    state
        .read(move |conn, _| {
            let page = service::list(conn, &caller, query)?.map(show);
            Reply::ok(&PageView::new(page.items, page.next))
        })
        .await
}

/// Create a group of units
///
/// For administrators. A rule, or a list, says who belongs to it; both speak of units whenever they exist.
#[utoipa::path(tag = "directory", request_body = UnitGroupDraft, responses((status = 201, description = "The group.", body = UnitGroupView)))]
#[post("/unit-groups")]
async fn create_unit_group(state: State, caller: Caller<WriteDirectory>, body: Body<UnitGroupDraft>) -> AppResult<Reply> {
    once(&state, caller, body, |conn, caller, body, at| {
        let made = service::create(conn, caller, &body.read()?, at)?;
        caller.created(format!("{BASE}/unit-groups/{}", made.group.id), made.group.version, at, &show(made))
    })
    .await
}

/// Get a group of units
#[utoipa::path(tag = "directory", params(("group" = Reference, Path, description = "Id or code.")), responses((status = 200, description = "The group.", body = UnitGroupView)))]
#[get("/unit-groups/{group}")]
async fn get_unit_group(state: State, caller: Caller<ReadDirectory>, PathRef(group): PathRef) -> AppResult<Reply> {
    state.read(move |conn, at| tagged(&caller, service::get(conn, &caller, &group)?, at)).await
}

/// Change a group of units
///
/// For administrators. Code and root stay. Tasks that were given to it keep the parts they have: a unit
/// that is new is given its part by `POST /tasks/{task}/children`.
#[utoipa::path(
    tag = "directory",
    params(("group" = Reference, Path, description = "Id or code.")),
    request_body = UnitGroupDraft,
    responses((status = 200, description = "The group.", body = UnitGroupView))
)]
#[patch("/unit-groups/{group}")]
async fn update_unit_group(state: State, caller: Caller<WriteDirectory>, PathRef(group): PathRef, Patch(patch): Patch) -> AppResult<Reply> {
    state
        .write(move |conn, at| {
            let standing = service::to_change(conn, &caller, &group, caller.expected())?;
            tagged(&caller, service::update(conn, &caller, standing, &patch, at)?, at)
        })
        .await
}

/// Void a group of units
///
/// With a reason. Nothing is given to it any more; tasks that were keep it, and their parts.
#[utoipa::path(
    tag = "directory",
    params(("group" = Reference, Path, description = "Id or code.")),
    request_body = VoidDraft,
    responses((status = 200, description = "The group.", body = UnitGroupView))
)]
#[post("/unit-groups/{group}/voiding")]
async fn void_unit_group(state: State, caller: Caller<WriteDirectory>, PathRef(group): PathRef, body: Body<VoidDraft>) -> AppResult<Reply> {
    once(&state, caller, body, move |conn, caller, body, at| {
        let standing = service::to_change(conn, caller, &group, Expected::Any)?;
        tagged(caller, service::void(conn, caller, standing, &body.read()?, at)?, at)
    })
    .await
}

/// List the members of a group of units
///
/// Those that exist on the day: a unit that was dissolved is none after its end, a new one is from its
/// first day.
#[utoipa::path(
    tag = "directory",
    params(("group" = Reference, Path, description = "Id or code."), MembersQuery),
    responses((status = 200, description = "The units.", body = MembersView))
)]
#[get("/unit-groups/{group}/members")]
async fn list_unit_group_members(
    state: State,
    caller: Caller<ReadDirectory>,
    PathRef(group): PathRef,
    Params(query): Params<MembersQuery>,
) -> AppResult<Reply> {
    state
        .read(move |conn, at| {
            let (on, units) = service::members(conn, &caller, &group, query, at)?;
            Reply::ok(&MembersView { on, items: units.iter().map(UnitRef::from).collect() })
        })
        .await
}

fn show(shown: ShownGroup) -> UnitGroupView {
    let ShownGroup { group, root, named, units, actions } = shown;
    let of = |excluded: bool| {
        let mut chosen: Vec<_> = named.iter().filter(|m| m.excluded == excluded).filter_map(|m| units.get(&m.unit_id)).collect();
        chosen.sort_by(|a, b| (&a.sort_key, a.id).cmp(&(&b.sort_key, b.id)));
        chosen.into_iter().map(UnitRef::from).collect()
    };
    UnitGroupView::new(group, &root, (of(false), of(true)), actions)
}

fn tagged<R: Right>(caller: &Caller<R>, shown: ShownGroup, at: &Moment) -> AppResult<Reply> {
    caller.tagged(shown.group.version, at, &show(shown))
}
