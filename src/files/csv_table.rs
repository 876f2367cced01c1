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
const GUARDED: &[char] = &['=', '+', '-', '@', '\t', '\r', '\''];

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
        let line = record.position().map_or(0, csv::Position::line);
        rows.push(SheetRow { number: u32::try_from(line).unwrap_or(u32::MAX), cells });
    }
    Ok(Sheet { name: String::new(), rows, merges: Vec::new() })
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

/// The mark that divides most in the first lines, outside quotes.
fn delimiter(text: &str) -> u8 {
    let count = |mark: char| {
        let mut quoted = false;
        let outside = text.chars().take(4096).filter(|c| {
            quoted ^= *c == '"';
            !quoted && *c == mark
        });
        outside.count()
    };
    // An annex in one column of a semicolon file may hold many commas: a heading line says more.
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let marks = [(',', b','), (';', b';'), ('\t', b'\t')];
    let in_first = marks.iter().map(|(mark, byte)| (first.matches(*mark).count(), *byte)).max_by_key(|(n, _)| *n).filter(|(n, _)| *n > 0);
    let anywhere = marks.iter().map(|(mark, byte)| (count(*mark), *byte)).max_by_key(|(n, _)| *n);
    in_first.or(anywhere).map_or(b',', |(_, byte)| byte)
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
    let mut table = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(BOM.as_bytes().to_vec());
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
            let rows: Vec<Vec<String>> = rows.iter().map(|row| row.iter().map(plain).collect()).collect();
            let bytes = write(rows.iter().map(Vec::as_slice)).unwrap();
            let trimmed = |row: &Vec<String>| {
                let end = row.iter().rposition(|text| !text.is_empty()).map_or(0, |at| at + 1);
                row[..end].to_vec()
            };
            let wanted: Vec<Vec<String>> = rows.iter().map(trimmed).filter(|row| !row.is_empty()).collect();
            prop_assume!(wanted.first().is_some_and(|row| row.len() > 1));
            prop_assert_eq!(texts(&bytes), wanted);
        }

        #[test]
        fn no_bytes_are_too_strange(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = read(&bytes);
        }
    }
}
