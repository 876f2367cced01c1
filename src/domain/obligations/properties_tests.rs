//! Laws of obligations.

use chrono::{NaiveDate, TimeDelta};
use proptest::prelude::*;

use super::tests::{date, done, judged, keys, promise};
use super::*;
use crate::domain::progress_reports::{ReportState, Verification};

const WORDS: [&str; 10] = [
    "hằng quý đến 2025",
    "hằng năm",
    "trước ngày 15/12 hằng năm đến 2026",
    "hằng tháng đến hết năm 2023",
    "định kỳ 6 tháng",
    "30/9/2022",
    "thường xuyên",
    "Danh mục quý II/2022; cập nhật hằng năm từ 2023 đến 2026",
    "hằng quý (phấn đấu)",
    "chiều thứ sáu hằng tuần",
];

fn day() -> impl Strategy<Value = NaiveDate> {
    (0..1500i64).prop_map(|n| date("2021-01-01") + TimeDelta::days(n))
}

/// A history of deadlines, in order.
fn history() -> impl Strategy<Value = (NaiveDate, Vec<Promise>)> {
    (day(), prop::collection::vec((0..400i64, prop::sample::select(&WORDS[..])), 1..4)).prop_map(|(begun, steps)| {
        let mut on = begun;
        let promised = steps.into_iter().map(|(days, words)| {
            on += TimeDelta::days(days);
            promise(&on.to_string(), words)
        });
        (begun, promised.collect())
    })
}

fn reports() -> impl Strategy<Value = Vec<ReportFact>> {
    let key = prop::sample::select(vec!["2021Q3", "2021Q4", "2022", "2022Q1", "2022Q2", "2023", "2022H1", "m1", "m2-2023", ""]);
    let state = prop::sample::select(vec![ReportState::NotStarted, ReportState::InProgress, ReportState::Completed]);
    let verification = prop::sample::select(Verification::ALL);
    let report = (key, state, verification, day()).prop_map(|(key, state, verification, on)| ReportFact {
        period: Some(key.to_owned()).filter(|key| !key.is_empty()),
        state,
        verification,
        product_on: (state == ReportState::Completed).then_some(on),
        ..done(0, key, &on.to_string())
    });
    prop::collection::vec(report, 0..12).prop_map(|mut reports| {
        reports.iter_mut().zip(1..).for_each(|(report, n)| report.position = n);
        reports
    })
}

proptest! {
    #[test]
    fn each_is_owed_once_and_counted_once((begun, promised) in history(), reports in reports(), on in day(), judged in any::<bool>()) {
        let owed = Schedule::of(begun, &promised);
        let told = Told::latest(&reports);
        let stood = owed.followed(&told, on);
        let mut seen = keys(&stood);
        seen.sort_unstable();
        let count = seen.len();
        seen.dedup();
        prop_assert_eq!(seen.len(), count);
        match owed.counts(&told, on, judged) {
            None => prop_assert!(stood.is_empty()),
            Some(counts) => {
                let most = i64::try_from(count).unwrap();
                prop_assert!(counts.done <= most && counts.due <= most && counts.late <= most, "{:?}", counts);
                prop_assert!(counts.total.is_none_or(|total| total == most));
            }
        }
        for pair in stood.windows(2) {
            if let [earlier, later] = pair {
                prop_assert!(earlier.obligation.due_on.or(earlier.obligation.end) <= later.obligation.due_on.or(later.obligation.end)
                    || later.obligation.due_on.or(later.obligation.end).is_none());
            }
        }
    }

    /// Nothing depends on the order in which reports are looked at, nor on what was returned.
    #[test]
    fn order_does_not_matter((begun, promised) in history(), mut reports in reports()) {
        let owed = Schedule::of(begun, &promised);
        let settled = owed.settle(&[Decision::Issue], &reports);
        reports.reverse();
        prop_assert_eq!(owed.settle(&[Decision::Issue], &reports), settled);
        let standing: Vec<ReportFact> = reports.into_iter().filter(ReportFact::stands).collect();
        let (state, due_on) = owed.settle(&[Decision::Issue], &standing);
        prop_assert_eq!((state.lifecycle, state.completed_on, state.claimed, due_on), (settled.0.lifecycle, settled.0.completed_on, settled.0.claimed, settled.1));
    }

    /// What a past day is replayed from says as much as all reports (`store/task_facts/past.rs`): of each sort the latest.
    #[test]
    fn the_decisive_reports_say_it_all((begun, promised) in history(), reports in reports()) {
        let owed = Schedule::of(begun, &promised);
        let sort = |report: &ReportFact| {
            let carries = report.percent.is_some() || matches!(report.state, ReportState::Completed | ReportState::NotStarted);
            (report.period.clone(), report.verification == Verification::Verified, carries)
        };
        let standing: Vec<&ReportFact> = reports.iter().filter(|report| report.stands()).collect();
        let latest = |report: &&&ReportFact| standing.iter().all(|other| sort(other) != sort(report) || other.order() <= report.order());
        let decisive: Vec<ReportFact> = standing.iter().filter(latest).map(|report| (*report).clone()).collect();
        let said = |reports: &[ReportFact]| {
            let (state, due_on) = owed.settle(&[Decision::Issue], reports);
            let percent = (state.claimed, state.verified, state.reported, state.has_verified);
            (state.lifecycle, state.confirmed, state.completed_on, percent, due_on)
        };
        prop_assert_eq!(said(&decisive), said(&reports));
    }

    /// One deadline of one cycle: consecutive periods that cover all of the span, each due once.
    #[test]
    fn periods_cover_the_span(begun in day(), words in prop::sample::select(vec!["hằng quý đến 2026", "hằng tháng đến 2026", "trước ngày 15/12 hằng năm đến 2026", "định kỳ 6 tháng"])) {
        let owed = Schedule::of(begun, &[promise(&begun.to_string(), words)]);
        let stood = owed.followed(&HashMap::new(), date("2026-12-31"));
        for pair in stood.windows(2) {
            if let [earlier, later] = pair {
                prop_assert_eq!(earlier.obligation.end.unwrap().succ_opt(), later.obligation.start);
                prop_assert!(earlier.obligation.due_on < later.obligation.due_on);
            }
        }
        let first = stood.first().unwrap();
        prop_assert!(first.obligation.due_on >= Some(begun));
        prop_assert!(stood.last().unwrap().obligation.end >= Some(date("2026-12-31")));
    }

    /// Without periods and steps the state is what it always was.
    #[test]
    fn plain_work_is_judged_as_before(begun in day(), reports in reports(), words in prop::sample::select(vec!["30/9/2022", "thường xuyên", "trong quý III-2021"])) {
        let promised = promise(&begun.to_string(), words);
        let owed = Schedule::of(begun, std::slice::from_ref(&promised));
        prop_assert!(owed.is_plain());
        prop_assert_eq!(owed.settle(&[Decision::Issue], &reports), (crate::domain::task_state::derive(&[Decision::Issue], &reports), promised.due_on));
    }

    /// Doing something more never brings the day to be judged by forward.
    #[test]
    fn more_done_is_never_due_earlier(begun in day(), words in prop::sample::select(&WORDS[..]), mut reports in reports(), key in 0..4usize, on in day()) {
        let owed = Schedule::of(begun, &[promise(&begun.to_string(), words)]);
        reports.retain(|report| report.period.is_some());
        let before = judged(&owed, &reports);
        let stood = owed.stand(&Told::latest(&reports));
        if let Some(open) = stood.iter().filter(|stood| stood.done_on().is_none()).nth(key) {
            let latest = on + TimeDelta::days(3000);
            reports.push(done(99, &open.obligation.key, &latest.to_string()));
            let after = judged(&owed, &reports);
            prop_assert!(after.1 >= before.1 || after.1.is_none(), "{:?} {:?}", before, after);
        }
    }
}
