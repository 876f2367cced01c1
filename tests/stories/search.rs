//! Search: by words with and without diacritics, ranked alike on both databases, and nothing that lists would not show.

use actix_web::http::Method;
use resolution_tracker::domain::permission::Role;
use resolution_tracker::store::search_entries;
use serde_json::{Value, json};

use super::clauses::clause;
use super::resolutions::{congress, thematic, with};
use super::tasks::{decide, draft, drafted, issued};
use crate::common::world::On;
use crate::common::{Actor, TestApp, on_both_databases};

on_both_databases! {
    words_are_found_without_diacritics_and_those_with_them_come_first,
    titles_come_before_texts_and_documents_before_tasks,
    phrases_prefixes_and_numbers,
    whatever_is_typed_is_words,
    a_find_shows_where_the_words_stand,
    everything_that_has_a_name_is_found_and_follows_it,
    readers_find_what_their_lists_show,
    pages_follow_one_another,
    the_index_is_made_anew_and_compared,
}

async fn found(actor: &Actor<'_>, q: &str, more: &str) -> Vec<String> {
    let q: String = q.bytes().map(|b| format!("%{b:02x}")).collect();
    let page = actor.get(&format!("search?q={q}{more}")).await.expect(200);
    page.texts("title").into_iter().map(ToOwned::to_owned).collect()
}

/// Issued tasks with these titles.
async fn tasks(app: &TestApp, titles: &[&str]) {
    for title in titles {
        let _ = issued(app, draft(title)).await;
    }
}

async fn words_are_found_without_diacritics_and_those_with_them_come_first(app: TestApp) {
    tasks(&app, &["Đáng lưu ý trong huyện", "Củng cố tổ chức đảng", "Bến Đằng mới", "Dang dở công trình", "Xây dựng đường"]).await;
    let leader = app.leader();
    let all = ["Bến Đằng mới", "Dang dở công trình", "Củng cố tổ chức đảng", "Đáng lưu ý trong huyện"];
    let same = |mut titles: Vec<String>| {
        titles.sort();
        titles
    };
    let mut expected: Vec<String> = all.iter().map(|title| (*title).to_owned()).collect();
    expected.sort();
    for typed in ["dang", "DANG", "Đảng", "đằng", "đáng"] {
        assert_eq!(same(found(&leader, typed, "&kind=task").await), expected, "{typed}");
    }
    assert_eq!(found(&leader, "Đảng", "&kind=task").await[0], "Củng cố tổ chức đảng");
    assert_eq!(found(&leader, "đằng", "&kind=task").await[0], "Bến Đằng mới");
    assert_eq!(found(&leader, "dang", "&kind=task").await[0], "Dang dở công trình");
    assert_eq!(found(&leader, "cu\u{309}ng cô\u{301} đảng", "&kind=task").await, ["Củng cố tổ chức đảng"], "typed decomposed");
    assert_eq!(found(&leader, "đảng huyện", "&kind=task").await, ["Đáng lưu ý trong huyện"], "all words must be there");
    let exact = leader.get("search?q=%C4%91%E1%BA%A3ng&kind=task").await.expect(200);
    assert_eq!((&exact.json["items"][0]["exact"], &exact.json["items"][1]["exact"]), (&json!(true), &json!(false)));
}

async fn titles_come_before_texts_and_documents_before_tasks(app: TestApp) {
    let _ = issued(&app, with(draft("Việc thứ nhất"), json!({"description": "Quy hoạch khu công nghiệp"}))).await;
    tasks(&app, &["Lập quy hoạch khu công nghiệp Sông Hậu", "Khu công nghiệp"]).await;
    app.pass(1);
    let resolution = with(thematic("07-NQ/TU"), json!({"title": "Nghị quyết về phát triển khu công nghiệp trên địa bàn tỉnh"}));
    let _ = app.office().post("resolutions", resolution).await.expect(201);
    let titles = [
        "07-NQ/TU · Nghị quyết về phát triển khu công nghiệp trên địa bàn tỉnh",
        "Khu công nghiệp",
        "Lập quy hoạch khu công nghiệp Sông Hậu",
        "Việc thứ nhất",
    ];
    for typed in ["khu công nghiệp", "cong nghiep khu", "KHU CONG NGHI"] {
        assert_eq!(found(&app.leader(), typed, "").await, titles, "{typed}");
    }
}

async fn phrases_prefixes_and_numbers(app: TestApp) {
    tasks(&app, &["Cụm công nghiệp và khu dân cư", "Khu công nghiệp", "Thực hiện Nghị quyết số 04-NQ/TU", "Nghị quyết 4 về NQ, TU"]).await;
    let leader = app.leader();
    assert_eq!(found(&leader, "\"khu công nghiệp\"", "").await, ["Khu công nghiệp"]);
    assert_eq!(found(&leader, "khu cong", "").await.len(), 2);
    assert_eq!(found(&leader, "nghie", "").await.len(), 2, "the beginning of the last word");
    assert_eq!(found(&leader, "nghie khu", "").await, Vec::<String>::new(), "other words are whole");
    for typed in ["04-NQ/TU", "4 nq tu", "số 04 - NQ / TU", "04/NQ-TU"] {
        assert_eq!(found(&leader, typed, "").await, ["Thực hiện Nghị quyết số 04-NQ/TU"], "{typed}");
    }
    assert_eq!(found(&leader, "nghị quyết 04-nq/tu", "").await.len(), 1);
    assert_eq!(found(&leader, "nghị quyết 04", "").await.len(), 2, "4 is 04");
}

async fn whatever_is_typed_is_words(app: TestApp) {
    tasks(&app, &["Near and far: mở đường", "NOT OR AND"]).await;
    let leader = app.leader();
    for nothing in ["", "   ", "*", "\"", "\"\"", "( ) - + ^ : ~ ! & | < > ' ; , . { } [ ] \\", "…–—", "%", "_"] {
        assert_eq!(found(&leader, nothing, "").await, Vec::<String>::new(), "{nothing}");
    }
    for typed in [
        "near",
        "NEAR(far, 3)",
        "near*",
        "near AND far",
        "-near",
        "near:",
        "'near'",
        "near & far",
        "!near",
        "(near)",
        "near:*",
        "\"near and\"",
    ] {
        let _ = found(&leader, typed, "").await;
    }
    assert_eq!(found(&leader, "near AND far", "").await, ["Near and far: mở đường"], "and is a word like others");
    assert_eq!(found(&leader, "not or and", "").await, ["NOT OR AND"]);
    assert_eq!(found(&leader, "title_words", "").await, Vec::<String>::new());
    assert_eq!(found(&leader, &"zz ".repeat(66), "").await, Vec::<String>::new());
    leader.get(&format!("search?q={}", "x".repeat(201))).await.refused(400, "invalid_parameter").names("q", "length");
    leader.get(&format!("search?q={}", "x".repeat(10_000))).await.refused(400, "invalid_parameter");
    for wrong in ["kind=pagoda", "limit=0", "limit=201", "cursor=x", "colour=red"] {
        let refused = leader.get(&format!("search?q=near&{wrong}")).await;
        assert_eq!(refused.status, 400, "{wrong}: {}", refused.text);
    }
    assert_eq!(app.anonymous().call(Method::GET, "search?q=x").await.status, 401);
}

async fn a_find_shows_where_the_words_stand(app: TestApp) {
    let long = format!("{} Mở rộng đường tỉnh qua huyện Vị Thủy.", "Nội dung khác. ".repeat(20));
    let _ = issued(&app, with(draft("Nâng cấp đường tỉnh"), json!({"description": long}))).await;
    let page = app.leader().get("search?q=duong huyen").await.expect(200);
    let find = &page.json["items"][0];
    assert_eq!(find["title_spans"], json!([{"start": 9, "end": 14}]));
    let text: Vec<char> = find["snippet"]["text"].as_str().unwrap().chars().collect();
    let place = |place: &Value| usize::try_from(place.as_u64().unwrap()).unwrap();
    let marked: Vec<String> = find["snippet"]["spans"]
        .as_array()
        .unwrap()
        .iter()
        .map(|span| text[place(&span["start"])..place(&span["end"])].iter().collect())
        .collect();
    assert_eq!(marked, ["đường", "huyện"]);
    let task = &find["task"];
    assert_eq!(
        (&task["lead_unit"]["code"], &task["due_on"], &task["timeliness"]),
        (&json!("hg-so-y-te"), &json!("2023-12-31"), &json!("in_time"))
    );
    assert_eq!(find["href"], format!("/api/v1/tasks/{}", find["id"].as_str().unwrap()));
}

async fn everything_that_has_a_name_is_found_and_follows_it(app: TestApp) {
    let congress = congress(&app).await;
    let (office, leader) = (app.office(), app.leader());
    let part = json!({"resolution": congress.id(), "ordinal": 1, "title": "Tre xanh"});
    let mut made = vec![("clause", format!("clauses/{}", clause(&app, &congress, "I", "task").await.id()), "heading")];
    for (kind, path, more) in [
        ("breakthrough", "breakthroughs", json!({})),
        ("pillar", "pillars", json!({})),
        ("objective", "objectives", json!({"level": "general"})),
        ("task_group", "task-groups", json!({"kind": "task"})),
    ] {
        let id = office.post(path, with(part.clone(), more)).await.expect(201).id().to_owned();
        made.push((kind, format!("{path}/{id}"), "title"));
    }
    let programme = json!({"title": "Kế hoạch", "kind": "plan", "issuer": "hg-tinh-uy", "scope": "term", "state": "draft"});
    made.push(("programme", format!("programmes/{}", office.post("programmes", programme).await.expect(201).id()), "title"));
    made.push(("resolution", format!("resolutions/{}", congress.id()), "title"));
    made.push(("task", format!("tasks/{}", issued(&app, draft("Nhiệm vụ")).await), "title"));
    for (kind, path, title) in &made {
        let _ = office.change(path, json!({*title: "Tre xanh đầu làng"})).await.expect(200);
        let seen = leader.get(&format!("search?q=tre xanh dau lang&kind={kind}")).await.expect(200);
        assert_eq!(seen.texts("href"), [format!("/api/v1/{path}")], "{kind}");
    }
    let admin = app.admin();
    let post = admin.post("posts", json!({"unit": "hg-so-y-te", "title": "Giám đốc"})).await.expect(201).id().to_owned();
    for (kind, path, name) in [
        ("unit", "units/hg-so-y-te".to_owned(), "name"),
        ("area", "areas/hg-xa-vi-trung".into(), "name"),
        ("post", format!("posts/{post}"), "title"),
    ] {
        let _ = admin.change(&path, json!({name: "Tre xanh đầu làng"})).await.expect(200);
        assert_eq!(found(&leader, "tre xanh dau lang", &format!("&kind={kind}")).await.len(), 1, "{kind}");
    }
    assert_eq!(found(&leader, "tre xanh đầu làng", "").await.len(), made.len() + 3);
    let _ = office.post(&format!("{}/voiding", made[0].1), json!({"reason": "Nhập nhầm."})).await.expect(200);
    let task = made.last().unwrap().1.trim_start_matches("tasks/").to_owned();
    let _ = decide(&office, &task, "void").await.expect(201);
    assert_eq!(found(&leader, "tre xanh đầu làng", "").await.len(), made.len() + 1, "what is voided is not found");
    assert_eq!(found(&leader, "giám đốc", "&kind=post").await, Vec::<String>::new(), "the old name is gone");
}

async fn readers_find_what_their_lists_show(app: TestApp) {
    let own = issued(&app, draft("Tre của Sở Y tế")).await;
    let other = with(draft("Tre của Sở Tài chính"), json!({"lead_unit": "hg-so-tai-chinh"}));
    let _ = issued(&app, other).await;
    let helped = with(draft("Tre cùng làm"), json!({"lead_unit": "hg-so-tai-chinh", "coordinating_units": ["hg-so-y-te"]}));
    let _ = issued(&app, helped).await;
    let _ = drafted(&app, draft("Tre dự thảo")).await;
    let secret = json!({"lead_unit": "hg-so-y-te", "secrecy": "secret"});
    let _ = issued(&app, secret).await;
    let sorted = async |actor: Actor<'_>| {
        let mut titles = found(&actor, "tre", "").await;
        titles.sort();
        titles
    };
    let (all, drafts) = (["Tre cùng làm", "Tre của Sở Tài chính", "Tre của Sở Y tế"], "Tre dự thảo");
    assert_eq!(sorted(app.leader()).await, all);
    assert_eq!(sorted(app.inspector()).await, all);
    assert_eq!(sorted(app.office()).await, [&all[..], &[drafts]].concat());
    assert_eq!(sorted(app.reporter("hg-so-y-te")).await, ["Tre cùng làm", "Tre của Sở Y tế"]);
    assert_eq!(sorted(app.reporter("hg-so-tai-chinh")).await, ["Tre cùng làm", "Tre của Sở Tài chính"]);
    assert_eq!(sorted(app.outsider()).await, Vec::<String>::new());
    let district = app.account_with("vi-thuy", &[(Role::Office, On::Area("hg-huyen-vi-thuy"))]);
    assert_eq!(sorted(district).await, all, "an office reads its root, and writes drafts of its own");
    for words in ["nhiệm vụ mật", "mật", "nhiem vu mat"] {
        assert_eq!(found(&app.office(), words, "&kind=task").await, Vec::<String>::new(), "a stub has no words");
    }
    let change = json!({"lead_unit": "hg-so-tai-chinh", "reason": "Chuyển nhiệm vụ"});
    let moved = app.office().post(&format!("tasks/{own}/commitment-changes"), change).await;
    assert_eq!(moved.status, 201, "{}", moved.text);
    assert_eq!(sorted(app.reporter("hg-so-y-te")).await, ["Tre cùng làm"], "the lead unit is another now");
}

async fn pages_follow_one_another(app: TestApp) {
    let titles: Vec<String> = (1..=7).map(|n| format!("Tre {}", "a".repeat(n))).collect();
    for title in titles.iter().rev() {
        let _ = issued(&app, draft(title)).await;
    }
    let (mut seen, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = app.leader().get(&format!("search?q=tre&limit=3{cursor}")).await.expect(200);
        seen.extend(page.texts("title").into_iter().map(ToOwned::to_owned));
        match &page.json["next"] {
            Value::String(next) => cursor = format!("&cursor={next}"),
            _ => break,
        }
    }
    assert_eq!(seen, titles);
}

async fn the_index_is_made_anew_and_compared(app: TestApp) {
    tasks(&app, &["Tre xanh", "Lúa vàng"]).await;
    let whole = app.db(|conn, _| Ok(search_entries::compare(conn)?));
    assert_eq!((whole.wrong, whole.left_over), (0, 0));
    assert!(whole.right > 15, "{whole:?}");
    app.db_sql("UPDATE tasks SET title = 'Sen hồng', folded = 'sen hong' WHERE title = 'Tre xanh'");
    app.db_sql("DELETE FROM search_entries WHERE title = 'Lúa vàng'");
    let broken = app.db(|conn, _| Ok(search_entries::compare(conn)?));
    assert_eq!((broken.right, broken.wrong), (whole.right - 2, 2));
    assert_eq!(found(&app.leader(), "sen hong", "").await, Vec::<String>::new());
    let count = app.db(|conn, _| Ok(search_entries::rebuild(conn)?));
    assert_eq!(count, whole.right);
    assert_eq!(app.db(|conn, _| Ok(search_entries::compare(conn)?)), whole);
    assert_eq!(found(&app.leader(), "sen hong", "").await, ["Sen hồng"]);
    assert_eq!(found(&app.leader(), "tre", "").await, Vec::<String>::new());
}
