//! What became of a file: row by row, with every problem.

use std::collections::BTreeSet;

use super::options::{ImportKind, RowOutcome};
use super::problems::Problem;
use crate::domain::Id;

/// What became of a file, or would.
#[derive(Debug, Clone)]
pub struct ImportReport {
    /// What it holds.
    pub kind: ImportKind,
    /// The sheet that was read.
    pub sheet: String,
    /// What the numbers of its rows belong to.
    pub source: Option<String>,
    /// Rows of content.
    pub row_count: usize,
    /// What became of each, parts of a row on their own.
    pub rows: Vec<RowReport>,
    /// What is wrong.
    pub problems: Vec<Problem>,
    /// Whether it was only asked what would happen.
    pub dry_run: bool,
    /// Whether it was carried out.
    pub applied: bool,
    /// The record of it, if it changed anything.
    pub import: Option<Id>,
    /// The position its first event has in the journal.
    pub first_position: i64,
    /// Path of an area of the root it concerns.
    pub root_path: Option<String>,
}

/// What became of one row, or of a part of it.
#[derive(Debug, Clone)]
pub struct RowReport {
    /// Its row in the file.
    pub row: u32,
    /// What the file calls it: a code or number.
    pub key: String,
    /// Its name or title.
    pub name: String,
    /// What became of it.
    pub outcome: RowOutcome,
    /// The record; none if it is not kept.
    pub id: Option<Id>,
}

impl ImportReport {
    /// The report of a file of which nothing was carried out yet.
    pub fn new(kind: ImportKind, sheet: &str) -> Self {
        Self {
            kind,
            sheet: sheet.to_owned(),
            source: None,
            row_count: 0,
            rows: Vec::new(),
            problems: Vec::new(),
            dry_run: false,
            applied: false,
            import: None,
            first_position: 0,
            root_path: None,
        }
    }

    /// How many rows ended so.
    pub fn count(&self, outcome: RowOutcome) -> usize {
        self.rows.iter().filter(|row| row.outcome == outcome).count()
    }

    /// Problems that stop the import.
    pub fn errors(&self) -> usize {
        self.problems.iter().filter(|problem| problem.is_error()).count()
    }

    /// Whether any record was made or changed.
    pub fn changes(&self) -> bool {
        self.count(RowOutcome::Created) + self.count(RowOutcome::Updated) > 0
    }

    /// Marks the rows with errors and decides whether all is kept.
    pub fn finish(&mut self, dry_run: bool) {
        let failed: BTreeSet<u32> = self.problems.iter().filter(|p| p.is_error()).filter_map(|p| p.row).collect();
        self.rows.iter_mut().filter(|row| failed.contains(&row.row)).for_each(|row| row.outcome = RowOutcome::Failed);
        let told: BTreeSet<u32> = self.rows.iter().map(|row| row.row).collect();
        let untold = failed.difference(&told);
        let row = |row: &u32| RowReport { row: *row, key: String::new(), name: String::new(), outcome: RowOutcome::Failed, id: None };
        self.rows.extend(untold.map(row).collect::<Vec<_>>());
        self.rows.sort_by_key(|row| row.row);
        self.problems.sort_by_key(|problem| (problem.row, problem.column));
        self.dry_run = dry_run;
        self.applied = !dry_run && self.errors() == 0;
    }
}
