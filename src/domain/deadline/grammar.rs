//! The grammar of a whole cell: leading words, a bound, one phrase of time, and nothing more.

use super::stretches::{Phrase, orientation, phrase, when_or_range_onwards};
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

/// A bound and a phrase of time: what a date in a cell consists of.
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
    let phrase = when_or_range_onwards(cursor, phrase);
    cursor.attempt(orientation);
    cursor.done().then_some(Sentence { bound, within, phrase })
}

/// Reads a date among other words: no words of the column before it.
pub(super) fn dated(cursor: &mut Cursor<'_>) -> Option<Sentence> {
    cursor.attempt(|cursor| {
        let mut within = inside(cursor).is_some();
        let bound = bound(cursor);
        within |= inside(cursor).is_some();
        let phrase = phrase(cursor)?;
        let phrase = when_or_range_onwards(cursor, phrase);
        Some(Sentence { bound, within, phrase })
    })
}

/// Reads one phrase of the words of the column.
pub(super) fn leading(cursor: &mut Cursor<'_>) -> Option<()> {
    LEADING.iter().find_map(|words| cursor.phrase(words))
}

fn inside(cursor: &mut Cursor<'_>) -> Option<()> {
    cursor.phrase("ngay trong").or_else(|| cursor.word(&["trong", "vào"]))
}

/// Skips the words of the column; true if "trong" or "vào" is among them.
fn leading_words(cursor: &mut Cursor<'_>) -> bool {
    let mut within = false;
    loop {
        if inside(cursor).is_some() {
            within = true;
        } else if leading(cursor).is_none() && cursor.mark(&[':', ',']).is_none() {
            return within;
        }
    }
}

/// Reads what bounds a phrase of time, if anything does.
pub(super) fn bound(cursor: &mut Cursor<'_>) -> Option<Bound> {
    let latest = ["chậm nhất", "muộn nhất"].iter().any(|words| cursor.phrase(words).is_some());
    if latest {
        cursor.word(&["là"]);
        leading_words(cursor);
    }
    cursor.attempt(|cursor| {
        cursor.phrase("từ nay")?;
        cursor.rest().first().filter(|token| token.is_word("đến") || token.is_word("tới")).map(|_| ())
    });
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

impl Sentence {
    /// Whether the words leave the year to the document: "trước ngày 15/12".
    pub fn lacks_year(&self) -> bool {
        matches!(self.phrase, Phrase::When(When { year: YearRef::Missing, .. }))
    }

    /// Whether no word ties the date to the work: "năm 2027", not "trong năm 2027", "từ năm 2027".
    pub fn is_loose(&self) -> bool {
        let from = matches!(self.phrase, Phrase::From(_) | Phrase::FromSchoolYear(_));
        self.bound.is_none() && !self.within && !from
    }

    /// "3/2021", which may count anything: months need their word among other words.
    pub fn is_bare_month(&self) -> bool {
        matches!(self.phrase, Phrase::When(When { unit: Unit::Month(_), .. }))
    }
}
