//! The fields of a form: what each is called, how it is filled, what was typed into it.

use std::sync::Arc;

use serde_json::{Map, Value};

use super::choices::{Choice, Group};
use super::forms::{Fields, count, filled};
use crate::domain::imports::names::code_of;

/// Lines that are still empty, of a field that takes several.
const EMPTY_LINES: usize = 3;

/// What is typed, field by field; a field may stand more than once.
#[derive(Debug, Clone, Default)]
pub struct Typed(pub Vec<(String, String)>);

impl Typed {
    /// What stands in a form that is opened.
    pub fn of<const N: usize>(values: [(&str, String); N]) -> Self {
        Self(values.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
    }

    /// What stands in a field, trimmed; nothing if it is empty.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.all(name).next()
    }

    /// Everything that was chosen in a field, or typed into fields of this name.
    pub fn all<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a str> {
        let named = self.0.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.as_str());
        named.collect::<Vec<_>>().into_iter().filter_map(filled)
    }

    /// Every field of this name in order, empty ones as well.
    pub fn rows<'a>(&'a self, name: &str) -> Vec<&'a str> {
        self.0.iter().filter(|(known, _)| known == name).map(|(_, value)| value.trim()).collect()
    }

    /// Puts a value where there is none yet.
    #[must_use]
    pub fn or(mut self, name: &str, value: impl Into<String>) -> Self {
        if self.get(name).is_none() {
            self.0.push((name.to_owned(), value.into()));
        }
        self
    }

    /// Adds a value to those of a field.
    pub fn add(&mut self, name: &str, value: String) {
        self.0.push((name.to_owned(), value));
    }

    /// Takes a field away.
    #[must_use]
    pub fn without(mut self, name: &str) -> Self {
        self.0.retain(|(known, _)| known != name);
        self
    }

    /// Whether it was sent, not only opened.
    pub fn was_sent(&self) -> bool {
        self.get("key").is_some()
    }

    /// The version that was seen when the form was opened, to be expected still; any, if none was.
    pub fn version(&self) -> i32 {
        self.get("version").and_then(|version| version.parse().ok()).unwrap_or(-1)
    }

    /// A body of the API: each of these fields that is filled, as text.
    pub fn texts(&self, names: &[&str]) -> Map<String, Value> {
        names.iter().filter_map(|name| Some(((*name).to_owned(), self.get(name)?.into()))).collect()
    }

    /// The codes of what was found by name, or typed: `Sở Y tế [hg-so-y-te]`.
    pub fn codes(&self, name: &str) -> Vec<String> {
        self.all(name).map(|said| code_of(said).to_owned()).collect()
    }

    /// The filled lines of a field.
    pub fn lines(&self, name: &str) -> Vec<String> {
        self.all(name).flat_map(str::lines).filter_map(filled).map(ToOwned::to_owned).collect()
    }

    /// A whole number as people write it; what is none is left for the rules to refuse.
    pub fn count(&self, name: &str) -> Option<Value> {
        count(self.get(name)?)
    }
}

impl From<Fields> for Typed {
    fn from(Fields(fields): Fields) -> Self {
        Self(fields)
    }
}

/// How a field is filled.
#[derive(Debug)]
pub enum Kind {
    /// A line of text.
    Line,
    /// A whole number.
    Number,
    /// A day.
    Day,
    /// Several lines.
    Lines,
    /// One of these, below headings; a heading may be empty.
    One(Vec<Group>),
    /// Any of these.
    Any(Vec<Choice>),
    /// Several of many, each on a line of its own that helps to find it.
    Several {
        /// What was typed, and lines that are still empty.
        values: Vec<String>,
        /// What there is to find.
        known: Arc<Vec<String>>,
    },
    /// Nothing is filled: paragraphs to be read, each under its heading.
    Told(Vec<(&'static str, String)>),
}

/// One field.
#[derive(Debug)]
pub struct Field {
    /// Its name in the form.
    pub name: &'static str,
    /// Where its value stands in the body, for what is wrong with it.
    pub pointer: &'static str,
    /// What it is called.
    pub label: &'static str,
    /// What helps to fill it.
    pub hint: &'static str,
    /// What stands in it.
    pub value: String,
    /// Whether it may be left empty.
    pub optional: bool,
    /// How it is filled.
    pub kind: Kind,
}

impl Field {
    /// A field that must be filled, with what was typed into it.
    pub fn new(typed: &Typed, (name, pointer): (&'static str, &'static str), label: &'static str, kind: Kind) -> Self {
        let value = typed.rows(name).first().map(|value| (*value).to_owned()).unwrap_or_default();
        Self { name, pointer, label, hint: "", value, optional: false, kind }
    }

    /// A field that takes several of many.
    pub fn several(typed: &Typed, name: (&'static str, &'static str), label: &'static str, known: &Arc<Vec<String>>) -> Self {
        Self::found(typed, name, label, (known, EMPTY_LINES))
    }

    /// A field that takes one of many.
    pub fn single(typed: &Typed, name: (&'static str, &'static str), label: &'static str, known: &Arc<Vec<String>>) -> Self {
        Self::found(typed, name, label, (known, usize::from(typed.get(name.0).is_none())))
    }

    fn found(typed: &Typed, name: (&'static str, &'static str), label: &'static str, (known, empty): (&Arc<Vec<String>>, usize)) -> Self {
        let values = typed.all(name.0).map(ToOwned::to_owned).chain(std::iter::repeat_n(String::new(), empty)).collect();
        Self::new(typed, name, label, Kind::Several { values, known: known.clone() })
    }

    /// Says what helps to fill it.
    #[must_use]
    pub fn hint(self, hint: &'static str) -> Self {
        Self { hint, ..self }
    }

    /// It may be left empty.
    #[must_use]
    pub fn optional(self) -> Self {
        Self { optional: true, ..self }
    }
}

/// A form, ready to be shown.
#[derive(Debug)]
pub struct Sheet {
    /// What the page is called.
    pub title: String,
    /// Where it belongs: address and name of the page above it.
    pub above: (String, String),
    /// What is said before the fields.
    pub lead: Option<String>,
    /// Where it is sent.
    pub action: String,
    /// The fields.
    pub fields: Vec<Field>,
    /// What else is sent: names and values.
    pub hidden: Vec<(&'static str, String)>,
    /// What the button says.
    pub submit: &'static str,
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_typed_is_read_as_people_write_it() {
        let typed = Typed::from(Fields(vec![
            ("count".into(), "1.336".into()),
            ("names".into(), "một\n\n hai ".into()),
            ("to".into(), "a".into()),
            ("to".into(), " ".into()),
            ("to".into(), "b".into()),
        ]));
        assert_eq!((typed.count("count"), typed.count("none")), (Some(json!(1336)), None));
        assert_eq!(typed.lines("names"), ["một", "hai"]);
        assert_eq!((typed.all("to").collect::<Vec<_>>(), typed.rows("to")), (vec!["a", "b"], vec!["a", "", "b"]));
        assert_eq!(typed.texts(&["count", "none"]), json!({"count": "1.336"}).as_object().cloned().unwrap());
        assert_eq!(typed.or("to", "c").or("new", "d").get("new"), Some("d"));
    }
}
