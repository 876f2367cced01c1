//! `/resolutions`: every resolution, how slowly it began, and where its own page is.

use actix_web::web::ServiceConfig;
use actix_web::{HttpResponse, get};
use askama::Template;
use chrono::NaiveDate;

use super::basis::BasisChoice;
use super::forms::Query;
use super::labels::Label;
use super::overview::Asked;
use super::page::{self, Shell};
use super::session::{State, Visitor};
use crate::domain::dashboards::LagQuery;
use crate::domain::lag::Lag;
use crate::domain::{Id, Language, Moment};
use crate::error::AppResult;
use crate::service::access::ReadDashboards;
use crate::service::dashboards::lag;
use crate::state::Connection;
use crate::view::lag::LagsView;

/// The routes of this page.
pub fn configure(config: &mut ServiceConfig) {
    config.service(resolutions_page);
}

words! {
    /// Words of slowness.
    LagWords {
        title = "Nghị quyết", "Resolutions";
        new = "Thêm nghị quyết", "Add a resolution";
        lead = "Số ngày từ khi ban hành đến văn bản, nhiệm vụ và báo cáo đầu tiên.", "Days from adoption to the first document, task and report.";
        resolution = "Nghị quyết", "Resolution";
        kind = "Loại", "Kind";
        adopted = "Ngày ban hành", "Adopted";
        document = "Văn bản triển khai đầu tiên", "First implementing document";
        task = "Nhiệm vụ đầu tiên", "First task";
        report = "Báo cáo đầu tiên", "First report";
        days = "ngày", "days";
        not_yet = "chưa có", "not yet";
        after = "sau", "after";
        unknown = "không rõ", "not known";
        as_of = "Số liệu đến hết ngày", "Figures at the end of";
        show = "Xem", "Show";
    }
}

/// One lag in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LagText {
    /// The day it came; none for not yet.
    pub on: Option<NaiveDate>,
    /// The days: "72 ngày", or "chưa có, 403 ngày".
    pub text: String,
    /// Whether it has not come.
    pub running: bool,
}

impl LagText {
    /// A lag in a language.
    pub fn new(lag: &Lag, language: Language) -> Self {
        let t = LagWords::of(language);
        let days = lag.days.map(|days| format!("{days} {}", t.days));
        let text = match (lag.running, days) {
            (true, Some(days)) => format!("{}, {days}", t.not_yet),
            (true, None) => t.not_yet.to_owned(),
            (false, days) => days.unwrap_or_default(),
        };
        Self { on: lag.on, text, running: lag.running }
    }
}

struct Row {
    id: Id,
    number: Option<String>,
    title: String,
    kind: &'static str,
    adopted_on: Option<NaiveDate>,
    lags: [(&'static str, LagText); 3],
}

#[derive(Template)]
#[template(path = "resolutions.html")]
struct ResolutionsPage {
    shell: Shell,
    t: &'static LagWords,
    as_of: NaiveDate,
    today: NaiveDate,
    basis: BasisChoice,
    rows: Vec<Row>,
}

#[get("/resolutions")]
async fn resolutions_page(state: State, visitor: Visitor<ReadDashboards>, Query(asked): Query<Asked>) -> AppResult<HttpResponse> {
    let filled = state.read(move |conn, at| fill(conn, &visitor, &asked, at)).await?;
    page::show(&filled)
}

fn fill(conn: &mut Connection, visitor: &Visitor<ReadDashboards>, asked: &Asked, at: &Moment) -> AppResult<ResolutionsPage> {
    let (shell, language) = (visitor.shell.clone(), visitor.shell.language);
    let table = lag::resolutions(conn, visitor, &LagQuery { as_of: asked.as_of, resolution: None }, at)?;
    let t = LagWords::of(language);
    let rows = table.lines.into_iter().map(|line| {
        let lags = LagsView::new(line.adopted_on, line.precision, line.firsts, table.frame.as_of);
        Row {
            id: line.of.id,
            number: line.of.number,
            title: line.of.title,
            kind: line.of.kind.label(language),
            adopted_on: line.adopted_on,
            lags: texts(t, &lags, language),
        }
    });
    Ok(ResolutionsPage {
        t,
        as_of: table.frame.as_of,
        today: table.frame.today,
        basis: BasisChoice::none(language),
        rows: rows.collect(),
        shell,
    })
}

/// The three lags, each with what it counts to.
pub fn texts(t: &'static LagWords, lags: &LagsView, language: Language) -> [(&'static str, LagText); 3] {
    [(t.document, &lags.document), (t.task, &lags.task), (t.report, &lags.report)].map(|(name, lag)| (name, LagText::new(lag, language)))
}
