//! What `demo/progress.toml` holds: reports and verifications, illustrative unless they say otherwise.

use chrono::NaiveDate;
use serde::Deserialize;

use crate::domain::Percent;
use crate::domain::progress_reports::ReportState;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Progress {
    pub texts: Texts,
    pub spread: Vec<Spread>,
    pub entry: Vec<Entry>,
}

/// What reports say where a step says nothing else.
#[derive(Debug, Clone, Deserialize)]
pub struct Texts {
    #[serde(default)]
    pub prefix: String,
    pub not_started: Option<String>,
    pub in_progress: Option<String>,
    pub product_submitted: Option<String>,
    pub completed: Option<String>,
    pub product_note: Option<String>,
    pub returned: Option<String>,
}

#[derive(Debug, Deserialize)]
pub struct Spread {
    pub task: String,
    pub jitter_days: u32,
    pub texts: Option<Texts>,
    pub path: Vec<Path>,
}

#[derive(Debug, Deserialize)]
pub struct Path {
    pub share: u32,
    pub steps: Vec<Step>,
}

#[derive(Debug, Deserialize)]
pub struct Entry {
    pub task: String,
    pub unit: Option<String>,
    #[serde(default = "yes")]
    pub illustrative: bool,
    pub steps: Vec<Step>,
}

fn yes() -> bool {
    true
}

#[derive(Debug, Clone, Deserialize)]
pub struct Step {
    pub report: NaiveDate,
    pub state: ReportState,
    pub percent: Option<Percent>,
    pub verified: Option<NaiveDate>,
    pub returned: Option<NaiveDate>,
    pub product_on: Option<NaiveDate>,
    pub product_note: Option<String>,
    pub result: Option<String>,
    pub obstacles: Option<String>,
    #[serde(default)]
    pub proposals: Vec<String>,
}
