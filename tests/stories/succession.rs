//! Who answers for what was given to units that have merged, split or ended since: on either basis, on any day.

use serde_json::json;

use super::resolutions::with;
use super::tasks::{drafted, issued, seen};
use super::unit_events::{answers, ids, led_by, lines, merged, on, record, set, vi_thuy};
use crate::common::{TestApp, on_both_databases};

on_both_databases! {
    a_function_moves_and_its_unit_stays,
    both_bases_count_the_same_work,
    work_entered_late_goes_where_the_rest_went,
    whoever_is_given_a_task_anew_keeps_it,
    the_past_stays_as_it_was_told,
}

async fn a_function_moves_and_its_unit_stays(app: TestApp) {
    let (field, [health, done, rest]) = vi_thuy(&app).await;
    let moves = json!([{"kind": "transfer", "from": ["hg-huyen-vi-thuy-ubnd"], "to": [{"ref": "hg-so-y-te"}],
        "handovers": [{"field": field, "to": "hg-so-y-te"}]}]);
    let _ = record(&app, on("2023-10-20", moves)).await.expect(201);
    app.set_time("2023-10-20");
    assert_eq!(ids(&app.office(), "lead_unit=hg-huyen-vi-thuy-ubnd&basis=current").await, set([&done, &rest]));
    // And comes back.
    let back = json!([{"kind": "transfer", "from": ["hg-so-y-te"], "to": [{"ref": "hg-huyen-vi-thuy-ubnd"}],
        "handovers": [{"to": "hg-huyen-vi-thuy-ubnd"}]}]);
    let _ = record(&app, on("2023-11-20", back)).await.expect(201);
    app.set_time("2023-11-20");
    for (day, unit) in [("2023-10-19", "hg-huyen-vi-thuy-ubnd"), ("2023-10-20", "hg-so-y-te"), ("2023-11-20", "hg-huyen-vi-thuy-ubnd")] {
        assert_eq!(answers(&app, &health, day).await["responsible_unit"]["code"], unit, "{day}");
    }
    assert_eq!(ids(&app.office(), "lead_unit=hg-huyen-vi-thuy-ubnd&basis=current").await, set([&health, &done, &rest]));
}

async fn both_bases_count_the_same_work(app: TestApp) {
    merged(&app);
    let (_, tasks) = vi_thuy(&app).await;
    let more =
        [issued(&app, led_by("hg-so-y-te")).await, issued(&app, led_by("hg-so-tai-chinh")).await, issued(&app, led_by("hg-tinh-uy")).await];
    let events = json!([
        {"kind": "merge", "from": ["hg-so-y-te", "hg-so-tai-chinh"], "to": [{"ref": "hg-so-moi"}]},
        {"kind": "dissolve", "from": ["hg-huyen-vi-thuy-ubnd"], "handovers": [{"to": "hg-huyen-vi-thuy-dang"}]},
    ]);
    let _ = record(&app, on("2023-10-20", events)).await.expect(201);
    app.set_time("2023-10-20");
    let overview = app.leader().get("dashboards/overview").await.expect(200).json["tasks"].clone();
    for basis in ["as_assigned", "current"] {
        for board in ["dashboards/units", "dashboards/areas?level=province"] {
            let sign = if board.contains('?') { '&' } else { '?' };
            let table = app.leader().get(&format!("{board}{sign}basis={basis}")).await.expect(200).json;
            assert_eq!(table["total"]["tasks"], overview, "{board} {basis}");
            let sum: u64 = table["items"].as_array().unwrap().iter().map(|line| line["tasks"]["total"].as_u64().unwrap()).sum();
            assert_eq!(json!(sum), overview["total"], "{board} {basis}");
        }
        // Each number is the length of its list, and no task stands in two.
        let mut listed = Vec::new();
        for (unit, total) in lines(&app, &format!("basis={basis}")).await {
            let rows = ids(&app.office(), &format!("lead_unit={unit}&basis={basis}&counted=true")).await;
            assert_eq!(u64::try_from(rows.len()).unwrap(), total, "{unit} {basis}");
            listed.extend(rows);
        }
        assert_eq!((listed.len(), listed.iter().cloned().collect()), (6, set(tasks.iter().chain(&more))));
    }
}

async fn work_entered_late_goes_where_the_rest_went(app: TestApp) {
    let (field, _) = vi_thuy(&app).await;
    let rules = json!([{"field": field, "to": "hg-so-y-te"}, {"to": "hg-so-tai-chinh"}]);
    let ends = json!([{"kind": "dissolve", "from": ["hg-huyen-vi-thuy-ubnd"], "handovers": rules}]);
    let _ = record(&app, on("2023-10-20", ends)).await.expect(201);
    // After it was told and before its day, and after its day with the day it was given on.
    let soon = drafted(&app, with(led_by("hg-huyen-vi-thuy-ubnd"), json!({"field": field}))).await;
    app.set_time("2023-12-01");
    let late = with(led_by("hg-huyen-vi-thuy-ubnd"), json!({"assigned_on": "2021-08-03"}));
    let late = issued(&app, late).await;
    assert_eq!(answers(&app, &soon, "2023-12-01").await["responsible_unit"]["code"], "hg-so-y-te");
    assert_eq!(answers(&app, &late, "2023-12-01").await["responsible_unit"]["code"], "hg-so-tai-chinh");
    assert_eq!(answers(&app, &late, "2022-01-01").await["responsible_unit"]["code"], "hg-huyen-vi-thuy-ubnd");
    assert!(ids(&app.office(), "lead_unit=hg-so-tai-chinh&basis=current").await.contains(&late));
    app.office()
        .post("tasks", with(led_by("hg-huyen-vi-thuy-ubnd"), json!({"assigned_on": "2023-11"})))
        .await
        .invalid("/lead_unit", "not_valid_then");
}

async fn whoever_is_given_a_task_anew_keeps_it(app: TestApp) {
    let (_, [health, _, rest]) = vi_thuy(&app).await;
    let moves = json!([{"kind": "transfer", "from": ["hg-huyen-vi-thuy-ubnd"], "to": [{"ref": "hg-so-y-te"}], "handovers": [{"to": "hg-so-y-te"}]}]);
    let _ = record(&app, on("2023-10-20", moves)).await.expect(201);
    app.set_time("2023-10-21");
    let change = |unit: &str| json!({"lead_unit": unit, "reason": "Ban Thường vụ phân công lại"});
    let path = format!("tasks/{health}/commitment-changes");
    let _ = app.office().post(&path, change("hg-so-tai-chinh")).await.expect(201);
    app.pass(1);
    let _ = app.office().post(&path, change("hg-huyen-vi-thuy-ubnd")).await.expect(201);
    for (task, unit) in [(&health, "hg-huyen-vi-thuy-ubnd"), (&rest, "hg-so-y-te")] {
        assert_eq!(seen(&app, task).await["responsible_unit"]["code"], unit);
        assert_eq!(answers(&app, task, "2023-10-21").await["responsible_unit"]["code"], unit);
        assert!(ids(&app.office(), &format!("lead_unit={unit}&basis=current")).await.contains(task), "{unit}");
    }
    assert_eq!(lines(&app, "basis=current").await, [("hg-so-y-te".to_owned(), 2), ("hg-huyen-vi-thuy-ubnd".to_owned(), 1)]);
}

async fn the_past_stays_as_it_was_told(app: TestApp) {
    let (_, [health, ..]) = vi_thuy(&app).await;
    app.set_time("2023-10-25");
    // Told five days after its day.
    let ends = json!([{"kind": "dissolve", "from": ["hg-huyen-vi-thuy-ubnd"], "handovers": [{"to": "hg-so-y-te"}]}]);
    let _ = record(&app, on("2023-10-20", ends)).await.expect(201);
    app.set_time("2023-10-30");
    let line = |unit: &str| vec![(unit.to_owned(), 3)];
    for (day, unit) in [("2023-10-19", "hg-huyen-vi-thuy-ubnd"), ("2023-10-24", "hg-huyen-vi-thuy-ubnd"), ("2023-10-25", "hg-so-y-te")] {
        assert_eq!(lines(&app, &format!("basis=current&as_of={day}")).await, line(unit), "{day}");
        let rows = ids(&app.office(), &format!("lead_unit={unit}&basis=current&as_of={day}")).await;
        assert!(rows.len() == 3 && rows.contains(&health), "{day}");
        assert_eq!(lines(&app, &format!("as_of={day}")).await, line("hg-huyen-vi-thuy-ubnd"), "{day}");
    }
}
