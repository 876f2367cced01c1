//! What a check of a file told, as the page shows it.

use std::collections::BTreeSet;

use sha2::{Digest, Sha256};

use super::import_form::Typed;
use super::labels::Label;
use crate::domain::Language;
use crate::domain::imports::{ImportReport, RowOutcome, Severity};
use crate::error::{AppError, AppResult};
use crate::view::imports::{ImportProblemView, ImportReportView};

words! {
    /// Words of the report.
    ImportReportWords {
        heading = "Kết quả kiểm tra", "What the check found";
        good = "Không có lỗi. Chưa ghi gì: bấm “Nhập vào hệ thống” để ghi.", "No errors. Nothing was written yet: press “Import” to write it.";
        same = "Tệp này không làm thay đổi gì: mọi dòng đều đã có trong hệ thống.", "This file changes nothing: every row is there already.";
        wrong = "Chưa nhập được: còn dòng sai. Sửa trong tệp rồi chọn tệp đã sửa và kiểm tra lại.", "Not yet: some rows are wrong. Correct them in the file, choose the corrected file and check again.";
        changed = "Tệp, lựa chọn hoặc dữ liệu đã khác so với lần kiểm tra trước nên chưa nhập. Đây là kết quả kiểm tra mới.", "The file, the options or the data are no longer what was checked, so nothing was imported. This is a new check.";
        sheet = "Trang tính", "Sheet";
        source = "Nguồn", "Source";
        rows = "Dòng có nội dung", "Rows with content";
        created = "Sẽ tạo mới", "To be created";
        updated = "Sẽ thay đổi", "To be changed";
        unchanged = "Giữ nguyên", "Unchanged";
        skipped = "Bỏ qua", "Left out";
        failed = "Dòng có lỗi", "Rows with errors";
        errors = "Lỗi phải sửa", "Errors to correct";
        warnings = "Cảnh báo, vẫn nhập được", "Warnings, imported all the same";
        row = "Dòng", "Row";
        column = "Cột", "Column";
        whole_file = "Cả tệp", "The file";
        value = "Nội dung ô", "What stands there";
        message = "Vấn đề", "What is wrong";
        suggestions = "Có phải", "Did you mean";
        more = "dòng nữa không hiện ở đây", "more are not shown here";
        all_rows = "Từng dòng", "Row by row";
        key = "Số, mã", "Number or code";
        name = "Tên", "Name";
        outcome = "Kết quả", "Outcome";
    }
}

/// Most rows of each table.
const MOST: usize = 500;

/// A part of a table, and how many rows more there are.
#[derive(Debug)]
pub struct Listed<T> {
    /// The first of them.
    pub items: Vec<T>,
    /// How many there are.
    pub count: usize,
}

impl<T> Listed<T> {
    fn of(mut items: Vec<T>) -> Self {
        let count = items.len();
        items.truncate(MOST);
        Self { items, count }
    }

    /// How many are not shown.
    pub fn left_out(&self) -> usize {
        self.count - self.items.len()
    }
}

/// What became of a row, in words.
#[derive(Debug)]
pub struct Line {
    pub row: u32,
    pub key: String,
    pub name: String,
    pub outcome: &'static str,
}

/// The report of a check.
#[derive(Debug)]
pub struct Shown {
    pub view: ImportReportView,
    pub errors: Listed<ImportProblemView>,
    pub warnings: Listed<ImportProblemView>,
    pub lines: Listed<Line>,
    /// Rows with errors; the counts of the view have each part of a row on its own.
    pub failed: usize,
    /// The check was asked for because the last one no longer held.
    pub changed: bool,
}

impl Shown {
    /// The report in the language of the page.
    pub fn new(report: &ImportReport, changed: bool, language: Language) -> Self {
        let failed: BTreeSet<u32> = report.rows.iter().filter(|r| r.outcome == RowOutcome::Failed).map(|r| r.row).collect();
        let mut view = ImportReportView::new(report, language);
        let (errors, warnings) = std::mem::take(&mut view.problems).into_iter().partition(|p| p.severity == Severity::Error);
        let rows = std::mem::take(&mut view.rows).into_iter();
        let lines = rows.map(|r| Line { row: r.row, key: r.key, name: r.name, outcome: r.outcome.label(language) });
        let lines = Listed::of(lines.collect());
        Self { errors: Listed::of(errors), warnings: Listed::of(warnings), lines, failed: failed.len(), view, changed }
    }

    /// Whether the file may be imported, and would change something.
    pub fn is_ready(&self) -> bool {
        self.errors.count == 0 && self.view.counts.created + self.view.counts.updated > 0
    }
}

/// What a check has told: 64 digits of the file, what was typed, and what every row would do. An
/// import that would do anything else is not carried out.
///
/// # Errors
/// `internal`.
pub fn promise(typed: &Typed, sha256: &str, report: &ImportReport) -> AppResult<String> {
    let typed = Typed { step: String::new(), key: String::new(), promise: String::new(), carried_name: String::new(), ..typed.clone() };
    let rows: Vec<(u32, &str, &str, RowOutcome)> =
        report.rows.iter().map(|r| (r.row, r.key.as_str(), r.name.as_str(), r.outcome)).collect();
    let problems: Vec<_> = report.problems.iter().map(|p| (p.row, p.column, p.rule, p.message(Language::Vi))).collect();
    let told = serde_json::to_vec(&(typed, sha256, rows, problems)).map_err(AppError::internal)?;
    Ok(hex::encode(Sha256::digest(told)))
}
