//! `/reviews/{review}/submissions/{unit}`: what a unit owes a review round: what is known of it, all it has handed in, and the forms that hand
//! in, confirm and return.

use actix_web::web::{Path, ServiceConfig};
use actix_web::{HttpResponse, get, post};
use askama::Template;
use chrono::NaiveDate;
use serde::Deserialize;

use super::choices::{Choice, Group, choice};
use super::field_form::{self, Asks, Filled, Opened, SheetWords};
use super::fields::{Field, Kind, Sheet, Typed};
use super::forms::{self, Query, draft};
use super::indicators::IndicatorWords;
use super::labels::Label;
use super::page::{self, Shell};
use super::review_forms::{TEXTS, headings, named, typed_from};
use super::review_lines::{Badge, IndicatorLine, LineWords, indicator_line, paragraphs};
use super::reviews::ReviewWords;
use super::session::{State, Visitor};
use super::task_history::time;
use crate::domain::progress_reports::Verification;
use crate::domain::review_reports::ReportedTask;
use crate::domain::review_submissions::SubmissionAction;
use crate::domain::reviews::ReviewTexts;
use crate::domain::verifications::{Outcome, VerificationDraft};
use crate::domain::{Id, Language, Moment, Origin, Reference};
use crate::error::{AppError, AppResult};
use crate::service::access::{LogProgress, ReadWork, Verify};
use crate::service::lookup::Expected;
use crate::service::review_submissions::{self, Prepared};
use crate::state::Connection;
use crate::view::review_submissions::RevisionView;

/// The routes of this page and its forms.
pub fn configure(config: &mut ServiceConfig) {
    config.service(submission_page).service(hand_in_page).service(hand_in).service(verification_page).service(verify);
}

words! {
    /// Words of this page and its forms.
    SubmissionWords {
        title = "Báo cáo của đơn vị", "What the unit hands in";
        due = "Đến hạn", "Due";
        hand_in = "Viết và gửi báo cáo", "Write and hand in";
        again = "Gửi lại báo cáo", "Hand in anew";
        judge = "Xác nhận hoặc trả lại", "Confirm or return";
        confirm = "Xác nhận", "Confirm";
        give_back = "Trả lại", "Return";
        outcome = "Kết luận", "Outcome";
        return_hint = "Cần khi trả lại", "Needed to return it";
        none = "Chưa gửi lần nào.", "Nothing was handed in yet.";
        handed_in = "Các lần gửi", "What was handed in";
        revision = "Lần", "Revision";
        on_behalf = "văn phòng gửi thay", "handed in by the office for the unit";
        known = "Đã biết về đơn vị", "What is known of the unit";
        prefill = "Nội dung gợi ý từ số liệu và báo cáo đã có", "Words to begin with, from what was reported";
        no_overdue = "Không có nhiệm vụ quá hạn.", "No task is overdue.";
        no_indicators = "Không theo dõi chỉ tiêu nào.", "It reports on no indicator.";
        results_hint = "Phần này phải có; các phần khác để trống được", "This one is needed; the others may be empty";
        returned = "Bị trả lại:", "It was returned:";
    }
}

/// What was handed in once.
struct Revision {
    heading: String,
    state: Badge,
    about: String,
    reason: Option<String>,
    illustrative: bool,
    texts: Vec<(&'static str, String)>,
}

#[derive(Template)]
#[template(path = "review_submission.html")]
struct SubmissionPage {
    shell: Shell,
    t: &'static ReviewWords,
    w: &'static SubmissionWords,
    l: &'static LineWords,
    i: &'static IndicatorWords,
    done: Option<&'static str>,
    /// Address and title of the round.
    round: (String, String),
    address: String,
    unit: (String, String),
    due_on: NaiveDate,
    illustrative: bool,
    state: Badge,
    submits: Option<&'static str>,
    judges: Option<&'static str>,
    prefill: Vec<(&'static str, String)>,
    overdue: Vec<ReportedTask>,
    indicators: Vec<IndicatorLine>,
    revisions: Vec<Revision>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    done: Option<String>,
}

/// A round, and the unit that owes it something.
#[derive(Clone)]
struct Which(Id, Reference);

fn which(path: Path<(String, String)>) -> AppResult<Which> {
    let (review, unit) = path.into_inner();
    Ok(Which(forms::id(&review)?, Reference::from(unit)))
}

#[get("/reviews/{review}/submissions/{unit}")]
async fn submission_page(
    state: State,
    visitor: Visitor<ReadWork>,
    path: Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> AppResult<HttpResponse> {
    let (Which(review, unit), done) = (which(path)?, asked.done.is_some());
    let filled = state.read(move |conn, at| {
        let prepared = review_submissions::get(conn, &visitor, review, &unit, at)?;
        Ok(fill(prepared, visitor.shell, done))
    });
    page::show(&filled.await?)
}

fn fill(prepared: Prepared, shell: Shell, done: bool) -> SubmissionPage {
    let language = shell.language;
    let w = SubmissionWords::of(language);
    let Prepared { submission, overdue, indicators, prefill, revisions, actions } = prepared;
    let submits = actions.contains(&SubmissionAction::Submit).then_some(if submission.last.is_some() { w.again } else { w.hand_in });
    SubmissionPage {
        t: ReviewWords::of(language),
        w,
        l: LineWords::of(language),
        i: IndicatorWords::of(language),
        done: done.then_some(SheetWords::of(language).done),
        address: address(submission.round.id, &submission.unit.code),
        round: (format!("/reviews/{}", submission.round.id), submission.round.title),
        due_on: submission.round.due_on,
        illustrative: submission.illustrative,
        unit: (submission.unit.code, submission.unit.name),
        state: (submission.state.as_str(), submission.state.label(language)),
        submits,
        judges: judging(&actions, w),
        prefill: paragraphs(&prefill, language),
        overdue,
        indicators: indicators.iter().map(|line| indicator_line(line, language)).collect(),
        revisions: revisions
            .into_iter()
            .map(|(row, author, judge)| revision(RevisionView::new(&row, author, judge), w, language))
            .collect(),
        shell,
    }
}

/// What judging is called for who may; what one handed in oneself one only returns.
fn judging(actions: &[SubmissionAction], w: &'static SubmissionWords) -> Option<&'static str> {
    let (verifies, returns) = (actions.contains(&SubmissionAction::Verify), actions.contains(&SubmissionAction::Return));
    verifies.then_some(w.judge).or(returns.then_some(w.give_back))
}

fn address(review: Id, unit: &str) -> String {
    format!("/reviews/{review}/submissions/{unit}")
}

fn revision(row: RevisionView, w: &'static SubmissionWords, language: Language) -> Revision {
    let told = row.recorded_by.into_iter().chain([time(row.recorded_at, language)]);
    let judged = row.verified_at.map(|at| row.verified_by.into_iter().chain([time(at, language)]).collect::<Vec<_>>().join(" · "));
    let judged = judged.map(|judged| format!("{}: {judged}", row.verification.label(language)));
    let about = told.chain(row.on_behalf.then(|| w.on_behalf.to_owned())).chain(judged);
    Revision {
        heading: format!("{} {}", w.revision, row.revision),
        state: (row.verification.as_str(), row.verification.label(language)),
        about: about.collect::<Vec<_>>().join(" · "),
        reason: row.verification_reason,
        illustrative: row.origin == Origin::Demo,
        texts: paragraphs(&row.texts, language),
    }
}

/// A form about what a unit owes.
fn sheet(prepared: &Prepared, (title, below): (&'static str, &str), lead: String, fields: Vec<Field>, typed: &Typed) -> Sheet {
    let (round, unit) = (&prepared.submission.round, &prepared.submission.unit);
    let address = address(round.id, &unit.code);
    let version = prepared.submission.last.as_ref().map_or(0, |row| row.version);
    Sheet {
        title: title.to_owned(),
        action: format!("{address}/{below}"),
        above: (address, format!("{}: {}", unit.name, round.title)),
        lead: Some(lead),
        fields,
        hidden: vec![("version", typed.get("version").map_or_else(|| version.to_string(), ToOwned::to_owned))],
        submit: title,
    }
}

impl Asks for Which {
    type Right = LogProgress;

    fn sheet(&self, conn: &mut Connection, visitor: &Visitor<LogProgress>, typed: &Typed, at: &Moment) -> AppResult<Sheet> {
        let shell = &visitor.shell;
        let (t, w) = (ReviewWords::of(shell.language), SubmissionWords::of(shell.language));
        review_submissions::target(conn, visitor, self.0, &self.1, at)?;
        let prepared = review_submissions::get(conn, &visitor.actor().permit::<ReadWork>()?, self.0, &self.1, at)?;
        // What was sent is shown again, whatever has become of the report meanwhile.
        if !typed.was_sent() && !prepared.actions.contains(&SubmissionAction::Submit) {
            return Err(AppError::illegal_state(prepared.actions));
        }
        let last = prepared.submission.last.as_ref();
        let begin = match last {
            Some(row) => row.texts(),
            None => prepared.prefill.clone(),
        };
        let typed = typed_from(typed, named(begin));
        let fields = TEXTS.into_iter().zip(headings(t)).map(|(name, label)| {
            let field = Field::new(&typed, name, label, Kind::Lines);
            if name.0 == "results" { field.hint(w.results_hint) } else { field.optional() }
        });
        let returned = last.filter(|row| row.verification == Verification::Returned).and_then(|row| row.verification_reason.as_ref());
        let returned = returned.map(|reason| format!(" {} {reason}", w.returned)).unwrap_or_default();
        let lead = format!("{}: {}.{returned}", w.due, shell.day(&prepared.submission.round.due_on));
        Ok(sheet(&prepared, (if last.is_some() { w.again } else { w.hand_in }, "report"), lead, fields.collect(), &typed))
    }

    fn carry_out(&self, conn: &mut Connection, visitor: &Visitor<LogProgress>, typed: &Typed, at: &Moment) -> AppResult<String> {
        let target = review_submissions::target(conn, visitor, self.0, &self.1, at)?;
        let said: ReviewTexts = draft(typed.texts(&TEXTS.map(|(name, _)| name)).into())?;
        let (prepared, _) = review_submissions::hand_in(conn, visitor, target, Expected::Version(typed.version()), &said, at)?;
        Ok(format!("{}?done=handed_in", address(self.0, &prepared.submission.unit.code)))
    }
}

/// The focal office confirms or returns.
#[derive(Clone)]
struct Judging(Which);

impl Asks for Judging {
    type Right = Verify;

    fn sheet(&self, conn: &mut Connection, visitor: &Visitor<Verify>, typed: &Typed, at: &Moment) -> AppResult<Sheet> {
        let language = visitor.shell.language;
        let (w, Which(review, unit)) = (SubmissionWords::of(language), &self.0);
        let prepared = review_submissions::for_judge(conn, visitor, *review, unit, at)?;
        let said = [(SubmissionAction::Verify, Outcome::Verified, w.confirm), (SubmissionAction::Return, Outcome::Returned, w.give_back)];
        let may = said.into_iter().filter(|(action, ..)| prepared.actions.contains(action));
        let choices: Vec<Choice> = may.map(|(_, outcome, label)| choice(outcome.as_str(), label, None)).collect();
        if choices.is_empty() && !typed.was_sent() {
            return Err(AppError::illegal_state(prepared.actions));
        }
        let newest = prepared.revisions.first();
        let newest = newest.map(|(row, author, judge)| revision(RevisionView::new(row, author.clone(), judge.clone()), w, language));
        let (lead, texts) = newest.map(|row| (format!("{}: {}", row.heading, row.about), row.texts)).unwrap_or_default();
        let fields = vec![
            Field::new(typed, ("texts", "/texts"), w.title, Kind::Told(texts)),
            Field::new(typed, ("outcome", "/outcome"), w.outcome, Kind::One(vec![Group { label: "", choices }])),
            Field::new(typed, ("reason", "/reason"), SheetWords::of(language).reason, Kind::Lines).hint(w.return_hint).optional(),
        ];
        Ok(sheet(&prepared, (judging(&prepared.actions, w).unwrap_or(w.judge), "verification"), lead, fields, typed))
    }

    fn carry_out(&self, conn: &mut Connection, visitor: &Visitor<Verify>, typed: &Typed, at: &Moment) -> AppResult<String> {
        let Which(review, unit) = &self.0;
        let target = review_submissions::to_judge(conn, visitor, *review, unit, Expected::Version(typed.version()))?;
        let said: VerificationDraft = draft(typed.texts(&["outcome", "reason"]).into())?;
        let prepared = review_submissions::judge(conn, visitor, target, &said, at)?;
        Ok(format!("{}?done=judged", address(*review, &prepared.submission.unit.code)))
    }
}

type Pair = Path<(String, String)>;

#[get("/reviews/{review}/submissions/{unit}/report")]
async fn hand_in_page(state: State, visitor: Visitor<LogProgress>, path: Pair, asked: Opened) -> AppResult<HttpResponse> {
    field_form::open(&state, visitor, which(path)?, asked).await
}

#[post("/reviews/{review}/submissions/{unit}/report")]
async fn hand_in(state: State, visitor: Visitor<LogProgress>, path: Pair, form: Filled) -> AppResult<HttpResponse> {
    field_form::send(&state, visitor, which(path)?, form).await
}

#[get("/reviews/{review}/submissions/{unit}/verification")]
async fn verification_page(state: State, visitor: Visitor<Verify>, path: Pair, asked: Opened) -> AppResult<HttpResponse> {
    field_form::open(&state, visitor, Judging(which(path)?), asked).await
}

#[post("/reviews/{review}/submissions/{unit}/verification")]
async fn verify(state: State, visitor: Visitor<Verify>, path: Pair, form: Filled) -> AppResult<HttpResponse> {
    field_form::send(&state, visitor, Judging(which(path)?), form).await
}
