//! Conferences: a row for each, as an office lists what it held and plans.

mod people;

use chrono::NaiveDate;
use serde::Serialize;

use super::documents::{self, Catalogue, Place, partial_date};
use super::header::Column;
use super::names::Index;
use super::options::ImportKind;
use super::reader::{self, Reader, Reading};
use super::said::Said;
use super::sheet::Sheet;
use super::table::BodyRow;
use super::words::conferences as words;
use crate::domain::dissemination_events::{AudienceDraft, EventState, PresenterDraft};
use crate::domain::documents::DocumentId;
pub use people::{NamedPost, with_topics};

/// What the names of a list of conferences may mean.
#[derive(Debug, Clone, Copy)]
pub struct Known<'a> {
    /// Units of the root.
    pub units: &'a Index,
    /// Its documents.
    pub documents: &'a Catalogue,
    /// Its posts.
    pub posts: &'a [NamedPost],
}

/// One conference of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConferenceLine {
    /// Its row.
    pub row: u32,
    /// The document it is about.
    pub document: DocumentId,
    /// Its title.
    pub title: String,
    /// Its day, or the first of the month, quarter or year.
    pub day: Option<NaiveDate>,
    /// What is said of it, but for those who present and listen.
    pub said: Said,
    /// Who presents; none where the file does not speak of that.
    pub presenters: Option<Vec<PresenterDraft>>,
    /// Whom it is held for; none where the file does not speak of that.
    pub audiences: Option<Vec<AudienceDraft>>,
}

/// Reads a list of conferences.
pub fn read(sheet: &Sheet, known: Known<'_>) -> Reading<ConferenceLine> {
    reader::read(sheet, ImportKind::Conferences, |reader, row| one(reader, row, known))
}

fn one(reader: &mut Reader<'_>, row: &BodyRow, known: Known<'_>) -> Option<ConferenceLine> {
    let before = reader.errors();
    let mut said = Said::default();
    let document = document(reader, row, known, &mut said);
    let title = reader.required(row, Column::Title, 500);
    said.say("title", &title);
    said.say("kind", reader.word(row, Column::Kind, words::KINDS));
    said.say("level", reader.word(row, Column::Level, words::LEVELS));
    let held = partial_date(reader, row, Column::HeldOn).flatten();
    let day = held.as_ref().and_then(|held| held.date);
    if reader.has(Column::HeldOn) {
        said.say("held_on", held.map(|held| held.text));
    }
    host(reader, row, known, day, &mut said);
    if let Some(state) = reader.word_if(row, Column::State, words::STATES).flatten() {
        said.say("state", state);
    }
    // What has its day behind it was held, what has none yet is planned.
    let has_come = day.is_some_and(|day| day <= known.units.day());
    said.usually("state", if has_come { EventState::Held } else { EventState::Draft });
    rest(reader, row, &mut said);
    let people = people::read(reader, row, known.posts);
    let wrong = reader.errors() > before;
    let (document, title, people) = (document?, title?, people?);
    let line =
        ConferenceLine { row: row.row.number, document, title, day, said, presenters: people.presenters, audiences: people.audiences };
    (!wrong).then_some(line)
}

fn document(reader: &mut Reader<'_>, row: &BodyRow, known: Known<'_>, said: &mut Said) -> Option<DocumentId> {
    let words = reader.required(row, Column::Document, 1100)?;
    let Place::Known(document) = documents::document(reader, row, (Column::Document, &words), known.documents)? else { return None };
    match document {
        DocumentId::Resolution(id) => said.say("resolution", id),
        DocumentId::Programme(id) => said.say("programme", id),
    }
    Some(document)
}

/// The unit that holds it, or its words where it is none of ours.
fn host(reader: &mut Reader<'_>, row: &BodyRow, known: Known<'_>, day: Option<NaiveDate>, said: &mut Said) {
    let Some(words) = reader.required(row, Column::Host, 300) else { return };
    match reader.unit_or_words(row, (Column::Host, &words), (known.units, day.unwrap_or(known.units.day()))) {
        Some(Some(unit)) => said.say("host", unit.id),
        Some(None) => {
            said.say("host", None::<String>);
            said.say("host_text", &words);
        }
        None => {}
    }
}

fn rest(reader: &mut Reader<'_>, row: &BodyRow, said: &mut Said) {
    let held_to = reader.day(row, Column::HeldTo);
    lay(reader, said, Column::HeldTo, "held_to", held_to);
    let formats = reader.several(row, Column::Formats, words::FORMATS);
    lay(reader, said, Column::Formats, "formats", formats);
    let sites = reader.number(row, Column::SiteCount);
    lay(reader, said, Column::SiteCount, "site_count", sites);
    for (column, field, most) in [
        (Column::Reason, "reason", 2000),
        (Column::Attendance, "attendance", 200),
        (Column::CombinedWith, "combined_with", 300),
        (Column::Source, "source", 2000),
    ] {
        let text = reader.text(row, column, most);
        lay(reader, said, column, field, text);
    }
}

/// Says what was read, if the table has the column.
fn lay<T: Serialize>(reader: &Reader<'_>, said: &mut Said, column: Column, field: &str, read: Option<T>) {
    if let Some(value) = read.filter(|_| reader.has(column)) {
        said.say(field, value);
    }
}
