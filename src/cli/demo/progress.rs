//! Deals the illustrative progress out and logs it, by the recipe of `demo/README.md`.

use chrono::{NaiveDate, TimeDelta};

use crate::db::Connection;
use crate::domain::Moment;
use crate::domain::progress_reports::{Product, ReportDraft, ReportState};
use crate::domain::proposals::ProposalDraft;
use crate::domain::verifications::{Outcome, VerificationDraft};
use crate::error::AppResult;
use crate::service::access::{LogProgress, Verify};
use crate::service::lookup::Expected;
use crate::service::{progress_reports, verifications};

use super::data::{Files, Spread, Step, Texts};
use super::tasks::children;
use super::world::World;

/// A report that one unit makes on one task, with every text filled in.
#[derive(Debug, Clone)]
pub struct Told {
    pub task: String,
    pub unit: Option<String>,
    pub step: Step,
    pub texts: Texts,
}

/// Every report of every task, those written by hand and those dealt out.
pub fn reports(files: &Files) -> Vec<Told> {
    let mut told = Vec::new();
    for entry in &files.progress.entry {
        let plain = Texts { prefix: String::new(), ..files.progress.texts.clone() };
        let texts = if entry.illustrative { files.progress.texts.clone() } else { plain };
        told.extend(entry.steps.iter().map(|step| Told {
            task: entry.task.clone(),
            unit: entry.unit.clone(),
            step: step.clone(),
            texts: texts.clone(),
        }));
    }
    for spread in &files.progress.spread {
        told.extend(dealt(files, spread));
    }
    told
}

fn dealt(files: &Files, spread: &Spread) -> Vec<Told> {
    let by_hand = |code: &str| files.progress.entry.iter().any(|e| e.task == spread.task && e.unit.as_deref() == Some(code));
    let texts = merged(&files.progress.texts, spread.texts.as_ref());
    let task = files.tasks.task.iter().find(|t| t.key == spread.task);
    let units = task.map(|t| children(files, t)).unwrap_or_default();
    let mut told = Vec::new();
    for unit in units.iter().filter(|u| !by_hand(&u.code)) {
        let hash = fnv(&format!("{}/{}", spread.task, unit.code));
        let jitter = TimeDelta::days(i64::from((hash / 100) % (spread.jitter_days + 1)));
        for step in path(spread, hash % 100) {
            told.push(Told { task: spread.task.clone(), unit: Some(unit.code.clone()), step: later(step, jitter), texts: texts.clone() });
        }
    }
    told
}

/// The first path whose shares, added up from the top, exceed the draw.
fn path(spread: &Spread, draw: u32) -> &[Step] {
    let mut sum = 0;
    let chosen = spread.path.iter().find(|path| {
        sum += path.share;
        sum > draw
    });
    chosen.map_or(&[], |path| &path.steps)
}

/// FNV-1a, 32 bits.
fn fnv(text: &str) -> u32 {
    text.bytes().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

fn later(step: &Step, by: TimeDelta) -> Step {
    let moved = |day: Option<NaiveDate>| day.map(|d| d + by);
    Step {
        report: step.report + by,
        verified: moved(step.verified),
        returned: moved(step.returned),
        product_on: moved(step.product_on),
        measured_on: moved(step.measured_on),
        ..step.clone()
    }
}

fn merged(general: &Texts, own: Option<&Texts>) -> Texts {
    let Some(own) = own else { return general.clone() };
    let pick = |own: &Option<String>, general: &Option<String>| own.clone().or_else(|| general.clone());
    Texts {
        prefix: general.prefix.clone(),
        not_started: pick(&own.not_started, &general.not_started),
        in_progress: pick(&own.in_progress, &general.in_progress),
        product_submitted: pick(&own.product_submitted, &general.product_submitted),
        completed: pick(&own.completed, &general.completed),
        product_note: pick(&own.product_note, &general.product_note),
        returned: pick(&own.returned, &general.returned),
    }
}

/// Logs one report; answers its id.
pub fn log(conn: &mut Connection, world: &World<'_>, told: &Told, at: &Moment) -> AppResult<crate::domain::Id> {
    let task = world.task(&told.task, told.unit.as_ref())?;
    let permit = world.speaker(told.unit.as_deref())?.permit::<LogProgress>()?;
    let target = progress_reports::target(conn, &permit, task, at)?;
    let shown = progress_reports::log(conn, &permit, target, &draft(told), at)?;
    Ok(shown.record.report.id)
}

/// Verifies or returns it in the name of the focal office.
pub fn judge(conn: &mut Connection, world: &World<'_>, told: &Told, report: crate::domain::Id, at: &Moment) -> AppResult<()> {
    let permit = world.office()?.permit::<Verify>()?;
    let verdict = match told.step.returned {
        Some(_) => VerificationDraft { outcome: Outcome::Returned, reason: told.texts.returned.clone() },
        None => VerificationDraft { outcome: Outcome::Verified, reason: None },
    };
    let target = verifications::target(conn, &permit, report, Expected::Any, at)?;
    verifications::verify(conn, &permit, target, &verdict, at)?;
    Ok(())
}

/// What a report says that nobody wrote by hand. It names its month: two reports in the same words are a signal of their own.
fn template(texts: &Texts, said: &str, on: NaiveDate) -> String {
    format!("{}{} (tháng {})", texts.prefix, said.trim_end_matches('.'), on.format("%-m/%Y"))
}

fn draft(told: &Told) -> ReportDraft {
    let Told { step, texts, .. } = told;
    let said = match step.state {
        ReportState::NotStarted => &texts.not_started,
        ReportState::InProgress => &texts.in_progress,
        ReportState::ProductSubmitted => &texts.product_submitted,
        ReportState::Completed => &texts.completed,
    };
    let result = step.result.clone().unwrap_or_else(|| template(texts, said.as_deref().unwrap_or_default(), step.report));
    let product = (step.state == ReportState::Completed).then(|| Product {
        number: None,
        issued_on: step.product_on.unwrap_or(step.report - TimeDelta::days(3)),
        note: step.product_note.clone().or_else(|| texts.product_note.clone()),
    });
    ReportDraft {
        state: step.state,
        result: Some(result),
        period: step.period.clone(),
        percent: step.percent,
        measured_on: step.measured_on.unwrap_or(step.report),
        product,
        obstacles: step.obstacles.clone(),
        proposals: step.proposals.iter().cloned().map(ProposalDraft::from).collect(),
        reason: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_fnv_1a() {
        assert_eq!(fnv(""), 0x811c_9dc5);
        assert_eq!(fnv("a"), 0xe40c_292c);
        assert_eq!(fnv("foobar"), 0xbf9c_f968);
    }

    #[test]
    fn every_child_of_a_spread_walks_one_path() {
        let files = Files::read().unwrap();
        let told = reports(&files);
        assert!(told.iter().any(|t| t.unit.as_deref() == Some("hg-so-khoa-hoc-va-cong-nghe") && t.step.percent.is_some()));
        assert!(told.iter().filter(|t| t.unit.is_some()).all(|t| !t.texts.prefix.is_empty()));
    }
}
