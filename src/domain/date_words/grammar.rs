//! The grammar of one calendar stretch: "30/6/2022", "tháng 6", "quý III-2021", "năm nay".

use super::tokens::Cursor;
use super::{Unit, When, YEARS, YearRef};
use crate::domain::roman;

/// Separators inside a date.
const SEPARATORS: [char; 3] = ['/', '-', '.'];

/// One calendar stretch; the longest way of writing is tried first.
pub(crate) fn when(cursor: &mut Cursor<'_>) -> Option<When> {
    let rules = [iso_day, day, half, quarter, month, year];
    rules.into_iter().find_map(|rule| cursor.attempt(rule))
}

/// `2022-06-30`
fn iso_day(cursor: &mut Cursor<'_>) -> Option<When> {
    cursor.word(&["ngày"]);
    let year = year_number(cursor)?;
    let separator = cursor.mark(&['-', '/'])?;
    let month = cursor.number(1..=2)?;
    cursor.mark(&[separator])?;
    let day = cursor.number(1..=2)?;
    Some(When { unit: Unit::Day { day, month }, year: YearRef::Given(year) })
}

/// `30/6/2022`, `ngày 30-6`, `ngày 30 tháng 6 năm 2022`
fn day(cursor: &mut Cursor<'_>) -> Option<When> {
    let named = cursor.word(&["ngày"]).is_some();
    let day = cursor.number(1..=2)?;
    if cursor.word(&["tháng"]).is_some() {
        let month = cursor.number(1..=2)?;
        return Some(When { unit: Unit::Day { day, month }, year: year_part(cursor) });
    }
    let separator = cursor.mark(&SEPARATORS)?;
    let month = cursor.number(1..=2)?;
    let unit = Unit::Day { day, month };
    let written = cursor.attempt(|c| c.mark(&[separator]).and_then(|_| year_number(c)));
    let year = match written {
        Some(year) => YearRef::Given(year),
        None => named_year(cursor).unwrap_or(YearRef::Missing),
    };
    // "30.6" and "5-6" without the word may be a decimal or a range of anything.
    let plain = named || separator == '/' || year != YearRef::Missing;
    plain.then_some(When { unit, year })
}

/// `6 tháng đầu năm 2022`, `6 tháng cuối năm`, `9 tháng đầu năm`
fn half(cursor: &mut Cursor<'_>) -> Option<When> {
    let months = cursor.number(1..=2).filter(|months| [3, 6, 9].contains(months))?;
    cursor.word(&["tháng"])?;
    let unit = match (cursor.word(&["đầu"]), months) {
        (Some(()), 6) => Unit::Half(1),
        (Some(()), _) => Unit::FirstMonths(months),
        (None, 6) => cursor.word(&["cuối"]).map(|()| Unit::Half(2))?,
        (None, _) => return None,
    };
    cursor.word(&["của"]);
    let year = named_year(cursor)
        .or_else(|| year_number(cursor).map(YearRef::Given))
        .or_else(|| cursor.word(&["năm"]).map(|()| YearRef::Missing))?;
    Some(When { unit, year })
}

/// `quý III-2021`, `quý 4 năm 2021`, `Q3/2021`, `quý này`, `quý tới`
fn quarter(cursor: &mut Cursor<'_>) -> Option<When> {
    if let Some(count) = cursor.attempt(|c| quarter_word(c).and_then(|()| this_or_next(c))) {
        return Some(When { unit: Unit::QuarterAfter(count), year: YearRef::Relative(0) });
    }
    let quarter = cursor
        .attempt(|c| {
            quarter_word(c)?;
            c.number(1..=2).or_else(|| c.word_as(roman::parse))
        })
        .or_else(|| cursor.attempt(short_quarter))?;
    if !(1..=4).contains(&quarter) {
        return None;
    }
    Some(When { unit: Unit::Quarter(quarter), year: year_part(cursor) })
}

/// `Q3`, `Q.III`, `QIII`
fn short_quarter(cursor: &mut Cursor<'_>) -> Option<u32> {
    if let Some(quarter) = cursor.word_as(|w| w.strip_prefix('q').and_then(roman::parse)) {
        return Some(quarter);
    }
    cursor.word(&["q"])?;
    cursor.mark(&['.']);
    cursor.number(1..=1).or_else(|| cursor.word_as(roman::parse))
}

/// The word "quý" in its spellings.
pub(crate) fn quarter_word(cursor: &mut Cursor<'_>) -> Option<()> {
    cursor.word(&["quý", "quí", "qúy"])
}

/// `tháng 6/2022`, `tháng 12 năm nay`, `tháng này`, `tháng tới`, `6/2022`
fn month(cursor: &mut Cursor<'_>) -> Option<When> {
    if let Some(count) = cursor.attempt(|c| c.word(&["tháng"]).and_then(|()| this_or_next(c))) {
        return Some(When { unit: Unit::MonthAfter(count), year: YearRef::Relative(0) });
    }
    let named = cursor.word(&["tháng"]).is_some();
    let month = cursor.number(1..=2)?;
    if !(1..=12).contains(&month) {
        return None;
    }
    let year = if named {
        year_part(cursor)
    } else {
        cursor.mark(&['/', '-'])?;
        YearRef::Given(year_number(cursor)?)
    };
    Some(When { unit: Unit::Month(month), year })
}

/// "này" (0), "tới", "sau" (1)
fn this_or_next(cursor: &mut Cursor<'_>) -> Option<u32> {
    cursor.word(&["này"]).map(|()| 0).or_else(|| cursor.word(&["tới", "sau"]).map(|()| 1))
}

/// `năm 2022`, `2022`, `năm nay`
fn year(cursor: &mut Cursor<'_>) -> Option<When> {
    let year = named_year(cursor).or_else(|| year_number(cursor).map(YearRef::Given))?;
    Some(When { unit: Unit::Year, year })
}

/// The year after a month or quarter, in any of its ways, or nothing.
fn year_part(cursor: &mut Cursor<'_>) -> YearRef {
    let separated = |c: &mut Cursor<'_>| {
        c.mark(&SEPARATORS).or_else(|| c.mark(&[',']));
        named_year(c).or_else(|| year_number(c).map(YearRef::Given))
    };
    cursor.attempt(separated).unwrap_or(YearRef::Missing)
}

/// `năm 2022`, `năm nay`, `năm tới`
fn named_year(cursor: &mut Cursor<'_>) -> Option<YearRef> {
    cursor.attempt(|c| {
        c.mark(&[',']);
        c.word(&["năm"])?;
        if c.word(&["nay", "này"]).is_some() {
            Some(YearRef::Relative(0))
        } else if c.word(&["tới", "sau"]).is_some() {
            Some(YearRef::Relative(1))
        } else {
            year_number(c).map(YearRef::Given)
        }
    })
}

/// Four digits within [`YEARS`].
pub(crate) fn year_number(cursor: &mut Cursor<'_>) -> Option<i32> {
    cursor.attempt(|c| {
        let year = i32::try_from(c.number(4..=4)?).ok()?;
        YEARS.contains(&year).then_some(year)
    })
}
