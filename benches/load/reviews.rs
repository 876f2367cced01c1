//! A review of everything a large province does: how long its report takes, and to freeze it.

use std::time::{Duration, Instant};

use chrono::TimeDelta;
use diesel::prelude::*;
use resolution_tracker::db::schema::tasks;
use resolution_tracker::domain::Id;
use serde_json::json;

use super::client::{self, Client};
use super::province::{self, PASSWORD};

const API: &str = "/api/v1";

/// Measures it over a connection of the office; answers a line of the page of figures.
pub fn measure(url: &str, office: &mut Client) -> String {
    office.sign_in("office", PASSWORD);
    let review = planned(url, office);
    let path = format!("{API}/reviews/{review}");
    let past = (province::today() - TimeDelta::days(100)).to_string();
    let (today, report) = timed(office, &format!("{path}/report"));
    let (then, _) = timed(office, &format!("{path}/report?as_of={past}"));
    let (printed, _) = timed(office, &format!("{path}/report.docx"));
    let (listed, _) = timed(office, &format!("{path}/submissions"));
    for decision in ["open", "consolidate"] {
        said(office, &format!("{path}/decisions"), &json!({"decision": decision}));
    }
    let (frozen, _) = said(office, &format!("{path}/freeze"), &json!({"missing_reason": "measured without submissions"}));
    let (diffed, _) = timed(office, &format!("{path}/diff?against=record"));
    format!(
        "A review of all tasks: report of {} kB {} ms today, {} ms as of 100 days ago; DOCX {} ms; list of submissions {} ms; frozen in {} ms; \
         held against the record in {} ms.",
        report / 1_000,
        today.as_millis(),
        then.as_millis(),
        printed.as_millis(),
        listed.as_millis(),
        frozen.as_millis(),
        diffed.as_millis(),
    )
}

/// The round after three years of a resolution that all tasks carry out, due ten days ago.
fn planned(url: &str, office: &mut Client) -> String {
    let issued_on = province::today() - TimeDelta::days(3 * 365 + 11);
    let draft = json!({
        "title": "Nghị quyết mẫu", "kind": "thematic", "level": "province", "number": "01-NQ/TU", "issuer": "mau-tinh-uy",
        "cycle_anchor": "issued_on", "issued_on": issued_on.to_string()
    });
    let (_, made) = said(office, &format!("{API}/resolutions"), &draft);
    let resolution: Id = made["id"].as_str().unwrap().parse().unwrap();
    let linked = province::state(url)
        .write_now(|conn, _| Ok(diesel::update(tasks::table).set(tasks::resolution_id.eq(Some(resolution))).execute(conn)?))
        .unwrap();
    eprintln!("{linked} tasks carry out one resolution");
    let rounds = client::json(&office.get(&format!("{API}/reviews?resolution={resolution}")).unwrap());
    rounds["items"][0]["id"].as_str().unwrap().to_owned()
}

/// How long an answer takes, and how many bytes it has.
fn timed(client: &mut Client, path: &str) -> (Duration, usize) {
    let begun = Instant::now();
    let answer = client.get(path).unwrap();
    assert_eq!(answer.status, 200, "{path}: {}", String::from_utf8_lossy(&answer.body));
    (begun.elapsed(), answer.body.len())
}

/// How long it takes to be told something, and what is answered.
fn said(client: &mut Client, path: &str, body: &serde_json::Value) -> (Duration, serde_json::Value) {
    let begun = Instant::now();
    let answer = client.post(path, None, &body.to_string()).unwrap();
    let took = begun.elapsed();
    assert_eq!(answer.status, 201, "{path}: {}", String::from_utf8_lossy(&answer.body));
    (took, client::json(&answer))
}
