//! The six clears: what a task does not answer is seen, counted, listed, and may hold it back.

use serde_json::{Value, json};

use super::resolutions::with;
use super::tasks::{decide, drafted, issued, seen};
use super::unit_groups::{districts, grouped};
use crate::common::world::MONITORING;
use crate::common::{Actor, TestApp, on_both_databases};

on_both_databases! {
    a_task_tells_what_it_does_not_answer,
    every_count_is_the_length_of_its_list,
    an_office_is_held_back_until_all_is_clear,
    an_administrator_says_what_must_be_clear,
    the_page_leads_to_exactly_the_rows,
}

/// A task that answers all six.
async fn clear(app: &TestApp, unit: &str) -> Value {
    let post = app.admin().post("posts", json!({"unit": unit, "title": "Người đứng đầu"})).await.expect(201);
    json!({
        "title": "Xây dựng kế hoạch", "lead_unit": unit, "accountable_post": post.id(), "monitoring_unit": MONITORING,
        "deliverable": "Kế hoạch", "assigned_by": "Bí thư Tỉnh ủy",
        "deadline": {"text": "chậm nhất ngày 31/12/2023", "reference_date": "2023-10-02"}
    })
}

async fn a_task_tells_what_it_does_not_answer(app: TestApp) {
    let whole = clear(&app, "hg-so-y-te").await;
    let task = drafted(&app, whole.clone()).await;
    assert_eq!(seen(&app, &task).await["lacks"], json!([]));
    for (change, lacks) in [
        (json!({"accountable_post": null}), json!(["who"])),
        (json!({"deadline": null}), json!(["when"])),
        (json!({"deadline": {"text": "khẩn trương"}}), json!(["when"])),
        (json!({"deadline": {"text": "thường xuyên"}}), json!([])),
        (json!({"deadline": {"text": "khi nào xong thì thôi"}}), json!(["when"])),
        (json!({"monitoring_unit": null}), json!(["responsibility"])),
        (json!({"deliverable": null}), json!(["product"])),
        (json!({"assigned_by": null}), json!(["authority"])),
        (json!({"assigned_by": null, "assigning_document": "50-CTr/TU"}), json!([])),
    ] {
        let other = drafted(&app, with(whole.clone(), change.clone())).await;
        assert_eq!(seen(&app, &other).await["lacks"], lacks, "{change}");
    }
    // What a stub may not say it does not lack.
    let stub = json!({"lead_unit": "hg-so-y-te", "secrecy": "secret"});
    let stub = drafted(&app, stub).await;
    assert_eq!(seen(&app, &stub).await["lacks"], json!(["who", "when", "responsibility"]));
}

const SIX: [&str; 6] = ["who", "what", "when", "responsibility", "product", "authority"];

/// Tasks of several units, each lacking something else.
async fn mixed(app: &TestApp) {
    for unit in ["hg-so-y-te", "hg-so-tai-chinh", "hg-huyen-vi-thuy-ubnd"] {
        let whole = clear(app, unit).await;
        let _ = issued(app, whole.clone()).await;
        let _ = issued(app, with(whole.clone(), json!({"deliverable": null, "accountable_post": null}))).await;
        let _ = issued(app, with(whole.clone(), json!({"deadline": {"text": "theo quy định"}, "monitoring_unit": null}))).await;
        let _ = drafted(app, with(whole, json!({"deliverable": null}))).await;
    }
    let bare = issued(app, json!({"title": "Việc", "lead_unit": "hg-so-y-te"})).await;
    let part = json!({"title": "Phần", "lead_unit": "hg-so-tai-chinh", "parent": bare, "deliverable": "Báo cáo"});
    let _ = issued(app, part).await;
}

async fn every_count_is_the_length_of_its_list(app: TestApp) {
    mixed(&app).await;
    let leader = app.leader();
    let length = async |actor: &Actor<'_>, query: String| {
        actor.get(&format!("tasks?counted=true&limit=200{query}")).await.expect(200).texts("id").len()
    };
    let board = leader.get("dashboards/six-clears").await.expect(200).json;
    assert_eq!((&board["as_of"], &board["total"]["total"]), (&json!("2023-10-02"), &json!(10)));
    assert_eq!(board["items"].as_array().unwrap().len(), 3);
    let any = SIX.map(|clear| format!("&lacks={clear}")).concat();
    for line in board["items"].as_array().unwrap() {
        let unit = format!("&lead_unit={}", line["unit"]["code"].as_str().unwrap());
        assert_eq!(line["total"], length(&leader, unit.clone()).await, "{line}");
        assert_eq!(line["unclear"], length(&leader, format!("{unit}{any}")).await, "{line}");
        for clear in SIX {
            assert_eq!(line["lacking"][clear], length(&leader, format!("{unit}&lacks={clear}")).await, "{clear} {line}");
        }
    }
    for clear in SIX {
        assert_eq!(board["total"]["lacking"][clear], length(&leader, format!("&lacks={clear}")).await, "{clear}");
    }
    let departments = leader.get("dashboards/six-clears?kind=department").await.expect(200).json;
    assert_eq!((&departments["total"]["total"], departments["items"].as_array().unwrap().len()), (&json!(7), 2));
    // A reporter sees the lines of its own, and the total of all.
    let reporter = app.reporter("hg-so-y-te").get("dashboards/six-clears").await.expect(200).json;
    assert_eq!((reporter["items"].as_array().unwrap().len(), &reporter["total"]), (1, &board["total"]));
    assert_eq!(app.outsider().get("dashboards/six-clears").await.expect(200).json["total"]["total"], 0);
    leader.get("dashboards/six-clears?as_of=2023-10-01").await.refused(400, "unknown_parameter");
    leader.get("tasks?lacks=everything").await.refused(400, "invalid_parameter");
    app.set_time("2023-10-05");
    leader.get("tasks?lacks=who&as_of=2023-10-03").await.refused(400, "invalid_parameter");
}

async fn an_office_is_held_back_until_all_is_clear(app: TestApp) {
    let settings = "areas/hg/required-clears";
    let bare = drafted(&app, json!({"title": "Việc", "lead_unit": "hg-so-y-te"})).await;
    let _ = app.admin().put(settings, json!({"required": ["product", "when", "who"]})).await.expect(200);
    let before = app.position();
    let refused = decide(&app.office(), &bare, "issue").await;
    refused.invalid("/accountable_post", "lacks_who").names("/deadline", "lacks_when").names("/deliverable", "lacks_product");
    assert_eq!(refused.json["errors"].as_array().unwrap().len(), 3);
    assert!(refused.text.contains("chưa rõ sản phẩm"), "{}", refused.text);
    assert_eq!(app.position(), before);
    // An import that issues is told in the same words, and keeps nothing.
    let table = "STT,Nhiệm vụ,Cơ quan chủ trì\n1,Việc,Sở Y tế\n";
    let told = super::imports::send(&app.office(), "kind=tasks&source=k&issue=true", table).await;
    assert!(told.text.contains("chưa rõ sản phẩm") && app.position() == before, "{}", told.text);
    // So does a group: nobody's part is issued.
    let _ = grouped(&app, districts()).await;
    let order = json!({"title": "Việc", "lead_group": "hg-cac-huyen", "monitoring_unit": MONITORING});
    let whole = drafted(&app, order).await;
    decide(&app.office(), &whole, "issue").await.invalid("/deliverable", "lacks_product");
    // On its page the refusal is said in full.
    let browser = app.browser_of("office");
    let page = browser.get(&format!("/tasks/{bare}")).await.expect(200).text;
    assert!(page.contains("Chưa rõ") && page.contains("Sản phẩm"));
    let seen = page.split("name=\"seen\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let answer =
        browser.post(&format!("/tasks/{bare}/decision"), &[("decision", "issue"), ("seen", &seen), ("key", "k-1")]).await.expect(422);
    assert!(answer.text.contains("chưa rõ người: thiếu chức danh chịu trách nhiệm"), "{}", answer.text);
    let clear = clear(&app, "hg-so-y-te").await;
    let _ = issued(&app, clear).await;
    let _ = app.admin().put(settings, json!({"required": []})).await.expect(200);
    let _ = decide(&app.office(), &bare, "issue").await.expect(201);
}

async fn an_administrator_says_what_must_be_clear(app: TestApp) {
    let path = "areas/hg/required-clears";
    let admin = app.admin();
    let none = admin.get(path).await.expect(200);
    assert_eq!((&none.json["required"], &none.json["version"]), (&json!([]), &json!(0)));
    let before = app.position();
    let set = admin.put(path, json!({"required": ["product", "who"]})).if_match(none.etag()).await.expect(200);
    assert_eq!((&set.json["required"], &set.json["version"]), (&json!(["who", "product"]), &json!(1)));
    assert_eq!(app.position(), before + 1);
    let _ = admin.put(path, json!({"required": ["who", "product"]})).await.expect(200);
    assert_eq!(app.position(), before + 1, "the same is no change");
    admin.put(path, json!({"required": []})).if_match("\"0\"").await.refused(412, "stale");
    admin.put(path, json!({"required": ["who", "who"]})).await.invalid("/required/1", "repeated");
    admin.put(path, json!({"required": ["whom"]})).await.invalid("/required/0", "unknown_value");
    // Every area of the province answers for it.
    assert_eq!(app.leader().get("areas/hg-xa-vi-trung/required-clears").await.expect(200).json["area"]["code"], "hg");
    for actor in [&app.office(), &app.leader(), &app.inspector(), &app.reporter("hg-so-y-te")] {
        actor.put(path, json!({"required": []})).await.refused(403, "forbidden");
        assert_eq!(actor.get(path).await.expect(200).json["required"], json!(["who", "product"]));
    }
    app.outsider().get(path).await.refused(404, "not_found");
    app.outsider().put(path, json!({"required": []})).await.refused(404, "not_found");
    assert_eq!(app.outsider().get("areas/hd/required-clears").await.expect(200).json["required"], json!([]));
}

async fn the_page_leads_to_exactly_the_rows(app: TestApp) {
    mixed(&app).await;
    let pages = ["/six-clears".to_owned()];
    for name in ["leader", "office"] {
        assert!(super::web_numbers::check(&app.browser_of(name), &pages).await > 12, "{name}");
    }
    let _ = app.reporter("hg-so-y-te");
    let own = app.browser_of("r-hg-so-y-te").get("/six-clears").await.expect(200).text;
    assert!(own.contains("Sở Y tế") && !own.contains("Sở Tài chính"));
}
