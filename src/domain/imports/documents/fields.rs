//! The cells of a row of a list of documents.

use chrono::{Datelike, NaiveDate};

use super::{Identity, Known, terms};
use crate::domain::Id;
use crate::domain::documents::printed_number;
use crate::domain::imports::cells;
use crate::domain::imports::header::Column;
use crate::domain::imports::problems;
use crate::domain::imports::reader::Reader;
use crate::domain::imports::said::Said;
use crate::domain::imports::table::BodyRow;
use crate::domain::imports::words::documents::{self as words, DocumentKind};
use crate::domain::partial_date::PartialDate;
use crate::domain::programmes::{ProgrammeScope, ProgrammeState, YearSpan};

/// What a row says, and what it is recognised by.
pub(super) struct Read {
    pub(super) identity: Identity,
    pub(super) said: Said,
}

/// Reads a row; none, and told, where something is wrong. Everything wrong is told at once.
pub(super) fn read(reader: &mut Reader<'_>, row: &BodyRow, known: Known<'_>) -> Option<Read> {
    let before = reader.errors();
    let mut said = Said::default();
    said.usually("area", known.root);
    let number = reader.text(row, Column::Symbol, 60).flatten().map(|number| printed_number(&number));
    let kind = kind(reader, row, number.as_deref());
    let title = reader.required(row, Column::Title, 1000);
    let issued = issued_on(reader, row, &mut said);
    let day = issued.as_ref().and_then(|date| date.date);
    if reader.has(Column::Symbol) {
        said.say("number", &number);
    }
    said.say("kind", kind.map(name));
    said.say("title", &title);
    let (issuer, issuer_text) = issuer(reader, row, known, day, &mut said);
    let term = term(reader, row, known, &mut said);
    if let Some(source) = reader.text(row, Column::Source, 2000).filter(|_| reader.has(Column::Source)) {
        said.say("source", source);
    }
    let scope_year = match kind {
        Some(DocumentKind::Programme(_)) => programme(reader, row, &mut said, issued.is_some()),
        Some(DocumentKind::Resolution(_)) => {
            resolution(reader, row, &mut said);
            None
        }
        None => None,
    };
    let wrong = reader.errors() > before;
    let (kind, title) = (kind?, title?);
    let identity = Identity { kind, number, title, issuer, issuer_text, term, year: day.map(|day| day.year()), scope_year };
    (!wrong).then_some(Read { identity, said })
}

fn name(kind: DocumentKind) -> &'static str {
    match kind {
        DocumentKind::Resolution(kind) => kind.as_str(),
        DocumentKind::Programme(kind) => kind.as_str(),
    }
}

fn kind(reader: &mut Reader<'_>, row: &BodyRow, number: Option<&str>) -> Option<DocumentKind> {
    let bare = words::bare_resolution(&reader.said(row, Column::Kind), number);
    bare.or_else(|| reader.word(row, Column::Kind, words::KINDS))
}

/// The date as it is written; words without a date are kept, and told.
fn issued_on(reader: &mut Reader<'_>, row: &BodyRow, said: &mut Said) -> Option<PartialDate> {
    if !reader.has(Column::IssuedOn) {
        return None;
    }
    let date = partial_date(reader, row, Column::IssuedOn)?;
    said.say("issued_on", date.as_ref().map(|date| &date.text));
    date
}

/// A date of a document, which may be partial; none for one that is too long.
pub fn partial_date(reader: &mut Reader<'_>, row: &BodyRow, column: Column) -> Option<Option<PartialDate>> {
    let words = cells::deadline_words(row.cell(reader.header, column)).unwrap_or_default();
    let words = reader.checked(row, column, cells::limited(words, 200))?;
    let date = words.map(|words| PartialDate::parse(&words));
    if date.as_ref().is_some_and(|date| date.date.is_none()) {
        reader.complain(problems::DATE_UNREAD, row, column);
    }
    Some(date)
}

/// The unit that issued it, or its words where it is none of ours.
fn issuer(
    reader: &mut Reader<'_>,
    row: &BodyRow,
    known: Known<'_>,
    day: Option<NaiveDate>,
    said: &mut Said,
) -> (Option<Id>, Option<String>) {
    let Some(words) = reader.required(row, Column::Issuer, 300) else { return (None, None) };
    match reader.unit_or_words(row, (Column::Issuer, &words), (known.units, day.unwrap_or(known.units.day()))) {
        None => (None, None),
        Some(Some(unit)) => {
            said.say("issuer", unit.id);
            (Some(unit.id), Some(unit.name.clone()))
        }
        Some(None) => {
            said.say("issuer", None::<String>);
            said.say("issuer_text", &words);
            (None, Some(words))
        }
    }
}

fn term(reader: &mut Reader<'_>, row: &BodyRow, known: Known<'_>, said: &mut Said) -> Option<Id> {
    let words = reader.text(row, Column::Term, 200)?;
    let found = words.as_deref().map(|words| terms::find(words, known.terms));
    if found == Some(None) {
        let labels = known.terms.iter().map(terms::NamedTerm::label).collect();
        let words = words.unwrap_or_default();
        let problem = reader.problem(problems::UNKNOWN_TERM, row, Column::Term, &words).with("found", &words);
        reader.problems.push(problem.suggesting(labels));
        return None;
    }
    let term = found.flatten().map(|term| term.id);
    if reader.has(Column::Term) {
        said.say("term", term);
    }
    term
}

/// What only programmes have: scope, its year, their period and state.
fn programme(reader: &mut Reader<'_>, row: &BodyRow, said: &mut Said, issued: bool) -> Option<i32> {
    let scope = reader.word_if(row, Column::Scope, words::SCOPES).flatten();
    let year = reader.number(row, Column::ScopeYear).flatten();
    if let Some(scope) = scope.or(year.map(|_| ProgrammeScope::Year)) {
        said.say("scope", scope);
    }
    said.usually("scope", ProgrammeScope::Term);
    if reader.has(Column::ScopeYear) {
        said.say("scope_year", year);
    }
    if let Some(span) = period(reader, row).filter(|_| reader.has(Column::Period)) {
        said.say("period", span);
    }
    if let Some(state) = reader.word_if(row, Column::State, words::STATES).flatten() {
        said.say("state", state);
    }
    said.usually("state", if issued { ProgrammeState::Adopted } else { ProgrammeState::Draft });
    year
}

fn period(reader: &mut Reader<'_>, row: &BodyRow) -> Option<Option<YearSpan>> {
    let words = reader.text(row, Column::Period, 200)?;
    let Some(words) = words else { return Some(None) };
    let span = match terms::years(&words).as_slice() {
        [from, to] => Some(YearSpan { from: *from, to: *to }),
        [year] => Some(YearSpan { from: *year, to: *year }),
        _ => None,
    };
    if span.is_none() {
        reader.complain(problems::NOT_YEARS, row, Column::Period);
    }
    span.map(Some)
}

/// What only resolutions have: a level. They are recorded once they are issued.
fn resolution(reader: &mut Reader<'_>, row: &BodyRow, said: &mut Said) {
    said.say("level", reader.word(row, Column::Level, words::LEVELS));
    if reader.word_if(row, Column::State, words::STATES).flatten() == Some(ProgrammeState::Draft) {
        reader.complain(problems::DRAFT_RESOLUTION, row, Column::State);
    }
    for column in [Column::Scope, Column::ScopeYear, Column::Period] {
        if !reader.said(row, column).is_empty() {
            reader.complain(problems::NOT_OF_RESOLUTIONS, row, column);
        }
    }
}
