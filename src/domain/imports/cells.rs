//! Values out of cells: days, whole numbers, texts of a length.

use chrono::{Days, NaiveDate};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::problems::{self, Problem};
use super::sheet::{Cell, one_line};
use crate::domain::partial_date::{DatePrecision, PartialDate};

/// The day in a cell: a date, its words, or the serial number spreadsheets keep it as.
///
/// # Errors
/// `not_a_date`.
pub fn day(cell: &Cell) -> Result<Option<NaiveDate>, Box<Problem>> {
    let read = match cell {
        Cell::Empty => return Ok(None),
        Cell::Date(day) => Some(*day),
        Cell::Number(serial) => day_of_serial(*serial),
        Cell::Text(text) => written_day(text),
        Cell::Bool(_) => None,
    };
    read.map(Some).ok_or_else(|| Box::new(Problem::new(problems::NOT_A_DATE)))
}

fn written_day(text: &str) -> Option<NaiveDate> {
    let read = PartialDate::parse(text.trim());
    read.date.filter(|_| read.precision == DatePrecision::Day)
}

/// The day a spreadsheet means by a number: days since 30 December 1899, between 1954 and 2119.
pub fn day_of_serial(serial: Decimal) -> Option<NaiveDate> {
    let days = serial.trunc().to_u64().filter(|days| (20_000..80_000).contains(days))?;
    NaiveDate::from_ymd_opt(1899, 12, 30)?.checked_add_days(Days::new(days))
}

/// The words of a deadline: a date or its serial number becomes 31/12/2025, anything else stays.
pub fn deadline_words(cell: &Cell) -> Option<String> {
    match cell {
        Cell::Number(serial) => day_of_serial(*serial).map_or_else(|| Some(cell.line()), |day| Some(Cell::Date(day).text())),
        _ => Some(cell.line()).filter(|text| !text.is_empty()),
    }
}

/// The whole number in a cell, as spreadsheets or people write it: 1.234 and 1.234,0 are 1234.
///
/// # Errors
/// `not_a_number`.
pub fn whole_number(cell: &Cell) -> Result<Option<i32>, Box<Problem>> {
    let read = match cell {
        Cell::Empty => return Ok(None),
        Cell::Number(number) => Some(*number),
        Cell::Text(text) => decimal(text),
        Cell::Date(_) | Cell::Bool(_) => None,
    };
    let whole = read.filter(Decimal::is_integer).and_then(|number| number.to_i32());
    whole.map(Some).ok_or_else(|| Box::new(Problem::new(problems::NOT_A_NUMBER)))
}

/// A number as Vietnamese papers print it: thousands by dots or spaces, decimals by a comma.
pub fn decimal(text: &str) -> Option<Decimal> {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let (whole, fraction) = text.split_once(',').map_or((text.as_str(), None), |(whole, fraction)| (whole, Some(fraction)));
    let unsigned = whole.strip_prefix('-').unwrap_or(whole);
    let mut groups = unsigned.split('.');
    let first = groups.next()?;
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let mut rest = groups.peekable();
    let grouped = rest.peek().is_some();
    if !digits(first) || (grouped && first.len() > 3) || !rest.all(|group| group.len() == 3 && digits(group)) {
        return None;
    }
    if fraction.is_some_and(|fraction| !digits(fraction)) {
        return None;
    }
    format!("{}.{}", whole.replace('.', ""), fraction.unwrap_or("0")).parse().ok()
}

/// A text in one line, if there is one and it is not too long.
///
/// # Errors
/// `too_long`.
pub fn line(cell: &Cell, most: usize) -> Result<Option<String>, Box<Problem>> {
    limited(one_line(&cell.text()), most)
}

/// A text whose lines are kept.
///
/// # Errors
/// `too_long`.
pub fn limited(text: String, most: usize) -> Result<Option<String>, Box<Problem>> {
    if text.chars().count() > most {
        return Err(Box::new(Problem::new(problems::TOO_LONG).with("max", most)));
    }
    Ok(Some(text).filter(|text| !text.is_empty()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn text(words: &str) -> Cell {
        Cell::words(words)
    }

    #[test]
    fn days_in_every_form() {
        let wanted = NaiveDate::from_ymd_opt(2026, 6, 30);
        for cell in [Cell::Date(wanted.unwrap()), Cell::Number(46203.into()), text("30/6/2026"), text("2026-06-30"), text("30.06.2026")] {
            assert_eq!(day(&cell).unwrap(), wanted, "{cell:?}");
        }
        for cell in [text("quý II/2026"), text("2026"), Cell::Number(2026.into()), Cell::Bool(true), text("31/2/2026")] {
            assert_eq!(day(&cell).unwrap_err().rule, "not_a_date", "{cell:?}");
        }
        assert_eq!(deadline_words(&Cell::Number(46203.into())).as_deref(), Some("30/06/2026"));
        assert_eq!(deadline_words(&Cell::Number(2027.into())).as_deref(), Some("2027"));
    }

    #[test]
    fn numbers_as_papers_print_them() {
        for (words, number) in [("1.234,5", "1234.5"), ("42.999", "42999"), ("6,7", "6.7"), ("1 234", "1234"), ("-3", "-3"), ("0", "0")] {
            assert_eq!(decimal(words), number.parse().ok(), "{words}");
        }
        for words in ["", "1.23", "1234.567", "1,2,3", "a", "1.", ",5", "1..234"] {
            assert_eq!(decimal(words), None, "{words}");
        }
        assert_eq!(whole_number(&text("1.234")).unwrap(), Some(1234));
        assert!(whole_number(&text("1,5")).is_err());
    }

    proptest! {
        #[test]
        fn every_number_reads_back(number in any::<i32>()) {
            let mut digits = number.unsigned_abs().to_string();
            let mut at = digits.len();
            while at > 3 {
                at -= 3;
                digits.insert(at, '.');
            }
            let words = if number < 0 { format!("-{digits}") } else { digits };
            prop_assert_eq!(whole_number(&text(&words)).unwrap(), Some(number));
        }

        #[test]
        fn no_text_is_too_strange(words in any::<String>()) {
            let _ = (decimal(&words), day(&text(&words)), deadline_words(&text(&words)));
        }
    }
}
