//! The grammar of a whole cell: leading words, a bound, one phrase of time, and nothing more.

use crate::domain::date_words::grammar::{quarter_word, when, year_number};
use crate::domain::date_words::tokens::{Cursor, Token};
use crate::domain::date_words::{Unit, When, YearRef};

/// What "trước", "đến" and "chậm nhất" make of the phrase behind them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bound {
    /// "trước": before the phrase begins.
    Before,
    /// "trước khi hết": before the phrase is over.
    BeforeEnd,
    /// "đến", "hết", "đến hết": up to and including.
    Until,
    /// "chậm nhất": the same, in so many words.
    Latest,
}

/// A phrase of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Phrase {
    /// "quý III-2021"
    When(When),
    /// "cuối năm 2022"
    Late(When),
    /// "2021-2025"; `stage` where the text says "giai đoạn".
    Range { from: When, to: When, stage: bool },
    /// "nhiệm kỳ 2020-2025"
    Term(Option<(i32, i32)>),
    /// "cuối nhiệm kỳ"
    TermEnd(Option<(i32, i32)>),
}

/// A cell that fits the grammar whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Sentence {
    pub bound: Option<Bound>,
    /// "trong" or "vào" stands before the phrase.
    pub within: bool,
    pub phrase: Phrase,
}

/// Words of the column, not of the date; "trong" and "vào" are read apart.
const LEADING: [&str; 14] = [
    "thời gian hoàn thành",
    "thời gian thực hiện",
    "thời hạn hoàn thành",
    "thời hạn",
    "hạn chót",
    "hạn",
    "phải hoàn thành",
    "hoàn thành",
    "hoàn tất",
    "thực hiện",
    "khẩn trương",
    "sớm",
    "xong",
    "trình",
];

/// Reads a cell; `None` if anything is left over.
pub(super) fn sentence(tokens: &[Token]) -> Option<Sentence> {
    let cursor = &mut Cursor::new(tokens);
    let mut within = leading_words(cursor);
    let bound = bound(cursor);
    within |= leading_words(cursor);
    let phrase = phrase(cursor)?;
    while cursor.phrase("hoàn thành").or_else(|| cursor.word(&["xong"])).is_some() {}
    cursor.done().then_some(Sentence { bound, within, phrase })
}

/// Skips the words of the column; true if "trong" or "vào" is among them.
fn leading_words(cursor: &mut Cursor<'_>) -> bool {
    let mut within = false;
    loop {
        if cursor.phrase("ngay trong").or_else(|| cursor.word(&["trong", "vào"])).is_some() {
            within = true;
        } else if LEADING.iter().all(|words| cursor.phrase(words).is_none()) && cursor.mark(&[':', ',']).is_none() {
            return within;
        }
    }
}

fn bound(cursor: &mut Cursor<'_>) -> Option<Bound> {
    let latest = ["chậm nhất", "muộn nhất"].iter().any(|words| cursor.phrase(words).is_some());
    if latest {
        cursor.word(&["là"]);
        leading_words(cursor);
    }
    let until = cursor.word(&["đến", "tới"]).is_some();
    if let Some(before) = before(cursor) {
        return Some(before);
    }
    let until = cursor.word(&["hết"]).is_some() || until;
    if latest { Some(Bound::Latest) } else { until.then_some(Bound::Until) }
}

fn before(cursor: &mut Cursor<'_>) -> Option<Bound> {
    let over = ["trước khi hết", "trước khi kết thúc"];
    if over.iter().any(|words| cursor.phrase(words).is_some()) {
        return Some(Bound::BeforeEnd);
    }
    cursor.word(&["trước"]).map(|()| Bound::Before)
}

fn phrase(cursor: &mut Cursor<'_>) -> Option<Phrase> {
    let rules = [late, term, range];
    let read = rules.into_iter().find_map(|rule| cursor.attempt(rule));
    read.or_else(|| when(cursor).map(Phrase::When))
}

/// "cuối năm 2022", "cuối quý III", "cuối năm", "cuối nhiệm kỳ"
fn late(cursor: &mut Cursor<'_>) -> Option<Phrase> {
    cursor.word(&["cuối"])?;
    if let Some(Phrase::Term(years)) = cursor.attempt(term) {
        return Some(Phrase::TermEnd(years));
    }
    match when(cursor) {
        Some(When { unit: Unit::Day { .. } | Unit::Half(_), .. }) => None,
        Some(when) => Some(Phrase::Late(when)),
        None => current(cursor).map(Phrase::Late),
    }
}

/// "năm", "quý", "tháng" alone: the one the reference date lies in.
fn current(cursor: &mut Cursor<'_>) -> Option<When> {
    let unit = if cursor.word(&["năm"]).is_some() {
        Unit::Year
    } else if quarter_word(cursor).is_some() {
        Unit::ThisQuarter
    } else {
        cursor.word(&["tháng"]).map(|()| Unit::ThisMonth)?
    };
    Some(When { unit, year: YearRef::Relative(0) })
}

/// "nhiệm kỳ", "nhiệm kỳ 2020-2025"
fn term(cursor: &mut Cursor<'_>) -> Option<Phrase> {
    cursor.word(&["nhiệm"])?;
    cursor.word(&["kỳ", "kì"])?;
    let years = cursor.attempt(|c| {
        let first = year_number(c)?;
        c.mark(&['-', '/'])?;
        Some((first, year_number(c)?))
    });
    Some(Phrase::Term(years))
}

/// "2021-2025", "giai đoạn 2021 - 2025", "từ ngày 1/1 đến ngày 6/7/2020"
fn range(cursor: &mut Cursor<'_>) -> Option<Phrase> {
    let stage = cursor.phrase("giai đoạn").is_some();
    cursor.word(&["từ"]);
    let mut from = when(cursor)?;
    let dash = cursor.mark(&['-']).is_some();
    if !dash {
        cursor.word(&["đến", "tới"])?;
        cursor.word(&["hết"]);
    }
    let to = when(cursor)?;
    let years = from.unit == Unit::Year && to.unit == Unit::Year;
    if (dash || stage) && !years {
        return None;
    }
    match (from.year, to.year) {
        // "từ tháng 1 đến tháng 6/2022" writes the year of both once, at the end.
        (YearRef::Missing, year) => from.year = year,
        (_, YearRef::Missing) => return None,
        _ => {}
    }
    Some(Phrase::Range { from, to, stage })
}
