//! What may happen to tasks.

use proptest::prelude::*;
use resolution_tracker::domain::Origin;
use resolution_tracker::domain::deadline::DeadlineKind;
use resolution_tracker::domain::progress_reports::ReportState;
use resolution_tracker::domain::tasks::Decision;

/// One thing that happens to one task.
#[derive(Debug, Clone)]
pub enum Act {
    Decide(Decision),
    Commit {
        due_in: Option<i64>,
        weight: i32,
        lead: usize,
        kind: DeadlineKind,
        binding: bool,
    },
    /// With `light` it verifies itself.
    Report {
        state: ReportState,
        percent: Option<i32>,
        days_ago: i64,
        origin: Origin,
        light: bool,
    },
    Settle {
        report: usize,
        verified: bool,
    },
}

/// An act with the task it happens to, the days that pass before it, and the hour: the first and
/// the last moment of a day in Vietnam, or noon.
pub type Step = (usize, i64, usize, Act);

fn any_act() -> impl Strategy<Value = Act> {
    let kinds = vec![DeadlineKind::DueBy, DeadlineKind::Recurring, DeadlineKind::Unresolved];
    let origins = vec![Origin::Entry, Origin::Entry, Origin::Demo];
    prop_oneof![
        3 => proptest::sample::select(Decision::ALL).prop_map(Act::Decide),
        3 => Just(Act::Decide(Decision::Issue)),
        2 => (proptest::option::of(-3..6i64), 1..5i32, 0..3usize, proptest::sample::select(kinds), proptest::bool::weighted(0.8))
            .prop_map(|(due_in, weight, lead, kind, binding)| Act::Commit { due_in, weight, lead, kind, binding }),
        5 => any_report(origins),
        4 => (0..8usize, proptest::bool::weighted(0.6)).prop_map(|(report, verified)| Act::Settle { report, verified }),
    ]
}

fn any_report(origins: Vec<Origin>) -> impl Strategy<Value = Act> {
    let percent = proptest::option::of(0..=10_000i32);
    (proptest::sample::select(ReportState::ALL), percent, 0..4i64, proptest::sample::select(origins), proptest::bool::weighted(0.25))
        .prop_map(|(state, percent, days_ago, origin, light)| Act::Report { state, percent, days_ago, origin, light })
}

pub fn any_history() -> impl Strategy<Value = (Vec<Option<usize>>, Vec<Step>)> {
    let parents = proptest::collection::vec(proptest::option::weighted(0.4, 0..4usize), 1..6);
    let steps = proptest::collection::vec((0..6usize, 0..3i64, 0..3usize, any_act()), 1..60);
    (parents, steps)
}
