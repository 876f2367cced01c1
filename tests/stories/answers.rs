//! Answers that are kept: never an old one, never another reader's.

use std::io::Read;

use diesel::connection::SimpleConnection;
use resolution_tracker::domain::permission::Role;
use serde_json::json;

use super::api_clients::made;
use super::progress_reports::{logged, report, task};
use super::resolutions::with;
use super::tasks::{draft, drafted, issued};
use crate::common::world::On;
use crate::common::{TestApp, on_both_databases};

on_both_databases! {
    a_write_is_seen_by_the_next_question,
    a_write_of_another_instance_is_seen_at_once,
    a_write_past_the_service_is_seen_at_once,
    whoever_signed_out_is_refused_everywhere_at_once,
    a_grant_that_ends_and_an_account_that_is_disabled_count_at_once,
    a_key_that_was_revoked_or_replaced_is_refused_everywhere_at_once,
    a_session_ends_in_its_time_though_nothing_was_written,
    readers_who_see_different_things_share_nothing,
    the_language_is_part_of_the_question,
    midnight_in_vietnam_makes_a_task_overdue_without_a_write,
    a_known_answer_is_not_sent_again,
    a_kept_answer_is_compressed_for_whoever_takes_that,
    a_refusal_is_not_kept,
}

async fn a_write_is_seen_by_the_next_question(app: TestApp) {
    let (task, leader) = (task(&app).await, app.leader());
    let paths = [format!("tasks/{task}"), "tasks".into(), "dashboards/units".into(), format!("tasks/{task}/progress-reports")];
    for percent in [10, 20, 30] {
        logged(&app, &task, report(percent)).await;
        for path in &paths {
            let (first, again) = (leader.get(path).await.expect(200), leader.get(path).await.expect(200));
            assert_eq!((&first.text, first.header("etag")), (&again.text, again.header("etag")));
            assert!(again.text.contains(&format!(":{percent}")), "{path}: {}", again.text);
            assert_eq!((again.header("cache-control"), again.header("content-type")), ("private, no-cache", "application/json"));
        }
    }
}

async fn a_write_of_another_instance_is_seen_at_once(app: TestApp) {
    let (task, other) = (task(&app).await, app.second_instance().await);
    let (here, there) = (app.leader(), other.leader());
    for percent in [10, 20, 30] {
        logged(&app, &task, report(percent)).await;
        for leader in [&here, &there, &there] {
            let seen = leader.get(&format!("tasks/{task}")).await.expect(200);
            assert_eq!(seen.json["progress"]["claimed"], percent);
            let overview = leader.get("dashboards/overview").await.expect(200);
            assert_eq!(overview.json["progress"]["claimed"], percent);
        }
    }
}

async fn a_write_past_the_service_is_seen_at_once(app: TestApp) {
    let (office, mut connection) = (app.office(), app.database.connect());
    for name in ["Sở Y tế tỉnh", "Sở Y tế Hậu Giang"] {
        office.get("units/hg-so-y-te").await.expect(200);
        connection.batch_execute(&format!("UPDATE units SET name = '{name}' WHERE code = 'hg-so-y-te'")).unwrap();
        assert_eq!(office.get("units/hg-so-y-te").await.expect(200).json["name"], name);
    }
}

async fn whoever_signed_out_is_refused_everywhere_at_once(app: TestApp) {
    let other = app.second_instance().await;
    let here = app.login("leader").await;
    let there = other.holder(&here.token().unwrap());
    for leader in [&here, &there, &there] {
        leader.get("dashboards/overview").await.expect(200);
    }
    here.post("auth/logout", json!({})).await.expect(204);
    for leader in [&there, &here] {
        leader.get("dashboards/overview").await.refused(401, "invalid_token");
    }
}

async fn a_grant_that_ends_and_an_account_that_is_disabled_count_at_once(app: TestApp) {
    let other = app.second_instance().await;
    let mut connection = app.database.connect();
    let token = app.account_with("l-2", &[(Role::Leader, On::Area("hg")), (Role::Inspector, On::Area("hg"))]).token().unwrap();
    let there = other.holder(&token);
    let end = |role: &str| {
        format!(
            "UPDATE grants SET revoked_at = '2023-10-02 03:00:00' WHERE role = '{role}' AND user_id = (SELECT id FROM users WHERE username = 'l-2')"
        )
    };
    for path in ["dashboards/overview", "audit"] {
        there.get(path).await.expect(200);
    }
    connection.batch_execute(&end("inspector")).unwrap();
    there.get("audit").await.refused(403, "forbidden");
    there.get("dashboards/overview").await.expect(200);
    connection.batch_execute(&end("leader")).unwrap();
    there.get("dashboards/overview").await.refused(403, "forbidden");
    connection.batch_execute("UPDATE users SET disabled_at = '2023-10-02 03:00:00' WHERE username = 'l-2'").unwrap();
    there.get("dashboards/overview").await.refused(401, "invalid_token");
}

async fn a_key_that_was_revoked_or_replaced_is_refused_everywhere_at_once(app: TestApp) {
    let (other, admin) = (app.second_instance().await, app.admin());
    let draft =
        json!({"code": "edoc", "name": "Quản lý văn bản", "scopes": ["work_read"], "area": "hg", "expires_at": "2023-10-02T03:00:10Z"});
    let (client, first) = made(&app, draft).await;
    let path = format!("api-clients/{client}");
    for system in [app.holder(&first), other.holder(&first), other.holder(&first)] {
        system.get("tasks").await.expect(200);
    }
    let rotated = admin.post(&format!("{path}/key"), json!({})).await.expect(201);
    let second = rotated.json["key"].as_str().unwrap();
    for instance in [&other, &app] {
        instance.holder(&first).get("tasks").await.refused(401, "invalid_token");
        instance.holder(second).get("tasks").await.expect(200);
        instance.holder(second).get("tasks").await.expect(200);
    }
    // It expires in its time, though nothing was written; and what was expired is good again when it is extended.
    for (seconds, there) in [(9, true), (1, false)] {
        app.pass(seconds);
        other.pass(seconds);
        for instance in [&app, &other] {
            let answer = instance.holder(second).get("tasks").await;
            if there { drop(answer.expect(200)) } else { drop(answer.refused(401, "key_expired").clone()) }
        }
    }
    admin.change(&path, json!({"expires_at": "2023-12-31T00:00:00Z"})).await.expect(200);
    for instance in [&app, &other] {
        instance.holder(second).get("tasks").await.expect(200);
    }
    admin.post(&format!("{path}/revocation"), json!({"reason": "Thay hệ thống"})).await.expect(200);
    for instance in [&other, &app] {
        instance.holder(second).get("tasks").await.refused(401, "key_revoked");
    }
}

async fn a_session_ends_in_its_time_though_nothing_was_written(app: TestApp) {
    let leader = app.login("leader").await;
    app.db_sql("UPDATE sessions SET expires_at = '2023-10-02 03:00:10'");
    leader.get("dashboards/overview").await.expect(200);
    app.pass(9);
    leader.get("dashboards/overview").await.expect(200);
    app.pass(1);
    leader.get("dashboards/overview").await.refused(401, "invalid_token");
}

async fn readers_who_see_different_things_share_nothing(app: TestApp) {
    let (published, unpublished) = (issued(&app, draft("Đã giao")).await, drafted(&app, draft("Chưa giao")).await);
    let (office, leader, outsider) = (app.office(), app.leader(), app.outsider());
    let (own, else_where) = (app.reporter("hg-so-y-te"), app.reporter("hg-so-tai-chinh"));
    let path = format!("tasks/{published}");
    assert!(office.get(&path).await.expect(200).json["allowed_actions"].to_string().contains("void"));
    assert_eq!(own.get(&path).await.expect(200).json["allowed_actions"], json!(["report", "request_commitment"]));
    assert_eq!(leader.get(&path).await.expect(200).json["allowed_actions"], json!([]));
    else_where.get(&path).await.refused(403, "forbidden");
    outsider.get(&path).await.refused(404, "not_found");
    app.anonymous().get(&path).await.refused(401, "unauthenticated");
    office.get(&format!("tasks/{unpublished}")).await.expect(200);
    leader.get(&format!("tasks/{unpublished}")).await.refused(404, "not_found");
    assert_eq!(office.get("tasks").await.texts("id").len(), 2);
    assert_eq!(leader.get("tasks").await.texts("id"), [published.as_str()]);
    assert!(else_where.get("tasks").await.texts("id").is_empty());
    assert!(outsider.get("dashboards/units").await.texts("light").len() < leader.get("dashboards/units").await.texts("light").len());
}

async fn the_language_is_part_of_the_question(app: TestApp) {
    let leader = app.leader();
    let (vi, en) = (leader.get("dashboards/overview").await.expect(200), leader.get("dashboards/overview").in_english().await.expect(200));
    assert_ne!(vi.etag(), en.etag());
    leader.get("dashboards/overview").in_english().header("If-None-Match", vi.etag()).await.expect(200);
    leader.get("dashboards/overview").in_english().header("If-None-Match", en.etag()).await.expect(304);
}

async fn midnight_in_vietnam_makes_a_task_overdue_without_a_write(app: TestApp) {
    let deadline = json!({"deadline": {"text": "chậm nhất ngày 2/10/2023", "reference_date": "2023-09-01"}});
    let task = issued(&app, with(draft("Gấp"), deadline)).await;
    app.set_time("2023-10-02T16:59:50Z");
    let leader = app.leader();
    let seen = leader.get(&format!("tasks/{task}")).await.expect(200);
    assert_eq!(
        (&seen.json["timeliness"], &leader.get("dashboards/overview").await.json["as_of"]),
        (&json!("due_soon"), &json!("2023-10-02"))
    );
    let position = app.position();
    app.pass(10);
    let seen = leader.get(&format!("tasks/{task}")).await.expect(200);
    assert_eq!(
        (&seen.json["timeliness"], &leader.get("dashboards/overview").await.json["as_of"]),
        (&json!("overdue"), &json!("2023-10-03"))
    );
    assert_eq!(position, app.position());
}

async fn a_known_answer_is_not_sent_again(app: TestApp) {
    let (task, leader) = (task(&app).await, app.leader());
    let path = format!("tasks/{task}");
    // The first question already comes with a tag, so that its answer is worked out with one.
    leader.get(&path).header("If-None-Match", "\"0-0000000000000000\"").await.expect(200);
    let read = leader.get(&path).await.expect(200);
    for known in [read.etag().to_owned(), format!("\"1-x\", W/{}", read.etag())] {
        let answer = leader.get(&path).header("If-None-Match", known).await.expect(304);
        assert_eq!((answer.text.as_str(), answer.etag(), answer.header("content-type")), ("", read.etag(), ""));
    }
    logged(&app, &task, report(5)).await;
    let moved = leader.get(&path).header("If-None-Match", read.etag()).await.expect(200);
    leader.get(&path).header("If-None-Match", moved.etag()).await.expect(304);
}

async fn a_kept_answer_is_compressed_for_whoever_takes_that(app: TestApp) {
    let leader = app.leader();
    let plain = leader.get("dashboards/units").await.expect(200);
    for _ in 0..2 {
        let packed = leader.get("dashboards/units").header("Accept-Encoding", "br;q=0.5, gzip").await.expect(200);
        let mut text = String::new();
        flate2::read::GzDecoder::new(packed.body.as_slice()).read_to_string(&mut text).unwrap();
        assert_eq!((text, packed.header("content-encoding")), (plain.text.clone(), "gzip"));
    }
    let refused = leader.get("dashboards/units").header("Accept-Encoding", "gzip;q=0, identity").await.expect(200);
    assert_eq!((refused.header("content-encoding"), &refused.text), ("", &plain.text));
}

async fn a_refusal_is_not_kept(app: TestApp) {
    let office = app.office();
    office.get("units/hg-so-moi").await.refused(404, "not_found");
    office.get("tasks?colour=red").await.refused(400, "unknown_parameter");
    let vi = office.get("units/hg-so-moi").await;
    let en = office.get("units/hg-so-moi").in_english().await;
    assert_ne!(vi.refused(404, "not_found").json["title"], en.refused(404, "not_found").json["title"]);
    assert_ne!(vi.json["trace_id"], office.get("units/hg-so-moi").await.json["trace_id"]);
}
