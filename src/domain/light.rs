//! The leader's light: a documented function of the axes, never a judgement of its own.

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

/// Claimed may run ahead of verified by this many hundredths before the light turns amber.
const GAP_HUNDREDTHS: i32 = 2_000;

/// The light of a line (function 1), from three axes: schedule, silence, and the gap between
/// claimed and verified. The fourth axis, results, joins with indicators.
///
/// * grey: no task is expected;
/// * red: overdue tasks are at least one fifth of those expected;
/// * amber: any is overdue, or less than half have reported while something is open, or claimed
///   runs more than 20 points ahead of verified;
/// * green: otherwise.
pub fn light(counts: &TaskCounts, progress: &Progress) -> Light {
    let coverage = progress.coverage;
    if coverage.expected == 0 {
        return Light::Grey;
    }
    if counts.open_overdue * 5 >= coverage.expected && counts.open_overdue > 0 {
        return Light::Red;
    }
    let silent = counts.open() > 0 && coverage.reported * 2 < coverage.expected;
    let verified = progress.verified.map_or(0, Percent::hundredths);
    let unconfirmed = progress.claimed.is_some_and(|p| p.hundredths() - verified > GAP_HUNDREDTHS);
    if counts.open_overdue > 0 || silent || unconfirmed { Light::Amber } else { Light::Green }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::roll_up::Coverage;

    fn line(expected: u32, overdue: u32, reported: u32, claimed: i32, verified: i32) -> Light {
        let counts = TaskCounts { total: expected, open_overdue: overdue, open_in_time: expected - overdue, ..TaskCounts::default() };
        let percent = |p: i32| Percent::from_hundredths(p).ok();
        let coverage = Coverage { expected, reported, verified: 0 };
        light(&counts, &Progress { claimed: percent(claimed), verified: percent(verified), coverage })
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
