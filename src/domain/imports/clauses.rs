//! Clauses of resolutions: a line for each place.

use super::cells;
use super::documents::{self, Catalogue, Place};
use super::header::Column;
use super::options::ImportKind;
use super::problems;
use super::reader::{self, Reader, Reading};
use super::said::Said;
use super::sheet::Sheet;
use super::table::BodyRow;
use super::words::clauses as words;
use crate::domain::Id;
use crate::domain::documents::DocumentId;

/// One clause of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClauseLine {
    /// Its row.
    pub row: u32,
    /// The resolution it stands in.
    pub resolution: Id,
    /// Its place.
    pub path: String,
    /// Its heading.
    pub heading: String,
    /// What is said of it.
    pub said: Said,
}

/// Reads clauses; those of rows that name no resolution stand in `resolution`.
pub fn read(sheet: &Sheet, resolution: Option<Id>, known: &Catalogue) -> Reading<ClauseLine> {
    reader::read(sheet, ImportKind::Clauses, |reader, row| {
        let resolution = resolution_of(reader, row, resolution, known);
        let path = reader.required(row, Column::Path, 60).map(|path| plain_path(&path));
        let kind = reader.word(row, Column::Kind, words::KINDS);
        let heading = reader.required(row, Column::Heading, 1000);
        let text = reader.checked(row, Column::Text, cells::limited(row.cell(reader.header, Column::Text).text(), 20_000));
        let mut said = Said::default();
        let (path, heading) = (path?, heading?);
        said.say("path", &path);
        said.say("kind", kind?);
        said.say("heading", &heading);
        if reader.has(Column::Text) {
            said.say("text", text?);
        }
        Some(ClauseLine { row: row.row.number, resolution: resolution?, path, heading, said })
    })
}

fn resolution_of(reader: &mut Reader<'_>, row: &BodyRow, otherwise: Option<Id>, known: &Catalogue) -> Option<Id> {
    let said = reader.said(row, Column::Document);
    if said.is_empty() {
        if otherwise.is_none() {
            reader.complain(problems::REQUIRED, row, Column::Document);
        }
        return otherwise;
    }
    match documents::document(reader, row, (Column::Document, &said), known)? {
        Place::Known(DocumentId::Resolution(id)) => Some(id),
        Place::Known(DocumentId::Programme(_)) | Place::Row(_) => {
            reader.complain(problems::NOT_A_RESOLUTION, row, Column::Document);
            None
        }
    }
}

/// A path as it is kept: `II. 3. b)` is `II.3.b`; a spreadsheet makes a number of `3.1`.
fn plain_path(text: &str) -> String {
    let bare: String = text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '(' | ')')).collect();
    bare.replace([',', '/'], ".").trim_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_as_tables_write_them() {
        for (text, path) in [("II. 3. b)", "II.3.b"), ("II.3.b", "II.3.b"), ("3,1", "3.1"), ("II/3", "II.3"), ("A.", "A"), ("1)", "1")] {
            assert_eq!(plain_path(text), path);
        }
    }
}
