//! The fields of a row, each checked and told where it is wrong.

use super::Reader;
use crate::domain::Id;
use crate::domain::imports::cells;
use crate::domain::imports::header::Column;
use crate::domain::imports::leads::Mention;
use crate::domain::imports::problems::{self, ImportRule, Problem};
use crate::domain::imports::table::BodyRow;
use crate::domain::imports::task_lines::Whole;
use crate::domain::imports::words;

impl Reader<'_> {
    pub(super) fn deadline(&mut self, row: &BodyRow) -> Option<Option<String>> {
        let at = self.position(Column::Deadline)?;
        let words = cells::deadline_words(row.row.cell(at)).unwrap_or_default();
        if words.is_empty() {
            self.complain(problems::NO_DEADLINE, row, Column::Deadline);
        }
        self.checked(row, Column::Deadline, cells::limited(words, 500))
    }

    pub(super) fn whole(&mut self, row: &BodyRow) -> Option<Whole> {
        let key = row.cell(self.header, Column::Parent).line();
        if key.is_empty() {
            return None;
        }
        Some(key.parse().map_or(Whole::Line(key), Whole::Task))
    }

    pub(super) fn monitoring(&mut self, row: &BodyRow) -> Option<Option<Id>> {
        let at = self.position(Column::Monitoring)?;
        let words = row.row.cell(at).line();
        if words.is_empty() {
            return Some(None);
        }
        let mention = Mention { found: self.index.find(&words), words, part: None };
        Some(self.unit(row, Column::Monitoring, &mention))
    }

    pub(super) fn weight(&mut self, row: &BodyRow) -> Option<i32> {
        let cell = row.cell(self.header, Column::Weight).clone();
        self.checked(row, Column::Weight, cells::whole_number(&cell)).flatten()
    }

    pub(super) fn day(&mut self, row: &BodyRow, column: Column) -> Option<Option<chrono::NaiveDate>> {
        let at = self.position(column)?;
        self.checked(row, column, cells::day(row.row.cell(at)))
    }

    pub(super) fn word<T: Copy>(&mut self, row: &BodyRow, column: Column, known: &'static [(T, &'static [&'static str])]) -> Option<T> {
        let text = row.cell(self.header, column).line();
        let read = words::read(known, &text);
        if read.is_none() && !text.is_empty() {
            let at = self.position(column).unwrap_or_default();
            let problem =
                self.problem_of(problems::UNKNOWN_WORD, row.row.number, at, &text).with("known", words::choices(known).join("; "));
            self.annex.problems.push(problem);
        }
        read
    }

    pub(super) fn text(&mut self, row: &BodyRow, column: Column, most: usize) -> Option<String> {
        self.optional(row, column, most).flatten()
    }

    /// A text of a column, if there is such a column.
    pub(super) fn optional(&mut self, row: &BodyRow, column: Column, most: usize) -> Option<Option<String>> {
        let at = self.position(column)?;
        self.checked(row, column, cells::line(row.row.cell(at), most))
    }

    pub(super) fn checked<T>(&mut self, row: &BodyRow, column: Column, read: Result<T, Box<Problem>>) -> Option<T> {
        let at = self.position(column).unwrap_or_default();
        let name = self.header.names.get(at).map(String::as_str).unwrap_or_default();
        read.map_err(|problem| self.annex.problems.push(problem.in_row(row.row.number).at(at, name, &row.row.cell(at).line()))).ok()
    }

    pub(super) fn position(&self, column: Column) -> Option<usize> {
        self.header.position(column)
    }

    pub(super) fn complain(&mut self, rule: &'static ImportRule, row: &BodyRow, column: Column) {
        let at = self.position(column).unwrap_or_default();
        let problem = self.problem_of(rule, row.row.number, at, "");
        self.annex.problems.push(problem);
    }

    pub(super) fn problem_of(&self, rule: &'static ImportRule, row: u32, at: usize, value: &str) -> Problem {
        Problem::new(rule).in_row(row).at(at, self.header.names.get(at).map(String::as_str).unwrap_or_default(), value)
    }
}
