//! What a row says of a record, field by field, by the names the API has for them; laid over what
//! stands, it changes what it speaks of and nothing else.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::task_lines::same;
use crate::domain::merge_patch::PatchError;
use crate::domain::partial_date::PartialDate;

/// What a row says of a record.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Said {
    fields: Map<String, Value>,
    usual: Map<String, Value>,
}

impl Said {
    /// Says what a field is; nothing, `None`, empties it.
    pub fn say(&mut self, field: &str, value: impl Serialize) {
        self.fields.insert(field.to_owned(), serde_json::to_value(value).unwrap_or_default());
    }

    /// Says what a field of a new record is, where nothing else is said of it.
    pub fn usually(&mut self, field: &str, value: impl Serialize) {
        self.usual.insert(field.to_owned(), serde_json::to_value(value).unwrap_or_default());
    }

    /// Leaves a field as it stands.
    pub fn leave(&mut self, field: &str) {
        self.fields.remove(field);
    }

    /// What is said of a field.
    pub fn of(&self, field: &str) -> Option<&Value> {
        self.fields.get(field)
    }

    /// The record as it should stand: what is said laid over what stands, else over what is usual.
    /// Words that only look different change nothing, nor does the order of a list.
    ///
    /// # Errors
    /// When the whole is no `T`.
    pub fn over<T: Serialize + DeserializeOwned>(&self, standing: Option<&T>) -> Result<T, PatchError> {
        let standing = standing.and_then(|standing| serde_json::to_value(standing).ok());
        let mut content = match standing {
            Some(Value::Object(fields)) => fields,
            _ => self.usual.clone(),
        };
        for (field, value) in &self.fields {
            if alike(content.get(field), value) {
                continue;
            }
            if value.is_null() {
                content.remove(field);
            } else {
                content.insert(field.clone(), value.clone());
            }
        }
        let content = Value::Object(content);
        serde_path_to_error::deserialize(content).map_err(|e| PatchError { path: e.path().clone(), cause: e.into_inner() })
    }
}

/// Whether a field says the same already.
fn alike(standing: Option<&Value>, said: &Value) -> bool {
    match (standing.unwrap_or(&Value::Null), said) {
        (Value::String(standing), Value::String(said)) => same(standing, said) || same_day(standing, said),
        // A field that says nothing says the same as none.
        (Value::String(standing), Value::Null) => same(standing, ""),
        (Value::Null, Value::Array(said)) => said.is_empty(),
        (Value::Array(standing), Value::Null) => standing.is_empty(),
        (Value::Array(standing), Value::Array(said)) => {
            let among = |one: &Value, all: &[Value]| all.iter().any(|other| alike(Some(other), one));
            standing.len() == said.len() && said.iter().all(|one| among(one, standing)) && standing.iter().all(|one| among(one, said))
        }
        (Value::Object(standing), Value::Object(said)) => {
            let said_alike = said.iter().all(|(field, value)| alike(standing.get(field), value));
            said_alike && standing.iter().all(|(field, value)| said.contains_key(field) || value.is_null())
        }
        (standing, said) => standing == said,
    }
}

/// Whether two spellings of a date are read the same: `14/10/2020` and `2020-10-14`.
fn same_day(a: &str, b: &str) -> bool {
    let (a, b) = (PartialDate::parse(a), PartialDate::parse(b));
    a.date.is_some() && (a.date, a.precision) == (b.date, b.precision)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;

    #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
    struct Note {
        title: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        day: Option<String>,
        #[serde(default)]
        parts: Vec<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        source: Option<String>,
    }

    #[test]
    fn what_is_not_spoken_of_stays_and_what_looks_different_is_no_change() {
        let standing = Note {
            title: "Kế  hoạch".into(),
            day: Some("2020-10-14".into()),
            parts: vec!["b".into(), "a".into()],
            source: Some("003".into()),
        };
        let mut said = Said::default();
        said.say("title", "Kế hoạch");
        said.say("day", "14/10/2020");
        said.say("parts", ["a", "b"]);
        assert_eq!(said.over(Some(&standing)).unwrap(), standing);
        said.say("day", "tháng 10/2020");
        said.say("source", None::<String>);
        let changed = said.over(Some(&standing)).unwrap();
        assert_eq!((changed.day.as_deref(), changed.source), (Some("tháng 10/2020"), None));
        assert_eq!(changed.title, "Kế  hoạch");
        said.leave("day");
        assert_eq!((said.over(Some(&standing)).unwrap().day, said.of("day")), (standing.day, None));
    }

    #[test]
    fn a_new_record_takes_what_is_usual() {
        let mut said = Said::default();
        assert_eq!(said.over::<Note>(None).unwrap_err().cause.to_string(), "missing field `title`");
        said.usually("title", "Kế hoạch");
        said.usually("source", "x");
        said.say("source", "y");
        let note: Note = said.over(None).unwrap();
        assert_eq!((note.title.as_str(), note.source.as_deref()), ("Kế hoạch", Some("y")));
    }
}
