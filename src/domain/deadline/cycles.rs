//! How often, and on which day of each period: "hằng tháng, quý, 6 tháng", "ngày thứ sáu tuần cuối
//! tháng", "trước ngày 20 của tháng cuối quý".

use chrono::Weekday;

use super::grammar::{Bound, bound};
use super::phrases::EVERY;
use crate::domain::date_words::grammar::quarter_word;
use crate::domain::date_words::tokens::{Cursor, Token};
use crate::domain::recurrence::{Due, Every, MonthOf};
use crate::domain::roman;

/// A day within its period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Day {
    /// "thứ sáu"
    Weekday(Weekday),
    /// "thứ sáu tuần cuối tháng"; `last` is false for the first week.
    OfWeek { weekday: Weekday, last: bool },
    /// "trước ngày 20"; `of` where a month is named, `quarter` where it is one of a quarter.
    OfMonth { day: u32, of: Option<MonthOf>, quarter: bool, before: bool },
    /// "trước ngày 20 (của kỳ báo cáo)"
    OfReport { day: u32, before: bool },
}

impl Day {
    /// The day by the setting of the deployment: whether "trước" is taken at its word.
    #[must_use]
    pub fn strictly(self, strict: bool) -> Self {
        match self {
            Self::OfMonth { day, of, quarter, before } => Self::OfMonth { day, of, quarter, before: before && strict },
            Self::OfReport { day, before } => Self::OfReport { day, before: before && strict },
            other => other,
        }
    }

    /// The cycle that the day itself names.
    pub fn implies(self) -> Option<Every> {
        match self {
            Self::OfWeek { .. } => Some(Every::Month),
            Self::OfMonth { quarter: true, .. } => Some(Every::Quarter),
            _ => None,
        }
    }

    /// The day that is due; `None` if it does not say of which month of a longer period it is.
    pub fn due(self, every: &[Every]) -> Option<Due> {
        match self {
            Self::Weekday(weekday) => Some(Due::Weekday(weekday)),
            Self::OfWeek { weekday, last: true } => Some(Due::LastWeek(weekday)),
            Self::OfWeek { weekday, last: false } => Some(Due::FirstWeek(weekday)),
            Self::OfMonth { day, of, before, .. } => {
                let monthly = every.iter().all(|every| *every == Every::Month);
                let of = if monthly { of.or(Some(MonthOf::Last)) } else { of }?;
                Some(Due::DayOfMonth { day, of, before })
            }
            Self::OfReport { .. } => None,
        }
    }
}

/// "qua" of "qua từng năm": each period is compared with the one before.
pub(super) fn condition(cursor: &mut Cursor<'_>) -> Option<()> {
    cursor.word(&["qua"])?;
    let mut ahead = *cursor;
    cycles(&mut ahead).map(|_| ())
}

/// "hằng năm", "định kỳ 6 tháng, năm", "cuối mỗi quý", "5 năm một lần"
pub(super) fn cycles(cursor: &mut Cursor<'_>) -> Option<Vec<Every>> {
    if let Some(every) = cursor.attempt(|c| period(c).filter(|_| once(c).is_some())) {
        return Some(vec![every]);
    }
    cursor.word(&["cuối"]);
    each(cursor)?;
    let mut found = vec![period(cursor)?];
    while let Some(every) = cursor.attempt(another) {
        found.push(every);
    }
    once(cursor);
    Some(found)
}

/// "hằng", "định kỳ", "định kỳ hằng"
fn each(cursor: &mut Cursor<'_>) -> Option<()> {
    let regular = cursor.phrase("định kỳ");
    cursor.word(&EVERY).or(regular)
}

/// ", quý" of "hằng tháng, quý"; no stretch of the calendar such as ", quý IV".
fn another(cursor: &mut Cursor<'_>) -> Option<Every> {
    cursor.mark(&[',', '/']).or_else(|| cursor.word(&["và"]).map(|()| ','))?;
    each(cursor);
    let every = period(cursor)?;
    let dated = |token: &Token| match token {
        Token::Number { .. } => true,
        Token::Word { folded, .. } => roman::parse(folded).is_some() || token.is_word("nay") || token.is_word("tới"),
        Token::Mark(_) => false,
    };
    (!cursor.rest().first().is_some_and(dated)).then_some(every)
}

/// "năm", "quý", "6 tháng", "5 năm"
fn period(cursor: &mut Cursor<'_>) -> Option<Every> {
    let count = cursor.number(1..=2).or_else(|| cursor.word(&["một"]).map(|()| 1));
    let every: &[(u32, Every)] = if cursor.word(&["năm"]).is_some() {
        &[(1, Every::Year), (5, Every::FiveYears)]
    } else if quarter_word(cursor).is_some() {
        &[(1, Every::Quarter)]
    } else if cursor.word(&["tháng"]).is_some() {
        &[(1, Every::Month), (3, Every::Quarter), (6, Every::Half), (12, Every::Year)]
    } else {
        cursor.word(&["tuần"])?;
        &[(1, Every::Week)]
    };
    // "6 tháng đầu năm" is no cycle.
    let part = cursor.rest().first().is_some_and(|token| count.is_some() && (token.is_word("đầu") || token.is_word("cuối")));
    every.iter().find(|(known, _)| !part && *known == count.unwrap_or(1)).map(|(_, every)| *every)
}

/// "một lần", "1 lần", "/lần"
fn once(cursor: &mut Cursor<'_>) -> Option<()> {
    cursor.attempt(|c| {
        c.mark(&['/']).map(|_| ()).or_else(|| c.word(&["một"])).or_else(|| c.number(1..=2).filter(|count| *count == 1).map(|_| ()))?;
        c.word(&["lần"])
    })
}

/// "ngày thứ sáu tuần cuối tháng", "thứ hai"
pub(super) fn weekday(cursor: &mut Cursor<'_>) -> Option<Day> {
    cursor.word(&["vào"]);
    cursor.word(&["ngày", "sáng", "chiều"]);
    let weekday = named_weekday(cursor)?;
    let of_week = cursor.attempt(|c| {
        c.word(&["của", "trong"]);
        c.word(&["tuần"]);
        let last = c.word(&["cuối"]).map(|()| true).or_else(|| c.word(&["đầu"]).map(|()| false))?;
        c.word(&["cùng", "tiên"]);
        c.word(&["của"]);
        c.word(&EVERY);
        c.word(&["tháng"])?;
        Some(Day::OfWeek { weekday, last })
    });
    Some(of_week.unwrap_or(Day::Weekday(weekday)))
}

fn named_weekday(cursor: &mut Cursor<'_>) -> Option<Weekday> {
    if cursor.phrase("chủ nhật").is_some() {
        return Some(Weekday::Sun);
    }
    cursor.word(&["thứ"])?;
    let names = [
        ("hai", 2, Weekday::Mon),
        ("ba", 3, Weekday::Tue),
        ("tư", 4, Weekday::Wed),
        ("năm", 5, Weekday::Thu),
        ("sáu", 6, Weekday::Fri),
        ("bảy", 7, Weekday::Sat),
    ];
    let number = cursor.number(1..=1);
    names
        .into_iter()
        .find(|(name, count, _)| number == Some(*count) || (number.is_none() && cursor.word(&[name]).is_some()))
        .map(|(.., day)| day)
}

/// "trước ngày 20", "ngày 5 tháng sau", "chậm nhất ngày 15 của tháng cuối quý"
pub(super) fn day_of_month(cursor: &mut Cursor<'_>) -> Option<Day> {
    cursor.word(&["vào"]);
    let bound = bound(cursor);
    cursor.word(&["ngày"]).or_else(|| cursor.word(&["mùng", "mồng"]))?;
    let day = cursor.number(1..=2)?;
    let before = bound == Some(Bound::Before);
    if cursor.attempt(report_period).is_some() {
        return (1..=31).contains(&day).then_some(Day::OfReport { day, before });
    }
    // "ngày 15/12", "ngày 15 tháng 12" are days of the year.
    let of_year = match cursor.rest() {
        [next, ..] if ['/', '-', '.', '%'].iter().any(|mark| next.is_mark(*mark)) => true,
        [month, Token::Number { .. }, ..] => month.is_word("tháng"),
        _ => false,
    };
    if of_year {
        return None;
    }
    cursor.word(&["của"]);
    let (of, quarter) = cursor.attempt(month_of).map_or((None, false), |(of, quarter)| (Some(of), quarter));
    Some(Day::OfMonth { day, of, quarter, before })
}

/// "của kỳ báo cáo", also in brackets
fn report_period(cursor: &mut Cursor<'_>) -> Option<()> {
    let open = cursor.mark(&['(']);
    cursor.word(&["của"]);
    cursor.phrase("kỳ báo cáo")?;
    if open.is_some() { cursor.mark(&[')']).map(|_| ()) } else { Some(()) }
}

/// "tháng cuối quý", "tháng đầu của quý", "tháng sau", "tháng tiếp theo"
fn month_of(cursor: &mut Cursor<'_>) -> Option<(MonthOf, bool)> {
    cursor.word(&["tháng"])?;
    if cursor.word(&["sau", "tới"]).is_some() || cursor.phrase("tiếp theo").is_some() || cursor.phrase("kế tiếp").is_some() {
        return Some((MonthOf::Next, false));
    }
    let of = cursor.word(&["cuối"]).map(|()| MonthOf::Last).or_else(|| cursor.word(&["đầu"]).map(|()| MonthOf::First))?;
    cursor.word(&["cùng", "tiên"]);
    cursor.word(&["của"]);
    cursor.word(&EVERY);
    let quarter = quarter_word(cursor).is_some();
    if quarter { Some((of, true)) } else { cursor.word(&["kỳ"]).map(|()| (of, false)) }
}
