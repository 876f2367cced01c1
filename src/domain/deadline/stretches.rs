//! Phrases of time beyond a single calendar stretch: "cuối năm 2022", "giai đoạn 2021 - 2025",
//! "nhiệm kỳ", "trong 05 năm tới", "từ năm 2028".

use crate::domain::date_words::grammar::{quarter_word, when, year_number};
use crate::domain::date_words::tokens::Cursor;
use crate::domain::date_words::{Unit, When, YearRef};

/// Which part of a stretch is meant, by convention.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// "đầu"
    Early,
    /// "giữa"
    Middle,
    /// "cuối"
    Late,
}

/// A phrase of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Phrase {
    /// "quý III-2021"
    When(When),
    /// "cuối năm 2022"
    Part(Part, When),
    /// "2021-2025"; `stage` where the text says "giai đoạn".
    Range { from: When, to: When, stage: bool },
    /// "nhiệm kỳ 2020-2025"; `whole` where the text says "cả nhiệm kỳ", "toàn khóa".
    Term { years: Option<(i32, i32)>, whole: bool },
    /// "cuối nhiệm kỳ"
    TermEnd(Option<(i32, i32)>),
    /// "giữa nhiệm kỳ"
    TermMiddle(Option<(i32, i32)>),
    /// "năm cuối kỳ kế hoạch"
    PlanEnd,
    /// "05 năm tới"
    YearsAhead(u32),
    /// "từ năm 2028"
    From(When),
    /// "từ năm học 2027 - 2028"
    FromSchoolYear(i32),
}

/// Reads a phrase of time; the longest way of writing is tried first.
pub(super) fn phrase(cursor: &mut Cursor<'_>) -> Option<Phrase> {
    let rules = [plan_end, part, term, years_ahead, range, from];
    let read = rules.into_iter().find_map(|rule| cursor.attempt(rule));
    read.or_else(|| {
        cursor.attempt(|cursor| {
            cursor.word(&["cả"]);
            when(cursor).map(Phrase::When)
        })
    })
}

/// "cuối năm 2022", "đầu quý III", "giữa năm", "cuối nhiệm kỳ"
fn part(cursor: &mut Cursor<'_>) -> Option<Phrase> {
    let parts = [("cuối", Part::Late), ("giữa", Part::Middle), ("đầu", Part::Early)];
    let part = parts.into_iter().find_map(|(word, part)| cursor.word(&[word]).map(|()| part))?;
    if let Some(Phrase::Term { years, .. }) = cursor.attempt(term) {
        return match part {
            Part::Late => Some(Phrase::TermEnd(years)),
            Part::Middle => Some(Phrase::TermMiddle(years)),
            Part::Early => None,
        };
    }
    match when(cursor) {
        Some(When { unit: Unit::Day { .. } | Unit::Half(_) | Unit::FirstMonths(_), .. }) => None,
        Some(when) => Some(Phrase::Part(part, when)),
        None => current(cursor).map(|when| Phrase::Part(part, when)),
    }
}

/// "năm", "quý", "tháng" alone: the one the reference date lies in.
fn current(cursor: &mut Cursor<'_>) -> Option<When> {
    let unit = if cursor.word(&["năm"]).is_some() {
        Unit::Year
    } else if quarter_word(cursor).is_some() {
        Unit::QuarterAfter(0)
    } else {
        cursor.word(&["tháng"]).map(|()| Unit::MonthAfter(0))?
    };
    Some(When { unit, year: YearRef::Relative(0) })
}

/// "nhiệm kỳ", "nhiệm kỳ 2020-2025", "toàn khóa"
fn term(cursor: &mut Cursor<'_>) -> Option<Phrase> {
    let whole = cursor.word(&["cả", "toàn", "suốt"]).is_some();
    if whole && cursor.word(&["khóa"]).is_some() {
        return Some(Phrase::Term { years: None, whole });
    }
    cursor.word(&["nhiệm"])?;
    cursor.word(&["kỳ", "kì"])?;
    let years = cursor.attempt(|c| {
        let first = year_number(c)?;
        c.mark(&['-', '/'])?;
        Some((first, year_number(c)?))
    });
    cursor.word(&["này"]);
    Some(Phrase::Term { years, whole })
}

/// "năm cuối kỳ kế hoạch"
fn plan_end(cursor: &mut Cursor<'_>) -> Option<Phrase> {
    cursor.phrase("năm cuối kỳ kế hoạch").or_else(|| cursor.phrase("năm cuối của kỳ kế hoạch"))?;
    Some(Phrase::PlanEnd)
}

/// "05 năm tới"
fn years_ahead(cursor: &mut Cursor<'_>) -> Option<Phrase> {
    let years = cursor.number(1..=2).filter(|years| *years >= 2)?;
    cursor.word(&["năm"])?;
    cursor.word(&["tới"])?;
    Some(Phrase::YearsAhead(years))
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

/// "từ năm 2028", "kể từ ngày 1/7/2021", "từ kế hoạch năm 2023", "từ năm học 2027 - 2028"
fn from(cursor: &mut Cursor<'_>) -> Option<Phrase> {
    cursor.phrase("bắt đầu").or_else(|| cursor.word(&["kể"]));
    cursor.word(&["từ"])?;
    if let Some(year) = cursor.attempt(school_year) {
        return Some(Phrase::FromSchoolYear(year));
    }
    cursor.phrase("kế hoạch");
    when(cursor).map(Phrase::From)
}

/// "năm học 2027 - 2028"
fn school_year(cursor: &mut Cursor<'_>) -> Option<i32> {
    cursor.phrase("năm học")?;
    let first = year_number(cursor)?;
    cursor.mark(&['-', '/'])?;
    (year_number(cursor)? == first.checked_add(1)?).then_some(first)
}

/// "và những năm tiếp theo", "trở đi": what began goes on without an end.
pub(super) fn when_or_range_onwards(cursor: &mut Cursor<'_>, phrase: Phrase) -> Phrase {
    let from = match phrase {
        Phrase::When(when @ When { unit: Unit::Year, .. }) => when,
        Phrase::From(when) | Phrase::Range { from: when, .. } => when,
        _ => return phrase,
    };
    let onwards = ["trở đi", "và những năm tiếp theo", "và các năm tiếp theo", "và những năm sau", "và các năm sau"];
    match onwards.iter().find_map(|words| cursor.phrase(words)) {
        Some(()) => Phrase::From(from),
        None => phrase,
    }
}

/// ", định hướng giai đoạn 2026 - 2030", ", tầm nhìn đến năm 2045": where it leads, not when it is due.
pub(super) fn orientation(cursor: &mut Cursor<'_>) -> Option<()> {
    cursor.mark(&[',', ';']);
    cursor.word(&["và"]);
    ["định hướng", "tầm nhìn", "hướng"].iter().find_map(|words| cursor.phrase(words))?;
    cursor.word(&["đến", "tới"]);
    match phrase(cursor)? {
        Phrase::Range { .. } | Phrase::When(When { unit: Unit::Year, .. }) => Some(()),
        _ => None,
    }
}
