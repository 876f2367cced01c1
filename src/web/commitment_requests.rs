//! `/commitment-requests`: what units ask to be changed, approved, refused or taken back one by one.

use actix_web::http::StatusCode;
use actix_web::web::ServiceConfig;
use actix_web::{HttpResponse, get, post};
use askama::Template;
use serde::Deserialize;

use super::bulk::Outcome;
use super::forms::{Form, draft, filled, is_about_content};
use super::page::{self, Shell};
use super::session::{State, Visitor};
use super::task_history::{HistoryWords, name, name_units, time};
use crate::domain::commitment_requests::{
    CommitmentRequestQuery, RequestAction, RequestDecisionDraft, RequestOutcome, RequestState, WithdrawalDraft,
};
use crate::domain::{Id, Language, Moment, Origin};
use crate::error::{AppError, AppResult, codes};
use crate::service::access::{ApproveCommitments, Permit, ReadWork, RequestCommitments, Right};
use crate::service::commitment_requests::{self, ShownRequest};
use crate::service::lookup::Expected;
use crate::state::Connection;
use crate::view::commitment_requests::CommitmentRequestView;

/// The routes of this page.
pub fn configure(config: &mut ServiceConfig) {
    config.service(requests_page).service(decide).service(withdraw);
}

words! {
    /// Words of the requests.
    RequestWords {
        title = "Đề nghị điều chỉnh, gia hạn", "Requests to change commitments";
        waiting = "đề nghị đang chờ quyết định", "requests wait to be decided";
        shown = "Số đề nghị hiện ở đây", "Shown here";
        none = "Không có đề nghị nào đang chờ.", "No request is waiting.";
        secret = "Nhiệm vụ mật", "Secret task";
        asked = "đề nghị lúc", "asked";
        by = "người đề nghị", "by";
        basis = "Căn cứ", "Basis";
        late = "Gia hạn sau khi đã quá hạn không xóa được việc chậm.", "An extension after the deadline had passed does not undo being late.";
        decide = "Quyết định", "Decide";
        reason = "Lý do", "Reason";
        reason_hint = "Bắt buộc khi không chấp thuận.", "Needed for a refusal.";
        approver = "Người hoặc cơ quan phê duyệt", "Approved by";
        optional = "không bắt buộc", "optional";
        approve = "Chấp thuận", "Approve";
        refuse = "Không chấp thuận", "Refuse";
        withdraw = "Rút đề nghị", "Withdraw";
        approved = "Đã chấp thuận, cam kết đã thay đổi", "Approved, the commitment has changed";
        declined = "Đã không chấp thuận", "Refused";
        withdrawn = "Đã rút đề nghị", "Withdrawn";
        refused = "Chưa thực hiện được", "Not done";
        illustrative = "Số liệu minh họa", "Illustrative";
        resumed = "Phiên làm việc đã hết trước khi gửi. Chưa có gì được quyết định; hãy xem lại rồi gửi.", "Your session had ended. Nothing was decided; please look again and send.";
    }
}

/// Most requests on one page.
const MOST: i64 = 100;

/// A request that waits.
struct Row {
    id: Id,
    version: i32,
    task: Id,
    title: String,
    unit: String,
    /// What is asked for: name, from what, to what.
    changes: Vec<(&'static str, String, String)>,
    reason: String,
    basis: Option<String>,
    asked: String,
    by: String,
    illustrative: bool,
    decides: bool,
    approves: bool,
    withdraws: bool,
    /// What was typed, and could not be taken.
    typed: Typed,
}

#[derive(Template)]
#[template(path = "commitment_requests.html")]
struct RequestsPage {
    shell: Shell,
    t: &'static RequestWords,
    notice: Option<&'static str>,
    done_heading: &'static str,
    done: Vec<Outcome>,
    refused: Vec<Outcome>,
    more: bool,
    rows: Vec<Row>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Typed {
    /// Id and version: `01780c2e-…:1`.
    item: String,
    outcome: String,
    reason: String,
    approver: String,
}

#[get("/commitment-requests")]
async fn requests_page(state: State, visitor: Visitor<ReadWork>) -> AppResult<HttpResponse> {
    page::show(&state.read(move |conn, at| fill(conn, &visitor.shell, &visitor, &Typed::default(), at)).await?)
}

#[post("/commitment-requests/decision")]
async fn decide(state: State, visitor: Visitor<ApproveCommitments>, form: Form<Typed>) -> AppResult<HttpResponse> {
    answer(&state, visitor, form, |conn, permit, typed, at| {
        let (id, version) = item(typed)?;
        let target = commitment_requests::to_decide(conn, permit, id, Expected::Version(version), at)?;
        let texts = [("outcome", &typed.outcome), ("reason", &typed.reason), ("approver", &typed.approver)];
        let said: serde_json::Map<_, _> = texts.into_iter().filter_map(|(n, text)| Some((n.to_owned(), filled(text)?.into()))).collect();
        let said: RequestDecisionDraft = draft(said.into())?;
        commitment_requests::decide(conn, permit, target, &said, at).map(drop)
    })
    .await
}

#[post("/commitment-requests/withdrawal")]
async fn withdraw(state: State, visitor: Visitor<RequestCommitments>, form: Form<Typed>) -> AppResult<HttpResponse> {
    answer(&state, visitor, form, |conn, permit, typed, at| {
        let (id, version) = item(typed)?;
        let target = commitment_requests::to_decide(conn, permit, id, Expected::Version(version), at)?;
        commitment_requests::withdraw(conn, permit, target, &WithdrawalDraft::default(), at).map(drop)
    })
    .await
}

fn item(typed: &Typed) -> AppResult<(Id, i32)> {
    let parts = typed.item.split_once(':').and_then(|(id, version)| Some((id.parse().ok()?, version.parse().ok()?)));
    parts.ok_or_else(|| AppError::new(codes::NOT_FOUND))
}

type Act<R> = fn(&mut Connection, &Permit<R>, &Typed, &Moment) -> AppResult<()>;

/// Does what a form says, then shows what still waits, with what was refused and why.
async fn answer<R: Right + Clone>(state: &State, visitor: Visitor<R>, form: Form<Typed>, act: Act<R>) -> AppResult<HttpResponse> {
    let (language, typed) = (visitor.shell.language, form.content);
    let t = RequestWords::of(language);
    let mut outcome = None;
    if !form.resumed {
        let (doer, said) = (visitor.clone(), typed.clone());
        let named = state.read(move |conn, at| named(conn, &doer.actor().permit()?, &said, t, at)).await?;
        let (doer, said) = (visitor.clone(), typed.clone());
        let tried = state.write(move |conn, at| act(conn, &doer, &said, at)).await;
        outcome = match tried {
            Err(error) if !is_about_content(&error) => return Err(error),
            tried => Some(Outcome::of(named.0, named.1, &tried, language)),
        };
    }
    let mut page = state
        .read(move |conn, at| {
            let mut page = fill(conn, &visitor.shell, &visitor.actor().permit()?, &typed, at)?;
            page.done_heading = heading(t, &typed.outcome);
            Ok(page)
        })
        .await?;
    page.notice = form.resumed.then_some(t.resumed);
    (page.refused, page.done) = outcome.into_iter().partition(|outcome| outcome.refused.is_some());
    page::show_as(if page.refused.is_empty() { StatusCode::OK } else { StatusCode::CONFLICT }, &page)
}

fn heading(t: &'static RequestWords, outcome: &str) -> &'static str {
    match outcome.parse() {
        Ok(RequestOutcome::Approved) => t.approved,
        Ok(RequestOutcome::Refused) => t.declined,
        Err(_) => t.withdrawn,
    }
}

/// The name and address of the task a form is about.
fn named(
    conn: &mut Connection,
    reader: &Permit<ReadWork>,
    typed: &Typed,
    t: &'static RequestWords,
    at: &Moment,
) -> AppResult<(String, String)> {
    let task = commitment_requests::get(conn, reader, item(typed)?.0, at).map(view)?.task;
    Ok((task.title.unwrap_or_else(|| t.secret.to_owned()), format!("/tasks/{}", task.id)))
}

fn fill(conn: &mut Connection, shell: &Shell, reader: &Permit<ReadWork>, typed: &Typed, at: &Moment) -> AppResult<RequestsPage> {
    let (shell, t) = (shell.clone(), RequestWords::of(shell.language));
    let query = CommitmentRequestQuery { state: Some(RequestState::Open), limit: Some(MOST), ..CommitmentRequestQuery::default() };
    let found = commitment_requests::list(conn, reader, query, at)?;
    let more = found.next.is_some();
    let mut rows = Vec::new();
    for request in found.items {
        let mut view = view(request);
        name_units(conn, reader, &mut view.changes)?;
        rows.push(row(view, shell.language, typed));
    }
    Ok(RequestsPage { shell, t, notice: None, done_heading: t.approved, done: Vec::new(), refused: Vec::new(), more, rows })
}

fn view(shown: ShownRequest) -> CommitmentRequestView {
    let ShownRequest { request, task, unit, author, decider, actions } = shown;
    CommitmentRequestView::new(request, task, &unit, (author, decider), actions)
}

fn row(view: CommitmentRequestView, language: Language, typed: &Typed) -> Row {
    let (t, h) = (RequestWords::of(language), HistoryWords::of(language));
    let text = |text: Option<String>| text.unwrap_or_else(|| "–".to_owned());
    let may = |action| view.allowed_actions.contains(&action);
    let item = format!("{}:{}", view.id, view.version);
    Row {
        id: view.id,
        version: view.version,
        task: view.task.id,
        decides: may(RequestAction::Refuse),
        approves: may(RequestAction::Approve),
        withdraws: may(RequestAction::Withdraw),
        title: view.task.title.unwrap_or_else(|| t.secret.to_owned()),
        unit: view.unit.name,
        changes: view.changes.into_iter().map(|c| (name(h, &c), text(c.from), text(c.to))).collect(),
        reason: view.reason,
        basis: view.legal_basis,
        asked: time(view.requested_at, language),
        by: view.requested_by.unwrap_or_default(),
        illustrative: view.origin == Origin::Demo,
        typed: if typed.item == item { typed.clone() } else { Typed::default() },
    }
}
