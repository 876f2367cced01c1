//! Days, hours and waits.

use proptest::prelude::*;

use super::*;
use crate::domain::text_enum::assert_names;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn instant(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

#[test]
fn names_agree() {
    assert_names(NotificationKind::ALL, NotificationKind::as_str);
    assert_names(OutboxState::ALL, OutboxState::as_str);
}

#[test]
fn reminders_come_before_on_and_after_the_day() {
    use NotificationKind::{DueSoon, DueToday, Overdue};
    let due = day("2023-10-31");
    for (today, kind) in [
        ("2023-10-23", None),
        ("2023-10-24", Some(DueSoon)),
        ("2023-10-25", None),
        ("2023-10-30", Some(DueSoon)),
        ("2023-10-31", Some(DueToday)),
        ("2023-11-01", Some(Overdue)),
        ("2023-11-02", None),
        ("2023-11-07", None),
        ("2023-11-08", Some(Overdue)),
        ("2023-11-15", Some(Overdue)),
    ] {
        assert_eq!(reminder(due, day(today)), kind, "{today}");
    }
}

#[test]
fn what_was_missed_is_said_in_words_of_today() {
    let days = |planned: &str, today: &str| PlannedDays::since(Some(day(planned)), day(today));
    let due = day("2023-10-31");
    assert_eq!(days("2023-10-23", "2023-10-26").reminder(due), Some(NotificationKind::DueSoon));
    assert_eq!(days("2023-10-24", "2023-10-26").reminder(due), None);
    assert_eq!(days("2023-10-29", "2023-10-31").reminder(due), Some(NotificationKind::DueToday));
    assert_eq!(days("2023-10-29", "2023-11-03").reminder(due), Some(NotificationKind::Overdue));
    assert_eq!(days("2023-11-01", "2023-11-03").reminder(due), None);
    assert_eq!(PlannedDays::since(None, day("2023-10-26")).reminder(due), None);
    assert_eq!(days("2020-01-01", "2023-10-20").from, day("2023-10-14"));
    assert!(days("2023-09-30", "2023-10-03").has_leader_digest() && days("2023-09-30", "2023-10-03").has_unit_digest());
    assert!(!days("2023-10-02", "2023-10-03").has_leader_digest() && !days("2023-10-02", "2023-10-03").has_unit_digest());
}

#[test]
fn quiet_hours_reach_over_midnight() {
    let quiet = QuietHours { from: 20, until: 7 };
    for (at, allowed) in [
        ("2023-10-02T12:59:59Z", "2023-10-02T12:59:59Z"),
        ("2023-10-02T13:00:00Z", "2023-10-03T00:00:00Z"),
        ("2023-10-02T17:30:00Z", "2023-10-03T00:00:00Z"),
        ("2023-10-02T23:59:59Z", "2023-10-03T00:00:00Z"),
        ("2023-10-03T00:00:00Z", "2023-10-03T00:00:00Z"),
    ] {
        assert_eq!(quiet.next_allowed(instant(at)), instant(allowed), "{at}");
    }
    assert!(!QuietHours { from: 7, until: 7 }.cover(instant("2023-10-03T00:00:00Z")));
}

#[test]
fn it_is_tried_for_most_of_a_day() {
    let waits: Vec<i64> = (1..20).map_while(wait_after).map(|wait| wait.num_minutes()).collect();
    assert_eq!(waits, [5, 10, 20, 40, 80, 160, 320, 640]);
    assert_eq!(waits.iter().sum::<i64>() / 60, 21);
}

#[test]
fn choices_name_each_kind_once() {
    let read = |json: &str| serde_json::from_str::<NotificationDraft>(json).map_err(|e| e.to_string());
    assert!(read(r#"{"kinds": []}"#).unwrap_err().contains("missing field"));
    let draft = read(r#"{"email": null, "kinds": [{"kind": "overdue", "wanted": false}]}"#).unwrap();
    assert!(draft.validate().is_ok() && !draft.wants(NotificationKind::Overdue) && draft.wants(NotificationKind::DueSoon));
    let twice = read(r#"{"email": null, "kinds": [{"kind": "overdue", "wanted": false}, {"kind": "overdue", "wanted": true}]}"#).unwrap();
    assert!(twice.validate().is_err());
}

fn days() -> impl Strategy<Value = NaiveDate> {
    (18_000..20_000_i64).prop_map(|n| DateTime::from_timestamp(n * 86_400, 0).unwrap().date_naive())
}

proptest! {
    /// Whatever the days on which the service ran: day by day, each reminder is said once, and none is lost while
    /// it was down for less than a week.
    #[test]
    fn nothing_is_lost_over_short_gaps(due in days(), gaps in prop::collection::vec(1..7_u64, 1..12), before in 0..40_u64) {
        let mut planned = due - Days::new(before);
        for gap in gaps {
            let today = planned + Days::new(gap);
            let owed = planned.iter_days().skip(1).take_while(|day| *day <= today).any(|day| reminder(due, day).is_some());
            prop_assert_eq!(PlannedDays::since(Some(planned), today).reminder(due).is_some(), owed);
            planned = today;
        }
    }

    #[test]
    fn what_is_allowed_is_later_near_and_not_quiet(from in 0..24_u32, until in 0..24_u32, seconds in 1_600_000_000..1_800_000_000_i64) {
        let (quiet, at) = (QuietHours { from, until }, DateTime::from_timestamp(seconds, 0).unwrap());
        let allowed = quiet.next_allowed(at);
        prop_assert!(allowed >= at && allowed - at <= TimeDelta::hours(24) && !quiet.cover(allowed));
        prop_assert_eq!(allowed == at, !quiet.cover(at));
        // Nothing earlier would have done.
        prop_assert!(allowed == at || quiet.cover(allowed - TimeDelta::seconds(1)));
    }
}
