//! `demo/tasks.toml` and `demo/progress.toml`.

use chrono::NaiveDate;
use serde::Deserialize;

use crate::domain::Percent;
use crate::domain::areas::AreaLevel;
use crate::domain::progress_reports::ReportState;
use crate::domain::units::UnitKind;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tasks {
    pub defaults: Defaults,
    pub task: Vec<Task>,
}

#[derive(Debug, Deserialize)]
pub struct Defaults {
    pub root: String,
    pub monitoring_unit: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Task {
    pub key: String,
    pub title: String,
    pub child_title: Option<String>,
    pub resolution: Option<String>,
    pub programme: Option<String>,
    pub group: Option<String>,
    pub field: Option<String>,
    pub breakthrough: Option<String>,
    pub pillar: Option<String>,
    pub objective: Option<String>,
    pub lead: String,
    #[serde(default)]
    pub lead_assumed: bool,
    #[serde(default)]
    pub coordinating: Vec<String>,
    #[serde(default)]
    pub coordinating_assumed: bool,
    /// The group of units it was given to: the same units as `children`.
    pub unit_group: Option<String>,
    #[serde(default)]
    pub children: Vec<Selection>,
    pub assigned_by: Option<String>,
    pub assigned_on: Option<String>,
    pub assigning_document: Option<String>,
    pub deadline: Option<String>,
    pub reference_date: Option<NaiveDate>,
    pub deliverable: Option<String>,
    pub source: String,
    pub recorded_on: NaiveDate,
}

/// Units of a kind that stand in areas of a level.
#[derive(Debug, Deserialize)]
pub struct Selection {
    pub kind: UnitKind,
    pub level: AreaLevel,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Progress {
    pub texts: Texts,
    pub spread: Vec<Spread>,
    pub entry: Vec<Entry>,
    #[serde(default)]
    pub request: Vec<Request>,
    #[serde(default)]
    pub instruction: Vec<Instruction>,
    #[serde(default)]
    pub contribution: Vec<Helped>,
}

/// What reports say where a step says nothing else.
#[derive(Debug, Default, Clone, Deserialize)]
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

/// A unit that asks for another deadline, and what became of it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Request {
    pub task: String,
    pub unit: Option<String>,
    pub asked: NaiveDate,
    pub deadline: String,
    pub reason: String,
    pub approved: Option<NaiveDate>,
    pub refused: Option<NaiveDate>,
    pub decision: Option<String>,
}

/// What the leader told a unit about its work, and what it answered.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Instruction {
    pub task: String,
    pub unit: Option<String>,
    pub given: NaiveDate,
    pub text: String,
    pub due: Option<String>,
    pub answered: Option<NaiveDate>,
    pub answer: Option<String>,
    pub closed: Option<NaiveDate>,
}

/// What a unit that helps with a task did for it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Helped {
    pub task: String,
    pub by: String,
    pub on: NaiveDate,
    pub result: String,
}

#[derive(Debug, Clone, Deserialize)]
pub struct Step {
    pub report: NaiveDate,
    pub state: ReportState,
    /// The day it speaks of, if that is not the day it came.
    pub measured_on: Option<NaiveDate>,
    /// The period or step it speaks of.
    pub period: Option<String>,
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
