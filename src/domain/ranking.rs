//! Ranking (xếp hạng) of units, with the caveat that belongs to it: who reports little or has little work cannot be
//! compared, and is shown without a place.

use serde::Deserialize;
use utoipa::IntoParams;

use super::dashboards::Totals;
use super::units::UnitKind;

text_enum! {
    /// What units are ranked by.
    pub enum RankedBy {
        /// Share of finished or overdue work that was finished on time.
        OnTime = "on_time",
        /// Verified progress.
        Verified = "verified",
        /// Share of expected work with a report.
        Reported = "reported",
    }
}

text_enum! {
    /// Why a unit has no place.
    pub enum Caveat {
        /// Fewer than three tasks are expected of it.
        FewTasks = "few_tasks",
        /// Less than half of its tasks have a report.
        LowCoverage = "low_coverage",
        /// Nothing of it can be judged by this yet.
        NothingToJudge = "nothing_to_judge",
    }
}

/// What a ranking may be asked for beside the filters of all dashboards.
#[derive(Debug, Default, Clone, PartialEq, Eq, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct RankingQuery {
    /// What units are ranked by; `on_time` if missing.
    pub by: Option<RankedBy>,
    /// Only units of these kinds; repeat for several. Those of one kind are best compared with each other.
    #[serde(default)]
    pub kind: Vec<UnitKind>,
}

/// Fewer tasks are no ground for a comparison.
const FEWEST: u32 = 3;

/// A unit with its place, or why it has none.
#[derive(Debug, Clone)]
pub struct Ranked<U> {
    /// Its place among all that have one, whoever may see them.
    pub place: Option<u32>,
    /// What it is ranked by, in hundredths of a percent.
    pub score: Result<i64, Caveat>,
    /// The unit.
    pub unit: U,
    /// Its numbers.
    pub totals: Totals,
}

/// The value a unit is ranked by in hundredths of a percent, or why it has no place.
///
/// # Errors
/// The caveat.
pub fn score(by: RankedBy, totals: &Totals) -> Result<i64, Caveat> {
    let (tasks, progress) = (&totals.tasks, &totals.progress);
    let coverage = progress.coverage;
    if coverage.expected < FEWEST {
        return Err(Caveat::FewTasks);
    }
    let share = |count: u32, of: u32| (of > 0).then(|| (20_000 * i64::from(count) + i64::from(of)) / (2 * i64::from(of)));
    let value = match by {
        RankedBy::Reported => share(coverage.reported, coverage.expected),
        _ if coverage.reported * 2 < coverage.expected => return Err(Caveat::LowCoverage),
        RankedBy::OnTime => share(tasks.completed_on_time, tasks.completed_on_time + tasks.completed_late + tasks.open_overdue),
        RankedBy::Verified => progress.verified.map(|percent| i64::from(percent.hundredths())),
    };
    value.ok_or(Caveat::NothingToJudge)
}

/// Places for values that are sorted, the best first: equal ones share a place, and the next one counts them.
pub fn places(values: &[i64]) -> Vec<u32> {
    let mut places: Vec<u32> = Vec::with_capacity(values.len());
    for (at, value) in values.iter().enumerate() {
        let shared = at.checked_sub(1).filter(|before| values.get(*before) == Some(value)).and_then(|before| places.get(before)).copied();
        places.push(shared.unwrap_or_else(|| u32::try_from(at + 1).unwrap_or(u32::MAX)));
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Percent;
    use crate::domain::roll_up::{Coverage, Progress, TaskCounts};
    use crate::domain::text_enum::assert_names;

    fn totals(on_time: u32, overdue: u32, reported: u32, verified: Option<i32>) -> Totals {
        let tasks = TaskCounts { total: on_time + overdue, completed_on_time: on_time, open_overdue: overdue, ..TaskCounts::default() };
        let verified = verified.map(|p| Percent::from_hundredths(p).unwrap());
        let progress = Progress { claimed: None, verified, coverage: Coverage { expected: on_time + overdue, reported, verified: 0 } };
        Totals { tasks, progress, ..Totals::from(&crate::domain::roll_up::RollUp::default()) }
    }

    #[test]
    fn names_agree() {
        assert_names(RankedBy::ALL, RankedBy::as_str);
        assert_names(Caveat::ALL, Caveat::as_str);
    }

    #[test]
    fn who_says_little_has_no_place() {
        assert_eq!(score(RankedBy::OnTime, &totals(2, 1, 3, None)), Ok(6667));
        assert_eq!(score(RankedBy::OnTime, &totals(2, 0, 2, None)), Err(Caveat::FewTasks));
        assert_eq!(score(RankedBy::OnTime, &totals(3, 1, 1, None)), Err(Caveat::LowCoverage));
        assert_eq!(score(RankedBy::Reported, &totals(3, 1, 1, None)), Ok(2500));
        assert_eq!(score(RankedBy::Verified, &totals(3, 1, 4, None)), Err(Caveat::NothingToJudge));
        assert_eq!(score(RankedBy::Verified, &totals(3, 1, 4, Some(8000))), Ok(8000));
    }

    #[test]
    fn equals_share_a_place() {
        assert_eq!(places(&[90, 90, 80, 80, 80, 10]), [1, 1, 3, 3, 3, 6]);
        assert_eq!(places(&[]), Vec::<u32>::new());
    }
}
