//! Rows of a briefing as they are shown: those that the reader's lists show, with the title of the task and its unit.

use std::collections::{HashMap, HashSet};

use super::section;
use super::work::Work;
use crate::db::Connection;
use crate::domain::Id;
use crate::domain::briefings::{RecordKind, Row, Section, Topic};
use crate::domain::tasks::Secrecy;
use crate::error::{AppError, AppResult};
use crate::service::access::{Permit, ReadDashboards};
use crate::service::tasks::{AT_ONCE, rows_of};
use crate::store;
use crate::store::dashboards::LineUnit;
use crate::store::task_rows::TaskRows;

/// A row as it is shown.
#[derive(Debug, Clone)]
pub struct ShownRow {
    /// What is told. Of a secret task, no text.
    pub row: Row,
    /// The title of the task; none for a secret one.
    pub title: Option<String>,
    /// The unit of the row.
    pub unit: LineUnit,
}

/// The sections with what the reader may see of them.
///
/// # Errors
/// The database's.
pub fn sections(
    conn: &mut Connection,
    permit: &Permit<ReadDashboards>,
    work: &Work,
    all: Vec<(Topic, Vec<Row>)>,
    limit: i64,
) -> AppResult<Vec<Section<ShownRow>>> {
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let rows = rows_of(conn, permit)?;
    let seen = Seen::among(conn, &rows, work, all.iter().flat_map(|(_, rows)| rows))?;
    let mut cut = Vec::with_capacity(all.len());
    for (topic, mut rows) in all {
        let count = rows.len();
        rows.retain(|row| seen.has(row));
        let visible = rows.len();
        rows.truncate(limit);
        cut.push((topic, count, visible, rows));
    }
    let mut names = Names::of(conn, cut.iter().flat_map(|(.., rows)| rows))?;
    let named = |(topic, count, visible, rows): (Topic, usize, usize, Vec<Row>)| {
        let rows: AppResult<Vec<ShownRow>> = rows.into_iter().map(|row| names.shown(row)).collect();
        Ok(section(topic, count, visible, rows?))
    };
    cut.into_iter().map(named).collect()
}

/// What of these rows the reader's lists show.
struct Seen {
    /// Tasks.
    tasks: HashSet<Id>,
    /// Proposals and instructions: who reads them differs from who reads the task.
    records: HashSet<Id>,
}

impl Seen {
    fn among<'a>(conn: &mut Connection, rows: &TaskRows, work: &Work, all: impl Iterator<Item = &'a Row>) -> AppResult<Self> {
        let mut seen = Self { tasks: HashSet::new(), records: HashSet::new() };
        let (mut doubtful, mut proposals, mut instructions) = (HashSet::new(), Vec::new(), Vec::new());
        for row in all {
            match row.record {
                Some((RecordKind::Proposal, id)) => proposals.push(id),
                Some((RecordKind::Instruction, id)) => instructions.push(id),
                _ if is_open(rows, work, row.task) => drop(seen.tasks.insert(row.task)),
                _ => drop(doubtful.insert(row.task)),
            }
        }
        for some in doubtful.into_iter().collect::<Vec<_>>().chunks(AT_ONCE) {
            seen.tasks.extend(store::task_lists::visible_among(conn, rows, some)?);
        }
        for some in proposals.chunks(AT_ONCE) {
            seen.records.extend(store::proposals::visible_among(conn, rows, some)?);
        }
        for some in instructions.chunks(AT_ONCE) {
            seen.records.extend(store::instructions::visible_among(conn, rows, some)?);
        }
        Ok(seen)
    }

    fn has(&self, row: &Row) -> bool {
        match row.record {
            Some((RecordKind::Proposal | RecordKind::Instruction, id)) => self.records.contains(&id),
            _ => self.tasks.contains(&row.task),
        }
    }
}

/// Whether everybody who reads the whole root sees a task, and the reader does: nothing has to be looked up.
fn is_open(rows: &TaskRows, work: &Work, task: Id) -> bool {
    let fact = work.now.get(&task);
    fact.is_some_and(|fact| fact.task.secrecy == Secrecy::None && rows.read.roots.contains(&fact.task.root_id))
}

/// Titles of tasks and their units.
struct Names {
    titles: HashMap<Id, (Secrecy, String)>,
    units: HashMap<Id, LineUnit>,
}

impl Names {
    fn of<'a>(conn: &mut Connection, rows: impl Iterator<Item = &'a Row>) -> AppResult<Self> {
        let (tasks, units): (HashSet<Id>, HashSet<Id>) = rows.map(|row| (row.task, row.unit)).unzip();
        let mut titles = HashMap::new();
        for some in tasks.into_iter().collect::<Vec<_>>().chunks(AT_ONCE) {
            let found = store::tasks::rows_with_ids(conn, some)?;
            titles.extend(found.into_iter().map(|(task, _)| (task.id, (task.secrecy, task.title))));
        }
        let units: Vec<Id> = units.into_iter().collect();
        let units = store::dashboards::units_with_ids(conn, &units)?.into_iter().map(|unit| (unit.id, unit)).collect();
        Ok(Self { titles, units })
    }

    fn shown(&mut self, row: Row) -> AppResult<ShownRow> {
        let missing = || AppError::internal("a row of a briefing without its task or unit");
        let (secrecy, title) = self.titles.get(&row.task).ok_or_else(missing)?;
        let unit = self.units.get(&row.unit).cloned().ok_or_else(missing)?;
        Ok(match secrecy {
            Secrecy::None => ShownRow { title: Some(title.clone()), unit, row },
            _ => ShownRow { title: None, unit, row: Row { text: None, from: None, to: None, ..row } },
        })
    }
}
