//! The demo's data files, as they are written (schema: `demo/README.md`).

mod dissemination;
mod documents;
mod indicators;
mod reviews;
mod tasks;

use chrono::NaiveDate;
use serde::Deserialize;

use crate::domain::areas::AreaLevel;
use crate::domain::unit_events::{EventSubject, UnitEventKind};
use crate::domain::units::{System, UnitKind};

pub use dissemination::{Commendation, Dissemination, Event, GoodPractice};
pub use documents::{Contribution, Documents, Programme, Related, Resolution};
pub use indicators::{Indicator, Indicators, Value};
pub use reviews::{Reviews, Round};
pub use tasks::{Helped, Instruction, Progress, Request, Spread, Step, Task, Tasks, Texts};

/// The files of one province.
pub struct Files {
    pub areas: Vec<Area>,
    pub units: Vec<Unit>,
    pub unit_events: Vec<UnitEvent>,
    pub directory: Directory,
    pub documents: Documents,
    pub tasks: Tasks,
    pub progress: Progress,
    pub dissemination: Dissemination,
    pub indicators: Indicators,
    pub reviews: Reviews,
}

/// The files of a folder that are part of the binary.
macro_rules! files {
    ($folder:literal, $unit_events:expr, $progress:expr, $indicators:expr, $reviews:expr) => {
        Ok(Files {
            areas: csv::Reader::from_reader(include_str!(concat!("../../../", $folder, "/areas.csv")).as_bytes())
                .deserialize()
                .collect::<Result<_, _>>()?,
            units: csv::Reader::from_reader(include_str!(concat!("../../../", $folder, "/units.csv")).as_bytes())
                .deserialize()
                .collect::<Result<_, _>>()?,
            unit_events: $unit_events,
            directory: toml::from_str(include_str!(concat!("../../../", $folder, "/directory.toml")))?,
            documents: toml::from_str(include_str!(concat!("../../../", $folder, "/documents.toml")))?,
            tasks: toml::from_str(include_str!(concat!("../../../", $folder, "/tasks.toml")))?,
            progress: $progress,
            dissemination: toml::from_str(include_str!(concat!("../../../", $folder, "/dissemination.toml")))?,
            indicators: $indicators,
            reviews: $reviews,
        })
    };
}

impl Files {
    /// Reads those of Hậu Giang.
    pub fn read() -> Result<Self, Box<dyn std::error::Error>> {
        let events =
            csv::Reader::from_reader(include_str!("../../../demo/unit-events.csv").as_bytes()).deserialize().collect::<Result<_, _>>()?;
        let progress = toml::from_str(include_str!("../../../demo/progress.toml"))?;
        let reviews = toml::from_str(include_str!("../../../demo/reviews.toml"))?;
        files!("demo", events, progress, toml::from_str(include_str!("../../../demo/indicators.toml"))?, reviews)
    }

    /// Reads those of the second province, Hải Dương, of whose progress nothing is told.
    pub fn second() -> Result<Self, Box<dyn std::error::Error>> {
        files!("demo/hai-duong", Vec::new(), Progress::default(), Indicators::default(), Reviews::default())
    }

    /// Code of the root area the files are about.
    pub fn root(&self) -> &str {
        &self.tasks.defaults.root
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
    /// Fields are shared by all roots: the first province names them.
    #[serde(default)]
    pub field: Vec<Field>,
    #[serde(default)]
    pub unit_group: Vec<UnitGroup>,
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
#[serde(deny_unknown_fields)]
pub struct UnitGroup {
    pub code: String,
    pub name: String,
    #[serde(default)]
    pub aliases: Vec<String>,
    pub kinds: Vec<UnitKind>,
    pub levels: Vec<AreaLevel>,
    #[serde(default)]
    pub excluded: Vec<String>,
}

#[derive(Debug, Deserialize)]
pub struct Post {
    pub code: String,
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
    fn the_second_province_names_nothing_of_the_first() {
        let files = Files::second().unwrap();
        assert_eq!((files.root(), files.areas.len()), ("hd", 13));
        assert!(files.units.iter().all(|unit| unit.code.starts_with("hd-")));
        assert!(files.areas.iter().all(|area| area.code.starts_with("hd")));
        assert!(files.progress.spread.is_empty() && files.directory.field.is_empty());
    }

    #[test]
    fn the_files_are_whole() {
        let files = Files::read().unwrap();
        assert_eq!(files.units.len(), 287);
        assert_eq!(files.unit_events.len(), 294);
        assert_eq!(files.documents.breakthrough.len(), 3);
        assert_eq!(files.documents.pillar.len(), 4);
        assert_eq!(files.indicators.indicator.iter().filter(|indicator| indicator.resolution == "nq-xiv").count(), 15);
        for value in &files.indicators.value {
            assert!(files.indicators.indicator.iter().any(|indicator| indicator.key == value.indicator));
            assert_eq!(value.source.is_none(), value.note.as_deref() == Some("Số liệu minh họa"), "{value:?}");
        }
        for spread in &files.progress.spread {
            assert_eq!(spread.path.iter().map(|p| p.share).sum::<u32>(), 100, "{}", spread.task);
            assert!(files.tasks.task.iter().any(|t| t.key == spread.task && !t.children.is_empty()));
        }
        for entry in &files.progress.entry {
            assert!(files.tasks.task.iter().any(|t| t.key == entry.task), "{}", entry.task);
        }
    }
}
