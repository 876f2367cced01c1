//! What every address does alike: how it refuses, what it wants of a change, how it pages.

use actix_web::http::Method;
use futures_util::future::join_all;
use serde_json::{Value, json};

use crate::common::world::On;
use crate::common::{TestApp, on_both_databases};
use resolution_tracker::domain::permission::Role;

on_both_databases! {
    who_is_not_signed_in_learns_nothing,
    a_body_must_be_json_of_a_decent_size,
    wrong_content_names_field_and_rule_in_both_languages,
    unknown_parameters_are_refused,
    unknown_addresses_and_methods_are_problems,
    a_change_names_the_version_it_was_made_from,
    what_is_known_is_not_sent_again,
    a_tag_depends_on_day_language_and_reader,
    a_repeated_post_happens_once,
    a_key_that_cannot_be_kept_whole_is_refused,
    two_posts_with_one_key_at_once_happen_once,
    refusals_come_in_their_order,
    every_request_belongs_to_a_trace,
    health_and_contract_are_public,
}

fn commune(code: &str) -> Value {
    json!({"code": code, "name": "Xã Vị Thắng", "level": "commune", "parent": "hg-huyen-vi-thuy", "valid_from": "2004-01-01"})
}

async fn who_is_not_signed_in_learns_nothing(app: TestApp) {
    let nobody = app.anonymous();
    for path in ["areas", "areas/hg", "areas/none", "areas?unknown=1", "units", "me"] {
        nobody.get(path).await.refused(401, "unauthenticated");
    }
    nobody.post("areas", json!({})).bytes("text/plain", "x").await.refused(401, "unauthenticated");
    nobody.patch("areas/hg", json!({"name": 1})).await.refused(401, "unauthenticated");
}

async fn a_body_must_be_json_of_a_decent_size(app: TestApp) {
    let (admin, before) = (app.admin(), app.position());
    for broken in ["", "{", "{\"code\": \"x\",}", "{'code': 1}", "\u{feff}{}", "{\"code\": \"x\\u0000\"}"] {
        admin.call(Method::POST, "areas").bytes("application/json", broken).await.refused(400, "malformed_json");
    }
    admin.call(Method::POST, "areas").bytes("application/json", [b'"', 0xff, b'"']).await.refused(400, "malformed_json");
    for kind in ["text/plain", "application/x-www-form-urlencoded", "application/xml"] {
        admin.post("areas", commune("hg-xa-moi")).header("Content-Type", kind).await.refused(415, "unsupported_media_type");
    }
    let large = vec![b' '; 10 * 1024 * 1024];
    admin.call(Method::POST, "areas").bytes("application/json", large.clone()).await.refused(413, "payload_too_large");
    admin.call(Method::PATCH, "areas/hg").if_match("*").bytes("application/json", large.clone()).await.refused(413, "payload_too_large");
    app.anonymous().call(Method::POST, "auth/login").bytes("application/json", large).await.refused(413, "payload_too_large");
    let deep = "[".repeat(100_000);
    admin.call(Method::POST, "areas").bytes("application/json", deep).await.refused(400, "malformed_json");
    assert_eq!(app.position(), before);
}

async fn wrong_content_names_field_and_rule_in_both_languages(app: TestApp) {
    let (admin, before) = (app.admin(), app.position());
    let with = |field: &str, value: Value| {
        let mut draft = commune("hg-xa-moi");
        draft[field] = value;
        admin.post("areas", draft)
    };
    with("name", json!("")).await.invalid("/name", "length");
    with("name", json!("x".repeat(201))).await.invalid("/name", "length");
    with("name", json!(7)).await.invalid("/name", "wrong_type");
    with("name", json!("   ")).await.invalid("/name", "length");
    with("code", json!("Xã")).await.invalid("/code", "code_form");
    with("colour", json!("red")).await.invalid("/colour", "unknown_field");
    with("level", json!("village")).await.invalid("/level", "unknown_value");
    with("valid_from", json!("31/12/2020")).await.invalid("/valid_from", "wrong_type");
    with("valid_to", json!("2003-12-31")).await.invalid("/valid_to", "date_order");
    with("parent", json!("hg-none")).await.invalid("/parent", "unknown_area");
    with("parent", json!("hd")).await.invalid("/parent", "unknown_area");
    with("code", json!("hg-xa-vi-trung")).await.refused(409, "duplicate");
    admin.post("areas", json!({"code": "x"})).await.invalid("/name", "required");
    admin.post("areas", json!([])).await.refused(422, "validation_failed");
    admin.post("areas", json!("text")).await.refused(422, "validation_failed");
    admin.change("areas/hg", json!({"name": null})).await.invalid("/name", "required");
    admin.change("areas/hg", json!({"colour": 1})).await.invalid("/colour", "unknown_field");
    admin.change("areas/hg", json!({"code": "hg-2"})).await.invalid("/code", "format");

    let (vi, en) = (with("name", json!("")).await, with("name", json!("")).in_english().await);
    assert_eq!((vi.header("content-language"), en.header("content-language")), ("vi", "en"));
    assert_eq!(vi.json["errors"][0]["message"], "độ dài phải từ 1 đến 200 ký tự");
    assert_eq!(en.json["errors"][0]["message"], "must have 1 to 200 characters");
    assert_ne!(vi.json["title"], en.json["title"]);
    assert_eq!(app.position(), before);
}

async fn unknown_parameters_are_refused(app: TestApp) {
    let admin = app.admin();
    admin.get("areas?colour=red").await.refused(400, "unknown_parameter").names("colour", "unknown_parameter");
    // What no text may hold.
    admin.get("units?parent=hg%00").await.refused(400, "invalid_parameter").names("parent", "format");
    admin.get("units/hg%00").await.refused(404, "not_found");
    admin.get("units?kind=department&kind=village").await.refused(400, "invalid_parameter").names("kind", "unknown_value");
    admin.get("areas?level=village").await.refused(400, "invalid_parameter").names("level", "unknown_value");
    admin.get("areas?valid_on=yesterday").await.refused(400, "invalid_parameter").names("valid_on", "format");
    for limit in ["0", "201", "-1", "many", "1e2"] {
        admin.get(&format!("areas?limit={limit}")).await.refused(400, "invalid_parameter");
    }
    for cursor in ["x", "bm9uZQ", "WyJhIiwiYiJd"] {
        admin.get(&format!("areas?cursor={cursor}")).await.refused(400, "invalid_parameter").names("cursor", "cursor");
    }
}

async fn unknown_addresses_and_methods_are_problems(app: TestApp) {
    let admin = app.admin();
    for path in ["nothing", "areas/hg/nothing", "/api/v2/areas", "areas/"] {
        admin.get(path).await.refused(404, "not_found");
        app.anonymous().get(path).await.refused(404, "not_found");
    }
    let allow = |response: crate::common::Response| response.refused(405, "method_not_allowed").header("allow").to_owned();
    assert_eq!(allow(admin.call(Method::DELETE, "areas").await), "GET, POST");
    assert_eq!(allow(admin.post("areas/hg", json!({})).await), "GET, PATCH");
    assert_eq!(allow(admin.get("auth/login").await), "POST");
    assert_eq!(allow(app.office().get("progress-reports/batch").await), "POST", "a word where another route has an id");
    app.office().get("progress-reports/none").await.refused(404, "not_found");
    admin.get("areas/none").await.refused(404, "not_found");
    admin.get(&format!("areas/{}", app.unit("hg-so-y-te"))).await.refused(404, "not_found");
}

async fn a_change_names_the_version_it_was_made_from(app: TestApp) {
    let admin = app.admin();
    let read = admin.get("units/hg-so-y-te").await.expect(200);
    let rename = json!({"name": "Sở Y tế tỉnh Hậu Giang"});
    admin.patch("units/hg-so-y-te", rename.clone()).await.refused(428, "precondition_required");
    let changed = admin.patch("units/hg-so-y-te", rename.clone()).if_match(read.etag()).await.expect(200);
    assert_eq!((changed.json["version"].as_i64(), &changed.json["name"]), (Some(2), &rename["name"]));
    assert_eq!(changed.etag(), admin.get("units/hg-so-y-te").await.etag());
    admin.patch("units/hg-so-y-te", json!({"note": "x"})).if_match(read.etag()).await.refused(412, "stale");
    admin.patch("units/hg-so-y-te", json!({"note": "x"})).if_match("nonsense").await.refused(412, "stale");
    admin.patch("units/hg-so-y-te", json!({})).if_match("*").await.invalid("", "nothing_changes");
    // A merge patch: what is missing stays, null removes. The tag of another reader is as good.
    let noted =
        admin.patch("units/hg-so-y-te", json!({"note": "x"})).if_match(app.leader().get("units/hg-so-y-te").await.etag()).await.expect(200);
    assert_eq!((&noted.json["note"], &noted.json["name"]), (&json!("x"), &rename["name"]));
    let content = "application/merge-patch+json";
    let removed = admin.patch("units/hg-so-y-te", json!({"note": null})).if_match("*").header("Content-Type", content).await.expect(200);
    assert_eq!((&removed.json["note"], removed.json["version"].as_i64()), (&Value::Null, Some(4)));
}

async fn what_is_known_is_not_sent_again(app: TestApp) {
    let leader = app.leader();
    let read = leader.get("units/hg-so-y-te").await.expect(200);
    for known in [read.etag().to_owned(), format!("W/{}", read.etag()), format!("\"1-a\", {}", read.etag())] {
        let again = leader.get("units/hg-so-y-te").header("If-None-Match", known).await.expect(304);
        assert_eq!((again.text.as_str(), again.etag()), ("", read.etag()));
    }
    app.admin().change("units/hg-so-y-te", json!({"note": "x"})).await.expect(200);
    leader.get("units/hg-so-y-te").header("If-None-Match", read.etag()).await.expect(200);
    assert_eq!(read.header("cache-control"), "private, no-cache");
}

async fn a_tag_depends_on_day_language_and_reader(app: TestApp) {
    let path = "units/hg-so-y-te";
    let (leader, inspector) = (app.leader(), app.inspector());
    let first = leader.get(path).await;
    assert_eq!(first.etag(), leader.get(path).await.etag());
    assert_ne!(first.etag(), leader.get(path).in_english().await.etag());
    assert_ne!(first.etag(), inspector.get(path).await.etag());
    // 16:59:59 UTC is still the same day in Vietnam, a second later it is not.
    app.set_time("2023-10-02T16:59:59Z");
    assert_eq!(first.etag(), leader.get(path).await.etag());
    app.pass(1);
    assert_ne!(first.etag(), leader.get(path).await.etag());
    let colleague = app.account_with("leader-2", &[(Role::Leader, On::Area("hg"))]);
    assert_eq!(leader.get(path).await.etag(), colleague.get(path).await.etag(), "the same reach sees the same");
}

async fn a_repeated_post_happens_once(app: TestApp) {
    let admin = app.admin();
    let first = admin.post("areas", commune("hg-xa-moi")).key("k1").await.expect(201);
    let position = app.position();
    let again = admin.post("areas", commune("hg-xa-moi")).key("k1").await.expect(201);
    assert_eq!((&again.json, again.header("location"), again.etag()), (&first.json, first.header("location"), first.etag()));
    assert_eq!(app.position(), position);
    admin.post("areas", commune("hg-xa-khac")).key("k1").await.refused(422, "idempotency_key_reused");
    admin.post("areas", commune("hg-xa-moi")).key("k2").await.refused(409, "duplicate");
    // Keys are each user's own, refusals are not kept, and after a day a key is new again.
    let other = app.account_with("admin-2", &[(Role::Admin, On::Area("hg"))]);
    other.post("areas", commune("hg-xa-khac")).key("k1").await.expect(201);
    admin.post("areas", json!({})).key("k3").await.refused(422, "validation_failed");
    admin.post("areas", commune("hg-xa-ba")).key("k3").await.expect(201);
    app.pass(24 * 3600 + 1);
    admin.post("areas", commune("hg-xa-moi")).key("k1").await.refused(409, "duplicate");
}

async fn a_key_that_cannot_be_kept_whole_is_refused(app: TestApp) {
    let (admin, before, longest) = (app.admin(), app.position(), "k".repeat(200));
    for (key, rule) in [(format!("{longest}1"), "length"), (String::new(), "length"), ("khóa".into(), "format")] {
        let answer = admin.post("areas", commune("hg-xa-moi")).key(&key).await;
        assert_eq!(answer.refused(400, "invalid_parameter").json["errors"][0]["code"], rule, "{key}");
    }
    assert_eq!(app.position(), before);
    admin.post("areas", commune("hg-xa-moi")).key(&longest).await.expect(201);
}

async fn two_posts_with_one_key_at_once_happen_once(app: TestApp) {
    let (admin, before) = (app.admin(), app.position());
    let calls = (0..6).map(|_| std::future::IntoFuture::into_future(admin.post("areas", commune("hg-xa-moi")).key("k")));
    let answers = join_all(calls).await;
    let made = answers.iter().filter(|answer| answer.status == 201).count();
    assert!(made >= 1);
    for answer in answers.iter().filter(|answer| answer.status != 201) {
        answer.refused(409, "idempotency_in_flight");
    }
    assert_eq!(app.position(), before + 1);
    // The other instance knows the key too.
    let other = app.second_instance().await;
    other.admin().post("areas", commune("hg-xa-moi")).key("k").await.expect(201);
    assert_eq!(app.position(), before + 1);
}

/// 401, 400, 404 or 403, 428 or 412, 409, 422: the first that applies.
async fn refusals_come_in_their_order(app: TestApp) {
    let (reporter, outsider, admin) = (app.reporter("hg-so-y-te"), app.outsider(), app.admin());
    reporter.patch("units/hg-so-y-te", json!({"colour": 1})).await.refused(403, "forbidden");
    reporter.post("areas", json!({})).await.refused(403, "forbidden");
    outsider.patch("units/hg-so-y-te", json!({"colour": 1})).await.refused(404, "not_found");
    admin.patch("units/hd-so-tu-phap", json!({"colour": 1})).await.refused(404, "not_found");
    admin.patch("units/hg-so-y-te", json!({"colour": 1})).await.refused(428, "precondition_required");
    admin.patch("units/hg-so-y-te", json!({"colour": 1})).if_match("\"9\"").await.refused(412, "stale");
    admin.patch("units/hg-so-y-te", json!({"colour": 1})).if_match("\"1\"").await.refused(422, "validation_failed");
    let broken = reporter.call(Method::PATCH, "units/hg-so-y-te").bytes("application/json", "{").await;
    assert!([400, 403].contains(&broken.status), "{}", broken.text);
}

async fn every_request_belongs_to_a_trace(app: TestApp) {
    let parent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    let admin = app.admin();
    let joined = admin.post("areas", commune("hg-xa-moi")).header("traceparent", parent).await.expect(201);
    assert!(joined.header("traceparent").starts_with("00-4bf92f3577b34da6a3ce929d0e0e4736-"));
    assert_ne!(joined.header("traceparent"), parent);
    let known = app.db_sql("UPDATE events SET reason = reason WHERE request_id = '4bf92f3577b34da6a3ce929d0e0e4736'");
    assert_eq!(known, 1, "the journal keeps the trace");
    let problem = app.anonymous().get("areas").header("traceparent", parent).await;
    assert_eq!(problem.json["trace_id"], "4bf92f3577b34da6a3ce929d0e0e4736");
    let begun = admin.get("areas").header("traceparent", "00-0-0-0").await.header("traceparent").to_owned();
    assert!(begun.len() == 55 && !begun.contains("00000000000000000000000000000000"), "{begun}");
}

async fn health_and_contract_are_public(app: TestApp) {
    let nobody = app.anonymous();
    for path in ["/healthz", "/readyz", "/api/v1/openapi.json", "/docs/"] {
        let answer = nobody.get(path).await.expect(200);
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
    }
    assert_eq!(nobody.get("/docs").await.expect(307).header("location"), "/docs/");
    assert!(nobody.get("/docs/swagger-initializer.js").await.expect(200).text.contains("/api/v1/openapi.json"));
    assert_eq!(nobody.get("/api/v1/openapi.json").await.json["openapi"].as_str().unwrap().get(..3), Some("3.1"));
}
