//! Imports: what became of a file, and which files were taken in.

use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::imports::sheet::column_letter;
use crate::domain::imports::{ImportKind, ImportReport, Problem, RowOutcome, RowReport, Severity};
use crate::domain::{Id, Language};
use crate::store::imports::Import;

/// What became of a file, or would.
#[derive(Debug, Serialize, ToSchema)]
pub struct ImportReportView {
    /// The record of it; `null` if nothing was written.
    pub id: Option<Id>,
    pub kind: ImportKind,
    /// What the numbers of the rows belong to; tasks only.
    #[schema(example = "kh-17-2026")]
    pub source: Option<String>,
    /// The sheet that was read; empty for CSV.
    #[schema(example = "Phụ lục")]
    pub sheet: String,
    /// Whether it was only asked what would happen.
    pub dry_run: bool,
    /// Whether it was carried out.
    pub applied: bool,
    pub counts: ImportCounts,
    /// Every row, parts of a row on their own.
    pub rows: Vec<ImportRowView>,
    /// Every problem at once, by row and column.
    pub problems: Vec<ImportProblemView>,
}

/// How many rows ended how.
#[derive(Debug, Serialize, ToSchema)]
pub struct ImportCounts {
    /// Rows of content in the file.
    #[schema(example = 8)]
    pub rows: usize,
    pub created: usize,
    pub updated: usize,
    pub unchanged: usize,
    pub skipped: usize,
    pub failed: usize,
    pub errors: usize,
    pub warnings: usize,
}

/// What became of one row, or of a part of it.
#[derive(Debug, Serialize, ToSchema)]
pub struct ImportRowView {
    /// Its number in the file, from 1.
    #[schema(example = 7)]
    pub row: u32,
    /// What the file calls it: a code or number; `3/1` is the first part of row number 3.
    #[schema(example = "3/1")]
    pub key: String,
    /// Its name or title.
    pub name: String,
    pub outcome: RowOutcome,
    /// The record; `null` where there is none, or it was not kept.
    pub id: Option<Id>,
}

/// One problem: where, by which rule, in words.
#[derive(Debug, Serialize, ToSchema)]
pub struct ImportProblemView {
    /// Row in the file, from 1; `null` for the file itself.
    #[schema(example = 7)]
    pub row: Option<u32>,
    /// Letter of the column.
    #[schema(example = "C")]
    pub column: Option<String>,
    /// What the header of the column says.
    #[schema(example = "Cơ quan chủ trì")]
    pub header: Option<String>,
    /// What stands there.
    #[schema(example = "Sở Công Thưong")]
    pub value: Option<String>,
    pub severity: Severity,
    /// Stable name of the rule.
    #[schema(example = "unknown_unit")]
    pub code: String,
    /// The rule, in the language asked for.
    #[schema(example = "không có đơn vị \"Sở Công Thưong\"")]
    pub message: String,
    /// What might have been meant.
    #[schema(example = json!(["Sở Công Thương"]))]
    pub suggestions: Vec<String>,
}

impl ImportReportView {
    /// A report in the language of the reader.
    pub fn new(report: &ImportReport, language: Language) -> Self {
        let (errors, problems) = (report.errors(), report.problems.len());
        Self {
            id: report.import,
            kind: report.kind,
            source: report.source.clone(),
            sheet: report.sheet.clone(),
            dry_run: report.dry_run,
            applied: report.applied,
            counts: ImportCounts {
                rows: report.row_count,
                created: report.count(RowOutcome::Created),
                updated: report.count(RowOutcome::Updated),
                unchanged: report.count(RowOutcome::Unchanged),
                skipped: report.count(RowOutcome::Skipped),
                failed: report.count(RowOutcome::Failed),
                errors,
                warnings: problems.saturating_sub(errors),
            },
            rows: report.rows.iter().map(ImportRowView::from).collect(),
            problems: report.problems.iter().map(|problem| ImportProblemView::new(problem, language)).collect(),
        }
    }
}

impl From<&RowReport> for ImportRowView {
    fn from(row: &RowReport) -> Self {
        Self { row: row.row, key: row.key.clone(), name: row.name.clone(), outcome: row.outcome, id: row.id }
    }
}

impl ImportProblemView {
    /// A problem in the language of the reader.
    pub fn new(problem: &Problem, language: Language) -> Self {
        Self {
            row: problem.row,
            column: problem.column.map(column_letter),
            header: problem.header.clone(),
            value: problem.value.clone(),
            severity: problem.severity,
            code: problem.rule.to_owned(),
            message: problem.message(language).to_owned(),
            suggestions: problem.suggestions.clone(),
        }
    }
}

/// A file that was taken in.
#[derive(Debug, Serialize, ToSchema)]
pub struct ImportView {
    pub id: Id,
    pub kind: ImportKind,
    /// What the numbers of its rows belong to; tasks only.
    pub source: Option<String>,
    #[schema(example = "phu-luc-kh-17.xlsx")]
    pub file_name: String,
    /// SHA-256 of its bytes.
    #[schema(example = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")]
    pub sha256: String,
    pub rows: i32,
    pub created: i32,
    pub updated: i32,
    pub unchanged: i32,
    pub skipped: i32,
    pub warnings: i32,
    /// Its events in the journal: all from the first to the last position are its own.
    pub events: ImportEvents,
    /// User name of who did it.
    #[schema(example = "office")]
    pub actor: String,
    pub recorded_at: DateTime<Utc>,
}

/// The events of an import.
#[derive(Debug, Serialize, ToSchema)]
pub struct ImportEvents {
    #[schema(example = 1042)]
    pub first: i64,
    #[schema(example = 1057)]
    pub last: i64,
}

impl From<Import> for ImportView {
    fn from(import: Import) -> Self {
        Self {
            id: import.id,
            kind: import.kind,
            source: import.source,
            file_name: import.file_name,
            sha256: import.sha256,
            rows: import.row_count,
            created: import.created,
            updated: import.updated,
            unchanged: import.unchanged,
            skipped: import.skipped,
            warnings: import.warnings,
            events: ImportEvents { first: import.first_position, last: import.last_position },
            actor: import.actor,
            recorded_at: import.recorded_at.and_utc(),
        }
    }
}
