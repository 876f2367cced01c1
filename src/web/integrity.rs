//! `/integrity`: what looks wrong, for whoever inspects; each count leads to its rows on the same page.

use actix_web::web::ServiceConfig;
use actix_web::{HttpResponse, get};
use askama::Template;
use chrono::NaiveDate;
use serde::Deserialize;

use super::choices::{self, Choice};
use super::figures::part;
use super::forms::Query;
use super::page::{self, Shell};
use super::session::{State, Visitor};
use crate::domain::briefings::shortened;
use crate::domain::integrity::{Counted, FindingPage, IntegrityQuery, Signal};
use crate::domain::{Language, Moment, Reference};
use crate::error::AppResult;
use crate::service::access::ReadIntegrity;
use crate::service::integrity::{self as service, ShownFinding};
use crate::state::Connection;
use crate::view::integrity::FindingView;

/// The routes of this page.
pub fn configure(config: &mut ServiceConfig) {
    config.service(integrity_page);
}

words! {
    /// Words of this page.
    IntegrityWords {
        title = "Dấu hiệu cần kiểm tra", "Integrity signals";
        lead = "Những dấu hiệu dưới đây không kết luận điều gì và không làm thay đổi số liệu; mỗi dấu hiệu là một quy tắc công khai.", "None of these proves anything and none changes a number; each is a published rule.";
        as_of = "Số liệu đến hết ngày", "Figures at the end of";
        unit = "Cơ quan, gồm cả đơn vị trực thuộc", "Unit, with all below it";
        any = "Tất cả", "All";
        show = "Xem", "Show";
        signal = "Dấu hiệu", "Signal";
        rule = "Quy tắc", "Rule";
        count = "Số lần", "Found";
        demo = "minh họa", "of the demo";
        next = "Trang sau", "Next page";
    }
}

/// A signal of the table.
struct Line {
    name: &'static str,
    rule: String,
    count: usize,
    illustrative: usize,
    href: String,
    chosen: bool,
}

/// Something that was found.
struct Row {
    title: String,
    href: String,
    unit: String,
    unit_href: String,
    on: NaiveDate,
    found: String,
    text: Option<String>,
    illustrative: bool,
}

/// What was found of the signal that was asked for.
struct Rows {
    name: &'static str,
    rule: String,
    rows: Vec<Row>,
    next: Option<String>,
}

#[derive(Template)]
#[template(path = "integrity.html")]
struct IntegrityPage {
    shell: Shell,
    t: &'static IntegrityWords,
    as_of: NaiveDate,
    signal: Option<Signal>,
    units: Vec<Choice>,
    lines: Vec<Line>,
    found: Option<Rows>,
}

/// What the page may be asked for.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    as_of: Option<NaiveDate>,
    unit: Option<String>,
    signal: Option<Signal>,
    cursor: Option<String>,
}

impl Asked {
    fn query(&self) -> IntegrityQuery {
        let unit = self.unit.clone().filter(|unit| !unit.is_empty()).map(Reference::from);
        IntegrityQuery { as_of: self.as_of, unit, ..IntegrityQuery::default() }
    }

    /// The address that asks the same of a signal.
    fn of(&self, signal: Signal, cursor: Option<&str>) -> String {
        let day = self.as_of.map(|day| day.to_string());
        let unit = self.unit.as_deref().filter(|unit| !unit.is_empty());
        let parts = [part("signal", Some(signal.as_str())), part("as_of", day.as_deref()), part("unit", unit), part("cursor", cursor)];
        page::asking("/integrity", &parts.each_ref().map(String::as_str))
    }
}

type Reader = Visitor<ReadIntegrity>;

#[get("/integrity")]
async fn integrity_page(state: State, visitor: Reader, Query(asked): Query<Asked>) -> AppResult<HttpResponse> {
    page::show(&state.read(move |conn, at| fill(conn, &visitor, &asked, at)).await?)
}

fn fill(conn: &mut Connection, visitor: &Reader, asked: &Asked, at: &Moment) -> AppResult<IntegrityPage> {
    let (shell, language) = (visitor.shell.clone(), visitor.shell.language);
    let (frame, counts) = service::counts(conn, visitor, &asked.query(), at)?;
    let line = |Counted { signal, count, illustrative }: Counted| Line {
        name: signal.name(language),
        rule: signal.rule(language),
        count,
        illustrative,
        href: asked.of(signal, None),
        chosen: asked.signal == Some(signal),
    };
    Ok(IntegrityPage {
        t: IntegrityWords::of(language),
        as_of: frame.as_of,
        signal: asked.signal,
        units: choices::units(conn, &visitor.actor().permit()?, asked.unit.as_deref())?,
        lines: counts.into_iter().map(line).collect(),
        found: asked.signal.map(|signal| rows(conn, visitor, (asked, signal), at)).transpose()?,
        shell,
    })
}

fn rows(conn: &mut Connection, visitor: &Reader, (asked, signal): (&Asked, Signal), at: &Moment) -> AppResult<Rows> {
    let language = visitor.shell.language;
    let page = FindingPage { limit: None, cursor: asked.cursor.clone() };
    let (_, found) = service::findings(conn, visitor, signal, (&asked.query(), page), at)?;
    let next = found.next.as_deref().map(|cursor| asked.of(signal, Some(cursor)));
    let rows = found.items.into_iter().map(|shown| row(shown, language)).collect();
    Ok(Rows { name: signal.name(language), rule: signal.rule(language), rows, next })
}

fn row(ShownFinding { finding, title, unit }: ShownFinding, language: Language) -> Row {
    let view = FindingView::new(finding, title, unit, language);
    Row {
        title: view.title,
        href: format!("/tasks/{}", view.task),
        unit_href: format!("/units/{}", view.unit.code),
        unit: view.unit.name,
        on: view.on,
        found: view.found,
        text: view.text.as_deref().map(shortened),
        illustrative: view.illustrative,
    }
}
