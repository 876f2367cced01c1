//! Dashboards: what may be asked of them, and what they say of a set of tasks.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::Id;
use super::areas::AreaLevel;
use super::light::{Axes, Light};
use super::roll_up::{Progress, RollUp, TaskCounts};
use super::units::UnitKind;

text_enum! {
    /// Whose work a task is taken to be, once units have merged or ended.
    pub enum Basis {
        /// The unit it was given to, even if that unit has ended since.
        AsAssigned = "as_assigned",
        /// The unit that answers for it on the day, after whatever merged, split or ended.
        Current = "current",
    }
}

/// What every dashboard may be asked for.
#[derive(Debug, Default, Clone, PartialEq, Eq, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct DashboardQuery {
    /// As the system knew it at the end of this day in Vietnam; today if missing. Not after today.
    #[param(example = "2021-12-31")]
    pub as_of: Option<NaiveDate>,
    /// Whose work a task is taken to be; `as_assigned` if missing.
    pub basis: Option<Basis>,
    /// Only tasks that carry out this resolution: themselves, or through programmes and resolutions
    /// that implement it.
    pub resolution: Option<Id>,
    /// Only tasks of this breakthrough.
    pub breakthrough: Option<Id>,
    /// Only tasks of this pillar.
    pub pillar: Option<Id>,
    /// Only tasks of this programme itself.
    pub programme: Option<Id>,
    /// Only tasks of this field.
    pub field: Option<Id>,
}

/// What the dashboard of units may be asked for beside that.
#[derive(Debug, Default, Clone, PartialEq, Eq, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct UnitLinesQuery {
    /// Only units of these kinds; repeat for several. The total counts what they lead.
    #[serde(default)]
    pub kind: Vec<UnitKind>,
}

/// What the dashboard of slowness may be asked for.
#[derive(Debug, Default, Clone, PartialEq, Eq, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct LagQuery {
    /// As the system knew it at the end of this day in Vietnam; today if missing. Not after today.
    #[param(example = "2021-12-31")]
    pub as_of: Option<NaiveDate>,
    /// Only this resolution.
    pub resolution: Option<Id>,
}

/// The day an answer may speak of.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct DayQuery {
    /// As the system knew it at the end of this day in Vietnam; today if missing. Not after today.
    #[param(example = "2021-12-31")]
    pub as_of: Option<NaiveDate>,
}

/// What the dashboard of areas may be asked for beside that.
#[derive(Debug, Default, Clone, PartialEq, Eq, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct AreaLinesQuery {
    /// Only areas of this level. The total counts the work of all units that stand in them.
    pub level: Option<AreaLevel>,
}

/// Counts first, progress beside them, and the light.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct Totals {
    /// How many tasks stand where.
    pub tasks: TaskCounts,
    /// The same tasks, each judged by the deadline it was issued with: what the columns would be had
    /// no deadline been changed.
    pub original: TaskCounts,
    /// How many of them have had their deadline changed since they were issued.
    #[schema(example = 3)]
    pub rescheduled: u32,
    /// Claimed and verified progress.
    pub progress: Progress,
    /// One colour: the worst of the axes.
    pub light: Light,
    /// What the colour comes from.
    pub axes: Axes,
}

impl From<&RollUp> for Totals {
    fn from(roll_up: &RollUp) -> Self {
        let (tasks, progress) = (roll_up.counts(), roll_up.progress());
        let axes = Axes::of(&tasks, &progress);
        Self { tasks, original: roll_up.original(), rescheduled: roll_up.rescheduled(), progress, light: axes.light(), axes }
    }
}

/// What every answer says of itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Frame {
    /// The day whose end the answer speaks of.
    pub as_of: NaiveDate,
    /// The day it is.
    pub today: NaiveDate,
    /// Whose work a task is taken to be.
    pub basis: Basis,
    /// The last event of the journal when this was counted.
    pub position: i64,
    /// Whether a task or report that was counted was made up for the demo.
    pub illustrative: bool,
}

/// One line: what it is about, and its numbers.
#[derive(Debug, Clone)]
pub struct Line<T> {
    /// The unit, area, resolution or part of one.
    pub of: T,
    /// Its numbers.
    pub totals: Totals,
}

/// A dashboard of lines.
#[derive(Debug, Clone)]
pub struct Table<T> {
    /// What the answer says of itself.
    pub frame: Frame,
    /// The lines that the reader may see.
    pub lines: Vec<Line<T>>,
    /// All tasks that any line counts, whoever may see it, each once.
    pub total: Totals,
}

/// A line for each unit that leads counted tasks, of whatever was added up.
#[derive(Debug, Clone)]
pub struct UnitLines<U, T> {
    /// What the answer says of itself.
    pub frame: Frame,
    /// The lines, in Vietnamese order of the units' names.
    pub lines: Vec<(U, T)>,
    /// Everything that any line counts, whoever may see it.
    pub total: T,
}

/// One unit or area looked at closely.
#[derive(Debug, Clone)]
pub struct Focus<S, T> {
    /// What the answer says of itself.
    pub frame: Frame,
    /// The unit or area.
    pub subject: S,
    /// What the unit leads itself, or all units that stand in the area or below it.
    pub totals: Totals,
    /// What is led by all units below it, itself included.
    pub whole: Totals,
    /// The units below it, itself included, each with what it leads itself, as far as the reader
    /// may see them.
    pub lines: Vec<Line<T>>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::text_enum::assert_names;

    #[test]
    fn names_agree() {
        assert_names(Basis::ALL, Basis::as_str);
    }
}
