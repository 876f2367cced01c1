//! Review rounds: planned with the resolution they look back on.

use resolution_tracker::domain::reviews::ReviewState;
use resolution_tracker::store;
use resolution_tracker::store::review_rounds::ReviewRound;
use serde_json::json;

use super::resolutions::{congress, thematic};
use crate::common::{TestApp, on_both_databases};

on_both_databases! {
    reviews_are_planned_from_the_term_and_move_with_it,
    a_round_that_has_begun_stays_and_none_is_planned_without_an_anchor,
    planned_rounds_follow_a_term_whose_beginning_is_corrected,
}

fn rounds(app: &TestApp, resolution: &str) -> Vec<ReviewRound> {
    let id = resolution.parse().unwrap();
    app.db(|conn, _| Ok(store::review_rounds::of_document(conn, id)?))
}

fn due(app: &TestApp, resolution: &str) -> Vec<String> {
    rounds(app, resolution).iter().map(|round| format!("{} {} {:?}", round.kind, round.due_on, round.state)).collect()
}

async fn reviews_are_planned_from_the_term_and_move_with_it(app: TestApp) {
    let congress = congress(&app).await;
    assert_eq!(due(&app, congress.id()), ["three_year 2023-10-14 Planned", "five_year 2025-10-14 Planned"]);
    let title = rounds(&app, congress.id())[0].title.clone();
    assert_eq!(title, format!("Sơ kết 3 năm thực hiện {}", congress.json["title"].as_str().unwrap()));
    let path = format!("resolutions/{}", congress.id());
    let _ = app.office().change(&path, json!({"cycle_anchor": "issued_on", "issued_on": "2020-11-02"})).await.expect(200);
    assert_eq!(due(&app, congress.id()), ["three_year 2023-11-02 Planned", "five_year 2025-11-02 Planned"]);
    assert!(rounds(&app, congress.id()).iter().all(|round| round.version == 2));
    let _ = app.office().change(&path, json!({"source": "vnews.gov.vn"})).await.expect(200);
    assert!(rounds(&app, congress.id()).iter().all(|round| round.version == 2), "nothing moved");
}

async fn a_round_that_has_begun_stays_and_none_is_planned_without_an_anchor(app: TestApp) {
    let made = app.office().post("resolutions", thematic("06-NQ/TU")).await.expect(201);
    assert_eq!(due(&app, made.id()), Vec::<String>::new());
    let path = format!("resolutions/{}", made.id());
    let _ = app.office().change(&path, json!({"cycle_anchor": "issued_on", "issued_on": "quý III/2021"})).await.expect(200);
    assert_eq!(due(&app, made.id()), ["three_year 2024-07-01 Planned", "five_year 2026-07-01 Planned"]);
    let begun = ReviewRound { state: ReviewState::Open, version: 2, ..rounds(&app, made.id())[0].clone() };
    app.db(|conn, _| Ok(store::review_rounds::update(conn, &begun)?));
    let _ = app.office().change(&path, json!({"issued_on": "2021-09-15"})).await.expect(200);
    assert_eq!(due(&app, made.id()), ["three_year 2024-07-01 Open", "five_year 2026-09-15 Planned"]);
}

async fn planned_rounds_follow_a_term_whose_beginning_is_corrected(app: TestApp) {
    let congress = congress(&app).await;
    let term = format!("terms/{}", congress.json["term"].as_str().unwrap());
    let _ = app.admin().change(&term, json!({"starts_on": "2020-10-12"})).await.expect(200);
    assert_eq!(due(&app, congress.id()), ["three_year 2023-10-12 Planned", "five_year 2025-10-12 Planned"]);
}
