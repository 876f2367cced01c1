//! `/proposals`: what units ask of authorities, first what waits for whoever looks; and the forms that answer and
//! take back.

use actix_web::web::{Path, ServiceConfig};
use actix_web::{HttpResponse, get, post};
use askama::Template;
use serde::Deserialize;

use super::choices::{self, Group, choice};
use super::field_form::{self, Asks, Filled, Opened, SheetWords};
use super::fields::{Field, Kind, Sheet, Typed};
use super::forms::{self, Query, draft};
use super::labels::Label;
use super::page::{self, Shell};
use super::session::{State, Visitor};
use super::task_history::time;
use crate::domain::commitment_requests::WithdrawalDraft;
use crate::domain::proposals::{ProposalAction, ProposalAnswerDraft, ProposalQuery, ProposalState};
use crate::domain::{Id, Language, Moment, Origin, Reference};
use crate::error::AppResult;
use crate::service::access::{AnswerProposals, LogProgress, Permit, ReadWork};
use crate::service::lookup::Expected;
use crate::service::proposals;
use crate::service::proposals::shown::ShownProposal;
use crate::state::Connection;
use crate::view::proposals::ReportProposalView;

/// The routes of this page.
pub fn configure(config: &mut ServiceConfig) {
    config.service(proposals_page).service(answer_page).service(answer).service(withdrawal_page).service(withdraw);
}

words! {
    /// Words of proposals.
    ProposalWords {
        title = "Kiến nghị, đề xuất", "Proposals";
        waiting = "Chờ trả lời", "To be answered";
        followed = "Đã gửi, chờ trả lời", "Sent, awaiting an answer";
        none = "Không có kiến nghị nào đang chờ.", "No proposal is waiting.";
        most = "Hiện tối đa 200 kiến nghị, mới nhất trước. Kiến nghị được nêu trong báo cáo tiến độ.", "At most 200, the newest first. They are made in progress reports.";
        secret = "Nhiệm vụ mật", "Secret task";
        to = "gửi", "to";
        now = "nay là", "now";
        illustrative = "Số liệu minh họa", "Illustrative";
        answer = "Trả lời", "Answer";
        withdraw = "Rút kiến nghị", "Withdraw";
        outcome = "Kết luận", "Outcome";
        answered = "Trả lời, giải quyết", "Answer it";
        declined = "Không chấp nhận", "Decline it";
        text = "Nội dung trả lời", "Answer";
        from_post = "Chức danh trả lời", "The post that answers";
        done_answer = "Đã gửi trả lời.", "The answer was sent.";
        done_withdrawal = "Đã rút kiến nghị.", "The proposal was withdrawn.";
    }
}

/// A proposal that waits.
struct Row {
    id: Id,
    task: Id,
    title: String,
    text: String,
    about: String,
    answers: bool,
    withdraws: bool,
    illustrative: bool,
}

#[derive(Template)]
#[template(path = "proposals.html")]
struct ProposalsPage {
    shell: Shell,
    t: &'static ProposalWords,
    notice: Option<&'static str>,
    sections: Vec<(&'static str, Vec<Row>)>,
}

#[derive(Deserialize, Default)]
struct Asked {
    #[serde(default)]
    done: String,
    /// Only those to this authority.
    unit: Option<Reference>,
}

#[get("/proposals")]
async fn proposals_page(state: State, visitor: Visitor<ReadWork>, Query(asked): Query<Asked>) -> AppResult<HttpResponse> {
    let done = asked.done.clone();
    let mut page = state.read(move |conn, at| fill(conn, &visitor.shell, &visitor, asked.unit, at)).await?;
    page.notice = match done.as_str() {
        "answer" => Some(page.t.done_answer),
        "withdrawal" => Some(page.t.done_withdrawal),
        _ => None,
    };
    page::show(&page)
}

fn fill(
    conn: &mut Connection,
    shell: &Shell,
    reader: &Permit<ReadWork>,
    to_unit: Option<Reference>,
    at: &Moment,
) -> AppResult<ProposalsPage> {
    let t = ProposalWords::of(shell.language);
    let query = ProposalQuery { state: Some(ProposalState::Open), to_unit, limit: Some(200), ..ProposalQuery::default() };
    let rows = proposals::list(conn, reader, query, at)?.items.into_iter().map(|shown| row(shown, t, shell.language));
    let (waiting, followed): (Vec<Row>, Vec<Row>) = rows.partition(|row| row.answers);
    let sections = [(t.waiting, waiting), (t.followed, followed)].into_iter().filter(|(_, rows)| !rows.is_empty()).collect();
    Ok(ProposalsPage { shell: shell.clone(), t, notice: None, sections })
}

fn row(shown: ShownProposal, t: &'static ProposalWords, language: Language) -> Row {
    let moved = (shown.answering.id != shown.to_unit.id).then(|| format!(" ({} {})", t.now, shown.answering.name));
    let to = format!("{} {} {}{}", shown.unit.name, t.to, shown.to_unit.name, moved.unwrap_or_default());
    Row {
        id: shown.proposal.id,
        task: shown.task.id,
        title: Some(shown.task.title).filter(|title| !title.is_empty()).unwrap_or_else(|| t.secret.to_owned()),
        about: format!("{to} · {}", time(shown.proposal.recorded_at.and_utc(), language)),
        answers: shown.actions.contains(&ProposalAction::Answer),
        withdraws: shown.actions.contains(&ProposalAction::Withdraw),
        illustrative: shown.proposal.origin == Origin::Demo,
        text: shown.proposal.text,
    }
}

/// The proposals of a report, one a line, each with whom it asks and how it stands.
pub fn lines(proposals: &[ReportProposalView], language: Language) -> String {
    let line = |p: &ReportProposalView| format!("{} → {}: {}", p.text, p.to_unit.name, p.state.label(language));
    proposals.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// The authority answers.
#[derive(Clone, Copy)]
struct Answering(Id);

/// The unit takes it back.
#[derive(Clone, Copy)]
struct Withdrawing(Id);

/// A form about a proposal as it stands.
fn sheet(shown: &ShownProposal, typed: &Typed, language: Language, (title, step): (&'static str, &str), fields: Vec<Field>) -> Sheet {
    Sheet {
        title: title.to_owned(),
        above: ("/proposals".to_owned(), ProposalWords::of(language).title.to_owned()),
        lead: Some(format!("{}: {}", shown.unit.name, shown.proposal.text)),
        action: format!("/proposals/{}/{step}", shown.proposal.id),
        fields,
        hidden: vec![("version", typed.get("version").map_or_else(|| shown.proposal.version.to_string(), ToOwned::to_owned))],
        submit: title,
    }
}

impl Asks for Answering {
    type Right = AnswerProposals;

    fn sheet(&self, conn: &mut Connection, visitor: &Visitor<AnswerProposals>, typed: &Typed, at: &Moment) -> AppResult<Sheet> {
        let t = ProposalWords::of(visitor.shell.language);
        let shown = proposals::get(conn, &visitor.actor().permit::<ReadWork>()?, self.0, at)?;
        let outcomes = [("answered", t.answered), ("declined", t.declined)].map(|(value, label)| choice(value, label, None));
        let posts = choices::posts(conn, &visitor.actor().permit()?)?;
        let fields = vec![
            Field::new(typed, ("outcome", "/outcome"), t.outcome, Kind::One(vec![Group { label: "", choices: outcomes.into() }])),
            Field::new(typed, ("answer", "/answer"), t.text, Kind::Lines),
            Field::new(typed, ("from_post", "/from_post"), t.from_post, Kind::One(posts)).optional(),
        ];
        Ok(sheet(&shown, typed, visitor.shell.language, (t.answer, "answer"), fields))
    }

    fn carry_out(&self, conn: &mut Connection, visitor: &Visitor<AnswerProposals>, typed: &Typed, at: &Moment) -> AppResult<String> {
        let target = proposals::to_decide(conn, visitor, self.0, Expected::Version(typed.version()), ProposalAction::Answer, at)?;
        let said: ProposalAnswerDraft = draft(typed.texts(&["outcome", "answer", "from_post"]).into())?;
        proposals::answer(conn, visitor, target, &said, at)?;
        Ok("/proposals?done=answer".to_owned())
    }
}

impl Asks for Withdrawing {
    type Right = LogProgress;

    fn sheet(&self, conn: &mut Connection, visitor: &Visitor<LogProgress>, typed: &Typed, at: &Moment) -> AppResult<Sheet> {
        let (t, s) = (ProposalWords::of(visitor.shell.language), SheetWords::of(visitor.shell.language));
        let shown = proposals::get(conn, &visitor.actor().permit::<ReadWork>()?, self.0, at)?;
        let fields = vec![Field::new(typed, ("reason", "/reason"), s.reason, Kind::Lines).optional()];
        Ok(sheet(&shown, typed, visitor.shell.language, (t.withdraw, "withdrawal"), fields))
    }

    fn carry_out(&self, conn: &mut Connection, visitor: &Visitor<LogProgress>, typed: &Typed, at: &Moment) -> AppResult<String> {
        let target = proposals::to_decide(conn, visitor, self.0, Expected::Version(typed.version()), ProposalAction::Withdraw, at)?;
        let said: WithdrawalDraft = draft(typed.texts(&["reason"]).into())?;
        proposals::withdraw(conn, visitor, target, said.reason.as_ref(), at)?;
        Ok("/proposals?done=withdrawal".to_owned())
    }
}

#[get("/proposals/{proposal}/answer")]
async fn answer_page(state: State, visitor: Visitor<AnswerProposals>, which: Path<String>, asked: Opened) -> AppResult<HttpResponse> {
    field_form::open(&state, visitor, Answering(forms::id(&which)?), asked).await
}

#[post("/proposals/{proposal}/answer")]
async fn answer(state: State, visitor: Visitor<AnswerProposals>, which: Path<String>, form: Filled) -> AppResult<HttpResponse> {
    field_form::send(&state, visitor, Answering(forms::id(&which)?), form).await
}

#[get("/proposals/{proposal}/withdrawal")]
async fn withdrawal_page(state: State, visitor: Visitor<LogProgress>, which: Path<String>, asked: Opened) -> AppResult<HttpResponse> {
    field_form::open(&state, visitor, Withdrawing(forms::id(&which)?), asked).await
}

#[post("/proposals/{proposal}/withdrawal")]
async fn withdraw(state: State, visitor: Visitor<LogProgress>, which: Path<String>, form: Filled) -> AppResult<HttpResponse> {
    field_form::send(&state, visitor, Withdrawing(forms::id(&which)?), form).await
}
