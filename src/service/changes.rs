//! What changes, for whoever follows it: every event in the dense order of the journal, as far as the
//! reader may see its subject. Positions are taken one after another, each by a transaction that
//! holds the head of the chain until it has ended, so whoever sees one position sees all before it.

use std::collections::{HashMap, HashSet};

use crate::db::Connection;
use crate::domain::changes::{ChangeKind, ChangeQuery};
use crate::domain::{Id, areas};
use crate::error::{AppError, AppResult, FieldError, codes, rules};
use crate::store;
use crate::store::changes::{self, ChangeRow};
use crate::store::events;
use crate::store::task_lists;
use crate::store::task_rows::{Place, TaskRows};

use super::access::{Actor, Permit, ReadChanges, ReadDirectory, ReadWork};
use super::paging::PageRequest;
use super::tasks;

/// Events looked at in one go.
const BATCH: i64 = 250;
/// Batches looked at for one answer: a reader who sees little gets its `next` all the same.
const BATCHES: usize = 4;

/// One change that the reader may see.
#[derive(Debug, Clone)]
pub struct Change {
    /// The event.
    pub row: ChangeRow,
    /// What changed.
    pub kind: ChangeKind,
    /// The task of a report, the review of a snapshot.
    pub part_of: Option<Id>,
    /// Whether the reader did it.
    pub own: bool,
}

/// What was seen of the journal.
#[derive(Debug, Clone)]
pub struct Looked {
    /// The changes, oldest first.
    pub items: Vec<Change>,
    /// The last position looked at, whatever was seen there.
    pub next: i64,
    /// The last position there is.
    pub head: i64,
}

/// The changes after a position.
///
/// # Errors
/// `invalid_parameter` for a position that was never given out, which is what a journal says that was
/// restored from an older copy; the database's.
pub fn list(conn: &mut Connection, permit: &Permit<ReadChanges>, query: &ChangeQuery) -> AppResult<Looked> {
    let limit = PageRequest { limit: query.limit, cursor: None }.limit()?;
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let head = events::position(conn)?;
    if !(0..=head).contains(&query.after) {
        let field = FieldError::new("after", rules::RANGE).with("min", 0).with("max", head);
        return Err(AppError::new(codes::INVALID_PARAMETER).with_field(field));
    }
    let mut looked = Looked { items: Vec::new(), next: query.after, head };
    if query.after == head {
        return Ok(looked);
    }
    let sight = Sight::of(conn, permit.actor())?;
    for _ in 0..BATCHES {
        let rows = changes::after(conn, looked.next, BATCH)?;
        let (read, parts) = (rows.len(), sight.parts(conn, &rows)?);
        for row in rows {
            looked.next = row.position;
            looked.items.extend(sight.see(row, &parts).filter(|change| query.kind.is_empty() || query.kind.contains(&change.kind)));
            if looked.items.len() == limit {
                return Ok(looked);
            }
        }
        if i64::try_from(read).unwrap_or(BATCH) < BATCH {
            break;
        }
    }
    Ok(looked)
}

/// What the reader may see at all.
struct Sight {
    reader: Option<Id>,
    /// Codes of the root areas whose directory is read.
    directory: Vec<String>,
    /// Codes of the root areas whose documents are read.
    work: Vec<String>,
    /// The tasks that are read.
    tasks: TaskRows,
    /// The place whose conferences, good practices and commendations are read.
    place: Place,
}

/// What some events are parts of, and which tasks among them the reader sees.
struct Parts {
    of: HashMap<Id, Id>,
    tasks: HashSet<Id>,
    /// Conferences, good practices, commendations, instructions, proposals.
    records: HashSet<Id>,
}

impl Sight {
    fn of(conn: &mut Connection, actor: &Actor) -> AppResult<Self> {
        let codes = |allowed: bool| -> Vec<String> {
            let roots = actor.roots().into_iter().filter(|_| allowed);
            roots.map(|path| areas::root_of(&path).to_owned()).collect()
        };
        let work = actor.permit::<ReadWork>().ok();
        Ok(Self {
            reader: actor.account(),
            directory: codes(actor.permit::<ReadDirectory>().is_ok()),
            work: codes(work.is_some()),
            place: work.as_ref().map(|permit| tasks::place(conn, permit.reaches())).transpose()?.unwrap_or_default(),
            tasks: work.map(|permit| tasks::rows_of(conn, &permit)).transpose()?.unwrap_or_default(),
        })
    }

    fn parts(&self, conn: &mut Connection, rows: &[ChangeRow]) -> AppResult<Parts> {
        let ids = |kind: ChangeKind| -> Vec<Id> {
            let mut ids: Vec<Id> = rows.iter().filter(|row| row.subject_kind == kind.as_str()).map(|row| row.subject_id).collect();
            ids.sort_unstable();
            ids.dedup();
            ids
        };
        let mut of_tasks = changes::tasks_of_reports(conn, &ids(ChangeKind::ProgressReport))?;
        of_tasks.append(&mut changes::tasks_of_requests(conn, &ids(ChangeKind::CommitmentRequest))?);
        of_tasks.append(&mut changes::tasks_of_contributions(conn, &ids(ChangeKind::Contribution))?);
        of_tasks.append(&mut changes::tasks_of_attachments(conn, &ids(ChangeKind::Attachment))?);
        let snapshots = changes::reviews_of_snapshots(conn, &ids(ChangeKind::ReviewSnapshot))?;
        let mut tasks = ids(ChangeKind::Task);
        tasks.extend(of_tasks.iter().map(|(_, task)| *task));
        let tasks = task_lists::visible_among(conn, &self.tasks, &tasks)?.into_iter().collect();
        let mut records = store::dissemination_events::visible_among(conn, &self.place, &ids(ChangeKind::DisseminationEvent))?;
        records.append(&mut store::good_practices::visible_among(conn, &self.place, &ids(ChangeKind::GoodPractice))?);
        records.append(&mut store::commendations::visible_among(conn, &self.place, &ids(ChangeKind::Commendation))?);
        records.append(&mut store::instructions::visible_among(conn, &self.tasks, &ids(ChangeKind::Instruction))?);
        records.append(&mut store::proposals::visible_among(conn, &self.tasks, &ids(ChangeKind::Proposal))?);
        Ok(Parts { of: of_tasks.into_iter().chain(snapshots).collect(), tasks, records: records.into_iter().collect() })
    }

    fn see(&self, row: ChangeRow, parts: &Parts) -> Option<Change> {
        let kind: ChangeKind = row.subject_kind.parse().ok()?;
        let part_of = parts.of.get(&row.subject_id).copied();
        let roots = if kind.is_directory() { &self.directory } else { &self.work };
        let seen = match kind {
            ChangeKind::Task => parts.tasks.contains(&row.subject_id),
            ChangeKind::ProgressReport | ChangeKind::CommitmentRequest | ChangeKind::Contribution | ChangeKind::Attachment => {
                part_of.is_some_and(|task| parts.tasks.contains(&task))
            }
            ChangeKind::DisseminationEvent
            | ChangeKind::GoodPractice
            | ChangeKind::Commendation
            | ChangeKind::Instruction
            | ChangeKind::Proposal => parts.records.contains(&row.subject_id),
            // Fields and the calendar belong to every root.
            ChangeKind::Field | ChangeKind::CalendarDay => !roots.is_empty(),
            _ => row.root.as_ref().is_some_and(|root| roots.contains(root)),
        };
        let own = self.reader.is_some() && row.actor_id == self.reader;
        seen.then_some(Change { row, kind, part_of, own })
    }
}
