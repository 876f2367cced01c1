//! A reading put back into plain Vietnamese.

use super::kinds::DeadlineKind;
use super::phrases::CONTINUOUS;
use super::printed::{Dates, date, stretch};
use super::printed_cycles::every;
use super::{Deadline, Milestone};

/// The plain form, or the text where this version has none.
pub(super) fn canonical(deadline: &Deadline) -> String {
    if matches!(deadline.kind, DeadlineKind::Milestones | DeadlineKind::MilestoneDue | DeadlineKind::ReviewCycle) {
        return milestones(deadline).unwrap_or_else(|| deadline.text.clone());
    }
    match printed(deadline) {
        Some(words) if deadline.binding => words,
        Some(words) => format!("{words} (phấn đấu)"),
        None => deadline.text.clone(),
    }
}

fn printed(deadline: &Deadline) -> Option<String> {
    let dates = Dates { start: deadline.start, end: deadline.end, precision: deadline.precision? };
    match deadline.kind {
        DeadlineKind::DueWindow => dates.window(),
        DeadlineKind::DueBy => dates.until("chậm nhất"),
        DeadlineKind::DueBefore => dates.until("trước khi hết"),
        DeadlineKind::Period => dates.period(),
        DeadlineKind::StartFrom => dates.from(),
        DeadlineKind::MeasurePeriod => Some("năm cuối kỳ kế hoạch".to_owned()),
        DeadlineKind::Offset => offset(deadline),
        DeadlineKind::Recurring | DeadlineKind::RecurringDue | DeadlineKind::RecurringCondition => recurring(deadline),
        _ => None,
    }
}

/// In calendar days from the event, so that no calendar of working days is needed to read it back.
fn offset(deadline: &Deadline) -> Option<String> {
    let start = deadline.start?;
    let Some(end) = deadline.end else { return Some(format!("sau 0 ngày kể từ {}", date(start))) };
    let days = (end - start).num_days();
    // Numbers of more than three digits are no length of time.
    (0..=999).contains(&days).then(|| format!("{days} ngày kể từ {}", date(start)))
}

fn recurring(deadline: &Deadline) -> Option<String> {
    let recurrence = deadline.recurrence.as_deref()?;
    let condition = deadline.kind == DeadlineKind::RecurringCondition;
    repeated(recurrence, condition, deadline.start, deadline.end)
}

/// "hằng quý từ ngày … đến ngày …"
fn repeated(recurrence: &str, condition: bool, start: Option<chrono::NaiveDate>, end: Option<chrono::NaiveDate>) -> Option<String> {
    let words = if recurrence == CONTINUOUS { "thường xuyên".to_owned() } else { every(recurrence)? };
    let words = if condition { format!("qua {words}") } else { words };
    let term = recurrence.split(" + ").any(|cycle| cycle == "term");
    Some(match (start, end) {
        // "cả nhiệm kỳ" bounds it.
        _ if term => words,
        (Some(start), Some(end)) if start == end => return None,
        (Some(start), Some(end)) => format!("{words}, từ {} đến {}", date(start), date(end)),
        (Some(start), None) => format!("{words}, từ {}", date(start)),
        (None, Some(end)) => format!("{words}, đến {}", date(end)),
        (None, None) => words,
    })
}

/// Each step under a plain name, because the words of its own may hold anything.
fn milestones(deadline: &Deadline) -> Option<String> {
    let review = deadline.kind == DeadlineKind::ReviewCycle;
    if review && deadline.recurrence.is_some() {
        // "3 năm sơ kết, 5 năm tổng kết" is as plain as it gets, and hangs on the term.
        return None;
    }
    let alone = deadline.milestones.len() == 1;
    let parts = deadline.milestones.iter().enumerate().map(|(at, milestone)| {
        let name = if review { "sơ kết đợt" } else { "mốc" };
        let words = step(milestone, alone)?;
        let hope = if milestone.binding { "" } else { " (phấn đấu)" };
        Some(format!("{name} {}: {words}{hope}", at % 99 + 1))
    });
    let parts: Option<Vec<String>> = parts.collect();
    parts.filter(|parts| !parts.is_empty()).map(|parts| parts.join("; "))
}

fn step(milestone: &Milestone, alone: bool) -> Option<String> {
    if let Some(recurrence) = &milestone.recurrence {
        return repeated(recurrence, false, milestone.start, milestone.end);
    }
    let precision = milestone.precision?;
    let dates = Dates { start: milestone.start, end: milestone.end, precision };
    match (milestone.start, milestone.end) {
        (Some(_), None) => dates.from(),
        (None, Some(end)) if alone => stretch(end, precision),
        (None, Some(_)) => dates.until("đến hết"),
        (Some(_), Some(_)) => dates.window().or_else(|| dates.period()),
        (None, None) => None,
    }
}
