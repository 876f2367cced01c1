//! Lists of documents: resolutions and programmes together, as offices keep them.

mod catalogue;
mod fields;
mod terms;

use super::header::Column;
use super::names::Index;
use super::options::ImportKind;
use super::order::{Linked, named_first};
use super::problems::{self, Problem};
use super::reader::{self, Reader, Reading};
use super::said::Said;
use super::sheet::Sheet;
use super::table::BodyRow;
use super::words::documents::DocumentKind;
use crate::domain::Id;
use crate::domain::documents::DocumentId;
pub use catalogue::{Catalogue, Identity, Meant, Place};
pub use fields::partial_date;
pub use terms::NamedTerm;

/// What the names of a list may mean.
#[derive(Debug, Clone, Copy)]
pub struct Known<'a> {
    /// The root area the documents are kept for.
    pub root: Id,
    /// Its units.
    pub units: &'a Index,
    /// Its terms.
    pub terms: &'a [NamedTerm],
    /// Its documents.
    pub documents: &'a Catalogue,
}

/// One document of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentLine {
    /// Its row.
    pub row: u32,
    /// What it is recognised by.
    pub identity: Identity,
    /// The document it means, if that is kept already.
    pub known: Option<DocumentId>,
    /// What is said of it.
    pub said: Said,
    /// What it carries out; none where the file does not speak of that.
    pub implements: Option<Vec<Place>>,
}

impl Linked for DocumentLine {
    type Key = u32;

    fn row(&self) -> u32 {
        self.row
    }

    fn key(&self) -> u32 {
        self.row
    }

    fn names(&self) -> Vec<u32> {
        let row = |place: &Place| if let Place::Row(row) = place { Some(*row) } else { None };
        self.implements.iter().flatten().filter_map(row).collect()
    }
}

/// Reads a list of documents; each comes after those of the list that it carries out.
pub fn read(sheet: &Sheet, known: Known<'_>) -> Reading<DocumentLine> {
    reader::read_whole(sheet, ImportKind::Documents, |reader, rows| {
        let mut before = Catalogue::default();
        let one = |row| Some((row, line(reader, row, known, &mut before)?));
        let lines: Vec<(&BodyRow, DocumentLine)> = rows.iter().filter_map(one).collect();
        let of_file = lines.iter().map(|(_, line)| (line.row, line.identity.clone(), line.known));
        let all = known.documents.with_rows(of_file);
        let linked = lines.into_iter().map(|(row, line)| DocumentLine { implements: implements(reader, row, &all), ..line });
        let linked = linked.collect();
        named_first(linked, &mut reader.problems)
    })
}

fn line(reader: &mut Reader<'_>, row: &BodyRow, known: Known<'_>, before: &mut Catalogue) -> Option<DocumentLine> {
    let read = fields::read(reader, row, known)?;
    if let Meant::One(Place::Row(other)) = before.recognise(&read.identity) {
        let column = if read.identity.number.is_some() { Column::Symbol } else { Column::Title };
        let problem = reader.problem(problems::REPEATED, row, column, read.identity.words()).with("other", other);
        reader.problems.push(problem);
        return None;
    }
    before.add_row(row.row.number, read.identity.clone());
    let meant = match known.documents.recognise(&read.identity) {
        Meant::One(Place::Known(document)) => Some(document),
        Meant::Several(labels) => {
            let words = read.identity.words().to_owned();
            let problem = reader.problem(problems::AMBIGUOUS_DOCUMENT, row, Column::Symbol, &words);
            reader.problems.push(problem.with("found", &words).suggesting(labels));
            return None;
        }
        Meant::One(Place::Row(_)) | Meant::Nothing(_) => None,
    };
    Some(DocumentLine { row: row.row.number, identity: read.identity, known: meant, said: read.said, implements: None })
}

/// The documents of a cell, each once; those that are not known are told.
fn implements(reader: &mut Reader<'_>, row: &BodyRow, all: &Catalogue) -> Option<Vec<Place>> {
    if !reader.has(Column::Implements) {
        return None;
    }
    let whole = reader.said(row, Column::Implements);
    // A title may hold a semicolon.
    let parts = if all.has_title(&whole) { vec![whole] } else { reader.parts(row, Column::Implements) };
    let mut places = Vec::new();
    for said in parts {
        if let Some(place) = document(reader, row, (Column::Implements, &said), all).filter(|place| !places.contains(place)) {
            places.push(place);
        }
    }
    Some(places)
}

/// The document that words mean; none, and told, where that is not certain.
pub fn document(reader: &mut Reader<'_>, row: &BodyRow, (column, said): (Column, &str), all: &Catalogue) -> Option<Place> {
    let (rule, near) = match all.find(said) {
        Meant::One(place) => return Some(place),
        Meant::Several(labels) => (problems::AMBIGUOUS_DOCUMENT, labels),
        Meant::Nothing(near) => (problems::UNKNOWN_DOCUMENT, near),
    };
    let problem: Problem = reader.problem(rule, row, column, said).with("found", said).suggesting(near);
    reader.problems.push(problem);
    None
}

impl DocumentLine {
    /// What kind of document it is.
    pub fn kind(&self) -> DocumentKind {
        self.identity.kind
    }
}

#[cfg(test)]
mod tests;
