//! What a report must keep, beyond the form of its fields.

use chrono::NaiveDate;

use crate::domain::obligations::{Schedule, Stood, Told};
use crate::domain::period_locks::StandingLock;
use crate::domain::progress_reports::{ReportDraft, ReportState, Verification};
use crate::domain::task_state::ReportFact;
use crate::domain::tasks::Secrecy;
use crate::domain::{Moment, Percent, calendar, obligations};
use crate::error::{AppError, AppResult, FieldError, rules};
use crate::store::tasks::Task;

/// Checks a report against its task and the reports before it.
///
/// # Errors
/// 422 naming every field that breaks a rule.
pub fn check(
    task: &Task,
    owed: Option<&Schedule>,
    (before, lock): (&[ReportFact], Option<&StandingLock>),
    draft: &ReportDraft,
    at: &Moment,
) -> AppResult<()> {
    let mut wrong = Vec::new();
    wrong.extend(lock.map(|lock| FieldError::new("/measured_on", rules::PERIOD_LOCKED).with("period", &lock.period)));
    wrong.extend(period(owed, before, draft, at));
    wrong.extend(words(task, draft));
    wrong.extend(measured_on(task, draft.measured_on, at));
    wrong.extend(percent(draft));
    wrong.extend(product(task, draft));
    if task.secrecy == Secrecy::None {
        wrong.extend(falling(before, draft));
    }
    if wrong.is_empty() { Ok(()) } else { Err(AppError::invalid_fields(wrong)) }
}

/// A report names a period that is still open, where the work has periods; completed work that repeats must.
fn period(owed: Option<&Schedule>, before: &[ReportFact], draft: &ReportDraft, at: &Moment) -> Option<FieldError> {
    let told = Told::latest(before);
    let followed = owed.map(|owed| owed.followed(&told, at.today())).unwrap_or_default();
    let wrong = |rule| FieldError::new("/period", rule).with("open", open(&followed));
    let Some(period) = &draft.period else {
        let missing = draft.state == ReportState::Completed && owed.is_some_and(Schedule::repeats);
        return missing.then(|| wrong(rules::PERIOD_REQUIRED));
    };
    match followed.iter().find(|stood| stood.obligation.key == *period) {
        _ if followed.is_empty() => Some(FieldError::new("/period", rules::NO_PERIODS)),
        None => Some(wrong(rules::UNKNOWN_PERIOD).with("found", period)),
        Some(stood) if stood.confirmed() => Some(wrong(rules::PERIOD_DONE)),
        Some(_) => None,
    }
}

/// The first periods that are not done, in words.
fn open(followed: &[Stood]) -> String {
    const NAMED: usize = 12;
    let open: Vec<&str> = followed.iter().filter(|stood| stood.done_on().is_none()).map(|stood| stood.obligation.key.as_str()).collect();
    let more = if open.len() > NAMED { ", …" } else { "" };
    let named = open.iter().take(NAMED).copied().collect::<Vec<_>>().join(", ");
    if named.is_empty() { "–".to_owned() } else { named + more }
}

/// A report says in words what was done; one on a secret task says nothing in words.
fn words(task: &Task, draft: &ReportDraft) -> Vec<FieldError> {
    if task.secrecy == Secrecy::None {
        return draft.result.is_none().then(|| FieldError::new("/result", rules::REQUIRED)).into_iter().collect();
    }
    let product = draft.product.as_ref();
    let said = [
        ("/result", draft.result.is_some()),
        ("/obstacles", draft.obstacles.is_some()),
        ("/proposals", !draft.proposals.is_empty()),
        ("/reason", draft.reason.is_some()),
        ("/product/number", product.is_some_and(|p| p.number.is_some())),
        ("/product/note", product.is_some_and(|p| p.note.is_some())),
    ];
    said.into_iter().filter(|(_, is)| *is).map(|(pointer, _)| FieldError::new(pointer, rules::SECRET_STUB)).collect()
}

/// The day a report or a contribution speaks of: not before the task was given, nor after today.
pub fn measured_on(task: &Task, day: NaiveDate, at: &Moment) -> Option<FieldError> {
    let begun = begun_on(task);
    if day > at.today() {
        return Some(FieldError::new("/measured_on", rules::FUTURE).with("today", at.today()));
    }
    (day < begun).then(|| FieldError::new("/measured_on", rules::BEFORE_TASK).with("day", begun))
}

/// The first day a task can be reported on: its assignment, or its issue if that is not known.
pub fn begun_on(task: &Task) -> NaiveDate {
    obligations::begun_on(task.assigned_on, calendar::day_of(task.issued_at.unwrap_or(task.recorded_at).and_utc()))
}

fn percent(draft: &ReportDraft) -> Option<FieldError> {
    match (draft.state, draft.percent) {
        (ReportState::Completed, Some(p)) if p != Percent::HUNDRED => Some(FieldError::new("/percent", rules::COMPLETED_IS_100)),
        (ReportState::NotStarted, Some(p)) if p != Percent::ZERO => Some(FieldError::new("/percent", rules::NOT_STARTED_IS_0)),
        _ => None,
    }
}

/// Completed work has a product, known by number or note, with its date.
fn product(task: &Task, draft: &ReportDraft) -> Option<FieldError> {
    let completed = draft.state == ReportState::Completed;
    let Some(product) = &draft.product else {
        return completed.then(|| FieldError::new("/product", rules::PRODUCT_REQUIRED));
    };
    let named = product.number.is_some() || product.note.is_some() || task.secrecy != Secrecy::None;
    if completed && !named {
        return Some(FieldError::new("/product", rules::PRODUCT_REQUIRED));
    }
    if product.issued_on > draft.measured_on {
        return Some(FieldError::new("/product/issued_on", rules::AFTER_MEASURED).with("day", draft.measured_on));
    }
    let begun = begun_on(task);
    (product.issued_on < begun).then(|| FieldError::new("/product/issued_on", rules::BEFORE_TASK).with("day", begun))
}

/// Progress that falls needs a reason.
fn falling(before: &[ReportFact], draft: &ReportDraft) -> Option<FieldError> {
    let now = draft.state.implied_percent().or(draft.percent)?;
    let of_same = before.iter().filter(|r| r.period == draft.period);
    let earlier = of_same.filter(|r| r.verification != Verification::Returned && r.measured_on <= draft.measured_on);
    let latest = earlier.filter(|r| r.percent.is_some()).max_by_key(|r| (r.measured_on, r.position))?.percent?;
    (now < latest && draft.reason.is_none()).then(|| FieldError::new("/reason", rules::FALLING_PERCENT).with("before", latest))
}
