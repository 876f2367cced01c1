//! Identifiers: UUIDv7 made from the house's own clock.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::{NoContext, Timestamp, Uuid};

/// The identity of anything that is kept: a UUID of version 7, so that ids made later sort later.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Id(Uuid);

impl Id {
    /// The id of nothing: no record has it, so every foreign key refuses it.
    pub const NIL: Self = Self(Uuid::nil());

    /// A new id for something that comes into being at `now`.
    pub fn new(now: DateTime<Utc>) -> Self {
        let seconds = u64::try_from(now.timestamp()).unwrap_or_default();
        Self(Uuid::new_v7(Timestamp::from_unix(NoContext, seconds, now.timestamp_subsec_nanos())))
    }

    /// The sixteen bytes.
    pub fn as_bytes(&self) -> &[u8; 16] {
        self.0.as_bytes()
    }

    /// From sixteen bytes.
    ///
    /// # Errors
    /// When there are more or fewer.
    pub fn from_slice(bytes: &[u8]) -> Result<Self, uuid::Error> {
        Uuid::from_slice(bytes).map(Self)
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.hyphenated().fmt(f)
    }
}

/// The text is no id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an id looks like 01780c2e-7a00-7b6e-8f0a-3b2f5f7d1c55")]
pub struct NotAnId;

impl FromStr for Id {
    type Err = NotAnId;

    /// Reads the hyphenated form only: one id has one spelling.
    fn from_str(text: &str) -> Result<Self, NotAnId> {
        match Uuid::try_parse(text) {
            Ok(id) if text.len() == 36 => Ok(Self(id)),
            _ => Err(NotAnId),
        }
    }
}

impl utoipa::PartialSchema for Id {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        utoipa::openapi::ObjectBuilder::new()
            .schema_type(utoipa::openapi::schema::Type::String)
            .format(Some(utoipa::openapi::SchemaFormat::KnownFormat(utoipa::openapi::KnownFormat::Uuid)))
            .examples(["01780c2e-7a00-7b6e-8f0a-3b2f5f7d1c55"])
            .into()
    }
}

impl utoipa::ToSchema for Id {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn later_ids_sort_later_and_survive_their_text() {
        let at = |s| DateTime::from_timestamp(s, 0).unwrap();
        let (a, b) = (Id::new(at(1_600_000_000)), Id::new(at(1_600_000_001)));
        assert!(a < b);
        assert_eq!(a.to_string().parse::<Id>().unwrap(), a);
        assert!(a.to_string().replace('-', "").parse::<Id>().is_err());
    }
}
