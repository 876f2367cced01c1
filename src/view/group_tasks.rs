//! Parts that units of a group are given.

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use super::tasks::TaskView;
use super::units::UnitRef;

/// Which units are given a part of a whole.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChildrenView {
    /// Whether it was only asked.
    pub dry_run: bool,
    /// The day it is: units that do not exist on it are given none.
    #[schema(example = "2023-10-02")]
    pub on: NaiveDate,
    /// The units, in Vietnamese order of their names.
    pub units: Vec<UnitRef>,
    /// Their parts; empty if it was only asked.
    pub children: Vec<TaskView>,
}
