//! `/tasks/{task}`: one task, how it stands, what happened to it and what may be done now.

use actix_web::http::StatusCode;
use actix_web::web::{Path, ServiceConfig};
use actix_web::{HttpResponse, get};
use askama::Template;
use chrono::NaiveDate;
use serde::Deserialize;

use super::commitment_form::{ChangeForm, ChangeWords};
use super::figures::percent;
use super::forms::{Query, id};
use super::obligations::{self, Owed};
use super::page::{self, Shell};
use super::report_form::{ReportForm, ReportWords};
use super::self_verification::LightPath;
use super::session::{State, Visitor};
use super::six_clears::Unclear;
use super::task_decisions::{DecisionForm, DecisionWords};
use super::task_dialogue::Dialogue;
use super::task_history::{self, Entry};
use super::task_place::{Links, Numbers, PartRow, badges, days, handed, links, numbers, parts, reading, void_reason};
use crate::domain::tasks::{Secrecy, TaskAction};
use crate::domain::{Id, Language, Moment, Percent};
use crate::error::{AppError, AppResult, codes};
use crate::service::access::{Permit, ReadWork, Right};
use crate::service::tasks;
use crate::state::Connection;
use crate::view::tasks::TaskView;

/// The routes of this page.
pub fn configure(config: &mut ServiceConfig) {
    config.service(task_page);
}

words! {
    /// Words of the page of a task.
    TaskWords {
        secret = "Nhiệm vụ mật", "Secret task";
        secret_note = "Hệ thống chỉ giữ phần được phép theo dõi: không số hiệu, không nội dung, không tệp.", "Only what may be followed is kept: no number, no content, no file.";
        voided = "Nhiệm vụ này đã bị vô hiệu và không được tính ở bảng nào.", "This task was voided and counts nowhere.";
        reason = "Lý do", "Reason";
        done_report = "Đã ghi nhận báo cáo. Báo cáo đang chờ cơ quan theo dõi xác nhận.", "The report was recorded. It waits to be verified by the monitoring unit.";
        done_change = "Đã ghi nhận điều chỉnh. Cam kết ban đầu vẫn hiển thị trong phần quá trình thực hiện.", "The change was recorded. The original commitment stays visible in the history.";
        done_request = "Đã gửi đề nghị. Cam kết chỉ thay đổi khi được chấp thuận.", "The request was sent. The commitment changes when it is approved.";
        done_instruction = "Đã gửi ý kiến chỉ đạo.", "The instruction was sent.";
        done_light = "Đã ghi cách xác nhận báo cáo.", "How reports are verified was recorded.";
        done_contribution = "Đã ghi kết quả phối hợp.", "The contribution was filed.";
        done_voided = "Đã bỏ tệp.", "The file was voided.";
        done_decision = "Đã ghi nhận quyết định.", "The decision was recorded.";
        lead = "Cơ quan chủ trì", "Lead unit";
        coordinating = "Cơ quan phối hợp", "Helping units";
        responsible = "Hiện chịu trách nhiệm", "Answers for it now";
        since = "từ", "since";
        undecided = "Chưa xác định đơn vị tiếp nhận", "Nobody was named yet";
        monitoring = "Cơ quan theo dõi", "Monitoring unit";
        post = "Người chịu trách nhiệm", "Accountable post";
        deadline = "Thời hạn", "Deadline";
        no_deadline = "Không có hạn", "No deadline";
        original = "Thời hạn ban đầu", "Original deadline";
        read_as = "đọc là", "read as";
        unread = "chưa đọc được thành ngày", "could not be read as a date";
        due = "Tính đúng hạn đến hết ngày", "In time up to and including";
        completed = "Ngày hoàn thành", "Completed on";
        late = "chậm", "late by";
        early = "sớm", "early by";
        days = "ngày", "days";
        claimed = "Đơn vị báo cáo", "Reported by the unit";
        verified = "Đã xác nhận", "Verified";
        waiting = "Chờ xác nhận", "Awaiting verification";
        deliverable = "Sản phẩm", "Deliverable";
        description = "Nội dung", "Details";
        scope = "Phạm vi", "Scope";
        weight = "Trọng số", "Weight";
        assigned_by = "Người giao", "Assigned by";
        assigned_on = "Ngày giao", "Assigned on";
        document = "Văn bản giao", "Assigning document";
        source = "Nguồn", "Source";
        resolution = "Nghị quyết", "Resolution";
        programme = "Chương trình", "Programme";
        breakthrough = "Đột phá", "Breakthrough";
        parent = "Thuộc nhiệm vụ", "Part of";
        parts = "Các phần việc", "Parts";
        task = "Phần việc", "Part";
        state = "Trạng thái", "State";
        progress = "Tiến độ", "Progress";
        facts = "Thông tin nhiệm vụ", "About the task";
        history = "Quá trình thực hiện", "History";
        no_history = "Chưa có báo cáo hoặc quyết định nào.", "No report or decision yet.";
        fresh = "Mới", "New";
        illustrative = "Số liệu minh họa", "Illustrative";
    }
}

#[derive(Template)]
#[template(path = "task.html")]
pub struct TaskPage {
    shell: Shell,
    t: &'static TaskWords,
    r: &'static ReportWords,
    d: &'static DecisionWords,
    c: &'static ChangeWords,
    title: String,
    secret: bool,
    void_reason: Option<String>,
    badges: Vec<(&'static str, &'static str)>,
    unclear: Unclear,
    days: Option<String>,
    deadline: Option<(String, String)>,
    original: Option<(String, String)>,
    claimed: String,
    verified: String,
    claimed_width: i32,
    verified_width: i32,
    /// How it came to another unit than it was given to: the day, who answers since, and on what basis.
    handed: Vec<(String, String, String)>,
    /// Whether its unit has ended and nobody was named since.
    undecided: bool,
    /// Labels, texts and addresses of what it belongs to.
    links: Links,
    /// Labels and texts of what is said of it.
    facts: Vec<(&'static str, String)>,
    parts: Vec<PartRow>,
    /// What they add up to.
    numbers: Numbers,
    /// Its periods or steps.
    pub owed: Owed,
    history: Vec<Entry>,
    /// Instructions about it, and what coordinating units did.
    dialogue: Dialogue,
    /// How its reports are verified.
    light: LightPath,
    /// The form to log progress.
    pub report: Option<ReportForm>,
    /// The form to decide.
    pub decision: Option<DecisionForm>,
    /// The form to change what it is committed to.
    pub change: Option<ChangeForm>,
    /// The day it is.
    pub today: NaiveDate,
    /// What was done just now.
    notice: Option<&'static str>,
    task: TaskView,
}

#[derive(Deserialize, Default)]
struct Asked {
    #[serde(default)]
    done: String,
}

#[get("/tasks/{task}")]
async fn task_page(state: State, visitor: Visitor<ReadWork>, task: Path<String>, Query(asked): Query<Asked>) -> AppResult<HttpResponse> {
    let task = id(&task)?;
    let mut page = state.read(move |conn, at| fill(conn, &visitor, visitor.shell.clone(), task, at)).await?;
    page.notice = match asked.done.as_str() {
        "report" => Some(page.t.done_report),
        "decision" => Some(page.t.done_decision),
        "change" => Some(page.t.done_change),
        "request" => Some(page.t.done_request),
        "instruction" => Some(page.t.done_instruction),
        "contribution" => Some(page.t.done_contribution),
        "light" => Some(page.t.done_light),
        "voided" => Some(page.t.done_voided),
        _ => None,
    };
    page.offer_files(&state);
    page.answer(StatusCode::OK)
}

impl TaskPage {
    /// The page as an answer.
    ///
    /// # Errors
    /// `internal` when the template cannot be filled.
    pub fn answer(&self, status: StatusCode) -> AppResult<HttpResponse> {
        page::show_as(status, self)
    }

    /// Lets the form that logs progress bring files, where there is a folder for them.
    pub fn offer_files(&mut self, state: &State) {
        let most = state.attachments().ok().map(|(_, most)| most).filter(|_| !self.secret);
        self.report.iter_mut().for_each(|form| form.offer_files(most));
    }

    /// How many entries the history has.
    pub fn entries(&self) -> usize {
        self.history.len()
    }

    /// The language it is shown in.
    pub fn language(&self) -> Language {
        self.shell.language
    }

    /// Whether the task is a stub.
    pub fn is_secret(&self) -> bool {
        self.secret
    }

    /// Marks what has happened since a form was opened that had seen so many entries.
    pub fn mark_fresh(&mut self, seen: &str) {
        let fresh = self.history.len().saturating_sub(count(seen).unwrap_or_default());
        self.history.iter_mut().take(fresh).for_each(|entry| entry.fresh = true);
    }
}

/// The page of a task, with empty forms for what may be done.
///
/// # Errors
/// As `tasks::get`.
pub fn fill(conn: &mut Connection, reader: &Permit<ReadWork>, shell: Shell, id: Id, at: &Moment) -> AppResult<TaskPage> {
    let shown = tasks::get(conn, reader, id, at)?;
    let dialogue = Dialogue::of(conn, reader, &shell, &shown, at)?;
    let light = LightPath::of(conn, reader, shell.language, &shown, at)?;
    let task = TaskView::new(shown.record, shown.judgements, shown.parts, shown.actions);
    let (t, language) = (TaskWords::of(shell.language), shell.language);
    let history = task_history::of(conn, reader, &shell, id, at)?;
    let owed = obligations::of(conn, reader, &shell, id, at)?;
    let width = |p: Option<Percent>| p.map_or(0, Percent::hundredths);
    let secret = task.secrecy != Secrecy::None;
    let may = |action: TaskAction| task.allowed_actions.contains(&action);
    Ok(TaskPage {
        title: task.title.clone().unwrap_or_else(|| t.secret.to_owned()),
        secret,
        void_reason: void_reason(conn, reader, &task, at)?,
        badges: badges(&task, language),
        unclear: Unclear::of(&task.lacks, language),
        days: days(&task, t),
        deadline: task.deadline.as_ref().map(|d| reading(d, t, &shell)),
        original: task.original_deadline.as_ref().filter(|o| task.deadline.as_ref() != Some(o)).map(|d| reading(d, t, &shell)),
        claimed: percent(task.progress.claimed, language),
        verified: percent(task.progress.verified, language),
        claimed_width: width(task.progress.claimed),
        verified_width: width(task.progress.verified),
        undecided: task.responsible_unit.valid_to.is_some_and(|to| to < at.today()) && task.lifecycle.is_open(),
        handed: handed(conn, reader, &task, &shell, at)?,
        links: links(conn, reader, &task, (t, language), at)?,
        facts: facts(&task, &shell),
        parts: parts(conn, reader, &task, t, language, at)?,
        numbers: numbers(&task, language),
        report: may(TaskAction::Report).then(|| ReportForm::empty(history.len(), &task, &owed, at.today(), language)),
        owed,
        change: ChangeForm::of(conn, reader, &task.allowed_actions, history.len(), language, at)?,
        decision: DecisionForm::of(&task.allowed_actions, history.len(), language),
        dialogue,
        light,
        today: at.today(),
        notice: None,
        r: ReportWords::of(language),
        d: DecisionWords::of(language),
        c: ChangeWords::of(language),
        history,
        shell,
        t,
        task,
    })
}

fn facts(task: &TaskView, shell: &Shell) -> Vec<(&'static str, String)> {
    let t = TaskWords::of(shell.language);
    // A day is written as people do; anything vaguer keeps its words.
    let day = |text: &str| text.parse::<NaiveDate>().map_or_else(|_| text.to_owned(), |day| shell.day(&day));
    let names = task.coordinating_units.iter().map(|unit| unit.name.as_str()).collect::<Vec<_>>().join("; ");
    let all = [
        (t.coordinating, Some(names).filter(|names| !names.is_empty())),
        (t.post, task.accountable_post.as_ref().map(|post| post.title.clone())),
        (t.description, task.description.clone()),
        (t.deliverable, task.deliverable.clone()),
        (t.scope, task.scope.clone()),
        (t.weight, Some(task.weight.to_string()).filter(|_| task.weight != 1)),
        (t.assigned_by, task.assigned_by.clone()),
        (t.assigned_on, task.assigned_on.as_ref().map(|assigned| day(&assigned.text))),
        (t.document, task.assigning_document.clone()),
        (t.source, task.source.clone()),
    ];
    all.into_iter().filter_map(|(label, text)| text.map(|text| (label, text))).collect()
}

/// Checks that nothing has happened to a task since a form about it was opened.
///
/// # Errors
/// `stale`; as `tasks::get`.
pub fn require_unchanged<R: Right>(conn: &mut Connection, visitor: &Visitor<R>, id: Id, seen: &str, at: &Moment) -> AppResult<()> {
    let reader = visitor.actor().permit::<ReadWork>()?;
    let present = task_history::of(conn, &reader, &visitor.shell, id, at)?.len();
    if count(seen) == Some(present) { Ok(()) } else { Err(AppError::new(codes::STALE)) }
}

/// How many entries a form says it has seen.
fn count(seen: &str) -> Option<usize> {
    seen.parse().ok()
}
