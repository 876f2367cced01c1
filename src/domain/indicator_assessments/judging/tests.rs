//! From values to verdicts.

use proptest::prelude::*;

use super::*;
use crate::domain::periods::Period;
use crate::domain::targets::{TargetDirection, read_actual, read_target};
use crate::domain::text_enum::assert_names;

fn period(id: &str) -> Period {
    Period::of_any(id).unwrap()
}

fn told(values: &[(&str, &str)]) -> Vec<Told> {
    let told =
        |(id, text): &(&str, &str)| Told { id: (*id).into(), period: period(id), actual: read_actual(text, ""), breaks_series: false };
    values.iter().map(told).collect()
}

fn judged(words: &str, id: &str, aggregation: Aggregation, today: &str, values: &[(&str, &str)]) -> Judgement {
    let target = read_target(words, "");
    let direction = if words.contains("nhóm") { TargetDirection::Rank } else { TargetDirection::Increase };
    let today = today.parse().unwrap();
    let question = Question { target: &target, id, period: period(id), direction, aggregation, path: (2021, 2025), today };
    judge(&question, &told(values), KeptBound::Exceeded)
}

fn verdict(words: &str, id: &str, aggregation: Aggregation, today: &str, values: &[(&str, &str)]) -> (Verdict, Option<VerdictCause>) {
    let Judgement { verdict, cause, .. } = judged(words, id, aggregation, today, values);
    (verdict, cause)
}

#[test]
fn names() {
    assert_names(VerdictCause::ALL, VerdictCause::as_str);
}

#[test]
fn the_last_year_stands() {
    use Aggregation::End;
    let values = [("2023", "80,33"), ("2024", "93,78")];
    assert_eq!(verdict("77-80", "2025", End, "2025-06-30", &values), (Verdict::NotYetDue, Some(VerdictCause::NotOver)));
    assert_eq!(verdict("77-80", "2025", End, "2026-01-15", &values), (Verdict::NotAssessable, Some(VerdictCause::ValueMissing)));
    let with = [("2025", "81"), ("2024", "93,78")];
    assert_eq!(verdict("77-80", "2020-2025", End, "2026-01-15", &with), (Verdict::Exceeded, None));
    assert_eq!(judged("77-80", "2020-2025", End, "2026-01-15", &with).periods, ["2025"]);
    assert_eq!(verdict("77-80", "2024", End, "2025-01-15", &values), (Verdict::Exceeded, None));
}

#[test]
fn totals_are_added_up_and_judged_early_only_where_nothing_can_change() {
    use Aggregation::Total;
    let three = [("2021", "30.000"), ("2022", "35.000"), ("2023", "36.000")];
    let at = "2024-01-10";
    assert_eq!(verdict("Khoảng 100.000", "2021-2025", Total, at, &three), (Verdict::Exceeded, None));
    assert_eq!(verdict("200.000", "2021-2025", Total, at, &three), (Verdict::NotYetDue, Some(VerdictCause::NotOver)));
    assert_eq!(judged("200.000", "2021-2025", Total, at, &three).actual.unwrap().text, "101.000");
    assert_eq!(verdict("không quá 90.000", "2021-2025", Total, at, &three).0, Verdict::NotMet);
    assert_eq!(verdict("không quá 110.000", "2021-2025", Total, at, &three).0, Verdict::NotYetDue);
    assert_eq!(verdict("101.000-120.000", "2021-2025", Total, at, &three).0, Verdict::NotYetDue, "it may still go past the range");
}

#[test]
fn an_open_value_leaves_a_total_open() {
    let values = [("2021", "905"), ("2022", "Trên 1.000")];
    let total = |today| verdict("4.330", "2021-2025", Aggregation::Total, today, &values);
    assert_eq!(total("2023-10-02"), (Verdict::NotYetDue, Some(VerdictCause::NotOver)));
    assert_eq!(total("2026-01-10"), (Verdict::NotAssessable, Some(VerdictCause::ValueUnreadable)));
}

#[test]
fn the_mean_of_the_years_stands() {
    let growth = [("2021", "3,28"), ("2022", "13,94"), ("2023", "12,27"), ("2024", "8,76")];
    let mean = |today, values: &[_]| judged("6,5-7", "2021-2025", Aggregation::Average, today, values);
    assert_eq!(mean("2025-06-30", &growth).verdict, Verdict::NotYetDue);
    assert_eq!(mean("2025-06-30", &growth).actual.unwrap().text, "9,56", "as far as it is known");
    let all = [growth.as_slice(), &[("2025", "7")]].concat();
    let judged = mean("2026-01-10", &all);
    assert_eq!((judged.verdict, judged.actual.unwrap().text.as_str(), judged.periods.len()), (Verdict::Exceeded, "9,05", 5));
}

#[test]
fn each_year_has_to_hold() {
    let ranks = [("2021", "38"), ("2022", "12"), ("2023", "9")];
    let judged = |values: &[_], today| verdict("Hằng năm thuộc nhóm 30 tỉnh đầu", "2021-2025", Aggregation::EveryYear, today, values);
    assert_eq!(judged(&ranks, "2024-06-01").0, Verdict::NotMet, "2021 decides it");
    assert_eq!(judged(&ranks[1..], "2024-06-01"), (Verdict::NotYetDue, Some(VerdictCause::NotOver)));
    assert_eq!(judged(&ranks[1..], "2026-06-01"), (Verdict::NotAssessable, Some(VerdictCause::ValueMissing)));
}

#[test]
fn years_that_are_measured_in_two_ways_are_not_taken_together() {
    let mut told = told(&[("2021", "30"), ("2022", "35"), ("2023", "900")]);
    let target = read_target("100", "");
    let question = |aggregation| Question {
        target: &target,
        id: "2021-2025",
        period: period("2021-2025"),
        direction: TargetDirection::Increase,
        aggregation,
        path: (2021, 2025),
        today: "2024-01-01".parse().unwrap(),
    };
    told[2].breaks_series = true;
    for aggregation in [Aggregation::Total, Aggregation::Average] {
        let judged = judge(&question(aggregation), &told, KeptBound::Exceeded);
        assert_eq!((judged.verdict, judged.cause), (Verdict::NotAssessable, Some(VerdictCause::NotComparable)));
    }
    // Where the first year is measured anew, all of them are measured so.
    (told[0].breaks_series, told[2].breaks_series) = (true, false);
    assert_eq!(judge(&question(Aggregation::Total), &told, KeptBound::Exceeded).verdict, Verdict::Exceeded);
}

#[test]
fn of_several_years_those_on_the_path_count() {
    let values = [("2021", "80")];
    assert_eq!(verdict("77-80", "2020-2021", Aggregation::End, "2022-01-15", &values), (Verdict::Met, None));
    assert_eq!(verdict("77-80", "2020-2021", Aggregation::Total, "2022-01-15", &values), (Verdict::Met, None));
    let quarter = [("2021Q1", "80")];
    assert_eq!(verdict("77-80", "2021", Aggregation::End, "2022-01-15", &quarter).1, Some(VerdictCause::ValueMissing));
}

#[test]
fn each_year_better_than_the_one_before_unless_it_is_measured_anew() {
    let improve = "Năm sau cao hơn năm trước";
    let values = [("2020", "39"), ("2021", "40"), ("2022", "52")];
    assert_eq!(verdict(improve, "2022", Aggregation::End, "2023-01-01", &values).0, Verdict::Met);
    assert_eq!(verdict(improve, "2020", Aggregation::End, "2023-01-01", &values).1, Some(VerdictCause::NothingBefore));
    let target = read_target(improve, "");
    let mut told = told(&values);
    told[2].breaks_series = true;
    let question = Question {
        target: &target,
        id: "2022",
        period: period("2022"),
        direction: TargetDirection::Increase,
        aggregation: Aggregation::End,
        path: (2021, 2025),
        today: "2023-01-01".parse().unwrap(),
    };
    let judged = judge(&question, &told, KeptBound::Exceeded);
    assert_eq!((judged.verdict, judged.cause), (Verdict::NotAssessable, Some(VerdictCause::NotComparable)));
}

#[test]
fn what_cannot_be_read_is_never_judged() {
    use Aggregation::End;
    let values = [("2025", "chưa thống kê")];
    assert_eq!(verdict("77", "2025", End, "2026-01-01", &values), (Verdict::NotAssessable, Some(VerdictCause::ValueUnreadable)));
    let words = [("2025", "5")];
    assert_eq!(verdict("Giữ vững ổn định", "2025", End, "2026-01-01", &words).1, Some(VerdictCause::TargetInWords));
    assert_eq!(verdict("5 xã 2021, 6 xã 2022", "2025", End, "2026-01-01", &words).1, Some(VerdictCause::TargetUnreadable));
}

#[test]
fn several_components_under_one_verdict() {
    use Verdict::{BasicallyMet, Exceeded, Met, NotAssessable, NotMet, NotYetDue};
    // Đắk Nông: 2 of 4 hold is "cơ bản đạt", none of 4 is "không đạt" (docs/SOURCES.md).
    assert_eq!(together(&[Met, Exceeded, NotMet, NotMet]), BasicallyMet);
    assert_eq!(together(&[NotMet; 4]), NotMet);
    assert_eq!((together(&[Met, Exceeded]), together(&[Exceeded; 2])), (Met, Exceeded));
    assert_eq!((together(&[Met, NotYetDue]), together(&[Met, NotAssessable]), together(&[])), (NotYetDue, NotAssessable, NotYetDue));
}

proptest! {
    /// A verdict given before the end is the one given at the end, whatever the years to come bring.
    #[test]
    fn an_early_verdict_of_a_total_stands(years in prop::collection::vec(0..100u32, 5), low in 0..400u32, width in 0..60u32, kind in 0..3usize, cut in 1..5usize) {
        let words = [format!("{low}-{}", low + width), format!("trên {low}"), format!("không quá {low}")][kind].clone();
        let values: Vec<(String, String)> = years.iter().enumerate().map(|(i, v)| (format!("{}", 2021 + i), v.to_string())).collect();
        let values: Vec<(&str, &str)> = values.iter().map(|(id, text)| (id.as_str(), text.as_str())).collect();
        let early = verdict(&words, "2021-2025", Aggregation::Total, "2024-01-01", &values[..cut]).0;
        let late = verdict(&words, "2021-2025", Aggregation::Total, "2026-01-01", &values).0;
        let reached = |verdict| matches!(verdict, Verdict::Met | Verdict::Exceeded);
        prop_assert!(early == Verdict::NotYetDue || reached(early) == reached(late), "{words}: {early} {late}");
    }

    /// One component more that holds never makes it worse.
    #[test]
    fn components_are_monotone(holding in 0..5usize, failing in 0..5usize) {
        prop_assume!(holding + failing > 0);
        let place = |verdict| [Verdict::NotMet, Verdict::BasicallyMet, Verdict::Met].iter().position(|v| *v == verdict);
        let components = |holding: usize| [vec![Verdict::Met; holding], vec![Verdict::NotMet; failing]].concat();
        prop_assert!(place(together(&components(holding))) <= place(together(&components(holding + 1))));
    }
}
