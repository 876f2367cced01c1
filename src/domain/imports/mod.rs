//! Imports: from the sheets offices have to records, or to the reason why not.
//!
//! [`sheet`] is what a file became, [`header`] finds the table in it, [`table`] cuts it into rows,
//! [`directory`] and [`annex`] read rows of areas, units and tasks, the other nouns have a file of their own on
//! [`reader`] and [`said`]; [`names`] finds the units meant.
//! [`layout`] says how tables are written, so that they are read again.

pub mod annex;
pub mod calendar_days;
pub mod cells;
pub mod clauses;
pub mod conferences;
pub mod directory;
pub mod documents;
pub mod file_problem;
pub mod header;
pub mod indicators;
pub mod layout;
pub mod leads;
pub mod names;
pub mod options;
pub mod order;
pub mod posts;
pub mod problems;
pub mod reader;
pub mod report;
pub mod said;
pub mod sheet;
pub mod spellings;
pub mod table;
pub mod task_lines;
pub mod unit_events;
pub mod unit_groups;
pub mod words;

/// Most rows with content that are taken from one sheet.
pub const MOST_ROWS: usize = 20_000;

pub use file_problem::FileProblem;
pub use options::{ImportKind, ImportOptions, RowOutcome};
pub use problems::{Problem, Severity};
pub use report::{ImportReport, RowReport};
pub use sheet::{Cell, Sheet, Workbook};
