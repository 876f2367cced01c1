//! Every number can be followed to the tasks behind it, and these add up to it.

use resolution_tracker::domain::explanations::Number;
use serde_json::{Value, json};

use super::dashboards::{decide, issued, report, verify};
use super::resolutions::with;
use crate::common::{Response, TestApp, on_both_databases};

on_both_databases! {
    the_tasks_behind_a_number_add_up_to_it,
    a_reporter_sees_the_number_and_only_own_tasks,
    what_is_explained_is_a_line_of_a_dashboard,
    every_number_of_a_whole_is_added_up_from_its_leaves,
    parts_of_parts_are_followed_to_the_leaves,
    only_what_has_parts_and_is_read_is_explained,
}

async fn explained(app: &TestApp, query: &str) -> Value {
    app.leader().get(&format!("dashboards/explain?{query}")).await.expect(200).json
}

/// Four tasks of two units: half done and verified, complete and waiting, suspended, silent.
async fn world(app: &TestApp) -> Vec<String> {
    app.set_time("2021-08-03");
    let deadline = json!({"deadline": {"text": "30/9/2021"}, "weight": 3});
    let half = issued(app, "hg-so-y-te", deadline.clone()).await;
    let done = issued(app, "hg-so-y-te", json!({})).await;
    let suspended = issued(app, "hg-so-tai-chinh", json!({})).await;
    let silent = issued(app, "hg-so-tai-chinh", deadline).await;
    let told = report(app, "hg-so-y-te", &half, json!({"percent": 50})).await;
    verify(app, &told).await;
    let product = json!({"state": "completed", "percent": 100, "product": {"number": "1", "issued_on": "2021-08-03"}});
    let _ = report(app, "hg-so-y-te", &done, product).await;
    decide(app, &suspended, json!({"decision": "suspend", "reason": "Chờ quy hoạch."})).await;
    app.set_time("2021-12-31");
    [half, done, suspended, silent].iter().map(|task| task.id().to_owned()).collect()
}

async fn the_tasks_behind_a_number_add_up_to_it(app: TestApp) {
    let tasks = world(&app).await;
    let overview = app.leader().get("dashboards/overview").await.expect(200).json;
    for (of, pointer) in [
        ("total", "/tasks/total"),
        ("completed_on_time", "/tasks/completed_on_time"),
        ("completed_late", "/tasks/completed_late"),
        ("open_in_time", "/tasks/open_in_time"),
        ("open_due_soon", "/tasks/open_due_soon"),
        ("open_overdue", "/tasks/open_overdue"),
        ("open_no_deadline", "/tasks/open_no_deadline"),
        ("suspended", "/tasks/suspended"),
        ("cancelled", "/tasks/cancelled"),
        ("rescheduled", "/rescheduled"),
        ("expected", "/progress/coverage/expected"),
        ("reported", "/progress/coverage/reported"),
        ("with_verified", "/progress/coverage/verified"),
    ] {
        let told = explained(&app, &format!("of={of}")).await;
        let counted = told["items"].as_array().unwrap().iter().filter(|item| item["part"] == "counted").count();
        assert_eq!((&told["count"], &json!(counted)), (overview.pointer(pointer).unwrap(), overview.pointer(pointer).unwrap()), "{of}");
        let Some(rows) = told["rows"].as_str().filter(|_| !matches!(of, "expected" | "with_verified")) else { continue };
        let listed = app.leader().get(rows.trim_start_matches("/api/v1/")).await.expect(200).json;
        assert_eq!(listed["items"].as_array().unwrap().len(), counted, "the list of {of} has the same tasks");
    }
    let claimed = explained(&app, "of=claimed").await;
    // (3 × 50 + 1 × 100) / 4; the silent one is left out and said to be, the suspended one as well.
    assert_eq!((&claimed["percent"], &claimed["unrounded"]), (&json!(62.5), &json!("62.500000")));
    assert_eq!(claimed["percent"], overview["progress"]["claimed"]);
    let part = |id: &str| claimed["items"].as_array().unwrap().iter().find(|item| item["id"] == *id).unwrap()["part"].clone();
    let parts: Vec<Value> = tasks.iter().map(|id| part(id)).collect();
    assert_eq!(parts, ["counted", "counted", "suspended", "no_percent"]);
    assert_eq!(claimed["sum"], json!({"counted": 2, "suspended": 1, "cancelled": 0, "no_percent": 1, "weight": 4, "weighted": 25_000}));
    let verified = explained(&app, "of=verified").await;
    assert_eq!((&verified["percent"], &verified["sum"]["counted"]), (&json!(50), &json!(1)));
    let light = explained(&app, "of=light").await["light"].clone();
    assert_eq!((&light["light"], &light["axes"]), (&overview["light"], &overview["axes"]));
    assert_eq!((&light["overdue"], &light["expected"], &light["axes"]["schedule"]), (&json!(2), &json!(3), &json!("red")));
    let first = explained(&app, "of=total&limit=1").await;
    let second = explained(&app, &format!("of=total&limit=3&cursor={}", first["next"].as_str().unwrap())).await;
    assert_eq!((second["items"].as_array().unwrap().len(), &second["next"], &second["count"]), (3, &Value::Null, &json!(4)));
    let before = explained(&app, "of=claimed&as_of=2021-08-03").await;
    assert_eq!(before["percent"], 62.5);
    let vietnamese = app.leader().get("dashboards/explain?of=open_overdue").await.expect(200).json;
    assert!(vietnamese["formula"].as_str().unwrap().contains("thời hạn đã qua"), "{vietnamese}");
}

async fn a_reporter_sees_the_number_and_only_own_tasks(app: TestApp) {
    let _ = world(&app).await;
    let reporter = app.reporter("hg-so-y-te");
    let told = reporter.get("dashboards/explain?of=total").await.expect(200).json;
    assert_eq!((&told["count"], told["items"].as_array().unwrap().len(), &told["hidden"]), (&json!(4), 2, &json!(2)));
    let _ = reporter.get("dashboards/explain?of=total&unit=hg-so-tai-chinh").await.expect(403);
    let _ = app.leader().get("dashboards/explain?of=total&unit=hd-so-tu-phap").await.expect(400);
    let _ = app.leader().get("dashboards/explain?of=total&area=nowhere").await.expect(400);
    let secret = json!({"title": null, "secrecy": "secret"});
    let _ = issued(&app, "hg-so-y-te", secret).await;
    let told = app.leader().get("dashboards/explain?of=total").await.expect(200).json;
    assert_eq!((&told["count"], told["items"].as_array().unwrap().len(), &told["hidden"]), (&json!(5), 4, &json!(1)));
}

async fn what_is_explained_is_a_line_of_a_dashboard(app: TestApp) {
    let _ = world(&app).await;
    let of_unit = explained(&app, "of=claimed&unit=hg-so-y-te").await;
    let unit = app.leader().get("dashboards/units/hg-so-y-te").await.expect(200).json;
    assert_eq!((&of_unit["percent"], &of_unit["sum"]["counted"]), (&unit["progress"]["claimed"], &json!(2)));
    let below = explained(&app, "of=total&unit=hg-ubnd-tinh&subtree=true").await;
    let whole = app.leader().get("dashboards/units/hg-ubnd-tinh").await.expect(200).json;
    assert_eq!(below["count"], whole["subtree"]["tasks"]["total"]);
    let area = explained(&app, "of=total&area=hg").await;
    assert_eq!(area["count"], app.leader().get("dashboards/areas/hg").await.expect(200).json["tasks"]["total"]);
    let kinds = explained(&app, "of=total&kind=department").await;
    assert_eq!(
        (&kinds["count"], &kinds["rows"]),
        (&app.leader().get("dashboards/units?kind=department").await.expect(200).json["total"]["tasks"]["total"], &Value::Null)
    );
    let level = explained(&app, "of=total&level=district").await;
    assert_eq!(level["count"], app.leader().get("dashboards/areas?level=district").await.expect(200).json["total"]["tasks"]["total"]);
    for (outside, path) in [
        ("breakthrough", "breakthroughs"),
        ("pillar", "pillars"),
        ("objective", "objectives"),
        ("group", "task-groups"),
        ("programme", "programmes"),
        ("field", "fields"),
        ("resolution", "resolutions"),
    ] {
        let lines = app.leader().get(&format!("dashboards/{path}")).await.expect(200).json;
        let last = lines["items"].as_array().unwrap().last().unwrap().clone();
        assert_eq!(explained(&app, &format!("of=total&outside={outside}")).await["count"], last["tasks"]["total"], "{path}");
    }
    for (query, parameter) in [("of=nothing", "of"), ("of=total&subtree=true&area=hg", "subtree"), ("of=total&limit=0", "limit")] {
        let refused = app.leader().get(&format!("dashboards/explain?{query}")).await.expect(400);
        assert!(refused.text.contains(parameter), "{query}: {}", refused.text);
    }
}

/// A whole and its four parts of two units: complete and verified, at 40 %, suspended after a report, silent.
pub async fn whole(app: &TestApp, more: Value) -> (Response, Vec<Response>) {
    let whole = issued(app, "hg-ubnd-tinh", with(json!({"title": "Đề án chung"}), more)).await;
    let part = |more: Value| with(json!({"parent": whole.id(), "deadline": {"text": "30/9/2021"}}), more);
    let done = issued(app, "hg-so-y-te", part(json!({"weight": 2}))).await;
    let told = issued(app, "hg-so-y-te", part(json!({}))).await;
    let suspended = issued(app, "hg-so-tai-chinh", part(json!({"weight": 5}))).await;
    let silent = issued(app, "hg-so-tai-chinh", part(json!({}))).await;
    let product = json!({"state": "completed", "percent": 100, "product": {"number": "1", "issued_on": app.state.moment().today()}});
    verify(app, &report(app, "hg-so-y-te", &done, product).await).await;
    let _ = report(app, "hg-so-y-te", &told, json!({"percent": 40})).await;
    let _ = report(app, "hg-so-tai-chinh", &suspended, json!({"percent": 70})).await;
    decide(app, &suspended, json!({"decision": "suspend", "reason": "Chờ quy hoạch."})).await;
    (whole, vec![done, told, suspended, silent])
}

/// Where the task itself shows a number; nowhere, of those that only dashboards show.
fn shown_at(number: Number) -> Option<String> {
    match number {
        Number::Claimed | Number::Verified => Some(format!("/progress/{number}")),
        Number::Rescheduled | Number::Expected | Number::Reported | Number::WithVerified | Number::Light => None,
        column => Some(format!("/parts/{column}")),
    }
}

/// Follows every number of a whole to its rows, adds these up, and compares with what the whole shows or showed.
async fn follow(app: &TestApp, task: &str, shows: &Value, day: &str) {
    for number in Number::ALL.iter().copied() {
        let told = explained(app, &format!("task={task}&of={number}{day}")).await;
        let items = told["items"].as_array().unwrap();
        let parts = |part: &str| items.iter().filter(|item| item["part"] == part).collect::<Vec<_>>();
        let (counted, sum) = (parts("counted"), &told["sum"]);
        for part in ["counted", "suspended", "cancelled", "no_percent"] {
            assert_eq!(sum[part], parts(part).len(), "{number}: {part}");
        }
        let weights: i64 = counted.iter().filter(|item| !item["percent"].is_null()).map(|item| item["weight"].as_i64().unwrap()).sum();
        let weighted: i64 = counted.iter().filter_map(|item| Some(item["weight"].as_i64()? * item["percent"].as_i64()? * 100)).sum();
        assert_eq!((&sum["weight"], &sum["weighted"]), (&json!(weights), &json!(weighted)), "{number}");
        let number_told = if number.is_percentage() { &told["percent"] } else { &told["count"] };
        let shown = shown_at(number).map_or(number_told, |pointer| shows.pointer(&pointer).unwrap());
        assert_eq!(number_told, shown, "{number}{day}");
        if !number.is_percentage() && number != Number::Light {
            assert_eq!(shown, counted.len(), "{number}{day}");
        }
    }
}

async fn every_number_of_a_whole_is_added_up_from_its_leaves(app: TestApp) {
    app.set_time("2021-08-03");
    let (task, parts) = whole(&app, json!({})).await;
    let _ = issued(&app, "hg-so-y-te", json!({})).await;
    let path = format!("tasks/{}", task.id());
    let first = app.leader().get(&path).await.expect(200).json;
    follow(&app, task.id(), &first, "").await;
    let claimed = explained(&app, &format!("task={}&of=claimed", task.id())).await;
    // (2 × 100 + 1 × 40) / 3; what is suspended is left out for all its weight, what is silent as well.
    assert_eq!((&claimed["percent"], &claimed["unrounded"]), (&json!(80), &json!("80.000000")));
    assert_eq!(claimed["sum"], json!({"counted": 2, "suspended": 1, "cancelled": 0, "no_percent": 1, "weight": 3, "weighted": 24_000}));
    let part = |id: &str| claimed["items"].as_array().unwrap().iter().find(|item| item["id"] == *id).unwrap()["part"].clone();
    assert_eq!(parts.iter().map(|task| part(task.id())).collect::<Vec<_>>(), ["counted", "counted", "suspended", "no_percent"]);
    let verified = explained(&app, &format!("task={}&of=verified", task.id())).await;
    assert_eq!((&verified["percent"], &verified["unrounded"]), (&json!(99.99), &json!("100.000000")), "not all of it is verified");
    let list = claimed["rows"].as_str().unwrap().trim_start_matches("/api/v1/");
    let listed = app.leader().get(list).await.expect(200);
    let (mut listed, mut behind) = (listed.texts("id"), parts.iter().map(Response::id).collect::<Vec<_>>());
    listed.sort_unstable();
    behind.sort_unstable();
    assert_eq!(listed, behind, "{list}");
    // Later its numbers are others; those of the first day are still followed to what they were.
    app.set_time("2021-12-31");
    let _ = report(&app, "hg-so-tai-chinh", &parts[3], json!({"percent": 10})).await;
    decide(&app, &parts[2], json!({"decision": "resume", "reason": "Đã có quy hoạch."})).await;
    decide(&app, &parts[1], json!({"decision": "cancel", "reason": "Không còn cần."})).await;
    let now = app.leader().get(&path).await.expect(200).json;
    assert_ne!(now["progress"]["claimed"], first["progress"]["claimed"]);
    follow(&app, task.id(), &now, "").await;
    follow(&app, task.id(), &first, "&as_of=2021-08-03").await;
    // Beside other filters it is what both say.
    let of_unit = explained(&app, &format!("task={}&of=total&unit=hg-so-y-te", task.id())).await;
    assert_eq!((&of_unit["count"], of_unit["items"].as_array().unwrap().len()), (&json!(2), 2));
}

async fn parts_of_parts_are_followed_to_the_leaves(app: TestApp) {
    app.set_time("2021-08-03");
    let (task, _) = whole(&app, json!({"coordinating_units": ["hg-so-y-te"]})).await;
    let below = issued(&app, "hg-ubnd-tinh", json!({"parent": task.id()})).await;
    let deep = issued(&app, "hg-so-y-te", json!({"parent": below.id()})).await;
    let _ = issued(&app, "hg-so-tai-chinh", json!({"parent": below.id(), "title": null, "secrecy": "secret"})).await;
    let mistake = issued(&app, "hg-so-y-te", json!({"parent": below.id()})).await;
    decide(&app, &mistake, json!({"decision": "void", "reason": "Nhập nhầm."})).await;
    let _ = report(&app, "hg-so-y-te", &deep, json!({"percent": 30})).await;
    let total = format!("dashboards/explain?task={}&of=total", task.id());
    for (at, leaves) in [(task.id(), 6), (below.id(), 2)] {
        // The office sees the secret one, without its words.
        let shows = app.office().get(&format!("tasks/{at}")).await.expect(200).json;
        let told = app.office().get(&format!("dashboards/explain?task={at}&of=total")).await.expect(200).json;
        assert_eq!((&told["count"], &shows["parts"]["total"], &told["hidden"]), (&json!(leaves), &json!(leaves), &json!(0)));
        let untitled = told["items"].as_array().unwrap().iter().filter(|item| item["title"].is_null()).count();
        assert_eq!((told["items"].as_array().unwrap().len(), untitled), (leaves, 1));
        for number in ["claimed", "verified"] {
            let told = app.leader().get(&format!("dashboards/explain?task={at}&of={number}")).await.expect(200).json;
            assert_eq!(told["percent"], shows["progress"][number], "{number}");
        }
    }
    assert_eq!(explained(&app, &format!("task={}&of=total", task.id())).await["rows"], Value::Null, "no list goes so deep");
    // It counts for those as well who may not see it, and whoever helps with the whole sees its numbers and own work.
    let leader = app.leader().get(&total).await.expect(200).json;
    assert_eq!((&leader["count"], leader["items"].as_array().unwrap().len(), &leader["hidden"]), (&json!(6), 5, &json!(1)));
    let helper = app.reporter("hg-so-y-te").get(&total).await.expect(200).json;
    assert_eq!((&helper["count"], helper["items"].as_array().unwrap().len(), &helper["hidden"]), (&json!(6), 3, &json!(3)));
    let first = app.leader().get(&format!("{total}&limit=3")).await.expect(200).json;
    let second = app.leader().get(&format!("{total}&limit=3&cursor={}", first["next"].as_str().unwrap())).await.expect(200).json;
    assert_eq!((second["items"].as_array().unwrap().len(), &second["next"], &second["count"]), (2, &Value::Null, &json!(6)));
}

async fn only_what_has_parts_and_is_read_is_explained(app: TestApp) {
    app.set_time("2021-08-03");
    let alone = issued(&app, "hg-so-y-te", json!({})).await;
    let _ = report(&app, "hg-so-y-te", &alone, json!({"percent": 20})).await;
    app.set_time("2021-08-10");
    let (task, parts) = whole(&app, json!({})).await;
    let draft = app.office().post("tasks", json!({"title": "Dự thảo", "lead_unit": "hg-so-y-te"})).await.expect(201);
    let path = |id: &str| format!("dashboards/explain?of=claimed&task={id}");
    let nobodys = "01980000-0000-7000-8000-000000000000";
    let (leader, reporter, outsider) = (app.leader(), app.reporter("hg-so-tai-chinh"), app.outsider());
    for (actor, id, rule) in [
        (&leader, nobodys, "unknown_record"),
        (&leader, draft.id(), "unknown_record"),
        (&outsider, task.id(), "unknown_record"),
        (&reporter, task.id(), "unknown_record"),
        (&leader, alone.id(), "not_here"),
        (&leader, parts[0].id(), "not_here"),
        (&reporter, parts[2].id(), "not_here"),
    ] {
        actor.get(&path(id)).await.refused(400, "invalid_parameter").names("task", rule);
    }
    let unreadable = leader.get(&path("de-an")).await;
    assert!(unreadable.refused(400, "invalid_parameter").text.contains("\"task\""), "{}", unreadable.text);
    app.set_time("2021-08-12");
    for (day, parameter, rule) in
        [("2021-08-05", "as_of", "not_yet_known"), ("2021-08-13", "as_of", "future"), ("1999-01-01", "as_of", "before_data")]
    {
        leader.get(&format!("{}&as_of={day}", path(task.id()))).await.refused(400, "invalid_parameter").names(parameter, rule);
    }
    // What is left of a whole without parts is a task again; on the days it had them it was their sum.
    for part in &parts {
        decide(&app, part, json!({"decision": "void", "reason": "Nhập nhầm."})).await;
    }
    leader.get(&path(task.id())).await.refused(400, "invalid_parameter").names("task", "not_here");
    assert_eq!(explained(&app, &format!("of=claimed&task={}&as_of=2021-08-10", task.id())).await["percent"], 80);
}
