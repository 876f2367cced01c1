//! `demo/reviews.toml`.

use chrono::NaiveDate;
use serde::Deserialize;

use crate::domain::reviews::{ReviewKind, ReviewTexts};
use crate::domain::targets::MidTermScale;

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reviews {
    pub round: Vec<Round>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Round {
    pub resolution: String,
    pub kind: ReviewKind,
    pub scale: Option<MidTermScale>,
    pub opened: NaiveDate,
    pub handed_in: Option<NaiveDate>,
    pub judged: Option<NaiveDate>,
    pub handed_in_anew: Option<NaiveDate>,
    pub consolidated: Option<NaiveDate>,
    pub frozen: Option<NaiveDate>,
    pub as_of: Option<NaiveDate>,
    pub approved: Option<NaiveDate>,
    /// Units whose first text was returned.
    #[serde(default)]
    pub returned: Vec<String>,
    /// Units that hand nothing in.
    #[serde(default)]
    pub silent: Vec<String>,
    pub return_reason: Option<String>,
    pub early_reason: Option<String>,
    pub missing_reason: Option<String>,
    /// The post in which the leader approves.
    pub post: Option<String>,
    #[serde(default)]
    pub texts: ReviewTexts,
}
