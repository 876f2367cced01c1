//! The demo's data files, as they are written (schema: `demo/README.md`).

use chrono::NaiveDate;
use serde::Deserialize;

use crate::domain::Percent;
use crate::domain::areas::AreaLevel;
use crate::domain::objectives::ObjectiveLevel;
use crate::domain::programmes::{ProgrammeKind, ProgrammeScope, ProgrammeState};
use crate::domain::progress_reports::ReportState;
use crate::domain::resolutions::{CycleAnchor, Relation, ResolutionKind, ResolutionLevel};
use crate::domain::task_groups::TaskGroupKind;
use crate::domain::units::{System, UnitKind};

/// Every file.
pub struct Files {
    pub areas: Vec<Area>,
    pub units: Vec<Unit>,
    pub directory: Directory,
    pub documents: Documents,
    pub tasks: Tasks,
    pub progress: Progress,
}

impl Files {
    /// Reads the files that are part of the binary.
    pub fn read() -> Result<Self, Box<dyn std::error::Error>> {
        Ok(Self {
            areas: csv::Reader::from_reader(include_str!("../../../demo/areas.csv").as_bytes()).deserialize().collect::<Result<_, _>>()?,
            units: csv::Reader::from_reader(include_str!("../../../demo/units.csv").as_bytes()).deserialize().collect::<Result<_, _>>()?,
            directory: toml::from_str(include_str!("../../../demo/directory.toml"))?,
            documents: toml::from_str(include_str!("../../../demo/documents.toml"))?,
            tasks: toml::from_str(include_str!("../../../demo/tasks.toml"))?,
            progress: toml::from_str(include_str!("../../../demo/progress.toml"))?,
        })
    }
}

#[derive(Debug, Deserialize)]
pub struct Area {
    pub code: String,
    pub name: String,
    pub level: AreaLevel,
    pub parent_code: Option<String>,
    pub valid_from: NaiveDate,
    pub valid_to: Option<NaiveDate>,
    pub note: Option<String>,
}

#[derive(Debug, Deserialize)]
pub struct Unit {
    pub code: String,
    pub name: String,
    pub kind: UnitKind,
    pub system: System,
    pub parent_code: Option<String>,
    pub area_code: String,
    pub valid_from: NaiveDate,
    pub valid_to: Option<NaiveDate>,
    pub note: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Directory {
    pub recorded_on: NaiveDate,
    pub term: Vec<Term>,
    pub field: Vec<Field>,
    pub post: Vec<Post>,
}

#[derive(Debug, Deserialize)]
pub struct Term {
    pub code: String,
    pub root: String,
    pub ordinal: i32,
    pub ordinal_text: String,
    pub title: String,
    pub starts_on: NaiveDate,
    pub ends_on: NaiveDate,
}

#[derive(Debug, Deserialize)]
pub struct Field {
    pub code: String,
    pub name: String,
}

#[derive(Debug, Deserialize)]
pub struct Post {
    pub unit: String,
    pub title: String,
    pub holders: Vec<Holder>,
}

#[derive(Debug, Deserialize)]
pub struct Holder {
    pub name: String,
    pub from: Option<NaiveDate>,
    pub to: Option<NaiveDate>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Documents {
    pub resolution: Vec<Resolution>,
    pub programme: Vec<Programme>,
    pub breakthrough: Vec<Part>,
    pub pillar: Vec<Part>,
    pub objective: Vec<Objective>,
    pub task_group: Vec<TaskGroup>,
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
    pub state: ProgrammeState,
    #[serde(default)]
    pub relations: Vec<Related>,
    pub source: String,
    pub certainty: String,
    pub recorded_on: NaiveDate,
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
}

#[derive(Debug, Deserialize)]
pub struct Objective {
    pub key: String,
    pub resolution: String,
    pub level: ObjectiveLevel,
    pub title: String,
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
}

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_files_are_whole() {
        let files = Files::read().unwrap();
        assert_eq!(files.units.len(), 287);
        assert_eq!(files.documents.breakthrough.len(), 3);
        assert_eq!(files.documents.pillar.len(), 4);
        for spread in &files.progress.spread {
            assert_eq!(spread.path.iter().map(|p| p.share).sum::<u32>(), 100, "{}", spread.task);
            assert!(files.tasks.task.iter().any(|t| t.key == spread.task && !t.children.is_empty()));
        }
        for entry in &files.progress.entry {
            assert!(files.tasks.task.iter().any(|t| t.key == entry.task), "{}", entry.task);
        }
    }
}
