//! In a report a unit asks an authority for something; the authority answers or declines.

use diesel::connection::SimpleConnection;
use resolution_tracker::db::{Connection, dialect, migrations};
use resolution_tracker::domain::Id;
use resolution_tracker::domain::permission::Role;
use serde_json::{Value, json};

use super::progress_reports::{logged, report};
use super::resolutions::with;
use super::tasks::{decide, draft, issued};
use super::unit_events::{merged, on, record};
use crate::common::world::On;
use crate::common::{Actor, Response, TestApp, on_both_databases};

on_both_databases! {
    a_report_asks_and_the_authority_answers,
    whom_it_goes_to_if_nobody_is_named,
    what_is_declined_or_withdrawn_is_over,
    others_find_only_what_is_theirs,
    it_is_made_of_words_for_a_unit_of_the_province,
    two_people_answer_at_once,
    the_successor_is_asked,
    proposals_of_earlier_reports_become_records,
}

/// The report with these proposals, logged by the office; answers the proposals' ids in order.
pub async fn proposed(app: &TestApp, task: &str, proposals: Value) -> Vec<String> {
    let made = logged(app, task, with(report(10), json!({"proposals": proposals}))).await.json;
    made["proposals"].as_array().unwrap().iter().map(|p| p["id"].as_str().unwrap().to_owned()).collect()
}

pub async fn step(actor: &Actor<'_>, proposal: &str, step: &str, body: Value) -> Response {
    let path = format!("proposals/{proposal}");
    let tag = actor.get(&path).await.expect(200).etag().to_owned();
    actor.put(&format!("{path}/{step}"), body).if_match(&tag).await
}

pub fn yes(text: &str) -> Value {
    json!({"outcome": "answered", "answer": text})
}

async fn a_report_asks_and_the_authority_answers(app: TestApp) {
    let task = issued(&app, draft("Xây dựng kế hoạch")).await;
    let unit = app.reporter("hg-so-y-te");
    let said = json!({"proposals": ["Xin ý kiến về phạm vi", {"text": "Bố trí vốn", "to_unit": "hg-so-tai-chinh"}]});
    let made = unit.post(&format!("tasks/{task}/progress-reports"), with(report(10), said)).await.expect(201);
    let shown = |made: &Value| -> Vec<[String; 3]> {
        let text = |p: &Value| [p["text"].as_str(), p["to_unit"]["code"].as_str(), p["state"].as_str()].map(|t| t.unwrap().to_owned());
        made["proposals"].as_array().unwrap().iter().map(text).collect()
    };
    let asked = [["Xin ý kiến về phạm vi", "hg-van-phong-tinh-uy", "open"], ["Bố trí vốn", "hg-so-tai-chinh", "open"]];
    assert_eq!(shown(&made.json), asked);
    assert_eq!(shown(&unit.get(&format!("progress-reports/{}", made.id())).await.expect(200).json), asked);
    let money = made.json["proposals"][1]["id"].as_str().unwrap().to_owned();

    // The leader of the authority finds it and answers; the post is named.
    let finance = app.account_with("leader-tai-chinh", &[(Role::Leader, On::Unit("hg-so-tai-chinh"))]);
    let queue = finance.get("proposals?state=open&to_unit=hg-so-tai-chinh").await.expect(200);
    assert_eq!((queue.texts("id"), &queue.json["items"][0]["allowed_actions"]), (vec![money.as_str()], &json!(["answer"])));
    assert_eq!(finance.get("proposals?unit=hg-so-y-te").await.expect(200).texts("text"), ["Bố trí vốn", "Xin ý kiến về phạm vi"]);
    let post = app.admin().post("posts", json!({"unit": "hg-so-tai-chinh", "title": "Giám đốc"})).await.expect(201);
    app.set_time("2023-10-05");
    let answered = step(&finance, &money, "answer", with(yes("Đã có hướng dẫn"), json!({"from_post": post.id()}))).await.expect(200).json;
    assert_eq!((&answered["state"], &answered["answer"]["on"]), (&json!("answered"), &json!("2023-10-05")));
    assert_eq!((&answered["answer"]["from_post"]["title"], &answered["answer"]["by"]), (&json!("Giám đốc"), &json!("leader-tai-chinh")));
    assert_eq!((&answered["allowed_actions"], &answered["report"]), (&json!([]), &json!(made.id())));
    step(&finance, &money, "answer", yes("Lần nữa")).await.refused(409, "illegal_state");
    // The unit reads the answer, on the report as well, and in the feed.
    assert_eq!(unit.get(&format!("proposals/{money}")).await.expect(200).json["answer"]["text"], "Đã có hướng dẫn");
    let now = unit.get(&format!("progress-reports?task={task}")).await.expect(200).json["items"][0].clone();
    assert_eq!(now["proposals"][1]["state"], "answered");
    assert_eq!(unit.get("changes?kind=proposal").await.expect(200).texts("action"), ["proposal.answered"]);
}

async fn whom_it_goes_to_if_nobody_is_named(app: TestApp) {
    let to = async |draft: Value| {
        let task = issued(&app, draft).await;
        let id = proposed(&app, &task, json!(["Xin ý kiến"])).await.remove(0);
        app.leader().get(&format!("proposals/{id}")).await.expect(200).json["to_unit"]["code"].as_str().unwrap().to_owned()
    };
    assert_eq!(to(draft("Có cơ quan theo dõi")).await, "hg-van-phong-tinh-uy");
    assert_eq!(to(with(draft("Không có"), json!({"monitoring_unit": null}))).await, "hg-ubnd-tinh");
    assert_eq!(to(with(draft("Tự theo dõi"), json!({"monitoring_unit": "hg-so-y-te"}))).await, "hg-ubnd-tinh");
    let top = json!({"monitoring_unit": null, "lead_unit": "hg-tinh-uy"});
    assert_eq!(to(with(draft("Cấp trên cùng"), top)).await, "hg-tinh-uy");
}

async fn what_is_declined_or_withdrawn_is_over(app: TestApp) {
    let task = issued(&app, draft("Xây dựng kế hoạch")).await;
    let [no, back] = <[String; 2]>::try_from(proposed(&app, &task, json!(["Một", "Hai"])).await).unwrap();
    let declined = step(&app.office(), &no, "answer", json!({"outcome": "declined", "answer": "Không có nguồn"})).await.expect(200).json;
    assert_eq!((&declined["state"], &declined["answer"]["text"]), (&json!("declined"), &json!("Không có nguồn")));
    let unit = app.reporter("hg-so-y-te");
    app.leader().put(&format!("proposals/{back}/withdrawal"), json!({})).if_match("*").await.refused(403, "forbidden");
    let gone = step(&unit, &back, "withdrawal", json!({"reason": "Đã tự giải quyết"})).await.expect(200).json;
    assert_eq!((&gone["state"], &gone["answer"]["on"]), (&json!("withdrawn"), &Value::Null));
    assert_eq!((&gone["answer"]["text"], &gone["answer"]["by"]), (&json!("Đã tự giải quyết"), &json!("r-hg-so-y-te")));
    for proposal in [&no, &back] {
        step(&unit, proposal, "withdrawal", json!({})).await.refused(409, "illegal_state");
        step(&app.leader(), proposal, "answer", yes("x")).await.refused(409, "illegal_state");
    }
    // Nothing of a voided task is decided any more, nor listed.
    let third = proposed(&app, &task, json!(["Ba"])).await.remove(0);
    let _ = decide(&app.office(), &task, "void").await.expect(201);
    app.office().put(&format!("proposals/{third}/answer"), yes("x")).if_match("*").await.refused(409, "illegal_state");
    assert_eq!(app.leader().get("proposals").await.expect(200).texts("id"), Vec::<&str>::new());
}

async fn others_find_only_what_is_theirs(app: TestApp) {
    let task = issued(&app, draft("Xây dựng kế hoạch")).await;
    let asked = json!(["Xin ý kiến", {"text": "Bố trí vốn", "to_unit": "hg-so-tai-chinh"}]);
    let [first, money] = <[String; 2]>::try_from(proposed(&app, &task, asked).await).unwrap();
    // Who is asked reads that, and nothing else of the report or the task.
    let finance = app.reporter("hg-so-tai-chinh");
    assert_eq!(finance.get("proposals").await.expect(200).texts("id"), [money.as_str()]);
    let _ = finance.get(&format!("proposals/{money}")).await.expect(200);
    finance.get(&format!("proposals/{first}")).await.refused(403, "forbidden");
    finance.get(&format!("tasks/{task}")).await.refused(403, "forbidden");
    finance.put(&format!("proposals/{money}/answer"), yes("x")).if_match("*").await.refused(403, "forbidden");
    assert_eq!(app.reporter("hg-so-khoa-hoc-va-cong-nghe").get("proposals").await.expect(200).texts("id"), Vec::<&str>::new());
    assert_eq!(app.outsider().get("proposals").await.expect(200).texts("id"), Vec::<&str>::new());
    app.outsider().get(&format!("proposals/{money}")).await.refused(404, "not_found");
    app.outsider().put(&format!("proposals/{money}/answer"), yes("x")).if_match("*").await.refused(404, "not_found");
    // A leader of another department answers for that alone.
    let elsewhere = app.account_with("leader-tai-chinh", &[(Role::Leader, On::Unit("hg-so-tai-chinh"))]);
    elsewhere.put(&format!("proposals/{first}/answer"), yes("x")).if_match("*").await.refused(403, "forbidden");
    for reader in [&app.admin(), &app.inspector()] {
        assert_eq!(reader.get("proposals").await.expect(200).texts("id").len(), 2);
        reader.put(&format!("proposals/{first}/answer"), yes("x")).if_match("*").await.refused(403, "forbidden");
    }
    let first_page = app.leader().get("proposals?limit=1").await.expect(200);
    let next = first_page.json["next"].as_str().unwrap();
    assert_eq!(
        (first_page.texts("id"), app.leader().get(&format!("proposals?limit=1&cursor={next}")).await.expect(200).texts("id")),
        (vec![money.as_str()], vec![first.as_str()])
    );
}

async fn it_is_made_of_words_for_a_unit_of_the_province(app: TestApp) {
    let task = issued(&app, draft("Xây dựng kế hoạch")).await;
    app.db_sql("UPDATE units SET valid_to = '2023-09-30' WHERE code = 'hg-so-tai-chinh'");
    let (office, before) = (app.office(), app.position());
    let to = |unit: &str| json!([{"text": "x", "to_unit": unit}]);
    let wrong = [
        (json!([""]), "/proposals/0/text", "length"),
        (json!(["x", "x".repeat(10_240)]), "/proposals/1/text", "length"),
        (json!(vec!["x"; 21]), "/proposals", "count"),
        (to("hg-so-la"), "/proposals/0/to_unit", "unknown_unit"),
        (to("hd-so-tu-phap"), "/proposals/0/to_unit", "unknown_unit"),
        (to("hg-so-tai-chinh"), "/proposals/0/to_unit", "not_valid_then"),
        (json!([{"text": "x", "state": "answered"}]), "/proposals/0/state", "unknown_field"),
        (json!([{"to_unit": "hg-so-y-te"}]), "/proposals/0/text", "required"),
        (json!([7]), "/proposals/0", "wrong_type"),
    ];
    for (proposals, pointer, rule) in wrong {
        let body = with(report(10), json!({"proposals": proposals}));
        office.post(&format!("tasks/{task}/progress-reports"), body).await.invalid(pointer, rule);
    }
    assert_eq!(app.position(), before);
    assert_eq!(office.get("progress-reports").await.expect(200).texts("id"), Vec::<&str>::new());
    let id = proposed(&app, &task, json!(["x"])).await.remove(0);
    let path = format!("proposals/{id}/answer");
    for (body, pointer, rule) in [
        (json!({"outcome": "answered"}), "/answer", "required"),
        (json!({"outcome": "answered", "answer": ""}), "/answer", "length"),
        (json!({"outcome": "withdrawn", "answer": "x"}), "/outcome", "unknown_value"),
        (with(yes("x"), json!({"from_post": Id::NIL})), "/from_post", "unknown_record"),
    ] {
        office.put(&path, body).if_match("*").await.invalid(pointer, rule);
    }
}

async fn two_people_answer_at_once(app: TestApp) {
    let task = issued(&app, draft("Xây dựng kế hoạch")).await;
    let id = proposed(&app, &task, json!(["x"])).await.remove(0);
    let path = format!("proposals/{id}/answer");
    let (leader, office) = (app.leader(), app.office());
    leader.put(&path, yes("x")).await.refused(428, "precondition_required");
    let tag = leader.get(&format!("proposals/{id}")).await.expect(200).etag().to_owned();
    let one = async { leader.put(&path, yes("Đồng ý")).if_match(&tag).await };
    let other = async { office.put(&path, json!({"outcome": "declined", "answer": "Không"})).if_match(&tag).await };
    let (one, other) = futures_util::future::join(one, other).await;
    let mut statuses = [one.status, other.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 412]);
}

async fn the_successor_is_asked(app: TestApp) {
    merged(&app);
    let task = issued(&app, draft("Xây dựng kế hoạch")).await;
    let money = proposed(&app, &task, json!([{"text": "Bố trí vốn", "to_unit": "hg-so-tai-chinh"}])).await.remove(0);
    let merge = json!([{"kind": "merge", "from": ["hg-so-tai-chinh"], "to": [{"ref": "hg-so-moi"}]}]);
    let _ = record(&app, on("2023-10-20", merge)).await.expect(201);
    app.set_time("2023-10-20");
    let heir = app.account_with("leader-moi", &[(Role::Leader, On::Unit("hg-so-moi"))]);
    let shown = heir.get(&format!("proposals/{money}")).await.expect(200).json;
    assert_eq!((&shown["to_unit"]["code"], &shown["answering_unit"]["code"]), (&json!("hg-so-tai-chinh"), &json!("hg-so-moi")));
    assert_eq!(step(&heir, &money, "answer", yes("Đã nhận")).await.expect(200).json["state"], "answered");
}

/// The migration is taken back to where reports kept their proposals as a list, and run again.
async fn proposals_of_earlier_reports_become_records(app: TestApp) {
    let task = issued(&app, draft("Xây dựng kế hoạch")).await;
    let own = issued(&app, with(draft("Tự theo dõi"), json!({"monitoring_unit": null}))).await;
    let _ = proposed(&app, &task, json!(["Một 'dấu' \"nháy\"", {"text": "Hai", "to_unit": "hg-so-tai-chinh"}])).await;
    let _ = proposed(&app, &own, json!(["Ba"])).await;
    let _ = logged(&app, &task, report(20)).await;
    app.db(|conn, _| {
        again(conn);
        Ok(())
    });
    let all = app.leader().get("proposals?state=open").await.expect(200);
    assert_eq!(all.texts("text"), ["Ba", "Hai", "Một 'dấu' \"nháy\""]);
    let to: Vec<&str> = all.json["items"].as_array().unwrap().iter().map(|p| p["to_unit"]["code"].as_str().unwrap()).collect();
    // Whom the second was for was not kept before.
    assert_eq!(to, ["hg-ubnd-tinh", "hg-van-phong-tinh-uy", "hg-van-phong-tinh-uy"]);
    let ids: Vec<Id> = all.texts("id").into_iter().map(|id| id.parse().unwrap()).collect();
    assert!(ids.windows(2).all(|pair| pair[0] > pair[1]), "{ids:?}");
    let answered = step(&app.leader(), &ids[2].to_string(), "answer", yes("Rồi")).await.expect(200).json;
    assert_eq!((&answered["proposed_by"], &answered["unit"]["code"]), (&json!("office-entry"), &json!("hg-so-y-te")));
    assert_eq!(app.leader().get("proposals?state=answered").await.expect(200).texts("id").len(), 1);
}

/// Runs the last statements of the migration once more, on what reports kept.
fn again(conn: &mut Connection) {
    assert!(!migrations::pending(conn).unwrap());
    let kind = if matches!(dialect::row_lock(conn), "") { "sqlite" } else { "postgres" };
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations").join(kind);
    let names = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let path = names.into_iter().find(|path| path.to_string_lossy().ends_with("_proposals")).unwrap();
    let [down, up] = ["down.sql", "up.sql"].map(|file| std::fs::read_to_string(path.join(file)).unwrap());
    conn.batch_execute(&down).unwrap();
    conn.batch_execute(&up).unwrap();
}
