//! Reorganisations: who answers for what was given before, who sees it, and what cannot be.

use std::collections::BTreeSet;

use resolution_tracker::domain::areas::AreaLevel;
use resolution_tracker::domain::permission::Role;
use resolution_tracker::domain::units::UnitKind;
use serde_json::{Value, json};

use super::progress_reports::report;
use super::resolutions::with;
use super::tasks::{draft, issued, seen};
use crate::common::world::{self, On};
use crate::common::{Actor, Response, TestApp, on_both_databases};

on_both_databases! {
    two_departments_become_one,
    a_district_ends_and_its_work_goes_several_ways,
    a_province_joins_another,
    an_event_recorded_wrongly_is_taken_back,
    what_cannot_be_is_refused_and_nothing_is_kept,
}

/// The department that two others become.
pub fn merged(app: &TestApp) {
    app.db(|conn, _| world::unit(conn, "hg-so-moi", "Sở mới", UnitKind::Department, Some("hg-ubnd-tinh"), "hg"));
}

/// A draft that this unit leads.
pub fn led_by(unit: &str) -> Value {
    with(draft("Xây dựng kế hoạch"), json!({"lead_unit": unit}))
}

/// A reorganisation on a day.
pub fn on(day: &str, events: Value) -> Value {
    json!({"effective_on": day, "legal_basis": "159-KL/TW", "events": events})
}

fn merger() -> Value {
    json!([{"kind": "merge", "from": ["hg-so-y-te", "hg-so-tai-chinh"], "to": [{"ref": "hg-so-moi"}]}])
}

/// Records it, a second later than what was before.
pub async fn record(app: &TestApp, body: Value) -> Response {
    app.pass(1);
    app.admin().post("unit-events", body).await
}

async fn try_out(app: &TestApp, body: Value) -> Value {
    app.admin().post("unit-events?dry_run=true", body).await.expect(200).json
}

/// Who answers for a task on a day.
pub async fn answers(app: &TestApp, task: &str, day: &str) -> Value {
    app.office().get(&format!("tasks/{task}/responsible?on={day}")).await.expect(200).json
}

/// The tasks of a list.
pub async fn ids(actor: &Actor<'_>, query: &str) -> BTreeSet<String> {
    actor.get(&format!("tasks?limit=200&{query}")).await.expect(200).texts("id").iter().map(ToString::to_string).collect()
}

/// These, as a set.
pub fn set<'a>(tasks: impl IntoIterator<Item = &'a String>) -> BTreeSet<String> {
    tasks.into_iter().cloned().collect()
}

/// The lines that hold work, by code of the unit: how many tasks.
pub async fn lines(app: &TestApp, query: &str) -> Vec<(String, u64)> {
    let table = app.leader().get(&format!("dashboards/units?{query}")).await.expect(200).json;
    let line = |line: &Value| (line["unit"]["code"].as_str().unwrap().to_owned(), line["tasks"]["total"].as_u64().unwrap());
    table["items"].as_array().unwrap().iter().map(line).filter(|(_, total)| *total > 0).collect()
}

async fn two_departments_become_one(app: TestApp) {
    merged(&app);
    let (health, finance, other) = (
        issued(&app, led_by("hg-so-y-te")).await,
        issued(&app, led_by("hg-so-tai-chinh")).await,
        issued(&app, led_by("hg-huyen-vi-thuy-dang")).await,
    );
    let (old, new) = (app.reporter("hg-so-y-te"), app.reporter("hg-so-moi"));
    new.get(&format!("tasks/{health}")).await.refused(403, "forbidden");

    let tried = try_out(&app, on("2023-10-10", merger())).await;
    assert_eq!((&tried["dry_run"], &tried["undecided"]), (&json!(true), &json!([])));
    let moves: Vec<_> =
        tried["moves"].as_array().unwrap().iter().map(|m| (&m["from"]["code"], &m["to"]["code"], &m["tasks"][0]["id"])).collect();
    assert_eq!(
        moves,
        [(&json!("hg-so-y-te"), &json!("hg-so-moi"), &json!(health)), (&json!("hg-so-tai-chinh"), &json!("hg-so-moi"), &json!(finance))]
    );
    assert_eq!(app.leader().get("unit-events").await.expect(200).json["items"], json!([]));

    let made = record(&app, on("2023-10-10", merger())).await.expect(201);
    assert_eq!((&made.json["events"][0]["kind"], made.json["moves"][0]["tasks"].as_array().unwrap().len()), (&json!("merge"), 0));
    // It was recorded before its day: until then everything is as it was.
    assert_eq!(seen(&app, &health).await["responsible_unit"]["code"], "hg-so-y-te");
    let _ = old.post(&format!("tasks/{health}/progress-reports"), report(10)).await.expect(201);
    new.get(&format!("tasks/{health}")).await.refused(403, "forbidden");

    app.set_time("2023-10-10");
    let shown = seen(&app, &health).await;
    assert_eq!((&shown["lead_unit"]["code"], &shown["responsible_unit"]["code"]), (&json!("hg-so-y-te"), &json!("hg-so-moi")));
    assert_eq!(shown["lead_unit"]["valid_to"], "2023-10-09");
    let why = answers(&app, &health, "2023-10-10").await;
    assert_eq!((&why["steps"][0]["legal_basis"], &why["undecided"]), (&json!("159-KL/TW"), &json!(false)));
    assert_eq!(answers(&app, &health, "2023-10-09").await["responsible_unit"]["code"], "hg-so-y-te");
    // The successor works on it, the old account reads what was.
    let logged =
        new.post(&format!("tasks/{health}/progress-reports"), with(report(20), json!({"measured_on": "2023-10-10"}))).await.expect(201);
    assert_eq!(logged.json["unit"]["code"], "hg-so-moi");
    assert_eq!(old.get(&format!("tasks/{health}")).await.expect(200).json["allowed_actions"], json!([]));
    old.post(&format!("tasks/{health}/progress-reports"), report(30)).await.refused(403, "forbidden");
    assert_eq!(ids(&new, "").await, set([&health, &finance]));

    assert_eq!(ids(&app.office(), "lead_unit=hg-so-moi").await, set([]));
    assert_eq!(ids(&app.office(), "lead_unit=hg-so-moi&basis=current").await, set([&health, &finance]));
    assert_eq!(ids(&app.office(), "lead_unit=hg-so-y-te&basis=current").await, set([]));
    let (assigned, current) = (lines(&app, "").await, lines(&app, "basis=current").await);
    let line = |code: &str, total| (code.to_owned(), total);
    assert_eq!(assigned.len(), 3);
    assert_eq!(current, [line("hg-huyen-vi-thuy-dang", 1), line("hg-so-moi", 2)]);
    assert_eq!(ids(&app.office(), "lead_unit=hg-huyen-vi-thuy-dang&basis=current").await, set([&other]));
    app.office().post("tasks", led_by("hg-so-y-te")).await.invalid("/lead_unit", "not_valid_then");
}

/// Three tasks of Vị Thủy's People's Committee: one of health, one completed, one of nothing special.
pub async fn vi_thuy(app: &TestApp) -> (String, [String; 3]) {
    let field = app.admin().post("fields", json!({"code": "y-te", "name": "Y tế", "ordinal": 1})).await.expect(201).id().to_owned();
    let ours = || led_by("hg-huyen-vi-thuy-ubnd");
    let health = issued(app, with(ours(), json!({"field": field}))).await;
    let done = issued(app, ours()).await;
    let done_report = with(super::progress_reports::completed("2023-10-02"), json!({}));
    let _ = app.office().post(&format!("tasks/{done}/progress-reports"), done_report).await.expect(201);
    let rest = issued(app, ours()).await;
    (field, [health, done, rest])
}

async fn a_district_ends_and_its_work_goes_several_ways(app: TestApp) {
    let (field, [health, done, rest]) = vi_thuy(&app).await;
    let ends =
        |handovers: Value| on("2023-11-01", json!([{"kind": "dissolve", "from": ["hg-huyen-vi-thuy-ubnd"], "handovers": handovers}]));
    // Nobody would answer for what is open.
    let tried = try_out(&app, ends(json!([]))).await;
    assert_eq!((&tried["moves"], &tried["undecided"][0]["count"]), (&json!([]), &json!(2)));
    record(&app, ends(json!([]))).await.invalid("/events/0/handovers", "undecided");
    record(&app, ends(json!([{"field": field, "to": "hg-so-y-te"}]))).await.invalid("/events/0/handovers", "undecided");
    let rules = json!([{"field": field, "to": "hg-so-y-te"}, {"task": rest, "to": "hg-so-tai-chinh"}]);
    let made = record(&app, ends(rules)).await.expect(201);
    let event = made.json["events"][0]["id"].as_str().unwrap().to_owned();
    let shown = app.leader().get(&format!("unit-events/{event}")).await.expect(200).json;
    assert_eq!(shown["handed_over"].as_array().unwrap().len(), 2);

    app.set_time("2023-11-01");
    for (task, unit) in [(&health, "hg-so-y-te"), (&rest, "hg-so-tai-chinh"), (&done, "hg-huyen-vi-thuy-ubnd")] {
        assert_eq!(answers(&app, task, "2023-11-01").await["responsible_unit"]["code"], unit);
        assert_eq!(seen(&app, task).await["responsible_unit"]["code"], unit);
        assert!(ids(&app.office(), &format!("lead_unit={unit}&basis=current")).await.contains(task), "{unit}");
    }
    assert_eq!(answers(&app, &done, "2023-11-01").await["undecided"], true);
    // Each of the new ones sees its own task, and works on it.
    let (of_health, of_finance) = (app.reporter("hg-so-y-te"), app.reporter("hg-so-tai-chinh"));
    assert_eq!((ids(&of_health, "").await, ids(&of_finance, "").await), (set([&health]), set([&rest])));
    let today = with(report(50), json!({"measured_on": "2023-11-01"}));
    let _ = of_health.post(&format!("tasks/{health}/progress-reports"), today.clone()).await.expect(201);
    of_health.post(&format!("tasks/{rest}/progress-reports"), today.clone()).await.refused(403, "forbidden");
    app.reporter("hg-huyen-vi-thuy-ubnd").post(&format!("tasks/{health}/progress-reports"), today).await.refused(403, "forbidden");
    // What follows later follows from there.
    merged(&app);
    let _ = record(&app, on("2023-12-01", merger())).await.expect(201);
    app.set_time("2023-12-01");
    let why = answers(&app, &health, "2023-12-01").await;
    let steps: Vec<_> = why["steps"].as_array().unwrap().iter().map(|step| step["to"]["code"].as_str().unwrap()).collect();
    assert_eq!(steps, ["hg-so-y-te", "hg-so-moi"]);
    assert_eq!(ids(&app.reporter("hg-so-moi"), "").await, set([&health, &rest]));
}

async fn a_province_joins_another(app: TestApp) {
    app.db(|conn, _| {
        world::area(conn, "ct", "Thành phố Cần Thơ", AreaLevel::Province, None)?;
        world::unit(conn, "ct-so-y-te", "Sở Y tế", UnitKind::Department, None, "ct")
    });
    let task = issued(&app, led_by("hg-so-y-te")).await;
    let join = on(
        "2023-11-01",
        json!([
            {"of": "area", "kind": "merge", "from": ["hg"], "to": [{"ref": "ct"}]},
            {"kind": "merge", "from": ["hg-so-y-te"], "to": [{"ref": "ct-so-y-te"}]},
        ]),
    );
    // Who does not reach the other province does not know it.
    record(&app, join.clone()).await.names("/events/0/to/0/ref", "unknown_area").names("/events/1/to/0/ref", "unknown_unit");
    let of_both = app.account_with("admin-of-both", &[(Role::Admin, On::Area("hg")), (Role::Admin, On::Area("ct"))]);
    let _ = of_both.post("unit-events", join).await.expect(201);
    let leader = app.account_with("leader-ct", &[(Role::Leader, On::Area("ct"))]);
    let reporter = app.account_with("reporter-ct", &[(Role::Reporter, On::Unit("ct-so-y-te"))]);
    leader.get(&format!("tasks/{task}")).await.refused(404, "not_found");
    app.set_time("2023-11-01");
    let seen = leader.get(&format!("tasks/{task}")).await.expect(200).json;
    assert_eq!((&seen["lead_unit"]["code"], &seen["responsible_unit"]["code"]), (&json!("hg-so-y-te"), &json!("ct-so-y-te")));
    let table = leader.get("dashboards/units?basis=current&kind=department").await.expect(200).json;
    let line = table["items"].as_array().unwrap().iter().find(|line| line["unit"]["code"] == "ct-so-y-te").unwrap().clone();
    assert_eq!((&line["tasks"]["total"], &table["total"]["tasks"]["total"]), (&json!(1), &json!(1)));
    let _ =
        reporter.post(&format!("tasks/{task}/progress-reports"), with(report(5), json!({"measured_on": "2023-11-01"}))).await.expect(201);
    // The leader of before sees where the work went, and nothing else of the other province.
    assert_eq!(lines(&app, "basis=current").await, [("ct-so-y-te".to_owned(), 1)]);
    app.leader().get("units/ct-so-y-te").await.refused(404, "not_found");
    let areas = app.leader().get("dashboards/areas?basis=current").await.expect(200).json;
    let of_ct = areas["items"].as_array().unwrap().iter().find(|line| line["area"]["code"] == "ct").unwrap().clone();
    assert_eq!((&of_ct["tasks"]["total"], &areas["total"]["tasks"]["total"]), (&json!(1), &json!(1)));
    for line in ["unit=ct-so-y-te", "area=ct"] {
        let explained = app.leader().get(&format!("dashboards/explain?of=total&basis=current&{line}")).await.expect(200).json;
        assert_eq!((&explained["count"], &explained["items"][0]["id"]), (&json!(1), &json!(task)), "{line}");
        app.leader().get(&format!("dashboards/explain?of=total&{line}")).await.refused(400, "invalid_parameter");
    }
    app.outsider().get(&format!("tasks/{task}")).await.refused(404, "not_found");
}

async fn an_event_recorded_wrongly_is_taken_back(app: TestApp) {
    let (_, [health, ..]) = vi_thuy(&app).await;
    let ends = json!([{"kind": "dissolve", "from": ["hg-huyen-vi-thuy-ubnd"], "handovers": [{"to": "hg-so-y-te"}]}]);
    let first = record(&app, on("2023-10-20", ends)).await.expect(201).json["events"][0]["id"].as_str().unwrap().to_owned();
    merged(&app);
    let goes_on = json!([{"kind": "transfer", "from": ["hg-so-y-te"], "to": [{"ref": "hg-so-moi"}], "handovers": [{"to": "hg-so-moi"}]}]);
    let second = record(&app, on("2023-10-25", goes_on)).await.expect(201).json["events"][0]["id"].as_str().unwrap().to_owned();
    app.set_time("2023-10-26");
    assert_eq!(seen(&app, &health).await["responsible_unit"]["code"], "hg-so-moi");
    let (admin, reason) = (app.admin(), json!({"reason": "Nhập nhầm ngày hiệu lực"}));
    let void = async |event: &str| {
        let path = format!("unit-events/{event}");
        let etag = admin.get(&path).await.expect(200).etag().to_owned();
        admin.post(&format!("{path}/revocation"), reason.clone()).if_match(&etag).await
    };
    admin.post(&format!("unit-events/{first}/revocation"), reason.clone()).await.refused(428, "precondition_required");
    void(&first).await.refused(409, "illegal_state");
    let _ = void(&second).await.expect(200);
    assert_eq!(seen(&app, &health).await["responsible_unit"]["code"], "hg-so-y-te");
    let taken_back = void(&first).await.expect(200).json;
    assert_eq!(taken_back["void_reason"], "Nhập nhầm ngày hiệu lực");
    let now = seen(&app, &health).await;
    assert_eq!((&now["responsible_unit"]["code"], &now["lead_unit"]["valid_to"]), (&json!("hg-huyen-vi-thuy-ubnd"), &Value::Null));
    void(&first).await.refused(409, "illegal_state");
    assert_eq!(app.leader().get("unit-events").await.expect(200).json["items"], json!([]));
    assert_eq!(app.leader().get("unit-events?voided=true").await.expect(200).texts("id").len(), 2);
    app.reporter("hg-so-y-te").get(&format!("tasks/{health}")).await.refused(403, "forbidden");
}

async fn what_cannot_be_is_refused_and_nothing_is_kept(app: TestApp) {
    merged(&app);
    let _ = record(&app, on("2023-10-05", json!([{"kind": "dissolve", "from": ["hg-huyen-chau-thanh-a-dang"]}]))).await.expect(201);
    let position = app.position();
    let merge = |from: &str, to: &str| json!({"kind": "merge", "from": [from], "to": [{"ref": to}]});
    let wrong = [
        (json!([merge("hg-so-y-te", "hg-so-tai-chinh"), merge("hg-so-tai-chinh", "hg-so-y-te")]), "/events/0/to/0/ref", "circle"),
        (json!([merge("hg-so-y-te", "hg-so-moi"), merge("hg-so-y-te", "hg-so-tai-chinh")]), "/events/1/from/0", "repeated"),
        (json!([merge("hg-so-y-te", "hg-huyen-chau-thanh-a-dang")]), "/events/0/to/0/ref", "not_there_then"),
        (json!([merge("hg-huyen-chau-thanh-a-dang", "hg-tinh-uy")]), "/events/0/from/0", "not_there_then"),
        (json!([merge("hd-so-tu-phap", "hg-tinh-uy")]), "/events/0/from/0", "unknown_unit"),
        (
            json!([{"kind": "split", "from": ["hg-so-y-te"], "to": [{"ref": "hg-so-moi", "share": 0.6}, {"ref": "hg-so-tai-chinh", "share": 0.3}]}]),
            "/events/0/to",
            "shares",
        ),
        (json!([{"kind": "split", "from": ["hg-so-y-te"], "to": [{"ref": "hg-so-moi"}]}]), "/events/0/to", "event_sides"),
        (json!([{"kind": "dissolve", "from": ["hg-so-y-te"], "handovers": [{"to": "hg-so-y-te"}]}]), "/events/0/handovers/0/to", "circle"),
        (
            json!([{"kind": "transfer", "from": ["hg-so-y-te"], "to": [{"ref": "hg-so-moi"}], "handovers": [{"to": "hg-tinh-uy"}]}]),
            "/events/0/handovers/0/to",
            "not_a_side",
        ),
        (
            json!([{"of": "area", "kind": "dissolve", "from": ["hg-xa-vi-trung"], "handovers": [{"to": "hg-tinh-uy"}]}]),
            "/events/0/handovers",
            "not_here",
        ),
        (json!([]), "/events", "required"),
    ];
    for (events, pointer, rule) in wrong {
        record(&app, on("2023-10-20", events)).await.names(pointer, rule);
    }
    let _ = record(&app, on("2023-10-20", json!([merge("hg-so-y-te", "hg-so-moi")]))).await.expect(201);
    record(&app, on("2023-10-15", json!([merge("hg-so-y-te", "hg-so-moi")]))).await.names("/events/0/from/0", "overlaps");
    record(&app, on("2023-10-10", json!([merge("hg-so-moi", "hg-so-tai-chinh")]))).await.names("/events/0/from/0", "overlaps");
    assert_eq!(app.position(), position + 1);
    app.office().post("unit-events", on("2023-10-20", merger())).await.refused(403, "forbidden");
    let of_one = app.account_with("admin-of-one", &[(Role::Admin, On::Unit("hg-so-tai-chinh"))]);
    of_one.post("unit-events", on("2023-10-20", json!([merge("hg-so-tai-chinh", "hg-so-moi")]))).await.refused(403, "forbidden");
}
