//! Timeliness: computed from lifecycle, deadline and day, never stored.

use chrono::NaiveDate;

use super::tasks::Lifecycle;

text_enum! {
    /// How a task stands against its deadline. The same day as the deadline's end is on time.
    pub enum Timeliness {
        /// Open, without a date to be judged by.
        NoDeadline = "no_deadline",
        /// Trong hạn.
        InTime = "in_time",
        /// Sắp đến hạn.
        DueSoon = "due_soon",
        /// Quá hạn.
        Overdue = "overdue",
        /// Hoàn thành đúng hạn; also completed work that had no deadline.
        OnTime = "on_time",
        /// Hoàn thành quá hạn.
        Late = "late",
    }
}

text_enum! {
    /// The deadline a task is judged by.
    pub enum Against {
        /// The one in force, after every change (thời hạn hiện hành).
        InForce = "in_force",
        /// The one it was issued with (thời hạn ban đầu).
        Original = "original",
    }
}

/// Days before the deadline from which open work is "due soon", unless configured otherwise.
pub const DUE_SOON_DAYS: i64 = 30;

/// The judgement of one task on one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Judgement {
    /// The class; `None` for drafts, suspended and cancelled work, and for a task with parts.
    pub timeliness: Option<Timeliness>,
    /// Days after the deadline (negative: before it) for completed and for overdue work.
    pub days_late: Option<i64>,
}

/// Judges a task on `today`.
///
/// `due_on` is the date lateness is judged by (see [`judged_due`]), `completed_on` the date of
/// the product.
pub fn judge(
    lifecycle: Lifecycle,
    completed_on: Option<NaiveDate>,
    due_on: Option<NaiveDate>,
    today: NaiveDate,
    due_soon_days: i64,
) -> Judgement {
    let days_after = |day: NaiveDate| due_on.map(|due| (day - due).num_days());
    let timeliness = match lifecycle {
        Lifecycle::Draft | Lifecycle::Suspended | Lifecycle::Cancelled => return Judgement { timeliness: None, days_late: None },
        Lifecycle::Completed => match completed_on.and_then(days_after) {
            Some(days) if days > 0 => Timeliness::Late,
            _ => Timeliness::OnTime,
        },
        _ => match days_after(today) {
            None => Timeliness::NoDeadline,
            Some(days) if days > 0 => Timeliness::Overdue,
            Some(days) if -days <= due_soon_days => Timeliness::DueSoon,
            Some(_) => Timeliness::InTime,
        },
    };
    let days_late = match timeliness {
        Timeliness::Overdue => days_after(today),
        Timeliness::OnTime | Timeliness::Late => completed_on.and_then(days_after),
        _ => None,
    };
    Judgement { timeliness: Some(timeliness), days_late }
}

/// The date lateness is judged by, from the deadlines a task has had in order, each with the
/// day it was recorded on.
///
/// An extension recorded after the deadline had passed does not cure lateness: the deadline that
/// was missed stays the one to be judged by.
pub fn judged_due(deadlines: impl IntoIterator<Item = (NaiveDate, Option<NaiveDate>)>) -> Option<NaiveDate> {
    let mut judged = None;
    for (recorded_on, due) in deadlines {
        match judged {
            Some(current) if recorded_on > current => {}
            _ => judged = due,
        }
    }
    judged
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn open(due: Option<&str>, today: &str) -> Judgement {
        judge(Lifecycle::InProgress, None, due.map(day), day(today), DUE_SOON_DAYS)
    }

    #[test]
    fn the_last_day_is_in_time_and_the_next_is_not() {
        assert_eq!(open(Some("2021-09-30"), "2021-09-30").timeliness, Some(Timeliness::DueSoon));
        assert_eq!(open(Some("2021-09-30"), "2021-10-01"), Judgement { timeliness: Some(Timeliness::Overdue), days_late: Some(1) });
        assert_eq!(open(Some("2021-09-30"), "2021-08-31").timeliness, Some(Timeliness::DueSoon));
        assert_eq!(open(Some("2021-09-30"), "2021-08-30").timeliness, Some(Timeliness::InTime));
        assert_eq!(open(None, "2021-08-30").timeliness, Some(Timeliness::NoDeadline));
    }

    #[test]
    fn completed_work_is_judged_by_its_product() {
        let done = |on: &str, due: Option<&str>| judge(Lifecycle::Completed, Some(day(on)), due.map(day), day("2023-10-02"), 30);
        assert_eq!(done("2021-09-30", Some("2021-09-30")), Judgement { timeliness: Some(Timeliness::OnTime), days_late: Some(0) });
        assert_eq!(done("2021-09-20", Some("2021-09-30")).days_late, Some(-10));
        assert_eq!(done("2021-10-05", Some("2021-09-30")), Judgement { timeliness: Some(Timeliness::Late), days_late: Some(5) });
        assert_eq!(done("2021-10-05", None).timeliness, Some(Timeliness::OnTime));
    }

    #[test]
    fn an_extension_after_the_fact_cures_nothing() {
        let due = |d: &str| Some(day(d));
        assert_eq!(judged_due([(day("2021-08-03"), due("2021-09-30")), (day("2021-09-30"), due("2021-12-31"))]), due("2021-12-31"));
        assert_eq!(judged_due([(day("2021-08-03"), due("2021-09-30")), (day("2021-10-01"), due("2021-12-31"))]), due("2021-09-30"));
        assert_eq!(judged_due([(day("2021-08-03"), due("2021-09-30")), (day("2021-10-01"), None)]), due("2021-09-30"));
        assert_eq!(judged_due([(day("2021-08-03"), None), (day("2022-01-01"), due("2022-06-30"))]), due("2022-06-30"));
    }
}
