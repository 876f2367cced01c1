//! `/calendar-days`.

use actix_web::{get, post, put};
use utoipa_actix_web::service_config::ServiceConfig;

use super::BASE;
use super::extract::{Body, Caller, Params, PathDay, PathDayRef, State};
use super::once::once;
use super::reply::Reply;
use crate::domain::calendar_days::{CalendarDayDraft, CalendarDayQuery, CalendarDayVoiding};
use crate::error::AppResult;
use crate::service::access::{ReadDirectory, WriteDirectory};
use crate::service::calendar_days;
use crate::view::calendar_days::CalendarDayView;
use crate::view::paging::PageView;

/// The routes of this resource.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config.service(list_calendar_days).service(get_calendar_day).service(put_calendar_day).service(void_calendar_day);
}

/// List the calendar of a year
///
/// The public holidays, computed by law, and what administrators entered above them: holidays, days off in exchange, days worked to
/// make up. Days that neither speaks of are worked from Monday to Friday. The whole year is one page.
#[utoipa::path(tag = "directory", params(CalendarDayQuery), responses((status = 200, description = "The days of the year.", body = PageView<CalendarDayView>)))]
#[get("/calendar-days")]
async fn list_calendar_days(state: State, caller: Caller<ReadDirectory>, Params(query): Params<CalendarDayQuery>) -> AppResult<Reply> {
    state
        .read(move |conn, at| {
            let days = calendar_days::list(conn, &caller, query, at)?;
            Reply::ok(&PageView::new(days.into_iter().map(CalendarDayView::from).collect(), None))
        })
        .await
}

/// Get a day of the calendar
///
/// By the day, or by the id of what was entered for it, as changes tell it.
#[utoipa::path(tag = "directory", params(("day" = String, Path, description = "The day, or the id of an entry.", example = "2026-09-02")), responses((status = 200, description = "The day.", body = CalendarDayView)))]
#[get("/calendar-days/{day}")]
async fn get_calendar_day(state: State, caller: Caller<ReadDirectory>, PathDayRef(day): PathDayRef) -> AppResult<Reply> {
    state
        .read(move |conn, at| {
            let day = calendar_days::get(conn, &caller, day)?;
            let day = CalendarDayView::from(day);
            caller.tagged(day.version, at, &day)
        })
        .await
}

/// Enter a day of the calendar
///
/// For administrators of a whole root, because every root shares the calendar. What is entered stands above the law; where nothing
/// differs nothing happens. Deadlines that were read before do not move. `If-Match` is heeded if it is sent.
#[utoipa::path(
    tag = "directory",
    params(("day" = NaiveDate, Path, description = "The day.")),
    request_body = CalendarDayDraft,
    responses((status = 200, description = "The day, which was entered before.", body = CalendarDayView), (status = 201, description = "The day, which is new.", body = CalendarDayView))
)]
#[put("/calendar-days/{day}")]
async fn put_calendar_day(
    state: State,
    caller: Caller<WriteDirectory>,
    PathDay(day): PathDay,
    body: Body<CalendarDayDraft>,
) -> AppResult<Reply> {
    state
        .write(move |conn, at| {
            let (shown, made) = calendar_days::put(conn, &caller, day, caller.expected(), &body.read()?, at)?;
            let shown = CalendarDayView::from(shown);
            caller.put(made, format!("{BASE}/calendar-days/{day}"), shown.version, at, &shown)
        })
        .await
}

/// Void an entered day
///
/// For administrators of a whole root. What the law gives stands again; the entry stays visible.
#[utoipa::path(
    tag = "directory",
    params(("day" = NaiveDate, Path, description = "The day.")),
    request_body = CalendarDayVoiding,
    responses((status = 200, description = "The day.", body = CalendarDayView))
)]
#[post("/calendar-days/{day}/voiding")]
async fn void_calendar_day(
    state: State,
    caller: Caller<WriteDirectory>,
    PathDay(day): PathDay,
    body: Body<CalendarDayVoiding>,
) -> AppResult<Reply> {
    once(&state, caller, body, move |conn, caller, body, at| {
        let shown = CalendarDayView::from(calendar_days::void(conn, caller, day, &body.read()?, at)?);
        caller.tagged(shown.version, at, &shown)
    })
    .await
}
