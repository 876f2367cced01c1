//! Review rounds on pages: planned, opened, handed in to, frozen, approved.

use serde_json::json;

use super::dashboards::{report, verify};
use super::resolutions::congress;
use super::review_submissions::open;
use super::reviews::three_year;
use crate::common::{Browser, Response, TestApp, hidden, on_both_databases};

on_both_databases! {
    rounds_are_found_by_document_and_state,
    an_office_plans_and_decides,
    an_office_changes_rules_and_texts,
    a_unit_hands_in_and_the_office_returns,
    nobody_confirms_what_is_their_own,
    a_form_opens_where_it_may_be_sent,
    a_round_is_frozen_approved_and_corrected,
    a_reporter_sees_its_own_only,
}

/// Opens a form and sends it with what is typed, and with all it hides.
async fn fill(browser: &Browser<'_>, form: &str, to: &str, typed: &[(&str, &str)]) -> Response {
    let page = browser.get(form).await.expect(200).text;
    let hides = ["key", "version", "sha256"].into_iter().filter(|name| page.contains(&format!("name=\"{name}\" value=\"")));
    let kept: Vec<(&str, String)> = hides.map(|name| (name, hidden(&page, name))).collect();
    let kept = kept.iter().map(|(name, value)| (*name, value.as_str()));
    browser.post(to, &typed.iter().copied().chain(kept).collect::<Vec<_>>()).await
}

/// What a form says beside a field when it is refused.
fn faulty(answer: Response, field: &str) -> String {
    let page = answer.expect(422).text;
    assert!(page.contains(&format!("id=\"{field}-fault\"")), "{field}: {page}");
    page
}

async fn decide(browser: &Browser<'_>, round: &str, decision: &str) {
    let form = format!("{round}/decision");
    let _ = fill(browser, &format!("{form}?decision={decision}"), &form, &[("decision", decision)]).await.expect(303);
}

async fn rounds_are_found_by_document_and_state(app: TestApp) {
    let congress = congress(&app).await;
    let leader = app.browser_of("leader");
    let of = format!("/reviews?resolution={}", congress.id());
    let page = leader.get(&of).await.expect(200).text;
    let at = |text: &str| page.find(text).unwrap_or_else(|| panic!("no {text}: {page}"));
    assert!(at("Sơ kết 3 năm thực hiện") < at("Tổng kết 5 năm thực hiện"), "the earliest due first");
    assert!(page.contains("14/10/2023") && page.contains("Chưa mở") && !page.contains("/reviews/new"), "{page}");
    assert!(leader.get(&format!("{of}&state=frozen")).await.expect(200).text.contains("Chưa có kỳ nào."));
    leader.get("/reviews?state=gone").await.expect(400);
    assert!(leader.get(&format!("/resolutions/{}", congress.id())).await.expect(200).text.contains(&of), "its resolution leads there");
    assert!(app.browser_of("office").get(&of).await.expect(200).text.contains(&format!("/reviews/new?resolution={}", congress.id())));
    let foreign = app.browser_of("outsider").get(&format!("/reviews/{}", three_year(&app, &congress).await)).await;
    assert_eq!(foreign.status, 404);
}

async fn an_office_plans_and_decides(app: TestApp) {
    let congress = congress(&app).await;
    let office = app.browser_of("office");
    let form = format!("/reviews/new?resolution={}", congress.id());
    let yearly = [("resolution", congress.id()), ("kind", "yearly"), ("year", ""), ("due_on", "")];
    let _ = faulty(fill(&office, &form, "/reviews", &yearly).await, "year");
    let yearly = [("resolution", congress.id()), ("kind", "yearly"), ("year", "2022")];
    let planned = fill(&office, &form, "/reviews", &yearly).await.expect(303);
    let round = planned.header("location").split('?').next().unwrap().to_owned();
    let page = office.get(&round).await.expect(200).text;
    assert!(
        page.contains("Sơ kết năm 2022 thực hiện") && page.contains("31/12/2022") && page.contains(&format!("{round}/change")),
        "{page}"
    );
    assert_eq!(fill(&office, &form, "/reviews", &yearly).await.status, 409, "one a year");

    let send = format!("{round}/decision");
    let _ = faulty(fill(&office, &send, &send, &[("decision", "cancel")]).await, "reason");
    decide(&office, &round, "open").await;
    assert!(office.get(&round).await.expect(200).text.contains("Đang nhận báo cáo"));
    assert_eq!(fill(&office, &send, &send, &[("decision", "open")]).await.status, 409, "it is open");
    let _ = fill(&office, &send, &send, &[("decision", "cancel"), ("reason", "Không tổ chức")]).await.expect(303);
    let page = office.get(&round).await.expect(200).text;
    assert!(page.contains("decision=reopen") && !page.contains(&format!("{round}/change")), "{page}");
}

async fn an_office_changes_rules_and_texts(app: TestApp) {
    let congress = congress(&app).await;
    let (office, round) = (app.browser_of("office"), format!("/reviews/{}", three_year(&app, &congress).await));
    let send = format!("{round}/change");
    let mut typed = vec![
        ("due_on", "2023-10-20"),
        ("kept_bound", "met"),
        ("scale", "progress"),
        ("period", "2023"),
        ("claimed_score", "phần lớn chỉ tiêu"),
        ("results", "Kinh tế <phát triển>."),
    ];
    let wrong = faulty(fill(&office, &send, &send, &typed).await, "claimed_score");
    assert!(wrong.contains("phần lớn chỉ tiêu"), "what was typed stays: {wrong}");
    typed[4] = ("claimed_score", "16/18 chỉ tiêu đạt và vượt");
    let _ = fill(&office, &send, &send, &typed).await.expect(303);
    let page = office.get(&round).await.expect(200).text;
    assert!(page.contains("20/10/2023") && page.contains("Kinh tế &#60;phát triển&#62;.") && page.contains("Đạt tiến độ"), "{page}");
    // Two change it at once: the second is told, and keeps its words.
    let opened = office.get(&send).await.expect(200).text;
    typed[5] = ("results", "Lời của người thứ nhất");
    let _ = fill(&office, &send, &send, &typed).await.expect(303);
    typed[5] = ("results", "Lời của người thứ hai");
    let (key, version) = (hidden(&opened, "key"), hidden(&opened, "version"));
    typed.extend([("key", key.as_str()), ("version", version.as_str())]);
    let stale = office.post(&send, &typed).await.expect(412).text;
    assert!(stale.contains("Mục này đã được người khác cập nhật") && stale.contains("Lời của người thứ hai"), "{stale}");
    let _ = fill(&office, &send, &send, &[("due_on", "2023-10-20"), ("kept_bound", "met")]).await.expect(303);
    let seen = app.leader().get(&round[1..]).await.expect(200).json;
    assert_eq!((&seen["scale"], &seen["texts"]["results"], &seen["claimed_score"]), (&json!(null), &json!(null), &json!(null)));
}

async fn a_unit_hands_in_and_the_office_returns(app: TestApp) {
    let (review, task) = open(&app).await;
    let _ = report(&app, "hg-so-y-te", &task, json!({"obstacles": "Thiếu kinh phí"})).await;
    let (unit, office) = (app.browser_of("r-hg-so-y-te"), app.browser_of("office"));
    let owed = format!("/{review}/submissions/hg-so-y-te");
    let page = unit.get(&owed).await.expect(200).text;
    for part in ["Chưa gửi", "Xây dựng kế hoạch thực hiện", "GRDP bình quân đầu người", "Thiếu kinh phí"] {
        assert!(page.contains(part), "{part}: {page}");
    }
    let send = format!("{owed}/report");
    let form = unit.get(&send).await.expect(200).text;
    assert!(form.contains("Chủ trì 1 nhiệm vụ: đã hoàn thành 0"), "it begins with what was reported: {form}");
    let _ = faulty(fill(&unit, &send, &send, &[("results", " "), ("causes", "Dịch bệnh")]).await, "results");
    let _ = fill(&unit, &send, &send, &[("results", "Đã tiêm chủng.")]).await.expect(303);
    assert!(unit.get(&owed).await.expect(200).text.contains("Chờ xác nhận"));

    let judge = format!("{owed}/verification");
    unit.get(&judge).await.expect(403);
    let opened = office.get(&judge).await.expect(200).text;
    assert!(opened.contains("Đã tiêm chủng."), "{opened}");
    let _ = faulty(fill(&office, &judge, &judge, &[("outcome", "returned")]).await, "reason");
    let _ = fill(&office, &judge, &judge, &[("outcome", "returned"), ("reason", "Thiếu nguyên nhân")]).await.expect(303);
    let (key, version) = (hidden(&opened, "key"), hidden(&opened, "version"));
    let late = [("key", key.as_str()), ("version", version.as_str()), ("outcome", "verified")];
    assert!(office.post(&judge, &late).await.expect(412).text.contains("Mục này đã được người khác cập nhật"));
    let page = unit.get(&owed).await.expect(200).text;
    assert!(page.contains("Đã trả lại") && page.contains("Thiếu nguyên nhân") && page.contains("Gửi lại báo cáo"), "{page}");

    app.pass(1);
    let form = unit.get(&send).await.expect(200).text;
    assert!(form.contains("Đã tiêm chủng.") && form.contains("Thiếu nguyên nhân"), "{form}");
    let _ = fill(&unit, &send, &send, &[("results", "Đã tiêm chủng."), ("causes", "Dịch bệnh")]).await.expect(303);
    let opened = office.get(&judge).await.expect(200).text;
    assert!(opened.contains("Lần 2") && opened.contains("Nguyên nhân") && opened.contains("Dịch bệnh"), "{opened}");
    let _ = fill(&office, &judge, &judge, &[("outcome", "verified")]).await.expect(303);
    unit.get(&send).await.expect(409);
    office.get(&judge).await.expect(409);
    let page = unit.get(&owed).await.expect(200).text;
    assert!(page.contains("Lần 2") && page.contains("Lần 1") && page.contains("Đã xác nhận") && !page.contains(&send), "{page}");
    let list = office.get(&format!("/{review}")).await.expect(200).text;
    assert!(list.contains("badge verified") && list.contains("badge owed"), "{list}");
}

async fn nobody_confirms_what_is_their_own(app: TestApp) {
    let (review, _) = open(&app).await;
    let (office, owed) = (app.browser_of("office"), format!("/{review}/submissions/hg-so-tai-chinh"));
    let (send, judge) = (format!("{owed}/report"), format!("{owed}/verification"));
    let texts = [
        ("results", "Đã quyết toán."),
        ("obstacles", "Giải ngân chậm."),
        ("causes", "Giá tăng."),
        ("lessons", "Giao vốn sớm."),
        ("proposals", "Bổ sung vốn."),
    ];
    let _ = fill(&office, &send, &send, &texts).await.expect(303);
    // The office hands in for a unit, and says so; what is offered is to return it.
    let page = office.get(&owed).await.expect(200).text;
    assert!(page.contains("văn phòng gửi thay") && page.contains(&judge) && !page.contains("Xác nhận hoặc trả lại"), "{page}");
    let form = office.get(&judge).await.expect(200).text;
    assert!(form.contains("value=\"returned\"") && !form.contains("value=\"verified\""), "{form}");
    let headings = ["Kết quả", "Tồn tại, hạn chế", "Nguyên nhân", "Bài học kinh nghiệm", "Kiến nghị, đề xuất"];
    for part in headings.into_iter().chain(texts.map(|(_, text)| text)) {
        assert!(form.contains(part), "{part}: {form}");
    }
    let sent = fill(&office, &judge, &judge, &[("outcome", "verified")]).await.expect(409).text;
    assert!(sent.contains("Không tự xác nhận báo cáo"), "{sent}");
    let other = app.browser_of("office-entry").get(&judge).await.expect(200).text;
    assert!(other.contains("value=\"verified\""), "{other}");
}

async fn a_form_opens_where_it_may_be_sent(app: TestApp) {
    let (review, _) = open(&app).await;
    let reporter = app.reporter("hg-so-y-te");
    let (unit, office) = (app.browser_of("r-hg-so-y-te"), app.browser_of("office"));
    let owed = format!("/{review}/submissions/hg-so-y-te");
    let (send, judge) = (format!("{owed}/report"), format!("{owed}/verification"));
    assert_eq!(office.get(&judge).await.status, 409, "nothing was handed in");
    assert_eq!(app.browser_of("outsider").get(&judge).await.status, 404);
    office.get(&format!("/{review}/submissions/hg-so-khoa-hoc-va-cong-nghe/verification")).await.expect(404);
    let _ = reporter.put(&owed[1..], json!({"results": "Xong"})).await.expect(201);
    office.get(&judge).await.expect(200);
    let cancel = json!({"decision": "cancel", "reason": "Không tổ chức"});
    let _ = app.office().post(&format!("{review}/decisions"), cancel).await.expect(201);
    for (browser, form) in [(&unit, &send), (&office, &send), (&office, &judge)] {
        assert_eq!(browser.get(form).await.status, 409, "it is not held: {form}");
    }
    let page = office.get(&owed).await.expect(200).text;
    assert!(!page.contains(&send) && !page.contains(&judge), "{page}");
}

async fn a_round_is_frozen_approved_and_corrected(app: TestApp) {
    let (review, task) = open(&app).await;
    let told = report(&app, "hg-so-y-te", &task, json!({"percent": 40})).await;
    verify(&app, &told).await;
    let _ = app.office().change(&review, json!({"claimed_score": "1/1 chỉ tiêu đạt và vượt"})).await.expect(200);
    app.set_time("2023-10-05");
    let (office, round) = (app.browser_of("office"), format!("/{review}"));
    decide(&office, &round, "consolidate").await;
    let page = office.get(&round).await.expect(200).text;
    for part in ["<strong>0/1</strong>", "Không khớp với số liệu", "báo cáo ghi 1, số liệu là 0", "Sở Y tế", "40%", "Bản dự thảo"]
    {
        assert!(page.contains(part), "{part}: {page}");
    }
    let freeze = format!("{round}/freeze");
    assert!(office.get(&freeze).await.expect(200).text.contains("Số đơn vị chưa có báo cáo được xác nhận: 2."));
    let _ = faulty(fill(&office, &freeze, &freeze, &[("as_of", "")]).await, "early_reason");
    let _ = faulty(fill(&office, &freeze, &freeze, &[("early_reason", "Sắp xếp")]).await, "missing_reason");
    let why = [("early_reason", "Sắp xếp đơn vị"), ("missing_reason", "Hai sở chưa gửi")];
    let _ = faulty(fill(&office, &freeze, &freeze, &[why[0], why[1], ("as_of", "2023-10-05")]).await, "as_of");
    let _ = fill(&office, &freeze, &freeze, &why).await.expect(303);
    let sha256 = app.leader().get(&format!("{review}/freeze")).await.expect(200).json["sha256"].as_str().unwrap().to_owned();
    let page = office.get(&round).await.expect(200).text;
    for part in [sha256.as_str(), "04/10/2023", "Hai sở chưa gửi", "Chưa có lãnh đạo phê duyệt", "report.docx", "report.xlsx"]
    {
        assert!(page.contains(part), "{part}: {page}");
    }
    assert!(!page.contains(&format!("{round}/approval")), "the office does not sign");

    let leader = app.browser_of("leader");
    let approval = format!("{round}/approval");
    assert!(leader.get(&approval).await.expect(200).text.contains(&sha256), "one sees what one approves");
    let other = leader.post(&approval, &[("sha256", &"0".repeat(64))]).await.expect(422).text;
    assert!(other.contains("không phải nội dung đã chốt"), "{other}");
    let _ = fill(&leader, &approval, &approval, &[("post", "Phó Bí thư Tỉnh ủy")]).await.expect(303);
    let page = leader.get(&round).await.expect(200).text;
    assert!(page.contains("Phó Bí thư Tỉnh ủy") && !page.contains(&approval), "{page}");
    let (form, send) = (format!("{round}/errata/new"), format!("{round}/errata"));
    let _ = faulty(fill(&office, &form, &send, &[("text", "")]).await, "text");
    let _ = fill(&office, &form, &send, &[("text", "Biểu 1: đọc là 93,78.")]).await.expect(303);
    assert!(leader.get(&round).await.expect(200).text.contains("Biểu 1: đọc là 93,78."));

    let file = leader.get(&format!("{round}/report.docx")).await.expect(200);
    assert!(file.body.starts_with(b"PK") && file.header("content-disposition").contains("bao-cao-so-ket-2023-10-04.docx"));
    assert!(leader.get(&format!("{round}/report.xlsx")).await.expect(200).body.starts_with(b"PK"));
    what_differs_is_told_in_words(&app, &round).await;
}

/// Of a frozen round, while nothing differs and after somebody altered a percentage.
async fn what_differs_is_told_in_words(app: &TestApp, round: &str) {
    let leader = app.browser_of("leader");
    let same = leader.get(&format!("{round}/diff?against=record")).await.expect(200).text;
    assert!(same.contains("Không có gì khác.") && same.contains("Nội dung còn nguyên"), "{same}");
    let _ = app.db_sql("UPDATE progress_reports SET percent = 9000");
    let altered = leader.get(&format!("{round}/diff?against=record")).await.expect(200).text;
    for part in ["/tasks/units/hg-so-y-te/verified", "Đơn vị › Sở Y tế › Đã xác nhận", "40%", "90%", "giá trị khác"] {
        assert!(altered.contains(part), "{part}: {altered}");
    }
    leader.get(&format!("{round}/diff?against=then")).await.expect(400);
}

async fn a_reporter_sees_its_own_only(app: TestApp) {
    let (review, _) = open(&app).await;
    let _ = (app.reporter("hg-so-y-te"), app.reporter("hg-so-tai-chinh"));
    let (unit, round) = (app.browser_of("r-hg-so-y-te"), format!("/{review}"));
    let page = unit.get(&round).await.expect(200).text;
    assert!(page.contains(&format!("{round}/submissions/hg-so-y-te")) && !page.contains("hg-so-tai-chinh"), "{page}");
    for part in ["Kết quả thực hiện nhiệm vụ", "id=\"texts\"", "Văn phòng chưa ghi nội dung", "report.docx", "/decision", "/change"]
    {
        assert!(!page.contains(part), "{part}: {page}");
    }
    for path in ["submissions/hg-so-tai-chinh", "submissions/hg-so-tai-chinh/report", "report.docx", "report.xlsx", "diff", "freeze"] {
        unit.get(&format!("{round}/{path}")).await.expect(403);
    }
    unit.get(&format!("{round}/submissions/khong-co")).await.expect(404);
    let all = app.browser_of("leader").get(&round).await.expect(200).text;
    assert!(all.contains("hg-so-tai-chinh") && all.contains("Kết quả thực hiện nhiệm vụ") && all.contains("id=\"texts\""), "{all}");
    let english = unit.get(&format!("/language?to=en&back={round}")).await.expect(303);
    assert!(unit.get(english.header("location")).await.expect(200).text.contains("What units hand in"));
}
