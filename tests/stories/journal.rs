//! The journal: every change leaves one event, and nobody can alter one unseen.

use resolution_tracker::domain::Origin;
use resolution_tracker::service::journal::{self, chain::Break, chain::Fault};
use resolution_tracker::store::events;
use serde_json::{Value, json};

use crate::common::{TestApp, on_both_databases};

on_both_databases! {
    a_change_leaves_one_event,
    what_is_refused_leaves_none,
    tampering_is_found,
    events_of_two_instances_make_one_chain,
}

fn verify(app: &TestApp) -> Result<i64, Break> {
    app.db(|conn, _| journal::verify(conn))
}

async fn a_change_leaves_one_event(app: TestApp) {
    let before = app.position();
    app.admin().change("units/hg-so-y-te", json!({"note": "x"})).await.expect(200);
    let newest = app.db(|conn, _| Ok(events::after(conn, before, 5)?)).remove(0);
    assert_eq!((newest.position, newest.actor.as_str(), newest.action.as_str()), (before + 1, "admin", "unit.changed"));
    assert_eq!((newest.subject_id.to_string(), newest.origin), (app.unit("hg-so-y-te"), Origin::Entry));
    let state = |text: Option<String>| serde_json::from_str::<Value>(&text.unwrap()).unwrap();
    assert_eq!(state(newest.state_before)["note"], Value::Null);
    assert_eq!(state(newest.state_after)["note"], "x");
    assert_eq!(verify(&app), Ok(before + 1));
}

async fn what_is_refused_leaves_none(app: TestApp) {
    let before = app.position();
    app.admin().change("units/hg-so-y-te", json!({"name": ""})).await.refused(422, "validation_failed");
    app.leader().patch("units/hg-so-y-te", json!({"name": "x"})).if_match("*").await.refused(403, "forbidden");
    assert_eq!((app.position(), verify(&app)), (before, Ok(before)));
}

async fn tampering_is_found(app: TestApp) {
    let last = app.position();
    assert!(last > 10);
    for (tamper, position, fault) in [
        ("UPDATE chain_head SET hash = 'x'".to_owned(), last, Fault::HeadAltered),
        (format!("UPDATE chain_head SET position = {}", last - 1), last, Fault::BeyondHead),
        (format!("UPDATE chain_head SET position = {}", last + 2), last + 1, Fault::Truncated),
        (format!("DELETE FROM events WHERE position = {last}"), last, Fault::Truncated),
        ("UPDATE events SET previous_hash = hash WHERE position = 8".to_owned(), 8, Fault::Unlinked),
        ("UPDATE events SET actor = 'nobody' WHERE position = 7".to_owned(), 7, Fault::Altered),
        ("UPDATE events SET state_after = '{}' WHERE position = 5".to_owned(), 5, Fault::Altered),
        ("UPDATE events SET recorded_at = '2019-01-01 00:00:00' WHERE position = 3".to_owned(), 3, Fault::Altered),
        ("DELETE FROM events WHERE position = 2".to_owned(), 2, Fault::Missing),
        (format!("UPDATE events SET position = -1 WHERE position = {}", last - 1), 1, Fault::Missing),
    ] {
        assert_eq!(app.db_sql(&tamper), 1);
        assert_eq!(verify(&app), Err(Break { position, fault }), "{tamper}");
    }
}

async fn events_of_two_instances_make_one_chain(app: TestApp) {
    let other = app.second_instance().await;
    let (here, there) = (app.admin(), other.admin());
    let before = app.position();
    for round in 0..3 {
        let change = |side: &str| json!({"note": format!("{side} {round}")});
        let calls = (here.change("units/hg-so-y-te", change("here")), there.change("units/hg-so-tai-chinh", change("there")));
        let (here, there) = futures_util::future::join(calls.0, calls.1).await;
        here.expect(200);
        there.expect(200);
    }
    assert_eq!(verify(&app), Ok(before + 6));
}
