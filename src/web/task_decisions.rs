//! The form on a task's page that issues, suspends, resumes, cancels or voids it.

use actix_web::http::StatusCode;
use actix_web::web::{Path, ServiceConfig};
use actix_web::{HttpResponse, get, post};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::csrf;
use super::forms::{Faults, Form, draft, filled, id, is_about_content};
use super::labels::Label;
use super::once::{Sent, once};
use super::page;
use super::session::{State, Visitor};
use super::task_page;
use crate::domain::decisions::DecisionDraft;
use crate::domain::tasks::{Decision, TaskAction};
use crate::domain::{Id, Language};
use crate::error::{AppError, AppResult, codes};
use crate::service::access::{ReadWork, WriteWork};
use crate::service::decisions;

/// The routes of this form.
pub fn configure(config: &mut ServiceConfig) {
    config.service(decide).service(back_to_task);
}

words! {
    /// Words of the form.
    DecisionWords {
        title = "Quyết định về nhiệm vụ", "Decide about the task";
        decision = "Quyết định", "Decision";
        reason = "Lý do", "Reason";
        reason_hint = "Bắt buộc, trừ khi giao việc.", "Needed for all but issuing.";
        basis = "Căn cứ", "Basis";
        optional = "không bắt buộc", "optional";
        submit = "Ghi quyết định", "Record the decision";
        resumed = "Nội dung bạn đã nhập trước khi đăng nhập lại. Quyết định chưa được ghi.", "What you typed before you signed in again. It has not been recorded.";
        stale = "Nhiệm vụ đã thay đổi sau khi bạn mở biểu mẫu: các mục đánh dấu “Mới” trong phần quá trình thực hiện. Hãy xem lại rồi gửi nếu vẫn đúng.", "The task changed after you opened this form: see what is marked “New” in the history. Look at it again and send it if it still holds.";
    }
}

/// What is typed, as it is typed.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Typed {
    pub decision: String,
    pub reason: String,
    pub legal_basis: String,
    /// Hidden: makes sending it twice harmless.
    pub key: String,
    /// Hidden: how many entries the history had when the form was opened.
    pub seen: String,
}

/// The form, filled.
pub struct DecisionForm {
    pub typed: Typed,
    pub faults: Faults,
    /// Said above the form.
    pub message: Option<String>,
    /// Names and labels of what may be decided.
    pub choices: Vec<(&'static str, &'static str)>,
}

impl DecisionForm {
    /// An empty form, if anything may be decided.
    pub fn of(allowed: &[TaskAction], seen: usize, language: Language) -> Option<Self> {
        let may = |d: &&Decision| allowed.contains(&TaskAction::from(**d));
        let choices: Vec<_> = Decision::ALL.iter().filter(may).map(|d| (d.as_str(), d.label(language))).collect();
        let decision = choices.first()?.0.to_owned();
        // A draft is nearly always issued; everything else is chosen on purpose.
        let decision = if decision == Decision::Issue.as_str() { decision } else { String::new() };
        let typed = Typed { decision, key: csrf::random(), seen: seen.to_string(), ..Typed::default() };
        Some(Self { typed, faults: Faults::default(), message: None, choices })
    }

    /// Whether this is the decision that was chosen.
    pub fn is_chosen(&self, name: &str) -> bool {
        self.typed.decision == name
    }
}

/// The address of the form is no page of its own.
#[get("/tasks/{task}/decision")]
async fn back_to_task(_: Visitor<ReadWork>, task: Path<String>) -> AppResult<HttpResponse> {
    Ok(page::go_to(&format!("/tasks/{}", id(&task)?)))
}

#[post("/tasks/{task}/decision")]
async fn decide(state: State, visitor: Visitor<WriteWork>, task: Path<String>, form: Form<Typed>) -> AppResult<HttpResponse> {
    let (task, typed) = (id(&task)?, form.content);
    if form.resumed {
        return again(&state, visitor, task, typed, None).await;
    }
    match send(&state, visitor.clone(), task, typed.clone()).await {
        Err(error) if is_about_content(&error) => again(&state, visitor, task, typed, Some(error)).await,
        answer => answer,
    }
}

async fn send(state: &State, visitor: Visitor<WriteWork>, task: Id, typed: Typed) -> AppResult<HttpResponse> {
    let sent = Sent {
        route: format!("POST /tasks/{task}/decision"),
        key: typed.key.clone(),
        typed: serde_json::to_string(&typed).map_err(AppError::internal)?,
    };
    once(state, visitor, sent, move |conn, visitor, at| {
        let reader = visitor.actor().permit::<ReadWork>()?;
        let target = decisions::target(conn, visitor, task, at)?;
        task_page::require_unchanged(conn, &reader, &visitor.shell, task, &typed.seen, at)?;
        let said: DecisionDraft = draft(json(&typed))?;
        decisions::decide(conn, visitor, target, &said, at)?;
        Ok(format!("/tasks/{task}?done=decision"))
    })
    .await
}

fn json(typed: &Typed) -> Value {
    let fields = [("decision", &typed.decision), ("reason", &typed.reason), ("legal_basis", &typed.legal_basis)];
    let body: Map<String, Value> = fields.into_iter().filter_map(|(name, text)| Some((name.to_owned(), filled(text)?.into()))).collect();
    body.into()
}

/// The page with what was typed, and what is wrong with it.
async fn again(state: &State, visitor: Visitor<WriteWork>, task: Id, typed: Typed, error: Option<AppError>) -> AppResult<HttpResponse> {
    let (words, language, shell) = (DecisionWords::of(visitor.shell.language), visitor.shell.language, visitor.shell.clone());
    let mut page = state
        .read(move |conn, at| {
            let reader = visitor.actor().permit::<ReadWork>()?;
            task_page::fill(conn, &reader, shell, task, at)
        })
        .await?;
    let status = error.as_ref().and_then(|error| StatusCode::from_u16(error.code.status).ok()).unwrap_or(StatusCode::OK);
    let entries = page.entries();
    let code = error.as_ref().map(|error| error.code);
    if code == Some(codes::STALE) {
        page.mark_fresh(&typed.seen);
    }
    let faults = error.map(|error| Faults::of(&error, language)).unwrap_or_default();
    let message = match code {
        None => Some(words.resumed.to_owned()),
        Some(code) if code == codes::STALE => Some(words.stale.to_owned()),
        Some(code) if code == codes::VALIDATION_FAILED => None,
        Some(_) => faults.general.clone(),
    };
    let choices = page.decision.take().map(|form| form.choices).unwrap_or_default();
    let typed = Typed { key: csrf::random(), seen: entries.to_string(), ..typed };
    page.decision = Some(DecisionForm { typed, faults, message, choices });
    page.answer(status)
}
