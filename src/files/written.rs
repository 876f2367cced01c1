//! Files that go out: tables as workbooks and as text.

use std::error::Error;

use chrono::NaiveDate;

use super::{XLSX, csv_table, workbook};
use crate::domain::imports::Cell;
use crate::domain::imports::layout::{self, Shape, Table, Template};

/// A file, ready to be sent or kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// What it is called.
    pub name: String,
    /// Its media type.
    pub media_type: &'static str,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// What a table is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// A workbook.
    Xlsx,
    /// Text parted by commas.
    Csv,
}

impl Format {
    /// The format that the name of a file ends with.
    pub fn of(name: &str) -> Option<Self> {
        match name.rsplit_once('.')?.1.to_ascii_lowercase().as_str() {
            "xlsx" => Some(Self::Xlsx),
            "csv" => Some(Self::Csv),
            _ => None,
        }
    }
}

/// Why a file could not be written.
pub type WriteError = Box<dyn Error + Send + Sync>;

/// A table as a file.
///
/// # Errors
/// When it does not fit.
pub fn table(table: &Table, format: Format) -> Result<Written, WriteError> {
    let name = |end: &str| named(layout::file_name(table.kind), table.day, end);
    match format {
        Format::Xlsx => Ok(Written { name: name("xlsx"), media_type: XLSX, bytes: workbook::table(table)? }),
        Format::Csv => Ok(Written { name: name("csv"), media_type: "text/csv; charset=utf-8", bytes: text(table)? }),
    }
}

/// A template as a workbook.
///
/// # Errors
/// As [`table`].
pub fn template(template: &Template) -> Result<Written, WriteError> {
    let name = format!("mau-{}.xlsx", layout::file_name(template.kind));
    Ok(Written { name, media_type: XLSX, bytes: workbook::template(template)? })
}

fn named(stem: &str, day: NaiveDate, end: &str) -> String {
    format!("{stem}-{day}.{end}")
}

fn text(table: &Table) -> Result<Vec<u8>, csv::Error> {
    let header: Vec<String> = layout::exported(table.kind).iter().map(|shape: &Shape| shape.title.to_owned()).collect();
    let rows: Vec<Vec<String>> = table.rows.iter().map(|row| row.iter().map(Cell::text).collect()).collect();
    csv_table::write(std::iter::once(header.as_slice()).chain(rows.iter().map(Vec::as_slice)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::imports::ImportKind;
    use crate::files;
    use proptest::prelude::*;

    /// One row of tasks whose words are these.
    fn of_words(words: &str) -> Table {
        let cell = |shape: &Shape| if shape.title == "STT" { Cell::Number(1.into()) } else { Cell::words(words) };
        let row = layout::exported(ImportKind::Tasks).iter().map(cell).collect();
        Table { kind: ImportKind::Tasks, day: NaiveDate::from_ymd_opt(2026, 11, 21).unwrap(), rows: vec![row] }
    }

    fn read_back(wanted: &Table, format: Format) -> Vec<Cell> {
        let written = table(wanted, format).unwrap();
        let book = files::open(&written.name, &written.bytes).unwrap();
        assert_eq!(book.sheets.len(), 1);
        book.sheets[0].rows.get(1).map(|row| row.cells.clone()).unwrap_or_default()
    }

    #[test]
    fn what_looks_like_a_formula_is_words() {
        for words in ["=1+1", "+84 293", "-5", "@SUM(A1)", "=cmd|' /C calc'!A0", "'=1", "\"x\";=2", "- a\n- b"] {
            let table = of_words(words);
            assert_eq!(read_back(&table, Format::Xlsx)[1], Cell::words(words), "{words}");
            assert_eq!(read_back(&table, Format::Csv)[1], Cell::words(words), "{words}");
            let text = super::table(&table, Format::Csv).unwrap().bytes;
            let text = String::from_utf8(text).unwrap();
            assert!(text.starts_with("\u{feff}STT,Nhiệm vụ,") && text.ends_with("\r\n"), "{text}");
            // No field begins with what begins a formula.
            let mut fields = csv::ReaderBuilder::new().has_headers(true).from_reader(text.trim_start_matches('\u{feff}').as_bytes());
            for field in fields.records().next().unwrap().unwrap().iter() {
                assert!(!field.starts_with(['=', '+', '-', '@']), "{field}");
            }
        }
    }

    #[test]
    fn days_and_numbers_are_days_and_numbers() {
        let mut table = of_words("x");
        let day = NaiveDate::from_ymd_opt(2026, 6, 30).unwrap();
        for (at, cell) in [(6, Cell::Date(day)), (13, Cell::Number("62.5".parse().unwrap()))] {
            table.rows[0][at] = cell.clone();
            assert_eq!(read_back(&table, Format::Xlsx)[at], cell);
        }
        let text = read_back(&table, Format::Csv);
        assert_eq!((&text[6], &text[13]), (&Cell::words("30/06/2026"), &Cell::words("62,5")));
        assert_eq!(super::table(&table, Format::Csv).unwrap().name, "nhiem-vu-2026-11-21.csv");
    }

    #[test]
    fn a_day_that_no_spreadsheet_counts_is_words() {
        let mut table = of_words("x");
        for (day, words) in [((787, 6, 30), "30/06/0787"), ((1899, 12, 31), "31/12/1899"), ((1900, 2, 28), "28/02/1900")] {
            let day = NaiveDate::from_ymd_opt(day.0, day.1, day.2).unwrap();
            (table.day, table.rows[0][6]) = (day, Cell::Date(day));
            assert_eq!(read_back(&table, Format::Xlsx)[6], Cell::words(words));
            assert_eq!(read_back(&table, Format::Csv)[6], Cell::words(words));
        }
    }

    #[test]
    fn a_file_is_the_same_each_time() {
        let table = of_words("x");
        assert_eq!(super::table(&table, Format::Xlsx).unwrap(), super::table(&table, Format::Xlsx).unwrap());
        assert_eq!([Format::of("a.b.XLSX"), Format::of("x.csv"), Format::of("xlsx")], [Some(Format::Xlsx), Some(Format::Csv), None]);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn whatever_was_written_is_read(words in "\\PC{0,60}|[a-z\n\t=+@'\",;_x0-9]{0,40}") {
            let table = of_words(&words);
            let wanted = Cell::words(&words);
            prop_assert_eq!(read_back(&table, Format::Xlsx).get(1).cloned().unwrap_or_default(), wanted.clone());
            prop_assert_eq!(read_back(&table, Format::Csv).get(1).cloned().unwrap_or_default(), wanted);
        }
    }
}
