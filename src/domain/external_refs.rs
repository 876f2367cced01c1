//! What other systems call our areas, units and tasks.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize};
use utoipa::ToSchema;
use validator::{Validate, ValidationError};

use super::text;

text_enum! {
    /// What can have a name in another system. A name stands for one of each kind in a root.
    pub enum RefKind {
        /// An area.
        Area = "area",
        /// A unit.
        Unit = "unit",
        /// A task.
        Task = "task",
    }
}

/// The name of a thing in another system: which system, and its id there.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct ExternalRef {
    /// Short code of the system.
    #[schema(example = "edoc", min_length = 2, max_length = 40, pattern = "^[a-z0-9-]+$")]
    #[validate(custom(function = system))]
    pub system: String,
    /// The id there, in the form it has there.
    #[schema(example = "NV-2021-0042", min_length = 1, max_length = 200)]
    #[validate(custom(function = id))]
    pub id: String,
}

impl ExternalRef {
    /// The name, its id composed and trimmed as the texts of a body are.
    pub fn new(system: &str, id: &str) -> Self {
        Self { system: system.to_owned(), id: text::nfc(id).trim().to_owned() }
    }
}

impl fmt::Display for ExternalRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.system, self.id)
    }
}

fn system(code: &str) -> Result<(), ValidationError> {
    let fits = code.len() <= 40 && super::forms::code(code).is_ok();
    if fits { Ok(()) } else { Err(ValidationError::new("system_code")) }
}

fn id(text: &str) -> Result<(), ValidationError> {
    let fits = (1..=200).contains(&text.chars().count()) && !text.chars().any(char::is_control);
    if fits { Ok(()) } else { Err(ValidationError::new("external_id")) }
}

/// The parameter of a list, `system:id`; an id may hold colons, a system cannot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExternalRefFilter(pub ExternalRef);

impl<'de> Deserialize<'de> for ExternalRefFilter {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let parts = text.split_once(':').map(|(system, id)| ExternalRef::new(system, id));
        let fits = parts.filter(|known| known.validate().is_ok());
        fits.map(Self).ok_or_else(|| serde::de::Error::custom("not system:id"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filter(text: &str) -> Option<ExternalRef> {
        serde_json::from_value::<ExternalRefFilter>(text.into()).ok().map(|filter| filter.0)
    }

    #[test]
    fn a_filter_is_split_at_its_first_colon() {
        assert_eq!(filter("edoc:urn:nv:42"), Some(ExternalRef::new("edoc", "urn:nv:42")));
        assert_eq!(filter("edoc:So\u{302} 1 ").map(|known| known.id).as_deref(), Some("Sô 1"));
        for wrong in ["", "edoc", "edoc:", "edoc: ", "e:1", "E-Doc:1", ":1", "edoc:a\u{0}b", &format!("edoc:{}", "x".repeat(201))] {
            assert_eq!(filter(wrong), None, "{wrong:?}");
        }
    }
}
