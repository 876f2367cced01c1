//! Words known to carry no date, and words of repetition; other plain words may stand around them.

use super::free_words::{Matcher, matcher, starts_with};
use super::kinds::{DeadlineKind, DeadlinePrecision};
use super::reading::Reading;
use crate::domain::date_words::tokens::Token;

/// The recurrence of work that never stops and is never overdue.
pub(super) const CONTINUOUS: &str = "continuous";

const DATELESS: [(&str, DeadlineKind); 12] = [
    ("khẩn trương", DeadlineKind::UrgentNoDate),
    ("sớm hoàn thành", DeadlineKind::UrgentNoDate),
    ("thời gian tới", DeadlineKind::UrgentNoDate),
    ("thời gian sớm nhất", DeadlineKind::UrgentNoDate),
    ("theo quy định", DeadlineKind::External),
    ("theo qui định", DeadlineKind::External),
    ("theo tiến độ", DeadlineKind::External),
    ("theo kế hoạch", DeadlineKind::External),
    ("theo lộ trình", DeadlineKind::External),
    ("khi có yêu cầu", DeadlineKind::OnDemand),
    ("theo yêu cầu", DeadlineKind::OnDemand),
    ("đột xuất", DeadlineKind::OnDemand),
];

/// Words before a period that is repeated; "định kỳ" stands before one, too ("định kỳ 6 tháng").
pub(super) const EVERY: [&str; 4] = ["hằng", "hàng", "mỗi", "từng"];

const PERIODS: [(&str, &str, DeadlinePrecision); 5] = [
    ("năm", "yearly", DeadlinePrecision::Year),
    ("quý", "quarterly", DeadlinePrecision::Quarter),
    ("quí", "quarterly", DeadlinePrecision::Quarter),
    ("qúy", "quarterly", DeadlinePrecision::Quarter),
    ("tháng", "monthly", DeadlinePrecision::Month),
];

/// Words that make repeated work conditional, or deny it.
const TURNED: [&str; 5] = ["không", "chưa", "nếu", "trừ", "hoặc"];

/// Words after which a date may hide that the grammar did not read.
pub(super) const TEMPORAL: [&str; 11] = ["ngày", "tuần", "tháng", "quý", "quí", "qúy", "năm", "cuối", "giữa", "nhiệm", "giai"];

/// Reads a cell without a date; `None` if anything in it might speak of one.
pub(super) fn dateless(tokens: &[Token]) -> Option<Reading> {
    let scan = Scan::of(tokens);
    if scan.temporal || (scan.every.is_some() && scan.turned) {
        return None;
    }
    let reading = scan.every.map(|(recurrence, precision)| Reading {
        precision: Some(precision),
        ..Reading::dateless(DeadlineKind::Recurring, Some(recurrence))
    });
    match (reading, scan.continuous, scan.kind) {
        (Some(_), _, Some(_)) | (None, true, Some(_)) => None,
        // "thường xuyên, hằng năm": continuous work with yearly evidence is yearly.
        (Some(reading), _, None) => Some(reading),
        (None, true, None) => Some(Reading::dateless(DeadlineKind::Recurring, Some(CONTINUOUS))),
        (None, false, kind) => kind.map(single_kind),
    }
}

/// Whether words that carry no date begin here.
pub(super) fn is_dateless(tokens: &[Token], is: Matcher) -> bool {
    DATELESS.iter().any(|(phrase, _)| starts_with(tokens, phrase, is).is_some())
}

fn single_kind(kind: DeadlineKind) -> Reading {
    // Spelled like this wherever the recurrence is stored or shown.
    let recurrence = (kind == DeadlineKind::OnDemand).then_some("on demand");
    Reading::dateless(kind, recurrence)
}

/// What stands in a cell, counted word by word.
#[derive(Default)]
struct Scan {
    /// The first dateless phrase.
    kind: Option<DeadlineKind>,
    continuous: bool,
    every: Option<(&'static str, DeadlinePrecision)>,
    temporal: bool,
    turned: bool,
}

impl Scan {
    fn of(tokens: &[Token]) -> Self {
        let match_word = matcher(tokens);
        let mut scan = Self::default();
        let mut rest = tokens;
        while !rest.is_empty() {
            let read = scan.take(rest, match_word).max(1);
            rest = rest.get(read..).unwrap_or_default();
        }
        scan
    }

    /// Takes the phrase at the front and tells how many tokens it had.
    fn take(&mut self, tokens: &[Token], is: Matcher) -> usize {
        for (phrase, kind) in DATELESS {
            if let Some(length) = starts_with(tokens, phrase, is) {
                self.kind = self.kind.or(Some(kind));
                return length;
            }
        }
        if let Some(length) = starts_with(tokens, "thường xuyên", is) {
            self.continuous = true;
            return length;
        }
        if let Some(every) = every(tokens, is) {
            // Two different cycles in one cell are more than this version reads.
            self.temporal |= self.every.is_some_and(|other| other != every);
            self.every = Some(every);
            return 2;
        }
        if let Some(length) = document_number(tokens, is) {
            return length;
        }
        let number = |token: &Token| matches!(token, Token::Number { .. });
        self.turned |= tokens.first().is_some_and(|token| TURNED.iter().any(|word| is(token, word)));
        self.temporal |= tokens.first().is_some_and(|token| number(token) || temporal(token, is));
        1
    }
}

fn temporal(token: &Token, is: Matcher) -> bool {
    TEMPORAL.iter().any(|word| is(token, word))
}

/// "231/KH" of 231/KH-UBND, "04-NQ" of 04-NQ/TU, "42/2014/QĐ": no dates.
fn document_number(tokens: &[Token], is: Matcher) -> Option<usize> {
    let stroke = |token: &Token| token.is_mark('/') || token.is_mark('-');
    let kind = |token: &Token| matches!(token, Token::Word { .. }) && !temporal(token, is);
    match tokens {
        [Token::Number { .. }, a, word, ..] if stroke(a) && kind(word) => Some(3),
        [Token::Number { .. }, a, Token::Number { digits: 4, .. }, b, word, ..] if a.is_mark('/') && b.is_mark('/') && kind(word) => {
            Some(5)
        }
        _ => None,
    }
}

/// "hằng năm", "hàng quý", "mỗi tháng"
fn every(tokens: &[Token], is: Matcher) -> Option<(&'static str, DeadlinePrecision)> {
    let [each, period, ..] = tokens else {
        return None;
    };
    if !EVERY.iter().any(|word| is(each, word)) {
        return None;
    }
    let (_, recurrence, precision) = PERIODS.iter().find(|(word, ..)| is(period, word))?;
    Some((recurrence, *precision))
}
