//! Tables of areas and units: from rows to drafts, superiors before what stands below them.

mod over;

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;

use super::cells;
use super::header::{self, Column, Header};
use super::names::{self, Found, Index};
use super::options::{ImportKind, slug};
use super::problems::{self, ImportRule, Problem};
use super::sheet::Sheet;
use super::table::{self, BodyRow};
use super::words;
use crate::domain::areas::AreaDraft;
use crate::domain::text::fold;
use crate::domain::units::UnitDraft;
use crate::domain::{Reference, forms};
pub use over::{area_over, unit_over};

/// One area or unit of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DirectoryLine<T> {
    /// Its row.
    pub row: u32,
    /// Its code.
    pub code: String,
    /// Code of what it stands below.
    pub below: Option<String>,
    /// The record as the file says it.
    pub draft: T,
}

/// What was read, and what is wrong with it.
#[derive(Debug)]
pub struct Directory<T> {
    /// The header.
    pub header: Option<Header>,
    /// The records, superiors first.
    pub lines: Vec<DirectoryLine<T>>,
    /// What is wrong.
    pub problems: Vec<Problem>,
    /// Rows of content.
    pub rows: usize,
}

/// Reads the areas of a sheet; `areas` are those known already.
pub fn areas(sheet: &Sheet, areas: &Index) -> Directory<AreaDraft> {
    read(sheet, ImportKind::Areas, areas, |reader, row| {
        let (code, name, below) = (reader.code(row)?, reader.required(row, Column::Name, 200)?, reader.below(row)?);
        let level = reader.word(row, Column::Level, words::LEVELS)?;
        let (valid_from, valid_to) = (reader.first_day(row)?, reader.day(row, Column::ValidTo)?);
        let note = reader.text(row, Column::Note, 2000)?;
        let parent = below.clone().map(Reference::Code);
        let draft = AreaDraft { code: code.clone(), name, level, parent, valid_from, valid_to, note, external_refs: Vec::new() };
        Some(DirectoryLine { row: row.row.number, code, below, draft })
    })
}

/// Reads the units of a sheet; `units` and `areas` are those known already.
pub fn units(sheet: &Sheet, units: &Index, areas: &Index) -> Directory<UnitDraft> {
    read(sheet, ImportKind::Units, units, |reader, row| {
        let (code, name, below) = (reader.code(row)?, reader.required(row, Column::Name, 200)?, reader.below(row)?);
        let kind = reader.word(row, Column::Kind, words::KINDS)?;
        let system = match row.cell(reader.header, Column::System).is_empty() {
            true => words::usual_system(kind),
            false => reader.word(row, Column::System, words::SYSTEMS)?,
        };
        let draft = UnitDraft {
            code: code.clone(),
            agency_code: reader.text(row, Column::AgencyCode, 40)?,
            name,
            system,
            kind,
            parent: below.clone().map(Reference::Code),
            area: Reference::Code(reader.area(row, areas)?),
            valid_from: reader.first_day(row)?,
            valid_to: reader.day(row, Column::ValidTo)?,
            note: reader.text(row, Column::Note, 2000)?,
            external_refs: Vec::new(),
        };
        Some(DirectoryLine { row: row.row.number, code, below, draft })
    })
}

struct Reader<'a> {
    header: &'a Header,
    /// Records of the same kind that are known already.
    known: &'a Index,
    codes: HashSet<String>,
    by_name: HashMap<String, Vec<String>>,
    problems: Vec<Problem>,
}

fn read<T>(
    sheet: &Sheet,
    kind: ImportKind,
    known: &Index,
    mut line: impl FnMut(&mut Reader<'_>, &BodyRow) -> Option<DirectoryLine<T>>,
) -> Directory<T> {
    let header = match header::find(sheet, kind) {
        Ok(header) => header,
        Err(problems) => return Directory { header: None, lines: Vec::new(), problems, rows: 0 },
    };
    let rows = table::body(sheet, &header, kind);
    let mut reader = Reader { header: &header, known, codes: HashSet::new(), by_name: HashMap::new(), problems: Vec::new() };
    reader.note_columns(sheet);
    reader.note_codes(&rows);
    if rows.is_empty() {
        reader.problems.push(Problem::new(problems::NO_ROWS));
    }
    let lines: Vec<_> = rows.iter().filter_map(|row| line(&mut reader, row)).collect();
    let mut problems = reader.problems;
    let lines = superiors_first(lines, &mut problems);
    problems.sort_by_key(|problem| problem.row);
    Directory { rows: rows.len(), lines, problems, header: Some(header) }
}

/// Orders lines so that each comes after what it stands below; circles are told and left out.
fn superiors_first<T>(lines: Vec<DirectoryLine<T>>, problems: &mut Vec<Problem>) -> Vec<DirectoryLine<T>> {
    let mut waiting = lines;
    let mut ordered: Vec<DirectoryLine<T>> = Vec::with_capacity(waiting.len());
    while !waiting.is_empty() {
        let open: HashSet<String> = waiting.iter().map(|line| line.code.clone()).collect();
        let stands = |line: &DirectoryLine<T>| line.below.as_ref().is_none_or(|below| !open.contains(below));
        let (ready, rest): (Vec<_>, Vec<_>) = waiting.into_iter().partition(stands);
        if ready.is_empty() {
            problems.extend(rest.iter().map(|line| Problem::new(problems::CIRCLE).in_row(line.row)));
            break;
        }
        ordered.extend(ready);
        waiting = rest;
    }
    ordered
}

impl Reader<'_> {
    fn note_columns(&mut self, sheet: &Sheet) {
        let filled = |column: usize| sheet.rows.iter().any(|row| row.number > self.header.last_row && !row.cell(column).is_empty());
        let unknown = self.header.columns.iter().enumerate().filter(|(at, column)| column.is_none() && filled(*at));
        let unknown: Vec<Problem> = unknown.map(|(at, _)| self.problem(problems::COLUMN_IGNORED, self.header.last_row, at, "")).collect();
        self.problems.extend(unknown);
    }

    fn note_codes(&mut self, rows: &[BodyRow]) {
        let at = self.header.position(Column::Code).unwrap_or_default();
        let mut first: HashMap<String, u32> = HashMap::new();
        for row in rows {
            let code = row.row.cell(at).line();
            if let Some(other) = first.get(&code).filter(|_| !code.is_empty()) {
                let problem = self.problem(problems::REPEATED, row.row.number, at, &code).with("other", other);
                self.problems.push(problem);
            }
            first.entry(code.clone()).or_insert(row.row.number);
            self.by_name.entry(fold(&row.cell(self.header, Column::Name).line())).or_default().push(code.clone());
            self.codes.insert(code);
        }
    }

    fn code(&mut self, row: &BodyRow) -> Option<String> {
        let code = row.cell(self.header, Column::Code).line();
        if code.is_empty() {
            let below = slug(&row.cell(self.header, Column::Parent).line(), 40);
            let suggested = slug(&format!("{below} {}", row.cell(self.header, Column::Name).line()), 80);
            let at = self.at(Column::Code);
            let problem = self.problem(problems::CODE_MISSING, row.row.number, at, "").with("suggested", &suggested);
            self.problems.push(problem.suggesting(vec![suggested]));
            return None;
        }
        if forms::code(&code).is_err() {
            let at = self.at(Column::Code);
            let problem = Problem::refusal(
                "code_form",
                "mã chỉ gồm chữ thường không dấu, chữ số và gạch nối (2 đến 80 ký tự)".into(),
                "a code has only lower-case letters, digits and hyphens (2 to 80 characters)".into(),
            );
            let problem = problem.in_row(row.row.number).at(at, &self.name_of(at), &code).suggesting(vec![slug(&code, 80)]);
            self.problems.push(problem);
            return None;
        }
        Some(code)
    }

    /// Code of what a row stands below: a code, or a name, of the file or known already.
    fn below(&mut self, row: &BodyRow) -> Option<Option<String>> {
        let said = row.cell(self.header, Column::Parent).line();
        if said.is_empty() {
            return Some(None);
        }
        let code = names::code_of(&said);
        if self.codes.contains(code) {
            return Some(Some(code.to_owned()));
        }
        let in_file = self.by_name.get(&fold(&said)).filter(|codes| codes.len() == 1).and_then(|codes| codes.first()).cloned();
        let rule = if self.header.position(Column::Level).is_some() { problems::UNKNOWN_AREA } else { problems::UNKNOWN_UNIT };
        match (in_file, self.known.find(&said)) {
            (Some(code), _) => Some(Some(code)),
            (None, found) => self.found(row, Column::Parent, &said, (self.known, &found), rule).map(Some),
        }
    }

    fn area(&mut self, row: &BodyRow, areas: &Index) -> Option<String> {
        let said = self.required(row, Column::Area, 200)?;
        let found = areas.find(&said);
        self.found(row, Column::Area, &said, (areas, &found), problems::UNKNOWN_AREA)
    }

    fn found(
        &mut self,
        row: &BodyRow,
        column: Column,
        said: &str,
        (index, found): (&Index, &Found),
        unknown: &'static ImportRule,
    ) -> Option<String> {
        let (rule, near) = match found {
            Found::One(at) => return index.get(*at).map(|named| named.code.clone()),
            Found::Several(labels) => (problems::AMBIGUOUS_UNIT, labels.clone()),
            Found::Group(_) => (unknown, Vec::new()),
            Found::Nothing(near) => (unknown, near.clone()),
        };
        let at = self.at(column);
        let problem = self.problem(rule, row.row.number, at, said).with("found", said).suggesting(near);
        self.problems.push(problem);
        None
    }

    fn required(&mut self, row: &BodyRow, column: Column, most: usize) -> Option<String> {
        let text = self.text(row, column, most)?;
        if text.is_none() {
            let at = self.at(column);
            let problem = self.problem(problems::REQUIRED, row.row.number, at, "");
            self.problems.push(problem);
        }
        text
    }

    fn first_day(&mut self, row: &BodyRow) -> Option<NaiveDate> {
        let day = self.day(row, Column::ValidFrom)?;
        if day.is_none() {
            let at = self.at(Column::ValidFrom);
            let problem = self.problem(problems::REQUIRED, row.row.number, at, "");
            self.problems.push(problem);
        }
        day
    }

    fn word<T: Copy>(&mut self, row: &BodyRow, column: Column, known: &'static [(T, &'static [&'static str])]) -> Option<T> {
        let said = self.required(row, column, 200)?;
        let read = words::read(known, &said);
        if read.is_none() {
            let at = self.at(column);
            let problem = self.problem(problems::UNKNOWN_WORD, row.row.number, at, &said).with("known", words::choices(known).join("; "));
            self.problems.push(problem);
        }
        read
    }

    fn day(&mut self, row: &BodyRow, column: Column) -> Option<Option<NaiveDate>> {
        self.checked(row, column, cells::day(row.cell(self.header, column)))
    }

    fn text(&mut self, row: &BodyRow, column: Column, most: usize) -> Option<Option<String>> {
        self.checked(row, column, cells::line(row.cell(self.header, column), most))
    }

    fn checked<T>(&mut self, row: &BodyRow, column: Column, read: Result<T, Box<Problem>>) -> Option<T> {
        let (at, value) = (self.at(column), row.cell(self.header, column).line());
        let name = self.name_of(at);
        read.map_err(|problem| self.problems.push(problem.in_row(row.row.number).at(at, &name, &value))).ok()
    }

    fn at(&self, column: Column) -> usize {
        self.header.position(column).unwrap_or_default()
    }

    fn name_of(&self, at: usize) -> String {
        self.header.names.get(at).cloned().unwrap_or_default()
    }

    fn problem(&self, rule: &'static ImportRule, row: u32, at: usize, value: &str) -> Problem {
        Problem::new(rule).in_row(row).at(at, &self.name_of(at), value)
    }
}
