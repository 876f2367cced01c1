//! Values of indicators: told, told anew, confirmed or returned, and what they come to.

use serde_json::{Value, json};

use super::indicators::{indicator, made};
use super::resolutions::with;
use crate::common::{Response, TestApp, on_both_databases};

on_both_databases! {
    a_value_is_told_once_and_told_anew,
    a_value_must_make_sense,
    only_who_reports_on_it_tells_it,
    somebody_else_confirms_it,
    parts_and_shares_stand_beside,
    a_revision_flips_the_verdict_and_the_past_stays,
    an_official_verdict_stands_beside_the_computed_one,
    a_trend_shows_the_path_and_the_ranks,
}

fn value(text: &str, stage: &str) -> Value {
    json!({"text": text, "stage": stage})
}

async fn told(app: &TestApp, id: &str, period: &str, body: Value) -> Response {
    app.pass(1);
    app.reporter("hg-so-y-te").put(&format!("indicators/{id}/values/{period}"), body).await
}

async fn a_value_is_told_once_and_told_anew(app: TestApp) {
    let made = made(&app, json!({})).await;
    let path = format!("indicators/{}/values", made.id());
    let first = told(&app, made.id(), "2022", value("65,89", "estimate")).await.expect(201);
    assert_eq!(first.header("location"), format!("/api/v1/{path}/2022"));
    assert_eq!((&first.json["actual"]["low"], &first.json["revision"], &first.json["counts"]), (&json!("65.89"), &json!(1), &json!(true)));
    assert_eq!((&first.json["recorded_by"], &first.json["on_behalf"]), (&json!("r-hg-so-y-te"), &json!(false)));
    let before = app.position();
    let same = told(&app, made.id(), "2022", value("65,89", "estimate")).await.expect(200);
    assert_eq!((same.id(), app.position()), (first.id(), before), "said again it changes nothing");
    let official = told(&app, made.id(), "2022", value("66,1", "official")).await.expect(201);
    assert_eq!((&official.json["revision"], &official.json["version"]), (&json!(2), &json!(2)));
    told(&app, made.id(), "2022", value("66", "preliminary")).await.invalid("/stage", "earlier_stage");
    told(&app, made.id(), "2022", value("66,2", "official")).await.invalid("/reason", "reason_required");
    let why = with(value("66,2", "official"), json!({"reason": "Đánh giá lại quy mô GRDP"}));
    let _ = told(&app, made.id(), "2022", why).await.expect(201);
    let all = app.leader().get(&format!("{path}?revisions=true&period=2022")).await.expect(200);
    let texts: Vec<&Value> = all.json["items"].as_array().unwrap().iter().map(|item| &item["actual"]["text"]).collect();
    assert_eq!(texts, ["66,2", "66,1", "65,89"]);
    let counting = app.leader().get(&path).await.expect(200);
    assert_eq!(counting.json["items"].as_array().unwrap().len(), 1);
    // Two people at once: who read an older one is told so.
    let stale = app.office().put(&format!("{path}/2022"), value("1", "official")).if_match(first.etag()).await;
    stale.refused(412, "stale");
    // Pages of all that was ever told.
    let page = app.leader().get(&format!("{path}?revisions=true&limit=2")).await.expect(200);
    let next = page.json["next"].as_str().unwrap();
    let rest = app.leader().get(&format!("{path}?revisions=true&limit=2&cursor={next}")).await.expect(200);
    assert_eq!((rest.texts("id"), &rest.json["next"]), (vec![first.id()], &Value::Null));
}

async fn a_value_must_make_sense(app: TestApp) {
    let made = made(&app, json!({})).await;
    let before = app.position();
    for (period, body, pointer, rule) in [
        ("2019", value("1", "official"), "/period", "period_outside"),
        ("2026", value("1", "estimate"), "/period", "period_outside"),
        ("2019-2022", value("1", "estimate"), "/period", "period_outside"),
        ("2024", value("1", "estimate"), "/period", "future"),
        ("2023", value("1", "official"), "/stage", "period_not_over"),
        ("2022", value("", "official"), "/text", "length"),
        ("2022", with(value("1", "official"), json!({"numerator": "1", "denominator": "0"})), "/denominator", "not_zero"),
        ("2022", with(value("1", "official"), json!({"numerator": "1"})), "/denominator", "required"),
        ("2022", with(value("1", "official"), json!({"numerator": "1,5", "denominator": "2"})), "/numerator", "decimal"),
        ("2022", with(value("9", "official"), json!({"rank_of": 0})), "/rank_of", "range"),
        ("2022", with(value("9", "official"), json!({"parts": [{"text": "1"}]})), "/parts/0", "one_of"),
        ("2022", with(value("9", "official"), json!({"parts": [{"area": "hg-la", "text": "1"}]})), "/parts/0/area", "unknown_area"),
    ] {
        told(&app, made.id(), period, body).await.invalid(pointer, rule);
    }
    told(&app, made.id(), "2022Q5", value("1", "official")).await.refused(404, "not_found");
    told(&app, made.id(), "2022", json!({"stage": "official"})).await.invalid("/text", "required");
    assert_eq!(app.position(), before);
    // What cannot be read is kept and never judged.
    let odd = told(&app, made.id(), "2022", value("chưa thống kê", "official")).await.expect(201);
    assert_eq!((&odd.json["actual"]["low"], &odd.json["actual"]["text"]), (&Value::Null, &json!("chưa thống kê")));
    let _ = told(&app, made.id(), "2023", value("Ước 80", "estimate")).await.expect(201);
    app.reporter("hg-so-y-te").get(&format!("indicators/{}/values?period=nay", made.id())).await.refused(400, "invalid_parameter");
}

async fn only_who_reports_on_it_tells_it(app: TestApp) {
    let made = made(&app, json!({})).await;
    let (path, body) = (format!("indicators/{}/values/2022", made.id()), value("1", "official"));
    app.reporter("hg-so-tai-chinh").put(&path, body.clone()).await.refused(403, "forbidden");
    for reader in [app.leader(), app.inspector(), app.admin()] {
        reader.put(&path, body.clone()).await.refused(403, "forbidden");
    }
    app.outsider().put(&path, body.clone()).await.refused(404, "not_found");
    app.outsider().get(&path).await.refused(404, "not_found");
    let behalf = app.office().put(&path, body.clone()).await.expect(201);
    assert_eq!(behalf.json["on_behalf"], true);
    // Without a unit that reports on it, its office does.
    let resolution = made.json["resolution"]["id"].as_str().unwrap();
    let nobody = app.office().post("indicators", indicator(resolution, 2, json!({}))).await.expect(201);
    let path = format!("indicators/{}/values/2022", nobody.id());
    app.reporter("hg-so-y-te").put(&path, body.clone()).await.refused(403, "forbidden");
    assert_eq!(app.office().put(&path, body).await.expect(201).json["lead_unit"], Value::Null);
}

async fn somebody_else_confirms_it(app: TestApp) {
    let made = made(&app, json!({})).await;
    let first = told(&app, made.id(), "2022", value("60", "official")).await.expect(201);
    let path = format!("indicators/{}/values/2022", made.id());
    let judge = |etag: String, body: Value| {
        let (app, path) = (&app, &path);
        async move { app.office().put(&format!("{path}/verification"), body).if_match(&etag).await }
    };
    judge(first.etag().into(), json!({"outcome": "returned"})).await.invalid("/reason", "reason_required");
    app.reporter("hg-so-y-te")
        .put(&format!("{path}/verification"), json!({"outcome": "verified"}))
        .if_match("*")
        .await
        .refused(403, "forbidden");
    let verified = judge(first.etag().into(), json!({"outcome": "verified"})).await.expect(200);
    assert_eq!((&verified.json["verification"]["state"], &verified.json["verification"]["by"]), (&json!("verified"), &json!("office")));
    judge("*".into(), json!({"outcome": "returned", "reason": "Sai"})).await.refused(409, "illegal_state");
    // A later value that is returned counts no more, and the one before it counts again.
    let later = with(value("6.000", "official"), json!({"reason": "Tính lại"}));
    let later = told(&app, made.id(), "2022", later).await.expect(201);
    judge(verified.etag().into(), json!({"outcome": "verified"})).await.refused(412, "stale");
    let returned = judge(later.etag().into(), json!({"outcome": "returned", "reason": "Nhầm đơn vị tính"})).await.expect(200);
    assert_eq!((&returned.json["counts"], &returned.json["allowed_actions"]), (&json!(false), &json!([])));
    let counting = app.leader().get(&format!("indicators/{}/values", made.id())).await.expect(200);
    assert_eq!(counting.texts("id"), [first.id()]);
    // Nobody confirms what he told himself; he may take it back.
    let own = app.office().put(&format!("indicators/{}/values/2021", made.id()), value("55", "official")).await.expect(201);
    assert_eq!(own.json["allowed_actions"], json!(["return"]));
    let path = format!("indicators/{}/values/2021/verification", made.id());
    app.office().put(&path, json!({"outcome": "verified"})).if_match(own.etag()).await.refused(409, "own_report");
    let _ = app.office().put(&path, json!({"outcome": "returned", "reason": "Nhập nhầm"})).if_match(own.etag()).await.expect(200);
}

async fn parts_and_shares_stand_beside(app: TestApp) {
    let made = made(&app, json!({"name": "Tỷ lệ hộ nghèo", "unit": "%", "direction": "decrease"})).await;
    // Published: 4.84 % poor households, 9,736 of them; the whole is made up.
    let body = json!({
        "text": "4,84", "stage": "official", "numerator": "9736", "denominator": "201157", "breaks_series": true,
        "note": "Chuẩn nghèo đa chiều 2021-2025",
        "parts": [{"area": "hg-huyen-vi-thuy", "text": "5,1"}, {"unit": "hg-so-y-te", "text": "0"}]
    });
    let told = told(&app, made.id(), "2022", body).await.expect(201);
    assert_eq!((&told.json["share"], &told.json["breaks_series"]), (&json!("4.84"), &json!(true)));
    assert_eq!(told.json["parts"][0]["area"]["code"], "hg-huyen-vi-thuy");
    assert_eq!((&told.json["parts"][1]["unit"]["code"], &told.json["parts"][1]["text"]), (&json!("hg-so-y-te"), &json!("0")));
    let twice = json!({"parts": [{"area": "hg-huyen-vi-thuy", "text": "1"}, {"area": "hg-huyen-vi-thuy", "text": "2"}]});
    let twice = with(value("1", "official"), with(twice, json!({"reason": "x"})));
    self::told(&app, made.id(), "2022", twice).await.invalid("/parts/1", "repeated");
}

async fn a_revision_flips_the_verdict_and_the_past_stays(app: TestApp) {
    // Việt Nam 2017 published 13 of 13 and later 12 of 13, as one value was revised.
    let targets = json!({"targets": [{"period": "2022", "text": "6,7"}]});
    let made = made(&app, targets).await;
    let _ = told(&app, made.id(), "2022", value("6,81", "preliminary")).await.expect(201);
    let path = format!("indicators/{}/assessments", made.id());
    let seen = |reader_path: String| {
        let app = &app;
        async move { app.leader().get(&reader_path).await.expect(200).json["items"][0].clone() }
    };
    assert_eq!(seen(path.clone()).await["verdict"], "exceeded");
    app.set_time("2023-10-20T02:00:00Z");
    let _ = told(&app, made.id(), "2022", value("6,6", "official")).await.expect(201);
    let now = seen(path.clone()).await;
    assert_eq!((&now["verdict"], &now["computed"]["periods"]), (&json!("not_met"), &json!(["2022"])));
    assert_eq!(seen(format!("{path}?as_of=2023-10-10")).await["verdict"], "exceeded", "as it was known then");
    app.leader().get(&format!("{path}?as_of=2023-12-31")).await.refused(400, "invalid_parameter");
}

async fn an_official_verdict_stands_beside_the_computed_one(app: TestApp) {
    let made = made(&app, json!({"targets": [{"period": "2022", "text": "13,5"}]})).await;
    let _ = told(&app, made.id(), "2022", value("13,12", "official")).await.expect(201);
    let (office, path) = (app.office(), format!("indicators/{}/assessments", made.id()));
    let verdict = |verdict: &str| json!({"period": "2022", "verdict": verdict});
    office.post(&path, verdict("met")).await.invalid("/reason", "reason_required");
    office.post(&path, json!({"period": "2025", "verdict": "met"})).await.invalid("/period", "no_target");
    app.leader().post(&path, verdict("not_met")).await.refused(403, "forbidden");
    // Hậu Giang 2011-2015 counted 13.12 against 13.5 among the achieved.
    let why = with(verdict("basically_met"), json!({"reason": "Xấp xỉ mục tiêu", "document": "284/BC-UBND"}));
    let decided = office.post(&path, why).key("k").await.expect(201);
    let item = &decided.json["items"][0];
    assert_eq!((&item["computed"]["verdict"], &item["verdict"]), (&json!("not_met"), &json!("basically_met")));
    assert_eq!((&item["official"]["reason"], &item["official"]["recorded_by"]), (&json!("Xấp xỉ mục tiêu"), &json!("office")));
    app.pass(1);
    let _ = office.post(&path, verdict("not_met")).await.expect(201);
    let now = app.inspector().get(&path).await.expect(200).json["items"][0].clone();
    assert_eq!((&now["verdict"], &now["earlier"][0]["verdict"]), (&json!("not_met"), &json!("basically_met")));
}

async fn a_trend_shows_the_path_and_the_ranks(app: TestApp) {
    let rank = json!({
        "name": "Chỉ số PCI", "unit": null, "direction": "rank", "aggregation": "every_year", "history_from": 2019,
        "targets": [{"period": "2021-2025", "text": "Hằng năm trong nhóm 30 tỉnh, thành phố đầu"}]
    });
    let made = made(&app, rank).await;
    // Source: pcivietnam.vn, profile of Hậu Giang.
    for (year, place) in [("2019", "42"), ("2020", "39"), ("2021", "38"), ("2022", "12")] {
        let _ = told(&app, made.id(), year, with(value(place, "official"), json!({"rank_of": 63}))).await.expect(201);
    }
    let trend = app.leader().get(&format!("indicators/{}/trend", made.id())).await.expect(200);
    let years = trend.json["years"].as_array().unwrap();
    assert_eq!(years.iter().map(|year| year["year"].as_i64().unwrap()).collect::<Vec<_>>(), (2019..=2025).collect::<Vec<_>>());
    let of_2022 = &years[3];
    assert_eq!((&of_2022["change"], &of_2022["better"], &of_2022["rank_of"]), (&json!("-26"), &json!(true), &json!(63)));
    assert_eq!((&of_2022["required"]["number"], &of_2022["required"]["from"]), (&json!("30"), &json!("whole")));
    assert_eq!((&years[2]["on_path"], &of_2022["on_path"], &years[4]["actual"]), (&json!(false), &json!(true), &Value::Null));
    assert_eq!((&years[0]["required"], &years[0]["change"]), (&Value::Null, &Value::Null));
    let judged = app.leader().get(&format!("indicators/{}/assessments", made.id())).await.expect(200);
    assert_eq!(judged.json["items"][0]["verdict"], "not_met", "38 in 2021 decides it");
}
