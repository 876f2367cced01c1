//! Examples of obligations.

use chrono::{DateTime, NaiveDate};

use super::*;
use crate::domain::deadline::{Context, TermSpan, parse};
use crate::domain::progress_reports::{ReportState, Verification};
use crate::domain::text_enum::assert_names;

pub(super) fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub(super) fn promise(recorded_on: &str, words: &str) -> Promise {
    let reference_date = Some(date(recorded_on));
    let deadline = parse(words, &Context { reference_date, ..Context::default() });
    Promise::of(date(recorded_on), Some(&deadline))
}

fn schedule(begun: &str, promises: &[(&str, &str)]) -> Schedule {
    Schedule::of(date(begun), &promises.iter().map(|(on, words)| promise(on, words)).collect::<Vec<_>>())
}

pub(super) fn done(position: i64, period: &str, product_on: &str) -> ReportFact {
    ReportFact {
        position,
        period: Some(period.to_owned()),
        state: ReportState::Completed,
        percent: None,
        measured_on: date(product_on),
        product_on: Some(date(product_on)),
        verification: Verification::Submitted,
        recorded_at: DateTime::from_timestamp(1_600_000_000 + position, 0).unwrap(),
    }
}

fn verified(report: ReportFact) -> ReportFact {
    ReportFact { verification: Verification::Verified, ..report }
}

fn whole(position: i64, state: ReportState, day: &str) -> ReportFact {
    ReportFact { period: None, state, product_on: (state == ReportState::Completed).then(|| date(day)), ..done(position, "", day) }
}

pub(super) fn keys(stood: &[Stood]) -> Vec<&str> {
    stood.iter().map(|stood| stood.obligation.key.as_str()).collect()
}

fn followed(schedule: &Schedule, day: &str) -> Vec<String> {
    schedule.followed(&HashMap::new(), date(day)).into_iter().map(|stood| stood.obligation.key).collect()
}

pub(super) fn judged(schedule: &Schedule, reports: &[ReportFact]) -> (Lifecycle, Option<String>) {
    let (state, due_on) = schedule.settle(&[Decision::Issue], reports);
    (state.lifecycle, due_on.map(|day| day.to_string()))
}

#[test]
fn names_agree() {
    assert_names(ObligationState::ALL, ObligationState::as_str);
}

#[test]
fn repeated_work_owes_from_the_day_it_was_given() {
    for (begun, words, expected) in [
        ("2021-08-03", "hằng quý đến hết quý II/2022", vec!["2021Q3", "2021Q4", "2022Q1", "2022Q2"]),
        ("2021-10-01", "hằng quý đến hết quý II/2022", vec!["2021Q4", "2022Q1", "2022Q2"]),
        // What was due on the day before is not owed; what is due on the day itself is.
        ("2021-12-15", "trước ngày 15/12 hằng năm đến 2023", vec!["2022", "2023"]),
        ("2021-12-14", "trước ngày 15/12 hằng năm đến 2023", vec!["2021", "2022", "2023"]),
        ("2021-08-03", "hằng năm 2022 - 2023", vec!["2022", "2023"]),
        ("2021-08-03", "thường xuyên", vec![]),
        ("2021-08-03", "trong quý III-2021", vec![]),
        ("2021-08-03", "Danh mục quý II/2022; cập nhật hằng năm từ 2023 đến 2024", vec!["m1", "m2-2023", "m2-2024"]),
        ("2021-08-03", "Khởi động quý IV/2026; bộ tiêu chí quý II/2027", vec!["m1", "m2"]),
    ] {
        let owed = schedule(begun, &[(begun, words)]);
        assert_eq!(followed(&owed, begun), expected, "{words}");
        assert_eq!(owed.is_plain(), expected.is_empty(), "{words}");
    }
}

#[test]
fn the_words_of_resolutions_make_periods() {
    let term = TermSpan { start: date("2020-10-14"), end: date("2025-10-13") };
    let context = Context { reference_date: Some(date("2021-08-03")), term: Some(term), ..Context::default() };
    let of = |words: &str| Schedule::of(date("2021-08-03"), &[Promise::of(date("2021-08-03"), Some(&parse(words, &context)))]);
    assert_eq!(followed(&of("cho cả nhiệm kỳ và từng năm"), "2021-08-03"), ["2021", "2022", "2023", "2024", "2020-2025", "2025"]);
    assert_eq!(followed(&of("định kỳ 6 tháng"), "2021-08-03"), ["2021H2", "2022H1"]);
    assert_eq!(followed(&of("Ngày thứ sáu tuần cuối tháng"), "2021-09-30"), ["2021-08", "2021-09", "2021-10"]);
}

#[test]
fn open_ended_work_owes_what_has_begun_and_shows_what_comes_next() {
    let owed = schedule("2021-08-03", &[("2021-08-03", "hằng năm")]);
    assert_eq!(followed(&owed, "2021-08-03"), ["2021", "2022"]);
    assert_eq!(followed(&owed, "2023-01-01"), ["2021", "2022", "2023", "2024"]);
    let weekly = schedule("2021-08-03", &[("2021-08-03", "hằng tuần")]);
    assert_eq!(weekly.stand(&HashMap::new()).len(), MOST);
    // All that is owed so far being done completes nothing.
    let reports = [done(1, "2021", "2021-12-01"), done(2, "2022", "2022-12-01")];
    assert_eq!(judged(&owed, &reports), (Lifecycle::InProgress, Some("2023-12-31".to_owned())));
    assert_eq!(
        owed.counts(&Told::latest(&reports), date("2022-12-31"), true),
        Some(ObligationCounts { done: 2, due: 2, total: None, late: 0 })
    );
}

#[test]
fn the_task_is_judged_by_the_earliest_period_not_yet_done() {
    let owed = schedule("2021-08-03", &[("2021-08-03", "hằng quý đến hết quý II/2022")]);
    assert_eq!(judged(&owed, &[]), (Lifecycle::NotStarted, Some("2021-09-30".to_owned())));
    let mut reports = vec![verified(done(1, "2021Q3", "2021-09-30")), done(2, "2022Q1", "2022-03-31")];
    assert_eq!(judged(&owed, &reports), (Lifecycle::InProgress, Some("2021-12-31".to_owned())), "out of order");
    let told = Told::latest(&reports);
    assert_eq!(owed.counts(&told, date("2022-03-31"), true), Some(ObligationCounts { done: 2, due: 3, total: Some(4), late: 1 }));
    let state = |day: &str| owed.stand(&told).iter().map(|stood| stood.state(date(day), 30, true)).collect::<Vec<_>>();
    use ObligationState::{DueSoon, NotYetDue, Overdue, ReportedOnTime};
    assert_eq!(state("2021-12-31"), [ReportedOnTime, DueSoon, ReportedOnTime, NotYetDue]);
    assert_eq!(state("2022-01-01"), [ReportedOnTime, Overdue, ReportedOnTime, NotYetDue]);
    reports.extend([done(3, "2021Q4", "2022-01-05"), done(4, "2022Q2", "2022-06-20")]);
    let (settled, due_on) = owed.settle(&[Decision::Issue], &reports);
    assert_eq!(
        (settled.lifecycle, settled.confirmed, settled.claimed),
        (Lifecycle::Completed, false, Some(crate::domain::Percent::HUNDRED))
    );
    assert_eq!((settled.completed_on, due_on), (Some(date("2022-06-20")), Some(date("2022-06-30"))));
    assert_eq!(owed.counts(&Told::latest(&reports), date("2022-06-30"), true).unwrap().late, 1, "what was late stays late");
    // A correction opens it again; a return as well.
    reports.push(ReportFact { state: ReportState::InProgress, product_on: None, ..done(5, "2021Q4", "2022-02-01") });
    assert_eq!(judged(&owed, &reports), (Lifecycle::InProgress, Some("2021-12-31".to_owned())));
}

#[test]
fn a_report_on_a_period_is_not_the_tasks_percentage() {
    let owed = schedule("2021-08-03", &[("2021-08-03", "hằng quý đến hết quý II/2022")]);
    let (state, _) = owed.settle(&[Decision::Issue], &[done(1, "2021Q3", "2021-09-30")]);
    assert_eq!((state.claimed, state.reported, state.completed_on), (None, true, None));
    let idle = ReportFact { state: ReportState::NotStarted, product_on: None, ..done(1, "2021Q3", "2021-09-30") };
    assert_eq!(judged(&owed, &[idle]).0, Lifecycle::NotStarted);
}

#[test]
fn work_in_steps_is_still_judged_as_a_whole() {
    let words = "Khởi động quý IV/2021; bộ tiêu chí quý II/2022";
    let owed = schedule("2021-08-03", &[("2021-08-03", words)]);
    assert_eq!(judged(&owed, &[]), (Lifecycle::NotStarted, Some("2022-06-30".to_owned())));
    assert_eq!(judged(&owed, &[done(1, "m1", "2021-12-01")]), (Lifecycle::InProgress, Some("2022-06-30".to_owned())));
    let both = [done(1, "m1", "2021-12-01"), done(2, "m2", "2022-07-02")];
    assert_eq!(judged(&owed, &both), (Lifecycle::Completed, Some("2022-06-30".to_owned())));
    // A report on the whole completes it, too, as it always did.
    assert_eq!(judged(&owed, &[whole(1, ReportState::Completed, "2022-06-01")]), (Lifecycle::Completed, Some("2022-06-30".to_owned())));
}

#[test]
fn a_change_neither_cures_what_was_missed_nor_owes_for_the_time_before() {
    let quarterly = ("2021-08-03", "hằng quý đến hết quý II/2022");
    // Q3 was missed when the change was recorded; Q4 was not due yet.
    let owed = schedule("2021-08-03", &[quarterly, ("2021-11-10", "hằng năm đến 2023")]);
    assert_eq!(followed(&owed, "2021-11-10"), ["2021Q3", "2021", "2022", "2023"]);
    assert_eq!(judged(&owed, &[]).1.as_deref(), Some("2021-09-30"));
    assert_eq!(judged(&owed, &[done(1, "2021Q3", "2021-12-01")]).1.as_deref(), Some("2021-12-31"));
    // What was done before is kept beside what is owed since.
    let early = [done(1, "2021Q3", "2021-09-01"), done(2, "2021Q4", "2021-10-20")];
    let (keys_of, told) = (|stood: Vec<Stood>| keys(&stood).join(" "), Told::latest(&early));
    assert_eq!(keys_of(owed.stand(&told)), "2021Q3 2021 2021Q4 2022 2023");
    // Another day within the same periods: those missed keep theirs.
    let moved = schedule("2021-08-03", &[quarterly, ("2021-11-10", "hằng quý, trước ngày 20 của tháng cuối quý, đến hết quý II/2022")]);
    let days = moved.stand(&HashMap::new()).into_iter().map(|stood| stood.obligation.due_on.unwrap().to_string()).collect::<Vec<_>>();
    assert_eq!(days, ["2021-09-30", "2021-12-19", "2022-03-19", "2022-06-19"]);
    // Work that was to be done once, and was not, stays to be judged by that day.
    let once = schedule("2021-08-03", &[("2021-08-03", "30/9/2021"), ("2021-10-01", "hằng quý đến hết quý II/2022")]);
    assert_eq!(judged(&once, &[]).1.as_deref(), Some("2021-09-30"));
    let in_time = schedule("2021-08-03", &[("2021-08-03", "30/9/2021"), ("2021-09-30", "hằng quý đến hết quý II/2022")]);
    assert_eq!((judged(&in_time, &[]).1.as_deref(), followed(&in_time, "2021-09-30").len()), (Some("2021-09-30"), 4));
}

#[test]
fn what_does_not_bind_is_never_late() {
    let owed = schedule("2021-08-03", &[("2021-08-03", "hằng quý đến hết quý II/2022 (phấn đấu)")]);
    assert_eq!((judged(&owed, &[]).1, followed(&owed, "2021-08-03").len()), (None, 4));
    assert!(owed.stand(&HashMap::new()).iter().all(|stood| stood.state(date("2030-01-01"), 30, true) == ObligationState::NoDeadline));
    // A condition on every year is told of when its figures are known.
    let rising = schedule("2021-08-03", &[("2021-08-03", "qua từng năm phải tăng")]);
    assert_eq!(
        (judged(&rising, &[done(1, "2021", "2022-06-01")]).1, followed(&rising, "2021-08-03")),
        (None, vec!["2021".to_owned(), "2022".to_owned()])
    );
}

#[test]
fn work_completed_before_its_periods_were_followed_stays_completed() {
    let owed = schedule("2021-08-03", &[("2021-08-03", "hằng quý đến hết quý II/2022")]);
    assert_eq!(judged(&owed, &[whole(1, ReportState::Completed, "2021-12-01")]), (Lifecycle::Completed, None));
}
