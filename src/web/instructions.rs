//! `/instructions`: what leaders told units, first what waits for whoever looks; and the same on a task's page.

use actix_web::web::ServiceConfig;
use actix_web::{HttpResponse, get};
use askama::Template;
use serde::Deserialize;

use super::forms::Query;
use super::labels::Label;
use super::page::{self, Shell};
use super::session::{State, Visitor};
use super::task_history::time;
use crate::domain::instructions::{InstructionAction, InstructionQuery, InstructionState, StepKind};
use crate::domain::timeliness::Timeliness;
use crate::domain::{Id, Moment, Origin, Reference};
use crate::error::AppResult;
use crate::service::access::{Permit, ReadWork};
use crate::service::instructions;
use crate::service::instructions::shown::ShownInstruction;
use crate::state::Connection;
use crate::view::instructions::{Around, InstructionStepView, InstructionView};

/// The routes of this page.
pub fn configure(config: &mut ServiceConfig) {
    config.service(instructions_page);
}

words! {
    /// Words of instructions.
    InstructionWords {
        title = "Ý kiến chỉ đạo", "Instructions";
        to_answer = "Chờ trả lời", "To be answered";
        to_close = "Đã có trả lời, chờ kết thúc", "Answered, to be accepted";
        others = "Đang theo dõi", "Followed";
        none = "Không có ý kiến chỉ đạo nào đang mở.", "No instruction is open.";
        most = "Mỗi phần hiện tối đa 100 ý kiến, mới nhất trước.", "At most 100 of each, the newest first.";
        secret = "Nhiệm vụ mật", "Secret task";
        to = "Gửi", "To";
        now = "nay là", "now";
        given = "lúc", "at";
        from = "của", "of";
        by = "người nhập", "entered by";
        on_behalf = "ghi thay lãnh đạo", "written for the leader";
        for_unit = "ghi thay đơn vị", "written for the unit";
        due = "Hạn trả lời", "Answer by";
        on_time = "Trả lời đúng hạn", "Answered on time";
        late = "Trả lời quá hạn", "Answered late";
        report = "về một báo cáo", "about a report";
        illustrative = "Số liệu minh họa", "Illustrative";
        give = "Cho ý kiến chỉ đạo", "Give an instruction";
        answer = "Trả lời", "Answer";
        close = "Kết thúc hoặc yêu cầu trả lời lại", "Accept or ask again";
        withdraw = "Rút ý kiến", "Withdraw";
        answered = "Trả lời", "Answered";
        closed = "Kết thúc", "Accepted";
        reopened = "Yêu cầu trả lời lại", "Asked again";
        withdrawn = "Rút", "Withdrawn";
        done_answer = "Đã gửi trả lời.", "The answer was sent.";
        done_closing = "Đã ghi nhận.", "Recorded.";
        done_withdrawal = "Đã rút ý kiến chỉ đạo.", "The instruction was withdrawn.";
    }
}

/// Most instructions of one sort on one page.
const MOST: i64 = 100;

/// An instruction as a page shows it.
pub struct InstructionRow {
    pub(super) id: Id,
    pub(super) task: Id,
    pub(super) title: String,
    /// Whom it was given to, by whom and when.
    pub(super) about: String,
    pub(super) badges: Vec<(&'static str, &'static str)>,
    pub(super) due: Option<String>,
    pub(super) text: String,
    /// What happened since: what, by whom and when, and the words.
    pub(super) steps: Vec<(String, String)>,
    pub(super) answers: bool,
    pub(super) closes: bool,
    pub(super) withdraws: bool,
    pub(super) illustrative: bool,
}

#[derive(Template)]
#[template(path = "instructions.html")]
struct InstructionsPage {
    shell: Shell,
    i: &'static InstructionWords,
    notice: Option<&'static str>,
    sections: Vec<(&'static str, Vec<InstructionRow>)>,
}

#[derive(Deserialize, Default)]
struct Asked {
    #[serde(default)]
    done: String,
    /// Only those to this unit.
    unit: Option<Reference>,
}

#[get("/instructions")]
async fn instructions_page(state: State, visitor: Visitor<ReadWork>, Query(asked): Query<Asked>) -> AppResult<HttpResponse> {
    let done = asked.done.clone();
    let mut page = state.read(move |conn, at| fill(conn, &visitor.shell, &visitor, asked.unit.as_ref(), at)).await?;
    page.notice = match done.as_str() {
        "answer" => Some(page.i.done_answer),
        "closing" => Some(page.i.done_closing),
        "withdrawal" => Some(page.i.done_withdrawal),
        _ => None,
    };
    page::show(&page)
}

fn fill(
    conn: &mut Connection,
    shell: &Shell,
    reader: &Permit<ReadWork>,
    unit: Option<&Reference>,
    at: &Moment,
) -> AppResult<InstructionsPage> {
    let i = InstructionWords::of(shell.language);
    let mut standing = |state: InstructionState| {
        let query = InstructionQuery { state: Some(state), unit: unit.cloned(), limit: Some(MOST), ..InstructionQuery::default() };
        of(conn, reader, shell, query, at)
    };
    let (to_answer, mut others): (Vec<_>, Vec<_>) = standing(InstructionState::Open)?.into_iter().partition(|row| row.answers);
    let (to_close, answered): (Vec<_>, Vec<_>) = standing(InstructionState::Answered)?.into_iter().partition(|row| row.closes);
    others.extend(answered);
    let sections = [(i.to_answer, to_answer), (i.to_close, to_close), (i.others, others)];
    let sections = sections.into_iter().filter(|(_, rows)| !rows.is_empty()).collect();
    Ok(InstructionsPage { shell: shell.clone(), i, notice: None, sections })
}

/// The instructions a question finds, as a page shows them.
///
/// # Errors
/// As `instructions::list`.
pub fn of(
    conn: &mut Connection,
    reader: &Permit<ReadWork>,
    shell: &Shell,
    query: InstructionQuery,
    at: &Moment,
) -> AppResult<Vec<InstructionRow>> {
    Ok(instructions::list(conn, reader, query, at)?.items.into_iter().map(|shown| row(view(shown), shell)).collect())
}

fn view(shown: ShownInstruction) -> InstructionView {
    let ShownInstruction { instruction, task, lead: _, unit, answering, post, author, steps, judgement, actions } = shown;
    InstructionView::new(instruction, Around { task, unit, answering, post, author }, steps, judgement, actions)
}

fn row(view: InstructionView, shell: &Shell) -> InstructionRow {
    let (i, language) = (InstructionWords::of(shell.language), shell.language);
    let may = |action| view.allowed_actions.contains(&action);
    let judged = view.timeliness.map(|judged| match judged {
        Timeliness::OnTime => (judged.as_str(), i.on_time),
        Timeliness::Late => (judged.as_str(), i.late),
        _ => (judged.as_str(), judged.label(language)),
    });
    InstructionRow {
        id: view.id,
        task: view.task.id,
        about: about(&view, shell),
        answers: may(InstructionAction::Answer),
        closes: may(InstructionAction::Close),
        withdraws: may(InstructionAction::Withdraw),
        badges: [(view.state.as_str(), view.state.label(language))].into_iter().chain(judged).collect(),
        due: view.due.map(|due| match view.due_on {
            Some(day) if shell.day(&day) != due.text => format!("{} ({})", due.text, shell.day(&day)),
            _ => due.text,
        }),
        steps: view.steps.iter().map(|step| (heading(step, shell), step.text.clone().unwrap_or_default())).collect(),
        title: view.task.title.unwrap_or_else(|| i.secret.to_owned()),
        text: view.text,
        illustrative: view.origin == Origin::Demo,
    }
}

/// "Gửi Sở Y tế · của Phó Bí thư Tỉnh ủy · ghi thay lãnh đạo · người nhập leader · lúc 08:00 02/10/2023".
fn about(view: &InstructionView, shell: &Shell) -> String {
    let i = InstructionWords::of(shell.language);
    let moved = (view.answering_unit.id != view.to_unit.id).then(|| format!(" ({} {})", i.now, view.answering_unit.name));
    let parts = [
        Some(format!("{} {}{}", i.to, view.to_unit.name, moved.unwrap_or_default())),
        view.report.map(|_| i.report.to_owned()),
        view.from_post.as_ref().map(|post| format!("{} {}", i.from, post.title)),
        view.on_behalf.then(|| i.on_behalf.to_owned()),
        view.given_by.as_ref().map(|name| format!("{} {name}", i.by)),
        Some(format!("{} {}", i.given, time(view.given_at, shell.language))),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

fn heading(step: &InstructionStepView, shell: &Shell) -> String {
    let i = InstructionWords::of(shell.language);
    let what = match step.step {
        StepKind::Answered => i.answered,
        StepKind::Closed => i.closed,
        StepKind::Reopened => i.reopened,
        StepKind::Withdrawn => i.withdrawn,
    };
    let parts =
        [Some(what.to_owned()), step.on_behalf.then(|| i.for_unit.to_owned()), step.by.clone(), Some(time(step.at, shell.language))];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}
