//! Deadlines keep their words: the text of a cell, and what this version can read in it.
//!
//! Why: `docs/adr/0008-deadlines-keep-their-words.md`. The law is that no date is guessed:
//! text that does not fit the grammar whole is `unresolved`.

mod canonical;
mod cutoffs;
mod cycles;
#[cfg(test)]
mod expressions_tests;
mod free_words;
mod grammar;
mod kinds;
mod milestones;
#[cfg(test)]
mod milestones_tests;
mod phrases;
mod printed;
mod printed_cycles;
#[cfg(test)]
mod properties_tests;
mod reading;
mod recurring;
#[cfg(test)]
mod recurring_tests;
mod relative;
mod reviews;
mod steps;
mod stretches;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod words_tests;
mod written;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::domain::calendar_days::WorkingCalendar;
use crate::domain::date_words::tokens::Token;
use crate::domain::text::{fold, nfc};

pub use kinds::{DeadlineKind, DeadlinePrecision};
use reading::Reading;
use written::{Cut, Written};

/// The version of the reading rules, stored beside every reading: a better parser proposes, it
/// never moves a stored deadline (ADR 8).
pub const PARSER_VERSION: u32 = 2;

/// A deadline as written, and as read. Every key is always serialised, null if unknown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({
    "text": "trong quý III-2021", "reference_date": "2021-08-03", "kind": "due_window",
    "start": "2021-07-01", "end": "2021-09-30", "precision": "quarter", "recurrence": null,
    "binding": true, "fuzzy": false, "milestones": [], "parser_version": 2
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
    /// How often, and due when: `quarterly`, `yearly + term`, `yearly, before 15/12`, `monthly, Friday of last week`;
    /// or `continuous`, `on demand`; null for work done once.
    #[schema(required)]
    pub recurrence: Option<String>,
    /// False for an aspiration, "(phấn đấu)".
    pub binding: bool,
    /// True where a convention stood in for the words ("cuối năm").
    pub fuzzy: bool,
    /// The steps of a cell that names several; `start` and `end` above are their hull.
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
    /// How often, for a step that is repeated: "cập nhật hằng quý đến 2030".
    #[serde(default)]
    #[schema(required)]
    pub recurrence: Option<String>,
    /// False for an aspiration.
    #[serde(default = "binds")]
    #[schema(required)]
    pub binding: bool,
}

/// What was kept before steps told it binds.
fn binds() -> bool {
    true
}

impl Milestone {
    /// A step without dates.
    fn of(text: String, precision: DeadlinePrecision) -> Self {
        Self { text, start: None, end: None, precision: Some(precision), recurrence: None, binding: true }
    }
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
    /// Which days are worked, for "05 ngày làm việc".
    pub working_calendar: WorkingCalendar,
}

impl Default for Context {
    /// Nothing known, and "trước" taken at its word.
    fn default() -> Self {
        Self { reference_date: None, term: None, strict_before: true, working_calendar: WorkingCalendar::default() }
    }
}

/// Whether reading these words asks which days are worked.
pub fn asks_for_working_days(text: &str) -> bool {
    fold(text).contains("lam viec")
}

/// Reads a deadline cell. Never fails: unreadable text has the kind `unresolved` and no dates.
pub fn parse(text: &str, context: &Context) -> Deadline {
    let text = nfc(text);
    let (reading, binding) = read(&text, context);
    Deadline {
        text,
        reference_date: context.reference_date,
        kind: reading.kind,
        start: reading.start,
        end: reading.end,
        precision: reading.precision,
        recurrence: reading.recurrence,
        binding,
        fuzzy: reading.fuzzy,
        milestones: reading.milestones,
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

/// The whole cell as one deadline, or step by step.
fn read(text: &str, context: &Context) -> (Reading, bool) {
    let cut = Cut::of(text);
    let written = Written::new(text, &cut);
    let (tokens, binding) = written.without_aspiration();
    match as_one(&tokens, context) {
        Some(reading) => (reading, binding),
        None => milestones::cell(&written, context).unwrap_or_else(|| (Reading::unresolved(), binding)),
    }
}

/// Dates first, words that carry none last: "khẩn trương hoàn thành trong quý III" has a date.
fn as_one(tokens: &[Token], context: &Context) -> Option<Reading> {
    grammar::sentence(tokens)
        .and_then(|sentence| sentence.reading(context))
        .or_else(|| recurring::recurring(tokens, context).map(|(reading, _)| reading))
        .or_else(|| cutoffs::cutoff(tokens))
        .or_else(|| relative::offset(tokens, context))
        .or_else(|| relative::session(tokens))
        .or_else(|| relative::ahead_of_plan(tokens))
        .or_else(|| phrases::dateless(tokens))
}
