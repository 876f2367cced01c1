//! The leader's light: a documented function of the axes, never a judgement of its own.

use serde::Serialize;
use utoipa::ToSchema;

use super::Percent;
use super::roll_up::{Progress, TaskCounts};

text_enum! {
    /// One colour for one line of a dashboard.
    pub enum Light {
        /// Nothing counted.
        Grey = "grey",
        /// Nothing below calls for attention.
        Green = "green",
        /// Something is late, silent or unconfirmed.
        Amber = "amber",
        /// One in five or more is overdue.
        Red = "red",
    }
}

/// The four axes of a line, each with a light of its own. One never makes up for another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[schema(example = json!({"schedule": "red", "claimed": "green", "verified": "amber", "result": "grey"}))]
pub struct Axes {
    /// Whether work keeps its deadlines.
    pub schedule: Light,
    /// Whether units say how it stands.
    pub claimed: Light,
    /// Whether what they say is confirmed.
    pub verified: Light,
    /// Whether the indicators follow; grey while none is linked to the work.
    pub result: Light,
}

/// Claimed may run ahead of verified by this many hundredths before the light turns amber.
pub const GAP_HUNDREDTHS: i32 = 2_000;

/// One overdue task in so many is red.
pub const RED_FROM_ONE_IN: u32 = 5;

impl Axes {
    /// The axes of a line (function 1). All are grey where no task is expected.
    ///
    /// * schedule: red if overdue tasks are at least one fifth of those expected, amber if any is;
    /// * claimed: amber if less than half have reported while something is open;
    /// * verified: amber if claimed runs more than 20 points ahead of verified;
    /// * each is green otherwise; result is grey.
    pub fn of(counts: &TaskCounts, progress: &Progress) -> Self {
        let coverage = progress.coverage;
        let (overdue, grey) = (counts.open_overdue, Light::Grey);
        if coverage.expected == 0 {
            return Self { schedule: grey, claimed: grey, verified: grey, result: grey };
        }
        let verified = progress.verified.map_or(0, Percent::hundredths);
        let silent = counts.open() > 0 && coverage.reported * 2 < coverage.expected;
        let unconfirmed = progress.claimed.is_some_and(|p| p.hundredths() - verified > GAP_HUNDREDTHS);
        let amber_if = |wrong: bool| if wrong { Light::Amber } else { Light::Green };
        Self {
            schedule: if overdue > 0 && overdue * RED_FROM_ONE_IN >= coverage.expected { Light::Red } else { amber_if(overdue > 0) },
            claimed: amber_if(silent),
            verified: amber_if(unconfirmed),
            result: grey,
        }
    }

    /// The leader's light: the worst of them.
    pub fn light(self) -> Light {
        let worst = |light: &Light| match light {
            Light::Grey => 0,
            Light::Green => 1,
            Light::Amber => 2,
            Light::Red => 3,
        };
        [self.schedule, self.claimed, self.verified, self.result].into_iter().max_by_key(worst).unwrap_or(Light::Grey)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::roll_up::Coverage;

    fn line(expected: u32, overdue: u32, reported: u32, claimed: i32, verified: i32) -> Light {
        let counts = TaskCounts { total: expected, open_overdue: overdue, open_in_time: expected - overdue, ..TaskCounts::default() };
        let percent = |p: i32| Percent::from_hundredths(p).ok();
        let coverage = Coverage { expected, reported, verified: 0 };
        Axes::of(&counts, &Progress { claimed: percent(claimed), verified: percent(verified), coverage }).light()
    }

    #[test]
    fn each_colour_has_its_reason() {
        assert_eq!(line(0, 0, 0, 0, 0), Light::Grey);
        assert_eq!(line(10, 0, 10, 5000, 4000), Light::Green);
        assert_eq!(line(10, 1, 10, 5000, 5000), Light::Amber);
        assert_eq!(line(10, 2, 10, 5000, 5000), Light::Red);
        assert_eq!(line(10, 0, 4, 5000, 5000), Light::Amber);
        assert_eq!(line(10, 0, 10, 5000, 2999), Light::Amber);
    }
}
