//! Several steps in one cell: parts between semicolons or lines, and within a part the words and the
//! date of each step.

use chrono::NaiveDate;

use super::cutoffs::statistics;
use super::free_words::matcher;
use super::grammar::sentence;
use super::kinds::{DeadlineKind, DeadlinePrecision};
use super::reading::Reading;
use super::recurring::recurring;
use super::reviews::review_cycle;
use super::steps::steps;
use super::written::Written;
use super::{Context, Milestone};

/// More steps than this are no cell of a table.
const MOST: usize = 40;

/// A step: words, date, and what kind of step it is.
#[derive(Clone, Debug)]
pub(super) struct Step {
    pub text: String,
    pub reading: Reading,
    /// Words of its own name it: "vận hành thương mại năm 2027".
    pub named: bool,
    /// It is a beginning: "khởi động quý IV/2026".
    pub begins: bool,
    /// It is a review: "sơ kết năm 2028".
    pub reviews: bool,
    /// No word ties the date to the work.
    pub loose: bool,
    /// The date tells what a document is about: "kế hoạch năm 2027".
    pub about: bool,
    /// False for an aspiration.
    pub binding: bool,
}

/// Reads a cell step by step; the second value is whether it binds.
pub(super) fn cell(written: &Written<'_>, context: &Context) -> Option<(Reading, bool)> {
    let parts = written.parts();
    if let Some(reading) = of_statistics(&parts, context).or_else(|| review_cycle(written, context)) {
        return Some((reading, true));
    }
    let mut found = Vec::new();
    for part in &parts {
        found.extend(part_steps(part, context)?);
        if found.len() > MOST {
            return None;
        }
    }
    match found.as_slice() {
        // Reviews of a cycle come in pairs; one alone may be about its year.
        all if all.iter().any(|step| step.about && (all.len() == 1 || !step.reviews)) => None,
        [] => None,
        [step] => alone(step),
        [first, due] if is_start(first) && is_bare_due(due) => from_to(first, due),
        all => several(all),
    }
}

/// The steps of one part.
fn part_steps(part: &Written<'_>, context: &Context) -> Option<Vec<Step>> {
    let (tokens, binding) = part.without_aspiration();
    let step = |reading: Reading, named| {
        Some(vec![Step { text: part.words(), reading, named, begins: false, reviews: false, loose: false, about: false, binding }])
    };
    if let Some(reading) = sentence(&tokens).and_then(|sentence| sentence.reading(context)) {
        return step(reading, false);
    }
    if let Some((reading, named)) = recurring(&tokens, context) {
        return step(reading, named);
    }
    steps(part, context, matcher(part.all_tokens()))
}

/// "6 tháng đầu năm; 9 tháng; 6 tháng cuối năm"
fn of_statistics(parts: &[Written<'_>], context: &Context) -> Option<Reading> {
    let tokens: Vec<_> = parts.iter().map(Written::tokens).collect();
    let (hull, spans) = statistics(&tokens, context)?;
    let milestones = parts.iter().zip(spans).map(|(part, span)| Milestone {
        start: Some(span.start),
        end: Some(span.end),
        ..Milestone::of(part.words(), DeadlinePrecision::Half)
    });
    let milestones = milestones.collect();
    Some(Reading { milestones, ..Reading::within(DeadlineKind::Period, hull, DeadlinePrecision::Half) })
}

/// One step is the whole cell: a window that words name is a milestone, anything else stays what it is.
fn alone(step: &Step) -> Option<(Reading, bool)> {
    let reading = step.reading.clone();
    let unbound_day = reading.kind == DeadlineKind::DueBy && reading.precision == Some(DeadlinePrecision::Day);
    let reading = match reading.kind {
        DeadlineKind::DueWindow | DeadlineKind::DueBy if step.begins => {
            // The work begins then; when it is due is not said.
            Reading { kind: DeadlineKind::StartFrom, start: reading.start.or(reading.end), end: None, ..reading }
        }
        _ if step.begins => return None,
        DeadlineKind::DueWindow if reading.start.is_some() => {
            Reading { kind: DeadlineKind::MilestoneDue, milestones: vec![milestone(step)], ..reading }
        }
        DeadlineKind::DueBy if unbound_day && step.named && step.loose => {
            Reading { kind: DeadlineKind::MilestoneDue, milestones: vec![milestone(step)], ..reading }
        }
        _ => reading,
    };
    Some((reading, step.binding))
}

fn is_start(step: &Step) -> bool {
    step.begins || (step.reading.kind == DeadlineKind::StartFrom && !step.named)
}

fn is_bare_due(step: &Step) -> bool {
    !step.named && !step.begins && step.reading.recurrence.is_none() && step.reading.end.is_some()
}

/// "Từ quý IV/2026; hoàn thành trước 31/5/2027"
fn from_to(first: &Step, due: &Step) -> Option<(Reading, bool)> {
    let (start, end) = first.reading.start.zip(due.reading.end).filter(|(start, end)| start <= end)?;
    let precision = if first.reading.precision == due.reading.precision { due.reading.precision } else { Some(DeadlinePrecision::Mixed) };
    let reading = Reading {
        kind: DeadlineKind::Period,
        start: Some(start),
        end: Some(end),
        precision,
        recurrence: None,
        fuzzy: first.reading.fuzzy || due.reading.fuzzy,
        milestones: vec![milestone(first), milestone(due)],
    };
    Some((reading, due.binding))
}

/// Several steps: each has words of its own, but a beginning; the hull of their days stands on top.
fn several(all: &[Step]) -> Option<(Reading, bool)> {
    let named = all.iter().enumerate().all(|(at, step)| step.named || (at == 0 && is_start(step)));
    let dateless = |step: &Step| {
        let reading = &step.reading;
        reading.start.is_none() && reading.end.is_none() && reading.recurrence.is_none()
    };
    if !named || all.iter().any(dateless) {
        return None;
    }
    let (start, end) = hull(all);
    let last = |step: &&Step| step.reading.end == end;
    let binding = all.iter().filter(last).any(|step| step.binding);
    let mut precisions: Vec<_> = all.iter().map(|step| step.reading.precision).collect();
    precisions.dedup();
    let precision = if let [only] = precisions.as_slice() { *only } else { Some(DeadlinePrecision::Mixed) };
    let kind = if all.iter().all(|step| step.reviews) { DeadlineKind::ReviewCycle } else { DeadlineKind::Milestones };
    let fuzzy = all.iter().any(|step| step.reading.fuzzy);
    let milestones = all.iter().map(milestone).collect();
    Some((Reading { kind, start, end, precision, recurrence: None, fuzzy, milestones }, binding))
}

/// First and last of the days that are named; a step that only begins ends nothing.
fn hull(all: &[Step]) -> (Option<NaiveDate>, Option<NaiveDate>) {
    let start = all.iter().filter_map(|step| step.reading.start).min();
    let end = all.iter().filter_map(|step| step.reading.end).max();
    (start.filter(|start| end.is_none_or(|end| *start <= end)), end)
}

fn milestone(step: &Step) -> Milestone {
    let reading = &step.reading;
    Milestone {
        text: step.text.clone(),
        start: reading.start,
        end: reading.end,
        precision: reading.precision,
        recurrence: reading.recurrence.clone(),
        binding: step.binding,
    }
}
