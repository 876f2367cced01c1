//! How long the pure rules take: `cargo bench --bench rules`, or `scripts/bench`.
#![expect(clippy::unwrap_used, reason = "a program of measurements: whatever fails ends the run")]

use std::hint::black_box;

use chrono::{DateTime, NaiveDate, TimeDelta};
use criterion::{Criterion, criterion_group, criterion_main};
use resolution_tracker::domain::deadline::{self, Context};
use resolution_tracker::domain::progress_reports::{ReportState, Verification};
use resolution_tracker::domain::roll_up::{Counted, RollUp};
use resolution_tracker::domain::task_state::{ReportFact, derive};
use resolution_tracker::domain::tasks::{Decision, Lifecycle};
use resolution_tracker::domain::timeliness::judge;
use resolution_tracker::domain::{Id, Origin, Percent};
use resolution_tracker::service::journal;
use resolution_tracker::store::events::Event;

fn day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2023, 10, 2).unwrap()
}

/// A task of each kind there is, over and over.
fn standing(n: i32) -> (Lifecycle, Option<NaiveDate>, Option<NaiveDate>, Option<Percent>) {
    let due = (n % 10 != 0).then(|| day() + TimeDelta::days(i64::from(n % 400) - 200));
    match n % 4 {
        0 => (Lifecycle::NotStarted, None, due, None),
        1 => (Lifecycle::Completed, Some(day() - TimeDelta::days(i64::from(n % 90))), due, Some(Percent::HUNDRED)),
        _ => (Lifecycle::InProgress, None, due, Percent::from_hundredths(n % 10_000).ok()),
    }
}

fn counted(n: i32) -> Counted {
    let (lifecycle, completed_on, due, claimed) = standing(n);
    let timeliness = judge(lifecycle, completed_on, due, day(), 30).timeliness;
    Counted {
        weight: 1 + n % 3,
        lifecycle,
        confirmed: n % 2 == 0,
        timeliness,
        original: timeliness,
        rescheduled: false,
        claimed,
        verified: claimed.filter(|_| n % 2 == 0),
        reported: claimed.is_some(),
        has_verified: n % 2 == 0,
    }
}

fn report(n: i64) -> ReportFact {
    ReportFact {
        position: n,
        period: None,
        state: ReportState::InProgress,
        percent: Percent::from_hundredths(i32::try_from(n).unwrap() * 100).ok(),
        measured_on: day() + TimeDelta::days(n),
        product_on: None,
        verification: if n % 3 == 0 { Verification::Verified } else { Verification::Submitted },
        recorded_at: DateTime::from_timestamp(1_600_000_000 + n * 86_400, 0).unwrap(),
    }
}

fn event() -> Event {
    let id = Id::new(DateTime::from_timestamp(1_600_000_000, 0).unwrap());
    Event {
        position: 110_000,
        id,
        recorded_at: day().and_hms_opt(3, 0, 0).unwrap(),
        actor_id: Some(id),
        actor: "office".into(),
        action: "progress_report.submitted".into(),
        subject_kind: "progress_report".into(),
        subject_id: id,
        root: Some("hg".into()),
        state_before: None,
        state_after: Some(
            r#"{"state":"in_progress","result":"Đã hoàn thành dự thảo, đang lấy ý kiến.","measured_on":"2023-10-02"}"#.into(),
        ),
        reason: None,
        request_id: Some("4bf92f3577b34da6a3ce929d0e0e4736".into()),
        origin: Origin::Entry,
        previous_hash: "0".repeat(64),
        hash: String::new(),
    }
}

fn rules(criterion: &mut Criterion) {
    let tasks: Vec<Counted> = (0..10_000).map(counted).collect();
    let reports: Vec<ReportFact> = (0..20).map(report).collect();
    let event = event();
    criterion.bench_function("read a deadline: a quarter", |b| {
        b.iter(|| deadline::parse(black_box("trong quý III-2021"), &Context { reference_date: Some(day()), ..Context::default() }));
    });
    criterion.bench_function("read a deadline: before a day", |b| {
        b.iter(|| {
            deadline::parse(black_box("trước ngày 30/6/2022 (phấn đấu)"), &Context { reference_date: Some(day()), ..Context::default() })
        });
    });
    criterion.bench_function("judge 10,000 tasks", |b| {
        b.iter(|| {
            (0..10_000)
                .filter(|n| {
                    let (l, c, d, _) = standing(*n);
                    judge(l, c, d, day(), 30).timeliness.is_some()
                })
                .count()
        });
    });
    criterion.bench_function("add up 10,000 tasks", |b| b.iter(|| black_box(&tasks).iter().collect::<RollUp>().progress()));
    criterion.bench_function("state of a task from 20 reports", |b| b.iter(|| derive(&[Decision::Issue], black_box(&reports))));
    criterion.bench_function("seal an event", |b| b.iter(|| journal::seal(black_box(&event)).unwrap()));
}

criterion_group!(benches, rules);
criterion_main!(benches);
