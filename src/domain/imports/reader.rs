//! Reading tables row by row: each cell checked, and told where it is wrong.

use chrono::NaiveDate;

use super::cells;
use super::header::{self, Column, Header};
use super::names::{Found, Index, Named};
use super::options::{ImportKind, slug};
use super::problems::{self, ImportRule, Problem};
use super::sheet::{Cell, Sheet};
use super::table::{self, BodyRow};
use super::words::{self, Words};
use crate::domain::{Id, forms};

/// What was read of a sheet, and what is wrong with it.
#[derive(Debug)]
pub struct Reading<L> {
    /// The header.
    pub header: Option<Header>,
    /// What its rows say, in the order in which they are carried out.
    pub lines: Vec<L>,
    /// What is wrong.
    pub problems: Vec<Problem>,
    /// Rows of content.
    pub rows: usize,
}

/// Reads the rows of a table, each with `line`, which answers none for a row whose problems it has told.
pub fn read<L>(sheet: &Sheet, kind: ImportKind, mut line: impl FnMut(&mut Reader<'_>, &BodyRow) -> Option<L>) -> Reading<L> {
    read_whole(sheet, kind, |reader, rows| rows.iter().filter_map(|row| line(reader, row)).collect())
}

/// Reads the rows of a table all together.
pub fn read_whole<L>(sheet: &Sheet, kind: ImportKind, lines: impl FnOnce(&mut Reader<'_>, &[BodyRow]) -> Vec<L>) -> Reading<L> {
    let header = match header::find(sheet, kind) {
        Ok(header) => header,
        Err(problems) => return Reading { header: None, lines: Vec::new(), problems, rows: 0 },
    };
    let rows = table::body(sheet, &header, kind);
    let mut reader = Reader { header: &header, problems: Vec::new() };
    reader.note_columns(sheet);
    if rows.is_empty() {
        reader.problems.push(Problem::new(problems::NO_ROWS));
    }
    let lines = lines(&mut reader, &rows);
    let mut problems = reader.problems;
    problems.sort_by_key(|problem| problem.row);
    Reading { rows: rows.len(), lines, problems, header: Some(header) }
}

/// Reads cells of one table.
#[derive(Debug)]
pub struct Reader<'a> {
    /// The header of the table.
    pub header: &'a Header,
    /// What is wrong so far.
    pub problems: Vec<Problem>,
}

impl Reader<'_> {
    /// Tells of columns that have content and no meaning.
    fn note_columns(&mut self, sheet: &Sheet) {
        let filled = |column: usize| sheet.rows.iter().any(|row| row.number > self.header.last_row && !row.cell(column).is_empty());
        let unknown = self.header.columns.iter().enumerate().filter(|(at, column)| column.is_none() && filled(*at));
        let unknown: Vec<Problem> =
            unknown.map(|(at, _)| self.problem_at(problems::COLUMN_IGNORED, self.header.last_row, at, "")).collect();
        self.problems.extend(unknown);
    }

    /// How many errors there are so far.
    pub fn errors(&self) -> usize {
        self.problems.iter().filter(|problem| problem.is_error()).count()
    }

    /// Whether the table has this column.
    pub fn has(&self, column: Column) -> bool {
        self.header.position(column).is_some()
    }

    /// The words of a cell, in one line.
    pub fn said(&self, row: &BodyRow, column: Column) -> String {
        row.cell(self.header, column).line()
    }

    /// A text that must be there.
    pub fn required(&mut self, row: &BodyRow, column: Column, most: usize) -> Option<String> {
        let text = self.text(row, column, most)?;
        if text.is_none() {
            self.complain(problems::REQUIRED, row, column);
        }
        text
    }

    /// A text; none for one that is wrong.
    pub fn text(&mut self, row: &BodyRow, column: Column, most: usize) -> Option<Option<String>> {
        self.checked(row, column, cells::line(row.cell(self.header, column), most))
    }

    /// A code that must be there and have its form.
    pub fn code(&mut self, row: &BodyRow) -> Option<String> {
        let code = self.required(row, Column::Code, 200)?;
        if forms::code(&code).is_ok() {
            return Some(code);
        }
        let at = self.at(Column::Code);
        let problem = Problem::refusal(
            "code_form",
            "mã chỉ gồm chữ thường không dấu, chữ số và gạch nối (2 đến 80 ký tự)".into(),
            "a code has only lower-case letters, digits and hyphens (2 to 80 characters)".into(),
        );
        self.problems.push(problem.in_row(row.row.number).at(at, &self.name_of(at), &code).suggesting(vec![slug(&code, 80)]));
        None
    }

    /// A day that must be there.
    pub fn required_day(&mut self, row: &BodyRow, column: Column) -> Option<NaiveDate> {
        let day = self.day(row, column)?;
        if day.is_none() {
            self.complain(problems::REQUIRED, row, column);
        }
        day
    }

    /// A day; none for what is no day.
    pub fn day(&mut self, row: &BodyRow, column: Column) -> Option<Option<NaiveDate>> {
        self.checked(row, column, cells::day(row.cell(self.header, column)))
    }

    /// A whole number; none for what is none.
    pub fn number(&mut self, row: &BodyRow, column: Column) -> Option<Option<i32>> {
        self.checked(row, column, cells::whole_number(row.cell(self.header, column)))
    }

    /// One of a list of words that must be there.
    pub fn word<T: Copy>(&mut self, row: &BodyRow, column: Column, known: Words<T>) -> Option<T> {
        self.required(row, column, 200)?;
        self.word_if(row, column, known)?
    }

    /// One of a list of words; none for one that is not in it.
    pub fn word_if<T: Copy>(&mut self, row: &BodyRow, column: Column, known: Words<T>) -> Option<Option<T>> {
        let said = self.said(row, column);
        if said.is_empty() { Some(None) } else { self.known_word(row, column, &said, known).map(Some) }
    }

    /// Several of a list of words, parted by semicolons; none if one is not in it.
    pub fn several<T: Copy + PartialEq>(&mut self, row: &BodyRow, column: Column, known: Words<T>) -> Option<Vec<T>> {
        let mut found = Vec::new();
        let mut wrong = false;
        for said in self.parts(row, column) {
            match self.known_word(row, column, &said, known) {
                Some(value) if found.contains(&value) => {}
                Some(value) => found.push(value),
                None => wrong = true,
            }
        }
        (!wrong).then_some(found)
    }

    fn known_word<T: Copy>(&mut self, row: &BodyRow, column: Column, said: &str, known: Words<T>) -> Option<T> {
        let read = words::read(known, said);
        if read.is_none() {
            let problem = self.problem(problems::UNKNOWN_WORD, row, column, said).with("known", words::choices(known).join("; "));
            self.problems.push(problem);
        }
        read
    }

    /// The parts of a cell, parted by semicolons or lines.
    pub fn parts(&self, row: &BodyRow, column: Column) -> Vec<String> {
        let text = row.cell(self.header, column).text();
        let parts = text.split([';', '\n']).map(|part| Cell::words(part).line());
        parts.filter(|part| !part.is_empty()).collect()
    }

    /// The one that words mean on a day, in an index; none, and told, where that is not certain.
    pub fn named<'i>(
        &mut self,
        row: &BodyRow,
        (column, said): (Column, &str),
        (index, day): (&'i Index, NaiveDate),
        unknown: &'static ImportRule,
    ) -> Option<&'i Named> {
        let (rule, near) = match index.find_on(said, day) {
            Found::One(at) => return index.get(at),
            Found::Several(labels) => (problems::AMBIGUOUS_UNIT, labels),
            Found::Group(_) => (unknown, Vec::new()),
            Found::Nothing(near) => (unknown, near),
        };
        let problem = self.problem(rule, row, column, said).with("found", said).suggesting(near);
        self.problems.push(problem);
        None
    }

    /// The unit that words mean on a day; `Some(None)` for words that mean none of ours and are kept as they are,
    /// which is told where a unit comes near; none, and told, where several are meant.
    pub fn unit_or_words<'i>(
        &mut self,
        row: &BodyRow,
        (column, said): (Column, &str),
        (index, day): (&'i Index, NaiveDate),
    ) -> Option<Option<&'i Named>> {
        let (rule, near) = match index.find_on(said, day) {
            Found::One(at) => return Some(index.get(at)),
            Found::Nothing(near) if !near.is_empty() => (problems::UNIT_AS_WORDS, near),
            Found::Nothing(_) | Found::Group(_) => return Some(None),
            Found::Several(labels) => (problems::AMBIGUOUS_UNIT, labels),
        };
        let problem = self.problem(rule, row, column, said).with("found", said).suggesting(near);
        let kept = !problem.is_error();
        self.problems.push(problem);
        kept.then_some(None)
    }

    /// The units of a cell, parted by semicolons, each once; none if one is not known.
    pub fn units(&mut self, row: &BodyRow, column: Column, index: &Index) -> Option<Vec<Id>> {
        let (mut units, mut wrong) = (Vec::new(), false);
        for said in self.parts(row, column) {
            match self.named(row, (column, &said), (index, index.day()), problems::UNKNOWN_UNIT) {
                Some(unit) if units.contains(&unit.id) => {}
                Some(unit) => units.push(unit.id),
                None => wrong = true,
            }
        }
        (!wrong).then_some(units)
    }

    /// The value, or its problem told.
    pub fn checked<T>(&mut self, row: &BodyRow, column: Column, read: Result<T, Box<Problem>>) -> Option<T> {
        let (at, value) = (self.at(column), self.said(row, column));
        let name = self.name_of(at);
        read.map_err(|problem| self.problems.push(problem.in_row(row.row.number).at(at, &name, &value))).ok()
    }

    /// Tells of a problem of a cell.
    pub fn complain(&mut self, rule: &'static ImportRule, row: &BodyRow, column: Column) {
        let problem = self.problem(rule, row, column, &self.said(row, column));
        self.problems.push(problem);
    }

    /// A problem of a cell.
    pub fn problem(&self, rule: &'static ImportRule, row: &BodyRow, column: Column, value: &str) -> Problem {
        self.problem_at(rule, row.row.number, self.at(column), value)
    }

    /// A problem at a place.
    pub fn problem_at(&self, rule: &'static ImportRule, row: u32, at: usize, value: &str) -> Problem {
        Problem::new(rule).in_row(row).at(at, &self.name_of(at), value)
    }

    /// Where a column stands; the first, if there is none.
    pub fn at(&self, column: Column) -> usize {
        self.header.position(column).unwrap_or_default()
    }

    /// What a column is called.
    pub fn name_of(&self, at: usize) -> String {
        self.header.names.get(at).cloned().unwrap_or_default()
    }
}
