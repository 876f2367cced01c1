//! `/statistics`, `/late`, `/silent`, `/loops`, `/ranking`: tables of units, each count with the way to its tasks.

mod loops;
mod words;

use actix_web::web::ServiceConfig;
use actix_web::{HttpResponse, get};
use askama::Template;
use chrono::NaiveDate;
use serde::Deserialize;

use super::choices::{self, Choice};
use super::figures::{address, part, percent};
use super::forms::Query;
use super::labels::Label;
use super::page::{self, Shell};
use super::session::{State, Visitor};
use crate::domain::Moment;
use crate::domain::dashboards::{DashboardQuery, Frame};
use crate::domain::lateness::{CLASSES, Lateness};
use crate::domain::ranking::{RankedBy, RankingQuery};
use crate::domain::silence::{Silence, SilenceQuery};
use crate::domain::statistics::{FourWay, StatisticsQuery};
use crate::error::AppResult;
use crate::service::access::ReadDashboards;
use crate::service::dashboards;
use crate::state::Connection;
use crate::view::lateness::LatenessView;
use crate::view::ranking::RankingView;
use crate::view::silence::SilenceView;
use crate::view::statistics::StatisticsView;
use crate::view::units::UnitRef;
use words::TableWords;

/// The routes of these pages.
pub fn configure(config: &mut ServiceConfig) {
    config.service(statistics_page).service(late_page).service(silent_page).service(loops::loops_page).service(ranking_page);
}

/// One number or word of a line, and where its tasks are.
struct Cell {
    text: String,
    href: Option<String>,
    zero: bool,
}

impl Cell {
    fn word(text: String) -> Self {
        Self { text, href: None, zero: false }
    }

    /// A count, and how its tasks are asked for, if the reader may see them.
    fn count(count: u32, rows: Option<&str>, filter: &str) -> Self {
        let href = rows.filter(|_| count > 0 && filter != "-").map(|rows| address(&[rows, "counted=true", filter]));
        Self { text: count.to_string(), href, zero: count == 0 }
    }
}

struct Row {
    name: String,
    href: Option<String>,
    ended: Option<NaiveDate>,
    cells: Vec<Cell>,
}

/// What a table may be asked for: a day, a number, or one of several.
enum Field {
    Day { name: &'static str, label: &'static str, value: String },
    Number { name: &'static str, label: &'static str, value: i64 },
    One { name: &'static str, label: &'static str, choices: Vec<Choice> },
}

#[derive(Template)]
#[template(path = "unit_table.html")]
struct TablePage {
    shell: Shell,
    t: &'static TableWords,
    title: &'static str,
    about: &'static str,
    as_of: NaiveDate,
    illustrative: bool,
    fields: Vec<Field>,
    heads: Vec<&'static str>,
    rows: Vec<Row>,
    total: Option<Row>,
}

impl TablePage {
    fn new(visitor: &Reader, (title, about): (&'static str, &'static str), frame: &Frame) -> Self {
        let (shell, t) = (visitor.shell.clone(), TableWords::of(visitor.shell.language));
        let (as_of, illustrative) = (frame.as_of, frame.illustrative);
        Self { shell, t, title, about, as_of, illustrative, fields: Vec::new(), heads: Vec::new(), rows: Vec::new(), total: None }
    }

    /// Leaves out the units of which there is nothing to tell.
    fn telling(mut self) -> Self {
        self.rows.retain(|row| row.cells.iter().any(|cell| !cell.zero && cell.href.is_some()));
        self
    }

    /// The addresses and names of the other tables.
    fn others(&self) -> Vec<(&'static str, &'static str)> {
        let t = self.t;
        let all = [("/statistics", t.statistics), ("/late", t.late), ("/silent", t.silent), ("/loops", t.loops), ("/ranking", t.ranking)];
        all.into_iter().filter(|(_, name)| *name != self.title).collect()
    }
}

type Reader = Visitor<ReadDashboards>;

/// What the pages may be asked for.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    from: Option<NaiveDate>,
    to: Option<NaiveDate>,
    as_of: Option<NaiveDate>,
    days: Option<i64>,
    by: Option<RankedBy>,
}

impl Asked {
    fn query(&self) -> DashboardQuery {
        DashboardQuery { as_of: self.as_of, ..DashboardQuery::default() }
    }

    fn day(&self, t: &TableWords, frame: &Frame) -> Field {
        Field::Day { name: "as_of", label: t.to, value: self.as_of.unwrap_or(frame.as_of).to_string() }
    }
}

/// A line about a unit; `cells` are made with the part of a query that lists its tasks.
fn row(unit: UnitRef, frame: &Frame, cells: impl Fn(Option<&str>) -> Vec<Cell>) -> Row {
    let rows = within(&part("unit", Some(&unit.code)), frame);
    let ended = unit.valid_to.filter(|to| *to < frame.as_of);
    Row { href: Some(format!("/units/{}", unit.code)), ended, cells: cells(Some(&rows)), name: unit.name }
}

fn total(visitor: &Reader, t: &TableWords, frame: &Frame, cells: impl Fn(Option<&str>) -> Vec<Cell>) -> Row {
    let rows = visitor.covers_a_root().then(|| within("", frame));
    Row { href: None, ended: None, cells: cells(rows.as_deref()), name: t.all.to_owned() }
}

/// The part of a query with the day, if it is a past one.
fn within(rows: &str, frame: &Frame) -> String {
    let past = (frame.as_of != frame.today).then(|| frame.as_of.to_string());
    let parts = [rows.to_owned(), part("as_of", past.as_deref())];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("&")
}

#[get("/statistics")]
async fn statistics_page(state: State, visitor: Reader, Query(asked): Query<Asked>) -> AppResult<HttpResponse> {
    page::show(&state.read(move |conn, at| statistics(conn, &visitor, &asked, at)).await?)
}

fn statistics(conn: &mut Connection, visitor: &Reader, asked: &Asked, at: &Moment) -> AppResult<TablePage> {
    let query = StatisticsQuery { from: asked.from, to: asked.to, ..StatisticsQuery::default() };
    let lines = dashboards::statistics(conn, visitor, &query, at)?;
    let frame = lines.frame;
    let mut page = TablePage::new(visitor, words_of(visitor, |t| (t.statistics, t.statistics_about)), &frame);
    let t = page.t;
    let view = StatisticsView::new(asked.from, lines);
    // Lists cannot be asked for a period of assignment: only without its beginning do they say the same.
    let listed = asked.from.is_none() && frame.as_of == frame.today;
    let cells = |four: FourWay| {
        move |rows: Option<&str>| {
            let count = |count, filter: &str| Cell::count(count, rows.filter(|_| listed), filter);
            vec![
                count(four.total, "-"),
                count(four.completed, "lifecycle=completed"),
                count(four.completed_on_time, "timeliness=on_time"),
                count(four.completed_late, "timeliness=late"),
                count(four.open_in_time, "timeliness=in_time&timeliness=due_soon&timeliness=no_deadline"),
                count(four.open_overdue, "timeliness=overdue"),
            ]
        }
    };
    page.heads = vec![t.total, t.completed, t.on_time, t.completed_late, t.open_in_time, t.open_overdue];
    page.fields = vec![
        Field::Day { name: "from", label: t.from, value: asked.from.map(|day| day.to_string()).unwrap_or_default() },
        Field::Day { name: "to", label: t.to, value: view.to.to_string() },
    ];
    page.total = Some(total(visitor, t, &frame, cells(view.total)));
    page.rows = view.items.into_iter().map(|line| row(line.unit, &frame, cells(line.statistics))).collect();
    Ok(page)
}

#[get("/late")]
async fn late_page(state: State, visitor: Reader, Query(asked): Query<Asked>) -> AppResult<HttpResponse> {
    page::show(&state.read(move |conn, at| late(conn, &visitor, &asked, at)).await?)
}

fn late(conn: &mut Connection, visitor: &Reader, asked: &Asked, at: &Moment) -> AppResult<TablePage> {
    let lines = dashboards::lateness(conn, visitor, &asked.query(), &[], at)?;
    let frame = lines.frame;
    let mut page = TablePage::new(visitor, words_of(visitor, |t| (t.late, t.late_about)), &frame);
    let t = page.t;
    let view = LatenessView::from(lines);
    page.heads = vec![t.overdue, t.up_to_30, t.up_to_90, t.up_to_180, t.more, t.longest, t.done_late, t.rescheduled, t.by_original];
    page.fields = vec![asked.day(t, &frame)];
    page.total = Some(total(visitor, t, &frame, |rows| late_cells(&view.total, rows)));
    page.rows = view.items.into_iter().map(|line| row(line.unit, &frame, |rows| late_cells(&line.lateness, rows))).collect();
    Ok(page.telling())
}

fn late_cells(lateness: &Lateness, rows: Option<&str>) -> Vec<Cell> {
    let [month, quarter, half] = CLASSES;
    let by = lateness.overdue_by;
    let between = |from: i64, to: i64| format!("days_late_min={from}&days_late_max={to}");
    vec![
        Cell::count(lateness.overdue, rows, "timeliness=overdue"),
        Cell::count(by.up_to_30, rows, &between(1, month)),
        Cell::count(by.up_to_90, rows, &between(month + 1, quarter)),
        Cell::count(by.up_to_180, rows, &between(quarter + 1, half)),
        Cell::count(by.more, rows, &format!("days_late_min={}", half + 1)),
        Cell::word(lateness.longest_days.map_or_else(|| "–".to_owned(), |days| days.to_string())),
        Cell::count(lateness.completed_late, rows, "timeliness=late"),
        Cell::count(lateness.rescheduled, rows, "rescheduled=true"),
        Cell::count(lateness.overdue_by_original, rows, "timeliness=overdue&against=original"),
    ]
}

#[get("/silent")]
async fn silent_page(state: State, visitor: Reader, Query(asked): Query<Asked>) -> AppResult<HttpResponse> {
    page::show(&state.read(move |conn, at| silent(conn, &visitor, &asked, at)).await?)
}

fn silent(conn: &mut Connection, visitor: &Reader, asked: &Asked, at: &Moment) -> AppResult<TablePage> {
    let found = dashboards::silence(conn, visitor, (&asked.query(), SilenceQuery { days: asked.days }), &[], at)?;
    let (days, frame) = (found.0, found.1.frame);
    let mut page = TablePage::new(visitor, words_of(visitor, |t| (t.silent, t.silent_about)), &frame);
    let t = page.t;
    let view = SilenceView::from(found);
    let cells = |silence: Silence| {
        move |rows: Option<&str>| {
            vec![
                Cell::count(silence.open, rows, "lifecycle=not_started&lifecycle=in_progress&lifecycle=product_submitted"),
                Cell::count(silence.silent, rows, &format!("silent_days={days}")),
                Cell::count(silence.never_reported, rows, &format!("silent_days={days}&reported=false")),
                Cell::word(silence.longest_days.map_or_else(|| "–".to_owned(), |days| days.to_string())),
            ]
        }
    };
    page.heads = vec![t.open, t.quiet, t.never, t.longest];
    page.fields = vec![Field::Number { name: "days", label: t.days, value: days }, asked.day(t, &frame)];
    page.total = Some(total(visitor, t, &frame, cells(view.total)));
    page.rows = view.items.into_iter().map(|line| row(line.unit, &frame, cells(line.silence))).collect();
    Ok(page.telling())
}

#[get("/ranking")]
async fn ranking_page(state: State, visitor: Reader, Query(asked): Query<Asked>) -> AppResult<HttpResponse> {
    page::show(&state.read(move |conn, at| ranking(conn, &visitor, &asked, at)).await?)
}

fn ranking(conn: &mut Connection, visitor: &Reader, asked: &Asked, at: &Moment) -> AppResult<TablePage> {
    let language = visitor.shell.language;
    let query = RankingQuery { by: asked.by, kind: Vec::new() };
    let ranked = dashboards::ranking::ranking(conn, visitor, (&asked.query(), &query), at)?;
    let (frame, by) = (ranked.0, ranked.1);
    let mut page = TablePage::new(visitor, words_of(visitor, |t| (t.ranking, t.ranking_about)), &frame);
    let t = page.t;
    page.heads = vec![t.place, t.score, t.expected, t.reported, t.on_time, t.completed_late, t.open_overdue];
    let ways = choices::names(RankedBy::ALL, RankedBy::as_str, Some(by.as_str()), language);
    page.fields = vec![Field::One { name: "by", label: t.by, choices: ways }, asked.day(t, &frame)];
    let line = |line: crate::view::ranking::RankedView| {
        let (tasks, coverage) = (line.totals.tasks, line.totals.progress.coverage);
        let place = line.place.map(|place| place.to_string()).or(line.caveat.map(|why| why.label(language).to_owned()));
        row(line.unit, &frame, |rows| {
            vec![
                Cell::word(place.clone().unwrap_or_default()),
                Cell::word(percent(line.score, language)),
                Cell::count(coverage.expected, rows, "-"),
                Cell::count(coverage.reported, rows, "reported=true"),
                Cell::count(tasks.completed_on_time, rows, "timeliness=on_time"),
                Cell::count(tasks.completed_late, rows, "timeliness=late"),
                Cell::count(tasks.open_overdue, rows, "timeliness=overdue"),
            ]
        })
    };
    page.rows = RankingView::from(ranked).items.into_iter().map(line).collect();
    Ok(page)
}

fn words_of(visitor: &Reader, of: fn(&'static TableWords) -> (&'static str, &'static str)) -> (&'static str, &'static str) {
    of(TableWords::of(visitor.shell.language))
}
