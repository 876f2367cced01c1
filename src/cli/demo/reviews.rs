//! Plays review rounds: opened, handed in by units, put together, frozen and approved.

use crate::db::Connection;
use crate::domain::merge_patch::MergePatch;
use crate::domain::review_reports::{ApprovalDraft, FreezeDraft};
use crate::domain::reviews::{ReviewDecision, ReviewDecisionDraft, ReviewPartsQuery, ReviewQuery, ReviewTexts};
use crate::domain::verifications::{Outcome, VerificationDraft};
use crate::domain::{Id, Moment, Reference};
use crate::error::{AppError, AppResult};
use crate::service::access::{LogProgress, ReadWork, SignReviews, Verify, WriteWork};
use crate::service::lookup::Expected;
use crate::service::{review_reports, review_submissions, reviews};

use super::data::Round;
use super::world::{Kind, World};

/// What every text that was made up begins with.
const MADE_UP: &str = "Số liệu minh họa.";

/// A step of a round.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    Open,
    HandIn,
    Judge,
    HandInAnew,
    Consolidate,
    Freeze,
    Approve,
}

/// The steps of a round, each with its day.
pub fn steps(round: &Round) -> Vec<(chrono::NaiveDate, Step)> {
    let later = [
        (round.handed_in, Step::HandIn),
        (round.judged, Step::Judge),
        (round.handed_in_anew, Step::HandInAnew),
        (round.consolidated, Step::Consolidate),
        (round.frozen, Step::Freeze),
        (round.approved, Step::Approve),
    ];
    std::iter::once((round.opened, Step::Open)).chain(later.into_iter().filter_map(|(day, step)| Some((day?, step)))).collect()
}

/// Plays a step.
pub fn play(conn: &mut Connection, world: &World<'_>, round: &Round, step: Step, at: &Moment) -> AppResult<()> {
    let id = find(conn, world, round)?;
    match step {
        Step::Open => {
            decide(conn, world, id, ReviewDecision::Open, at)?;
            round.scale.map_or(Ok(()), |scale| change(conn, world, id, serde_json::json!({"scale": scale}), at))
        }
        Step::HandIn => hand_in(conn, world, round, id, |code| !round.silent.contains(code), at),
        Step::HandInAnew => hand_in(conn, world, round, id, |code| round.returned.contains(code), at),
        Step::Judge => judge(conn, world, round, id, at),
        Step::Consolidate => {
            decide(conn, world, id, ReviewDecision::Consolidate, at)?;
            change(conn, world, id, serde_json::json!({"texts": round.texts}), at)
        }
        Step::Freeze => {
            let permit = world.office()?.permit::<WriteWork>()?;
            let (early_reason, missing_reason) = (round.early_reason.clone(), round.missing_reason.clone());
            let draft = FreezeDraft { as_of: round.as_of, early_reason, missing_reason, version: None };
            let reviewed = review_reports::to_freeze(conn, &permit, id)?;
            review_reports::freeze(conn, &permit, reviewed, &draft, at).map(drop)
        }
        Step::Approve => {
            let leader = world.leader()?;
            let sha256 = review_reports::get_frozen(conn, &leader.permit::<ReadWork>()?, id)?.report.sha256;
            let permit = leader.permit::<SignReviews>()?;
            let reviewed = review_reports::to_approve(conn, &permit, id)?;
            review_reports::approve(conn, &permit, &reviewed, &ApprovalDraft { sha256, post: round.post.clone() }, at).map(drop)
        }
    }
}

fn find(conn: &mut Connection, world: &World<'_>, round: &Round) -> AppResult<Id> {
    let resolution = Some(world.find(Kind::Resolution, &round.resolution)?);
    let rounds = reviews::list(conn, &world.office()?.permit()?, ReviewQuery { resolution, ..ReviewQuery::default() })?.items;
    let found = rounds.into_iter().find(|known| known.kind == round.kind);
    found.map(|known| known.id).ok_or_else(|| AppError::internal(format!("demo: no round {}", round.kind)))
}

fn decide(conn: &mut Connection, world: &World<'_>, id: Id, decision: ReviewDecision, at: &Moment) -> AppResult<()> {
    let permit = world.office()?.permit::<WriteWork>()?;
    let reviewed = reviews::to_decide(conn, &permit, id)?;
    reviews::decide(conn, &permit, reviewed, &ReviewDecisionDraft { decision, reason: None }, at).map(drop)
}

fn change(conn: &mut Connection, world: &World<'_>, id: Id, fields: serde_json::Value, at: &Moment) -> AppResult<()> {
    reviews::update(conn, &world.office()?.permit()?, id, Expected::Any, &MergePatch(fields), at).map(drop)
}

/// The codes of the units that owe a round anything.
fn owing(conn: &mut Connection, world: &World<'_>, id: Id, at: &Moment) -> AppResult<Vec<String>> {
    let query = ReviewPartsQuery { limit: Some(200), cursor: None };
    let owed = review_submissions::list(conn, &world.office()?.permit()?, id, query, at)?.items;
    Ok(owed.into_iter().map(|submission| submission.unit.code).collect())
}

/// The units that are `chosen` hand in what they find written, in the name of their reporters where the demo has them.
fn hand_in(
    conn: &mut Connection,
    world: &World<'_>,
    round: &Round,
    id: Id,
    chosen: impl Fn(&String) -> bool,
    at: &Moment,
) -> AppResult<()> {
    for code in owing(conn, world, id, at)?.into_iter().filter(|code| chosen(code)) {
        let unit = Reference::Code(code.clone());
        let prefill = review_submissions::get(conn, &world.office()?.permit()?, id, &unit, at)?.prefill;
        let anew = round.handed_in_anew == Some(at.today());
        let texts = ReviewTexts {
            results: Some(format!("{MADE_UP}\n{}", prefill.results.unwrap_or_default()).trim_end().to_owned()),
            causes: anew.then(|| format!("{MADE_UP} Chờ bố trí vốn và hoàn thiện thủ tục.")),
            ..prefill
        };
        let permit = world.speaker(Some(&code))?.permit::<LogProgress>()?;
        let target = review_submissions::target(conn, &permit, id, &unit, at)?;
        review_submissions::hand_in(conn, &permit, target, Expected::Missing, &texts, at)?;
    }
    Ok(())
}

/// The focal office confirms what was handed in, but returns what the file says.
fn judge(conn: &mut Connection, world: &World<'_>, round: &Round, id: Id, at: &Moment) -> AppResult<()> {
    let permit = world.office()?.permit::<Verify>()?;
    for code in owing(conn, world, id, at)?.into_iter().filter(|code| !round.silent.contains(code)) {
        let returned = round.returned.contains(&code);
        let outcome = if returned { Outcome::Returned } else { Outcome::Verified };
        let draft = VerificationDraft { outcome, reason: round.return_reason.clone().filter(|_| returned) };
        let target = review_submissions::to_judge(conn, &permit, id, &Reference::Code(code), Expected::Any)?;
        review_submissions::judge(conn, &permit, target, &draft, at)?;
    }
    Ok(())
}
