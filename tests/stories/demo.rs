//! The demo: real documents and units, and years of progress that can be looked back on.

use resolution_tracker::cli::demo;
use resolution_tracker::service::journal;
use serde_json::{Value, json};

use super::progress_reports::{report, verdict};
use super::resolutions::with;
use crate::common::{Actor, Kind, Response, TestApp};

/// Makes two tests of each story, which starts on no world but loads the demo.
macro_rules! on_the_demo {
    ($($story:ident),+ $(,)?) => {$(
        mod $story {
            use crate::common::Kind;

            #[actix_web::test]
            async fn sqlite() {
                super::$story(Kind::Sqlite).await;
            }

            #[actix_web::test]
            async fn postgres() {
                super::$story(Kind::Postgres).await;
            }
        }
    )+};
}

on_the_demo! {
    the_demo_is_a_province_with_its_years,
    a_department_and_a_district_log_and_the_office_verifies,
    an_earlier_day_is_what_the_demo_of_that_day_shows,
    the_second_province_keeps_to_itself,
    the_conferences_and_the_theme_are_those_of_the_sources,
}

/// When the demo begins, unless one says otherwise.
const MORNING: &str = "2023-10-02T02:00:00Z";

/// The demo as it is at this instant: loaded once, and copied for each who asks.
pub async fn loaded(kind: Kind, time: &str) -> TestApp {
    TestApp::start_loaded(kind, "demo", time, |state| demo::load(state, state.moment().today()).unwrap()).await
}

async fn items(actor: &Actor<'_>, path: &str) -> Vec<Value> {
    actor.get(path).await.expect(200).json["items"].as_array().unwrap().clone()
}

async fn the_demo_is_a_province_with_its_years(kind: Kind) {
    let app = loaded(kind, MORNING).await;
    let leader = app.leader();
    let position = app.position();
    assert_eq!(app.db(|conn, _| journal::verify(conn)), Ok(position));
    let now = app.now().naive_utc();
    for untrue in [
        "progress_reports WHERE measured_on > '2023-10-02'".to_owned(),
        "progress_reports WHERE origin <> 'demo'".to_owned(),
        "tasks WHERE origin <> 'demo' OR issued_at IS NULL".to_owned(),
        format!("progress_reports WHERE recorded_at > '{now}' OR verified_at > '{now}'"),
        format!("events WHERE recorded_at > '{now}'"),
    ] {
        let (table, condition) = untrue.split_once(' ').unwrap();
        assert_eq!(app.db_sql(&format!("UPDATE {table} SET origin = origin {condition}")), 0, "{untrue}");
    }
    assert_eq!(items(&leader, "dashboards/areas?level=district").await.len(), 8);
    let overview = leader.get("dashboards/overview").await.expect(200).json;
    assert_eq!((&overview["as_of"], &overview["illustrative"]), (&json!("2023-10-02"), &json!(true)));
    for column in ["completed_on_time", "completed_late", "open_overdue", "open_no_deadline"] {
        assert!(overview["tasks"][column].as_u64() > Some(0), "{column}: {overview}");
    }
    assert!(overview["progress"]["claimed"].as_f64() >= overview["progress"]["verified"].as_f64(), "{overview}");
    the_groups_hold_the_parts(&leader).await;
    assert_eq!(items(&leader, "breakthroughs").await.len(), 3);
    assert_eq!(items(&leader, "pillars").await.len(), 4);
    // Loading it again changes nothing, and another day needs another database.
    demo::load(&app.state, app.state.moment().today()).unwrap();
    assert_eq!(app.position(), position);
    let other = demo::load(&app.state, "2021-12-31".parse().unwrap()).unwrap_err().to_string();
    assert!(other.contains("2023-10-02") && other.contains("--reset"), "{other}");
    // A database with a world of its own in it is left alone.
    let world = TestApp::start(kind).await;
    let refused = demo::load(&world.state, world.state.moment().today()).unwrap_err().to_string();
    assert!(refused.contains("not the demo's"), "{refused}");
}

/// What was given to a group was given to who belonged to it on the day.
async fn the_groups_hold_the_parts(leader: &Actor<'_>) {
    assert_eq!(items(leader, "unit-groups").await.len(), 7);
    for (group, day) in [("hg-nhom-cap-uy-duoi-tinh", "2020-12-25"), ("hg-nhom-don-vi-dia-phuong", "2021-08-04")] {
        let tasks = items(leader, &format!("tasks?unit_group={group}&lead_unit=hg-tinh-uy&limit=200")).await;
        let whole = tasks.iter().find(|task| task["unit_group"]["code"] == group).unwrap()["id"].clone();
        let parts = items(leader, &format!("tasks?limit=200&parent={}", whole.as_str().unwrap())).await;
        let mut leads: Vec<&str> = parts.iter().map(|part| part["lead_unit"]["code"].as_str().unwrap()).collect();
        let members = items(leader, &format!("unit-groups/{group}/members?on={day}")).await;
        let mut members: Vec<&str> = members.iter().map(|unit| unit["code"].as_str().unwrap()).collect();
        leads.sort_unstable();
        members.sort_unstable();
        assert_eq!(leads, members, "{group}");
    }
}

async fn a_department_and_a_district_log_and_the_office_verifies(kind: Kind) {
    let app = loaded(kind, MORNING).await;
    for (reporter, unit, table, subject) in [
        ("reporter", "hg-so-khoa-hoc-va-cong-nghe", "dashboards/units?kind=department", ("unit", "hg-so-khoa-hoc-va-cong-nghe")),
        ("reporter-district", "hg-huyen-vi-thuy-dang", "dashboards/areas?level=district", ("area", "hg-huyen-vi-thuy")),
    ] {
        let (reporter, office, leader) = (app.account(reporter), app.office(), app.leader());
        let line = async || {
            let lines = items(&leader, table).await;
            lines.into_iter().find(|line| line[subject.0]["code"] == subject.1).unwrap()["progress"].clone()
        };
        let overdue = items(&reporter, &format!("tasks?timeliness=overdue&lead_unit={unit}")).await;
        let task = overdue.first().unwrap_or_else(|| panic!("{unit} has nothing overdue"));
        let before = line().await;
        let said = with(report(60), json!({"obstacles": "Chưa có hướng dẫn về kinh phí", "reason": "Rà soát lại"}));
        let logged: Response = reporter.post(&format!("tasks/{}/progress-reports", task["id"].as_str().unwrap()), said).await.expect(201);
        let claimed = line().await;
        assert_ne!(claimed["claimed"], before["claimed"], "{unit}: the claimed progress moves");
        assert_eq!(claimed["verified"], before["verified"]);
        let queue = items(&office, "progress-reports?state=submitted").await;
        assert_eq!(queue[0]["id"], logged.json["id"]);
        let _ = verdict(&office, logged.id(), json!({"outcome": "verified"})).await.expect(200);
        let verified = line().await;
        assert_ne!(verified["verified"], claimed["verified"], "{unit}: the verified progress moves");
    }
    assert_eq!(app.db(|conn, _| journal::verify(conn)), Ok(app.position()));
}

async fn an_earlier_day_is_what_the_demo_of_that_day_shows(kind: Kind) {
    let app = loaded(kind, MORNING).await;
    let earlier = loaded(kind, "2021-12-31T16:59:59Z").await;
    let (then, now) = (earlier.leader(), app.leader());
    for path in [
        "dashboards/overview?",
        "dashboards/units?",
        "dashboards/units?kind=department",
        "dashboards/areas?level=district",
        "dashboards/areas/hg-huyen-vi-thuy?",
        "dashboards/units/hg-ubnd-tinh?",
        "dashboards/resolutions?",
        "dashboards/objectives?",
        "dashboards/breakthroughs?",
    ] {
        let was = then.get(path).await.expect(200).json;
        let remembered = now.get(&format!("{path}&as_of=2021-12-31")).await.expect(200).json;
        assert_eq!(without_names_of_the_database(was), without_names_of_the_database(remembered.clone()), "{path}");
        assert_eq!(remembered["as_of"], "2021-12-31");
    }
    let districts = async |day: &str| items(&now, &format!("dashboards/areas?level=district&as_of={day}")).await;
    let (past, present) = (districts("2021-12-31").await, districts("2023-10-02").await);
    assert_eq!((past.len(), present.len()), (8, 8));
    assert_ne!(past, present);
    now.get("dashboards/overview?as_of=2023-10-03").await.refused(400, "invalid_parameter").names("as_of", "future");
}

/// Hải Dương stands in the same deployment, and nobody of either province hears of the other.
async fn the_second_province_keeps_to_itself(kind: Kind) {
    let app = loaded(kind, MORNING).await;
    let (here, there) = (app.leader(), app.account("leader-hd"));
    let terms = there.get("terms").await.expect(200);
    assert_eq!((&terms.json["items"][0]["ordinal"], &terms.json["items"][0]["ordinal_text"]), (&json!(17), &json!("VXII")));
    let resolutions = there.get("resolutions").await.expect(200);
    assert_eq!(resolutions.json["items"].as_array().unwrap().len(), 1);
    let (resolution, title) = (resolutions.texts("id")[0].to_owned(), resolutions.texts("title")[0].to_owned());
    assert!(title.contains("XVII"), "{title}");
    let events = there.get("dissemination-events").await.expect(200);
    let event = events.texts("id")[0].to_owned();
    for path in [
        format!("resolutions/{resolution}"),
        format!("resolutions/{resolution}/dissemination"),
        format!("dissemination-events/{event}"),
        "areas/hd".into(),
        "units/hd-tinh-uy".into(),
        "dashboards/units/hd-tinh-uy".into(),
    ] {
        there.get(&path).await.expect(200);
        for account in ["admin", "office", "leader", "inspector", "reporter"] {
            app.account(account).get(&path).await.refused(404, "not_found");
        }
    }
    for list in ["resolutions", "programmes", "areas?limit=200", "units?limit=200", "tasks", "terms", "posts", "dissemination-events"] {
        let (ours, theirs) = (here.get(list).await.expect(200).text, there.get(list).await.expect(200).text);
        assert!(!ours.contains("\"hd-") && !ours.contains("Hải Dương"), "{list}: {ours}");
        assert!(!theirs.contains("\"hg-") && !theirs.contains("Hậu Giang"), "{list}: {theirs}");
    }
    let roads = items(&there, "programmes?kind=programme").await[0].clone();
    assert_eq!((&roads["period"]["from"], &roads["orientation_period"]["to"]), (&json!(2021), &json!(2030)));
    let plan = items(&there, "tasks?q=ke%20hoach%20hoc%20tap").await[0].clone();
    assert_eq!((&plan["deadline"]["end"], &plan["timeliness"]), (&json!("2020-12-31"), &json!("overdue")));
    let congress_results = items(&there, "dissemination-events?kind=congress_results").await[0].clone();
    assert_eq!(congress_results["audiences"].as_array().unwrap().len(), 3);
    // A conference under the plan that breaks its rule is taken, and told of.
    let planned = items(&app.account("office-hd"), "dissemination-events?kind=study&level=province").await[0].clone();
    let path = format!("dissemination-events/{}", planned["id"].as_str().unwrap());
    let combined = json!({"combined_with": "Hội nghị Ban Chấp hành Đảng bộ tỉnh"});
    let combined = app.account("office-hd").change(&path, combined).await.expect(200);
    assert_eq!(combined.json["warnings"][0]["code"], "combined_with_executive_committee");
}

async fn the_conferences_and_the_theme_are_those_of_the_sources(kind: Kind) {
    let app = loaded(kind, "2024-06-30T02:00:00Z").await;
    let leader = app.leader();
    let conference = items(&leader, "dissemination-events?kind=study").await[0].clone();
    assert_eq!(
        (&conference["site_count"], &conference["attendance"]["count"], &conference["is_first"]),
        (&json!(336), &json!(16_000), &json!(true))
    );
    assert_eq!(conference["attendance"]["qualifier"], "more_than");
    assert_eq!(conference["presenters"][0]["post"]["title"], "Bí thư Tỉnh ủy");
    let coverage = leader.get(&format!("resolutions/{}/dissemination", conference["resolution"]["id"].as_str().unwrap())).await.expect(200);
    assert_eq!((&coverage.json["total"]["sites"], &coverage.json["units"]["covered"]), (&json!(336), &json!(1)));
    let themes = items(&leader, "programmes?kind=thematic_programme").await;
    let first = themes.iter().find(|t| t["period"]["from"] == 2022).unwrap();
    assert_eq!(first["contributes_to"][0]["ordinal"], 1);
    let results = leader.get(&format!("programmes/{}/results", first["id"].as_str().unwrap())).await.expect(200).json;
    assert_eq!(results["commendations"], json!({"commendations": 3, "collectives": 14, "individuals": 17}));
    assert_eq!((&results["conferences"], &results["good_practices"]), (&json!(1), &json!(2)));
    let second = themes.iter().find(|t| t["period"]["from"] == 2024).unwrap();
    assert_eq!((&second["relations"][0]["relation"], &second["relations"][0]["programme"]), (&json!("follows"), &first["id"]));
    assert!(second["theme"].as_str().unwrap().contains("\"tận dụng thời kỳ vàng\""));
}

/// Ids and positions differ from one database to the next, and so does the day it is.
fn without_names_of_the_database(value: Value) -> Value {
    match value {
        Value::Object(map) => {
            let kept = map.into_iter().filter(|(key, _)| !matches!(key.as_str(), "id" | "position" | "today" | "resolution" | "term"));
            Value::Object(kept.map(|(key, value)| (key, without_names_of_the_database(value))).collect())
        }
        Value::Array(items) => Value::Array(items.into_iter().map(without_names_of_the_database).collect()),
        other => other,
    }
}
