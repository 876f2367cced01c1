//! What was done with several things at once: each in a transaction of its own, so that one that is
//! refused holds up no other.

use super::errors;
use crate::domain::Language;
use crate::error::AppError;

/// What became of one of them.
#[derive(Debug)]
pub struct Outcome {
    /// Its name.
    pub title: String,
    /// Where it is to be found.
    pub href: String,
    /// Why it was refused, if it was.
    pub refused: Option<String>,
}

impl Outcome {
    /// The outcome of trying.
    pub fn of<T>(title: String, href: String, tried: &Result<T, AppError>, language: Language) -> Self {
        Self { title, href, refused: tried.as_ref().err().map(|error| why(error, language)) }
    }
}

/// A refusal in words: its fields, or what it is called.
fn why(error: &AppError, language: Language) -> String {
    let fields: Vec<String> = error.fields.iter().map(|field| field.message(language)).collect();
    if fields.is_empty() { errors::title(error, language) } else { fields.join(" ") }
}
