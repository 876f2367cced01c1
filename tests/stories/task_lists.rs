//! Lists of tasks: each filter by itself, the order, and whose rows a reader sees.

use std::collections::BTreeSet;

use resolution_tracker::domain::permission::Role;
use serde_json::{Value, json};

use super::progress_reports::{completed, logged, report};
use super::resolutions::{congress, with};
use super::tasks::{decide, draft, drafted, issued, seen};
use crate::common::world::On;
use crate::common::{TestApp, on_both_databases};

on_both_databases! {
    tasks_are_found_by_who_leads_them,
    tasks_are_found_by_what_they_carry_out,
    a_class_of_timeliness_lists_what_says_so_itself,
    a_whole_is_listed_as_it_stands,
    lifecycles_and_kinds_of_deadline_narrow_a_list,
    reports_that_are_there_or_missing_narrow_a_list,
    titles_are_found_without_diacritics,
    a_list_goes_by_due_date_and_ends_with_what_has_none,
    each_reader_sees_the_rows_of_its_reach,
    a_filter_that_names_nothing_is_refused,
}

/// Titles, in the order of the list.
async fn titles(app: &TestApp, query: &str) -> String {
    app.office().get(&format!("tasks?{query}")).await.expect(200).texts("title").join(" ")
}

fn led(title: &str, unit: &str) -> Value {
    with(draft(title), json!({"lead_unit": unit}))
}

async fn tasks_are_found_by_who_leads_them(app: TestApp) {
    for (title, unit) in
        [("ubnd", "hg-ubnd-tinh"), ("yte", "hg-so-y-te"), ("dang", "hg-huyen-vi-thuy-dang"), ("huyen", "hg-huyen-vi-thuy-ubnd")]
    {
        issued(&app, led(title, unit)).await;
    }
    assert_eq!(titles(&app, "lead_unit=hg-ubnd-tinh").await, "ubnd");
    assert_eq!(titles(&app, &format!("lead_unit={}", app.unit("hg-so-y-te"))).await, "yte");
    assert_eq!(titles(&app, "lead_unit=hg-ubnd-tinh&subtree=true").await, "ubnd yte huyen");
    assert_eq!(titles(&app, "area=hg-huyen-vi-thuy").await, "dang huyen");
    assert_eq!(titles(&app, &format!("area={}", app.area("hg"))).await, "ubnd yte dang huyen");
    assert_eq!(titles(&app, "area=hg-huyen-vi-thuy&lead_unit=hg-ubnd-tinh&subtree=true").await, "huyen");
    assert_eq!(titles(&app, "area=hg-xa-vi-trung").await, "");
    for (query, name) in [("lead_unit=hg-la", "lead_unit"), ("lead_unit=hd-so-tu-phap", "lead_unit"), ("area=hd", "area")] {
        app.office().get(&format!("tasks?{query}")).await.refused(400, "invalid_parameter").names(name, "unknown_record");
    }
    for query in ["resolution=x", "timeliness=soon", "lifecycle=done", "deadline_kind=never", "counted=maybe", "subtree=1"] {
        app.office().get(&format!("tasks?{query}")).await.refused(400, "invalid_parameter");
    }
    app.office().get("tasks?leadunit=hg-so-y-te").await.refused(400, "unknown_parameter");
}

async fn tasks_are_found_by_what_they_carry_out(app: TestApp) {
    let office = app.office();
    let resolution = congress(&app).await.id().to_owned();
    let programme = async |title: &str, relation: Value| {
        app.pass(1);
        let body =
            json!({"title": title, "kind": "plan", "issuer": "hg-tinh-uy", "scope": "term", "state": "adopted", "relations": [relation]});
        app.office().post("programmes", body).await.expect(201).id().to_owned()
    };
    let upper = programme("Chương trình", json!({"relation": "implements", "resolution": resolution})).await;
    let lower = programme("Kế hoạch", json!({"relation": "implements", "programme": upper})).await;
    let beside = programme("Kế hoạch khác", json!({"relation": "relates", "resolution": resolution})).await;
    let of_resolution = async |noun: &str, body: Value| {
        let body = with(json!({"resolution": resolution, "ordinal": 1, "title": "Tên"}), body);
        office.post(noun, body).await.expect(201).id().to_owned()
    };
    let group = of_resolution("task-groups", json!({"kind": "task"})).await;
    let breakthrough = of_resolution("breakthroughs", json!({})).await;
    let pillar = of_resolution("pillars", json!({})).await;
    let objective = of_resolution("objectives", json!({"level": "general"})).await;
    let field = app
        .admin()
        .post("fields", json!({"code": "xay-dung-dang", "name": "Xây dựng Đảng", "ordinal": 1}))
        .await
        .expect(201)
        .id()
        .to_owned();
    for (title, link) in [
        ("direct", json!({"resolution": resolution})),
        ("upper", json!({"programme": upper})),
        ("lower", json!({"programme": lower})),
        ("both", json!({"programme": lower, "resolution": resolution})),
        ("beside", json!({"programme": beside})),
        ("group", json!({"group": group})),
        ("field", json!({"field": field})),
        ("breakthrough", json!({"breakthrough": breakthrough})),
        ("pillar", json!({"pillar": pillar})),
        ("objective", json!({"objective": objective})),
    ] {
        issued(&app, with(draft(title), link)).await;
    }
    assert_eq!(titles(&app, &format!("resolution={resolution}")).await, "direct upper lower both");
    assert_eq!(titles(&app, &format!("programme={lower}")).await, "lower both");
    for (name, id) in [("group", group), ("field", field), ("breakthrough", breakthrough), ("pillar", pillar), ("objective", objective)] {
        assert_eq!(titles(&app, &format!("{name}={id}")).await, name);
    }
}

async fn a_class_of_timeliness_lists_what_says_so_itself(app: TestApp) {
    for (number, deadline) in
        ["01/10/2023", "02/10/2023", "01/11/2023", "02/11/2023", "khẩn trương", "30/09/2023", "khẩn trương"].iter().enumerate()
    {
        let task =
            issued(&app, with(draft(&number.to_string()), json!({"deadline": {"text": deadline}, "assigned_on": "2023-09-01"}))).await;
        if number > 4 {
            logged(&app, &task, completed("2023-10-01")).await;
        }
    }
    let on_time = issued(&app, with(draft("7"), json!({"deadline": {"text": "01/10/2023"}, "assigned_on": "2023-09-01"}))).await;
    logged(&app, &on_time, completed("2023-10-01")).await;
    for (number, decision) in [(8, "suspend"), (9, "cancel")] {
        let task = issued(&app, with(draft(&number.to_string()), json!({"deadline": {"text": "01/10/2023"}}))).await;
        let _ = decide(&app.office(), &task, decision).await.expect(201);
    }
    drafted(&app, draft("10")).await;
    let all = app.office().get("tasks").await.expect(200);
    assert_eq!(all.texts("id").len(), 11);
    let mut listed = 0;
    for (class, numbers) in
        [("overdue", "0"), ("due_soon", "1 2"), ("in_time", "3"), ("no_deadline", "4"), ("late", "5"), ("on_time", "7 6")]
    {
        assert_eq!(titles(&app, &format!("timeliness={class}")).await, numbers, "{class}");
        let said = all.json["items"].as_array().unwrap().iter().filter(|t| t["timeliness"] == class).map(|t| t["title"].as_str().unwrap());
        assert_eq!(said.collect::<BTreeSet<_>>(), numbers.split(' ').collect(), "{class}");
        listed += numbers.split(' ').count();
    }
    assert_eq!(listed, 8);
    assert_eq!(titles(&app, "timeliness=overdue&timeliness=late").await, "5 0");
    // A day later the same tasks stand otherwise, though nothing was written.
    app.set_time("2023-10-03");
    assert_eq!((titles(&app, "timeliness=overdue").await, titles(&app, "timeliness=due_soon").await), ("0 1".into(), "2 3".into()));
}

/// A whole stands as its parts do, so it is in a list when it says so itself.
async fn a_whole_is_listed_as_it_stands(app: TestApp) {
    let early = json!({"deadline": {"text": "01/10/2023"}, "assigned_on": "2023-09-01"});
    let whole = issued(&app, with(draft("whole"), early.clone())).await;
    let part = issued(&app, with(draft("part"), with(early, json!({"parent": whole})))).await;
    logged(&app, &part, completed("2023-10-02")).await;
    let now = seen(&app, &whole).await;
    assert_eq!((&now["lifecycle"], &now["parts"]["completed_late"]), (&json!("completed"), &json!(1)));
    for class in ["overdue", "due_soon", "in_time", "no_deadline", "late", "on_time"] {
        let listed = titles(&app, &format!("timeliness={class}")).await;
        assert_eq!(listed.contains("whole"), now["timeliness"] == class, "{class}: {listed}, and the whole says {}", now["timeliness"]);
        assert_eq!(listed.contains("part"), class == "late");
    }
    for lifecycle in ["not_started", "in_progress", "completed"] {
        let listed = titles(&app, &format!("lifecycle={lifecycle}")).await;
        assert!(!listed.contains("whole") || now["lifecycle"] == lifecycle, "{lifecycle}: {listed}");
        assert_eq!(listed.contains("part"), lifecycle == "completed");
    }
}

async fn lifecycles_and_kinds_of_deadline_narrow_a_list(app: TestApp) {
    drafted(&app, draft("draft")).await;
    issued(&app, draft("new")).await;
    let begun = issued(&app, with(draft("begun"), json!({"deadline": {"text": "khi nào xong thì xong"}}))).await;
    logged(&app, &begun, report(60)).await;
    let none = issued(&app, with(draft("none"), json!({"deadline": null}))).await;
    assert_eq!(titles(&app, "lifecycle=draft").await, "draft");
    assert_eq!(titles(&app, "lifecycle=not_started&lifecycle=in_progress").await, "new begun none");
    assert_eq!(titles(&app, "deadline_kind=unresolved").await, "begun");
    assert_eq!(titles(&app, "deadline_kind=due_by").await, "draft new");
    assert_eq!(seen(&app, &begun).await["deadline"]["kind"], "unresolved");
    let _ = decide(&app.office(), &none, "void").await.expect(201);
    assert_eq!(titles(&app, "").await, "draft new begun");
}

async fn reports_that_are_there_or_missing_narrow_a_list(app: TestApp) {
    let told = issued(&app, led("told", "hg-so-y-te")).await;
    let _ = logged(&app, &told, report(40)).await;
    let _ = issued(&app, led("silent", "hg-so-y-te")).await;
    let resting = issued(&app, led("resting", "hg-so-y-te")).await;
    let _ = decide(&app.office(), &resting, "suspend").await.expect(201);
    let _ = drafted(&app, led("draft", "hg-so-y-te")).await;
    app.set_time("2023-10-09");
    for then in ["", "&as_of=2023-10-02"] {
        assert_eq!(titles(&app, &format!("reported=true{then}")).await, "told", "{then}");
        assert_eq!(titles(&app, &format!("reported=false{then}")).await, "silent", "{then}");
    }
    let _ = decide(&app.office(), &resting, "resume").await.expect(201);
    assert_eq!(titles(&app, "reported=false").await, "silent resting");
    assert_eq!(titles(&app, "reported=false&as_of=2023-10-02").await, "silent");
}

async fn titles_are_found_without_diacritics(app: TestApp) {
    let title = "Đầu tư 50% hạ_tầng đô thị";
    issued(&app, draft(title)).await;
    issued(&app, draft("Xây dựng nông thôn mới")).await;
    for words in ["dau tu", "ĐẦU TƯ", "đô  thị", "do\u{302}", "50%25", "ha_tang", "%25 ha"] {
        assert_eq!(titles(&app, &format!("q={words}")).await, title, "{words}");
    }
    for words in ["nong%25moi", "nong_thon", "'", "\\", "%25%25"] {
        assert_eq!(titles(&app, &format!("q={words}")).await, "", "{words}");
    }
}

async fn a_list_goes_by_due_date_and_ends_with_what_has_none(app: TestApp) {
    for (title, deadline) in [
        ("e", json!(null)),
        ("c", json!("31/12/2023")),
        ("a", json!("30/06/2023")),
        ("f", json!("khẩn trương")),
        ("d", json!("31/12/2023")),
        ("b", json!("30/11/2023")),
    ] {
        let deadline = deadline.as_str().map(|text| json!({"text": text}));
        issued(&app, with(draft(title), json!({"deadline": deadline}))).await;
    }
    for (limit, pages) in
        [(2, vec!["a b", "c d", "e f"]), (3, vec!["a b c", "d e f"]), (5, vec!["a b c d e", "f"]), (6, vec!["a b c d e f"])]
    {
        let (mut seen, mut next) = (Vec::new(), String::new());
        loop {
            let page = app.leader().get(&format!("tasks?limit={limit}{next}")).await.expect(200);
            seen.push(page.texts("title").join(" "));
            let Some(cursor) = page.json["next"].as_str() else { break };
            next = format!("&cursor={cursor}");
        }
        assert_eq!(seen, pages);
    }
}

async fn each_reader_sees_the_rows_of_its_reach(app: TestApp) {
    issued(&app, led("yte", "hg-so-y-te")).await;
    issued(&app, with(led("helped", "hg-so-tai-chinh"), json!({"coordinating_units": ["hg-so-y-te"]}))).await;
    issued(&app, led("district", "hg-huyen-vi-thuy-dang")).await;
    drafted(&app, led("draft", "hg-so-y-te")).await;
    drafted(&app, led("district-draft", "hg-huyen-vi-thuy-dang")).await;
    let district = On::Area("hg-huyen-vi-thuy");
    let (office, reporter) = (&[(Role::Office, district)], &[(Role::Reporter, district)]);
    let elsewhere = &[(Role::Leader, On::Area("hg")), (Role::Office, On::Area("hd"))];
    let mixed = &[(Role::Office, district), (Role::Reporter, On::Unit("hg-so-y-te"))];
    for (actor, wanted) in [
        (app.reporter("hg-so-y-te"), "yte helped"),
        (app.reporter("hg-ubnd-tinh"), "yte helped"),
        (app.leader(), "yte helped district"),
        (app.account_with("reporter-vi-thuy", reporter), "district"),
        // A draft is for those who may write it, wherever else they may read or write.
        (app.account_with("office-vi-thuy", office), "yte helped district district-draft"),
        (app.account_with("leader-office", elsewhere), "yte helped district"),
        (app.account_with("office-reporter", mixed), "yte helped district district-draft"),
        (app.outsider(), ""),
    ] {
        let list = actor.get("tasks").await.expect(200);
        assert_eq!(list.texts("title").join(" "), wanted);
        for id in list.texts("id") {
            let _ = actor.get(&format!("tasks/{id}")).await.expect(200);
        }
    }
}

async fn a_filter_that_names_nothing_is_refused(app: TestApp) {
    let (leader, nothing) = (app.leader(), resolution_tracker::domain::Id::NIL);
    for name in ["resolution", "programme", "group", "field", "breakthrough", "pillar", "objective", "parent", "lead_unit", "area"] {
        let refused = leader.get(&format!("tasks?{name}={nothing}")).await;
        let problem = &refused.refused(400, "invalid_parameter").json["errors"][0];
        assert_eq!((&problem["pointer"], &problem["code"]), (&json!(name), &json!("unknown_record")));
    }
}
