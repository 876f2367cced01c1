//! Clauses (điều khoản): the places of a resolution that tasks and parts of it cite.

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use validator::{Validate, ValidationError};

use super::{Id, roman};

/// Most levels of a path.
const DEEPEST: usize = 6;

text_enum! {
    /// What a clause states. A congress resolution has five kinds of nodes; the rest are its sections.
    pub enum ClauseKind {
        /// Phần, mục: holds others.
        Section = "section",
        /// Mục tiêu.
        Objective = "objective",
        /// Chỉ tiêu.
        Indicator = "indicator",
        /// Đột phá.
        Breakthrough = "breakthrough",
        /// Nhiệm vụ.
        Task = "task",
        /// Giải pháp.
        Solution = "solution",
    }
}

/// What is said of a clause when it is created or changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"path": "II.3.b", "kind": "task", "heading": "Cải cách hành chính, chính quyền số"}))]
pub struct ClauseDraft {
    /// Its place, as the document numbers it: parts joined by full stops, each a roman or arabic number or a letter. No
    /// two clauses of a resolution that stand have the same.
    #[schema(
        example = "II.3.b",
        min_length = 1,
        max_length = 40,
        pattern = r"^([IVX]+|[0-9]{1,4}|[A-ZĐ]|[a-zđ])(\.([IVX]+|[0-9]{1,4}|[A-ZĐ]|[a-zđ])){0,5}$"
    )]
    #[validate(length(min = 1, max = 40), custom(function = check_path))]
    pub path: String,
    /// What it states.
    pub kind: ClauseKind,
    /// Its heading.
    #[schema(example = "Cải cách hành chính, chính quyền số", min_length = 1, max_length = 1000)]
    #[validate(length(min = 1, max = 1000))]
    pub heading: String,
    /// Its words, where they are kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(min_length = 1, max_length = 20000)]
    #[validate(length(min = 1, max = 20000))]
    pub text: Option<String>,
}

/// What a list of clauses may be asked for.
#[derive(Debug, Default, Clone, PartialEq, Eq, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ClauseQuery {
    /// Only these kinds; repeat for several.
    #[serde(default)]
    pub kind: Vec<ClauseKind>,
    /// Only this clause and what stands below it.
    #[param(example = "II.3")]
    pub below: Option<String>,
    /// Also clauses that were voided.
    #[serde(default)]
    pub voided: bool,
    /// Items of a page.
    #[param(minimum = 1, maximum = 200, default = 50)]
    pub limit: Option<i64>,
    /// The `next` of the page before.
    pub cursor: Option<String>,
}

/// Where one clause goes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct ClausePlace {
    /// The clause.
    pub clause: Id,
    /// The version the change was made from.
    #[schema(example = 1, minimum = 1, maximum = 2147483647)]
    #[validate(range(min = 1))]
    pub version: i32,
    /// Its place from now on.
    #[schema(
        example = "II.4",
        min_length = 1,
        max_length = 40,
        pattern = r"^([IVX]+|[0-9]{1,4}|[A-ZĐ]|[a-zđ])(\.([IVX]+|[0-9]{1,4}|[A-ZĐ]|[a-zđ])){0,5}$"
    )]
    #[validate(length(min = 1, max = 40), custom(function = check_path))]
    pub path: String,
}

/// Clauses that change places at once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct ClauseOrder {
    /// Each clause that moves, once.
    #[schema(min_items = 1, max_items = 500)]
    #[validate(length(min = 1, max = 500), nested)]
    pub clauses: Vec<ClausePlace>,
}

/// A path as it is kept.
///
/// # Errors
/// `format`.
pub fn check_path(path: &str) -> Result<(), ValidationError> {
    let levels: Vec<&str> = path.split('.').collect();
    let fits = levels.len() <= DEEPEST && levels.iter().all(|level| rank(level).is_some());
    if fits { Ok(()) } else { Err(ValidationError::new("format")) }
}

/// The key by which clauses stand in the order of the document: `II.10` after `II.9`, `II.3` before
/// `II.3.b`.
pub fn sort_key(path: &str) -> String {
    let ranks = path.split('.').map(|level| format!("{:05}", rank(level).unwrap_or_default()));
    ranks.collect::<Vec<_>>().join(".")
}

/// What the paths of all clauses below this one begin with.
pub fn below(path: &str) -> String {
    format!("{path}.")
}

/// The paths above a path, the nearest first: `II.3` and `II` for `II.3.b`.
pub fn above(path: &str) -> impl Iterator<Item = &str> {
    path.rmatch_indices('.').filter_map(|(at, _)| path.get(..at))
}

/// The place of one level among its neighbours: a roman number of I, V and X, a number, or a letter
/// of the Vietnamese alphabet as lists are lettered (a, b, c, d, đ, e).
fn rank(level: &str) -> Option<u32> {
    let roman = Some(level).filter(|l| l.chars().all(|c| "IVX".contains(c))).and_then(roman::parse);
    let number = || level.parse().ok().filter(|_| level.len() <= 4 && level.bytes().all(|b| b.is_ascii_digit()));
    let letter = || {
        let mut letters = level.chars();
        let (only, rest) = (letters.next()?, letters.next());
        const LETTERS: &str = "abcdđefghijklmnopqrstuvwxyz";
        let place = LETTERS.chars().position(|c| only.to_lowercase().eq([c]))?;
        u32::try_from(place + 1).ok().filter(|_| rest.is_none())
    };
    roman.or_else(number).or_else(letter)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::text_enum::assert_names;

    #[test]
    fn names_agree() {
        assert_names(ClauseKind::ALL, ClauseKind::as_str);
    }

    #[test]
    fn paths_as_resolutions_number_their_clauses() {
        for path in ["I", "II.3.b", "A", "XIV.1", "1.2.3.4.5.6", "Đ", "II.3.đ"] {
            assert!(check_path(path).is_ok(), "{path}");
        }
        for path in ["", ".", "II.", "II..3", "ii.3", "II 3", "1.2.3.4.5.6.7", "ab", "12345", "IIII", "II-3"] {
            assert!(check_path(path).is_err(), "{path}");
        }
    }

    #[test]
    fn clauses_stand_in_the_order_of_the_document() {
        let ordered = ["I", "II", "II.1", "II.3", "II.3.a", "II.3.b", "II.3.d", "II.3.đ", "II.3.e", "II.9", "II.10", "III", "X"];
        for (one, next) in ordered.iter().zip(ordered.iter().skip(1)) {
            assert!(sort_key(one) < sort_key(next), "{one} {next}");
        }
        assert_eq!(above("II.3.b").collect::<Vec<_>>(), ["II.3", "II"]);
        assert_eq!(above("II").count(), 0);
        assert!("II.3.b".starts_with(&below("II")) && !"III".starts_with(&below("II")));
    }
}
