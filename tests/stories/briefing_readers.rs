//! Who reads which briefing, and that its numbers are those of dashboards.

use serde_json::json;

use super::briefings::{briefing, due, finished, number, section, told};
use super::dashboards::{issued, report, verify};
use super::instructions::given;
use crate::common::{TestApp, on_both_databases};

on_both_databases! {
    its_numbers_are_those_of_dashboards,
    everybody_reads_their_own,
    a_wrong_question_is_named,
    a_successor_is_told_of_what_it_inherits,
    a_leader_reads_it_on_a_page,
}

async fn its_numbers_are_those_of_dashboards(app: TestApp) {
    app.set_time("2023-08-03");
    let done = due(&app, "hg-so-y-te", "31/12/2023").await;
    let _ = due(&app, "hg-so-tai-chinh", "31/8/2023").await;
    let _ = due(&app, "hg-huyen-vi-thuy-dang", "30/9/2023").await;
    let _ = due(&app, "hg-tinh-uy", "15/10/2023").await;
    let _ = issued(&app, "hg-so-y-te", json!({"secrecy": "secret", "title": null, "deadline": {"text": "31/8/2023"}})).await;
    app.set_time("2023-09-10");
    let told_of = report(&app, "hg-so-y-te", &done, finished()).await;
    app.set_time("2023-09-20");
    verify(&app, &told_of).await;
    app.set_time("2023-10-02");
    for day in ["2023-10-02", "2023-09-15", "2023-09-01"] {
        for unit in ["hg-ubnd-tinh", "hg-so-y-te", "hg-huyen-vi-thuy-dang"] {
            let (told, table) = (briefing(&app, &format!("{unit}?as_of={day}")).await, format!("dashboards/units/{unit}?as_of={day}"));
            assert_eq!(told["now"], app.leader().get(&table).await.expect(200).json["subtree"], "{unit} on {day}");
            let overdue = section(&told, "overdue")["count"].clone();
            assert_eq!(
                (&overdue, &section(&told, "due_soon")["count"]),
                (&told["now"]["tasks"]["open_overdue"], &told["now"]["tasks"]["open_due_soon"])
            );
        }
        // The Party committee at the head is told of all, also of the government's work.
        let (all, overview) = (briefing(&app, &format!("hg-tinh-uy?as_of={day}")).await, format!("dashboards/overview?as_of={day}"));
        let overview = app.leader().get(&overview).await.expect(200).json;
        assert_eq!(
            (&all["covers"], &all["now"]["tasks"], &all["now"]["progress"]),
            (&json!("root"), &overview["tasks"], &overview["progress"])
        );
        let rows = app.leader().get(section(&all, "overdue")["rows"].as_str().unwrap()).await.expect(200);
        let (count, hidden) = (number(&section(&all, "overdue")["count"]), number(&section(&all, "overdue")["hidden"]));
        assert_eq!(rows.json["items"].as_array().unwrap().len(), count - hidden);
    }
    let secret = section(&briefing(&app, "hg-so-y-te").await, "overdue").clone();
    assert_eq!((&secret["count"], &secret["hidden"], &secret["items"]), (&json!(1), &json!(1), &json!([])), "counted, and not shown");
    let writes = app.office().get("briefings/hg-so-y-te").await.expect(200).json;
    let row = &section(&writes, "overdue")["items"][0];
    assert!(row["title"].is_null() && row["days"] == 32, "{row}");
}

async fn everybody_reads_their_own(app: TestApp) {
    app.set_time("2023-08-03");
    let _ = due(&app, "hg-so-y-te", "31/8/2023").await;
    app.set_time("2023-10-02");
    for name in ["admin", "office", "leader", "inspector"] {
        let read = app.account(name).get("briefings/hg-so-y-te").await.expect(200).json;
        assert_eq!(told(&read, "overdue").0, 1, "{name}");
    }
    let own = app.reporter("hg-so-y-te").get("briefings/hg-so-y-te").await.expect(200).json;
    assert_eq!(told(&own, "overdue").1.len(), 1);
    app.reporter("hg-so-tai-chinh").get("briefings/hg-so-y-te").await.refused(403, "forbidden");
    app.outsider().get("briefings/hg-so-y-te").await.refused(404, "not_found");
    app.leader().get("briefings/hd-so-tu-phap").await.refused(404, "not_found");
    // The committee's own reporter hears the counts of all, and sees the rows of what stands below it.
    let committee = app.reporter("hg-tinh-uy").get("briefings/hg-tinh-uy").await.expect(200).json;
    let overdue = section(&committee, "overdue");
    assert_eq!((&overdue["count"], &overdue["hidden"], &overdue["items"]), (&json!(1), &json!(1), &json!([])));
    let tag = app.leader().get("briefings/hg-so-y-te").await.expect(200).etag().to_owned();
    let _ = app.leader().get("briefings/hg-so-y-te").header("If-None-Match", tag).await.expect(304);
}

async fn a_wrong_question_is_named(app: TestApp) {
    let leader = app.leader();
    leader.get("briefings/hg-so-y-te?as_of=2999-01-01").await.refused(400, "invalid_parameter").names("as_of", "future");
    leader.get("briefings/hg-so-y-te?as_of=1999-01-01").await.refused(400, "invalid_parameter").names("as_of", "before_data");
    leader.get("briefings/hg-so-y-te?since=2023-10-03").await.refused(400, "invalid_parameter").names("since", "date_order");
    for limit in ["0", "201"] {
        leader.get(&format!("briefings/hg-so-y-te?limit={limit}")).await.refused(400, "invalid_parameter").names("limit", "range");
    }
    leader.get("briefings/hg-so-y-te?colour=red").await.refused(400, "unknown_parameter");
    leader.get("briefings/khong-co").await.refused(404, "not_found");
    let empty = briefing(&app, "hg-so-y-te?since=1999-01-01").await;
    assert_eq!(
        (&empty["then"]["tasks"]["total"], &empty["now"]["tasks"]["total"]),
        (&json!(0), &json!(0)),
        "before the data there was nothing"
    );
}

async fn a_successor_is_told_of_what_it_inherits(app: TestApp) {
    app.set_time("2023-08-03");
    let task = due(&app, "hg-huyen-vi-thuy-dang", "31/8/2023").await;
    let _ = given(&app.leader(), json!({"task": task.id(), "text": "Báo cáo rõ"})).await;
    app.set_time("2023-09-15");
    let merge = json!({"effective_on": "2023-09-20", "legal_basis": "Thử", "events": [
        {"kind": "merge", "from": ["hg-huyen-vi-thuy-dang"], "to": [{"ref": "hg-huyen-chau-thanh-a-dang"}]}
    ]});
    let _ = app.admin().post("unit-events", merge).await.expect(201);
    app.set_time("2023-10-02");
    let given_to = briefing(&app, "hg-huyen-chau-thanh-a-dang").await;
    assert_eq!((told(&given_to, "overdue").0, told(&given_to, "open_instructions").0), (0, 0));
    let answers = briefing(&app, "hg-huyen-chau-thanh-a-dang?basis=current").await;
    assert_eq!((told(&answers, "overdue").0, told(&answers, "open_instructions").0), (1, 1));
    let rows = app.leader().get(section(&answers, "overdue")["rows"].as_str().unwrap()).await.expect(200);
    assert_eq!(rows.texts("id"), [task.id()]);
}

async fn a_leader_reads_it_on_a_page(app: TestApp) {
    app.set_time("2023-08-03");
    for n in 0..7 {
        let _ = issued(&app, "hg-so-y-te", json!({"title": format!("Việc {n}"), "deadline": {"text": "31/8/2023"}})).await;
    }
    app.set_time("2023-10-02");
    let leader = app.browser_of("leader");
    let page = leader.get("/briefings/hg-so-y-te").await.expect(200).text;
    for words in [
        "Tóm tắt trước phiên họp: Sở Y tế",
        "Theo dõi 7 nhiệm vụ: 0 đã hoàn thành (kỳ trước 0), 7 quá hạn (kỳ trước 7).",
        "Quá hạn, lâu nhất trước: 7",
        "hạn 31/08/2023 · chậm 32 ngày",
        "/tasks?counted=true&#38;unit=hg-so-y-te&#38;subtree=true&#38;timeliness=overdue\">Xem tất cả (7)",
        "mới quá hạn",
    ] {
        assert!(page.contains(words), "{words}\n{page}");
    }
    let list = leader.get("/tasks?counted=true&unit=hg-so-y-te&subtree=true&timeliness=overdue").await.expect(200).text;
    assert!(list.contains("<strong>7</strong>"));
    assert!(leader.get("/").await.expect(200).text.contains("/briefings/hg-tinh-uy"));
    assert!(leader.get("/units/hg-so-y-te").await.expect(200).text.contains("/briefings/hg-so-y-te"));
    let past = leader.get("/briefings/hg-tinh-uy?as_of=2023-09-15&since=2023-08-20").await.expect(200).text;
    assert!(past.contains("Toàn tỉnh") && past.contains("15/09/2023") && past.contains("20/08/2023"));
    leader.get("/briefings/hg-so-y-te?since=2023-10-03").await.expect(400);
}
