//! What may be asked of an explanation: which number, of which line.

use serde::Deserialize;
use utoipa::IntoParams;

use super::Number;
use crate::domain::areas::AreaLevel;
use crate::domain::units::UnitKind;
use crate::domain::{Id, Reference};

text_enum! {
    /// A dimension outside of which a line of a dashboard counts: its last one, `null`.
    pub enum Outside {
        /// Tasks of no breakthrough.
        Breakthrough = "breakthrough",
        /// Tasks of no pillar.
        Pillar = "pillar",
        /// Tasks of no objective.
        Objective = "objective",
        /// Tasks of no task group.
        Group = "group",
        /// Tasks of no programme.
        Programme = "programme",
        /// Tasks of no field.
        Field = "field",
        /// Tasks that carry out no resolution.
        Resolution = "resolution",
    }
}

/// Which number of which line is to be explained, beside the filters of all dashboards.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ExplanationQuery {
    /// The number; `total` if missing.
    #[param(example = "open_overdue")]
    #[serde(default = "total")]
    pub of: Number,
    /// Of the line of this unit (id or code).
    pub unit: Option<Reference>,
    /// With all units below it.
    #[serde(default)]
    pub subtree: bool,
    /// Of the line of this area (id or code): of all units that stand in it or below.
    pub area: Option<Reference>,
    /// Of the total over units of these kinds; repeat for several.
    #[serde(default)]
    pub kind: Vec<UnitKind>,
    /// Of the total over areas of this level.
    pub level: Option<AreaLevel>,
    /// Of the line of this objective.
    pub objective: Option<Id>,
    /// Of the line of this task group.
    pub group: Option<Id>,
    /// Of this task with parts: of what its numbers are added up from, the tasks below it that have no parts
    /// themselves, at any depth.
    pub task: Option<Id>,
    /// Of the last line, of the tasks outside a dimension.
    pub outside: Option<Outside>,
    /// Items of a page.
    #[param(minimum = 1, maximum = 200, default = 50)]
    pub limit: Option<i64>,
    /// The `next` of the page before.
    pub cursor: Option<String>,
}

fn total() -> Number {
    Number::Total
}
