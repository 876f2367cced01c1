//! `/tasks`: the list of tasks behind every number, and the way to find one.

use actix_web::web::ServiceConfig;
use actix_web::{HttpResponse, get};
use askama::Template;
use chrono::NaiveDate;

use super::choices::{self, Choice, choice, names};
use super::figures::percent;
use super::forms::Query;
use super::labels::Label;
use super::obligations::done_of;
use super::page::{self, Shell};
use super::session::{State, Visitor};
use super::task_questions::{Asked, yes};
use crate::domain::areas::{AreaLevel, AreaQuery};
use crate::domain::resolutions::PartQuery;
use crate::domain::six_clears::Clear;
use crate::domain::tasks::Lifecycle;
use crate::domain::timeliness::Timeliness;
use crate::domain::{Id, Language, Moment, Reference};
use crate::error::AppResult;
use crate::service::access::{ReadDirectory, ReadWork};
use crate::service::{areas, breakthroughs, tasks};
use crate::state::Connection;
use crate::view::tasks::TaskView;

/// The routes of this page.
pub fn configure(config: &mut ServiceConfig) {
    config.service(task_list_page);
}

words! {
    /// Words of the list.
    ListWords {
        title = "Danh sách nhiệm vụ", "Tasks";
        task = "Nhiệm vụ", "Task";
        secret = "Nhiệm vụ mật", "Secret task";
        lead = "Cơ quan chủ trì", "Lead unit";
        deadline = "Thời hạn", "Deadline";
        no_deadline = "Không có hạn", "No deadline";
        state = "Trạng thái", "State";
        progress = "Tiến độ", "Progress";
        claimed = "báo cáo", "reported";
        verified = "xác nhận", "verified";
        late = "chậm", "late by";
        owed = "Kỳ đã thực hiện", "Periods done";
        days = "ngày", "days";
        waiting = "chờ xác nhận", "to verify";
        q = "Tìm trong tên nhiệm vụ", "Words in the title";
        unit = "Cơ quan chủ trì", "Lead unit";
        area = "Địa bàn", "Area";
        timeliness = "Thời hạn", "Against the deadline";
        lifecycle = "Tình trạng", "State";
        reported = "Báo cáo", "Reports";
        with_report = "Đã có báo cáo", "With a report";
        without_report = "Chưa có báo cáo nào", "Without any";
        breakthrough = "Đột phá", "Breakthrough";
        lacks = "Chưa rõ", "Not clear";
        any = "Tất cả", "All";
        more = "Hiện các mục lọc khác", "Show the other filters";
        apply = "Lọc", "Filter";
        clear = "Bỏ lọc", "Clear";
        found = "nhiệm vụ", "tasks";
        download = "Tải cả danh sách", "Download the whole list";
        secret_left_out = "nhiệm vụ mật được đếm nhưng không hiển thị", "secret tasks are counted but not shown";
        as_of = "Theo số liệu đến hết ngày", "As known at the end of";
        subtree = "gồm cả đơn vị trực thuộc", "with all units below it";
        by_original = "Xét theo thời hạn ban đầu, trước mọi điều chỉnh", "Judged by the deadlines they were issued with";
        original = "ban đầu", "at first";
        counted = "Chỉ nhiệm vụ được tính vào số liệu tổng hợp", "Only what the overview counts";
    }
}

struct Row {
    id: Id,
    title: String,
    lead: String,
    deadline: Option<String>,
    due_on: Option<NaiveDate>,
    /// The words it was issued with, where they were changed.
    original: Option<String>,
    lifecycle: (&'static str, &'static str),
    timeliness: Option<(&'static str, &'static str)>,
    days_late: Option<i64>,
    /// "3/5" of its periods or steps.
    owed: Option<String>,
    claimed: String,
    verified: String,
    waiting: bool,
}

#[derive(Template)]
#[template(path = "task_list.html")]
struct ListPage {
    shell: Shell,
    t: &'static ListWords,
    asked: Asked,
    rows: Vec<Row>,
    /// How many there are on all pages.
    count: i64,
    /// How many more are counted, but secret.
    secret: i64,
    next: Option<String>,
    first: Option<String>,
    units: Vec<Choice>,
    areas: Vec<Choice>,
    timeliness: Vec<Choice>,
    lifecycles: Vec<Choice>,
    reported: Vec<Choice>,
    breakthroughs: Vec<Choice>,
    lacks: Vec<Choice>,
}

#[get("/tasks")]
async fn task_list_page(state: State, visitor: Visitor<ReadWork>, Query(asked): Query<Asked>) -> AppResult<HttpResponse> {
    page::show(&state.read(move |conn, at| fill(conn, &visitor, asked, at)).await?)
}

fn fill(conn: &mut Connection, visitor: &Visitor<ReadWork>, asked: Asked, at: &Moment) -> AppResult<ListPage> {
    let language = visitor.shell.language;
    let t = ListWords::of(language);
    let found = tasks::list(conn, visitor, asked.query(), at)?;
    let tally = tasks::tally(conn, visitor, asked.query(), at)?;
    let views = found.items.into_iter().map(|task| TaskView::new(task.record, task.judgements, task.parts, task.actions));
    Ok(ListPage {
        rows: views.map(|task| row(task, t, language)).collect(),
        count: tally.shown,
        secret: tally.secret,
        next: found.next.map(|cursor| asked.at(Some(&cursor))),
        first: asked.cursor.is_some().then(|| asked.at(None)),
        units: choices::units(conn, &visitor.actor().permit()?, asked.unit.as_deref())?,
        areas: area_choices(conn, visitor, asked.area.as_deref())?,
        timeliness: names(Timeliness::ALL, Timeliness::as_str, asked.timeliness.first().map(|value| value.as_str()), language),
        lifecycles: names(Lifecycle::ALL, Lifecycle::as_str, asked.lifecycle.first().map(|value| value.as_str()), language),
        reported: vec![
            choice(yes(true), t.with_report, asked.reported.map(yes)),
            choice(yes(false), t.without_report, asked.reported.map(yes)),
        ],
        breakthroughs: breakthrough_choices(conn, visitor, asked.breakthrough)?,
        lacks: names(Clear::ALL, Clear::as_str, asked.lacks.first().map(|clear| clear.as_str()), language),
        shell: visitor.shell.clone(),
        t,
        asked,
    })
}

fn row(task: TaskView, t: &'static ListWords, language: Language) -> Row {
    Row {
        id: task.id,
        title: task.title.unwrap_or_else(|| t.secret.to_owned()),
        lead: task.lead_unit.name,
        deadline: task.deadline.map(|deadline| deadline.text),
        original: task.original_deadline.filter(|_| task.rescheduled).map(|deadline| deadline.text),
        due_on: task.due_on,
        lifecycle: (task.lifecycle.as_str(), task.lifecycle.label(language)),
        timeliness: task.timeliness.map(|judged| (judged.as_str(), judged.label(language))),
        days_late: task.days_late.filter(|days| *days > 0),
        owed: task.obligations.as_ref().map(done_of),
        claimed: percent(task.progress.claimed, language),
        verified: percent(task.progress.verified, language),
        waiting: task.waiting_reports > 0,
    }
}

/// Districts; communes are reached from their district's page.
fn area_choices(conn: &mut Connection, visitor: &Visitor<ReadWork>, chosen: Option<&str>) -> AppResult<Vec<Choice>> {
    let permit = visitor.actor().permit::<ReadDirectory>()?;
    let query = AreaQuery { level: Some(AreaLevel::District), limit: Some(200), ..AreaQuery::default() };
    let mut choices: Vec<Choice> =
        areas::list(conn, &permit, query)?.items.iter().map(|area| choice(&area.code, &area.name, chosen)).collect();
    if let Some(other) = chosen.filter(|code| !choices.iter().any(|c| c.value == *code)) {
        let area = areas::get(conn, &permit, &Reference::from(other.to_owned()))?;
        choices.push(choice(other, &area.name, chosen));
    }
    Ok(choices)
}

fn breakthrough_choices(conn: &mut Connection, visitor: &Visitor<ReadWork>, chosen: Option<Id>) -> AppResult<Vec<Choice>> {
    let page = breakthroughs::list(conn, visitor, PartQuery { limit: Some(200), ..PartQuery::default() })?;
    let chosen = chosen.map(|id| id.to_string());
    Ok(page.items.iter().map(|b| choice(&b.id.to_string(), &format!("{}. {}", b.ordinal, b.title), chosen.as_deref())).collect())
}
