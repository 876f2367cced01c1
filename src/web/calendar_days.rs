//! `/calendar-days`: the days of a year that are no ordinary ones, by law and above it, and the forms
//! that enter one or take the entry back.

use actix_web::web::ServiceConfig;
use actix_web::{HttpResponse, get, post};
use askama::Template;
use chrono::{Datelike, NaiveDate};
use serde::Deserialize;

use super::choices::{self, Group};
use super::field_form::{self, Asks, Filled, Opened, SheetWords};
use super::fields::{Field, Kind, Sheet, Typed};
use super::forms::{Query, draft};
use super::labels::Label;
use super::page::{self, Shell};
use super::session::{State, Visitor};
use crate::domain::calendar_days::{CalendarDayDraft, CalendarDayKind, CalendarDayQuery, CalendarDayVoiding, DayReference};
use crate::domain::{Language, Moment};
use crate::error::{AppError, AppResult, codes, rules};
use crate::service::access::{ReadDirectory, WriteDirectory};
use crate::service::calendar_days;
use crate::service::lookup::Expected;
use crate::state::Connection;
use crate::view::calendar_days::CalendarDayView;

/// The routes of this page.
pub fn configure(config: &mut ServiceConfig) {
    config.service(calendar_page).service(entry_page).service(enter_day).service(voiding_page).service(void_day);
}

words! {
    /// Words of these pages.
    CalendarWords {
        title = "Lịch ngày làm việc", "Working days";
        lead = "Dùng để tính thời hạn theo ngày làm việc. Ngày lễ, tết được tính theo luật; thông báo nghỉ hoán đổi, làm bù hằng năm do quản trị ghi và được ưu tiên. Thứ bảy, chủ nhật không ghi ở đây.", "Deadlines in working days are counted with it. Public holidays are computed by law; exchanges and make-up days announced each year are entered by administrators and stand above it. Weekends are not listed.";
        year = "Năm", "Year";
        before = "Năm trước", "The year before";
        after = "Năm sau", "The year after";
        day = "Ngày", "Day";
        law = "Theo luật", "By law";
        assumed = "tạm tính, theo thông lệ", "as is usual, until announced";
        entered = "Đã ghi", "Entered";
        voided = "đã bỏ", "taken back";
        result = "Kết quả", "So it is";
        working = "Làm việc", "A working day";
        free = "Nghỉ", "Free";
        change = "Sửa", "Change";
        take_back = "Bỏ", "Take back";
        enter = "Ghi một ngày", "Enter a day";
        kind = "Loại", "Kind";
        name = "Tên gọi", "Name";
        name_hint = "Ví dụ: Làm bù dịp Quốc khánh.", "Such as: make-up day for National Day.";
        source = "Căn cứ, văn bản thông báo", "Announced in";
        shared = "Mọi tỉnh trong hệ thống dùng chung lịch này. Thời hạn đã đọc trước đó không thay đổi.", "Every province of this system shares the calendar. Deadlines that were read before stay as they are.";
        save = "Ghi", "Enter it";
    }
}

struct Row {
    day: NaiveDate,
    weekday: &'static str,
    law: Option<String>,
    assumed: bool,
    entered: Option<(&'static str, String, Option<String>)>,
    voided: bool,
    working: bool,
}

#[derive(Template)]
#[template(path = "calendar_days.html")]
struct CalendarPage {
    shell: Shell,
    t: &'static CalendarWords,
    s: &'static SheetWords,
    year: i32,
    rows: Vec<Row>,
    done: bool,
    /// Whether the reader may enter days.
    may: bool,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    year: Option<i32>,
    done: Option<String>,
}

#[get("/calendar-days")]
async fn calendar_page(state: State, visitor: Visitor<ReadDirectory>, Query(asked): Query<Asked>) -> AppResult<HttpResponse> {
    let filled = state.read(move |conn, at| {
        let (shell, language) = (visitor.shell.clone(), visitor.shell.language);
        let days = calendar_days::list(conn, &visitor, CalendarDayQuery { year: asked.year }, at)?;
        Ok(CalendarPage {
            t: CalendarWords::of(language),
            s: SheetWords::of(language),
            year: asked.year.unwrap_or_else(|| at.today().year()),
            rows: days.into_iter().map(|day| row(day.into(), language)).collect(),
            done: asked.done.is_some(),
            may: visitor.covers_a_root() && shell.may("write_directory"),
            shell,
        })
    });
    page::show(&filled.await?)
}

fn row(day: CalendarDayView, language: Language) -> Row {
    Row {
        weekday: weekday(day.day, language),
        assumed: day.law.as_ref().is_some_and(|law| law.assumed),
        law: day.law.map(|law| law.name),
        voided: day.entered.as_ref().is_some_and(|entered| entered.voided_at.is_some()),
        entered: day.entered.map(|entered| (entered.kind.label(language), entered.name, entered.source)),
        working: day.working,
        day: day.day,
    }
}

fn weekday(day: NaiveDate, language: Language) -> &'static str {
    const NAMES: [(&str, &str); 7] = [
        ("thứ Hai", "Monday"),
        ("thứ Ba", "Tuesday"),
        ("thứ Tư", "Wednesday"),
        ("thứ Năm", "Thursday"),
        ("thứ Sáu", "Friday"),
        ("thứ Bảy", "Saturday"),
        ("Chủ nhật", "Sunday"),
    ];
    let (vi, en) = usize::try_from(day.weekday().num_days_from_monday()).ok().and_then(|at| NAMES.get(at)).copied().unwrap_or_default();
    if language == Language::Vi { vi } else { en }
}

/// Enters a day, or changes the entry.
#[derive(Clone)]
struct Entry;

impl Asks for Entry {
    type Right = WriteDirectory;

    fn sheet(&self, conn: &mut Connection, visitor: &Visitor<WriteDirectory>, typed: &Typed, _: &Moment) -> AppResult<Sheet> {
        let (language, t) = (visitor.shell.language, CalendarWords::of(visitor.shell.language));
        let typed = standing(conn, visitor, typed.clone())?;
        let kinds = choices::names(CalendarDayKind::ALL, CalendarDayKind::as_str, None, language);
        let field = |name: (&'static str, &'static str), label, kind| Field::new(&typed, name, label, kind);
        Ok(Sheet {
            fields: vec![
                field(("day", "/day"), t.day, Kind::Day),
                field(("kind", "/kind"), t.kind, Kind::One(vec![Group { label: "", choices: kinds }])),
                field(("name", "/name"), t.name, Kind::Line).hint(t.name_hint),
                field(("source", "/source"), t.source, Kind::Line).optional(),
            ],
            hidden: vec![("version", typed.get("version").unwrap_or("0").to_owned())],
            lead: Some(t.shared.to_owned()),
            ..sheet(t, t.enter, "/calendar-days")
        })
    }

    fn carry_out(&self, conn: &mut Connection, visitor: &Visitor<WriteDirectory>, typed: &Typed, at: &Moment) -> AppResult<String> {
        let day = day_of(typed)?;
        let said: CalendarDayDraft = draft(typed.texts(&["kind", "name", "source"]).into())?;
        // An entry of the same day that was not seen is not written over.
        calendar_days::put(conn, visitor, day, Expected::Version(typed.version()), &said, at)?;
        Ok(format!("/calendar-days?year={}&done=entered#content", day.year()))
    }
}

/// What was entered for the day, in the form that is opened for it.
fn standing(conn: &mut Connection, visitor: &Visitor<WriteDirectory>, typed: Typed) -> AppResult<Typed> {
    let Ok(day) = day_of(&typed) else { return Ok(typed) };
    if typed.get("version").is_some() {
        return Ok(typed);
    }
    let found = calendar_days::get(conn, &visitor.actor().permit::<ReadDirectory>()?, DayReference::Day(day))?;
    let Some(entered) = found.entered else { return Ok(typed) };
    let typed = typed.or("version", entered.version.to_string()).or("kind", entered.kind.as_str()).or("name", entered.name);
    Ok(typed.or("source", entered.source.unwrap_or_default()))
}

/// Takes an entry back.
#[derive(Clone)]
struct Voiding;

impl Asks for Voiding {
    type Right = WriteDirectory;

    fn sheet(&self, _: &mut Connection, visitor: &Visitor<WriteDirectory>, typed: &Typed, _: &Moment) -> AppResult<Sheet> {
        let (language, t) = (visitor.shell.language, CalendarWords::of(visitor.shell.language));
        let day = day_of(typed).map_err(|_| AppError::new(codes::NOT_FOUND))?;
        Ok(Sheet {
            title: format!("{}: {}", t.take_back, visitor.shell.day(&day)),
            fields: vec![Field::new(typed, ("reason", "/reason"), SheetWords::of(language).reason, Kind::Lines)],
            hidden: vec![("day", day.to_string())],
            submit: t.take_back,
            ..sheet(t, "", "/calendar-days/voiding")
        })
    }

    fn carry_out(&self, conn: &mut Connection, visitor: &Visitor<WriteDirectory>, typed: &Typed, at: &Moment) -> AppResult<String> {
        let day = day_of(typed)?;
        let said: CalendarDayVoiding = draft(typed.texts(&["reason"]).into())?;
        calendar_days::void(conn, visitor, day, &said, at)?;
        Ok(format!("/calendar-days?year={}&done=voided#content", day.year()))
    }
}

fn day_of(typed: &Typed) -> AppResult<NaiveDate> {
    let day = typed.get("day").ok_or_else(|| AppError::invalid("/day", rules::REQUIRED))?;
    day.parse().map_err(|_| AppError::invalid("/day", rules::FORMAT))
}

fn sheet(t: &CalendarWords, title: &str, action: &str) -> Sheet {
    Sheet {
        title: title.to_owned(),
        above: ("/calendar-days".to_owned(), t.title.to_owned()),
        lead: None,
        action: action.to_owned(),
        fields: Vec::new(),
        hidden: Vec::new(),
        submit: t.save,
    }
}

#[get("/calendar-days/entry")]
async fn entry_page(state: State, visitor: Visitor<WriteDirectory>, asked: Opened) -> AppResult<HttpResponse> {
    field_form::open(&state, visitor, Entry, asked).await
}

#[post("/calendar-days")]
async fn enter_day(state: State, visitor: Visitor<WriteDirectory>, form: Filled) -> AppResult<HttpResponse> {
    field_form::send(&state, visitor, Entry, form).await
}

#[get("/calendar-days/voiding")]
async fn voiding_page(state: State, visitor: Visitor<WriteDirectory>, asked: Opened) -> AppResult<HttpResponse> {
    field_form::open(&state, visitor, Voiding, asked).await
}

#[post("/calendar-days/voiding")]
async fn void_day(state: State, visitor: Visitor<WriteDirectory>, form: Filled) -> AppResult<HttpResponse> {
    field_form::send(&state, visitor, Voiding, form).await
}
