//! The form on a task's page that issues, suspends, resumes, cancels or voids it.

use actix_web::web::{Path, ServiceConfig};
use actix_web::{HttpResponse, get, post};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::csrf;
use super::forms::{Again, Faults, Form, draft, filled, id};
use super::labels::Label;
use super::page;
use super::session::{State, Visitor};
use super::task_forms::{self, TaskForm};
use super::task_page::{self, TaskPage};
use crate::domain::decisions::DecisionDraft;
use crate::domain::tasks::{Decision, TaskAction};
use crate::domain::{Id, Language, Moment};
use crate::error::AppResult;
use crate::service::access::{ReadWork, WriteWork};
use crate::service::decisions;
use crate::state::Connection;

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
    task_forms::answer(&state, visitor, &task, form).await
}

impl TaskForm for Typed {
    type Right = WriteWork;
    const BELOW: &'static str = "/decision";
    const DONE: &'static str = "decision";

    fn hidden(&mut self) -> (&mut String, &mut String) {
        (&mut self.key, &mut self.seen)
    }

    fn send(&self, conn: &mut Connection, visitor: &Visitor<WriteWork>, task: Id, at: &Moment) -> AppResult<()> {
        let target = decisions::target(conn, visitor, task, at)?;
        task_page::require_unchanged(conn, visitor, task, &self.seen, at)?;
        let said: DecisionDraft = draft(json(self))?;
        decisions::decide(conn, visitor, target, &said, at).map(drop)
    }

    fn is_open(page: &TaskPage) -> bool {
        page.decision.is_some()
    }

    fn resumed(language: Language) -> &'static str {
        DecisionWords::of(language).resumed
    }

    fn show(self, page: &mut TaskPage, Again { faults, message, .. }: Again) {
        let choices = page.decision.take().map(|form| form.choices).unwrap_or_default();
        page.decision = Some(DecisionForm { typed: self, faults, message, choices });
    }
}

fn json(typed: &Typed) -> Value {
    let fields = [("decision", &typed.decision), ("reason", &typed.reason), ("legal_basis", &typed.legal_basis)];
    let body: Map<String, Value> = fields.into_iter().filter_map(|(name, text)| Some((name.to_owned(), filled(text)?.into()))).collect();
    body.into()
}
