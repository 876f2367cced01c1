//! `openapi`: prints the contract.

use super::{Outcome, say};
use crate::api::openapi::document;

/// Prints the OpenAPI document as indented JSON.
pub fn run() -> Outcome {
    say(serde_json::to_string_pretty(document())?);
    Ok(())
}
