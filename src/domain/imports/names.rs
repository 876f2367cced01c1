//! Finding the unit or area a name means: as it is written, abbreviated, or nearly so.
//!
//! Only what is certain is taken: one code, one name after folding, or one that the words
//! abbreviate (Sở KH&CN). Everything else is suggested.

#[cfg(test)]
pub(crate) mod tests;

use std::cell::RefCell;
use std::collections::HashMap;

use chrono::NaiveDate;

use super::sheet::one_line;
use crate::domain::Id;
use crate::domain::text::fold;

/// Something that has a code and a name: a unit or an area.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// Its id.
    pub id: Id,
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its place in its tree.
    pub path: String,
    /// First day it exists.
    pub valid_from: NaiveDate,
    /// Last day it exists.
    pub valid_to: Option<NaiveDate>,
}

/// A group of units with the words it is known by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedGroup {
    /// Its id.
    pub id: Id,
    /// Its code.
    pub code: String,
    /// Its name, and other words for it.
    pub names: Vec<String>,
    /// The units that belong to it whenever they exist.
    pub members: Vec<Id>,
}

/// What a name was found to mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// This one, by its place in the index.
    One(usize),
    /// A group of units, by its place in the index: by one of its names or its code, never by likeness.
    Group(usize),
    /// Several have that name: how each can be written.
    Several(Vec<String>),
    /// None; these come near.
    Nothing(Vec<String>),
}

/// How alike a name must be to be suggested, of 1.
const ALIKE: f64 = 0.72;
/// Suggestions given.
const SUGGESTED: usize = 3;

/// Everything that can be meant.
#[derive(Debug, Default)]
pub struct Index {
    all: Vec<Named>,
    words: Vec<Vec<String>>,
    by_code: HashMap<String, usize>,
    by_name: HashMap<String, Vec<usize>>,
    /// The name of the province without its kind, which names may carry or leave out.
    place: Vec<String>,
    day: NaiveDate,
    groups: Vec<NamedGroup>,
    found: RefCell<HashMap<(String, NaiveDate), Found>>,
}

impl Index {
    /// An index of these, for a province of that name; of two with one name that which exists on `day` is meant.
    pub fn new(all: Vec<Named>, province: &str, day: NaiveDate) -> Self {
        let words: Vec<Vec<String>> = all.iter().map(|named| words(&named.name)).collect();
        let mut by_name: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, named) in all.iter().enumerate() {
            by_name.entry(fold(&named.name)).or_default().push(at);
        }
        let by_code = all.iter().enumerate().map(|(at, named)| (named.code.clone(), at)).collect();
        let mut place = self::words(province);
        for kind in ["tinh", "thanh pho"] {
            let kind: Vec<String> = kind.split(' ').map(ToOwned::to_owned).collect();
            if place.starts_with(&kind) && place.len() > kind.len() {
                place.drain(..kind.len());
            }
        }
        Self { all, words, by_code, by_name, place, day, groups: Vec::new(), found: RefCell::default() }
    }

    /// The same, with groups that can be meant.
    #[must_use]
    pub fn with_groups(self, groups: Vec<NamedGroup>) -> Self {
        Self { groups, found: RefCell::default(), ..self }
    }

    /// One of the groups.
    pub fn group(&self, at: usize) -> Option<&NamedGroup> {
        self.groups.get(at)
    }

    /// The members of a group that exist on a day; the index's own, if none is said.
    pub fn members(&self, group: &NamedGroup, day: Option<NaiveDate>) -> Vec<Id> {
        let day = day.unwrap_or(self.day);
        let exists = |id: &&Id| self.of_id(**id).is_some_and(|unit| exists_on(unit, day));
        group.members.iter().filter(exists).copied().collect()
    }

    /// The day of which names speak where nothing else is said.
    pub fn day(&self) -> NaiveDate {
        self.day
    }

    /// One of them.
    pub fn get(&self, at: usize) -> Option<&Named> {
        self.all.get(at)
    }

    /// All of them.
    pub fn all(&self) -> &[Named] {
        &self.all
    }

    /// The one with this id.
    pub fn of_id(&self, id: Id) -> Option<&Named> {
        self.all.iter().find(|named| named.id == id)
    }

    /// The one with this place in its tree.
    pub fn of_path(&self, path: &str) -> Option<&Named> {
        self.all.iter().find(|named| named.path == path)
    }

    /// How one is written so that it is found again: its name, with its code if others have that name.
    pub fn label(&self, named: &Named) -> String {
        let alone = self.by_name.get(&fold(&named.name)).is_none_or(|same| same.len() < 2);
        if alone { named.name.clone() } else { format!("{} [{}]", named.name, named.code) }
    }

    /// What these words mean.
    pub fn find(&self, text: &str) -> Found {
        self.find_on(text, self.day)
    }

    /// What these words mean where they speak of a day: of two with one name that which existed then.
    pub fn find_on(&self, text: &str, day: NaiveDate) -> Found {
        let key = (one_line(text), day);
        if let Some(known) = self.found.borrow().get(&key) {
            return known.clone();
        }
        let found = self.look_up(&key.0, day);
        self.found.borrow_mut().insert(key, found.clone());
        found
    }

    /// Whether these words mean one unit or group for certain.
    pub fn is_known(&self, text: &str) -> bool {
        matches!(self.find(text), Found::One(_) | Found::Group(_))
    }

    /// The one these words mean, if that is certain.
    pub fn known(&self, text: &str) -> Option<usize> {
        match self.find(text) {
            Found::One(at) => Some(at),
            _ => None,
        }
    }

    fn look_up(&self, text: &str, day: NaiveDate) -> Found {
        if let Some(at) = self.by_code.get(code_of(text)) {
            return Found::One(*at);
        }
        let folded = fold(text);
        let same = self.by_name.get(&folded).cloned().unwrap_or_default();
        let named = |group: &NamedGroup| group.code == code_of(text) || group.names.iter().any(|name| fold(name) == folded);
        if let Some(group) = self.groups.iter().position(named).filter(|_| same.is_empty()) {
            return Found::Group(group);
        }
        let said = words(text);
        let meant = if same.is_empty() { self.matching(&said) } else { same };
        let now: Vec<usize> = meant.iter().copied().filter(|at| self.get(*at).is_some_and(|named| exists_on(named, day))).collect();
        match (now.as_slice(), meant.as_slice()) {
            ([one], _) | ([], [one]) => Found::One(*one),
            ([], []) => Found::Nothing(self.near(&said)),
            ([], several) | (several, _) => Found::Several(several.iter().filter_map(|at| self.get(*at)).map(coded_label).collect()),
        }
    }

    /// Those whose name says the same, each in full or abbreviated, with the province or without it.
    fn matching(&self, said: &[String]) -> Vec<usize> {
        if said.is_empty() {
            return Vec::new();
        }
        let said = self.forms(said);
        let same = |at: &usize| {
            let own = self.words.get(*at).map(|own| self.forms(own)).unwrap_or_default();
            said.iter().any(|a| own.iter().any(|b| abbreviates(a, b) || abbreviates(b, a)))
        };
        (0..self.all.len()).filter(same).collect()
    }

    /// The words, and the words without the province at their end.
    fn forms(&self, words: &[String]) -> Vec<Vec<String>> {
        let mut forms = vec![words.to_vec()];
        for kind in [[].as_slice(), &["tinh"], &["thanh", "pho"]] {
            let end: Vec<&str> = kind.iter().copied().chain(self.place.iter().map(String::as_str)).collect();
            let stem = words.len().checked_sub(end.len()).filter(|stem| *stem > 1);
            if let Some(stem) = stem.filter(|stem| !self.place.is_empty() && words.iter().skip(*stem).eq(end.iter().copied())) {
                forms.push(words.iter().take(stem).cloned().collect());
            }
        }
        forms
    }

    fn near(&self, said: &[String]) -> Vec<String> {
        let text = said.join(" ");
        let alike = |at: usize| self.words.get(at).map_or(0.0, |own| strsim::normalized_damerau_levenshtein(&text, &own.join(" ")));
        let mut near: Vec<(f64, usize)> = (0..self.all.len()).map(|at| (alike(at), at)).filter(|(score, _)| *score >= ALIKE).collect();
        near.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let units = near.iter().filter_map(|(_, at)| self.get(*at)).map(|named| self.label(named));
        let likeness = |name: &String| strsim::normalized_damerau_levenshtein(&text, &words(name).join(" "));
        let groups = self.groups.iter().filter_map(|group| group.names.iter().find(|name| likeness(name) >= ALIKE)).cloned();
        groups.chain(units).take(SUGGESTED).collect()
    }
}

fn exists_on(named: &Named, day: NaiveDate) -> bool {
    named.valid_from <= day && named.valid_to.is_none_or(|to| to >= day)
}

/// The code in words: "UBND Phường I [hg-p1-ubnd]", or nothing but the code.
pub fn code_of(text: &str) -> &str {
    text.strip_suffix(']').and_then(|rest| rest.rsplit_once('[')).map_or(text, |(_, code)| code.trim())
}

fn coded_label(named: &Named) -> String {
    format!("{} [{}]", named.name, named.code)
}

/// The words of a name, folded; `&`, hyphens and commas only divide them.
fn words(name: &str) -> Vec<String> {
    let plain: String = fold(name).chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    plain.split_whitespace().map(ToOwned::to_owned).collect()
}

/// Whether the short words say the long ones: each is the next word, or the initials of the next
/// few. "Và" may be left out on either side.
fn abbreviates(short: &[String], long: &[String]) -> bool {
    let (mut short_rest, mut long_rest) = (short, long);
    while let Some((and, rest)) = short_rest.split_first().filter(|(word, _)| *word == "va") {
        let _ = and;
        short_rest = rest;
    }
    while let Some((_, rest)) = long_rest.split_first().filter(|(word, _)| *word == "va") {
        long_rest = rest;
    }
    let (Some((word, short_after)), Some((next, long_after))) = (short_rest.split_first(), long_rest.split_first()) else {
        return short_rest.is_empty() && long_rest.is_empty();
    };
    if word == next && abbreviates(short_after, long_after) {
        return true;
    }
    initials(word, long_rest).is_some_and(|after| abbreviates(short_after, after))
}

/// What follows the words that these letters begin.
fn initials<'a>(letters: &str, mut words: &'a [String]) -> Option<&'a [String]> {
    if letters.chars().count() < 2 {
        return None;
    }
    for letter in letters.chars() {
        let (word, rest) = words.split_first()?;
        if word.starts_with(letter) {
            words = rest;
        } else if word == "va" && rest.first().is_some_and(|next| next.starts_with(letter)) {
            words = rest.get(1..)?;
        } else {
            return None;
        }
    }
    Some(words)
}
