//! The scoreboard of a document's indicators.

use chrono::NaiveDate;
use serde::Deserialize;
use utoipa::IntoParams;

use super::Id;
use super::periods::Period;
use super::targets::{KeptBound, MidTermScale};

/// What a scoreboard may be asked for.
#[derive(Debug, Default, Clone, PartialEq, Eq, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ScoreQuery {
    /// Only indicators of this resolution; this or `programme` or neither, which counts those of every document.
    pub resolution: Option<Id>,
    /// Only indicators of this programme or yearly plan.
    pub programme: Option<Id>,
    /// The period whose targets are judged; each indicator's last one if missing.
    #[param(example = "2025")]
    pub period: Option<String>,
    /// As the system knew it at the end of this day in Vietnam; today if missing. Not after today.
    #[param(example = "2023-10-02")]
    pub as_of: Option<NaiveDate>,
    /// What a kept bound is called; `exceeded` if missing.
    pub kept_bound: Option<KeptBound>,
    /// Say what the middle of a term says, too, on this scale.
    pub scale: Option<MidTermScale>,
}

/// Which of these periods is judged: the one asked for, or the one that ends last, and of several the longest.
pub fn judged<'a>(asked: Option<&str>, periods: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let days = |id: &str| Period::of_any(id).map(|period| (period.last, period.last - period.first));
    match asked {
        Some(asked) => periods.into_iter().find(|id| *id == asked),
        None => periods.max_by_key(|id| days(id)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_target_is_judged_unless_another_is_asked_for() {
        let periods = ["2023", "2025", "2021-2025", "2025Q4"];
        assert_eq!(judged(None, periods.into_iter()), Some("2021-2025"));
        assert_eq!(judged(Some("2023"), periods.into_iter()), Some("2023"));
        assert_eq!(judged(Some("2022"), periods.into_iter()), None);
        assert_eq!(judged(None, [].into_iter()), None);
    }
}
