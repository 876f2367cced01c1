//! The scoreboard of a document's indicators.

use serde_json::{Value, json};

use super::indicators::indicator;
use super::resolutions::congress;
use crate::common::{TestApp, on_both_databases};

on_both_databases! {
    main_indicators_are_counted_and_others_are_shown,
    components_share_a_verdict,
    a_scale_says_what_the_middle_of_a_term_says,
    another_province_counts_its_own,
}

/// An indicator with its target of 2022 and, if it was told, what was reached.
async fn scored(app: &TestApp, resolution: &str, ordinal: i32, more: Value, reached: Option<&str>) -> String {
    app.pass(1);
    let made = app.office().post("indicators", indicator(resolution, ordinal, more)).await.expect(201);
    if let Some(text) = reached {
        let value = json!({"text": text, "stage": "official"});
        let _ = app.office().put(&format!("indicators/{}/values/2022", made.id()), value).await.expect(201);
    }
    made.id().to_owned()
}

fn target(text: &str) -> Value {
    json!({"targets": [{"period": "2022", "text": text}]})
}

async fn main_indicators_are_counted_and_others_are_shown(app: TestApp) {
    let congress = congress(&app).await;
    let resolution = congress.id();
    let first = scored(&app, resolution, 1, target("10"), Some("12,27")).await;
    let _ = scored(&app, resolution, 2, target("7.500"), Some("7.500")).await;
    let failed = scored(&app, resolution, 3, target("6,5-7"), Some("3,28")).await;
    let _ = scored(&app, resolution, 4, json!({}), None).await;
    let mut sub = target("100");
    sub["parent"] = json!(first);
    let _ = scored(&app, resolution, 5, sub, Some("1")).await;
    let path = format!("dashboards/indicators?resolution={resolution}");
    let board = app.leader().get(&path).await.expect(200);
    let score = &board.json["score"];
    let parts = ["total", "exceeded", "met", "not_met", "not_yet_due", "not_assessable"].map(|part| score[part].as_i64().unwrap());
    assert_eq!(parts, [4, 1, 1, 1, 1, 0]);
    assert_eq!(board.json["sentence"], "2/4 chỉ tiêu đạt và vượt, trong đó 1 vượt");
    let ordinals: Vec<i64> = board.json["items"].as_array().unwrap().iter().map(|i| i["indicator"]["ordinal"].as_i64().unwrap()).collect();
    assert_eq!(ordinals, [1, 5, 2, 3, 4], "a sub-indicator stands below its own");
    // An official verdict counts; the numbers stay beside.
    app.pass(1);
    let official = json!({"period": "2022", "verdict": "met", "reason": "Do dịch bệnh"});
    let _ = app.office().post(&format!("indicators/{failed}/assessments"), official).await.expect(201);
    let board = app.leader().get(&path).await.expect(200);
    assert_eq!((&board.json["score"]["met"], &board.json["computed"]["met"]), (&json!(2), &json!(1)));
    assert_eq!(board.json["items"][3]["pace"], json!({"year": 2022, "on_path": false}), "3.28 is behind 6.5");
    // Nothing is known of a day before all this, and a period without targets is told so.
    let of_2025 = app.leader().get(&format!("{path}&period=2025")).await.expect(200);
    assert_eq!((&of_2025.json["score"]["not_yet_due"], &of_2025.json["score"]["total"]), (&json!(1), &json!(1)));
    assert_eq!(of_2025.json["items"].as_array().unwrap().len(), 5, "the others are shown");
    let mildly = app.leader().get(&format!("{path}&kept_bound=met")).await.expect(200);
    assert_eq!(mildly.json["score"]["exceeded"], 1, "a number is no bound");
    for wrong in ["&period=nay", "&as_of=2023-12-01", "&kept_bound=often", "&programme=0189bd2c-6c00-7000-8000-000000000001"] {
        app.leader().get(&format!("{path}{wrong}")).await.refused(400, "invalid_parameter");
    }
}

async fn components_share_a_verdict(app: TestApp) {
    let congress = congress(&app).await;
    let resolution = congress.id();
    let whole = scored(&app, resolution, 1, json!({"targets": []}), None).await;
    for (ordinal, reached) in [(2, "12"), (3, "3"), (4, "11"), (5, "4")] {
        let mut part = target("10");
        (part["parent"], part["role"]) = (json!(whole), json!("component"));
        let _ = scored(&app, resolution, ordinal, part, Some(reached)).await;
    }
    let board = app.leader().get(&format!("dashboards/indicators?resolution={resolution}")).await.expect(200);
    let line = &board.json["items"][0];
    assert_eq!((&line["verdict"], &line["assessment"]["computed"]["cause"]), (&json!("basically_met"), &json!("components")));
    assert_eq!((&board.json["score"]["total"], &board.json["score"]["basically_met"]), (&json!(1), &json!(1)));
    let own = app.leader().get(&format!("indicators/{whole}/assessments")).await.expect(200);
    assert_eq!(own.json["items"][0]["verdict"], "basically_met");
}

async fn a_scale_says_what_the_middle_of_a_term_says(app: TestApp) {
    let congress = congress(&app).await;
    let resolution = congress.id();
    let total = |text: &str| json!({"aggregation": "total", "targets": [{"period": "2021-2025", "text": text}]});
    let _ = scored(&app, resolution, 1, total("100"), Some("70")).await;
    let _ = scored(&app, resolution, 2, total("100"), Some("15")).await;
    let _ = scored(&app, resolution, 3, total("trên 60"), Some("70")).await;
    let _ = scored(&app, resolution, 4, json!({"direction": "decrease"}), None).await;
    let path = format!("dashboards/indicators?resolution={resolution}");
    let said = |scale: &'static str| {
        let (app, path) = (&app, &path);
        async move {
            let board = app.leader().get(&format!("{path}&scale={scale}")).await.expect(200).json;
            board["items"].as_array().unwrap().iter().map(|item| item["mid_term"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
        }
    };
    assert_eq!(said("share").await, ["from_sixty", "below_fifty", "reached", "at_term_end"]);
    assert_eq!(said("progress").await, ["on_track", "behind", "reached", "at_term_end"]);
    assert_eq!(said("likelihood").await, ["likely", "unlikely", "reached", "at_term_end"]);
    let board = app.leader().get(&format!("{path}&scale=progress")).await.expect(200);
    assert_eq!(board.json["mid_term"][0], json!({"verdict": "reached", "count": 1}));
    let plain = app.leader().get(&path).await.expect(200);
    assert_eq!((&plain.json["mid_term"], &plain.json["items"][0]["mid_term"]), (&Value::Null, &Value::Null));
    app.leader().get(&format!("{path}&scale=often")).await.refused(400, "invalid_parameter");
    let page = app.browser_of("leader").get(&format!("/indicators?resolution={resolution}&scale=share")).await.expect(200).text;
    assert!(page.contains("Đạt từ 60%") && page.contains("Đánh giá cuối kỳ"), "{page}");
}

async fn another_province_counts_its_own(app: TestApp) {
    let congress = congress(&app).await;
    let _ = scored(&app, congress.id(), 1, target("10"), Some("12")).await;
    app.outsider().get(&format!("dashboards/indicators?resolution={}", congress.id())).await.refused(400, "invalid_parameter");
    let own = app.outsider().get("dashboards/indicators").await.expect(200);
    assert_eq!((&own.json["score"]["total"], own.json["items"].as_array().unwrap().len()), (&json!(0), 0));
}
