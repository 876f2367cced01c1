//! Integrity signals (dấu hiệu cần kiểm tra): what looks as if a report, a verification or a deadline did not mean what it
//! says. None proves anything and none changes a number: each is a rule with its constants, for whoever inspects.
//!
//! The database picks out what may be one (`store/integrity.rs`), these rules decide. The constants are ours; no regulation
//! names any. What came with an import says nothing by its clock, so signals about clocks leave it out.

mod findings;
mod rules;
mod words;

use chrono::NaiveDate;
use serde::Deserialize;
use utoipa::IntoParams;

use super::{Id, Percent, Reference};

pub use findings::{Counted, Finding, Found};
pub use words::Copies;

text_enum! {
    /// What looks wrong.
    pub enum Signal {
        /// A report in the words of an earlier one.
        CopiedNarrative = "copied_narrative",
        /// Work that stands just below completion for long.
        NinetyPercentForever = "ninety_percent_forever",
        /// Work that jumps to completion in the last days before its deadline.
        LastDayJump = "last_day_jump",
        /// Reports that were verified faster than anybody reads.
        FastVerification = "fast_verification",
        /// A deadline that was changed after it had passed.
        DeadlineMovedLate = "deadline_moved_late",
        /// A report of a day long before it was told.
        Backdated = "backdated",
        /// Completion that was told long after the deadline, with a product of exactly its last day.
        ProductOnDeadline = "product_on_deadline",
    }
}

/// A text of more characters than these is no phrase that two reports share by chance.
pub const PHRASE: usize = 60;

/// From here a percentage stands just below completion, in hundredths.
pub const NEARLY_DONE: i32 = 9_000;

/// So many reports in a row just below completion are a signal …
pub const STUCK_REPORTS: usize = 3;

/// … if they span so many days: a quarter.
pub const STUCK_DAYS: i64 = 90;

/// The last days of a deadline, its own among them.
pub const LAST_DAYS: i64 = 3;

/// A rise by so much is a jump, in hundredths.
pub const JUMP: i32 = 4_000;

/// What is verified within so many seconds of being sent was not read.
pub const SECONDS_AFTER_SENDING: i64 = 60;

/// What one account verifies within so many seconds of another report was not read …
pub const SECONDS_BETWEEN: i64 = 10;

/// … if it has more characters than these: some forty words, ten seconds of reading.
pub const LONG_REPORT: i64 = 200;

/// A report of more days ago than these is backdated: two months, longer than any period of reporting but a quarter.
pub const BACKDATED_DAYS: i64 = 60;

/// Completion that is told more days after the deadline than these came late.
pub const TOLD_LATE_DAYS: i64 = 14;

/// Which signals are asked for.
#[derive(Debug, Default, Clone, PartialEq, Eq, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct IntegrityQuery {
    /// As the system knew it at the end of this day in Vietnam; today if missing. Not after today.
    #[param(example = "2023-10-02")]
    pub as_of: Option<NaiveDate>,
    /// Only of this unit (id or code) and all units below it: who reported, or leads what was changed.
    #[param(example = "hg-so-y-te")]
    pub unit: Option<Reference>,
    /// Only tasks that carry out this resolution.
    pub resolution: Option<Id>,
    /// Only tasks of this programme itself.
    pub programme: Option<Id>,
}

/// A page of what was found.
#[derive(Debug, Default, Clone, PartialEq, Eq, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct FindingPage {
    /// Items of a page.
    #[param(minimum = 1, maximum = 200, default = 50)]
    pub limit: Option<i64>,
    /// The `next` of the page before.
    pub cursor: Option<String>,
}

/// How many days a deadline had passed when it was changed; none if it had not.
pub fn moved_late(due_on: Option<NaiveDate>, changed_on: NaiveDate) -> Option<i64> {
    due_on.map(|due| (changed_on - due).num_days()).filter(|days| *days > 0)
}

/// How many days before it was told the day of a report lies; none if that is not long.
pub fn backdated(measured_on: NaiveDate, told_on: NaiveDate) -> Option<i64> {
    Some((told_on - measured_on).num_days()).filter(|days| *days > BACKDATED_DAYS)
}

/// How many days after the deadline completion was told, of a product that bears the very day of the deadline; none if that
/// was not late.
pub fn product_on_deadline(product_on: NaiveDate, due_on: NaiveDate, told_on: NaiveDate) -> Option<i64> {
    Some((told_on - due_on).num_days()).filter(|days| product_on == due_on && *days > TOLD_LATE_DAYS)
}

/// Where a task has been stuck just below completion.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stuck {
    /// The day of the first such report in a row.
    pub since: NaiveDate,
    /// The day of the last.
    pub until: NaiveDate,
    /// How many there are.
    pub reports: usize,
}

/// Whether the last reports of a task, in the order of their days, stand just below completion, and for long enough. Reports
/// without a percentage say nothing of it.
pub fn stuck(reports: &[(NaiveDate, Option<Percent>)]) -> Option<Stuck> {
    let percents = reports.iter().rev().filter_map(|(day, percent)| Some((*day, percent.as_ref()?.hundredths())));
    let run: Vec<NaiveDate> = percents.take_while(|(_, percent)| (NEARLY_DONE..10_000).contains(percent)).map(|(day, _)| day).collect();
    let (until, since) = (*run.first()?, *run.last()?);
    let long = run.len() >= STUCK_REPORTS && (until - since).num_days() >= STUCK_DAYS;
    long.then_some(Stuck { since, until, reports: run.len() })
}

/// Whether a report jumps to completion on one of the last days before a deadline; answers how many days were left.
pub fn last_day_jump(before: Percent, now: Percent, measured_on: NaiveDate, due_on: NaiveDate) -> Option<i64> {
    let jumps = now.hundredths() == 10_000 && now.hundredths() - before.hundredths() >= JUMP;
    Some((due_on - measured_on).num_days()).filter(|left| jumps && (0..LAST_DAYS).contains(left))
}

/// Why a verification was too fast, with the seconds it took.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Haste {
    /// So many seconds after the report was sent.
    AfterSending(i64),
    /// So many seconds after the same account verified another.
    AfterAnother(i64),
}

/// Whether a report was verified faster than it can be read: so many seconds after it was sent, and after the same account
/// verified another; of so many characters.
pub fn too_fast(after_sending: i64, after_another: Option<i64>, characters: i64) -> Option<Haste> {
    if (0..=SECONDS_AFTER_SENDING).contains(&after_sending) {
        return Some(Haste::AfterSending(after_sending));
    }
    after_another.filter(|seconds| (0..=SECONDS_BETWEEN).contains(seconds) && characters > LONG_REPORT).map(Haste::AfterAnother)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::text_enum::assert_names;
    use chrono::TimeDelta;
    use proptest::prelude::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn percent(hundredths: i32) -> Percent {
        Percent::from_hundredths(hundredths).unwrap()
    }

    fn at(days: i64) -> NaiveDate {
        day("2023-01-01") + TimeDelta::days(days)
    }

    #[test]
    fn names_agree() {
        assert_names(Signal::ALL, Signal::as_str);
    }

    #[test]
    fn a_deadline_passes_at_the_end_of_its_day() {
        assert_eq!(moved_late(Some(at(10)), at(10)), None);
        assert_eq!(moved_late(Some(at(10)), at(11)), Some(1));
        assert_eq!(moved_late(None, at(11)), None);
    }

    #[test]
    fn two_months_are_not_yet_backdated() {
        assert_eq!((backdated(at(0), at(60)), backdated(at(0), at(61))), (None, Some(61)));
    }

    #[test]
    fn a_product_of_the_very_day_that_is_told_late() {
        assert_eq!(product_on_deadline(at(0), at(0), at(15)), Some(15));
        assert_eq!(product_on_deadline(at(0), at(0), at(14)), None);
        assert_eq!(product_on_deadline(at(-1), at(0), at(30)), None);
    }

    #[test]
    fn ninety_percent_is_stuck_after_a_quarter() {
        let reports = |days: [i64; 4], percents: [i32; 4]| -> Vec<_> {
            days.into_iter().zip(percents).map(|(day, hundredths)| (at(day), Some(percent(hundredths)))).collect()
        };
        let stands = reports([0, 10, 50, 100], [5_000, 9_000, 9_500, 9_900]);
        assert_eq!(stuck(&stands), Some(Stuck { since: at(10), until: at(100), reports: 3 }));
        assert_eq!(stuck(&reports([0, 11, 50, 100], [5_000, 9_000, 9_500, 9_900])), None, "89 days");
        assert_eq!(stuck(&reports([0, 10, 50, 200], [9_000, 9_500, 9_900, 10_000])), None, "it was completed");
        assert_eq!(stuck(&reports([0, 10, 50, 200], [9_000, 8_999, 9_900, 9_900])), None, "two in a row");
        let mut silent = stands;
        silent.push((at(300), None));
        assert_eq!(stuck(&silent).map(|stuck| stuck.until), Some(at(100)), "without a percentage nothing is said");
    }

    #[test]
    fn a_jump_on_the_last_days() {
        let jump = |before, now, measured, due| last_day_jump(percent(before), percent(now), at(measured), at(due));
        assert_eq!(jump(6_000, 10_000, 8, 10), Some(2));
        assert_eq!(jump(6_000, 10_000, 10, 10), Some(0));
        assert_eq!((jump(6_001, 10_000, 10, 10), jump(6_000, 10_000, 7, 10), jump(6_000, 10_000, 11, 10)), (None, None, None));
        assert_eq!(jump(1_000, 9_999, 10, 10), None);
    }

    #[test]
    fn nobody_reads_so_fast() {
        assert_eq!(too_fast(60, None, 10), Some(Haste::AfterSending(60)));
        assert_eq!((too_fast(61, None, 500), too_fast(61, Some(10), 200)), (None, None));
        assert_eq!(too_fast(61, Some(10), 201), Some(Haste::AfterAnother(10)));
        assert_eq!(too_fast(-5, Some(11), 500), None, "a clock that was set back says nothing");
    }

    proptest! {
        /// Whatever came before the run changes nothing of it, and one more such report only makes it longer.
        #[test]
        fn a_run_is_what_came_last(before in prop::collection::vec((0..500i64, 0..=10_000i32), 0..8), run in 3..6usize, step in 30..90i64) {
            let mut reports: Vec<_> = before.into_iter().map(|(days, hundredths)| (at(days), Some(percent(hundredths)))).collect();
            reports.sort();
            reports.push((at(500), Some(percent(5_000))));
            for number in 0..run {
                reports.push((at(501 + step * i64::try_from(number).unwrap()), Some(percent(9_500))));
            }
            let span = step * i64::try_from(run - 1).unwrap();
            prop_assert_eq!(stuck(&reports).map(|stuck| stuck.reports), (span >= STUCK_DAYS).then_some(run));
            reports.push((at(2_000), Some(percent(10_000))));
            prop_assert_eq!(stuck(&reports), None);
        }

        /// A later telling is never less backdated, and a later change never less late.
        #[test]
        fn later_is_never_less(first in 0..400i64, told in 0..400i64, more in 0..100i64) {
            prop_assert!(backdated(at(first), at(told)) <= backdated(at(first), at(told + more)));
            prop_assert!(moved_late(Some(at(first)), at(told)) <= moved_late(Some(at(first)), at(told + more)));
        }
    }
}
