//! `demo/documents.toml`.

use chrono::NaiveDate;
use serde::Deserialize;

use crate::domain::clauses::ClauseKind;
use crate::domain::dissemination_rules::DisseminationRule;
use crate::domain::objectives::ObjectiveLevel;
use crate::domain::programmes::{ProgrammeKind, ProgrammeScope, ProgrammeState};
use crate::domain::resolutions::{CycleAnchor, Relation, ResolutionKind, ResolutionLevel};
use crate::domain::task_groups::TaskGroupKind;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Documents {
    pub resolution: Vec<Resolution>,
    pub programme: Vec<Programme>,
    #[serde(default)]
    pub breakthrough: Vec<Part>,
    #[serde(default)]
    pub pillar: Vec<Part>,
    #[serde(default)]
    pub objective: Vec<Objective>,
    #[serde(default)]
    pub task_group: Vec<TaskGroup>,
    #[serde(default)]
    pub clause: Vec<Clause>,
}

#[derive(Debug, Deserialize)]
pub struct Resolution {
    pub key: String,
    pub kind: ResolutionKind,
    pub level: ResolutionLevel,
    pub number: Option<String>,
    pub title: String,
    pub issuer: Option<String>,
    pub issuer_text: Option<String>,
    pub issued_on: Option<String>,
    pub term: Option<String>,
    pub cycle_anchor: Option<CycleAnchor>,
    #[serde(default)]
    pub relations: Vec<Related>,
    pub source: String,
    pub certainty: String,
    pub recorded_on: NaiveDate,
}

#[derive(Debug, Deserialize)]
pub struct Programme {
    pub key: String,
    pub kind: ProgrammeKind,
    pub number: Option<String>,
    pub title: String,
    pub issuer: Option<String>,
    pub issuer_text: Option<String>,
    pub drafting_unit: Option<String>,
    pub issued_on: Option<String>,
    pub term: Option<String>,
    pub scope: ProgrammeScope,
    pub scope_year: Option<i32>,
    pub period_from: Option<i32>,
    pub period_to: Option<i32>,
    pub orientation_from: Option<i32>,
    pub orientation_to: Option<i32>,
    pub theme: Option<String>,
    pub decided_by_text: Option<String>,
    #[serde(default)]
    pub contributes_to: Vec<Contribution>,
    #[serde(default)]
    pub dissemination_rules: Vec<DisseminationRule>,
    pub state: ProgrammeState,
    #[serde(default)]
    pub relations: Vec<Related>,
    pub source: String,
    pub certainty: String,
    pub recorded_on: NaiveDate,
}

#[derive(Debug, Deserialize)]
pub struct Contribution {
    pub breakthrough: String,
    pub how: Option<String>,
}

#[derive(Debug, Deserialize)]
pub struct Related {
    pub relation: Relation,
    pub to: String,
}

#[derive(Debug, Deserialize)]
pub struct Part {
    pub key: String,
    pub resolution: String,
    pub title: String,
    pub clause: Option<String>,
}

#[derive(Debug, Deserialize)]
pub struct Objective {
    pub key: String,
    pub resolution: String,
    pub level: ObjectiveLevel,
    pub title: String,
    pub clause: Option<String>,
    pub description: Option<String>,
    pub quantified: bool,
}

#[derive(Debug, Deserialize)]
pub struct TaskGroup {
    pub key: String,
    pub resolution: String,
    pub kind: TaskGroupKind,
    pub title: String,
    pub breakthrough: Option<String>,
    pub field: String,
    pub clause: Option<String>,
}

#[derive(Debug, Deserialize)]
pub struct Clause {
    pub key: String,
    pub resolution: String,
    pub path: String,
    pub kind: ClauseKind,
    pub heading: String,
}
