//! Clauses: stable ids in a numbering that moves, and the tasks that cite them.

use resolution_tracker::domain::permission::Role;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::resolutions::congress;
use super::resolutions::with;
use super::tasks::{draft, drafted, issued, seen};
use crate::common::world::On;
use crate::common::{Response, TestApp, on_both_databases};

on_both_databases! {
    clauses_stand_in_the_order_of_the_document,
    two_clauses_change_places_and_keep_their_ids,
    a_voided_clause_stays_on_record_and_is_cited_no_more,
    a_task_cites_several_clauses_and_is_found_by_them,
    a_part_is_stated_by_a_clause_of_its_resolution,
    clauses_are_written_with_their_resolution,
    what_is_wrong_with_a_clause_is_named,
}

/// A clause of a resolution.
pub async fn clause(app: &TestApp, resolution: &Response, path: &str, kind: &str) -> Response {
    app.pass(1);
    let draft = json!({"path": path, "kind": kind, "heading": format!("Mục {path}")});
    app.office().post(&format!("resolutions/{}/clauses", resolution.id()), draft).await.expect(201)
}

async fn paths(app: &TestApp, resolution: &Response, query: &str) -> Vec<String> {
    let list = app.reporter("hg-so-y-te").get(&format!("resolutions/{}/clauses?{query}", resolution.id())).await.expect(200);
    list.texts("path").into_iter().map(ToOwned::to_owned).collect()
}

async fn clauses_stand_in_the_order_of_the_document(app: TestApp) {
    let congress = congress(&app).await;
    for path in ["II.10", "II", "II.3.b", "I", "II.3", "II.3.a"] {
        let _ = clause(&app, &congress, path, "section").await;
    }
    let words = json!({"path": "III", "kind": "solution", "heading": "Giải pháp", "text": "Tập trung chỉ đạo."});
    let worded = app.office().post(&format!("resolutions/{}/clauses", congress.id()), words).await.expect(201);
    assert_eq!(worded.json["text_sha256"], hex::encode(Sha256::digest("Tập trung chỉ đạo.")));
    assert_eq!(paths(&app, &congress, "").await, ["I", "II", "II.3", "II.3.a", "II.3.b", "II.10", "III"]);
    assert_eq!(paths(&app, &congress, "below=II.3").await, ["II.3", "II.3.a", "II.3.b"]);
    assert_eq!(paths(&app, &congress, "kind=solution").await, ["III"]);
    let first = app.leader().get(&format!("resolutions/{}/clauses?limit=4", congress.id())).await.expect(200);
    let next = first.json["next"].as_str().unwrap();
    assert_eq!(paths(&app, &congress, &format!("limit=4&cursor={next}")).await, ["II.3.b", "II.10", "III"]);
    let one = app.leader().get(worded.header("location")).await.expect(200);
    assert_eq!((one.json.clone(), one.etag().split('-').next()), (worded.json.clone(), Some("\"1")));
    let changes = app.leader().get("changes?kind=clause").await.expect(200);
    assert_eq!(changes.json["items"].as_array().unwrap().len(), 7);
    assert_eq!(changes.json["items"][6]["href"], format!("/api/v1/clauses/{}", worded.id()));
}

async fn two_clauses_change_places_and_keep_their_ids(app: TestApp) {
    let congress = congress(&app).await;
    let (first, second) = (clause(&app, &congress, "II.1", "task").await, clause(&app, &congress, "II.2", "task").await);
    let order = format!("resolutions/{}/clauses/order", congress.id());
    let place = |clause: &Response, version: i32, path: &str| json!({"clause": clause.id(), "version": version, "path": path});
    let swap = json!({"clauses": [place(&first, 1, "II.2"), place(&second, 1, "II.1")]});
    let moved = app.office().post(&order, swap.clone()).key("k").await.expect(200);
    assert_eq!((moved.texts("id"), moved.texts("path")), (vec![first.id(), second.id()], vec!["II.2", "II.1"]));
    assert_eq!(app.office().post(&order, swap.clone()).key("k").await.expect(200).json, moved.json, "sent twice, done once");
    app.office().post(&order, swap).await.refused(412, "stale");
    let position = app.position();
    let both = json!({"clauses": [place(&first, 2, "II.1")]});
    app.office().post(&order, both).await.refused(409, "duplicate").names("/clauses", "taken");
    let twice = json!({"clauses": [place(&first, 2, "III"), place(&first, 3, "IV")]});
    app.office().post(&order, twice).await.invalid("/clauses/1/clause", "repeated");
    let nobody = json!({"clauses": [{"clause": congress.id(), "version": 1, "path": "V"}]});
    app.office().post(&order, nobody).await.invalid("/clauses/0/clause", "unknown_record");
    assert_eq!(app.position(), position);
    let event = &app.admin().get("audit?limit=1").await.expect(200).json["items"][0];
    assert_eq!(event["action"], "resolution.clauses_ordered");
}

async fn a_voided_clause_stays_on_record_and_is_cited_no_more(app: TestApp) {
    let congress = congress(&app).await;
    let wrong = clause(&app, &congress, "II.3", "task").await;
    let citing = issued(&app, with(draft("Xây dựng kế hoạch"), json!({"clauses": [wrong.id()]}))).await;
    let path = format!("clauses/{}", wrong.id());
    app.office().post(&format!("{path}/voiding"), json!({})).await.invalid("/reason", "required");
    let voided = app.office().post(&format!("{path}/voiding"), json!({"reason": "Nhập nhầm mục."})).await.expect(200);
    assert_eq!((&voided.json["void_reason"], voided.json["voided_at"].is_string()), (&json!("Nhập nhầm mục."), true));
    assert_eq!(paths(&app, &congress, "").await, Vec::<String>::new());
    assert_eq!(paths(&app, &congress, "voided=true").await, ["II.3"]);
    app.office().post(&format!("{path}/voiding"), json!({"reason": "Lần nữa."})).await.refused(409, "illegal_state");
    app.office().change(&path, json!({"heading": "Khác"})).await.refused(409, "illegal_state");
    let _ = clause(&app, &congress, "II.3", "task").await;
    // What cites it goes on doing so; nothing new does.
    assert_eq!(seen(&app, &citing).await["clauses"], json!([wrong.id()]));
    let _ = app.office().change(&format!("tasks/{citing}"), json!({"description": "Chi tiết"})).await.expect(200);
    let again = with(draft("Việc khác"), json!({"clauses": [wrong.id()]}));
    app.office().post("tasks", again).await.invalid("/clauses/0", "unknown_record");
    let events = app.admin().get("audit?limit=200").await.expect(200);
    let reason =
        events.json["items"].as_array().unwrap().iter().find(|event| event["action"] == "clause.voided").unwrap()["reason"].clone();
    assert_eq!(reason, "Nhập nhầm mục.");
}

async fn a_task_cites_several_clauses_and_is_found_by_them(app: TestApp) {
    let congress = congress(&app).await;
    let (section, one) = (clause(&app, &congress, "II", "section").await, clause(&app, &congress, "II.1", "task").await);
    let other = clause(&app, &congress, "III", "solution").await;
    let both = issued(&app, with(draft("Cả hai"), json!({"clauses": [one.id(), other.id()]}))).await;
    let part = drafted(&app, with(draft("Phần"), json!({"parent": both}))).await;
    let plain = issued(&app, draft("Không viện dẫn")).await;
    assert_eq!(seen(&app, &part).await["clauses"], json!([one.id(), other.id()]), "a part takes them from its whole");
    let found = async |query: String| {
        let list = app.office().get(&format!("tasks?{query}")).await.expect(200);
        let mut ids: Vec<String> = list.texts("id").into_iter().map(ToOwned::to_owned).collect();
        ids.sort();
        ids
    };
    assert_eq!(found(format!("clause={}", section.id())).await, [both.clone(), part.clone()]);
    assert_eq!(found("cites=true".into()).await, [both.clone(), part.clone()]);
    assert_eq!(found("cites=false".into()).await, std::slice::from_ref(&plain));
    app.office().get(&format!("tasks?clause={plain}")).await.refused(400, "invalid_parameter");
    let changed = app.office().change(&format!("tasks/{both}"), json!({"clauses": [other.id()]})).await.expect(200);
    assert_eq!(changed.json["clauses"], json!([other.id()]));
    let twice = json!({"clauses": [other.id(), other.id()]});
    app.office().change(&format!("tasks/{both}"), twice).await.invalid("/clauses/1", "repeated");
    let none = app.office().change(&format!("tasks/{both}"), json!({"clauses": null})).await;
    assert_eq!(none.expect(200).json["clauses"], json!([]));
}

async fn a_part_is_stated_by_a_clause_of_its_resolution(app: TestApp) {
    let congress = congress(&app).await;
    let stated = clause(&app, &congress, "I.1", "breakthrough").await;
    let theme = json!({"title": "Nghị quyết chuyên đề", "kind": "thematic", "level": "province", "issuer": "hg-tinh-uy"});
    let theme = app.office().post("resolutions", theme).await.expect(201);
    for path in ["breakthroughs", "pillars", "objectives", "task-groups"] {
        let part = |of: &Response| {
            let more = match path {
                "objectives" => json!({"level": "general"}),
                "task-groups" => json!({"kind": "task"}),
                _ => json!({}),
            };
            with(json!({"resolution": of.id(), "ordinal": 1, "title": "Tên", "clause": stated.id()}), more)
        };
        let made = app.office().post(path, part(&congress)).await.expect(201);
        assert_eq!(made.json["clause"], stated.id());
        app.office().post(path, part(&theme)).await.invalid("/clause", "unknown_record");
        let cleared = app.office().change(&format!("{path}/{}", made.id()), json!({"clause": null})).await.expect(200);
        assert_eq!(cleared.json["clause"], Value::Null);
    }
}

async fn clauses_are_written_with_their_resolution(app: TestApp) {
    let congress = congress(&app).await;
    let standing = clause(&app, &congress, "I", "objective").await;
    let (list, one) = (format!("resolutions/{}/clauses", congress.id()), format!("clauses/{}", standing.id()));
    let district = app.account_with("vi-thuy", &[(Role::Office, On::Area("hg-huyen-vi-thuy"))]);
    let new = json!({"path": "II", "kind": "task", "heading": "Nhiệm vụ"});
    for reader in [&district, &app.leader(), &app.inspector(), &app.reporter("hg-so-y-te")] {
        let _ = reader.get(&one).await.expect(200);
        reader.post(&list, new.clone()).await.refused(403, "forbidden");
        reader.patch(&one, json!({"heading": "x"})).if_match("*").await.refused(403, "forbidden");
        reader.post(&format!("{one}/voiding"), json!({"reason": "x"})).await.refused(403, "forbidden");
    }
    let outsider = app.outsider();
    outsider.get(&one).await.refused(404, "not_found");
    outsider.get(&list).await.refused(404, "not_found");
    outsider.post(&list, new).await.refused(404, "not_found");
    app.office().patch(&one, json!({"heading": "Khác"})).await.refused(428, "precondition_required");
    let _ = app.office().patch(&one, json!({"heading": "Khác"})).if_match(standing.etag()).await.expect(200);
    app.office().patch(&one, json!({"heading": "Nữa"})).if_match(standing.etag()).await.refused(412, "stale");
}

async fn what_is_wrong_with_a_clause_is_named(app: TestApp) {
    let congress = congress(&app).await;
    let _ = clause(&app, &congress, "II.3", "task").await;
    let list = format!("resolutions/{}/clauses", congress.id());
    let position = app.position();
    let good = json!({"path": "II.4", "kind": "task", "heading": "Nhiệm vụ"});
    let cases = [
        (json!({"path": "II 4"}), "/path", "format"),
        (json!({"path": ""}), "/path", "length"),
        (json!({"kind": "law"}), "/kind", "unknown_value"),
        (json!({"heading": ""}), "/heading", "length"),
        (json!({"text": ""}), "/text", "length"),
        (json!({"colour": "đỏ"}), "/colour", "unknown_field"),
    ];
    for (wrong, pointer, rule) in cases {
        app.office().post(&list, with(good.clone(), wrong)).await.invalid(pointer, rule);
    }
    app.office().post(&list, with(good, json!({"path": "II.3"}))).await.refused(409, "duplicate").names("/path", "taken");
    app.leader().get(&format!("{list}?below=x%25")).await.refused(400, "invalid_parameter");
    assert_eq!(app.position(), position);
}
