//! Laws and examples of periods.

use chrono::{Datelike, NaiveDate, Weekday};
use proptest::prelude::*;

use super::{Due, Every, MonthOf, Period, Recurrence, Rule, periods};
use crate::domain::deadline::{Context, TermSpan, parse};

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn of(recurrence: &str, from: &str, to: &str) -> Vec<(String, String)> {
    let rule = Rule { recurrence: recurrence.parse().unwrap(), start: None, end: None };
    periods(&rule, date(from), date(to)).into_iter().map(|period| (period.id, period.due.to_string())).collect()
}

fn shown(found: &[(String, String)]) -> Vec<(&str, &str)> {
    found.iter().map(|(id, due)| (id.as_str(), due.as_str())).collect()
}

#[test]
fn each_cycle_has_its_ids_and_days() {
    for (recurrence, from, to, expected) in [
        ("quarterly", "2021-08-01", "2021-10-01", vec![("2021Q3", "2021-09-30"), ("2021Q4", "2021-12-31")]),
        ("yearly, before 15/12", "2021-01-01", "2021-12-31", vec![("2021", "2021-12-14")]),
        ("yearly, before 1/3", "2023-01-01", "2024-12-31", vec![("2023", "2023-02-28"), ("2024", "2024-02-29")]),
        ("yearly, month 6", "2021-01-01", "2021-12-31", vec![("2021", "2021-06-30")]),
        ("half-yearly", "2021-06-30", "2021-07-01", vec![("2021H1", "2021-06-30"), ("2021H2", "2021-12-31")]),
        ("monthly, by 31", "2021-02-01", "2021-03-01", vec![("2021-02", "2021-02-28"), ("2021-03", "2021-03-31")]),
        ("monthly, before 5 of next month", "2021-12-01", "2021-12-31", vec![("2021-12", "2022-01-04")]),
        ("quarterly, by 20 of first month", "2021-01-01", "2021-03-31", vec![("2021Q1", "2021-01-20")]),
        // 30 July 2021 was a Friday; 30 June a Wednesday, so that the last Friday is of the week before.
        ("monthly, Friday of last week", "2021-06-01", "2021-07-31", vec![("2021-06", "2021-06-25"), ("2021-07", "2021-07-30")]),
        ("monthly, Monday of first week", "2021-06-01", "2021-06-30", vec![("2021-06", "2021-06-07")]),
        ("weekly", "2021-01-01", "2021-01-04", vec![("2020W53", "2021-01-01"), ("2021W01", "2021-01-08")]),
        ("weekly, Monday", "2021-07-26", "2021-08-01", vec![("2021W30", "2021-07-26")]),
        (
            "yearly + 5-yearly",
            "2025-01-01",
            "2026-01-01",
            vec![("2025", "2025-12-31"), ("2021-2025", "2025-12-31"), ("2026", "2026-12-31"), ("2026-2030", "2030-12-31")],
        ),
    ] {
        let found = of(recurrence, from, to);
        let mut found = shown(&found);
        let mut expected = expected;
        found.sort_unstable();
        expected.sort_unstable();
        assert_eq!(found, expected, "{recurrence}");
    }
}

#[test]
fn words_that_make_no_sense_are_refused() {
    for text in [
        "",
        "daily",
        "monthly, before 15/12",
        "yearly, before 1/1",
        "yearly, by 29/2",
        "monthly, before 1",
        "monthly, by 32",
        "yearly, month 13",
        "weekly, Friday of last week",
        "monthly + yearly, by 5",
        "continuous",
        "on demand",
        "per report",
        "monthly/quarterly/yearly, before 20",
    ] {
        assert!(text.parse::<Recurrence>().is_err(), "{text}");
    }
}

/// From the words of a cell to what is owed: "3 of 5 done".
#[test]
fn a_deadline_tells_what_is_owed() {
    let term = TermSpan { start: date("2020-10-14"), end: date("2025-10-13") };
    let context = Context { term: Some(term), ..Context::default() };
    for (text, expected) in [
        ("xúc tiến hằng năm 2027 - 2030", vec!["2027", "2028", "2029", "2030"]),
        ("cho cả nhiệm kỳ và từng năm", vec!["2020", "2021", "2022", "2023", "2024", "2020-2025", "2025"]),
        ("Danh mục quý II/2027; cập nhật hằng năm từ 2029 đến 2030", vec!["2029", "2030"]),
        ("hằng quý đến hết quý II/2020", vec!["2020Q1", "2020Q2"]),
        ("thường xuyên", vec![]),
        ("quý II/2027", vec![]),
    ] {
        let rules = Rule::of(&parse(text, &context));
        let owed: Vec<String> =
            rules.iter().flat_map(|rule| periods(rule, date("2020-01-01"), date("2030-12-31"))).map(|period| period.id).collect();
        assert_eq!(owed, expected, "{text}");
    }
}

#[test]
fn five_years_and_the_term_that_are_the_same_years_are_owed_once() {
    let recurrence = Recurrence::new(vec![Every::FiveYears, Every::Term], Due::PeriodEnd).unwrap();
    let (start, end) = (date("2021-01-01"), date("2025-01-01"));
    let all = periods(&Rule { recurrence, start: Some(start), end: Some(end) }, start, end);
    assert_eq!(all.iter().map(|period| (period.id.as_str(), period.end)).collect::<Vec<_>>(), [("2021-2025", end)]);
}

fn due() -> impl Strategy<Value = Due> {
    let weekday = || (0..7u8).prop_map(|n| Weekday::try_from(n).unwrap());
    let month = prop::sample::select(vec![MonthOf::First, MonthOf::Last, MonthOf::Next]);
    prop_oneof![
        Just(Due::PeriodEnd),
        (1..=12u32, 1..=31u32, any::<bool>()).prop_map(|(month, day, before)| Due::Date { month, day, before }),
        (1..=12u32).prop_map(Due::EndOfMonth),
        (1..=31u32, month, any::<bool>()).prop_map(|(day, of, before)| Due::DayOfMonth { day, of, before }),
        weekday().prop_map(Due::Weekday),
        weekday().prop_map(Due::FirstWeek),
        weekday().prop_map(Due::LastWeek),
    ]
}

fn rule() -> impl Strategy<Value = Rule> {
    use Every::{FiveYears, Half, Month, Quarter, Term, Week, Year};
    let every = prop::sample::subsequence(vec![Week, Month, Quarter, Half, Year, FiveYears, Term], 1..=3);
    let one = prop::sample::subsequence(vec![Week, Month, Quarter, Half, Year], 1);
    let recurrence = (prop_oneof![every, one], due()).prop_filter_map("must fit", |(every, due)| Recurrence::new(every, due));
    (recurrence, prop::option::of(day()), prop::option::of(day())).prop_map(|(recurrence, start, end)| Rule { recurrence, start, end })
}

fn day() -> impl Strategy<Value = NaiveDate> {
    (2015..2035i32, 1..=365u32).prop_map(|(year, day)| NaiveDate::from_yo_opt(year, day).unwrap())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn words_read_back(rule in rule()) {
        prop_assert_eq!(rule.recurrence.to_string().parse().ok(), Some(rule.recurrence));
    }

    #[test]
    fn periods_lie_side_by_side(rule in rule(), from in day(), days in 0..2000i64) {
        let to = from + chrono::TimeDelta::days(days);
        let all = periods(&rule, from, to);
        let mut ids: Vec<&str> = all.iter().map(|period| period.id.as_str()).collect();
        let count = ids.len();
        ids.sort_unstable();
        ids.dedup();
        prop_assert_eq!(ids.len(), count, "ids are unique: {:?}", all);
        for period in &all {
            prop_assert!(period.start <= period.end && period.start <= period.due, "{:?}", period);
            prop_assert!(period.start <= to && period.end >= from);
            prop_assert!(rule.start.is_none_or(|start| start <= period.due) && rule.end.is_none_or(|end| period.start <= end));
        }
        if let [_] = rule.recurrence.every() {
            for pair in all.windows(2) {
                if let [earlier, later] = pair {
                    prop_assert_eq!(earlier.end.succ_opt(), Some(later.start), "no gap, no overlap");
                    prop_assert!(earlier.due < later.due);
                }
            }
        }
    }

    /// Without bounds every day lies in exactly one period of a cycle.
    #[test]
    fn no_day_is_left_out(every in 0..6usize, day in day()) {
        use Every::{FiveYears, Half, Month, Quarter, Week, Year};
        let every = [Week, Month, Quarter, Half, Year, FiveYears].get(every).copied().unwrap();
        let rule = Rule { recurrence: Recurrence::new([every], Due::PeriodEnd).unwrap(), start: None, end: None };
        let all: Vec<Period> = periods(&rule, day, day);
        prop_assert!(matches!(all.as_slice(), [one] if one.start <= day && day <= one.end && day.year() >= one.start.year()));
    }
}
