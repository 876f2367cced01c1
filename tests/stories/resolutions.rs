//! Resolutions: who writes them for whom, numbers and dates as printed, relations.

use chrono::NaiveDate;
use resolution_tracker::domain::Reference;
use resolution_tracker::domain::permission::Role;
use resolution_tracker::store;
use resolution_tracker::store::terms::Term;
use serde_json::{Value, json};

use crate::common::world::On;
use crate::common::{Response, TestApp, on_both_databases};

on_both_databases! {
    a_central_a_congress_and_a_thematic_resolution_are_recorded,
    dates_keep_their_words_and_name_what_they_can,
    a_number_is_read_tolerantly_and_found_once,
    a_number_may_come_again_in_the_next_term_or_year,
    writing_lies_within_the_reach_of_the_grant,
    another_root_is_not_there,
    what_is_wrong_is_named,
    a_change_needs_the_version_it_was_made_from,
    the_tag_follows_what_others_say_of_a_resolution,
    lists_are_filtered_and_paged,
}

/// The term of the XIV congress, past the service.
pub fn db_term(app: &TestApp, root: &str, ordinal: i32, starts: &str, ends: &str) -> String {
    let day = |text: &str| text.parse::<NaiveDate>().unwrap();
    let root = Reference::Code(root.to_owned());
    let term = app.db(|conn, at| {
        let term = Term {
            id: at.new_id(),
            root_id: store::areas::find_by(conn, &root)?.unwrap().id,
            ordinal,
            ordinal_text: ordinal.to_string(),
            title: format!("Nhiệm kỳ thứ {ordinal}"),
            starts_on: day(starts),
            ends_on: day(ends),
            previous_term_id: None,
            version: 1,
            recorded_at: at.recorded_at(),
        };
        store::terms::insert(conn, &term)?;
        Ok(term)
    });
    term.id.to_string()
}

/// The congress's resolution, issued by words: the congress is no unit.
pub async fn congress(app: &TestApp) -> Response {
    let term = db_term(app, "hg", 14, "2020-10-14", "2025-10-13");
    let draft = json!({
        "title": "Nghị quyết Đại hội đại biểu Đảng bộ tỉnh Hậu Giang lần thứ XIV, nhiệm kỳ 2020-2025", "kind": "congress",
        "level": "province", "issuer_text": "Đại hội đại biểu Đảng bộ tỉnh Hậu Giang lần thứ XIV", "area": "hg", "term": term,
        "issued_on": "2020-10-14"
    });
    app.office().post("resolutions", draft).await.expect(201)
}

/// A thematic resolution of Tỉnh ủy with this number.
pub fn thematic(number: &str) -> Value {
    json!({"title": format!("Nghị quyết số {number}"), "kind": "thematic", "level": "province", "number": number, "issuer": "hg-tinh-uy"})
}

/// A draft with more or other fields.
pub fn with(mut draft: Value, more: Value) -> Value {
    if let Value::Object(more) = more {
        draft.as_object_mut().unwrap().extend(more);
    }
    draft
}

async fn a_central_a_congress_and_a_thematic_resolution_are_recorded(app: TestApp) {
    let congress = congress(&app).await;
    assert_eq!(congress.json["number"], Value::Null);
    assert_eq!(congress.json["issuer"], Value::Null);
    assert_eq!(congress.json["area"], app.area("hg"));
    let central = json!({
        "title": "Nghị quyết Đại hội đại biểu toàn quốc lần thứ XIII của Đảng", "kind": "congress", "level": "central",
        "issuer_text": "Đại hội đại biểu toàn quốc lần thứ XIII của Đảng", "area": "hg", "issued_on": "2021"
    });
    let central = app.office().post("resolutions", central).await.expect(201);
    let relations = json!([{"relation": "implements", "resolution": congress.id()}, {"relation": "relates", "resolution": central.id()}]);
    let made = with(thematic("04-NQ/TU"), json!({"relations": relations}));
    let made = app.office().post("resolutions", made).await.expect(201);
    assert_eq!(made.json["issuer"]["name"], "Tỉnh ủy Hậu Giang");
    assert_eq!(made.json["area"], app.area("hg"), "the root of the issuer's area");

    let seen = app.reporter("hg-so-y-te").get(made.header("location")).await.expect(200);
    assert_eq!(seen.json, made.json);
    assert_eq!(seen.json["relations"][0]["resolution"], congress.id());
    assert_eq!(seen.json["relations"][1]["title"], central.json["title"]);
    let other_end = app.leader().get(congress.header("location")).await.expect(200);
    assert_eq!(other_end.json["relations"], json!([]));
    let back = &other_end.json["related_from"][0];
    assert_eq!((&back["relation"], &back["number"], &back["resolution"]), (&json!("implements"), &json!("04-NQ/TU"), &made.json["id"]));
}

async fn dates_keep_their_words_and_name_what_they_can(app: TestApp) {
    let made = app.office().post("resolutions", with(thematic("05-NQ/TU"), json!({"issued_on": "tháng 8/2021"}))).await.expect(201);
    assert_eq!(made.json["issued_on"], json!({"text": "tháng 8/2021", "date": "2021-08-01", "precision": "month"}));
    let path = format!("resolutions/{}", made.id());
    let changed = app.office().change(&path, json!({"issued_on": {"text": "2021-2022 (chưa rõ ngày)"}})).await.expect(200);
    assert_eq!(changed.json["issued_on"], json!({"text": "2021-2022 (chưa rõ ngày)", "date": null, "precision": "none"}));
    let kept = app.office().change(&path, json!({"source": "nguồn 002"})).await.expect(200);
    assert_eq!(kept.json["issued_on"], changed.json["issued_on"]);
    assert_eq!(app.office().change(&path, json!({"issued_on": null})).await.expect(200).json["issued_on"], Value::Null);
    let wrong = json!({"issued_on": {"text": "tháng 8/2021", "date": "2021-09-01"}});
    app.office().change(&path, wrong).await.invalid("/issued_on", "wrong_type");
    app.office().change(&path, json!({"issued_on": ""})).await.invalid("/issued_on", "length");
}

async fn a_number_is_read_tolerantly_and_found_once(app: TestApp) {
    let dated = |number: &str| with(thematic(number), json!({"issued_on": "2021-05-04"}));
    let first = app.office().post("resolutions", dated(" 04 - NQ / TU ")).await.expect(201);
    assert_eq!(first.json["number"], "04-NQ/TU");
    let position = app.position();
    for again in ["04-NQ/TU", "04-nq/tu", "04–NQ/TU"] {
        app.office().post("resolutions", dated(again)).await.refused(409, "duplicate").names("/number", "taken");
    }
    assert_eq!(app.position(), position);
    let _ = app.office().post("resolutions", with(dated("04-NQ/TU"), json!({"kind": "directive"}))).await.expect(201);
    let _ = app.office().post("resolutions", with(dated("04-NQ/TU"), json!({"issuer": "hg-ubnd-tinh"}))).await.expect(201);

    let found = app.leader().get("resolutions?number=04 -nq/tu&kind=thematic&issuer=hg-tinh-uy").await.expect(200);
    assert_eq!(found.texts("id"), [first.id()]);
    assert_eq!(app.leader().get("resolutions?number=04").await.expect(200).json["items"], json!([]));
    assert_eq!(app.leader().get("resolutions?q=04-nq&kind=directive").await.expect(200).texts("number"), ["04-NQ/TU"]);

    let second = app.office().post("resolutions", dated("05-NQ/TU")).await.expect(201);
    let path = format!("resolutions/{}", second.id());
    app.office().change(&path, json!({"number": "04-NQ/TU"})).await.refused(409, "duplicate").names("/number", "taken");
    let _ = app.office().change(&path, json!({"number": "05 -NQ/TU", "level": "district"})).await.expect(200);
}

async fn a_number_may_come_again_in_the_next_term_or_year(app: TestApp) {
    let old = db_term(&app, "hg", 13, "2015-10-20", "2020-10-13");
    let new = db_term(&app, "hg", 14, "2020-10-14", "2025-10-13");
    let party = |term: &str, day: &str| with(thematic("04-NQ/TU"), json!({"term": term, "issued_on": day}));
    let _ = app.office().post("resolutions", party(&old, "2020-02-01")).await.expect(201);
    let _ = app.office().post("resolutions", party(&new, "2020-12-01")).await.expect(201);
    app.office().post("resolutions", party(&new, "2023-02-01")).await.refused(409, "duplicate");
    let state = |day: &str| {
        let more = json!({"kind": "decision", "issuer": "hg-ubnd-tinh", "term": new, "issued_on": day});
        with(thematic("193/QĐ-UBND"), more)
    };
    let _ = app.office().post("resolutions", state("2021-01-29")).await.expect(201);
    let _ = app.office().post("resolutions", state("2022-01-20")).await.expect(201);
    app.office().post("resolutions", state("2022-12-20")).await.refused(409, "duplicate");
}

async fn writing_lies_within_the_reach_of_the_grant(app: TestApp) {
    let district = app.account_with("vi-thuy", &[(Role::Office, On::Area("hg-huyen-vi-thuy"))]);
    let own = with(thematic("01-NQ/HU"), json!({"issuer": "hg-huyen-vi-thuy-dang", "level": "district"}));
    let own = district.post("resolutions", own).await.expect(201);
    let _ = district.change(&format!("resolutions/{}", own.id()), json!({"title": "Nghị quyết về nông thôn mới"})).await.expect(200);
    district.post("resolutions", thematic("07-NQ/TU")).await.refused(403, "forbidden");
    let words = json!({"title": "Chỉ thị", "kind": "directive", "level": "central", "issuer_text": "Ban Bí thư", "area": "hg"});
    district.post("resolutions", words.clone()).await.refused(403, "forbidden");
    let taken_away = json!({"issuer": "hg-tinh-uy"});
    district.change(&format!("resolutions/{}", own.id()), taken_away).await.refused(403, "forbidden");
    let words = app.office().post("resolutions", words).await.expect(201);
    district.change(&format!("resolutions/{}", words.id()), json!({"title": "Khác"})).await.refused(403, "forbidden");
    for reader in [app.leader(), app.inspector(), app.reporter("hg-so-y-te")] {
        let _ = reader.get(&format!("resolutions/{}", words.id())).await.expect(200);
        reader.post("resolutions", thematic("08-NQ/TU")).await.refused(403, "forbidden");
    }
    app.anonymous().get("resolutions").await.refused(401, "unauthenticated");
}

async fn another_root_is_not_there(app: TestApp) {
    let congress = congress(&app).await;
    let path = format!("resolutions/{}", congress.id());
    let outsider = app.outsider();
    outsider.get(&path).await.refused(404, "not_found");
    outsider.patch(&path, json!({"title": "x"})).if_match("*").await.refused(404, "not_found");
    assert_eq!(outsider.get("resolutions").await.expect(200).json["items"], json!([]));
    outsider.get("resolutions?issuer=hg-tinh-uy").await.refused(400, "invalid_parameter");
    outsider.post("resolutions", thematic("01-NQ/TU")).await.invalid("/issuer", "unknown_unit");
    let own = json!({"title": "Nghị quyết", "kind": "thematic", "level": "province", "issuer": "hd-so-tu-phap"});
    let related = with(own.clone(), json!({"relations": [{"relation": "implements", "resolution": congress.id()}]}));
    outsider.post("resolutions", related).await.invalid("/relations/0/resolution", "unknown_record");
    outsider.post("resolutions", with(own.clone(), json!({"term": congress.json["term"]}))).await.invalid("/term", "unknown_record");

    let both = app.account_with("both", &[(Role::Office, On::Area("hg")), (Role::Office, On::Area("hd"))]);
    let across = with(own, json!({"relations": [{"relation": "follows", "resolution": congress.id()}]}));
    let across = both.post("resolutions", across).await.expect(201);
    assert_eq!(across.json["relations"][0]["resolution"], congress.id());
    assert_eq!(app.leader().get(&path).await.expect(200).json["related_from"], json!([]), "kept for a root the leader does not see");
    let theirs = format!("resolutions/{}", across.id());
    let seen = outsider.change(&theirs, json!({"title": "Nghị quyết sửa"})).await.expect(200);
    assert_eq!(seen.json["relations"], json!([]));
    assert_eq!(both.get(&theirs).await.expect(200).json["relations"][0]["resolution"], congress.id(), "still said");
    both.change(&theirs, json!({"issuer": "hg-tinh-uy", "area": null})).await.invalid("/area", "fixed");
    both.change(&theirs, json!({"issuer": "hg-tinh-uy"})).await.invalid("/issuer", "other_root");
}

async fn what_is_wrong_is_named(app: TestApp) {
    let congress = congress(&app).await;
    let office = app.office();
    let position = app.position();
    let bare = json!({"title": "Nghị quyết", "kind": "thematic", "level": "province"});
    let by_words = with(bare.clone(), json!({"issuer_text": "Chính phủ"}));
    let here = with(by_words.clone(), json!({"area": "hg"}));
    let related = |relations: Value| with(here.clone(), json!({"relations": relations}));
    let to_congress = json!({"relation": "implements", "resolution": congress.id()});
    let cases = [
        (bare.clone(), "/issuer", "required"),
        (by_words.clone(), "/area", "required"),
        (with(by_words.clone(), json!({"area": "hg-huyen-vi-thuy"})), "/area", "root_area"),
        (with(by_words, json!({"area": "nowhere"})), "/area", "unknown_area"),
        (with(bare.clone(), json!({"issuer": "hg-so-khong-co"})), "/issuer", "unknown_unit"),
        (with(here.clone(), json!({"kind": "law"})), "/kind", "unknown_value"),
        (with(here.clone(), json!({"title": ""})), "/title", "length"),
        (with(here.clone(), json!({"colour": "red"})), "/colour", "unknown_field"),
        (with(here.clone(), json!({"term": congress.id()})), "/term", "unknown_record"),
        (related(json!([{"relation": "implements"}])), "/relations/0", "one_of"),
        (related(json!([{"relation": "implements", "resolution": congress.id(), "programme": congress.id()}])), "/relations/0", "one_of"),
        (related(json!([{"relation": "implements", "programme": congress.id()}])), "/relations/0/programme", "unknown_record"),
        (related(json!([to_congress, to_congress])), "/relations/1", "repeated"),
    ];
    for (draft, pointer, rule) in cases {
        office.post("resolutions", draft).await.invalid(pointer, rule);
    }
    assert_eq!(app.position(), position, "nothing was written");
    let path = format!("resolutions/{}", congress.id());
    office.change(&path, json!({"relations": [to_congress]})).await.invalid("/relations/0", "circle");
    office.change(&path, json!({"issuer_text": null})).await.invalid("/issuer", "required");
    office.get("resolutions?colour=red").await.refused(400, "unknown_parameter");
    office.get("resolutions?kind=law").await.refused(400, "invalid_parameter");
    office.get("resolutions/nonsense").await.refused(404, "not_found");
}

async fn a_change_needs_the_version_it_was_made_from(app: TestApp) {
    let made = app.office().post("resolutions", thematic("09-NQ/TU")).await.expect(201);
    let path = format!("resolutions/{}", made.id());
    let change = json!({"title": "Nghị quyết sửa"});
    app.office().patch(&path, change.clone()).await.refused(428, "precondition_required");
    let _ = app.office().patch(&path, change.clone()).if_match(made.etag()).await.expect(200);
    app.office().patch(&path, change).if_match(made.etag()).await.refused(412, "stale");
    let once = thematic("10-NQ/TU");
    let first = app.office().post("resolutions", once.clone()).key("k1").await.expect(201);
    assert_eq!(app.office().post("resolutions", once).key("k1").await.expect(201).id(), first.id());
}

async fn the_tag_follows_what_others_say_of_a_resolution(app: TestApp) {
    let congress = congress(&app).await;
    let path = format!("resolutions/{}", congress.id());
    let seen = app.office().get(&path).await.expect(200);
    let same = app.office().get(&path).header("If-None-Match", seen.etag()).await;
    assert_eq!(same.status, 304);
    let relations = json!({"relations": [{"relation": "implements", "resolution": congress.id()}]});
    let _ = app.office().post("resolutions", with(thematic("11-NQ/TU"), relations)).await.expect(201);
    let other = app.office().get(&path).header("If-None-Match", seen.etag()).await.expect(200);
    assert_eq!(other.json["related_from"][0]["number"], "11-NQ/TU");
    let _ = app.office().patch(&path, json!({"source": "001"})).if_match(seen.etag()).await.expect(200);
}

async fn lists_are_filtered_and_paged(app: TestApp) {
    let congress = congress(&app).await;
    for number in ["12-NQ/TU", "13-NQ/TU", "14-NQ/TU"] {
        app.pass(1);
        let _ = app.office().post("resolutions", thematic(number)).await.expect(201);
    }
    let first = app.leader().get("resolutions?kind=thematic&limit=2").await.expect(200);
    assert_eq!(first.texts("number"), ["12-NQ/TU", "13-NQ/TU"]);
    let next = first.json["next"].as_str().unwrap();
    let rest = app.leader().get(&format!("resolutions?kind=thematic&limit=2&cursor={next}")).await.expect(200);
    assert_eq!(rest.texts("number"), ["14-NQ/TU"]);
    assert_eq!(rest.json["next"], Value::Null);
    let term = congress.json["term"].as_str().unwrap();
    for query in [format!("term={term}"), "kind=congress&kind=council".into(), "q=dai hoi".into(), "level=province&q=lan thu XIV".into()] {
        assert_eq!(app.leader().get(&format!("resolutions?{query}")).await.expect(200).texts("id"), [congress.id()], "{query}");
    }
    for query in ["level=central", "q=\\", "q=_", "q=%25", "number=%25"] {
        assert_eq!(app.leader().get(&format!("resolutions?{query}")).await.expect(200).json["items"], json!([]), "{query}");
    }
}
