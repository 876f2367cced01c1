//! Carrying out a file line by line: each line by the services people use, each refusal told at its row.

use std::collections::HashMap;

use super::Progress;
use super::report::tell;
use super::scope;
use crate::db::Connection;
use crate::domain::imports::header::Header;
use crate::domain::imports::problems::{self, Problem};
use crate::domain::imports::reader::Reading;
use crate::domain::imports::said::Said;
use crate::domain::imports::{ImportKind, ImportOptions, ImportReport, RowOutcome, RowReport, Sheet, Workbook};
use crate::domain::merge_patch::{self, MergePatch, PatchError};
use crate::domain::{Id, Moment};
use crate::error::{AppResult, body};
use crate::service::journal;

/// A file with what is said of it, and who watches.
pub struct Work<'a> {
    /// The file.
    pub workbook: &'a Workbook,
    /// What is said beside it.
    pub options: &'a ImportOptions,
    /// When.
    pub at: &'a Moment,
    /// Hears how far it has come.
    pub progress: Progress<'a>,
}

/// What the report tells of a line.
#[derive(Debug, Clone)]
pub struct Told {
    /// Its rows; where several make one record, all of them.
    pub rows: Vec<u32>,
    /// What the file calls it.
    pub key: String,
    /// Its name or title.
    pub name: String,
}

impl Work<'_> {
    /// Reads the sheet that holds such a table, and begins the report.
    ///
    /// # Errors
    /// 400 for a sheet that is not there.
    pub fn read<L>(&self, kind: ImportKind, read: impl FnOnce(&Sheet) -> Reading<L>) -> AppResult<(ImportReport, Option<Header>, Vec<L>)> {
        let (sheet, told) = scope::sheet(self.workbook, kind, self.options)?;
        let reading = read(sheet);
        let mut report = ImportReport::new(kind, &sheet.name);
        (report.row_count, report.problems) = (reading.rows, [told, reading.problems].concat());
        Ok((report, reading.header, reading.lines))
    }

    /// Carries out the lines one after another. Answers the first record there is now. A record that two
    /// lines mean is a mistake of the second.
    ///
    /// # Errors
    /// The database's.
    pub fn each<L>(
        &self,
        conn: &mut Connection,
        report: &mut ImportReport,
        (header, lines): (&Header, &[L]),
        told: impl Fn(&L) -> Told,
        mut line: impl FnMut(&mut Connection, &L) -> AppResult<(RowOutcome, Id)>,
    ) -> AppResult<Option<Id>> {
        report.first_position = journal::reserve(conn)?.position();
        let mut meant: HashMap<Id, u32> = HashMap::new();
        let mut first = None;
        for (before, one) in lines.iter().enumerate() {
            (self.progress)(before, lines.len());
            let done = line(conn, one);
            if let Some(id) = tell_all(report, told(one), done, header, &mut meant)? {
                first = first.or(Some(id));
            }
        }
        Ok(first)
    }
}

/// Tells what became of a line, for each of its rows.
fn tell_all(
    report: &mut ImportReport,
    told: Told,
    done: AppResult<(RowOutcome, Id)>,
    header: &Header,
    meant: &mut HashMap<Id, u32>,
) -> AppResult<Option<Id>> {
    let Some((row, others)) = told.rows.split_first() else { return Ok(None) };
    let of_row = |row: u32| RowReport { row, key: told.key.clone(), name: told.name.clone(), outcome: RowOutcome::Failed, id: None };
    let id = tell(report, of_row(*row), done, header)?;
    let (outcome, of) = report.rows.last().map_or((RowOutcome::Failed, None), |row| (row.outcome, row.id));
    report.rows.extend(others.iter().map(|row| RowReport { outcome, id: of, ..of_row(*row) }));
    if outcome == RowOutcome::Skipped {
        report.problems.push(Problem::new(problems::VOID_RECORD).in_row(*row));
    }
    let other = id.and_then(|id| meant.insert(id, *row));
    let is_told = |report: &ImportReport| report.problems.iter().any(|problem| problem.is_error() && problem.row == Some(*row));
    if let Some(other) = other.filter(|_| !is_told(report)) {
        report.problems.push(Problem::new(problems::REPEATED).in_row(*row).with("other", other));
    }
    Ok(id)
}

/// The record as a line wants it, and what that changes: nothing, or this.
///
/// # Errors
/// 422 naming each field that is wrong.
pub fn laid<T>(said: &Said, standing: &T) -> AppResult<Option<MergePatch>>
where
    T: serde::Serialize + serde::de::DeserializeOwned,
{
    Ok(merge_patch::between(standing, &said.over(Some(standing)).map_err(unreadable)?))
}

/// The record a line makes.
///
/// # Errors
/// 422 naming each field that is wrong.
pub fn made<T>(said: &Said) -> AppResult<T>
where
    T: serde::Serialize + serde::de::DeserializeOwned + validator::Validate,
{
    body::validated(said.over(None).map_err(unreadable)?)
}

fn unreadable(error: PatchError) -> crate::error::AppError {
    body::unreadable(&error.path, &error.cause)
}
