//! A sheet as it was read: rows of cells with their addresses, whatever the file was.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::domain::text;

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Cell {
    /// Nothing.
    #[default]
    Empty,
    /// Words, composed to NFC and trimmed.
    Text(String),
    /// A number.
    Number(Decimal),
    /// A day.
    Date(NaiveDate),
    /// A yes or no.
    Bool(bool),
}

impl Cell {
    /// A cell with these words: composed to NFC, hard spaces made plain, trimmed; empty if nothing is left.
    pub fn words(text: &str) -> Self {
        let plain: String =
            text::nfc(text).chars().filter(|c| !INVISIBLE.contains(c)).map(|c| if c == '\u{a0}' { ' ' } else { c }).collect();
        let lines: Vec<&str> = plain.lines().map(str::trim).collect();
        let text = lines.join("\n").trim().to_owned();
        if text.is_empty() { Self::Empty } else { Self::Text(text) }
    }

    /// Whether nothing stands in it.
    pub fn is_empty(&self) -> bool {
        *self == Self::Empty
    }

    /// What a person sees: dates as 31/12/2025, decimals as 6,7.
    pub fn text(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) => text.clone(),
            Self::Number(number) => number.normalize().to_string().replace('.', ","),
            Self::Date(day) => day.format("%d/%m/%Y").to_string(),
            Self::Bool(true) => "có".into(),
            Self::Bool(false) => "không".into(),
        }
    }

    /// The words in one line.
    pub fn line(&self) -> String {
        one_line(&self.text())
    }
}

/// Marks that are not seen and would make two equal names differ.
const INVISIBLE: &[char] = &['\u{200b}', '\u{200c}', '\u{200d}', '\u{2060}', '\u{feff}', '\u{ad}'];

/// The text in one line, its white space collapsed.
pub fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// One row that has content.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SheetRow {
    /// Its number in the file, from 1.
    pub number: u32,
    /// Its cells, the first column first; empty ones at the end are left out.
    pub cells: Vec<Cell>,
}

impl SheetRow {
    /// The cell in this column, counted from 0.
    pub fn cell(&self, column: usize) -> &Cell {
        self.cells.get(column).unwrap_or(&Cell::Empty)
    }

    /// Columns that have content.
    pub fn filled(&self) -> impl Iterator<Item = usize> + '_ {
        self.cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty()).map(|(column, _)| column)
    }
}

/// Cells that were merged into one; its content stands in the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Merge {
    /// First and last row, from 1.
    pub rows: (u32, u32),
    /// First and last column, from 0.
    pub columns: (usize, usize),
}

/// One sheet of a file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sheet {
    /// Its name; empty for CSV.
    pub name: String,
    /// Its rows with content, in order.
    pub rows: Vec<SheetRow>,
    /// Its merged cells.
    pub merges: Vec<Merge>,
}

impl Sheet {
    /// Whether a merged cell begins in this row and spans several columns, up to which one.
    pub fn spans(&self, row: u32) -> impl Iterator<Item = &Merge> + '_ {
        self.merges.iter().filter(move |m| m.rows.0 == row && m.columns.1 > m.columns.0)
    }

    /// The merged cell that began in an earlier row and reaches down into this one.
    pub fn hangs_into(&self, row: u32, column: usize) -> bool {
        self.merges.iter().any(|m| m.rows.0 < row && row <= m.rows.1 && (m.columns.0..=m.columns.1).contains(&column))
    }
}

/// A file as it was read, ready to be imported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Workbook {
    /// Name of the file.
    pub file_name: String,
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
    /// Its sheets.
    pub sheets: Vec<Sheet>,
}

/// The letter of a column, counted from 0: A, B, … Z, AA.
pub fn column_letter(column: usize) -> String {
    let mut rest = column + 1;
    let mut letters = Vec::new();
    while rest > 0 {
        let digit = u8::try_from((rest - 1) % 26).unwrap_or_default();
        letters.push(char::from(b'A' + digit));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_have_letters() {
        for (column, letter) in [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA"), (16383, "XFD")] {
            assert_eq!(column_letter(column), letter);
        }
    }

    #[test]
    fn words_are_composed_and_trimmed() {
        assert_eq!(Cell::words(" Sở Y te\u{302}\u{301}\u{a0} "), Cell::Text("Sở Y tế".into()));
        assert_eq!(Cell::words("a \r\n b\u{200b}"), Cell::Text("a\nb".into()));
        assert!(Cell::words(" \u{a0}\n\t").is_empty());
        assert_eq!(Cell::Number("6.70".parse().unwrap()).text(), "6,7");
    }
}
