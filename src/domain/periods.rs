//! Periods of the calendar by their ids: a year, a half, a quarter, a month; and several years.

use std::ops::RangeInclusive;

use chrono::{Datelike, Days, Months, NaiveDate};
use validator::ValidationError;

use super::date_words::YEARS;

/// A period that is read from its id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    /// First day.
    pub first: NaiveDate,
    /// Last day, inclusive.
    pub last: NaiveDate,
}

impl Period {
    /// The period called so: `2021`, `2021H1`, `2021Q3`, `2021-07`. None for anything else, and for years that
    /// documents do not speak of.
    pub fn of(id: &str) -> Option<Self> {
        let (year, rest) = id.split_at_checked(4)?;
        let year: i32 = year.parse().ok().filter(|year| YEARS.contains(year) && id.is_ascii())?;
        let part = |count: u32, most: u32, months: u32| (1..=most).contains(&count).then(|| ((count - 1) * months, months));
        let digits = |text: &str, width: usize| {
            let fits = text.len() == width && text.bytes().all(|byte| byte.is_ascii_digit());
            text.parse::<u32>().ok().filter(|_| fits)
        };
        let (skipped, months) = match rest.split_at_checked(1) {
            None => (0, 12),
            Some(("H", half)) => part(digits(half, 1)?, 2, 6)?,
            Some(("Q", quarter)) => part(digits(quarter, 1)?, 4, 3)?,
            Some(("-", month)) => part(digits(month, 2)?, 12, 1)?,
            Some(_) => return None,
        };
        let first = NaiveDate::from_ymd_opt(year, 1, 1)?.checked_add_months(Months::new(skipped))?;
        Some(Self { first, last: first.checked_add_months(Months::new(months))?.checked_sub_days(Days::new(1))? })
    }

    /// The period called so, or the years from one to another: `2021-2025`.
    pub fn of_any(id: &str) -> Option<Self> {
        let span = id.split_once('-').filter(|(from, to)| from.len() == 4 && to.len() == 4);
        let Some((from, to)) = span else { return Self::of(id) };
        let (from, to) = (Self::of(from)?, Self::of(to)?);
        (from.first < to.first).then_some(Self { first: from.first, last: to.last })
    }

    /// Its years, if it is whole ones.
    pub fn whole_years(self) -> Option<RangeInclusive<i32>> {
        let whole = self.first.ordinal() == 1 && self.last.succ_opt().is_none_or(|next| next.ordinal() == 1);
        whole.then(|| self.years())
    }

    /// Its years, first and last.
    pub fn years(self) -> RangeInclusive<i32> {
        self.first.year()..=self.last.year()
    }
}

/// For `#[validate(custom)]`: the id of a period, or of several years.
///
/// # Errors
/// `period_or_span`.
pub fn id_or_span(text: &str) -> Result<(), ValidationError> {
    if Period::of_any(text).is_some() { Ok(()) } else { Err(ValidationError::new("period_or_span")) }
}

/// For `#[validate(custom)]`: the id of a period.
///
/// # Errors
/// `period`.
pub fn id(text: &str) -> Result<(), ValidationError> {
    if Period::of(text).is_some() { Ok(()) } else { Err(ValidationError::new("period")) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn days(id: &str) -> Option<String> {
        Period::of(id).map(|period| format!("{}/{}", period.first, period.last))
    }

    #[test]
    fn periods_are_read_by_their_ids() {
        assert_eq!(days("2023").as_deref(), Some("2023-01-01/2023-12-31"));
        assert_eq!(days("2023H2").as_deref(), Some("2023-07-01/2023-12-31"));
        assert_eq!(days("2021Q3").as_deref(), Some("2021-07-01/2021-09-30"));
        assert_eq!(days("2024-02").as_deref(), Some("2024-02-01/2024-02-29"));
        for wrong in
            ["", "20", "2023Q5", "2023Q0", "2023H3", "2023-13", "2023-1", "2023-+1", "2023q1", "2023Q11", "99Q1", "năm 2023", "2023Ｑ1"]
        {
            assert_eq!(days(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn several_years_are_read_from_the_first_to_the_last() {
        let days = |id: &str| Period::of_any(id).map(|period| format!("{}/{}", period.first, period.last));
        assert_eq!(days("2021-2025").as_deref(), Some("2021-01-01/2025-12-31"));
        assert_eq!(days("2021-07").as_deref(), Some("2021-07-01/2021-07-31"));
        for wrong in ["2025-2021", "2021-2021", "2021-20", "2021-20255", "2021H1-2025", "2021–2025", ""] {
            assert_eq!(days(wrong), None, "{wrong}");
        }
        assert_eq!(Period::of_any("2020-2025").unwrap().years(), 2020..=2025);
        let whole = |id: &str| Period::of_any(id).unwrap().whole_years();
        assert_eq!(
            [whole("2021"), whole("2020-2025"), whole("2021H1"), whole("2021H2"), whole("2021-12")],
            [Some(2021..=2021), Some(2020..=2025), None, None, None]
        );
    }

    proptest! {
        #[test]
        fn the_parts_of_a_year_follow_each_other(year in 1950_i32..2090) {
            let parts = |count: u32, id: &dyn Fn(u32) -> String| (1..=count).filter_map(|n| Period::of(&id(n))).collect::<Vec<_>>();
            let whole = Period::of(&year.to_string()).unwrap();
            for parts in [parts(2, &|n| format!("{year}H{n}")), parts(4, &|n| format!("{year}Q{n}")), parts(12, &|n| format!("{year}-{n:02}"))] {
                prop_assert_eq!((parts.first().unwrap().first, parts.last().unwrap().last), (whole.first, whole.last));
                prop_assert!(parts.windows(2).all(|pair| pair[0].last.succ_opt() == Some(pair[1].first)));
            }
        }

        #[test]
        fn nothing_makes_it_panic(text in "\\PC{0,12}") {
            let _ = Period::of(&text);
        }
    }
}
