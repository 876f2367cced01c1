//! `/tasks`: the list of tasks behind every number, and the way to find one.

use actix_web::web::ServiceConfig;
use actix_web::{HttpResponse, get};
use askama::Template;
use chrono::NaiveDate;
use serde::Deserialize;

use super::choices::{self, Choice, choice, names};
use super::figures::{part, percent};
use super::forms::Query;
use super::labels::Label;
use super::obligations::done_of;
use super::page::{self, Shell};
use super::session::{State, Visitor};
use crate::domain::areas::{AreaLevel, AreaQuery};
use crate::domain::dashboards::Basis;
use crate::domain::resolutions::PartQuery;
use crate::domain::six_clears::Clear;
use crate::domain::task_drafts::TaskQuery;
use crate::domain::tasks::Lifecycle;
use crate::domain::timeliness::{Against, Timeliness};
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

/// What the list may be asked for; every number of a dashboard is such a question.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Asked {
    q: Option<String>,
    unit: Option<String>,
    #[serde(default)]
    subtree: bool,
    area: Option<String>,
    timeliness: Option<Timeliness>,
    against: Option<Against>,
    rescheduled: Option<bool>,
    lifecycle: Option<Lifecycle>,
    reported: Option<bool>,
    breakthrough: Option<Id>,
    pillar: Option<Id>,
    resolution: Option<Id>,
    clause: Option<Id>,
    cites: Option<bool>,
    unit_group: Option<String>,
    #[serde(default)]
    lacks: Vec<Clear>,
    #[serde(default)]
    counted: bool,
    pub(super) as_of: Option<NaiveDate>,
    basis: Option<Basis>,
    cursor: Option<String>,
}

impl Asked {
    pub(super) fn query(&self) -> TaskQuery {
        TaskQuery {
            lead_unit: self.unit.clone().map(Reference::from),
            subtree: self.subtree,
            area: self.area.clone().map(Reference::from),
            breakthrough: self.breakthrough,
            pillar: self.pillar,
            resolution: self.resolution,
            clause: self.clause,
            cites: self.cites,
            unit_group: self.unit_group.clone().map(Reference::from),
            lacks: self.lacks.clone(),
            lifecycle: self.lifecycle.into_iter().collect(),
            timeliness: self.timeliness.into_iter().collect(),
            against: self.against,
            rescheduled: self.rescheduled,
            reported: self.reported,
            counted: self.counted,
            as_of: self.as_of,
            basis: self.basis,
            q: self.q.clone(),
            cursor: self.cursor.clone(),
            ..TaskQuery::default()
        }
    }

    /// The address of the whole list as a file: `asked.file("csv")`.
    fn file(&self, end: &str) -> String {
        self.at(None).replacen("/tasks", &format!("/tasks.{end}"), 1)
    }

    /// Whether tasks are judged by the deadlines they were issued with.
    fn by_original(&self) -> bool {
        self.against == Some(Against::Original)
    }

    /// Whether anything is asked but words and the day, so that all filters are shown.
    fn is_narrow(&self) -> bool {
        let named = [&self.unit, &self.area].into_iter().any(Option::is_some);
        named
            || self.timeliness.is_some()
            || self.lifecycle.is_some()
            || self.reported.is_some()
            || self.breakthrough.is_some()
            || !self.lacks.is_empty()
    }

    /// The address of the page that begins at a cursor.
    fn at(&self, cursor: Option<&str>) -> String {
        let flag = |name: &str, set: bool| part(name, set.then_some("true"));
        let id = |of: Option<Id>| of.map(|id| id.to_string());
        let [breakthrough, pillar, resolution, clause] = [self.breakthrough, self.pillar, self.resolution, self.clause].map(id);
        let day = self.as_of.map(|day| day.to_string());
        let lacks = self.lacks.iter().map(|clear| format!("lacks={}", clear.as_str())).collect::<Vec<_>>().join("&");
        let parts = [
            part("q", self.q.as_deref()),
            part("unit", self.unit.as_deref()),
            flag("subtree", self.subtree),
            part("area", self.area.as_deref()),
            part("timeliness", self.timeliness.map(Timeliness::as_str)),
            part("against", self.against.map(Against::as_str)),
            part("rescheduled", self.rescheduled.map(yes)),
            part("lifecycle", self.lifecycle.map(Lifecycle::as_str)),
            part("reported", self.reported.map(yes)),
            part("breakthrough", breakthrough.as_deref()),
            part("pillar", pillar.as_deref()),
            part("resolution", resolution.as_deref()),
            part("clause", clause.as_deref()),
            part("cites", self.cites.map(yes)),
            part("unit_group", self.unit_group.as_deref()),
            lacks,
            flag("counted", self.counted),
            part("as_of", day.as_deref()),
            part("basis", self.basis.map(Basis::as_str)),
            part("cursor", cursor),
        ];
        super::figures::address(&parts.each_ref().map(String::as_str))
    }
}

/// A flag as addresses have it.
fn yes(set: bool) -> &'static str {
    if set { "true" } else { "false" }
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
        timeliness: names(Timeliness::ALL, Timeliness::as_str, asked.timeliness.map(Timeliness::as_str), language),
        lifecycles: names(Lifecycle::ALL, Lifecycle::as_str, asked.lifecycle.map(Lifecycle::as_str), language),
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
