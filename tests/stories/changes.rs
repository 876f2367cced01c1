//! Following what changes: dense, without gaps, by whoever may see it, and without asking all the time.

use std::future::IntoFuture;
use std::time::Duration;

use actix_web::rt::time::timeout;
use futures_util::future::join;
use resolution_tracker::domain::Reference;
use resolution_tracker::domain::areas::AreaLevel;
use resolution_tracker::error::{AppError, codes};
use resolution_tracker::service::access;
use resolution_tracker::service::journal::{self, Happening};
use resolution_tracker::state::AppState;
use resolution_tracker::store;
use serde_json::{Value, json};

use super::api_clients::made;
use super::progress_reports::{logged, report};
use super::resolutions::{congress, with};
use super::tasks::{decide, draft, drafted, issued};
use crate::common::{Actor, Response, TestApp, on_both_databases, world};

on_both_databases! {
    changes_are_told_in_order_with_their_addresses,
    everybody_hears_of_what_they_may_read,
    secrets_and_drafts_are_not_told,
    a_system_hears_what_its_scopes_let_it_read,
    a_reader_who_sees_little_moves_on_all_the_same,
    the_answer_waits_for_a_change,
    waiting_ends_with_the_process,
    only_so_many_wait,
    what_cannot_be_asked_is_refused,
    followers_miss_nothing_while_many_write,
}

/// The positions of an answer.
fn positions(answer: &Response) -> Vec<i64> {
    answer.json["items"].as_array().unwrap().iter().map(|item| item["position"].as_i64().unwrap()).collect()
}

async fn told(actor: &Actor<'_>, after: i64) -> Response {
    actor.get(&format!("changes?after={after}&limit=200")).await.expect(200)
}

async fn changes_are_told_in_order_with_their_addresses(app: TestApp) {
    congress(&app).await;
    let before = app.position();
    let task = issued(&app, draft("Xây dựng kế hoạch")).await;
    let report = logged(&app, &task, report(10)).await.id().to_owned();
    let changes = told(&app.office(), before).await;
    assert_eq!(positions(&changes), [before + 1, before + 2, before + 3]);
    assert_eq!(changes.texts("action"), ["task.created", "task.issued", "progress_report.submitted"]);
    assert_eq!(changes.json["items"][2]["subject"], json!({"kind": "progress_report", "id": report, "part_of": task}));
    let own =
        |changes: &Response| -> Vec<Value> { changes.json["items"].as_array().unwrap().iter().map(|item| item["own"].clone()).collect() };
    assert_eq!(own(&changes), [true, true, false], "another account of the office logged it");
    assert_eq!(own(&told(&app.admin(), before).await), [false, false, false]);
    assert_eq!((changes.json["next"].as_i64(), changes.json["head"].as_i64()), (Some(before + 3), Some(before + 3)));
    for href in changes.texts("href") {
        app.office().get(href).await.expect(200);
    }
    for item in changes.json["items"].as_array().unwrap() {
        assert!(item.get("before").is_none() && item.get("after").is_none());
    }
    let tasks = app.office().get(&format!("changes?after={before}&kind=task")).await.expect(200);
    assert_eq!((positions(&tasks), tasks.json["next"].as_i64()), (vec![before + 1, before + 2], Some(before + 3)));
    let first = app.office().get(&format!("changes?after={before}&limit=1")).await.expect(200);
    assert_eq!((positions(&first), first.json["next"].as_i64()), (vec![before + 1], Some(before + 1)));
}

async fn everybody_hears_of_what_they_may_read(app: TestApp) {
    let before = app.position();
    let task = issued(&app, draft("Xây dựng kế hoạch")).await;
    logged(&app, &task, report(10)).await;
    app.admin().change("units/hg-so-y-te", json!({"note": "x"})).await.expect(200);
    app.admin().post("users", json!({"username": "moi", "display_name": "Mới", "password": world::PASSWORD})).await.expect(201);
    let all = ["task.created", "task.issued", "progress_report.submitted", "unit.changed"];
    for actor in [app.admin(), app.office(), app.leader(), app.inspector(), app.reporter("hg-so-y-te")] {
        assert_eq!(told(&actor, before).await.texts("action"), all);
    }
    assert_eq!(told(&app.reporter("hg-so-tai-chinh"), before).await.texts("action"), ["unit.changed"]);
    let elsewhere = told(&app.outsider(), before).await;
    assert_eq!((positions(&elsewhere), elsewhere.json["next"].as_i64()), (vec![], Some(before + 5)));
    // Whatever becomes of a task, those who saw it hear of it.
    let _ = decide(&app.office(), &task, "void").await;
    let late = told(&app.reporter("hg-so-y-te"), before + 5).await;
    assert_eq!(late.texts("action"), ["task.voided"]);
}

async fn secrets_and_drafts_are_not_told(app: TestApp) {
    let before = app.position();
    let secret = issued(&app, json!({"lead_unit": "hg-so-y-te", "secrecy": "secret"})).await;
    let stub = json!({"state": "in_progress", "measured_on": "2023-10-02", "percent": 10});
    app.office().post(&format!("tasks/{secret}/progress-reports"), stub).await.expect(201);
    drafted(&app, draft("Chưa giao")).await;
    for actor in [app.leader(), app.inspector(), app.reporter("hg-so-y-te")] {
        let changes = told(&actor, before).await;
        assert_eq!((positions(&changes), changes.json["next"].as_i64()), (vec![], Some(before + 4)), "{}", changes.text);
    }
    assert_eq!(positions(&told(&app.office(), before).await).len(), 4);
}

async fn a_system_hears_what_its_scopes_let_it_read(app: TestApp) {
    let before = app.position();
    let mut heard = Vec::new();
    let scopes = [json!(["changes_read"]), json!(["changes_read", "directory_read"]), json!(["changes_read", "work_write"])];
    for (number, scopes) in scopes.into_iter().enumerate() {
        let client = json!({"code": format!("system-{number}"), "name": "Hệ thống", "scopes": scopes, "unit": "hg-so-y-te"});
        heard.push(made(&app, client).await.1);
    }
    issued(&app, draft("Của Sở Y tế")).await;
    issued(&app, with(draft("Của sở khác"), json!({"lead_unit": "hg-so-tai-chinh"}))).await;
    app.admin().change("units/hg-so-tai-chinh", json!({"note": "x"})).await.expect(200);
    let expected: [&[&str]; 3] = [&[], &["unit.changed"], &["task.created", "task.issued"]];
    for (key, expected) in heard.iter().zip(expected) {
        let changes = told(&app.holder(key), before).await;
        assert_eq!(changes.texts("action"), expected);
        assert_eq!(changes.json["next"].as_i64(), Some(app.position()));
    }
}

async fn a_reader_who_sees_little_moves_on_all_the_same(app: TestApp) {
    let before = app.position();
    app.db(|conn, at| {
        let unit = store::units::find_by(conn, &Reference::Code("hg-so-y-te".into()))?.unwrap().id;
        let happening = Happening::created("unit.changed", "unit", unit, &Value::Null);
        (0..1_500).try_for_each(|_| journal::append(conn, &access::Actor::system("test"), &happening, at).map(drop))
    });
    let outsider = app.outsider();
    let first = told(&outsider, before).await;
    let next = first.json["next"].as_i64().unwrap();
    assert!(positions(&first).is_empty() && next > before && next < before + 1_500, "{}", first.text);
    // Waiting does not begin before the end is reached.
    let rest = outsider.get(&format!("changes?after={before}&wait=1")).await.expect(200);
    assert_eq!((rest.json["next"].as_i64(), positions(&rest)), (Some(before + 1_500), vec![]));
}

/// Until somebody waits in this instance.
async fn somebody_waits(state: &AppState) {
    while state.waiting() == 0 {
        actix_web::rt::task::yield_now().await;
    }
}

async fn the_answer_waits_for_a_change(app: TestApp) {
    let (office, admin) = (app.office(), app.admin());
    let before = app.position();
    let address = format!("changes?after={before}&wait=30");
    let write = async {
        somebody_waits(&app.state).await;
        admin.change("units/hg-so-y-te", json!({"note": "x"})).await.expect(200);
    };
    let (changes, ()) = join(office.get(&address).into_future(), write).await;
    assert_eq!(positions(&changes.expect(200)), [before + 1]);
    assert_eq!(app.state.waiting(), 0);
    // Another instance writes, or another process.
    let other = app.second_instance().await;
    let address = format!("changes?after={}&wait=30&kind=area", before + 1);
    let write = async {
        somebody_waits(&app.state).await;
        other.admin().change("units/hg-so-y-te", json!({"note": "y"})).await.expect(200);
        other.admin().change("areas/hg", json!({"note": "y"})).await.expect(200);
    };
    let (changes, ()) = join(office.get(&address).into_future(), write).await;
    assert_eq!(positions(&changes.expect(200)), [before + 3]);
    let nothing = office.get(&format!("changes?after={}&wait=1", before + 3)).await.expect(200);
    assert_eq!((positions(&nothing), nothing.json["next"].as_i64()), (vec![], Some(before + 3)));
}

async fn waiting_ends_with_the_process(app: TestApp) {
    let (office, before) = (app.office(), app.position());
    let address = format!("changes?after={before}&wait=30");
    let stop = async {
        somebody_waits(&app.state).await;
        app.state.stop_waiting();
    };
    let (changes, ()) = timeout(Duration::from_secs(20), join(office.get(&address).into_future(), stop)).await.unwrap();
    assert_eq!(changes.expect(200).json["next"].as_i64(), Some(before));
}

async fn only_so_many_wait(app: TestApp) {
    app.admin().change("units/hg-so-y-te", json!({"note": "x"})).await.expect(200);
    let (office, before) = (app.office(), app.position());
    let mut places = Vec::new();
    while let Ok(place) = app.state.place_to_wait() {
        places.push(place);
    }
    let refused = office.get(&format!("changes?after={before}&wait=30")).await;
    assert_eq!(refused.refused(503, "too_many_waiting").header("retry-after"), "5");
    // Whoever does not have to wait is answered.
    office.get(&format!("changes?after={before}")).await.expect(200);
    assert_eq!(positions(&office.get(&format!("changes?after={}&wait=30", before - 1)).await.expect(200)), [before]);
}

async fn what_cannot_be_asked_is_refused(app: TestApp) {
    let office = app.office();
    let beyond = format!("after={}", app.position() + 1);
    for (query, name, rule) in [
        (beyond.as_str(), "after", "range"),
        ("after=-1", "after", "range"),
        ("after=x", "after", "format"),
        ("wait=31", "wait", "range"),
        ("wait=-1", "wait", "format"),
        ("limit=201", "limit", "range"),
        ("kind=user", "kind", "unknown_value"),
    ] {
        office.get(&format!("changes?{query}")).await.refused(400, "invalid_parameter").names(name, rule);
    }
    app.anonymous().get("changes?wait=30").await.refused(401, "unauthenticated");
}

/// What a writer does: every third attempt is undone.
fn write_on(state: &AppState, writer: usize) -> usize {
    let attempt = |number: usize| {
        state.write_now(|conn, _| {
            world::area(conn, &format!("hg-x-{writer}-{number}"), "Xã", AreaLevel::Commune, Some("hg-huyen-vi-thuy"))?;
            if number.is_multiple_of(3) { Err(AppError::new(codes::STALE)) } else { Ok(()) }
        })
    };
    (0..30).filter(|number| attempt(*number).is_ok()).count()
}

/// Two instances, each with two writers, and a reader that follows them all.
async fn followers_miss_nothing_while_many_write(app: TestApp) {
    let other = app.second_instance().await;
    let (office, before) = (app.office(), app.position());
    let states = [app.state.clone(), other.state.clone(), app.state.clone(), other.state.clone()];
    let writers: Vec<_> = states.into_iter().enumerate().map(|(n, state)| std::thread::spawn(move || write_on(&state, n))).collect();
    let (mut seen, mut next) = (Vec::new(), before);
    while seen.len() < 80 {
        let changes = office.get(&format!("changes?after={next}&wait=20&limit=7")).await.expect(200);
        assert!(changes.json["next"].as_i64() > Some(next), "{}", changes.text);
        next = changes.json["next"].as_i64().unwrap();
        seen.extend(positions(&changes));
    }
    let written: usize = writers.into_iter().map(|writer| writer.join().unwrap()).sum();
    assert_eq!((written, seen), (80, (before + 1..=before + 80).collect()));
    assert_eq!(app.position(), before + 80);
}
