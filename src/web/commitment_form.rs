//! The form on a task's page that changes what the task is committed to: deadline, lead unit,
//! weight, scope; or asks for such a change. What is left empty stays.

use actix_web::web::{Path, ServiceConfig};
use actix_web::{HttpResponse, get, post};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::choices::{Group, units_within};
use super::csrf;
use super::forms::{Again, Faults, Form, draft, filled, id};
use super::page;
use super::session::{State, Visitor};
use super::task_forms::{self, TaskForm};
use super::task_page::{self, TaskPage};
use crate::domain::commitment_changes::CommitmentChangeDraft;
use crate::domain::commitment_requests::CommitmentRequestDraft;
use crate::domain::tasks::TaskAction;
use crate::domain::{Id, Language, Moment};
use crate::error::AppResult;
use crate::service::access::{ChangeCommitments, Permit, ReadWork, RequestCommitments};
use crate::service::{commitment_changes, commitment_requests};
use crate::state::Connection;

/// The routes of this form.
pub fn configure(config: &mut ServiceConfig) {
    config.service(change_commitments).service(request_commitments).service(back_to_task).service(back_from_request);
}

words! {
    /// Words of the form.
    ChangeWords {
        title = "Điều chỉnh, gia hạn", "Change or extend";
        lead = "Ô để trống thì giữ nguyên. Cam kết ban đầu luôn hiển thị; gia hạn sau khi đã quá hạn không xóa được việc chậm.", "What is left empty stays. The original commitment stays visible; an extension after the deadline had passed does not undo being late.";
        open = "Mở biểu mẫu", "Open the form";
        ask_title = "Đề nghị điều chỉnh, gia hạn", "Ask for a change or extension";
        ask_lead = "Ô để trống thì giữ nguyên. Chưa có gì thay đổi cho đến khi được chấp thuận; gia hạn sau khi đã quá hạn không xóa được việc chậm.", "What is left empty stays. Nothing changes until it is approved; an extension after the deadline had passed does not undo being late.";
        ask_submit = "Gửi đề nghị", "Send the request";
        ask_resumed = "Nội dung bạn đã nhập trước khi đăng nhập lại. Đề nghị chưa được gửi.", "What you typed before you signed in again. It has not been sent.";
        deadline = "Thời hạn mới, ghi như trong văn bản", "New deadline, in the words of the document";
        now = "Hiện nay", "At present";
        none = "chưa có", "none";
        reference_date = "Ngày của văn bản điều chỉnh", "Date of the document that changes it";
        reference_hint = "Để đọc đúng các chữ như “năm nay”, “30/6”.", "To read words like “this year”, “30/6” rightly.";
        lead_unit = "Cơ quan chủ trì mới", "New lead unit";
        same = "Giữ nguyên", "Unchanged";
        weight = "Trọng số mới", "New weight";
        scope = "Phạm vi mới", "New scope";
        reason = "Lý do", "Reason";
        basis = "Căn cứ (số văn bản, kết luận)", "Basis (document, conclusion)";
        approver = "Người hoặc cơ quan phê duyệt", "Approved by";
        optional = "không bắt buộc", "optional";
        submit = "Ghi điều chỉnh", "Record the change";
        resumed = "Nội dung bạn đã nhập trước khi đăng nhập lại. Điều chỉnh chưa được ghi.", "What you typed before you signed in again. It has not been recorded.";
    }
}

/// What is typed, as it is typed.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Typed {
    pub deadline: String,
    pub reference_date: String,
    pub lead_unit: String,
    pub weight: String,
    pub scope: String,
    pub reason: String,
    pub legal_basis: String,
    pub approver: String,
    /// Hidden: makes sending it twice harmless.
    pub key: String,
    /// Hidden: how many entries the history had when the form was opened.
    pub seen: String,
}

/// The form, filled.
pub struct ChangeForm {
    pub typed: Typed,
    pub faults: Faults,
    /// Said above the form.
    pub message: Option<String>,
    /// Whether it may be sent.
    pub open: bool,
    /// Units that may lead.
    pub units: Vec<Group>,
    /// It asks for the change, and makes none.
    pub asks: bool,
}

impl ChangeForm {
    /// An empty form for a task whose history has `seen` entries: to change it, or to ask for that.
    ///
    /// # Errors
    /// The database's.
    pub fn of(
        conn: &mut Connection,
        reader: &Permit<ReadWork>,
        allowed: &[TaskAction],
        seen: usize,
        language: Language,
        at: &Moment,
    ) -> AppResult<Option<Self>> {
        if allowed.contains(&TaskAction::ChangeCommitment) {
            return Self::to_change(conn, &reader.actor().permit()?, seen, language, at).map(Some);
        }
        Ok(allowed.contains(&TaskAction::RequestCommitment).then(|| Self::to_ask(seen, at)))
    }

    fn to_change(
        conn: &mut Connection,
        permit: &Permit<ChangeCommitments>,
        seen: usize,
        language: Language,
        at: &Moment,
    ) -> AppResult<Self> {
        Ok(Self { units: units_within(conn, permit, language, at)?, asks: false, ..Self::to_ask(seen, at) })
    }

    fn to_ask(seen: usize, at: &Moment) -> Self {
        let typed = Typed { reference_date: at.today().to_string(), key: csrf::random(), seen: seen.to_string(), ..Typed::default() };
        Self { typed, faults: Faults::default(), message: None, open: true, units: Vec::new(), asks: true }
    }

    /// Whether there is something to be seen in it.
    pub fn is_shown(&self) -> bool {
        self.message.is_some() || self.faults.any()
    }
}

/// The address of the form is no page of its own.
#[get("/tasks/{task}/commitment-changes")]
async fn back_to_task(_: Visitor<ReadWork>, task: Path<String>) -> AppResult<HttpResponse> {
    Ok(page::go_to(&format!("/tasks/{}", id(&task)?)))
}

#[post("/tasks/{task}/commitment-changes")]
async fn change_commitments(
    state: State,
    visitor: Visitor<ChangeCommitments>,
    task: Path<String>,
    form: Form<Typed>,
) -> AppResult<HttpResponse> {
    task_forms::answer(&state, visitor, &task, form).await
}

/// The address of this form is none either.
#[get("/tasks/{task}/commitment-requests")]
async fn back_from_request(_: Visitor<ReadWork>, task: Path<String>) -> AppResult<HttpResponse> {
    Ok(page::go_to(&format!("/tasks/{}", id(&task)?)))
}

#[post("/tasks/{task}/commitment-requests")]
async fn request_commitments(
    state: State,
    visitor: Visitor<RequestCommitments>,
    task: Path<String>,
    form: Form<Asked>,
) -> AppResult<HttpResponse> {
    task_forms::answer(&state, visitor, &task, form).await
}

/// What is typed where a change is asked for.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Asked(Typed);

impl TaskForm for Asked {
    type Right = RequestCommitments;
    const BELOW: &'static str = "/commitment-requests";
    const DONE: &'static str = "request";

    fn hidden(&mut self) -> (&mut String, &mut String) {
        self.0.hidden()
    }

    fn send(&self, conn: &mut Connection, visitor: &Visitor<RequestCommitments>, task: Id, at: &Moment) -> AppResult<()> {
        let target = commitment_requests::target(conn, visitor, task, at)?;
        task_page::require_unchanged(conn, visitor, task, &self.0.seen, at)?;
        let said: CommitmentRequestDraft = draft(json(&self.0))?;
        commitment_requests::request(conn, visitor, target, &said, at).map(drop)
    }

    fn is_open(page: &TaskPage) -> bool {
        page.change.is_some()
    }

    fn resumed(language: Language) -> &'static str {
        ChangeWords::of(language).ask_resumed
    }

    fn show(self, page: &mut TaskPage, said: Again) {
        self.0.show(page, said);
        page.change.iter_mut().for_each(|form| form.asks = true);
    }
}

impl TaskForm for Typed {
    type Right = ChangeCommitments;
    const BELOW: &'static str = "/commitment-changes";
    const DONE: &'static str = "change";

    fn hidden(&mut self) -> (&mut String, &mut String) {
        (&mut self.key, &mut self.seen)
    }

    fn send(&self, conn: &mut Connection, visitor: &Visitor<ChangeCommitments>, task: Id, at: &Moment) -> AppResult<()> {
        let target = commitment_changes::target(conn, visitor, task, at)?;
        task_page::require_unchanged(conn, visitor, task, &self.seen, at)?;
        let said: CommitmentChangeDraft = draft(json(self))?;
        commitment_changes::change(conn, visitor, target, &said, at).map(drop)
    }

    fn is_open(page: &TaskPage) -> bool {
        page.change.is_some()
    }

    fn resumed(language: Language) -> &'static str {
        ChangeWords::of(language).resumed
    }

    fn show(self, page: &mut TaskPage, Again { faults, message, .. }: Again) {
        let (open, form) = (page.change.is_some(), page.change.take());
        let units = form.map(|form| form.units).unwrap_or_default();
        page.change = Some(ChangeForm { typed: self, faults, message, open, units, asks: false });
    }
}

/// The form as the body of the same request to the API.
fn json(typed: &Typed) -> Value {
    let texts = [
        ("lead_unit", &typed.lead_unit),
        ("scope", &typed.scope),
        ("reason", &typed.reason),
        ("legal_basis", &typed.legal_basis),
        ("approver", &typed.approver),
    ];
    let mut body: Map<String, Value> = texts.into_iter().filter_map(|(name, text)| Some((name.to_owned(), filled(text)?.into()))).collect();
    if let Some(weight) = filled(&typed.weight) {
        // What is no number is told the range, as 0 is.
        body.insert("weight".to_owned(), weight.parse().unwrap_or(0_i32).into());
    }
    // The date alone changes nothing: it says how the words are to be read.
    if let Some(text) = filled(&typed.deadline) {
        let words = [("text", Some(text)), ("reference_date", filled(&typed.reference_date))];
        let deadline: Map<String, Value> = words.into_iter().filter_map(|(name, text)| Some((name.to_owned(), text?.into()))).collect();
        body.insert("deadline".to_owned(), deadline.into());
    }
    body.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_empty_is_not_said() {
        let typed = Typed { reference_date: "2023-10-02".into(), reason: " Chờ quy hoạch ".into(), ..Typed::default() };
        assert_eq!(json(&typed).to_string(), "{\"reason\":\"Chờ quy hoạch\"}");
        let typed = Typed { deadline: "cuối năm".into(), weight: "3".into(), ..typed };
        assert_eq!(
            json(&typed),
            serde_json::json!({"reason": "Chờ quy hoạch", "weight": 3, "deadline": {"text": "cuối năm", "reference_date": "2023-10-02"}})
        );
        assert_eq!(json(&Typed { weight: "ba".into(), ..Typed::default() })["weight"], 0);
    }
}
