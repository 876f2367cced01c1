//! Tables of areas and units: from rows to drafts, superiors before what stands below them.

mod over;

use std::collections::{HashMap, HashSet};

use super::header::Column;
use super::names::{self, Index};
use super::options::{ImportKind, slug};
use super::order::{Linked, named_first};
use super::problems;
use super::reader::{self, Reading};
use super::sheet::Sheet;
use super::table::BodyRow;
use super::words;
use crate::domain::Reference;
use crate::domain::areas::AreaDraft;
use crate::domain::text::fold;
use crate::domain::units::UnitDraft;
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

/// Reads the areas of a sheet; `areas` are those known already.
pub fn areas(sheet: &Sheet, areas: &Index) -> Reading<DirectoryLine<AreaDraft>> {
    read(sheet, ImportKind::Areas, areas, |reader, row| {
        let (code, name, below) = (reader.code(row)?, reader.cells.required(row, Column::Name, 200)?, reader.below(row)?);
        let level = reader.cells.word(row, Column::Level, words::LEVELS)?;
        let (valid_from, valid_to) = (reader.cells.required_day(row, Column::ValidFrom)?, reader.cells.day(row, Column::ValidTo)?);
        let note = reader.cells.text(row, Column::Note, 2000)?;
        let parent = below.clone().map(Reference::Code);
        let draft = AreaDraft { code: code.clone(), name, level, parent, valid_from, valid_to, note, external_refs: Vec::new() };
        Some(DirectoryLine { row: row.row.number, code, below, draft })
    })
}

/// Reads the units of a sheet; `units` and `areas` are those known already.
pub fn units(sheet: &Sheet, units: &Index, areas: &Index) -> Reading<DirectoryLine<UnitDraft>> {
    read(sheet, ImportKind::Units, units, |reader, row| {
        let (code, name, below) = (reader.code(row)?, reader.cells.required(row, Column::Name, 200)?, reader.below(row)?);
        let kind = reader.cells.word(row, Column::Kind, words::KINDS)?;
        let system = match row.cell(reader.cells.header, Column::System).is_empty() {
            true => words::usual_system(kind),
            false => reader.cells.word(row, Column::System, words::SYSTEMS)?,
        };
        let draft = UnitDraft {
            code: code.clone(),
            agency_code: reader.cells.text(row, Column::AgencyCode, 40)?,
            name,
            system,
            kind,
            parent: below.clone().map(Reference::Code),
            area: Reference::Code(reader.area(row, areas)?),
            valid_from: reader.cells.required_day(row, Column::ValidFrom)?,
            valid_to: reader.cells.day(row, Column::ValidTo)?,
            note: reader.cells.text(row, Column::Note, 2000)?,
            external_refs: Vec::new(),
        };
        Some(DirectoryLine { row: row.row.number, code, below, draft })
    })
}

struct Reader<'a, 'r> {
    cells: &'a mut reader::Reader<'r>,
    /// Records of the same kind that are known already.
    known: &'a Index,
    codes: HashSet<String>,
    by_name: HashMap<String, Vec<String>>,
}

fn read<T>(
    sheet: &Sheet,
    kind: ImportKind,
    known: &Index,
    mut line: impl FnMut(&mut Reader<'_, '_>, &BodyRow) -> Option<DirectoryLine<T>>,
) -> Reading<DirectoryLine<T>> {
    reader::read_whole(sheet, kind, |cells, rows| {
        let mut reader = Reader { cells, known, codes: HashSet::new(), by_name: HashMap::new() };
        reader.note_codes(rows);
        let lines: Vec<_> = rows.iter().filter_map(|row| line(&mut reader, row)).collect();
        named_first(lines, &mut reader.cells.problems)
    })
}

impl<T> Linked for DirectoryLine<T> {
    type Key = String;

    fn row(&self) -> u32 {
        self.row
    }

    fn key(&self) -> String {
        self.code.clone()
    }

    fn names(&self) -> Vec<String> {
        self.below.iter().cloned().collect()
    }
}

impl Reader<'_, '_> {
    fn note_codes(&mut self, rows: &[BodyRow]) {
        let mut first: HashMap<String, u32> = HashMap::new();
        for row in rows {
            let code = self.cells.said(row, Column::Code);
            if let Some(other) = first.get(&code).filter(|_| !code.is_empty()) {
                let problem = self.cells.problem(problems::REPEATED, row, Column::Code, &code).with("other", other);
                self.cells.problems.push(problem);
            }
            first.entry(code.clone()).or_insert(row.row.number);
            self.by_name.entry(fold(&self.cells.said(row, Column::Name))).or_default().push(code.clone());
            self.codes.insert(code);
        }
    }

    fn code(&mut self, row: &BodyRow) -> Option<String> {
        let code = self.cells.said(row, Column::Code);
        if code.is_empty() {
            let below = slug(&self.cells.said(row, Column::Parent), 40);
            let suggested = slug(&format!("{below} {}", self.cells.said(row, Column::Name)), 80);
            let problem = self.cells.problem(problems::CODE_MISSING, row, Column::Code, "").with("suggested", &suggested);
            self.cells.problems.push(problem.suggesting(vec![suggested]));
            return None;
        }
        self.cells.code(row)
    }

    /// Code of what a row stands below: a code, or a name, of the file or known already.
    fn below(&mut self, row: &BodyRow) -> Option<Option<String>> {
        let said = self.cells.said(row, Column::Parent);
        if said.is_empty() {
            return Some(None);
        }
        let code = names::code_of(&said);
        if self.codes.contains(code) {
            return Some(Some(code.to_owned()));
        }
        let in_file = self.by_name.get(&fold(&said)).filter(|codes| codes.len() == 1).and_then(|codes| codes.first()).cloned();
        let rule = if self.cells.has(Column::Level) { problems::UNKNOWN_AREA } else { problems::UNKNOWN_UNIT };
        let known = self.known;
        let found = || self.cells.named(row, (Column::Parent, &said), (known, known.day()), rule).map(|named| named.code.clone());
        in_file.or_else(found).map(Some)
    }

    fn area(&mut self, row: &BodyRow, areas: &Index) -> Option<String> {
        let said = self.cells.required(row, Column::Area, 200)?;
        let found = self.cells.named(row, (Column::Area, &said), (areas, areas.day()), problems::UNKNOWN_AREA);
        found.map(|named| named.code.clone())
    }
}
