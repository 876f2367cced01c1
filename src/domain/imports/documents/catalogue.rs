//! Which document is meant: a row of a list by what the house tells documents apart by, words by
//! number or title.

use std::collections::{HashMap, HashSet};

use super::DocumentKind;
use crate::domain::Id;
use crate::domain::document_numbers;
use crate::domain::documents::{self, DocumentId, NumberedAs};
use crate::domain::imports::names;
use crate::domain::text::fold;

/// What a document is recognised by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// What it is.
    pub kind: DocumentKind,
    /// Its number, as printed.
    pub number: Option<String>,
    /// Its title.
    pub title: String,
    /// The unit that issued it.
    pub issuer: Option<Id>,
    /// Who issued it, in words.
    pub issuer_text: Option<String>,
    /// Its term.
    pub term: Option<Id>,
    /// The year it was issued in.
    pub year: Option<i32>,
    /// The year it is made for.
    pub scope_year: Option<i32>,
}

impl Identity {
    /// What people call it: its number, else its title.
    pub fn words(&self) -> &str {
        self.number.as_deref().unwrap_or(&self.title)
    }

    fn key(&self) -> Option<String> {
        self.number.as_deref().and_then(documents::number_key)
    }

    fn series(&self) -> NumberedAs<'_> {
        // The issuers have been compared.
        NumberedAs { issuer: None, issuer_text: None, term: self.term, year: self.year }
    }

    /// Whether what is known of the time of both cannot be that of one document.
    fn contradicts(&self, other: &Self) -> bool {
        let differ = |a: Option<i32>, b: Option<i32>| a.zip(b).is_some_and(|(a, b)| a != b);
        let terms = self.term.zip(other.term).is_some_and(|(a, b)| a != b);
        terms || differ(self.year, other.year) || differ(self.scope_year, other.scope_year)
    }
}

/// Where a document stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// It is kept already.
    Known(DocumentId),
    /// It is this row of the file.
    Row(u32),
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Meant {
    /// This one.
    One(Place),
    /// Several: how each can be written.
    Several(Vec<String>),
    /// None; these come near.
    Nothing(Vec<String>),
}

#[derive(Debug, Clone)]
struct Entry {
    place: Place,
    identity: Identity,
    key: Option<String>,
    title: String,
    issuer: Option<String>,
}

impl Entry {
    fn new(place: Place, identity: Identity) -> Self {
        let issuer = identity.issuer_text.as_deref().map(fold);
        Self { place, key: identity.key(), title: fold(&identity.title), issuer, identity }
    }

    /// Of one issuer: the unit, or the same words.
    fn is_of(&self, other: &Self) -> bool {
        let unit = self.identity.issuer;
        (unit.is_some() && unit == other.identity.issuer) || (self.issuer.is_some() && self.issuer == other.issuer)
    }

    fn label(&self) -> String {
        let words = [self.identity.number.as_deref(), Some(self.identity.title.as_str())];
        let words = words.into_iter().flatten().collect::<Vec<_>>().join(", ");
        match self.place {
            Place::Known(document) => format!("{words} [{}]", document.id()),
            Place::Row(_) => words,
        }
    }
}

/// The documents that can be meant.
#[derive(Debug, Clone, Default)]
pub struct Catalogue {
    entries: Vec<Entry>,
    by_title: HashMap<String, Vec<usize>>,
    by_key: HashMap<String, Vec<usize>>,
}

/// How alike a title or number must be to be suggested, of 1.
const ALIKE: f64 = 0.72;

impl Catalogue {
    /// A catalogue of documents that are kept.
    pub fn new(known: impl IntoIterator<Item = (DocumentId, Identity)>) -> Self {
        let mut catalogue = Self::default();
        known.into_iter().for_each(|(document, identity)| catalogue.add(Entry::new(Place::Known(document), identity)));
        catalogue
    }

    fn add(&mut self, entry: Entry) {
        let at = self.entries.len();
        self.by_title.entry(entry.title.clone()).or_default().push(at);
        if let Some(key) = &entry.key {
            self.by_key.entry(key.clone()).or_default().push(at);
        }
        self.entries.push(entry);
    }

    /// Adds a row of a file.
    pub fn add_row(&mut self, row: u32, identity: Identity) {
        self.add(Entry::new(Place::Row(row), identity));
    }

    /// The same with the rows of a file, each in place of the document it means.
    pub fn with_rows(&self, rows: impl IntoIterator<Item = (u32, Identity, Option<DocumentId>)>) -> Self {
        let rows: Vec<_> = rows.into_iter().collect();
        let meant: HashSet<DocumentId> = rows.iter().filter_map(|(_, _, known)| *known).collect();
        let is_meant = |entry: &&Entry| matches!(entry.place, Place::Known(document) if meant.contains(&document));
        let mut catalogue = Self::default();
        self.entries.iter().filter(|entry| !is_meant(entry)).for_each(|entry| catalogue.add(entry.clone()));
        rows.into_iter().for_each(|(row, identity, _)| catalogue.add_row(row, identity));
        catalogue
    }

    fn among<'a>(&'a self, places: Option<&'a Vec<usize>>) -> impl Iterator<Item = &'a Entry> {
        places.into_iter().flatten().filter_map(|at| self.entries.get(*at))
    }

    /// How each is written so that it is found again, of resolutions only or of all documents.
    pub fn labels(&self, resolutions: bool) -> Vec<String> {
        let words = |entry: &Entry| {
            let own = entry.identity.words();
            let alone = matches!(self.find(own), Meant::One(_));
            if alone { own.to_owned() } else { entry.label() }
        };
        let wanted = |entry: &&Entry| !resolutions || matches!(entry.identity.kind, DocumentKind::Resolution(_));
        self.entries.iter().filter(wanted).map(words).collect()
    }

    /// The document that a row means, by the house's own rule: issuer, kind, number, and the term or the
    /// year; without a number issuer, kind and title.
    pub fn recognise(&self, row: &Identity) -> Meant {
        let own = Entry::new(Place::Row(0), row.clone());
        let alike = |entry: &&Entry| entry.identity.kind == row.kind && entry.is_of(&own);
        let numbered = own.key.as_ref().and_then(|key| self.by_key.get(key));
        let numbered: Vec<&Entry> = self.among(numbered).filter(alike).collect();
        let number = row.number.as_deref().unwrap_or_default();
        let clashing: Vec<&Entry> =
            numbered.iter().copied().filter(|entry| row.series().clashes(&entry.identity.series(), number)).collect();
        if !clashing.is_empty() {
            return chosen(&clashing);
        }
        let undecided = |entry: &&&Entry| {
            let other = &entry.identity;
            row.term.zip(other.term).is_none() && row.year.zip(other.year).is_none()
        };
        let undecided: Vec<&Entry> = numbered.iter().filter(undecided).copied().collect();
        if !undecided.is_empty() {
            return chosen(&undecided);
        }
        let titled = self.among(self.by_title.get(&own.title)).filter(alike).filter(|entry| !entry.identity.contradicts(row));
        let titled: Vec<&Entry> = titled.collect();
        let unnumbered: Vec<&Entry> = titled.iter().copied().filter(|entry| entry.key.is_none()).collect();
        if unnumbered.is_empty() && own.key.is_none() { chosen(&titled) } else { chosen(&unnumbered) }
    }

    /// Whether a document has this title.
    pub fn has_title(&self, text: &str) -> bool {
        self.by_title.contains_key(&fold(text))
    }

    /// The document that words mean: `04-NQ/TU`, `Nghị quyết số 04-NQ/TU năm 2021`, a title, or an id.
    pub fn find(&self, text: &str) -> Meant {
        let id = names::code_of(text).parse::<Id>().ok();
        let by_id = |entry: &&Entry| matches!(entry.place, Place::Known(document) if Some(document.id()) == id);
        let title = fold(text);
        let found: Vec<&Entry> = match id {
            Some(_) => self.entries.iter().filter(by_id).collect(),
            None => self.among(self.by_title.get(&title)).collect(),
        };
        if !found.is_empty() {
            return chosen(&found);
        }
        let Some((key, rest)) = number_in(text) else { return Meant::Nothing(self.near(&title)) };
        let numbered: Vec<&Entry> = self.among(self.by_key.get(&key)).collect();
        if numbered.is_empty() {
            return Meant::Nothing(self.near(&title));
        }
        let years = super::terms::years(&rest);
        let then: Vec<&Entry> =
            numbered.iter().copied().filter(|entry| entry.identity.year.is_some_and(|year| years.contains(&year))).collect();
        if numbered.len() > 1 && !then.is_empty() { chosen(&then) } else { chosen(&numbered) }
    }

    fn near(&self, text: &str) -> Vec<String> {
        let alike = |entry: &Entry| {
            let number = entry.identity.number.as_deref().map(fold).unwrap_or_default();
            strsim::normalized_damerau_levenshtein(text, &entry.title).max(strsim::normalized_damerau_levenshtein(text, &number))
        };
        let mut near: Vec<(f64, &Entry)> =
            self.entries.iter().map(|entry| (alike(entry), entry)).filter(|(score, _)| *score >= ALIKE).collect();
        near.sort_by(|a, b| b.0.total_cmp(&a.0));
        near.into_iter().take(3).map(|(_, entry)| entry.identity.words().to_owned()).collect()
    }
}

fn chosen(entries: &[&Entry]) -> Meant {
    match entries {
        [] => Meant::Nothing(Vec::new()),
        [one] => Meant::One(one.place),
        several => Meant::Several(several.iter().map(|entry| entry.label()).collect()),
    }
}

/// The key of the number that words hold, and the words without it: "Kế hoạch số 17/KH-UBND ngày 5/1/2021".
fn number_in(text: &str) -> Option<(String, String)> {
    let key = |text: &str| document_numbers::parse(text).filter(|read| read.kind.is_some() || read.organ.is_some())?.key();
    if let Some(key) = key(text) {
        return Some((key, String::new()));
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    let marked = |word: &&&str| word.contains(['/', '-', '–']);
    let mut numbers = words.iter().filter(marked).filter_map(|word| Some((*word, key(word)?)));
    let (number, key) = numbers.next()?;
    // Two numbers in one name: it is not certain which is meant.
    if numbers.any(|(_, other)| other != key) {
        return None;
    }
    Some((key, words.iter().copied().filter(|word| *word != number).collect::<Vec<_>>().join(" ")))
}
