//! The annex of tasks that offices assign work by: from rows to tasks.

mod fields;
#[cfg(test)]
mod tests;
mod units;

use std::collections::HashMap;

use chrono::NaiveDate;
use sha2::{Digest, Sha256};

use super::header::{self, Column, Header};
use super::leads;
use super::names::Index;
use super::options::{ImportKind, slug};
use super::problems::{self, Problem};
use super::sheet::{Cell, Sheet};
use super::table::{self, BodyRow, Heading};
use super::task_lines::{TaskLine, Whole};
use super::words;
use crate::domain::partial_date::{DatePrecision, PartialDate};
use crate::domain::text::fold;
use crate::domain::{Id, areas};

/// What was read, and what is wrong with it.
#[derive(Debug, Default)]
pub struct Annex {
    /// The header.
    pub header: Option<Header>,
    /// The tasks, a whole before its parts.
    pub lines: Vec<TaskLine>,
    /// What is wrong.
    pub problems: Vec<Problem>,
    /// Rows of content.
    pub rows: usize,
}

/// Which unit stands for the whole where several lead.
#[derive(Debug, Clone, Copy, Default)]
pub struct WholeLead {
    /// The one that was chosen.
    pub chosen: Option<Id>,
    /// The one taken where the leads have no common superior.
    pub otherwise: Option<Id>,
}

/// Reads the tasks of a sheet.
///
/// `given_on` is the day the members of a group are asked for, where the row does not say one.
pub fn read(sheet: &Sheet, index: &Index, whole_lead: WholeLead, given_on: Option<NaiveDate>) -> Annex {
    let header = match header::find(sheet, ImportKind::Tasks) {
        Ok(header) => header,
        Err(problems) => return Annex { problems, ..Annex::default() },
    };
    let mut reader = Reader { header: &header, index, whole_lead, given_on, annex: Annex::default() };
    reader.note_columns(sheet);
    let rows = reader.joined(sheet, table::body(sheet, &header, ImportKind::Tasks));
    let keys = reader.keys(&rows);
    for (row, key) in rows.iter().zip(keys) {
        reader.line(row, key);
    }
    let mut annex = reader.annex;
    annex.rows = rows.len();
    if rows.is_empty() {
        annex.problems.push(Problem::new(problems::NO_ROWS));
    }
    annex.problems.sort_by_key(|problem| problem.row);
    annex.header = Some(header);
    annex
}

struct Reader<'a> {
    header: &'a Header,
    index: &'a Index,
    whole_lead: WholeLead,
    given_on: Option<NaiveDate>,
    annex: Annex,
}

impl Reader<'_> {
    fn note_columns(&mut self, sheet: &Sheet) {
        let filled = |column: usize| sheet.rows.iter().any(|row| row.number > self.header.last_row && !row.cell(column).is_empty());
        let unknown = self.header.columns.iter().enumerate().filter(|(at, column)| column.is_none() && filled(*at));
        let unknown: Vec<Problem> =
            unknown.map(|(at, _)| self.problem_of(problems::COLUMN_KEPT_AS_WORDS, self.header.last_row, at, "")).collect();
        self.annex.problems.extend(unknown);
        if self.header.position(Column::Number).is_none() && self.header.position(Column::Id).is_none() {
            self.annex.problems.push(Problem::new(problems::WORDS_IDENTIFY).in_row(self.header.last_row));
        }
    }

    /// Rows without a number belong to the row above: a page ended within it, or several units lead.
    fn joined(&mut self, sheet: &Sheet, body: Vec<BodyRow>) -> Vec<BodyRow> {
        let number = self.header.position(Column::Number);
        let mut rows: Vec<BodyRow> = Vec::new();
        for row in body {
            let stands = |column| !row.cell(self.header, column).is_empty();
            let numbered = number.is_none() || stands(Column::Number) || stands(Column::Id);
            let hangs = number.is_some_and(|at| sheet.hangs_into(row.row.number, at));
            let goes_on = row.cell(self.header, Column::Title).line().chars().next().is_some_and(char::is_lowercase);
            let of_its_own = stands(Column::Title) && stands(Column::Lead) && !hangs && !goes_on;
            match rows.last_mut() {
                Some(above) if !numbered && !of_its_own => {
                    let problem = Problem::new(problems::JOINED_ABOVE).in_row(row.row.number).with("other", above.row.number);
                    self.annex.problems.push(problem);
                    self.join(above, &row);
                }
                _ if !numbered => self.annex.problems.push(Problem::new(problems::NO_NUMBER).in_row(row.row.number)),
                _ if row.row.filled().all(|at| Some(at) == number) => {}
                _ => rows.push(row),
            }
        }
        rows
    }

    fn join(&self, above: &mut BodyRow, row: &BodyRow) {
        let lists = [self.header.position(Column::Lead), self.header.position(Column::Coordinating)];
        for at in row.row.filled() {
            if above.row.cells.len() <= at {
                above.row.cells.resize(at + 1, Cell::Empty);
            }
            let (before, more) = (above.row.cell(at).text(), row.row.cell(at).text());
            let continues = self.index.known(&format!("{before} {more}")).is_some() || more.chars().next().is_some_and(char::is_lowercase);
            let between = if lists.contains(&Some(at)) && !continues { "; " } else { " " };
            let joined = if before.is_empty() { more } else { format!("{before}{between}{more}") };
            if let Some(cell) = above.row.cells.get_mut(at) {
                *cell = Cell::words(&joined);
            }
        }
    }

    /// What the source calls each row: its id, else its number, within its groups where numbers begin again.
    fn keys(&mut self, rows: &[BodyRow]) -> Vec<String> {
        let own = |row: &BodyRow| row.cell(self.header, Column::Id).line();
        let number = |row: &BodyRow| row.cell(self.header, Column::Number).line().trim_end_matches(['.', ')']).to_owned();
        let mut numbers: Vec<String> = rows.iter().map(number).filter(|n| !n.is_empty()).collect();
        numbers.sort_unstable();
        let begin_again = numbers.windows(2).any(|pair| pair.first() == pair.last());
        let within = |row: &BodyRow| row.headings.iter().map(mark).filter(|mark| !mark.is_empty()).collect::<Vec<_>>().join(".");
        let key = |row: &BodyRow| match (own(row), number(row)) {
            (id, _) if !id.is_empty() => id,
            (_, number) if number.is_empty() => of_words(&row.cell(self.header, Column::Title).line()),
            (_, number) if begin_again && !within(row).is_empty() => format!("{}.{number}", within(row)),
            (_, number) => number,
        };
        let keys: Vec<String> = rows.iter().map(key).collect();
        let mut first: HashMap<&String, u32> = HashMap::new();
        let at = self.header.position(Column::Id).or(self.header.position(Column::Number)).unwrap_or_default();
        let mut repeated = Vec::new();
        for (row, key) in rows.iter().zip(&keys) {
            if let Some(other) = first.get(key) {
                repeated.push(self.problem_of(problems::REPEATED, row.row.number, at, key).with("other", other));
            } else {
                first.insert(key, row.row.number);
            }
        }
        self.annex.problems.extend(repeated);
        keys
    }

    fn line(&mut self, row: &BodyRow, key: String) {
        let (lead_cell, helpers_in_lead) = without_helpers(&row.cell(self.header, Column::Lead).text());
        let leads = leads::read(&lead_cell, self.index);
        let said = row.cell(self.header, Column::Coordinating).text();
        let helpers = leads::read(&[said, helpers_in_lead].join(";"), self.index);
        let secrecy = self.word(row, Column::Secrecy, words::SECRECY);
        let secret = secrecy.is_some_and(|s| s != crate::domain::tasks::Secrecy::None);
        let title = self.text(row, Column::Title, 1000);
        if title.is_none() && !secret {
            self.complain(problems::REQUIRED, row, Column::Title);
        }
        let description = self.description(row, &leads, &helpers);
        let assigned_on = self.optional(row, Column::AssignedOn, 200);
        let leading = self.leading(row, &leads, given_on(&assigned_on).or(self.given_on));
        let coordinating = self.position(Column::Coordinating).map(|_| self.helping(row, &helpers, &leading.units));
        let line = TaskLine {
            row: row.row.number,
            id: key.parse().ok(),
            key,
            whole: self.whole(row),
            title,
            lead: leading.units.first().map(|(unit, _)| *unit),
            group: if let [only] = leading.groups.as_slice() { Some(*only) } else { None },
            coordinating,
            description,
            deliverable: self.optional(row, Column::Deliverable, 1000),
            deadline: self.deadline(row),
            reference_date: self.day(row, Column::ReferenceDate),
            monitoring: self.monitoring(row),
            weight: self.weight(row),
            scope: self.optional(row, Column::Scope, 2000),
            assigned_by: self.optional(row, Column::AssignedBy, 500),
            assigned_on,
            assigning_document: self.optional(row, Column::AssigningDocument, 500),
            source: self.optional(row, Column::Source, 500),
            secrecy,
        };
        self.with_parts(line, &leading.units);
    }

    /// Several leads make a whole and one part for each; none of them is picked.
    fn with_parts(&mut self, line: TaskLine, leading: &[(Id, Option<String>)]) {
        if leading.len() < 2 && (line.group.is_none() || leading.is_empty()) {
            return self.annex.lines.push(line);
        }
        let units: Vec<Id> = leading.iter().map(|(unit, _)| *unit).collect();
        let superior = self.whole_lead.chosen.or_else(|| self.common_superior(&units)).or(self.whole_lead.otherwise);
        let at = self.position(Column::Lead).unwrap_or_default();
        let Some(superior) = superior else {
            let problem = self.problem_of(problems::NO_COMMON_LEAD, line.row, at, "");
            return self.annex.problems.push(problem);
        };
        if line.group.is_none() {
            let told = self.problem_of(problems::SEVERAL_LEADS, line.row, at, "").with("count", leading.len());
            self.annex.problems.push(told);
        }
        // Who belongs to a group changes, and with it the order: its parts go by their units.
        let code = |unit: Id| self.index.of_id(unit).map(|named| named.code.clone()).filter(|_| line.group.is_some());
        let part = |(at, (unit, part)): (usize, &(Id, Option<String>))| TaskLine {
            key: format!("{}/{}", line.key, code(*unit).unwrap_or_else(|| (at + 1).to_string())),
            id: None,
            group: None,
            whole: Some(line.id.map_or_else(|| Whole::Line(line.key.clone()), Whole::Task)),
            lead: Some(*unit),
            title: line.title.clone().map(|title| part.as_ref().map_or(title.clone(), |part| cut(&format!("{title} — {part}"), 1000))),
            scope: part.clone().map(Some).or_else(|| line.scope.clone()),
            ..line.clone()
        };
        let parts: Vec<TaskLine> = leading.iter().enumerate().map(part).collect();
        self.annex.lines.push(TaskLine { lead: Some(superior), ..line });
        self.annex.lines.extend(parts);
    }

    /// The nearest unit that all of these stand below.
    fn common_superior(&self, units: &[Id]) -> Option<Id> {
        let paths: Vec<&str> = units.iter().filter_map(|id| self.index.of_id(*id)).map(|named| named.path.as_str()).collect();
        let mut common: Vec<&str> = paths.first()?.split('/').filter(|code| !code.is_empty()).collect();
        for path in paths.iter().skip(1) {
            let codes = path.split('/').filter(|code| !code.is_empty());
            let same = common.iter().zip(codes).take_while(|(a, b)| **a == *b).count();
            common.truncate(same);
        }
        let path = common.iter().fold(String::from("/"), |path, code| areas::path(Some(&path), code));
        self.index.of_path(&path).map(|named| named.id)
    }
}

/// Some papers name the helping units in the column of the lead: "Sở A; phối hợp: Sở B".
fn without_helpers(cell: &str) -> (String, String) {
    let at = ["Phối hợp:", "phối hợp:", "PHỐI HỢP:"].iter().find_map(|mark| cell.find(mark).map(|at| (at, mark.len())));
    match at {
        Some((at, length)) => {
            let (before, after) = (cell.get(..at).unwrap_or_default(), cell.get(at + length..).unwrap_or_default());
            (before.trim().trim_end_matches([';', ',', '-', '.']).to_owned(), after.to_owned())
        }
        None => (cell.to_owned(), String::new()),
    }
}

/// The day a row says its work was given on.
fn given_on(words: &Option<Option<String>>) -> Option<NaiveDate> {
    let said = PartialDate::parse(words.as_ref()?.as_deref()?);
    said.date.filter(|_| said.precision == DatePrecision::Day)
}

fn mark(heading: &Heading) -> String {
    if heading.ordinal.is_empty() { slug(&heading.title, 20) } else { heading.ordinal.clone() }
}

fn of_words(title: &str) -> String {
    let digest = hex::encode(Sha256::digest(fold(title)));
    format!("w-{}", digest.get(..16).unwrap_or_default())
}

fn cut(text: &str, most: usize) -> String {
    text.chars().take(most).collect()
}
