//! Deadlines keep their words: the text of a cell, and what this version can read in it.
//!
//! Why: `docs/adr/0008-deadlines-keep-their-words.md`. The law is that no date is guessed:
//! text that does not fit the grammar whole is `unresolved`.

mod canonical;
#[cfg(test)]
mod expressions_tests;
mod grammar;
mod kinds;
mod phrases;
#[cfg(test)]
mod properties_tests;
mod reading;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod words_tests;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::domain::date_words::tokens::{Token, tokenize};
use crate::domain::text::nfc;

pub use kinds::{DeadlineKind, DeadlinePrecision};
use reading::Reading;

/// The version of the reading rules, stored beside every reading: a better parser proposes, it
/// never moves a stored deadline (ADR 8).
pub const PARSER_VERSION: u32 = 1;

/// A deadline as written, and as read. Every key is always serialised, null if unknown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({
    "text": "trong quý III-2021", "reference_date": "2021-08-03", "kind": "due_window",
    "start": "2021-07-01", "end": "2021-09-30", "precision": "quarter", "recurrence": null,
    "binding": true, "fuzzy": false, "milestones": [], "parser_version": 1
}))]
pub struct Deadline {
    /// The words as given, in Unicode form C.
    pub text: String,
    /// The date of the document, from which relative words and missing years are read.
    #[schema(required)]
    pub reference_date: Option<NaiveDate>,
    /// What sort of deadline the words express.
    pub kind: DeadlineKind,
    /// First day on which the work may be due; null when only the end is bound.
    #[schema(required)]
    pub start: Option<NaiveDate>,
    /// Last day that is in time, inclusive.
    #[schema(required)]
    pub end: Option<NaiveDate>,
    /// How exactly the words name the end; null when unresolved.
    #[schema(required)]
    pub precision: Option<DeadlinePrecision>,
    /// `yearly`, `quarterly`, `monthly`, `continuous`, `on demand`; null for work done once.
    #[schema(required)]
    pub recurrence: Option<String>,
    /// False for an aspiration, "(phấn đấu)".
    pub binding: bool,
    /// True where a convention stood in for the words ("cuối năm").
    pub fuzzy: bool,
    /// The parts of a cell that names several; empty in parser version 1.
    pub milestones: Vec<Milestone>,
    /// The [`PARSER_VERSION`] that made this reading.
    pub parser_version: u32,
}

/// One of several deadlines in a cell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Milestone {
    /// The words of this part.
    pub text: String,
    /// First day, if the words give one.
    #[schema(required)]
    pub start: Option<NaiveDate>,
    /// Last day, inclusive.
    #[schema(required)]
    pub end: Option<NaiveDate>,
    /// How exactly the words name the end.
    #[schema(required)]
    pub precision: Option<DeadlinePrecision>,
}

/// A term of office, from congress to congress, both days inclusive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct TermSpan {
    /// The day of the congress that opens the term.
    pub start: NaiveDate,
    /// The last day of the term.
    pub end: NaiveDate,
}

/// What has to be known beside the words to read them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Context {
    /// The date of the document; without it relative words stay unresolved.
    pub reference_date: Option<NaiveDate>,
    /// The term the document belongs to; one that ends before it starts counts as unknown.
    pub term: Option<TermSpan>,
    /// Whether "trước ngày D" ends the day before D (ADR 8), a setting of the deployment.
    pub strict_before: bool,
}

impl Default for Context {
    /// Nothing known, and "trước" taken at its word.
    fn default() -> Self {
        Self { reference_date: None, term: None, strict_before: true }
    }
}

/// Reads a deadline cell. Never fails: unreadable text has the kind `unresolved` and no dates.
pub fn parse(text: &str, context: &Context) -> Deadline {
    let text = nfc(text);
    let tokens = tokenize(&text);
    let plain = without_aspiration(&tokens);
    let reading = read(trim_marks(&plain), context);
    Deadline {
        text,
        reference_date: context.reference_date,
        kind: reading.kind,
        start: reading.start,
        end: reading.end,
        precision: reading.precision,
        recurrence: reading.recurrence.map(str::to_owned),
        binding: plain.len() == tokens.len(),
        fuzzy: reading.fuzzy,
        milestones: Vec::new(),
        parser_version: PARSER_VERSION,
    }
}

impl Deadline {
    /// The day lateness is judged by, if this deadline has one.
    pub fn due_on(&self) -> Option<NaiveDate> {
        self.kind.due_on(self.binding, self.end)
    }

    /// The plain Vietnamese form of the reading, with every year written out.
    ///
    /// Reads back to the same kind and dates, whatever the reference date; only "nhiệm kỳ" still
    /// needs its term. Kinds this version cannot print give the text.
    pub fn canonical(&self) -> String {
        canonical::canonical(self)
    }
}

/// Dates first, words that carry none second: "khẩn trương hoàn thành trong quý III" has a date.
fn read(tokens: &[Token], context: &Context) -> Reading {
    grammar::sentence(tokens)
        .and_then(|sentence| sentence.reading(context))
        .or_else(|| phrases::dateless(tokens))
        .unwrap_or(Reading::UNRESOLVED)
}

/// The tokens but for "phấn đấu" and the brackets that hold nothing else.
fn without_aspiration(mut rest: &[Token]) -> Vec<Token> {
    let strives = |a: &Token, b: &Token| a.is_word("phấn") && b.is_word("đấu");
    let mut kept = Vec::with_capacity(rest.len());
    loop {
        rest = match rest {
            [open, a, b, close, rest @ ..] if open.is_mark('(') && strives(a, b) && close.is_mark(')') => rest,
            [a, b, rest @ ..] if strives(a, b) => rest,
            [first, rest @ ..] => {
                kept.push(first.clone());
                rest
            }
            [] => return kept,
        };
    }
}

/// Drops list bullets before and punctuation after the words.
fn trim_marks(mut tokens: &[Token]) -> &[Token] {
    let any = |token: &Token, marks: &[char]| marks.iter().any(|mark| token.is_mark(*mark));
    while let Some((first, rest)) = tokens.split_first()
        && any(first, &['-', '+', '*', '•', ',', ';', ':'])
    {
        tokens = rest;
    }
    while let Some((last, rest)) = tokens.split_last()
        && any(last, &['.', '…', ',', ';', ':', '!'])
    {
        tokens = rest;
    }
    tokens
}
