//! Dashboards: what is said of a set of tasks, and whose work it is taken to be.

use serde::Serialize;
use utoipa::ToSchema;

use super::light::{Light, light};
use super::roll_up::{Progress, RollUp, TaskCounts};

text_enum! {
    /// Whose work a task is taken to be, once units have merged or ended.
    pub enum Basis {
        /// The unit it was given to, even if that unit has ended since.
        AsAssigned = "as_assigned",
    }
}

/// Counts first, progress beside them, and the light.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct Totals {
    /// How many tasks stand where.
    pub tasks: TaskCounts,
    /// Claimed and verified progress.
    pub progress: Progress,
    /// One colour: grey, green, amber or red.
    pub light: Light,
}

impl From<&RollUp> for Totals {
    fn from(roll_up: &RollUp) -> Self {
        let (tasks, progress) = (roll_up.counts(), roll_up.progress());
        Self { tasks, progress, light: light(&tasks, &progress) }
    }
}
