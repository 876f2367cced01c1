//! The trend of an indicator: what its path asks for in each year, and what was reached.

use std::ops::RangeInclusive;

use rust_decimal::Decimal;
use serde::Serialize;
use utoipa::ToSchema;

use super::indicator_assessments::Told;
use super::indicators::Aggregation;
use super::periods::Period;
use super::targets::{Actual, Target, TargetDirection, more_is_better, rounded};

text_enum! {
    /// Where what a year asks for comes from.
    pub enum RequiredFrom {
        /// A target of that year.
        Target = "target",
        /// A straight line from where it stood to the target of a later year.
        Line = "line",
        /// An equal part of the target of several years.
        Share = "share",
        /// The target of several years, which holds in each.
        Whole = "whole",
    }
}

/// What is asked for in a year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Required {
    /// The number that has to be reached: the nearer end of a range.
    #[schema(value_type = String, example = "71.8")]
    pub number: Decimal,
    /// Where it comes from.
    pub from: RequiredFrom,
}

/// One year of a trend.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct TrendYear {
    #[schema(example = 2023)]
    pub year: i32,
    /// What its path asks for; `null` where it does not say, or in words.
    pub required: Option<Required>,
    /// What was reached.
    pub actual: Option<Actual>,
    /// How much more than the year before; `null` where either is missing or they cannot be compared.
    #[schema(value_type = Option<String>, example = "14.44", required)]
    pub change: Option<Decimal>,
    /// Whether the change is for the better; `null` where there is none.
    pub better: Option<bool>,
    /// Whether it is measured in another way than the years before.
    pub breaks_series: bool,
    /// Whether what was reached holds against what was asked for so far; `null` where either is missing, or it is measured in another way
    /// than what the year asks for was worked out from.
    pub on_path: Option<bool>,
}

/// A target with its period.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// Its days.
    pub period: Period,
    /// What it says.
    pub target: Target,
}

/// What a trend is made of.
#[derive(Debug, Clone)]
pub struct Path<'a> {
    /// The document's own targets.
    pub wanted: &'a [Wanted],
    /// Where it stood before, and in which year.
    pub baseline: Option<(i32, Decimal)>,
    pub direction: TargetDirection,
    pub aggregation: Aggregation,
    /// First and last year of the path.
    pub years: (i32, i32),
}

/// Each year from `first` to the end of the path.
pub fn trend(path: &Path<'_>, told: &[Told], first: i32) -> Vec<TrendYear> {
    let of = |year: i32| told.iter().find(|value| value.id == year.to_string());
    // What was drawn or shared out was measured as before the break.
    let broken = |year: i32| (path.years.0..=year).filter_map(of).any(|value| value.breaks_series);
    let year = |year: i32| {
        let (now, before) = (of(year), of(year - 1));
        let required = required(path, year);
        let breaks_series = now.is_some_and(|value| value.breaks_series);
        let change = now.zip(before).filter(|_| !breaks_series);
        let change = change.and_then(|(now, before)| now.actual.single()?.checked_sub(before.actual.single()?));
        let reached = now.and_then(|value| value.actual.single());
        TrendYear {
            year,
            on_path: reached
                .zip(required.as_ref().filter(|required| required.from == RequiredFrom::Target || !broken(year)))
                .map(|(reached, required)| holds(path.direction, reached, required.number)),
            required,
            actual: now.map(|value| value.actual.clone()),
            better: change.filter(|change| !change.is_zero()).map(|change| is_better(path.direction, change)),
            change,
            breaks_series,
        }
    };
    (first..=path.years.1).map(year).collect()
}

fn holds(direction: TargetDirection, reached: Decimal, required: Decimal) -> bool {
    if more_is_better(direction) { reached >= required } else { reached <= required }
}

fn is_better(direction: TargetDirection, change: Decimal) -> bool {
    change.is_sign_positive() == more_is_better(direction)
}

/// The end of a target that has to be reached.
fn needed(target: &Target, direction: TargetDirection) -> Option<Decimal> {
    if more_is_better(direction) { target.low.or(target.high) } else { target.high.or(target.low) }
}

/// What the path asks for in a year: its own target, or what follows from one of several years that holds it.
fn required(path: &Path<'_>, year: i32) -> Option<Required> {
    let number = |wanted: &Wanted| needed(&wanted.target, path.direction);
    let years: Vec<(RangeInclusive<i32>, &Wanted)> =
        path.wanted.iter().filter_map(|wanted| Some((wanted.period.whole_years()?, wanted))).collect();
    if let Some((_, own)) = years.iter().find(|(years, _)| *years == (year..=year)) {
        return number(own).map(|number| Required { number, from: RequiredFrom::Target });
    }
    if !(path.years.0..=path.years.1).contains(&year) {
        return None;
    }
    if path.aggregation == Aggregation::End {
        let (end, later) =
            years.iter().map(|(years, wanted)| (*years.end(), wanted)).filter(|(end, _)| *end >= year).min_by_key(|(end, _)| *end)?;
        let earlier = years.iter().map(|(years, wanted)| (*years.end(), wanted)).filter(|(end, _)| *end < year).max_by_key(|(end, _)| *end);
        let start = earlier.and_then(|(end, wanted)| Some((end, number(wanted)?))).or(path.baseline)?;
        return line(start, (end.min(path.years.1), number(later)?), year);
    }
    // Of several periods that hold the year the shortest speaks of it most closely.
    let (held, of) = years.iter().filter(|(years, _)| years.contains(&year)).min_by_key(|(years, _)| years.end() - years.start())?;
    let (from, to) = ((*held.start()).max(path.years.0), (*held.end()).min(path.years.1));
    let whole = number(of)?;
    match path.aggregation {
        Aggregation::Total => {
            Some(Required { number: rounded(whole.checked_div(Decimal::from(to - from + 1))?), from: RequiredFrom::Share })
        }
        _ => Some(Required { number: whole, from: RequiredFrom::Whole }),
    }
}

fn line((from, start): (i32, Decimal), (to, end): (i32, Decimal), year: i32) -> Option<Required> {
    if to <= from || year <= from {
        return None;
    }
    let rise = end.checked_sub(start)?.checked_mul(Decimal::from(year - from))?.checked_div(Decimal::from(to - from))?;
    let source = if year == to { RequiredFrom::Target } else { RequiredFrom::Line };
    Some(Required { number: rounded(start.checked_add(rise)?), from: source })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::targets::{read_actual, read_target};
    use crate::domain::text_enum::assert_names;

    fn wanted(targets: &[(&str, &str)]) -> Vec<Wanted> {
        targets.iter().map(|(id, words)| Wanted { period: Period::of_any(id).unwrap(), target: read_target(words, "") }).collect()
    }

    fn told(values: &[(&str, &str)]) -> Vec<Told> {
        let told = |(id, text): &(&str, &str)| {
            let period = Period::of_any(id).unwrap();
            Told { id: (*id).into(), period, actual: read_actual(text, ""), breaks_series: text.contains('*') }
        };
        values.iter().map(told).collect()
    }

    fn path<'a>(wanted: &'a [Wanted], aggregation: Aggregation, baseline: Option<(i32, i64)>) -> Path<'a> {
        let baseline = baseline.map(|(year, number)| (year, number.into()));
        Path { wanted, baseline, direction: TargetDirection::Increase, aggregation, years: (2021, 2025) }
    }

    fn numbers(years: &[TrendYear]) -> Vec<String> {
        years.iter().map(|year| year.required.as_ref().map_or("-".into(), |r| format!("{} {}", r.number, r.from))).collect()
    }

    #[test]
    fn names() {
        assert_names(RequiredFrom::ALL, RequiredFrom::as_str);
    }

    #[test]
    fn a_straight_line_where_no_year_is_told() {
        let wanted = wanted(&[("2025", "75-80")]);
        let years = trend(&path(&wanted, Aggregation::End, Some((2020, 50))), &told(&[("2022", "61"), ("2023", "64")]), 2020);
        assert_eq!(numbers(&years), ["-", "55 line", "60 line", "65 line", "70 line", "75 target"]);
        let on_path: Vec<Option<bool>> = years.iter().map(|year| year.on_path).collect();
        assert_eq!(on_path, [None, None, Some(true), Some(false), None, None]);
        assert_eq!((years[3].change, years[3].better), (Some(3.into()), Some(true)));
        let without = trend(&path(&wanted, Aggregation::End, None), &[], 2021);
        assert_eq!(numbers(&without), ["-", "-", "-", "-", "75 target"], "nothing is guessed");
    }

    #[test]
    fn a_year_between_starts_the_line_anew() {
        let wanted = wanted(&[("2023", "50"), ("2025", "80")]);
        let years = trend(&path(&wanted, Aggregation::End, Some((2020, 20))), &[], 2021);
        assert_eq!(numbers(&years), ["30 line", "40 line", "50 target", "65 line", "80 target"]);
    }

    #[test]
    fn totals_are_shared_and_means_hold_in_each_year() {
        let wanted = wanted(&[("2021-2025", "100.000")]);
        assert_eq!(numbers(&trend(&path(&wanted, Aggregation::Total, None), &[], 2024)), ["20000 share", "20000 share"]);
        assert_eq!(numbers(&trend(&path(&wanted, Aggregation::Average, None), &[], 2025)), ["100000 whole"]);
    }

    #[test]
    fn a_period_asks_for_its_own_years_alone() {
        let later = wanted(&[("2024-2025", "100"), ("2022H1", "7")]);
        assert_eq!(numbers(&trend(&path(&later, Aggregation::Total, None), &[], 2022)), ["-", "-", "50 share", "50 share"]);
        let wide = wanted(&[("2020-2025", "100"), ("2025H1", "7")]);
        assert_eq!(numbers(&trend(&path(&wide, Aggregation::Total, None), &[], 2024)), ["20 share", "20 share"], "the years on the path");
        let half = wanted(&[("2025H1", "7"), ("2025", "10")]);
        let line = trend(&path(&half, Aggregation::End, Some((2020, 5))), &[], 2024);
        assert_eq!(numbers(&line), ["9 line", "10 target"], "a half of a year is no year");
    }

    #[test]
    fn a_line_is_not_held_against_what_is_measured_anew() {
        let wanted = wanted(&[("2023", "10"), ("2025", "20")]);
        let years = trend(
            &path(&wanted, Aggregation::End, Some((2020, 4))),
            &told(&[("2021", "5"), ("2022", "9 *"), ("2023", "9"), ("2024", "30")]),
            2021,
        );
        let on_path: Vec<Option<bool>> = years.iter().map(|year| year.on_path).collect();
        assert_eq!(on_path, [Some(false), None, Some(false), None, None], "a target of the year itself is");
    }

    #[test]
    fn ranks_fall_for_the_better_and_a_break_is_not_compared() {
        let wanted = wanted(&[("2021-2025", "nhóm 30 tỉnh đầu")]);
        let ranks = Path { direction: TargetDirection::Rank, ..path(&wanted, Aggregation::EveryYear, None) };
        let years = trend(&ranks, &told(&[("2021", "38"), ("2022", "12"), ("2023", "9 *")]), 2021);
        assert_eq!((years[1].change, years[1].better, years[1].on_path), (Some((-26).into()), Some(true), Some(true)));
        assert_eq!((years[0].on_path, years[2].change, years[2].breaks_series), (Some(false), None, true));
    }

    proptest! {
        /// A line ends at its target and never leaves the way between its ends.
        #[test]
        fn a_line_stays_between_its_ends(start in -1000..1000i64, end in 0..1000i64) {
            let wanted = wanted(&[("2025", &end.to_string())]);
            let years = trend(&path(&wanted, Aggregation::End, Some((2020, start))), &[], 2021);
            let numbers: Vec<Decimal> = years.iter().map(|year| year.required.as_ref().unwrap().number).collect();
            prop_assert_eq!(numbers.last().copied(), Some(Decimal::from(end)));
            prop_assert!(numbers.iter().all(|n| *n >= start.min(end).into() && *n <= start.max(end).into()));
            prop_assert!(numbers.windows(2).all(|pair| (pair[1] >= pair[0]) == (end >= start) || pair[0] == pair[1]));
        }
    }
}
