//! Dates of documents, which may name only a month, a quarter or a year, or nothing readable.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::domain::date_words::grammar::{when, year_number};
use crate::domain::date_words::tokens::{Cursor, Token, tokenize};
use crate::domain::date_words::{Unit, When, YearRef};
use crate::domain::text::nfc;

text_enum! {
    /// How much of a date the words name.
    pub enum DatePrecision {
        /// A day.
        Day = "day",
        /// A month; the date is its first day.
        Month = "month",
        /// A quarter; the date is its first day.
        Quarter = "quarter",
        /// A year; the date is its first day.
        Year = "year",
        /// Nothing readable; there is no date.
        None = "none",
    }
}

/// A date as a document writes it, and as read.
///
/// Serialised as an object with all three keys. Read from that object or from the plain text; the
/// text is always read again, and a `date` or `precision` that contradicts it is an error.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(try_from = "Input")]
#[schema(example = json!({"text": "tháng 8/2021", "date": "2021-08-01", "precision": "month"}))]
pub struct PartialDate {
    /// The words as given, in Unicode form C.
    pub text: String,
    /// The day, or the first day of the month, quarter or year; null if the words give none.
    #[schema(required)]
    pub date: Option<NaiveDate>,
    /// How much of the date the words name.
    pub precision: DatePrecision,
}

impl PartialDate {
    /// Reads a date; never fails: unreadable words are kept, with no date and precision `none`.
    pub fn parse(text: &str) -> Self {
        let text = nfc(text);
        let (date, precision) = match read(&tokenize(&text)) {
            Some((date, precision)) => (Some(date), precision),
            None => (None, DatePrecision::None),
        };
        Self { text, date, precision }
    }
}

fn read(tokens: &[Token]) -> Option<(NaiveDate, DatePrecision)> {
    let mut cursor = Cursor::new(tokens);
    let written = cursor.attempt(iso_month).or_else(|| when(&mut cursor))?;
    // A document's date has no reference date: the year must be written.
    if !cursor.done() || !matches!(written.year, YearRef::Given(_)) {
        return None;
    }
    let precision = match written.unit {
        Unit::Day { .. } => DatePrecision::Day,
        Unit::Month(_) => DatePrecision::Month,
        Unit::Quarter(_) => DatePrecision::Quarter,
        Unit::Year => DatePrecision::Year,
        Unit::Half(_) | Unit::FirstMonths(_) | Unit::MonthAfter(_) | Unit::QuarterAfter(_) => return None,
    };
    Some((written.span(None)?.start, precision))
}

/// `2021-08`
fn iso_month(cursor: &mut Cursor<'_>) -> Option<When> {
    let year = year_number(cursor)?;
    cursor.mark(&['-'])?;
    let month = cursor.number(2..=2)?;
    cursor.done().then_some(When { unit: Unit::Month(month), year: YearRef::Given(year) })
}

/// What a caller may send.
#[derive(Deserialize)]
#[serde(untagged, expecting = "expected a date as text, or as {text, date, precision}")]
enum Input {
    Text(String),
    Object(Object),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Object {
    text: String,
    #[serde(default)]
    date: Option<NaiveDate>,
    #[serde(default)]
    precision: Option<DatePrecision>,
}

impl TryFrom<Input> for PartialDate {
    type Error = String;

    fn try_from(input: Input) -> Result<Self, Self::Error> {
        let object = match input {
            Input::Text(text) => return Ok(Self::parse(&text)),
            Input::Object(object) => object,
        };
        let read = Self::parse(&object.text);
        if object.date.is_some() && object.date != read.date {
            return Err(format!("date contradicts the text {:?}", read.text));
        }
        if object.precision.is_some_and(|precision| precision != read.precision) {
            return Err(format!("precision contradicts the text {:?}", read.text));
        }
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::{DatePrecision, PartialDate};
    use proptest::prelude::*;
    use unicode_normalization::UnicodeNormalization;

    fn reading(text: &str) -> (Option<String>, DatePrecision) {
        let read = PartialDate::parse(text);
        assert_eq!(read.text, text);
        (read.date.map(|date| date.to_string()), read.precision)
    }

    #[test]
    fn forms_of_a_date() {
        use DatePrecision::{Day, Month, Quarter, Year};
        let cases = [
            ("2020-10-14", "2020-10-14", Day),
            ("14/10/2020", "2020-10-14", Day),
            ("14-10-2020", "2020-10-14", Day),
            ("14.10.2020", "2020-10-14", Day),
            ("ngày 14 tháng 10 năm 2020", "2020-10-14", Day),
            ("2021-08", "2021-08-01", Month),
            ("tháng 8/2021", "2021-08-01", Month),
            ("Tháng 8 năm 2021", "2021-08-01", Month),
            ("08/2021", "2021-08-01", Month),
            ("quý III/2021", "2021-07-01", Quarter),
            ("2021", "2021-01-01", Year),
            (" năm 2021 ", "2021-01-01", Year),
        ];
        for (text, date, precision) in cases {
            assert_eq!(reading(text), (Some(date.to_owned()), precision), "{text}");
        }
    }

    #[test]
    fn anything_else_keeps_its_words() {
        let cases = [
            "",
            "31/2/2022",
            "2021-13",
            "tháng 13/2021",
            "14/10",
            "năm nay",
            "khoảng năm 2021",
            "6 tháng đầu năm 2021",
            "14/10/20",
            "2020-2025",
            "0000-00-00",
            "đầu nhiệm kỳ",
        ];
        for text in cases {
            assert_eq!(reading(text), (None, DatePrecision::None), "{text}");
        }
    }

    #[test]
    fn json_forms() {
        let month = r#"{"text":"tháng 8/2021","date":"2021-08-01","precision":"month"}"#;
        for json in [month, r#""tháng 8/2021""#, r#"{"text":"tháng 8/2021"}"#] {
            let read: Result<PartialDate, _> = serde_json::from_str(json);
            let written = read.and_then(|read| serde_json::to_string(&read));
            assert_eq!(written.ok().as_deref(), Some(month), "{json}");
        }
        let none = serde_json::to_string(&PartialDate::parse("sau đại hội")).ok();
        assert_eq!(none.as_deref(), Some(r#"{"text":"sau đại hội","date":null,"precision":"none"}"#));
    }

    #[test]
    fn contradictions_are_errors() {
        let cases = [
            (r#"{"text":"tháng 8/2021","date":"2021-09-01"}"#, "date contradicts"),
            (r#"{"text":"sau đại hội","date":"2021-09-01"}"#, "date contradicts"),
            (r#"{"text":"2021","precision":"day"}"#, "precision contradicts"),
            (r#"{"text":"2021","day":1}"#, "expected a date as text"),
            ("7", "expected a date as text"),
        ];
        for (json, message) in cases {
            let read: Result<PartialDate, _> = serde_json::from_str(json);
            let error = read.err().map(|error| error.to_string()).unwrap_or_default();
            assert!(error.contains(message), "{json}: {error}");
        }
    }

    #[test]
    fn names_agree() {
        crate::domain::text_enum::assert_names(DatePrecision::ALL, DatePrecision::as_str);
    }

    proptest! {
        #[test]
        fn never_panics_and_keeps_words(text in any::<String>()) {
            let read = PartialDate::parse(&text);
            prop_assert_eq!(read.date.is_none(), read.precision == DatePrecision::None);
            prop_assert_eq!(read.text, text.nfc().collect::<String>());
        }
    }
}
