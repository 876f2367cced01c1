//! `/six-clears`: of how many tasks of each unit what is not clear, and what a task's page says of it.

use actix_web::web::ServiceConfig;
use actix_web::{HttpResponse, get};
use askama::Template;
use chrono::NaiveDate;
use serde::Deserialize;

use super::choices::areas_within;
use super::field_form::SheetWords;
use super::figures::{address, part};
use super::forms::Query;
use super::labels::Label;
use super::page::{self, Shell};
use super::session::{State, Visitor};
use crate::domain::six_clears::{Clear, ClearCounts, SixClearsQuery};
use crate::domain::{Language, Moment};
use crate::error::AppResult;
use crate::service::access::{ReadDashboards, WriteDirectory};
use crate::service::dashboards::six_clears;
use crate::state::Connection;
use crate::view::six_clears::UnitClearsView;

/// The routes of this page.
pub fn configure(config: &mut ServiceConfig) {
    config.service(six_clears_page);
}

words! {
    /// Words of this page.
    ClearWords {
        title = "Sáu rõ", "Six clears";
        about = "Số nhiệm vụ đang được tính mà chưa nêu rõ từng yêu cầu; chọn một số để xem đúng các nhiệm vụ đó.", "Of how many counted tasks each is not clear; choose a number to see exactly these tasks.";
        as_of = "Số liệu hôm nay", "As of today";
        unit = "Cơ quan chủ trì", "Lead unit";
        total = "Tổng số", "Total";
        unclear = "Còn chưa rõ", "Unclear";
        all = "Tất cả", "All";
        require = "Chọn mục bắt buộc trước khi giao", "Choose what must be clear before issuing";
        lacks = "Chưa rõ", "Not clear";
    }
}

impl Label for Clear {
    fn both(self) -> (&'static str, &'static str) {
        match self {
            Self::Who => ("Người", "Who"),
            Self::What => ("Việc", "What"),
            Self::When => ("Thời gian", "When"),
            Self::Responsibility => ("Trách nhiệm", "Responsibility"),
            Self::Product => ("Sản phẩm", "Product"),
            Self::Authority => ("Thẩm quyền", "Authority"),
        }
    }
}

/// What the page of a task says is not clear.
pub struct Unclear {
    /// What stands before it.
    pub label: &'static str,
    /// Which of the six.
    pub lacks: Vec<&'static str>,
}

impl Unclear {
    /// Of a task.
    pub fn of(lacks: &[Clear], language: Language) -> Self {
        Self { label: ClearWords::of(language).lacks, lacks: lacks.iter().map(|clear| clear.label(language)).collect() }
    }
}

/// A count, and where its tasks are listed.
struct Count {
    label: &'static str,
    count: u32,
    href: Option<String>,
}

struct Row {
    name: String,
    href: Option<String>,
    ended: Option<NaiveDate>,
    counts: Vec<Count>,
}

#[derive(Template)]
#[template(path = "six_clears.html")]
struct ClearsPage {
    shell: Shell,
    t: &'static ClearWords,
    s: &'static SheetWords,
    today: NaiveDate,
    illustrative: bool,
    heads: Vec<&'static str>,
    rows: Vec<Row>,
    total: Row,
    /// Provinces of which the reader says what must be clear: code and name.
    provinces: Vec<(String, String)>,
    done: bool,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    done: Option<String>,
}

#[get("/six-clears")]
async fn six_clears_page(state: State, visitor: Visitor<ReadDashboards>, Query(asked): Query<Asked>) -> AppResult<HttpResponse> {
    page::show(&state.read(move |conn, at| fill(conn, &visitor, asked.done.is_some(), at)).await?)
}

fn fill(conn: &mut Connection, visitor: &Visitor<ReadDashboards>, done: bool, at: &Moment) -> AppResult<ClearsPage> {
    let (language, today) = (visitor.shell.language, at.today());
    let t = ClearWords::of(language);
    let table = six_clears(conn, visitor, &SixClearsQuery::default(), &[], at)?;
    let of_unit = |UnitClearsView { unit, counts }: UnitClearsView| Row {
        href: Some(format!("/units/{}", unit.code)),
        ended: unit.valid_to.filter(|to| *to < today),
        counts: counts_of(&counts, Some(&part("unit", Some(&unit.code))), language),
        name: unit.name,
    };
    let rows = table.lines.into_iter().map(|(unit, counts)| of_unit(UnitClearsView::new(unit, counts))).collect();
    let whole = visitor.covers_a_root().then_some("");
    let total = Row { name: t.all.to_owned(), href: None, ended: None, counts: counts_of(&table.total, whole, language) };
    let heads = total.counts.iter().map(|count| count.label).collect();
    let provinces = match visitor.actor().permit::<WriteDirectory>() {
        Ok(writer) => areas_within(conn, &writer, language, true)?.into_iter().flat_map(|group| group.choices).collect(),
        Err(_) => Vec::new(),
    };
    let provinces = provinces.into_iter().map(|root| (root.value, root.label)).collect();
    let (shell, illustrative) = (visitor.shell.clone(), table.frame.illustrative);
    Ok(ClearsPage { shell, t, s: SheetWords::of(language), today, illustrative, heads, rows, total, provinces, done })
}

/// All counts of a line: the total, each of the six, and those that lack any. `rows` is the part of a query
/// that lists its tasks, if the reader may see them.
fn counts_of(counts: &ClearCounts, rows: Option<&str>, language: Language) -> Vec<Count> {
    let t = ClearWords::of(language);
    let lacks = |clear: &Clear| format!("lacks={}", clear.as_str());
    let any: Vec<String> = Clear::ALL.iter().map(lacks).collect();
    let href = |filter: &str, count: u32| rows.filter(|_| count > 0).map(|rows| address(&[rows, "counted=true", filter]));
    let each = Clear::ALL.iter().map(|clear| {
        let count = counts.lacking.of(*clear);
        Count { label: clear.label(language), count, href: href(&lacks(clear), count) }
    });
    let total = Count { label: t.total, count: counts.total, href: href("", counts.total) };
    let unclear = Count { label: t.unclear, count: counts.unclear, href: href(&any.join("&"), counts.unclear) };
    std::iter::once(total).chain(each).chain([unclear]).collect()
}
