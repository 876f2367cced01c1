//! The drawing of an indicator's trend: what its path asks for, and what was reached.

use std::fmt::Write;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::domain::indicator_trends::TrendYear;
use crate::domain::targets::{Actual, TargetDirection, written};

/// So wide, so high.
const WIDTH: i64 = 720;
const HEIGHT: i64 = 220;

/// A drawing.
pub struct Chart {
    /// What is asked for, from left to right.
    pub required: String,
    /// What was reached: a line for each stretch of years that can be compared.
    pub reached: Vec<String>,
    /// Each value: where it stands, and what it says.
    pub points: Vec<(i64, i64, String)>,
    /// Each year: where it stands.
    pub years: Vec<(i64, i32)>,
    /// The ends of the scale, top and bottom.
    pub scale: (String, String),
}

/// The drawing of these years; none without a number. A first place stands on top.
pub fn chart(years: &[TrendYear], direction: TargetDirection) -> Option<Chart> {
    let reached = |year: &TrendYear| year.actual.as_ref().and_then(Actual::single);
    let required = |year: &TrendYear| year.required.as_ref().map(|required| required.number);
    let numbers: Vec<Decimal> = years.iter().flat_map(|year| [reached(year), required(year)]).flatten().collect();
    let (low, high) = (*numbers.iter().min()?, *numbers.iter().max()?);
    let steps = i64::try_from(years.len()).ok()?.saturating_sub(1).max(1);
    let x = |place: usize| i64::try_from(place).unwrap_or_default() * WIDTH / steps;
    let falls = direction == TargetDirection::Rank;
    let y = |number: Decimal| {
        let part = if high == low { Decimal::new(5, 1) } else { (number - low).checked_div(high - low).unwrap_or_default() };
        let down = if falls { part } else { Decimal::ONE - part };
        (down * Decimal::from(HEIGHT)).round().to_i64().unwrap_or_default()
    };
    let mut drawn = Chart {
        required: String::new(),
        reached: vec![String::new()],
        points: Vec::new(),
        years: Vec::new(),
        scale: ends(low, high, falls),
    };
    for (place, year) in years.iter().enumerate() {
        drawn.years.push((x(place), year.year));
        if let Some(number) = required(year) {
            let _ = write!(drawn.required, "{},{} ", x(place), y(number));
        }
        let Some(number) = reached(year) else { continue };
        if year.breaks_series {
            drawn.reached.push(String::new());
        }
        if let Some(line) = drawn.reached.last_mut() {
            let _ = write!(line, "{},{} ", x(place), y(number));
        }
        drawn.points.push((x(place), y(number), year.actual.as_ref().map(|actual| actual.text.clone()).unwrap_or_default()));
    }
    drawn.reached.retain(|line| !line.is_empty());
    Some(drawn)
}

fn ends(low: Decimal, high: Decimal, falls: bool) -> (String, String) {
    let (low, high) = (written(low), written(high));
    if falls { (low, high) } else { (high, low) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn year(year: i32, reached: Option<i64>, breaks_series: bool) -> TrendYear {
        let actual = reached.map(|number| Actual::number(number.to_string(), number.into()));
        TrendYear { year, required: None, actual, change: None, better: None, breaks_series, on_path: None }
    }

    #[test]
    fn a_line_runs_from_edge_to_edge_and_breaks_where_it_is_measured_anew() {
        let years = [year(2020, Some(10), false), year(2021, Some(20), false), year(2022, Some(0), true), year(2023, None, false)];
        let drawn = chart(&years, TargetDirection::Increase).unwrap();
        assert_eq!(drawn.reached, ["0,110 240,0 ", "480,220 "]);
        assert_eq!((drawn.scale, drawn.points.len(), drawn.years.len()), (("20".into(), "0".into()), 3, 4));
        let ranks = chart(&years, TargetDirection::Rank).unwrap();
        assert_eq!((ranks.reached[0].as_str(), ranks.scale.0.as_str()), ("0,110 240,220 ", "0"), "a first place is on top");
        assert!(chart(&[year(2020, None, false)], TargetDirection::Increase).is_none());
    }
}
