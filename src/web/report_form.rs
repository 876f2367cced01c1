//! The short form on a task's page that logs progress.

use std::sync::Arc;

use actix_web::web::{Path, ServiceConfig};
use actix_web::{HttpResponse, post};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Number, Value};

use super::files_form::FilesForm;
use super::forms::{Again, Faults, draft, filled};
use super::labels::Label;
use super::obligations::Owed;
use super::session::{State, Visitor};
use super::task_forms::{self, TaskForm};
use super::task_page::{self, TaskPage};
use super::{attachments, csrf};
use crate::domain::attachments::{endings, size};
use crate::domain::progress_reports::{ReportDraft, ReportState};
use crate::domain::tasks::{Lifecycle, Secrecy};
use crate::domain::{Id, Language, Moment};
use crate::error::AppResult;
use crate::files::folder::Staged;
use crate::service::access::LogProgress;
use crate::service::progress_reports;
use crate::state::Connection;
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
        file = "Tệp minh chứng", "Files that prove it";
        file_hint = "Chọn được nhiều tệp, tối đa 10; mỗi tệp không quá", "Several may be chosen, at most 10; each of at most";
        file_again = "Nếu biểu mẫu hiện lại, hãy chọn lại tệp.", "If this form is shown again, choose the files again.";
        file_large = "Có tệp lớn hơn mức tối đa.", "A file is larger than that.";
        more = "Khó khăn, kiến nghị, lý do", "Difficulties, proposals, reason";
        optional = "không bắt buộc", "optional";
        submit = "Gửi báo cáo", "Send the report";
        resumed = "Nội dung bạn đã nhập trước khi đăng nhập lại. Báo cáo chưa được gửi.", "What you typed before you signed in again. It has not been sent.";
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
    /// The period or step it is about.
    pub period: String,
    /// Hidden: makes sending it twice harmless.
    pub key: String,
    /// Hidden: how many entries the history had when the form was opened.
    pub seen: String,
    /// Digests of the files, so that the same words with other files are another report.
    #[serde(skip_deserializing)]
    pub digests: Vec<String>,
    /// The files, as they came in.
    #[serde(skip)]
    pub files: Arc<Vec<Staged>>,
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
    /// Values and names of the periods or steps it may be about.
    pub periods: Vec<(String, String)>,
    /// Most bytes of a file, in numbers and in words, if files may be brought.
    pub files: Option<(u64, String)>,
    /// The endings of files that are taken.
    pub endings: String,
}

impl ReportForm {
    /// An empty form for a task whose history has `seen` entries.
    pub fn empty(seen: usize, task: &TaskView, owed: &Owed, today: NaiveDate, language: Language) -> Self {
        let state = match task.lifecycle {
            Lifecycle::ProductSubmitted => ReportState::ProductSubmitted,
            Lifecycle::Completed => ReportState::Completed,
            _ => ReportState::InProgress,
        };
        let typed = Typed {
            state: state.as_str().to_owned(),
            measured_on: today.to_string(),
            period: owed.next.clone(),
            key: csrf::random(),
            seen: seen.to_string(),
            ..Typed::default()
        };
        Self::new(typed, owed, task.secrecy != Secrecy::None, today, language)
    }

    fn new(typed: Typed, owed: &Owed, secret: bool, today: NaiveDate, language: Language) -> Self {
        let state = |s: &ReportState| (s.as_str(), s.lifecycle().label(language), s.as_str() == typed.state);
        let states = ReportState::ALL.iter().map(state).collect();
        Self {
            typed,
            faults: Faults::default(),
            message: None,
            open: true,
            secret,
            today,
            states,
            periods: owed.open.clone(),
            files: None,
            endings: endings(),
        }
    }

    /// Lets it bring files of at most so many bytes, or none.
    pub fn offer_files(&mut self, most: Option<u64>) {
        self.files = most.map(|most| (most, size(most)));
    }

    /// Whether the fields that are rarely needed are shown.
    pub fn is_long(&self) -> bool {
        let typed = [&self.typed.obstacles, &self.typed.proposals, &self.typed.reason];
        let wrong = ["/obstacles", "/proposals", "/reason"];
        typed.into_iter().any(|text| !text.is_empty()) || wrong.into_iter().any(|pointer| self.faults.at(pointer).is_some())
    }
}

#[post("/tasks/{task}")]
async fn log_progress(state: State, visitor: Visitor<LogProgress>, task: Path<String>, form: FilesForm<Typed>) -> AppResult<HttpResponse> {
    let (mut form, files) = form.receive(&state).await?;
    match files {
        Ok(files) => {
            form.content.digests = files.iter().map(|file| file.about.sha256.clone()).collect();
            form.content.files = Arc::new(files);
            task_forms::answer(&state, visitor, &task, form).await
        }
        Err(error) => task_forms::refused(&state, visitor, &task, form.content, error).await,
    }
}

impl TaskForm for Typed {
    type Right = LogProgress;
    const BELOW: &'static str = "";
    const DONE: &'static str = "report";

    fn hidden(&mut self) -> (&mut String, &mut String) {
        (&mut self.key, &mut self.seen)
    }

    fn send(&self, conn: &mut Connection, visitor: &Visitor<LogProgress>, task: Id, at: &Moment) -> AppResult<()> {
        let target = progress_reports::target(conn, visitor, task, at)?;
        task_page::require_unchanged(conn, visitor, task, &self.seen, at)?;
        let said: ReportDraft = draft(json(self))?;
        let report = progress_reports::log(conn, visitor, target, &said, at)?.record.report.id;
        attachments::attach(conn, visitor, (task, report), &self.files, at)
    }

    fn is_open(page: &TaskPage) -> bool {
        page.report.is_some()
    }

    fn resumed(language: Language) -> &'static str {
        ReportWords::of(language).resumed
    }

    fn show(self, page: &mut TaskPage, Again { faults, message, .. }: Again) {
        let form = ReportForm::new(self, &page.owed, page.is_secret(), page.today, page.language());
        page.report = Some(ReportForm { faults, message, open: page.report.is_some(), ..form });
    }
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
    put("period", &typed.period);
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
