//! `/period-locks`: the periods that are closed to reports, and the forms that close one, open it again, or leave it
//! open to a unit.

use actix_web::web::{Path, ServiceConfig};
use actix_web::{HttpResponse, get, post};
use askama::Template;
use serde::Deserialize;

use super::choices;
use super::field_form::{self, Asks, Filled, Opened, SheetWords};
use super::fields::{Field, Kind, Sheet, Typed};
use super::forms::{self, Query, draft};
use super::obligations::period;
use super::page::{self, Shell};
use super::session::{State, Visitor};
use super::task_history::time;
use crate::domain::period_locks::{LockAction, LockExceptionDraft, PeriodLockDraft, PeriodLockQuery, PeriodOpening};
use crate::domain::{Id, Language, Moment};
use crate::error::AppResult;
use crate::service::access::{ReadWork, Verify};
use crate::service::lookup::Expected;
use crate::service::period_locks::{self, ShownLock};
use crate::state::Connection;

/// The routes of this page.
pub fn configure(config: &mut ServiceConfig) {
    config
        .service(locks_page)
        .service(new_page)
        .service(create)
        .service(opening_page)
        .service(open)
        .service(exception_page)
        .service(except);
}

words! {
    /// Words of locks.
    LockWords {
        title = "Khóa kỳ báo cáo", "Closed periods";
        lead = "Kỳ đã khóa không nhận thêm báo cáo có số liệu trong kỳ; báo cáo trong kỳ không được xác nhận hay trả lại nữa, trừ đơn vị được mở riêng.", "A closed period takes no more reports that speak of its days, and those that do are neither verified nor returned, except for units to which it was left open.";
        none = "Chưa khóa kỳ nào.", "No period was closed yet.";
        lock = "Khóa kỳ", "Close a period";
        open = "Mở lại kỳ", "Open again";
        except = "Mở riêng cho đơn vị", "Leave open to a unit";
        period = "Kỳ báo cáo", "Period";
        period_hint = "Ví dụ: 2023Q3, 2023-09, 2023H1, 2023", "For instance 2023Q3, 2023-09, 2023H1, 2023";
        area = "Tỉnh", "Province";
        note = "Ghi chú", "Note";
        unit = "Đơn vị", "Unit";
        unit_hint = "Gồm cả các đơn vị trực thuộc", "With the units below it";
        until = "Đến hết ngày", "Until";
        until_hint = "Tối đa 31 ngày kể từ hôm nay", "At most 31 days from today";
        locked = "đã khóa", "closed";
        opened = "đã mở lại", "opened again";
        left_open = "Mở riêng cho", "Left open to";
        by = "bởi", "by";
        waiting = "báo cáo trong kỳ đang chờ xác nhận sẽ không xác nhận được nữa", "reports of the period still wait, and could not be verified any more";
        no_waiting = "Không còn báo cáo nào trong kỳ đang chờ xác nhận.", "No report of the period is waiting.";
        done = "Đã ghi.", "Recorded.";
    }
}

/// A lock on the page.
struct Row {
    id: Id,
    period: String,
    province: String,
    days: String,
    stands: bool,
    about: String,
    note: Option<String>,
    opened: Option<(String, String)>,
    exceptions: Vec<(String, String)>,
    acts: bool,
}

#[derive(Template)]
#[template(path = "period_locks.html")]
struct LocksPage {
    shell: Shell,
    t: &'static LockWords,
    done: bool,
    may: bool,
    rows: Vec<Row>,
}

#[derive(Deserialize, Default)]
struct Asked {
    #[serde(default)]
    done: String,
}

#[get("/period-locks")]
async fn locks_page(state: State, visitor: Visitor<ReadWork>, Query(asked): Query<Asked>) -> AppResult<HttpResponse> {
    let page = state.read(move |conn, _| {
        let t = LockWords::of(visitor.shell.language);
        let found = period_locks::list(conn, &visitor, PeriodLockQuery { limit: Some(200), ..PeriodLockQuery::default() })?;
        let rows = found.items.into_iter().map(|shown| row(shown, t, &visitor.shell)).collect();
        let may = visitor.actor().permit::<Verify>().is_ok_and(|permit| permit.covers_a_root());
        Ok::<_, crate::error::AppError>(LocksPage { shell: visitor.shell.clone(), t, done: !asked.done.is_empty(), may, rows })
    });
    page::show(&page.await?)
}

fn row(shown: ShownLock, t: &LockWords, shell: &Shell) -> Row {
    let ShownLock { lock, root, locked_by, opened_by, exceptions, actions } = shown;
    let told = |what: &str, at: chrono::NaiveDateTime, who: Option<String>| {
        let who = who.map(|name| format!(" {} {name}", t.by)).unwrap_or_default();
        format!("{what} {}{who}", time(at.and_utc(), shell.language))
    };
    let spared =
        |unit: &str, until: &chrono::NaiveDate| format!("{} {unit} · {} {}", t.left_open, t.until.to_lowercase(), shell.day(until));
    Row {
        id: lock.id,
        period: period(&lock.period, shell.language),
        province: root.name,
        days: format!("{} – {}", shell.day(&lock.starts_on), shell.day(&lock.ends_on)),
        stands: lock.opened_at.is_none(),
        about: told(t.locked, lock.recorded_at, locked_by),
        note: lock.note,
        opened: lock.opened_at.map(|at| (told(t.opened, at, opened_by), lock.opening_reason.unwrap_or_default())),
        exceptions: exceptions.into_iter().map(|(e, unit, _)| (spared(&unit.name, &e.until), e.reason)).collect(),
        acts: actions.contains(&LockAction::Open),
    }
}

/// Closes a period.
#[derive(Clone, Copy)]
struct Locking;

/// Opens one again.
#[derive(Clone, Copy)]
struct Reopening(Id);

/// Leaves one open to a unit.
#[derive(Clone, Copy)]
struct Excepting(Id);

fn sheet(language: Language, title: &'static str, action: String, fields: Vec<Field>) -> Sheet {
    let t = LockWords::of(language);
    let above = ("/period-locks".to_owned(), t.title.to_owned());
    Sheet { title: title.to_owned(), above, lead: Some(t.lead.to_owned()), action, fields, hidden: Vec::new(), submit: title }
}

fn drafted(typed: &Typed) -> AppResult<PeriodLockDraft> {
    draft(typed.texts(&["period", "area", "note"]).into())
}

impl Asks for Locking {
    type Right = Verify;
    const CHECKED: bool = true;

    fn sheet(&self, conn: &mut Connection, visitor: &Visitor<Verify>, typed: &Typed, _: &Moment) -> AppResult<Sheet> {
        let (language, t) = (visitor.shell.language, LockWords::of(visitor.shell.language));
        let mut fields = vec![Field::new(typed, ("period", "/period"), t.period, Kind::Line).hint(t.period_hint)];
        if visitor.actor().roots().len() > 1 {
            let roots = choices::areas_within(conn, visitor, language, true)?;
            fields.push(Field::new(typed, ("area", "/area"), t.area, Kind::One(roots)));
        }
        fields.push(Field::new(typed, ("note", "/note"), t.note, Kind::Lines).optional());
        Ok(sheet(language, t.lock, "/period-locks/new".to_owned(), fields))
    }

    fn check(&self, conn: &mut Connection, visitor: &Visitor<Verify>, typed: &Typed, at: &Moment) -> AppResult<Vec<String>> {
        let (language, t) = (visitor.shell.language, LockWords::of(visitor.shell.language));
        let told = period_locks::would_lock(conn, visitor, &drafted(typed)?, at)?;
        let waiting = if told.waiting > 0 { format!("{} {}.", told.waiting, t.waiting) } else { t.no_waiting.to_owned() };
        Ok(vec![row(told.shown, t, &visitor.shell).days, period(typed.get("period").unwrap_or_default(), language), waiting])
    }

    fn carry_out(&self, conn: &mut Connection, visitor: &Visitor<Verify>, typed: &Typed, at: &Moment) -> AppResult<String> {
        period_locks::lock(conn, visitor, &drafted(typed)?, at)?;
        Ok("/period-locks?done=locked".to_owned())
    }
}

impl Asks for Reopening {
    type Right = Verify;

    fn sheet(&self, conn: &mut Connection, visitor: &Visitor<Verify>, typed: &Typed, _: &Moment) -> AppResult<Sheet> {
        let (language, t) = (visitor.shell.language, LockWords::of(visitor.shell.language));
        let shown = period_locks::get(conn, &visitor.actor().permit::<ReadWork>()?, self.0)?.shown;
        let fields = vec![Field::new(typed, ("reason", "/reason"), SheetWords::of(language).reason, Kind::Lines)];
        let version = typed.get("version").map_or_else(|| shown.lock.version.to_string(), ToOwned::to_owned);
        let lead = Some(format!("{}: {}", shown.root.name, period(&shown.lock.period, language)));
        let form = sheet(language, t.open, format!("/period-locks/{}/opening", self.0), fields);
        Ok(Sheet { hidden: vec![("version", version)], lead, ..form })
    }

    fn carry_out(&self, conn: &mut Connection, visitor: &Visitor<Verify>, typed: &Typed, at: &Moment) -> AppResult<String> {
        let target = period_locks::target(conn, visitor, self.0, Expected::Version(typed.version()))?;
        let said: PeriodOpening = draft(typed.texts(&["reason"]).into())?;
        period_locks::open(conn, visitor, target, &said, at)?;
        Ok("/period-locks?done=opened".to_owned())
    }
}

impl Asks for Excepting {
    type Right = Verify;

    fn sheet(&self, conn: &mut Connection, visitor: &Visitor<Verify>, typed: &Typed, at: &Moment) -> AppResult<Sheet> {
        let (language, t) = (visitor.shell.language, LockWords::of(visitor.shell.language));
        let shown = period_locks::get(conn, &visitor.actor().permit::<ReadWork>()?, self.0)?.shown;
        let known = choices::unit_labels::<Verify>(conn, visitor, Some(at.today()))?;
        let fields = vec![
            Field::single(typed, ("unit", "/unit"), t.unit, &known).hint(t.unit_hint),
            Field::new(typed, ("until", "/until"), t.until, Kind::Day).hint(t.until_hint),
            Field::new(typed, ("reason", "/reason"), SheetWords::of(language).reason, Kind::Lines),
        ];
        let lead = Some(format!("{}: {}", shown.root.name, period(&shown.lock.period, language)));
        Ok(Sheet { lead, ..sheet(language, t.except, format!("/period-locks/{}/exceptions", self.0), fields) })
    }

    fn carry_out(&self, conn: &mut Connection, visitor: &Visitor<Verify>, typed: &Typed, at: &Moment) -> AppResult<String> {
        let target = period_locks::target(conn, visitor, self.0, Expected::Any)?;
        let mut said = typed.texts(&["until", "reason"]);
        said.extend(typed.codes("unit").pop().map(|code| ("unit".to_owned(), code.into())));
        let said: LockExceptionDraft = draft(said.into())?;
        period_locks::except(conn, visitor, target, &said, at)?;
        Ok("/period-locks?done=excepted".to_owned())
    }
}

#[get("/period-locks/new")]
async fn new_page(state: State, visitor: Visitor<Verify>, asked: Opened) -> AppResult<HttpResponse> {
    field_form::open(&state, visitor, Locking, asked).await
}

#[post("/period-locks/new")]
async fn create(state: State, visitor: Visitor<Verify>, form: Filled) -> AppResult<HttpResponse> {
    field_form::send(&state, visitor, Locking, form).await
}

#[get("/period-locks/{lock}/opening")]
async fn opening_page(state: State, visitor: Visitor<Verify>, which: Path<String>, asked: Opened) -> AppResult<HttpResponse> {
    field_form::open(&state, visitor, Reopening(forms::id(&which)?), asked).await
}

#[post("/period-locks/{lock}/opening")]
async fn open(state: State, visitor: Visitor<Verify>, which: Path<String>, form: Filled) -> AppResult<HttpResponse> {
    field_form::send(&state, visitor, Reopening(forms::id(&which)?), form).await
}

#[get("/period-locks/{lock}/exceptions")]
async fn exception_page(state: State, visitor: Visitor<Verify>, which: Path<String>, asked: Opened) -> AppResult<HttpResponse> {
    field_form::open(&state, visitor, Excepting(forms::id(&which)?), asked).await
}

#[post("/period-locks/{lock}/exceptions")]
async fn except(state: State, visitor: Visitor<Verify>, which: Path<String>, form: Filled) -> AppResult<HttpResponse> {
    field_form::send(&state, visitor, Excepting(forms::id(&which)?), form).await
}
