//! The columns of tables that are written, in their order. They are called what
//! [`super::header`] knows them by, so that what was exported, or a template that was filled in,
//! is read again.

mod areas;
mod calendar_days;
mod clauses;
mod conferences;
mod documents;
mod indicators;
mod lists;
mod posts;
mod tasks;
mod unit_events;
mod unit_groups;
mod units;

use chrono::NaiveDate;

use super::header::{self, Column};
use super::options::ImportKind;
use super::sheet::Cell;
pub use lists::List;

/// A column of a table that is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shape {
    /// What stands in it.
    pub field: Field,
    /// What it is called.
    pub title: &'static str,
    /// How wide it is, in characters.
    pub width: u16,
    /// How it is shown, and what may be chosen for it.
    pub content: Content,
    /// How it is filled in, for people; at most 255 characters, which is what a spreadsheet shows.
    pub hint: &'static str,
}

/// What stands in a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// What an import reads.
    Read(Column),
    /// What is only shown.
    Shown(Figure),
}

/// What an export of tasks shows beside what was said of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Figure {
    /// Where the work stands.
    Lifecycle,
    /// How it stands against its deadline.
    Timeliness,
    /// The day lateness is judged by.
    DueOn,
    /// Date of the product.
    CompletedOn,
    /// Days after the deadline.
    DaysLate,
    /// Claimed percent.
    Claimed,
    /// Verified percent.
    Verified,
}

/// How a column is shown, and what may be chosen for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Content {
    /// A number.
    Number,
    /// Words that are seen whole.
    Words,
    /// Words of any length, shown in one line.
    Long,
    /// A day.
    Day,
    /// One of a list.
    One(List),
    /// One or several of a list, parted by semicolons.
    Several(List),
}

impl Shape {
    const fn read(column: Column, title: &'static str, width: u16, content: Content, hint: &'static str) -> Self {
        Self { field: Field::Read(column), title, width, content, hint }
    }

    const fn shown(figure: Figure, title: &'static str, width: u16, content: Content) -> Self {
        Self { field: Field::Shown(figure), title, width, content, hint: "" }
    }

    /// The list that is chosen from.
    pub fn list(&self) -> Option<List> {
        match self.content {
            Content::One(list) | Content::Several(list) => Some(list),
            _ => None,
        }
    }

    /// Whether a table of this kind is none without the column.
    pub fn is_needed(&self, kind: ImportKind) -> bool {
        matches!(self.field, Field::Read(column) if header::is_needed(kind, column))
    }
}

/// A table of a kind as it is written.
struct Layout {
    columns: &'static [Shape],
    sheet: &'static str,
    file: &'static str,
}

fn of(kind: ImportKind) -> Layout {
    let layout = |columns, sheet, file| Layout { columns, sheet, file };
    match kind {
        ImportKind::Areas => layout(areas::COLUMNS, "Địa bàn", "dia-ban"),
        ImportKind::Units => layout(units::COLUMNS, "Đơn vị", "don-vi"),
        ImportKind::Tasks => layout(tasks::COLUMNS, "Nhiệm vụ", "nhiem-vu"),
        ImportKind::Documents => layout(documents::COLUMNS, "Văn bản", "van-ban"),
        ImportKind::Clauses => layout(clauses::COLUMNS, "Điều khoản", "dieu-khoan"),
        ImportKind::UnitEvents => layout(unit_events::COLUMNS, "Sắp xếp", "sap-xep"),
        ImportKind::UnitGroups => layout(unit_groups::COLUMNS, "Nhóm đơn vị", "nhom-don-vi"),
        ImportKind::Conferences => layout(conferences::COLUMNS, "Hội nghị", "hoi-nghi"),
        ImportKind::Indicators => layout(indicators::COLUMNS, "Chỉ tiêu", "chi-tieu"),
        ImportKind::Posts => layout(posts::COLUMNS, "Chức danh", "chuc-danh"),
        ImportKind::CalendarDays => layout(calendar_days::COLUMNS, "Lịch làm việc", "lich-lam-viec"),
    }
}

/// The columns of a table, in their order.
pub fn exported(kind: ImportKind) -> &'static [Shape] {
    of(kind).columns
}

/// The columns of a template: those that people fill in.
pub fn filled_in(kind: ImportKind) -> Vec<&'static Shape> {
    exported(kind).iter().filter(|shape| matches!(shape.field, Field::Read(column) if column != Column::Id)).collect()
}

/// What the sheet of such a table is called.
pub fn sheet_name(kind: ImportKind) -> &'static str {
    of(kind).sheet
}

/// What the file of such a table is called, without what is put behind it.
pub fn file_name(kind: ImportKind) -> &'static str {
    of(kind).file
}

/// A table to be written: a cell for each column of [`exported`], row after row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// What its rows are.
    pub kind: ImportKind,
    /// The day it tells of.
    pub day: NaiveDate,
    /// Its rows.
    pub rows: Vec<Vec<Cell>>,
}

/// A table to be filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    /// What its rows will be.
    pub kind: ImportKind,
    /// The day its lists are of.
    pub day: NaiveDate,
    /// How areas are written.
    pub areas: Vec<String>,
    /// How units are written.
    pub units: Vec<String>,
    /// How terms are written.
    pub terms: Vec<String>,
    /// How resolutions are written.
    pub resolutions: Vec<String>,
    /// How documents are written.
    pub documents: Vec<String>,
}

impl Template {
    /// What may be chosen.
    pub fn choices(&self, list: List) -> Vec<String> {
        match (list, list.words()) {
            (_, Some(words)) => words.into_iter().map(ToOwned::to_owned).collect(),
            (List::Areas, None) => self.areas.clone(),
            (List::Terms, None) => self.terms.clone(),
            (List::Resolutions, None) => self.resolutions.clone(),
            (List::Documents, None) => self.documents.clone(),
            (_, None) => self.units.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::imports::sheet::{Sheet, SheetRow};

    #[test]
    fn what_is_written_is_what_is_read() {
        for kind in ImportKind::ALL {
            let shapes = exported(*kind);
            for shape in shapes {
                let read = match shape.field {
                    Field::Read(column) => column,
                    Field::Shown(_) => Column::Shown,
                };
                assert_eq!(header::meaning(*kind, shape.title), Some(read), "{kind}: {}", shape.title);
                assert!(shape.hint.chars().count() <= 255 && shape.title.chars().count() <= 32, "{}", shape.title);
                assert_eq!(shape.hint.is_empty(), matches!(shape.field, Field::Shown(_)), "{}", shape.title);
            }
            let cells = shapes.iter().map(|shape| Cell::words(shape.title)).collect();
            let sheet = Sheet { rows: vec![SheetRow { number: 1, cells }], ..Sheet::default() };
            let found = header::find(&sheet, *kind).unwrap_or_else(|problems| panic!("{problems:?}"));
            assert_eq!(found.last_row, 1);
            // Every column that is known has its place, but for words that have no field.
            for column in header::known(*kind).filter(|column| !matches!(column, Column::Words | Column::Shown)) {
                assert!(found.position(column).is_some(), "{kind}: no column for {column:?}");
            }
        }
    }

    #[test]
    fn a_template_asks_for_what_is_needed() {
        for kind in ImportKind::ALL {
            let needed = filled_in(*kind).into_iter().filter(|shape| shape.is_needed(*kind)).count();
            assert_eq!(needed, exported(*kind).iter().filter(|shape| shape.is_needed(*kind)).count());
            assert!(needed >= 2 && filled_in(*kind).iter().all(|shape| !shape.hint.is_empty()));
        }
    }
}
