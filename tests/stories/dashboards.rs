//! Dashboards: what is counted, for whom, and as of when.

use serde_json::{Value, json};

use super::programmes::{implements, programme};
use super::resolutions::{congress, thematic, with};
use crate::common::world::MONITORING;
use crate::common::{Response, TestApp, on_both_databases};

on_both_databases! {
    the_lines_of_all_kinds_sum_to_the_overview,
    a_district_is_all_that_stands_in_it,
    claimed_moves_when_told_and_verified_when_confirmed,
    a_task_counts_once_however_many_ways_lead_to_a_resolution,
    breakthroughs_and_objectives_end_with_what_is_outside,
    reporters_see_the_lines_of_their_own_and_the_total_of_all,
    another_province_is_not_there,
    a_wrong_question_is_named,
}

const COLUMNS: [&str; 8] =
    ["completed_on_time", "completed_late", "open_in_time", "open_due_soon", "open_overdue", "open_no_deadline", "suspended", "cancelled"];

/// A task of this unit, issued; `more` is added to the draft.
pub async fn issued(app: &TestApp, unit: &str, more: Value) -> Response {
    app.pass(1);
    let draft = with(json!({"title": "Xây dựng kế hoạch thực hiện", "lead_unit": unit, "monitoring_unit": MONITORING}), more);
    let task = app.office().post("tasks", draft).await.expect(201);
    decide(app, &task, json!({"decision": "issue"})).await;
    task
}

pub async fn decide(app: &TestApp, task: &Response, decision: Value) {
    let _ = app.office().post(&format!("tasks/{}/decisions", task.id()), decision).await.expect(201);
}

pub async fn report(app: &TestApp, unit: &str, task: &Response, more: Value) -> Response {
    let body = with(json!({"state": "in_progress", "result": "Đang lấy ý kiến.", "measured_on": app.state.moment().today()}), more);
    app.reporter(unit).post(&format!("tasks/{}/progress-reports", task.id()), body).await.expect(201)
}

pub async fn verify(app: &TestApp, report: &Response) {
    let path = format!("progress-reports/{}", report.id());
    let etag = app.office().get(&path).await.expect(200).etag().to_owned();
    let _ = app.office().put(&format!("{path}/verification"), json!({"outcome": "verified"})).if_match(&etag).await.expect(200);
}

pub async fn leader_reads(app: &TestApp, path: &str) -> Value {
    app.leader().get(&format!("dashboards/{path}")).await.expect(200).json
}

/// The line about the unit or area with this code; `null` if there is none.
pub fn line<'a>(table: &'a Value, of: &str, code: &str) -> &'a Value {
    let lines = table["items"].as_array().unwrap();
    lines.iter().find(|line| line[of]["code"] == code).unwrap_or(&Value::Null)
}

/// The numbers in which a set of tasks stands anywhere but in column zero.
pub fn counts(line: &Value) -> Value {
    let tasks = line["tasks"].as_object().unwrap();
    Value::Object(tasks.iter().filter(|(_, count)| **count != 0).map(|(name, count)| (name.clone(), count.clone())).collect())
}

fn sum_of(table: &Value, column: &str) -> i64 {
    table["items"].as_array().unwrap().iter().map(|line| line["tasks"][column].as_i64().unwrap()).sum()
}

async fn the_lines_of_all_kinds_sum_to_the_overview(app: TestApp) {
    let due = |text: &str| json!({"deadline": {"text": text, "reference_date": "2023-08-03"}});
    let _ = issued(&app, "hg-so-y-te", due("chậm nhất ngày 31/12/2023")).await;
    let _ = issued(&app, "hg-so-y-te", due("chậm nhất ngày 15/10/2023")).await;
    let _ = issued(&app, "hg-so-tai-chinh", due("trong quý III-2023")).await;
    let _ = issued(&app, "hg-huyen-vi-thuy-dang", json!({})).await;
    let suspended = issued(&app, "hg-huyen-vi-thuy-ubnd", json!({})).await;
    decide(&app, &suspended, json!({"decision": "suspend", "reason": "Chờ quy hoạch."})).await;
    let cancelled = issued(&app, "hg-van-phong-tinh-uy", json!({})).await;
    decide(&app, &cancelled, json!({"decision": "cancel", "reason": "Không còn cần."})).await;
    // Counted nowhere: a draft, a mistake, and a task with parts of its own.
    let _ = app.office().post("tasks", json!({"title": "Dự thảo", "lead_unit": "hg-so-y-te"})).await.expect(201);
    let mistake = issued(&app, "hg-so-y-te", json!({})).await;
    decide(&app, &mistake, json!({"decision": "void", "reason": "Nhập nhầm."})).await;
    let whole = issued(&app, "hg-tinh-uy", json!({})).await;
    let _ = issued(&app, "hg-so-y-te", json!({"parent": whole.id(), "secrecy": "confidential", "title": null})).await;

    let overview = leader_reads(&app, "overview").await;
    let expected = json!({
        "total": 7, "open_in_time": 1, "open_due_soon": 1, "open_overdue": 1, "open_no_deadline": 2, "suspended": 1, "cancelled": 1
    });
    assert_eq!(counts(&overview), expected);
    assert_eq!(overview["progress"], json!({"claimed": null, "verified": null, "coverage": {"expected": 5, "reported": 0, "verified": 0}}));
    for key in ["as_of", "today"] {
        assert_eq!(overview[key], "2023-10-02");
    }
    assert_eq!(
        (&overview["basis"], &overview["formula_version"], &overview["illustrative"]),
        (&json!("as_assigned"), &json!(1), &json!(false))
    );
    assert_eq!(overview["position"], app.position());

    let units = leader_reads(&app, "units?basis=as_assigned").await;
    assert_eq!(units["total"]["tasks"], overview["tasks"]);
    assert_eq!(COLUMNS.map(|column| sum_of(&units, column)), COLUMNS.map(|column| overview["tasks"][column].as_i64().unwrap()));
    assert_eq!(counts(line(&units, "unit", "hg-so-y-te"))["total"], 3);
    assert_eq!(counts(line(&units, "unit", "hg-tinh-uy")), json!({}), "the sum of its parts has no place of its own");
    let some = leader_reads(&app, "units?kind=department&kind=party_body").await;
    assert!(some["items"].as_array().unwrap().iter().all(|l| l["unit"]["kind"] == "department" || l["unit"]["kind"] == "party_body"));
    assert_eq!((sum_of(&some, "total"), &some["total"]["tasks"]["total"]), (5, &json!(5)));

    let unit = leader_reads(&app, "units/hg-tinh-uy").await;
    assert_eq!(
        (&unit["unit"]["code"], counts(&unit), counts(&unit["subtree"])),
        (&json!("hg-tinh-uy"), json!({}), json!({"total": 2, "open_no_deadline": 1, "cancelled": 1}))
    );
    assert_eq!(sum_of(&unit, "total"), 2);
}

async fn a_district_is_all_that_stands_in_it(app: TestApp) {
    let _ = issued(&app, "hg-huyen-vi-thuy-dang", json!({})).await;
    let _ = issued(&app, "hg-huyen-vi-thuy-ubnd", json!({})).await;
    let _ = issued(&app, "hg-so-y-te", json!({})).await;
    let districts = leader_reads(&app, "areas?level=district").await;
    assert_eq!(districts["items"].as_array().unwrap().len(), 2);
    assert_eq!(counts(line(&districts, "area", "hg-huyen-vi-thuy"))["total"], 2);
    assert_eq!(line(&districts, "area", "hg-huyen-chau-thanh-a")["light"], "grey");
    assert_eq!(districts["total"]["tasks"]["total"], 2, "the department stands in no district");
    let all = leader_reads(&app, "areas").await;
    assert_eq!((counts(line(&all, "area", "hg"))["total"].clone(), &all["total"]["tasks"]["total"]), (json!(3), &json!(3)));
    let one = leader_reads(&app, "areas/hg-huyen-vi-thuy").await;
    assert_eq!((&one["area"]["level"], &one["tasks"]["total"], sum_of(&one, "total")), (&json!("district"), &json!(2), 2));
}

async fn claimed_moves_when_told_and_verified_when_confirmed(app: TestApp) {
    let task = issued(&app, "hg-so-y-te", json!({"weight": 3})).await;
    let _ = issued(&app, "hg-so-y-te", json!({})).await;
    let reporter = app.reporter("hg-so-y-te");
    let read = || reporter.get("dashboards/units?kind=department");
    let before = read().await.expect(200);
    let _ = read().header("If-None-Match", before.etag()).await.expect(304);
    let told = report(&app, "hg-so-y-te", &task, json!({"percent": 60.5, "obstacles": "Thiếu kinh phí."})).await;
    let claimed = read().header("If-None-Match", before.etag()).await.expect(200);
    let progress = |answer: &Response| line(&answer.json, "unit", "hg-so-y-te")["progress"].clone();
    assert_eq!(progress(&claimed), json!({"claimed": 60.5, "verified": null, "coverage": {"expected": 2, "reported": 1, "verified": 0}}));
    verify(&app, &told).await;
    let verified = read().await.expect(200);
    assert_eq!(progress(&verified), json!({"claimed": 60.5, "verified": 60.5, "coverage": {"expected": 2, "reported": 1, "verified": 1}}));
    let _ = report(&app, "hg-so-y-te", &task, json!({"state": "not_started", "reason": "Làm lại từ đầu."})).await;
    assert_eq!(progress(&read().await.expect(200))["claimed"], 0);
}

async fn a_task_counts_once_however_many_ways_lead_to_a_resolution(app: TestApp) {
    let congress = congress(&app).await;
    let theme = with(thematic("04-NQ/TU"), json!({"relations": [implements("resolution", &congress)]}));
    let theme = app.office().post("resolutions", theme).await.expect(201);
    let parents = json!([implements("resolution", &congress), implements("resolution", &theme)]);
    let plan = programme(&app, None, "plan", parents).await;
    let _ = issued(&app, "hg-so-y-te", json!({"resolution": congress.id(), "programme": plan.id()})).await;
    let _ = issued(&app, "hg-so-y-te", json!({"resolution": congress.id()})).await;
    let _ = issued(&app, "hg-so-y-te", json!({})).await;
    let table = leader_reads(&app, "resolutions").await;
    let lines = table["items"].as_array().unwrap();
    let of = |id: &str| lines.iter().find(|l| l["resolution"]["id"] == id).unwrap()["tasks"]["total"].clone();
    assert_eq!((of(congress.id()), of(theme.id())), (json!(2), json!(1)));
    assert_eq!((&lines[lines.len() - 1]["resolution"], &lines[lines.len() - 1]["tasks"]["total"]), (&Value::Null, &json!(1)));
    assert_eq!(table["total"]["tasks"]["total"], 3);
    for (filter, total) in [("resolution", congress.id()), ("resolution", theme.id()), ("programme", plan.id())].into_iter().zip([2, 1, 1])
    {
        let path = format!("overview?{}={}", filter.0, filter.1);
        assert_eq!(leader_reads(&app, &path).await["tasks"]["total"], total, "{path}");
    }
}

async fn breakthroughs_and_objectives_end_with_what_is_outside(app: TestApp) {
    let congress = congress(&app).await;
    let mut made = Vec::new();
    for (path, ordinal) in [("breakthroughs", 1), ("breakthroughs", 2), ("pillars", 1), ("objectives", 1)] {
        app.pass(1);
        let mut draft = json!({"resolution": congress.id(), "ordinal": ordinal, "title": format!("{path} {ordinal}")});
        if path == "objectives" {
            draft["level"] = json!("specific");
        }
        made.push(app.office().post(path, draft).await.expect(201));
    }
    let [first, _, pillar, objective] = &made[..] else { panic!() };
    let links = json!({"resolution": congress.id(), "breakthrough": first.id(), "pillar": pillar.id(), "objective": objective.id()});
    let _ = issued(&app, "hg-so-y-te", links).await;
    let _ = issued(&app, "hg-so-y-te", json!({"resolution": congress.id()})).await;
    let totals =
        |table: &Value| table["items"].as_array().unwrap().iter().map(|l| l["tasks"]["total"].as_i64().unwrap()).collect::<Vec<_>>();
    let table = leader_reads(&app, "breakthroughs").await;
    assert_eq!(totals(&table), [1, 0, 1]);
    assert_eq!((&table["items"][0]["breakthrough"]["ordinal"], &table["items"][2]["breakthrough"]), (&json!(1), &Value::Null));
    assert_eq!(totals(&leader_reads(&app, &format!("breakthroughs?breakthrough={}", first.id())).await), [1]);
    assert_eq!(totals(&leader_reads(&app, "objectives").await), [1, 1]);
    for filter in [format!("breakthrough={}", first.id()), format!("pillar={}", pillar.id())] {
        assert_eq!(leader_reads(&app, &format!("units?{filter}")).await["total"]["tasks"]["total"], 1, "{filter}");
    }
}

async fn reporters_see_the_lines_of_their_own_and_the_total_of_all(app: TestApp) {
    for unit in ["hg-so-y-te", "hg-so-tai-chinh", "hg-huyen-vi-thuy-dang", "hg-huyen-vi-thuy-ubnd"] {
        let _ = issued(&app, unit, json!({})).await;
    }
    let (department, district) = (app.reporter("hg-so-y-te"), app.reporter("hg-huyen-vi-thuy-dang"));
    let codes = |answer: &Response, of: &str| {
        let items = answer.json["items"].as_array().unwrap();
        items.iter().map(|line| line[of]["code"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let units = department.get("dashboards/units").await.expect(200);
    assert_eq!((codes(&units, "unit"), &units.json["total"]["tasks"]["total"]), (vec!["hg-so-y-te".to_owned()], &json!(4)));
    assert_eq!(department.get("dashboards/overview").await.expect(200).json["tasks"]["total"], 4);
    let _ = department.get("dashboards/units/hg-so-y-te").await.expect(200);
    department.get("dashboards/units/hg-so-tai-chinh").await.refused(403, "forbidden");
    assert_eq!(codes(&department.get("dashboards/areas?level=district").await.expect(200), "area"), Vec::<String>::new());
    department.get("dashboards/areas/hg-huyen-vi-thuy").await.refused(403, "forbidden");
    let areas = district.get("dashboards/areas?level=district").await.expect(200);
    assert_eq!((codes(&areas, "area"), &areas.json["items"][0]["tasks"]["total"]), (vec!["hg-huyen-vi-thuy".to_owned()], &json!(2)));
    let own = district.get("dashboards/areas/hg-huyen-vi-thuy").await.expect(200);
    assert_eq!((codes(&own, "unit"), &own.json["tasks"]["total"]), (vec!["hg-huyen-vi-thuy-dang".to_owned()], &json!(2)));
    district.get("dashboards/areas/hg-huyen-chau-thanh-a").await.refused(403, "forbidden");
}

async fn another_province_is_not_there(app: TestApp) {
    let congress = congress(&app).await;
    let _ = issued(&app, "hg-so-y-te", json!({"resolution": congress.id()})).await;
    let outsider = app.outsider();
    assert_eq!(outsider.get("dashboards/overview").await.expect(200).json["tasks"]["total"], 0);
    for path in ["units/hg-so-y-te", "areas/hg", "units/khong-co", "areas/khong-co"] {
        outsider.get(&format!("dashboards/{path}")).await.refused(404, "not_found");
    }
    let foreign = outsider.get(&format!("dashboards/overview?resolution={}", congress.id())).await;
    foreign.refused(400, "invalid_parameter").names("resolution", "unknown_record");
    assert_eq!(outsider.get("dashboards/resolutions").await.expect(200).json["items"], json!([]));
    let units = outsider.get("dashboards/units").await.expect(200);
    assert_eq!(units.json["items"].as_array().unwrap().len(), 1);
}

async fn a_wrong_question_is_named(app: TestApp) {
    let leader = app.leader();
    let nothing = app.unit("hg-so-y-te");
    let wrong = [
        ("as_of=2023-10-03".to_owned(), "as_of", "future"),
        ("as_of=2019-12-31".to_owned(), "as_of", "before_data"),
        ("as_of=31/12/2021".to_owned(), "as_of", "format"),
        ("basis=today".to_owned(), "basis", "unknown_value"),
        ("field=x".to_owned(), "field", "format"),
    ];
    let unknown =
        ["resolution", "breakthrough", "pillar", "programme", "field"].map(|name| (format!("{name}={nothing}"), name, "unknown_record"));
    for (query, name, rule) in wrong.into_iter().chain(unknown) {
        for dashboard in ["overview", "units", "units/khong-co", "areas", "areas/khong-co", "objectives", "breakthroughs", "resolutions"] {
            leader.get(&format!("dashboards/{dashboard}?{query}")).await.refused(400, "invalid_parameter").names(name, rule);
        }
    }
    leader.get("dashboards/units?kind=nobody").await.refused(400, "invalid_parameter").names("kind", "unknown_value");
    leader.get("dashboards/areas?level=ward").await.refused(400, "invalid_parameter").names("level", "unknown_value");
    leader.get("dashboards/units?level=district").await.refused(400, "unknown_parameter").names("level", "unknown_parameter");
    leader.get("dashboards/overview?kind=department").await.refused(400, "unknown_parameter").names("kind", "unknown_parameter");
    let english = leader.get("dashboards/overview?as_of=2019-12-31").in_english().await;
    assert!(english.json["errors"][0]["message"].as_str().unwrap().contains("2020-01-02"), "{}", english.text);
    app.anonymous().get("dashboards/overview").await.refused(401, "unauthenticated");
}
