//! The demo's data files, as they are written (schema: `demo/README.md`).

mod documents;
mod tasks;

use chrono::NaiveDate;
use serde::Deserialize;

use crate::domain::areas::AreaLevel;
use crate::domain::unit_events::{EventSubject, UnitEventKind};
use crate::domain::units::{System, UnitKind};

pub use documents::{Documents, Programme, Related, Resolution};
pub use tasks::{Progress, Spread, Step, Task, Tasks, Texts};

/// Every file.
pub struct Files {
    pub areas: Vec<Area>,
    pub units: Vec<Unit>,
    pub unit_events: Vec<UnitEvent>,
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
            unit_events: csv::Reader::from_reader(include_str!("../../../demo/unit-events.csv").as_bytes())
                .deserialize()
                .collect::<Result<_, _>>()?,
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
pub struct UnitEvent {
    pub of: EventSubject,
    pub effective_on: NaiveDate,
    pub kind: UnitEventKind,
    pub from_code: String,
    pub to_code: Option<String>,
    /// Who takes over the work of a unit that ends.
    pub handover_to: Option<String>,
    pub legal_basis: String,
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_files_are_whole() {
        let files = Files::read().unwrap();
        assert_eq!(files.units.len(), 287);
        assert_eq!(files.unit_events.len(), 294);
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
