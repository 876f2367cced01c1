//! The short form on a task's page that logs progress.

use actix_web::http::StatusCode;
use actix_web::web::{Path, ServiceConfig};
use actix_web::{HttpResponse, post};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Number, Value};

use super::csrf;
use super::forms::{Faults, Form, draft, filled, id, is_about_content};
use super::labels::Label;
use super::once::{Sent, once};
use super::session::{State, Visitor};
use super::task_page::{self, TaskPage};
use crate::domain::progress_reports::{ReportDraft, ReportState};
use crate::domain::tasks::{Lifecycle, Secrecy};
use crate::domain::{Id, Language};
use crate::error::{AppError, AppResult, codes};
use crate::service::access::{LogProgress, ReadWork};
use crate::service::progress_reports;
use crate::view::tasks::TaskView;

/// The routes of this form.
pub fn configure(config: &mut ServiceConfig) {
    config.service(log_progress);
}

words! {
    /// Words of the form.
    ReportWords {
        title = "Cập nhật tiến độ", "Log progress";
        state = "Tình hình thực hiện", "State of the work";
        result = "Kết quả đã làm được", "What has been done";
        percent = "Tỷ lệ hoàn thành (%)", "Percentage done";
        percent_hint = "Nếu ước lượng được, ví dụ 60 hoặc 62,5.", "If one can say, such as 60 or 62.5.";
        measured_on = "Số liệu tính đến ngày", "As of the day";
        product = "Sản phẩm (bắt buộc khi hoàn thành)", "Product (needed when completed)";
        number = "Số, ký hiệu văn bản", "Number of the document";
        issued_on = "Ngày ban hành", "Its date";
        note = "Tên, mô tả sản phẩm", "What it is";
        obstacles = "Khó khăn, vướng mắc", "Difficulties";
        proposals = "Kiến nghị, đề xuất (mỗi dòng một kiến nghị)", "Proposals (one a line)";
        reason = "Lý do (khi tỷ lệ giảm so với lần trước)", "Reason (when the percentage falls)";
        more = "Khó khăn, kiến nghị, lý do", "Difficulties, proposals, reason";
        optional = "không bắt buộc", "optional";
        submit = "Gửi báo cáo", "Send the report";
        resumed = "Nội dung bạn đã nhập trước khi đăng nhập lại. Báo cáo chưa được gửi.", "What you typed before you signed in again. It has not been sent.";
        stale = "Nhiệm vụ đã thay đổi sau khi bạn mở biểu mẫu: các mục đánh dấu “Mới” trong phần quá trình thực hiện. Nội dung bạn nhập vẫn còn; hãy xem lại rồi gửi nếu vẫn đúng.", "The task changed after you opened this form: see what is marked “New” in the history. What you typed is still here; look at it again and send it if it still holds.";
        closed = "Trạng thái hiện tại không còn cho phép báo cáo. Nội dung bạn nhập vẫn còn dưới đây để sao chép.", "The present state no longer allows reports. What you typed is still here to be copied.";
        sending = "Báo cáo này đang được ghi. Hãy gửi lại sau giây lát; báo cáo không bị ghi hai lần.", "This report is being recorded. Send it again in a moment; it will not be recorded twice.";
    }
}

/// What is typed, as it is typed.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Typed {
    pub state: String,
    pub result: String,
    pub percent: String,
    pub measured_on: String,
    pub product_number: String,
    pub product_issued_on: String,
    pub product_note: String,
    pub obstacles: String,
    pub proposals: String,
    pub reason: String,
    /// Hidden: makes sending it twice harmless.
    pub key: String,
    /// Hidden: how many entries the history had when the form was opened.
    pub seen: String,
}

/// The form, filled.
pub struct ReportForm {
    pub typed: Typed,
    pub faults: Faults,
    /// Said above the form.
    pub message: Option<String>,
    /// Whether it may be sent.
    pub open: bool,
    /// A secret task is reported on without words.
    pub secret: bool,
    pub today: NaiveDate,
    /// Names and labels of the states; whether each is chosen.
    pub states: Vec<(&'static str, &'static str, bool)>,
}

impl ReportForm {
    /// An empty form for a task whose history has `seen` entries.
    pub fn empty(seen: usize, task: &TaskView, today: NaiveDate, language: Language) -> Self {
        let state = match task.lifecycle {
            Lifecycle::ProductSubmitted => ReportState::ProductSubmitted,
            Lifecycle::Completed => ReportState::Completed,
            _ => ReportState::InProgress,
        };
        let typed = Typed {
            state: state.as_str().to_owned(),
            measured_on: today.to_string(),
            key: csrf::random(),
            seen: seen.to_string(),
            ..Typed::default()
        };
        Self::new(typed, task.secrecy != Secrecy::None, today, language)
    }

    fn new(typed: Typed, secret: bool, today: NaiveDate, language: Language) -> Self {
        let state = |s: &ReportState| (s.as_str(), s.lifecycle().label(language), s.as_str() == typed.state);
        let states = ReportState::ALL.iter().map(state).collect();
        Self { typed, faults: Faults::default(), message: None, open: true, secret, today, states }
    }

    /// Whether the fields that are rarely needed are shown.
    pub fn is_long(&self) -> bool {
        let typed = [&self.typed.obstacles, &self.typed.proposals, &self.typed.reason];
        let wrong = ["/obstacles", "/proposals", "/reason"];
        typed.into_iter().any(|text| !text.is_empty()) || wrong.into_iter().any(|pointer| self.faults.at(pointer).is_some())
    }
}

/// How many entries a form says it has seen.
pub fn count(seen: &str) -> Option<usize> {
    seen.parse().ok()
}

#[post("/tasks/{task}")]
async fn log_progress(state: State, visitor: Visitor<LogProgress>, task: Path<String>, form: Form<Typed>) -> AppResult<HttpResponse> {
    let (task, typed) = (id(&task)?, form.content);
    if form.resumed {
        return again(&state, visitor, task, typed, None).await;
    }
    match send(&state, visitor.clone(), task, typed.clone()).await {
        Err(error) if is_about_content(&error) => again(&state, visitor, task, typed, Some(error)).await,
        answer => answer,
    }
}

async fn send(state: &State, visitor: Visitor<LogProgress>, task: Id, typed: Typed) -> AppResult<HttpResponse> {
    let sent = Sent {
        route: format!("POST /tasks/{task}"),
        key: typed.key.clone(),
        typed: serde_json::to_string(&typed).map_err(AppError::internal)?,
    };
    once(state, visitor, sent, move |conn, visitor, at| {
        let reader = visitor.actor().permit::<ReadWork>()?;
        let target = progress_reports::target(conn, visitor, task, at)?;
        task_page::require_unchanged(conn, &reader, &visitor.shell, task, &typed.seen, at)?;
        let said: ReportDraft = draft(json(&typed))?;
        progress_reports::log(conn, visitor, target, &said, at)?;
        Ok(format!("/tasks/{task}?done=report"))
    })
    .await
}

/// The form as the body of the same request to the API.
fn json(typed: &Typed) -> Value {
    let mut body = Map::new();
    let mut put = |name: &str, text: &str| filled(text).map(|text| body.insert(name.to_owned(), text.into()));
    put("state", &typed.state);
    put("result", &typed.result);
    put("measured_on", &typed.measured_on);
    put("obstacles", &typed.obstacles);
    put("reason", &typed.reason);
    if let Some(percent) = filled(&typed.percent) {
        let plain = percent.trim_end_matches('%').trim().replace(',', ".");
        let number = serde_json::from_str::<Number>(&plain).map_or_else(|_| Value::from(percent), Value::Number);
        body.insert("percent".to_owned(), number);
    }
    let product = [("number", &typed.product_number), ("issued_on", &typed.product_issued_on), ("note", &typed.product_note)];
    let product: Map<String, Value> =
        product.into_iter().filter_map(|(name, text)| Some((name.to_owned(), filled(text)?.into()))).collect();
    if !product.is_empty() {
        body.insert("product".to_owned(), product.into());
    }
    let proposals: Vec<&str> = typed.proposals.lines().filter_map(filled).collect();
    body.insert("proposals".to_owned(), proposals.into());
    body.into()
}

/// The page with what was typed, and what is wrong with it.
async fn again(state: &State, visitor: Visitor<LogProgress>, task: Id, typed: Typed, error: Option<AppError>) -> AppResult<HttpResponse> {
    let (language, shell) = (visitor.shell.language, visitor.shell.clone());
    let (mut page, today) = state
        .read(move |conn, at| {
            let reader = visitor.actor().permit::<ReadWork>()?;
            Ok((task_page::fill(conn, &reader, shell, task, at)?, at.today()))
        })
        .await?;
    let status = error.as_ref().and_then(|error| StatusCode::from_u16(error.code.status).ok()).unwrap_or(StatusCode::OK);
    page.report = Some(refilled(&mut page, typed, error.as_ref(), today, language));
    page.answer(status)
}

fn refilled(page: &mut TaskPage, mut typed: Typed, error: Option<&AppError>, today: NaiveDate, language: Language) -> ReportForm {
    let words = ReportWords::of(language);
    let (open, secret) = (page.report.is_some(), page.is_secret());
    let faults = error.map(|error| Faults::of(error, language)).unwrap_or_default();
    let message = match error.map(|error| error.code) {
        None => Some(words.resumed.to_owned()),
        Some(_) if !open => Some(words.closed.to_owned()),
        Some(code) if code == codes::STALE => {
            page.mark_fresh(&typed.seen);
            typed.seen = page.entries().to_string();
            Some(words.stale.to_owned())
        }
        Some(code) if code == codes::IDEMPOTENCY_IN_FLIGHT => Some(words.sending.to_owned()),
        Some(code) if code == codes::VALIDATION_FAILED => None,
        Some(_) => faults.general.clone(),
    };
    // What is being recorded keeps its key, so that it is recorded once; all else is sent anew.
    if !error.is_some_and(|error| error.code == codes::IDEMPOTENCY_IN_FLIGHT) {
        typed.key = csrf::random();
    }
    ReportForm { faults, message, open, ..ReportForm::new(typed, secret, today, language) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_percentage_is_typed_as_people_write_it() {
        for (typed, sent) in [("60", "60"), ("62,5", "62.5"), (" 62.5 % ", "62.5"), ("hai", "\"hai\""), ("060", "\"060\"")] {
            let typed = Typed { percent: typed.to_owned(), ..Typed::default() };
            assert_eq!(json(&typed)["percent"].to_string(), sent);
        }
        assert!(json(&Typed::default()).get("percent").is_none());
    }

    #[test]
    fn an_empty_product_is_none() {
        assert!(json(&Typed { product_note: " ".into(), ..Typed::default() }).get("product").is_none());
        let typed = Typed { product_number: "15-KH".into(), proposals: "một\n\nhai".into(), ..Typed::default() };
        assert_eq!(
            (json(&typed)["product"].to_string().as_str(), json(&typed)["proposals"].to_string().as_str()),
            ("{\"number\":\"15-KH\"}", "[\"một\",\"hai\"]")
        );
    }
}
