//! `/tasks/{task}/instructions` and `/instructions/{instruction}/…`: an instruction is given, answered, closed, taken back.

use actix_web::web::{Path, ServiceConfig};
use actix_web::{HttpResponse, get, post};
use serde_json::json;

use super::choices::{self, Group, choice, labelled};
use super::field_form::{self, Asks, Filled, Opened, SheetWords};
use super::fields::{Field, Kind, Sheet, Typed};
use super::figures::percent;
use super::forms::{draft, id};
use super::page::Shell;
use super::session::{State, Visitor};
use crate::domain::commitment_requests::WithdrawalDraft;
use crate::domain::instructions::{InstructionAction, InstructionAnswerDraft, InstructionClosingDraft, InstructionDraft};
use crate::domain::progress_reports::ReportQuery;
use crate::domain::{Id, Moment};
use crate::error::AppResult;
use crate::service::access::{AnswerInstructions, InstructUnits, Permit, ReadWork};
use crate::service::instructions::shown::ShownInstruction;
use crate::service::instructions::steps;
use crate::service::lookup::Expected;
use crate::service::progress_reports::{self, ShownReport};
use crate::service::{instructions, tasks};
use crate::state::Connection;

/// The routes of these forms.
pub fn configure(config: &mut ServiceConfig) {
    config.service(instruction_page).service(give).service(answer_page).service(answer);
    config.service(closing_page).service(close).service(withdrawal_page).service(withdraw);
}

words! {
    /// Words of these forms.
    InstructionFormWords {
        give = "Cho ý kiến chỉ đạo", "Give an instruction";
        to_unit = "Đơn vị nhận", "To";
        to_hint = "Để trống: cơ quan đang chịu trách nhiệm.", "Left empty: the unit that answers for the task.";
        text = "Nội dung", "Text";
        due = "Hạn trả lời", "Answer by";
        due_hint = "Một ngày hoặc lời, ví dụ: 15/10/2023; trong tháng 10.", "A day or words, such as: 15/10/2023; trong tháng 10.";
        report = "Về báo cáo", "About a report";
        report_hint = "Để trống: về cả nhiệm vụ.", "Left empty: about the task as a whole.";
        proof = "Báo cáo chứng minh", "The report that proves it";
        from_post = "Chức danh lãnh đạo", "The leader's post";
        post_hint = "Bắt buộc khi ghi thay lãnh đạo.", "Needed when you write for a leader.";
        send = "Gửi ý kiến", "Send";
        answer = "Trả lời ý kiến chỉ đạo", "Answer an instruction";
        answer_text = "Trả lời", "Answer";
        answer_send = "Gửi trả lời", "Send the answer";
        closing = "Kết thúc ý kiến chỉ đạo", "Accept the answer";
        outcome = "Kết luận", "Outcome";
        closed = "Chấp nhận trả lời, kết thúc", "Accept the answer";
        reopened = "Yêu cầu trả lời lại", "Ask again";
        reason_hint = "Bắt buộc khi yêu cầu trả lời lại.", "Needed when you ask again.";
        record = "Ghi nhận", "Record";
        withdrawal = "Rút ý kiến chỉ đạo", "Withdraw an instruction";
        withdraw = "Rút ý kiến", "Withdraw";
        above = "Ý kiến chỉ đạo", "Instructions";
        secret = "Nhiệm vụ mật", "Secret task";
    }
}

/// What a leader, or an office for one, does.
#[derive(Clone, Copy)]
enum Instructing {
    Give(Id),
    Close(Id),
    Withdraw(Id),
}

/// What the unit does.
#[derive(Clone, Copy)]
struct Answering(Id);

impl Asks for Instructing {
    type Right = InstructUnits;

    fn sheet(&self, conn: &mut Connection, visitor: &Visitor<InstructUnits>, typed: &Typed, at: &Moment) -> AppResult<Sheet> {
        let (t, s) = (InstructionFormWords::of(visitor.shell.language), SheetWords::of(visitor.shell.language));
        let reader = visitor.actor().permit::<ReadWork>()?;
        match *self {
            Self::Give(task) => sheet_of(conn, visitor, &reader, task, typed, at),
            Self::Close(id) => {
                let shown = instructions::get(conn, &reader, id, at)?;
                let outcomes = [("closed", t.closed), ("reopened", t.reopened)].map(|(value, label)| choice(value, label, None));
                let group = Group { label: "", choices: outcomes.into() };
                let fields = vec![
                    Field::new(typed, ("outcome", "/outcome"), t.outcome, Kind::One(vec![group])),
                    Field::new(typed, ("reason", "/reason"), s.reason, Kind::Lines).hint(t.reason_hint).optional(),
                ];
                Ok(stepping(&shown, typed, (t, t.closing, "closing"), fields, t.record))
            }
            Self::Withdraw(id) => {
                let shown = instructions::get(conn, &reader, id, at)?;
                let fields = vec![Field::new(typed, ("reason", "/reason"), s.reason, Kind::Lines).optional()];
                Ok(stepping(&shown, typed, (t, t.withdrawal, "withdrawal"), fields, t.withdraw))
            }
        }
    }

    fn carry_out(&self, conn: &mut Connection, visitor: &Visitor<InstructUnits>, typed: &Typed, at: &Moment) -> AppResult<String> {
        let expected = Expected::Version(typed.version());
        match *self {
            Self::Give(task) => {
                let mut said = typed.texts(&["text", "due", "from_post"]);
                let about = typed.get("report").map_or(("task", json!(task)), |report| ("report", json!(report)));
                said.insert(about.0.to_owned(), about.1);
                if let Some(unit) = typed.codes("to_unit").pop() {
                    said.insert("to_unit".to_owned(), unit.into());
                }
                instructions::give(conn, visitor, &draft::<InstructionDraft>(said.into())?, at)?;
                Ok(format!("/tasks/{task}?done=instruction#instructions"))
            }
            Self::Close(id) => {
                let held = steps::hold(conn, visitor, id, expected, InstructionAction::Close, at)?;
                let said: InstructionClosingDraft = draft(typed.texts(&["outcome", "reason"]).into())?;
                steps::close(conn, visitor, held, &said, at)?;
                Ok("/instructions?done=closing".to_owned())
            }
            Self::Withdraw(id) => {
                let held = steps::hold(conn, visitor, id, expected, InstructionAction::Withdraw, at)?;
                let said: WithdrawalDraft = draft(typed.texts(&["reason"]).into())?;
                steps::withdraw(conn, visitor, held, said.reason.as_ref(), at)?;
                Ok("/instructions?done=withdrawal".to_owned())
            }
        }
    }
}

/// The form that gives an instruction about a task.
fn sheet_of(
    conn: &mut Connection,
    visitor: &Visitor<InstructUnits>,
    reader: &Permit<ReadWork>,
    task: Id,
    typed: &Typed,
    at: &Moment,
) -> AppResult<Sheet> {
    let t = InstructionFormWords::of(visitor.shell.language);
    let record = tasks::get(conn, reader, task, at)?.record;
    visitor.require_unit(record.answering())?;
    let typed = if typed.was_sent() {
        typed.clone()
    } else {
        typed.clone().or("to_unit", labelled(&record.answering().name, &record.answering().code))
    };
    let known = choices::unit_labels::<InstructUnits>(conn, visitor, Some(at.today()))?;
    let reports = reports_on(conn, reader, &visitor.shell, task, at)?;
    let posts = choices::posts(conn, &visitor.actor().permit()?)?;
    let fields = vec![
        Field::single(&typed, ("to_unit", "/to_unit"), t.to_unit, &known).hint(t.to_hint).optional(),
        Field::new(&typed, ("report", "/report"), t.report, Kind::One(reports)).hint(t.report_hint).optional(),
        Field::new(&typed, ("text", "/text"), t.text, Kind::Lines),
        Field::new(&typed, ("due", "/due"), t.due, Kind::Line).hint(t.due_hint).optional(),
        Field::new(&typed, ("from_post", "/from_post"), t.from_post, Kind::One(posts)).hint(t.post_hint).optional(),
    ];
    Ok(Sheet {
        title: t.give.to_owned(),
        above: (format!("/tasks/{task}"), record.task.title),
        lead: None,
        action: format!("/tasks/{task}/instructions"),
        fields,
        hidden: Vec::new(),
        submit: t.send,
    })
}

/// The last reports on a task: the day each speaks of, its percentage, its first words.
fn reports_on(conn: &mut Connection, reader: &Permit<ReadWork>, shell: &Shell, task: Id, at: &Moment) -> AppResult<Vec<Group>> {
    let query = ReportQuery { task: Some(task), limit: Some(50), ..ReportQuery::default() };
    let named = |shown: &ShownReport| {
        let report = &shown.record.report;
        let percent = report.percent.map(|stated| percent(Some(stated), shell.language));
        let first: String = report.result.chars().take(60).collect();
        let parts = [Some(shell.day(&report.measured_on)), percent, Some(first)];
        choice(&report.id.to_string(), &parts.into_iter().flatten().collect::<Vec<_>>().join(" · "), None)
    };
    let choices: Vec<_> = progress_reports::list(conn, reader, query, at)?.items.iter().map(named).collect();
    Ok(Vec::from_iter((!choices.is_empty()).then_some(Group { label: "", choices })))
}

/// A form that takes an instruction a step further.
fn stepping(
    shown: &ShownInstruction,
    typed: &Typed,
    (t, title, step): (&'static InstructionFormWords, &'static str, &'static str),
    fields: Vec<Field>,
    submit: &'static str,
) -> Sheet {
    let said = shown.steps.iter().rev().find_map(|(step, _)| step.text.clone());
    let lead = std::iter::once(shown.instruction.text.clone()).chain(said).collect::<Vec<_>>().join(" — ");
    Sheet {
        title: title.to_owned(),
        above: ("/instructions".to_owned(), t.above.to_owned()),
        lead: Some(lead),
        action: format!("/instructions/{}/{step}", shown.instruction.id),
        fields,
        hidden: vec![("version", typed.get("version").map_or_else(|| shown.instruction.version.to_string(), ToOwned::to_owned))],
        submit,
    }
}

impl Asks for Answering {
    type Right = AnswerInstructions;

    fn sheet(&self, conn: &mut Connection, visitor: &Visitor<AnswerInstructions>, typed: &Typed, at: &Moment) -> AppResult<Sheet> {
        let t = InstructionFormWords::of(visitor.shell.language);
        let reader = visitor.actor().permit::<ReadWork>()?;
        let shown = instructions::get(conn, &reader, self.0, at)?;
        let reports = reports_on(conn, &reader, &visitor.shell, shown.task.id, at)?;
        let fields = vec![
            Field::new(typed, ("text", "/text"), t.answer_text, Kind::Lines),
            Field::new(typed, ("report", "/report"), t.proof, Kind::One(reports)).optional(),
        ];
        Ok(stepping(&shown, typed, (t, t.answer, "answer"), fields, t.answer_send))
    }

    fn carry_out(&self, conn: &mut Connection, visitor: &Visitor<AnswerInstructions>, typed: &Typed, at: &Moment) -> AppResult<String> {
        let held = steps::hold(conn, visitor, self.0, Expected::Version(typed.version()), InstructionAction::Answer, at)?;
        let said: InstructionAnswerDraft = draft(typed.texts(&["text", "report"]).into())?;
        steps::answer(conn, visitor, held, &said, at)?;
        Ok("/instructions?done=answer".to_owned())
    }
}

#[get("/tasks/{task}/instructions")]
async fn instruction_page(state: State, visitor: Visitor<InstructUnits>, task: Path<String>, asked: Opened) -> AppResult<HttpResponse> {
    field_form::open(&state, visitor, Instructing::Give(id(&task)?), asked).await
}

#[post("/tasks/{task}/instructions")]
async fn give(state: State, visitor: Visitor<InstructUnits>, task: Path<String>, form: Filled) -> AppResult<HttpResponse> {
    field_form::send(&state, visitor, Instructing::Give(id(&task)?), form).await
}

#[get("/instructions/{instruction}/answer")]
async fn answer_page(state: State, visitor: Visitor<AnswerInstructions>, which: Path<String>, asked: Opened) -> AppResult<HttpResponse> {
    field_form::open(&state, visitor, Answering(id(&which)?), asked).await
}

#[post("/instructions/{instruction}/answer")]
async fn answer(state: State, visitor: Visitor<AnswerInstructions>, which: Path<String>, form: Filled) -> AppResult<HttpResponse> {
    field_form::send(&state, visitor, Answering(id(&which)?), form).await
}

#[get("/instructions/{instruction}/closing")]
async fn closing_page(state: State, visitor: Visitor<InstructUnits>, which: Path<String>, asked: Opened) -> AppResult<HttpResponse> {
    field_form::open(&state, visitor, Instructing::Close(id(&which)?), asked).await
}

#[post("/instructions/{instruction}/closing")]
async fn close(state: State, visitor: Visitor<InstructUnits>, which: Path<String>, form: Filled) -> AppResult<HttpResponse> {
    field_form::send(&state, visitor, Instructing::Close(id(&which)?), form).await
}

#[get("/instructions/{instruction}/withdrawal")]
async fn withdrawal_page(state: State, visitor: Visitor<InstructUnits>, which: Path<String>, asked: Opened) -> AppResult<HttpResponse> {
    field_form::open(&state, visitor, Instructing::Withdraw(id(&which)?), asked).await
}

#[post("/instructions/{instruction}/withdrawal")]
async fn withdraw(state: State, visitor: Visitor<InstructUnits>, which: Path<String>, form: Filled) -> AppResult<HttpResponse> {
    field_form::send(&state, visitor, Instructing::Withdraw(id(&which)?), form).await
}
