//! "3 năm sơ kết, 5 năm tổng kết": reviews in the cycle of a document.

use super::kinds::{DeadlineKind, DeadlinePrecision};
use super::reading::{Reading, term, year};
use super::written::Written;
use super::{Context, Milestone};
use crate::domain::calendar::years_after;
use crate::domain::date_words::tokens::Cursor;
use chrono::Datelike;

/// Reads the cycle. With the term, each review falls into the calendar year so many years after it began; without,
/// it has no date. The third and the fifth year are the rule of the resolutions (rules.md).
pub(super) fn review_cycle(written: &Written<'_>, context: &Context) -> Option<Reading> {
    let tokens = written.tokens();
    let cursor = &mut Cursor::new(tokens);
    let mut reviews = Vec::new();
    while !cursor.done() {
        let from = tokens.len() - cursor.rest().len();
        let years = cursor.attempt(review)?;
        reviews.push((from..tokens.len() - cursor.rest().len(), years));
        cursor.mark(&[',', ';']);
        cursor.word(&["và"]);
    }
    let blank = Reading { recurrence: Some("once each".to_owned()), ..Reading::of(DeadlineKind::ReviewCycle, DeadlinePrecision::Year) };
    let milestones = reviews.iter().map(|(words, years)| {
        let start = term(None, context).map(|term| term.start);
        let end = start.and_then(|start| year(years_after(start, *years).year())).map(|year| year.end);
        Milestone { start: start.filter(|_| end.is_some()), end, ..Milestone::of(written.slice(words), DeadlinePrecision::Year) }
    });
    let milestones: Vec<_> = milestones.collect();
    let start = milestones.iter().filter_map(|milestone| milestone.start).min();
    let end = milestones.iter().filter_map(|milestone| milestone.end).max();
    (!milestones.is_empty()).then_some(Reading { start, end, fuzzy: end.is_some(), milestones, ..blank })
}

/// "3 năm sơ kết", "tổng kết sau 5 năm"
fn review(cursor: &mut Cursor<'_>) -> Option<u32> {
    if let Some(years) = cursor.attempt(years) {
        name(cursor)?;
        return Some(years);
    }
    name(cursor)?;
    cursor.word(&["sau"]);
    years(cursor)
}

fn years(cursor: &mut Cursor<'_>) -> Option<u32> {
    let years = cursor.number(1..=2).filter(|years| (1..=20).contains(years))?;
    cursor.word(&["năm"]).map(|()| years)
}

/// A source spells "sở kết" for "sơ kết".
fn name(cursor: &mut Cursor<'_>) -> Option<()> {
    cursor.word(&["sơ", "sở", "tổng"])?;
    cursor.word(&["kết"])
}
