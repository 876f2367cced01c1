//! What the words of a target say, and those that tell what was reached.

use rust_decimal::Decimal;

use super::numbers::{Found, numbers};
use super::{Actual, Target, TargetKind};
use crate::domain::text;

/// Longest words that are read, in characters; longer ones are kept and told to be unreadable.
pub const LONGEST: usize = 500;

/// Which end a number bounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Bound {
    Floor { strict: bool },
    Ceiling { strict: bool },
}

/// Words before a number that make it a bound; the longer ones first.
const BEFORE: &[(&str, Bound)] = &[
    ("khong duoi", Bound::Floor { strict: false }),
    ("khong thap hon", Bound::Floor { strict: false }),
    ("khong it hon", Bound::Floor { strict: false }),
    ("khong qua", Bound::Ceiling { strict: false }),
    ("khong vuot qua", Bound::Ceiling { strict: false }),
    ("khong vuot", Bound::Ceiling { strict: false }),
    ("khong cao hon", Bound::Ceiling { strict: false }),
    ("khong tren", Bound::Ceiling { strict: false }),
    ("toi thieu", Bound::Floor { strict: false }),
    ("it nhat", Bound::Floor { strict: false }),
    ("toi da", Bound::Ceiling { strict: false }),
    ("nhieu nhat", Bound::Ceiling { strict: false }),
    ("thap hon", Bound::Ceiling { strict: true }),
    ("it hon", Bound::Ceiling { strict: true }),
    ("duoi", Bound::Ceiling { strict: true }),
    ("chua den", Bound::Ceiling { strict: true }),
    ("tren", Bound::Floor { strict: true }),
    ("hon", Bound::Floor { strict: true }),
    ("vuot", Bound::Floor { strict: true }),
    (">=", Bound::Floor { strict: false }),
    ("≥", Bound::Floor { strict: false }),
    ("<=", Bound::Ceiling { strict: false }),
    ("≤", Bound::Ceiling { strict: false }),
    (">", Bound::Floor { strict: true }),
    ("<", Bound::Ceiling { strict: true }),
];

/// Words after a number that make it a bound.
const AFTER: &[(&str, Bound)] = &[("tro len", Bound::Floor { strict: false }), ("tro xuong", Bound::Ceiling { strict: false })];

const ABOUT: &[&str] = &["khoang", "xap xi", "~", "gan"];
const EVERY_YEAR: &[&str] = &["hang nam", "moi nam", "tung nam", "cac nam"];
const PLACE: &[&str] = &["nhom", "top", "hang thu", "thu hang", "xep thu", "tinh dau", "dan dau", "dung dau", "vi tri"];
const IMPROVE: &[&str] =
    &["cao hon nam truoc", "thap hon nam truoc", "tot hon nam truoc", "qua tung nam", "qua cac nam", "tang hang nam", "cai thien"];
const NONE_LEFT: &[&str] = &["khong con", "khong de xay ra", "xoa"];

/// Reads a target of an indicator that is kept in `unit`, empty if that is not known. Whatever is written comes to a kind; nothing
/// is guessed.
pub fn read_target(words: &str, unit: &str) -> Target {
    let (folded, unit) = (text::fold(words), text::fold(unit));
    let (main, beside) = aside(&folded);
    let found = if words.chars().count() > LONGEST { None } else { numbers(main, &unit) };
    let stock = beside.filter(|said| said.starts_with("con ")).and_then(|said| Some(numbers(said, &unit)?.first()?.value));
    let mut target = Target {
        text: words.to_owned(),
        kind: TargetKind::Unreadable,
        low: None,
        high: None,
        strict: false,
        about: says(main, ABOUT),
        every_year: says(main, EVERY_YEAR),
        falls: says_word(main, "giam"),
        stock,
    };
    let Some(found) = found else { return target };
    let (kind, low, high) = kind_of(main, &found);
    (target.kind, target.low, target.high) = (kind, low, high);
    target.strict = matches!(bound(main, &found), Some(Bound::Floor { strict: true } | Bound::Ceiling { strict: true }));
    target
}

fn kind_of(main: &str, found: &[Found]) -> (TargetKind, Option<Decimal>, Option<Decimal>) {
    match found {
        [] if main.is_empty() => (TargetKind::Unreadable, None, None),
        [] if says(main, IMPROVE) => (TargetKind::Improve, None, None),
        [] if says(main, NONE_LEFT) => (TargetKind::Number, Some(Decimal::ZERO), Some(Decimal::ZERO)),
        [] => (TargetKind::Qualitative, None, None),
        [place] if says(main, PLACE) => (TargetKind::Rank, None, Some(place.value)),
        [one] => match bound(main, found) {
            Some(Bound::Floor { .. }) => (TargetKind::Floor, Some(one.value), None),
            Some(Bound::Ceiling { .. }) => (TargetKind::Ceiling, None, Some(one.value)),
            None => (TargetKind::Number, Some(one.value), Some(one.value)),
        },
        [low, high] if joined(main, *low, *high) && low.value <= high.value => (TargetKind::Range, Some(low.value), Some(high.value)),
        _ => (TargetKind::Unreadable, None, None),
    }
}

/// Reads what was reached, in `unit`, empty if that is not known.
pub fn read_actual(words: &str, unit: &str) -> Actual {
    let (folded, unit) = (text::fold(words), text::fold(unit));
    let (main, _) = aside(&folded);
    let mut actual = Actual { text: words.to_owned(), low: None, high: None, strict: false };
    // A trade surplus is a deficit below nothing, whatever its size.
    if says(main, &["xuat sieu"]) {
        (actual.high, actual.strict) = (Some(Decimal::ZERO), true);
        return actual;
    }
    let found = if words.chars().count() > LONGEST { None } else { numbers(main, &unit) };
    let Some(found) = found else { return actual };
    let sign = |value: Decimal| if says_word(main, "am") || main.starts_with('-') { -value } else { value };
    match found.as_slice() {
        [one] => match bound(main, &found) {
            Some(Bound::Floor { strict }) => (actual.low, actual.strict) = (Some(one.value), strict),
            Some(Bound::Ceiling { strict }) => (actual.high, actual.strict) = (Some(one.value), strict),
            None => (actual.low, actual.high) = (Some(sign(one.value)), Some(sign(one.value))),
        },
        [low, high] if joined(main, *low, *high) && low.value <= high.value => {
            (actual.low, actual.high) = (Some(low.value), Some(high.value));
        }
        [] if says(main, NONE_LEFT) => (actual.low, actual.high) = (Some(Decimal::ZERO), Some(Decimal::ZERO)),
        _ => {}
    }
    actual
}

/// What is said, and what is added in brackets.
fn aside(folded: &str) -> (&str, Option<&str>) {
    match folded.split_once('(') {
        Some((main, rest)) if !main.trim().is_empty() => (main.trim(), rest.split(')').next().map(str::trim)),
        _ => (folded.trim(), None),
    }
}

/// The bound that the words beside a single number make it.
fn bound(main: &str, found: &[Found]) -> Option<Bound> {
    let [one] = found else { return None };
    let (before, after) = (main.get(..one.from)?, main.get(one.to..)?);
    let named = |(words, bound): &(&str, Bound), said: &str| said_in(said, words).then_some(*bound);
    AFTER.iter().find_map(|word| named(word, after)).or_else(|| BEFORE.iter().find_map(|word| named(word, before)))
}

/// Whether two numbers are the ends of one range: nothing but a dash, a unit or "đến" stands between them.
fn joined(main: &str, low: Found, high: Found) -> bool {
    let between = main.get(low.to..high.from).unwrap_or_default();
    let joins = |word: &str| matches!(word, "-" | "–" | "—" | "den" | "toi" | "~");
    between.split_whitespace().any(joins) || matches!(between.trim().chars().last(), Some('-' | '–' | '—'))
}

fn says(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| said_in(text, word))
}

fn says_word(text: &str, word: &str) -> bool {
    said_in(text, word)
}

/// Whether words stand in a text as words; signs stand anywhere.
fn said_in(text: &str, words: &str) -> bool {
    let is_edge = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
    let sign = !words.chars().any(char::is_alphanumeric);
    text.match_indices(words).any(|(at, _)| {
        let (before, after) = (text.get(..at).unwrap_or_default(), text.get(at + words.len()..).unwrap_or_default());
        sign || (is_edge(before.chars().next_back()) && is_edge(after.chars().next()))
    })
}
