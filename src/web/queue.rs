//! `/queue`: the reports that wait for the office, confirmed or returned one by one or several at
//! once.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use actix_web::http::StatusCode;
use actix_web::web::ServiceConfig;
use actix_web::{HttpResponse, get, post};
use askama::Template;
use serde::Deserialize;

use super::attachments::FileLink;
use super::bulk::Outcome;
use super::figures::percent;
use super::forms::{Form, filled};
use super::labels::Label;
use super::obligations::period;
use super::page::{self, Shell};
use super::session::{State, Visitor};
use super::task_history::time;
use crate::domain::progress_reports::{ReportQuery, Verification};
use crate::domain::verifications::{Outcome as Verdict, ReportAction, VerificationDraft};
use crate::domain::{Id, Moment};
use crate::error::{AppError, AppResult, body, codes};
use crate::service::access::{ReadWork, Verify};
use crate::service::lookup::Expected;
use crate::service::progress_reports::{self, ShownReport};
use crate::service::{tasks, verifications};
use crate::state::Connection;
use crate::view::progress_reports::ProgressReportView;

/// The routes of this page.
pub fn configure(config: &mut ServiceConfig) {
    config.service(queue_page).service(judge);
}

words! {
    /// Words of the queue.
    QueueWords {
        title = "Báo cáo chờ xác nhận", "Reports to verify";
        waiting = "báo cáo đang chờ, cũ nhất trước", "reports are waiting, oldest first";
        shown = "Số báo cáo hiện ở đây", "Shown here";
        none = "Không có báo cáo nào đang chờ.", "No report is waiting.";
        own = "báo cáo do chính bạn gửi đang chờ tài khoản khác xác nhận.", "reports that you logged yourself wait for another account.";
        choose = "Chọn báo cáo của nhiệm vụ", "Choose the report on";
        secret = "Nhiệm vụ mật", "Secret task";
        measured = "số liệu đến ngày", "as of";
        sent = "gửi lúc", "sent";
        was = "đã xác nhận", "verified";
        says = "nay báo cáo", "now reported";
        product = "Sản phẩm", "Product";
        obstacles = "Khó khăn, vướng mắc", "Difficulties";
        one = "Xác nhận hoặc trả lại riêng báo cáo này", "Verify or return this one";
        verify = "Xác nhận", "Verify";
        send_back = "Trả lại", "Return";
        reason = "Lý do trả lại", "Reason for the return";
        all = "Xác nhận các báo cáo đã chọn", "Verify selected";
        nothing = "Chưa chọn báo cáo nào.", "No report was chosen.";
        verified = "Đã xác nhận", "Verified";
        returned = "Đã trả lại", "Returned";
        refused = "Chưa thực hiện được", "Not done";
        resumed = "Phiên làm việc đã hết trước khi gửi. Chưa có báo cáo nào được xác nhận hoặc trả lại; hãy chọn lại.", "Your session had ended. Nothing was verified or returned; please choose again.";
    }
}

/// Most reports on one page.
const MOST: usize = 50;

/// A report that waits.
struct Row {
    /// Id and version, as the form sends them.
    item: String,
    /// The period or step it speaks of.
    period: Option<String>,
    id: Id,
    task: Id,
    title: String,
    unit: String,
    badge: (&'static str, &'static str),
    before: String,
    after: String,
    day: String,
    sent: String,
    result: String,
    product: Option<String>,
    obstacles: Option<String>,
    files: Vec<FileLink>,
    /// A reason that was typed, and could not be taken.
    reason: String,
}

#[derive(Template)]
#[template(path = "queue.html")]
struct QueuePage {
    shell: Shell,
    t: &'static QueueWords,
    notice: Option<&'static str>,
    done_heading: &'static str,
    done: Vec<Outcome>,
    refused: Vec<Outcome>,
    count: usize,
    /// Reports that wait, and that the reader logged: somebody else verifies them.
    own: usize,
    rows: Vec<Row>,
}

#[get("/queue")]
async fn queue_page(state: State, visitor: Visitor<Verify>) -> AppResult<HttpResponse> {
    page::show(&read(&state, visitor, Typed::default()).await?)
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Typed {
    /// Ids and versions: `01780c2e-…:1`.
    item: Vec<String>,
    outcome: String,
    reason: String,
}

#[post("/queue")]
async fn judge(state: State, visitor: Visitor<Verify>, form: Form<Typed>) -> AppResult<HttpResponse> {
    let (t, language, typed) = (QueueWords::of(visitor.shell.language), visitor.shell.language, form.content);
    let mut tried = Vec::new();
    for item in typed.item.iter().filter(|_| !form.resumed) {
        tried.push(one(&state, visitor.clone(), item, &typed).await?.map(|(name, tried)| Outcome::of(name.0, name.1, &tried, language)));
    }
    let mut page = read(&state, visitor, typed.clone()).await?;
    page.done_heading = if typed.outcome == Verdict::Returned.as_str() { t.returned } else { t.verified };
    page.notice = if form.resumed { Some(t.resumed) } else { Some(t.nothing).filter(|_| typed.item.is_empty()) };
    (page.refused, page.done) = tried.into_iter().flatten().partition(|outcome| outcome.refused.is_some());
    let status = if page.refused.is_empty() { StatusCode::OK } else { StatusCode::CONFLICT };
    page::show_as(status, &page)
}

/// Name and address of a task, and whether its report was judged.
type Tried = ((String, String), AppResult<()>);

/// Judges one report, in a transaction of its own. None for what is no report at all.
///
/// # Errors
/// What is no answer to this report: the database is away.
async fn one(state: &State, visitor: Visitor<Verify>, item: &str, typed: &Typed) -> AppResult<Option<Tried>> {
    let Some((id, version)) = item.split_once(':').and_then(|(id, v)| Some((id.parse::<Id>().ok()?, v.parse::<i32>().ok()?))) else {
        return Ok(None);
    };
    let secret = QueueWords::of(visitor.shell.language).secret;
    let reader = visitor.clone();
    let named = state.read(move |conn, at| {
        let report = progress_reports::get(conn, &reader.actor().permit::<ReadWork>()?, id, at)?;
        let view = ProgressReportView::new(report.record, report.actions);
        Ok((view.task.title.unwrap_or_else(|| secret.to_owned()), format!("/tasks/{}", view.task.id)))
    });
    let named = match named.await {
        Err(error) if matches!(error.code.status, 403 | 404) => return Ok(None),
        other => other?,
    };
    let draft = VerificationDraft {
        outcome: typed.outcome.parse().map_err(|_| AppError::new(codes::VALIDATION_FAILED))?,
        reason: filled(&typed.reason).map(ToOwned::to_owned),
    };
    let work = state.write(move |conn, at| {
        let target = verifications::target(conn, &visitor, id, Expected::Version(version), at)?;
        verifications::verify(conn, &visitor, target, &body::validated(draft)?, at).map(drop)
    });
    match work.await {
        Err(error) if error.code.status >= 500 => Err(error),
        tried => Ok(Some((named, tried))),
    }
}

async fn read(state: &State, visitor: Visitor<Verify>, typed: Typed) -> AppResult<QueuePage> {
    state.read(move |conn, at| fill(conn, &visitor, &typed, at)).await
}

fn fill(conn: &mut Connection, visitor: &Visitor<Verify>, typed: &Typed, at: &Moment) -> AppResult<QueuePage> {
    let (waiting, own) = waiting(conn, visitor, at)?;
    let (count, shell) = (waiting.len(), visitor.shell.clone());
    let reader = visitor.actor().permit::<ReadWork>()?;
    let mut before = HashMap::new();
    let mut rows = Vec::new();
    for report in waiting.into_iter().take(MOST) {
        let task = report.record.task.id;
        let verified = match before.entry(task) {
            Entry::Occupied(known) => *known.get(),
            Entry::Vacant(place) => *place.insert(tasks::get(conn, &reader, task, at)?.record.state.verified),
        };
        rows.push(row(report, &shell, percent(verified, shell.language), typed));
    }
    let t = QueueWords::of(shell.language);
    Ok(QueuePage { shell, t, notice: None, done_heading: t.verified, done: Vec::new(), refused: Vec::new(), count, own, rows })
}

/// Every report that this account may verify, oldest first, and how many it may only return, because it logged them.
fn waiting(conn: &mut Connection, visitor: &Visitor<Verify>, at: &Moment) -> AppResult<(Vec<ShownReport>, usize)> {
    let reader = visitor.actor().permit::<ReadWork>()?;
    let (mut all, mut cursor) = (Vec::new(), None);
    loop {
        let query = ReportQuery { state: Some(Verification::Submitted), limit: Some(200), cursor, ..ReportQuery::default() };
        let page = progress_reports::list(conn, &reader, query, at)?;
        all.extend(page.items.into_iter().filter(|report| !report.actions.is_empty()));
        cursor = page.next;
        if cursor.is_none() {
            break;
        }
    }
    let (mut others, own): (Vec<_>, Vec<_>) = all.into_iter().partition(|report| report.actions.contains(&ReportAction::Verify));
    others.reverse();
    Ok((others, own.len()))
}

fn row(report: ShownReport, shell: &Shell, before: String, typed: &Typed) -> Row {
    let t = QueueWords::of(shell.language);
    let view = ProgressReportView::new(report.record, report.actions);
    let lifecycle = view.state.lifecycle();
    let item = format!("{}:{}", view.id, view.version);
    let product =
        view.product.map(|p| [p.number, Some(shell.day(&p.issued_on)), p.note].into_iter().flatten().collect::<Vec<_>>().join(", "));
    Row {
        reason: if typed.item.first() == Some(&item) { typed.reason.clone() } else { String::new() },
        item,
        id: view.id,
        task: view.task.id,
        title: view.task.title.unwrap_or_else(|| t.secret.to_owned()),
        unit: view.unit.name,
        badge: (lifecycle.as_str(), lifecycle.label(shell.language)),
        before,
        after: percent(view.percent, shell.language),
        period: view.period.map(|key| period(&key, shell.language)),
        day: shell.day(&view.measured_on),
        sent: time(view.recorded_at, shell.language),
        result: view.result,
        product,
        obstacles: view.obstacles,
        files: view.attachments.into_iter().map(|file| FileLink::of(file, shell.language)).collect(),
    }
}
