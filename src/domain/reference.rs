//! Pointing at an area or unit: by id, or by its stable code.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::Id;

/// An id, or the code that people and other systems know (`hg-so-y-te`).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Reference {
    /// By id.
    Id(Id),
    /// By code.
    Code(String),
}

impl From<String> for Reference {
    fn from(text: String) -> Self {
        text.parse::<Id>().map_or(Self::Code(text), Self::Id)
    }
}

impl From<Id> for Reference {
    fn from(id: Id) -> Self {
        Self::Id(id)
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Id(id) => id.fmt(f),
            Self::Code(code) => f.write_str(code),
        }
    }
}

impl Serialize for Reference {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Reference {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self::from)
    }
}

impl utoipa::PartialSchema for Reference {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        utoipa::openapi::ObjectBuilder::new()
            .schema_type(utoipa::openapi::schema::Type::String)
            .min_length(Some(1))
            .max_length(Some(100))
            .description(Some("An id, or a stable code such as `hg-so-y-te`."))
            .examples(["hg-so-y-te"])
            .into()
    }
}

impl utoipa::ToSchema for Reference {}
