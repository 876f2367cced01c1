//! `/reviews/{review}`: one round with its report, what units handed in, and what was frozen. Reporters see the round and what their own
//! units owe.

use actix_web::web::{Path, ServiceConfig};
use actix_web::{HttpResponse, get};
use askama::Template;
use chrono::NaiveDate;
use serde::Deserialize;

use super::choices;
use super::field_form::SheetWords;
use super::forms::{Query, id};
use super::indicators::IndicatorWords;
use super::labels::Label;
use super::obligations::period;
use super::page::{self, Shell};
use super::review_lines::{Badge, LineWords, ReportPart, paragraphs, report_part};
use super::reviews::ReviewWords;
use super::session::{State, Visitor};
use super::task_history::time;
use crate::domain::reviews::{ReviewAction, ReviewDecision, ReviewPartsQuery, ReviewState};
use crate::domain::{Id, Language, Moment};
use crate::error::{AppResult, codes};
use crate::service::access::{Permit, ReadWork, SignReviews, WriteWork};
use crate::service::review_reports::{self, Frozen, Shown};
use crate::service::review_submissions::{self, Submission};
use crate::service::{programmes, resolutions, reviews};
use crate::state::Connection;
use crate::view::reviews::ReviewView;

/// The routes of this page.
pub fn configure(config: &mut ServiceConfig) {
    config.service(review_page);
}

words! {
    /// Words of this page.
    ReviewPageWords {
        document = "Văn bản", "Document";
        as_of = "Số liệu đến hết ngày", "Numbers of the end of";
        show = "Xem", "Show";
        draft = "Bản dự thảo: số liệu còn thay đổi cho đến khi chốt.", "A draft: its numbers change until it is frozen.";
        change = "Sửa hạn, cách đánh giá, nội dung", "Change day, rules, texts";
        freeze = "Chốt báo cáo", "Freeze it";
        approve = "Phê duyệt", "Approve";
        correct = "Ghi đính chính", "Add a correction";
        texts = "Nội dung báo cáo", "What is said";
        no_texts = "Văn phòng chưa ghi nội dung.", "The office has written nothing yet.";
        submissions = "Báo cáo của các đơn vị", "What units hand in";
        list = "Các đơn vị phải gửi", "The units that owe one";
        no_submissions = "Không có đơn vị nào phải báo cáo.", "No unit owes anything.";
        handed_in = "Gửi lúc", "Handed in";
        frozen = "Bản đã chốt", "What was frozen";
        hash = "Mã SHA-256 của nội dung", "SHA-256 of its content";
        frozen_by = "Người chốt", "Frozen by";
        approvals = "Phê duyệt", "Approved by";
        no_approvals = "Chưa có lãnh đạo phê duyệt.", "No leader has approved it yet.";
        errata = "Đính chính", "Corrections";
        download = "Tải báo cáo", "Load the report";
        differs = "Khác gì so với hôm nay", "What differs from today";
    }
}

/// What stands frozen.
struct FrozenPart {
    as_of: NaiveDate,
    sha256: String,
    by: String,
    /// Name, post, time.
    approvals: Vec<(String, Option<String>, String)>,
    /// Time, user name, text.
    errata: Vec<(String, String, String)>,
}

/// What a unit owes.
struct Row {
    code: String,
    name: String,
    state: Badge,
    handed_in: Option<String>,
}

/// A list of no more entries is shown at once; longer ones are opened.
const FEW: usize = 12;

/// What may be done: address, name, whether it is the next step.
type Step = (String, &'static str, bool);

#[derive(Template)]
#[template(path = "review.html")]
struct ReviewPage {
    shell: Shell,
    t: &'static ReviewWords,
    p: &'static ReviewPageWords,
    l: &'static LineWords,
    i: &'static IndicatorWords,
    done: Option<&'static str>,
    id: Id,
    title: String,
    state: Badge,
    steps: Vec<Step>,
    document: Option<(String, String)>,
    facts: Vec<(&'static str, String)>,
    /// For who reads the whole province.
    report: Option<ReportPart>,
    /// Shown beside the report.
    texts: Vec<(&'static str, String)>,
    rows: Vec<Row>,
    frozen: Option<FrozenPart>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    done: Option<String>,
    /// Before it is frozen: the day at whose end the numbers are taken.
    as_of: Option<NaiveDate>,
}

#[get("/reviews/{review}")]
async fn review_page(state: State, visitor: Visitor<ReadWork>, which: Path<String>, Query(asked): Query<Asked>) -> AppResult<HttpResponse> {
    let which = id(&which)?;
    page::show(&state.read(move |conn, at| fill(conn, &visitor, which, &asked, at)).await?)
}

fn fill(conn: &mut Connection, visitor: &Visitor<ReadWork>, id: Id, asked: &Asked, at: &Moment) -> AppResult<ReviewPage> {
    let (shell, language) = (visitor.shell.clone(), visitor.shell.language);
    let round = ReviewView::from(reviews::get(conn, visitor, id)?);
    let frozen = if round.state == ReviewState::Frozen { Some(review_reports::get_frozen(conn, visitor, id)?) } else { None };
    let steps = steps(conn, visitor, &round, frozen.as_ref())?;
    let report = whole(conn, visitor, id, asked.as_of.filter(|_| frozen.is_none()), at)?;
    let owed = choices::whole(|cursor| review_submissions::list(conn, visitor, id, ReviewPartsQuery { limit: Some(200), cursor }, at))?;
    Ok(ReviewPage {
        t: ReviewWords::of(language),
        p: ReviewPageWords::of(language),
        l: LineWords::of(language),
        i: IndicatorWords::of(language),
        done: asked.done.as_ref().map(|_| SheetWords::of(language).done),
        id,
        state: (round.state.as_str(), round.state.label(language)),
        steps,
        document: document(conn, visitor, &round)?,
        facts: facts(&round, &shell),
        texts: paragraphs(&round.texts, language),
        report: report.map(|shown| report_part(shown.report, language)),
        rows: owed.into_iter().map(|owed| row(owed, language)).collect(),
        frozen: frozen.map(|frozen| frozen_part(frozen, language)),
        title: round.title,
        shell,
    })
}

/// The report, for who reads the whole province; none for others.
///
/// # Errors
/// `not_found`; the database's.
pub fn whole(conn: &mut Connection, permit: &Permit<ReadWork>, id: Id, as_of: Option<NaiveDate>, at: &Moment) -> AppResult<Option<Shown>> {
    match review_reports::get(conn, permit, id, as_of, at) {
        Ok(shown) => Ok(Some(shown)),
        Err(error) if error.code == codes::FORBIDDEN => Ok(None),
        Err(error) => Err(error),
    }
}

fn document(conn: &mut Connection, permit: &Permit<ReadWork>, round: &ReviewView) -> AppResult<Option<(String, String)>> {
    Ok(match (round.resolution, round.programme) {
        (Some(id), _) => Some((format!("/resolutions/{id}"), resolutions::get(conn, permit, id)?.title)),
        (None, Some(id)) => Some((format!("/programmes/{id}"), programmes::get(conn, permit, id)?.title)),
        (None, None) => None,
    })
}

fn facts(round: &ReviewView, shell: &Shell) -> Vec<(&'static str, String)> {
    let (language, t) = (shell.language, ReviewWords::of(shell.language));
    let judged = round.period.as_ref().map_or_else(|| t.last_period.to_owned(), |id| period(id, language));
    let facts = [
        (t.kind, Some(round.kind.label(language).to_owned())),
        (t.anchor_on, (round.anchor_on != round.due_on).then(|| shell.day(&round.anchor_on))),
        (t.due_on, Some(shell.day(&round.due_on))),
        (t.kept_bound, Some(round.kept_bound.label(language).to_owned())),
        (t.scale, round.scale.map(|scale| scale.label(language).to_owned())),
        (t.period, Some(judged)),
    ];
    facts.into_iter().filter_map(|(name, said)| Some((name, said?))).collect()
}

/// What this account may do with the round next.
fn steps(conn: &mut Connection, visitor: &Visitor<ReadWork>, round: &ReviewView, frozen: Option<&Frozen>) -> AppResult<Vec<Step>> {
    let (language, p) = (visitor.shell.language, ReviewPageWords::of(visitor.shell.language));
    let writes = match visitor.actor().permit::<WriteWork>() {
        Ok(permit) => may(reviews::to_decide(conn, &permit, round.id))?,
        Err(_) => false,
    };
    let approved = frozen.is_some_and(|frozen| frozen.approvals.iter().any(|row| Some(row.recorded_by) == visitor.actor().account()));
    let signs = match visitor.actor().permit::<SignReviews>() {
        Ok(permit) => !approved && may(review_reports::to_approve(conn, &permit, round.id))?,
        Err(_) => false,
    };
    let at = |below: &str| format!("/reviews/{}/{below}", round.id);
    let decided =
        |decision: ReviewDecision| (at(&format!("decision?decision={decision}")), decision.label(language), !decision.needs_reason());
    let step = |action: &ReviewAction| {
        let step = match action {
            ReviewAction::Change => (at("change"), p.change, false),
            ReviewAction::Open => decided(ReviewDecision::Open),
            ReviewAction::Consolidate => decided(ReviewDecision::Consolidate),
            ReviewAction::Reopen => decided(ReviewDecision::Reopen),
            ReviewAction::Cancel => decided(ReviewDecision::Cancel),
            ReviewAction::Freeze => (at("freeze"), p.freeze, true),
            ReviewAction::Correct => (at("errata/new"), p.correct, false),
            ReviewAction::Approve => return signs.then(|| (at("approval"), p.approve, true)),
            ReviewAction::Submit | ReviewAction::Snapshot => return None,
        };
        writes.then_some(step)
    };
    Ok(round.allowed_actions.iter().filter_map(step).collect())
}

/// Whether something may be done: what is refused may not.
///
/// # Errors
/// The database's.
fn may<T>(found: AppResult<T>) -> AppResult<bool> {
    match found {
        Ok(_) => Ok(true),
        Err(error) if error.code.status < 500 => Ok(false),
        Err(error) => Err(error),
    }
}

fn row(owed: Submission, language: Language) -> Row {
    Row {
        code: owed.unit.code,
        name: owed.unit.name,
        state: (owed.state.as_str(), owed.state.label(language)),
        handed_in: owed.last.map(|row| time(row.recorded_at.and_utc(), language)),
    }
}

fn frozen_part(Frozen { report, author, approvals, errata }: Frozen, language: Language) -> FrozenPart {
    let at = |at: chrono::NaiveDateTime| time(at.and_utc(), language);
    FrozenPart {
        as_of: report.as_of,
        by: [author, Some(at(report.recorded_at))].into_iter().flatten().collect::<Vec<_>>().join(" · "),
        sha256: report.sha256,
        approvals: approvals.into_iter().map(|row| (row.name, row.post, at(row.recorded_at))).collect(),
        errata: errata.into_iter().map(|(row, who)| (at(row.recorded_at), who.unwrap_or_default(), row.content)).collect(),
    }
}
