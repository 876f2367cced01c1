//! Text tables: read with comma, semicolon or tab, in UTF-8 or UTF-16; written so that Excel opens them.
//!
//! A text that a spreadsheet would take for a formula is written behind an apostrophe, and read
//! back without it.

use super::{MOST_CELLS, MOST_COLUMNS, MOST_ROWS};
use crate::domain::imports::sheet::SheetRow;
use crate::domain::imports::{Cell, FileProblem, Sheet};

/// How UTF-8 announces itself; without it Excel guesses another encoding.
const BOM: &str = "\u{feff}";
/// What a formula, or a guarded text, begins with.
pub(super) const GUARDED: &[char] = &['=', '+', '-', '@', '\t', '\r', '\''];

/// The one sheet of a text table.
///
/// # Errors
/// Why it cannot be read.
pub fn read(bytes: &[u8]) -> Result<Sheet, FileProblem> {
    let text = decode(bytes)?;
    let mut table = csv::ReaderBuilder::new();
    let mut table = table.has_headers(false).flexible(true).delimiter(delimiter(&text)).from_reader(text.as_bytes());
    let (mut rows, mut left) = (Vec::new(), MOST_CELLS);
    let mut record = csv::StringRecord::new();
    let mut lines = Lines { text: &text, seen: 0, line: 1 };
    while table.read_record(&mut record).map_err(|_| FileProblem::Damaged)? {
        let mut cells: Vec<Cell> = record.iter().take(MOST_COLUMNS).map(|field| Cell::words(unguarded(field))).collect();
        while cells.last().is_some_and(Cell::is_empty) {
            cells.pop();
        }
        if cells.is_empty() {
            continue;
        }
        left = left.checked_sub(cells.len()).ok_or(FileProblem::TooManyRows)?;
        if rows.len() >= MOST_ROWS {
            return Err(FileProblem::TooManyRows);
        }
        rows.push(SheetRow { number: lines.of(&record), cells });
    }
    Ok(Sheet { name: String::new(), rows, merges: Vec::new() })
}

/// Which line a record begins on. The reader says where it began to look, which is before blank lines.
struct Lines<'a> {
    text: &'a str,
    seen: usize,
    line: u32,
}

impl Lines<'_> {
    fn of(&mut self, record: &csv::StringRecord) -> u32 {
        let looked = record.position().and_then(|p| usize::try_from(p.byte()).ok()).unwrap_or(self.seen);
        let rest = self.text.get(looked..).unwrap_or_default();
        let begins = looked + (rest.len() - rest.trim_start_matches(['\r', '\n']).len());
        let passed = self.text.get(self.seen..begins).unwrap_or_default();
        let passed = u32::try_from(passed.bytes().filter(|byte| *byte == b'\n').count()).unwrap_or(u32::MAX);
        (self.seen, self.line) = (begins.max(self.seen), self.line.saturating_add(passed));
        self.line
    }
}

/// The text of the bytes, where their encoding is certain.
fn decode(bytes: &[u8]) -> Result<String, FileProblem> {
    let units = |from: fn([u8; 2]) -> u16| -> Result<String, FileProblem> {
        let (pairs, rest) = bytes.get(2..).unwrap_or_default().as_chunks::<2>();
        if !rest.is_empty() {
            return Err(FileProblem::Damaged);
        }
        let units: Vec<u16> = pairs.iter().map(|pair| from(*pair)).collect();
        String::from_utf16(&units).map_err(|_| FileProblem::Encoding)
    };
    let text = match bytes {
        [0xff, 0xfe, ..] => units(u16::from_le_bytes)?,
        [0xfe, 0xff, ..] => units(u16::from_be_bytes)?,
        _ => {
            let bytes = bytes.strip_prefix(BOM.as_bytes()).unwrap_or(bytes);
            std::str::from_utf8(bytes).map_err(|_| FileProblem::Encoding)?.to_owned()
        }
    };
    // Bytes that are no text at all are another kind of file.
    if text.contains('\0') { Err(FileProblem::OtherKind) } else { Ok(text) }
}

/// The mark that divides the first line most, outside quotes: it is a title or a header, and holds no
/// sentences. Where none does, the first lines together are asked.
fn delimiter(text: &str) -> u8 {
    let count = |mark: char, within: &str| {
        let mut quoted = false;
        let outside = within.chars().filter(|c| {
            quoted ^= *c == '"';
            !quoted && *c == mark
        });
        outside.count()
    };
    let most = |within: &str| {
        let marks = [('\t', b'\t'), (';', b';'), (',', b',')];
        marks.iter().map(|(mark, byte)| (count(*mark, within), *byte)).filter(|(n, _)| *n > 0).max_by_key(|(n, _)| *n)
    };
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let beginning: String = text.chars().take(4096).collect();
    most(first).or_else(|| most(&beginning)).map_or(b',', |(_, byte)| byte)
}

fn unguarded(field: &str) -> &str {
    field.strip_prefix('\'').filter(|rest| rest.starts_with(GUARDED)).unwrap_or(field)
}

fn guarded(field: &str) -> String {
    if field.starts_with(GUARDED) { format!("'{field}") } else { field.to_owned() }
}

/// A text table as bytes: UTF-8 with its mark, rows ended as Excel ends them.
///
/// # Errors
/// When a row cannot be written.
pub fn write<'a>(rows: impl Iterator<Item = &'a [String]>) -> Result<Vec<u8>, csv::Error> {
    let mut table = csv::WriterBuilder::new().flexible(true).terminator(csv::Terminator::CRLF).from_writer(BOM.as_bytes().to_vec());
    for row in rows {
        table.write_record(row.iter().map(|field| guarded(field)))?;
    }
    table.into_inner().map_err(|error| error.into_error().into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn texts(bytes: &[u8]) -> Vec<Vec<String>> {
        read(bytes).unwrap().rows.iter().map(|row| row.cells.iter().map(Cell::text).collect()).collect()
    }

    #[test]
    fn every_common_form_of_a_table_is_read() {
        let wanted = vec![vec!["STT".to_owned(), "Nhiệm vụ".into()], vec!["1".into(), "a, b".into()]];
        let utf16 = |text: &str, swap: bool| -> Vec<u8> {
            let units = std::iter::once(0xfeff_u16).chain(text.encode_utf16());
            units.flat_map(|u| if swap { u.to_be_bytes() } else { u.to_le_bytes() }).collect()
        };
        let comma = "STT,Nhiệm vụ\r\n1,\"a, b\"\r\n";
        let tab = "STT\tNhiệm vụ\n1\ta, b\n";
        for bytes in [
            comma.as_bytes().to_vec(),
            format!("\u{feff}{comma}").into_bytes(),
            "STT;Nhiệm vụ\n1;a, b\n".as_bytes().to_vec(),
            tab.as_bytes().to_vec(),
            utf16(tab, false),
            utf16(comma, true),
        ] {
            assert_eq!(texts(&bytes), wanted);
        }
        // TCVN3 and Windows-1258 cannot be told apart with certainty.
        assert_eq!(read(b"STT,Nhi\xd6m v\xf4\n").unwrap_err(), FileProblem::Encoding);
        assert_eq!(read(b"a\0b").unwrap_err(), FileProblem::OtherKind);
    }

    #[test]
    fn rows_keep_the_lines_they_stand_on() {
        let rows = read("a,b\n\n\n\"c\nd\",e\nf,g\n".as_bytes()).unwrap().rows;
        assert_eq!(rows.iter().map(|row| row.number).collect::<Vec<_>>(), [1, 4, 6]);
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(rows in prop::collection::vec(prop::collection::vec("[=+@'\\-a-zđ0-9,;\"\\n ]{0,12}", 2..5), 1..6)) {
            let plain = |text: &String| Cell::words(text).text();
            let header = vec!["STT".to_owned(), "Nhiệm vụ".into()];
            let rows: Vec<Vec<String>> = std::iter::once(header).chain(rows.iter().map(|row| row.iter().map(plain).collect())).collect();
            let bytes = write(rows.iter().map(Vec::as_slice)).unwrap();
            let trimmed = |row: &Vec<String>| {
                let end = row.iter().rposition(|text| !text.is_empty()).map_or(0, |at| at + 1);
                row[..end].to_vec()
            };
            let wanted: Vec<Vec<String>> = rows.iter().map(trimmed).filter(|row| !row.is_empty()).collect();
            prop_assert_eq!(texts(&bytes), wanted);
        }

        #[test]
        fn no_bytes_are_too_strange(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = read(&bytes);
        }
    }
}
