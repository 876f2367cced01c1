//! Where a task stands: against its deadline, and among others, what it belongs to and its own parts.

use super::explanations::of_whole;
use super::figures::{Cell, percent};
use super::labels::Label;
use super::page::Shell;
use super::task_page::TaskWords;
use crate::domain::deadline::Deadline;
use crate::domain::explanations::Number;
use crate::domain::task_drafts::TaskQuery;
use crate::domain::tasks::{Decision, Secrecy};
use crate::domain::{Id, Language, Moment};
use crate::error::AppResult;
use crate::service::access::{Permit, ReadWork};
use crate::service::{breakthroughs, decisions, programmes, resolutions, succession, tasks};
use crate::state::Connection;
use crate::view::tasks::TaskView;

words! {
    /// Words of this part of the page.
    PlaceWords {
        unit_group = "Giao cho nhóm", "Given to the group";
    }
}

/// One part of a whole.
pub struct PartRow {
    pub id: Id,
    pub title: String,
    pub lead: String,
    pub deadline: String,
    pub badges: Vec<(&'static str, &'static str)>,
    pub claimed: String,
    pub verified: String,
}

/// Labels, texts and addresses.
pub type Links = Vec<(&'static str, String, Option<String>)>;

/// What the task belongs to.
///
/// # Errors
/// The services'.
pub fn links(
    conn: &mut Connection,
    reader: &Permit<ReadWork>,
    task: &TaskView,
    (t, language): (&'static TaskWords, Language),
    at: &Moment,
) -> AppResult<Links> {
    let mut links = Vec::new();
    if let Some(id) = task.parent {
        // A whole may be out of sight for whoever reports a part.
        match tasks::get(conn, reader, id, at) {
            Ok(whole) if whole.record.task.secrecy == Secrecy::None => {
                links.push((t.parent, whole.record.task.title, Some(format!("/tasks/{id}"))));
            }
            Err(error) if error.code.status >= 500 => return Err(error),
            Ok(_) | Err(_) => {}
        }
    }
    if let Some(group) = &task.unit_group {
        links.push((PlaceWords::of(language).unit_group, group.name.clone(), Some(format!("/tasks?unit_group={}", group.code))));
    }
    if let Some(id) = task.programme {
        links.push((t.programme, programmes::get(conn, reader, id)?.title, Some(format!("/programmes/{id}"))));
    }
    if let Some(id) = task.resolution {
        links.push((t.resolution, resolutions::get(conn, reader, id)?.title, Some(format!("/resolutions/{id}"))));
    }
    if let Some(id) = task.breakthrough {
        let title = breakthroughs::get(conn, reader, id)?.title;
        links.push((t.breakthrough, title, Some(format!("/tasks?breakthrough={id}&counted=true"))));
    }
    Ok(links)
}

/// How it came to the unit that answers for it now: the day, who answers since, and on what basis.
///
/// # Errors
/// The services'.
pub fn handed(
    conn: &mut Connection,
    reader: &Permit<ReadWork>,
    task: &TaskView,
    shell: &Shell,
    at: &Moment,
) -> AppResult<Vec<(String, String, String)>> {
    if task.responsible_unit.id == task.lead_unit.id {
        return Ok(Vec::new());
    }
    let steps = succession::responsible_on(conn, reader, task.id, None, at)?.steps.into_iter();
    Ok(steps.map(|step| (shell.day(&step.event.effective_on), step.to.name, step.event.legal_basis)).collect())
}

/// Why a task was voided, if it was.
///
/// # Errors
/// The services'.
pub fn void_reason(conn: &mut Connection, reader: &Permit<ReadWork>, task: &TaskView, at: &Moment) -> AppResult<Option<String>> {
    if task.voided_at.is_none() {
        return Ok(None);
    }
    let all = decisions::list(conn, reader, task.id, at)?;
    Ok(all.into_iter().rev().find(|(d, _)| d.decision == Decision::Void).and_then(|(d, _)| d.reason))
}

/// The parts of a whole.
///
/// # Errors
/// As `tasks::list`.
pub fn parts(
    conn: &mut Connection,
    reader: &Permit<ReadWork>,
    task: &TaskView,
    t: &'static TaskWords,
    language: Language,
    at: &Moment,
) -> AppResult<Vec<PartRow>> {
    let query = TaskQuery { parent: Some(task.id), limit: Some(200), ..TaskQuery::default() };
    let row = |part: TaskView| PartRow {
        id: part.id,
        badges: badges(&part, language),
        deadline: part.deadline.map_or_else(|| t.no_deadline.to_owned(), |deadline| deadline.text),
        title: part.title.unwrap_or_else(|| t.secret.to_owned()),
        lead: part.lead_unit.name,
        claimed: percent(part.progress.claimed, language),
        verified: percent(part.progress.verified, language),
    };
    let found = tasks::list(conn, reader, query, at)?.items;
    Ok(found.into_iter().map(|s| row(TaskView::new(s.record, s.judgements, s.parts, s.actions))).collect())
}

/// What the parts of a whole add up to: each number leads to the rows behind it.
#[derive(Default)]
pub struct Numbers {
    /// Where the claimed and the verified percentage are explained, once the whole stands as its parts do.
    pub percentages: Option<[String; 2]>,
    /// How many tasks stand where, all of them first.
    pub counts: Vec<Cell>,
}

/// The numbers of a whole; none of a task without parts.
pub fn numbers(task: &TaskView, language: Language) -> Numbers {
    let Some(counts) = &task.parts else { return Numbers::default() };
    let cell = |number: &Number| {
        let count = number.count(counts).filter(|count| *count > 0)?;
        let class = if *number == Number::Total { "all" } else { number.as_str() };
        Some(Cell { class, label: number.label(language), count, href: Some(of_whole(task.id, *number)) })
    };
    Numbers {
        // Before it is issued it shows none of theirs.
        percentages: task.issued_at.map(|_| [Number::Claimed, Number::Verified].map(|number| of_whole(task.id, number))),
        counts: Number::ALL.iter().filter_map(cell).collect(),
    }
}

/// Class and name of how a task stands.
pub fn badges(task: &TaskView, language: Language) -> Vec<(&'static str, &'static str)> {
    let lifecycle = Some((task.lifecycle.as_str(), task.lifecycle.label(language)));
    lifecycle.into_iter().chain(task.timeliness.map(|judged| (judged.as_str(), judged.label(language)))).collect()
}

/// How many days late or early, in words.
pub fn days(task: &TaskView, t: &'static TaskWords) -> Option<String> {
    match task.days_late? {
        0 => None,
        days if days > 0 => Some(format!("{} {days} {}", t.late, t.days)),
        days => Some(format!("{} {} {}", t.early, -days, t.days)),
    }
}

/// The words of a deadline, and how they are read.
pub fn reading(deadline: &Deadline, t: &'static TaskWords, shell: &Shell) -> (String, String) {
    let read = match (deadline.start, deadline.end) {
        (Some(start), Some(end)) if start != end => format!("{} {} – {}", t.read_as, shell.day(&start), shell.day(&end)),
        (_, Some(end)) => format!("{} {}", t.read_as, shell.day(&end)),
        (Some(start), None) => format!("{} {} –", t.read_as, shell.day(&start)),
        (None, None) if deadline.recurrence.is_some() || !deadline.milestones.is_empty() => String::new(),
        (None, None) => t.unread.to_owned(),
    };
    (deadline.text.clone(), read)
}
