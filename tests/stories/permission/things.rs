//! One thing of each sort for the operations to be asked about.

use std::collections::BTreeMap;

use resolution_tracker::domain::permission::Role;
use serde_json::{Value, json};

use super::super::progress_reports::{logged, report};
use super::super::resolutions::{congress, with};
use super::super::tasks::{draft, issued};
use crate::common::world::{self, On};
use crate::common::{Actor, TestApp};

/// Ids and codes by the part of the address before them.
pub type Things = BTreeMap<&'static str, String>;

async fn made(actor: &Actor<'_>, noun: &str, body: Value) -> String {
    actor.post(noun, body).await.expect(201).id().to_owned()
}

/// What the addresses name, by the part of the address before it: all of Sở Y tế, or of the province.
pub async fn things(app: &TestApp) -> Things {
    let congress = congress(app).await;
    let (resolution, term) = (congress.id().to_owned(), congress.json["term"].as_str().unwrap().to_owned());
    let task = issued(app, draft("Xây dựng kế hoạch")).await;
    let report = logged(app, &task, with(report(10), json!({"proposals": ["Bố trí vốn"]}))).await;
    let proposal = report.json["proposals"][0]["id"].as_str().unwrap().to_owned();
    let report = report.id().to_owned();
    let asked = json!({"weight": 2, "reason": "Việc lớn"});
    let asked = made(&app.reporter("hg-so-y-te"), &format!("tasks/{task}/commitment-requests"), asked).await;
    let file = super::super::attachments::sent(&app.reporter("hg-so-y-te"), &task, "Kế hoạch.pdf").await.id().to_owned();
    let post = made(&app.admin(), "posts", json!({"unit": "hg-tinh-uy", "title": "Phó Bí thư Tỉnh ủy"})).await;
    let told = made(&app.office(), "instructions", json!({"task": task, "text": "Báo cáo rõ", "from_post": post})).await;
    let table = "STT,Nhiệm vụ,Chủ trì\n1,Khám bệnh,Sở Y tế\n";
    let import = super::super::imports::send(&app.office(), "kind=tasks&source=x1", table).await.expect(201).id().to_owned();
    let mut things = Things::from([
        ("integrity", "backdated".to_owned()),
        ("by-ref", "edoc".to_owned()),
        ("edoc", "42".to_owned()),
        ("terms", term),
        ("tasks", task),
        ("progress-reports", report),
        ("commitment-requests", asked),
        ("instructions", told),
        ("proposals", proposal),
        ("period-locks", made(&app.office(), "period-locks", json!({"period": "2022"})).await),
        ("attachments", file),
        ("imports", import),
        ("templates", "areas.xlsx".to_owned()),
    ]);
    things.extend(of_the_directory(app).await);
    things.extend(of_the_documents(app, &resolution).await);
    things.extend(of_dissemination(app, &resolution).await);
    things.extend(of_the_indicators(app, &resolution).await);
    // Freezing asks for a day that is over.
    app.set_time("2023-10-03");
    things.extend([("reviews", super::super::review_reports::frozen(app).await), ("submissions", "hg-so-y-te".to_owned())]);
    things
}

async fn of_the_directory(app: &TestApp) -> Things {
    let admin = app.admin();
    let user = app.db(|conn, _| world::db_account(conn, "somebody", &[(Role::Leader, On::Unit("hg-so-y-te"))])).id.to_string();
    let grant = admin.get(&format!("users/{user}/grants")).await.expect(200).texts("id")[0].to_owned();
    let reform = json!({"effective_on": "2023-11-01", "legal_basis": "Thử", "events": [{"kind": "dissolve", "from": ["hg-huyen-chau-thanh-a-dang"]}]});
    let reform = admin.post("unit-events", reform).await.expect(201).json["events"][0]["id"].as_str().unwrap().to_owned();
    let client = json!({"code": "edoc", "name": "Văn bản", "scopes": ["work_read"], "unit": "hg-so-y-te"});
    let field = json!({"code": "xay-dung-dang", "name": "Xây dựng Đảng", "ordinal": 1});
    Things::from([
        ("api-clients", made(&admin, "api-clients", client).await),
        ("areas", "hg-huyen-vi-thuy".to_owned()),
        ("units", "hg-so-y-te".to_owned()),
        ("briefings", "hg-so-y-te".to_owned()),
        ("posts", made(&admin, "posts", json!({"unit": "hg-so-y-te", "title": "Giám đốc"})).await),
        ("unit-events", reform),
        ("unit-groups", made(&admin, "unit-groups", super::super::unit_groups::districts()).await),
        ("fields", made(&admin, "fields", field).await),
        ("calendar-days", "2021-09-02".to_owned()),
        ("users", user),
        ("grants", grant),
    ])
}

async fn of_the_documents(app: &TestApp, resolution: &str) -> Things {
    let office = app.office();
    let part = json!({"resolution": resolution, "ordinal": 1, "title": "Tên"});
    let programme = json!({"title": "Kế hoạch", "kind": "plan", "issuer": "hg-tinh-uy", "scope": "term", "state": "adopted"});
    let clause = json!({"path": "I", "kind": "task", "heading": "Nhiệm vụ"});
    Things::from([
        ("programmes", made(&office, "programmes", programme).await),
        ("breakthroughs", made(&office, "breakthroughs", part.clone()).await),
        ("pillars", made(&office, "pillars", part.clone()).await),
        ("objectives", made(&office, "objectives", with(part.clone(), json!({"level": "general"}))).await),
        ("task-groups", made(&office, "task-groups", with(part, json!({"kind": "task"}))).await),
        ("clauses", made(&office, &format!("resolutions/{resolution}/clauses"), clause).await),
        ("lag", resolution.to_owned()),
        ("resolutions", resolution.to_owned()),
    ])
}

async fn of_dissemination(app: &TestApp, resolution: &str) -> Things {
    let office = app.office();
    let event = json!({
        "title": "Hội nghị", "resolution": resolution, "kind": "study", "level": "province", "host": "hg-so-y-te", "state": "draft"
    });
    let praise = json!({
        "resolution": resolution, "level": "province", "form": "certificate_of_merit", "awarding_unit": "hg-so-y-te", "collectives": 1,
        "individuals": 0
    });
    Things::from([
        ("dissemination-events", made(&office, "dissemination-events", event).await),
        ("essays", "hg-so-y-te".to_owned()),
        ("good-practices", made(&office, "good-practices", json!({"title": "Cách làm hay", "owner_unit": "hg-so-y-te"})).await),
        ("commendations", made(&office, "commendations", praise).await),
    ])
}

async fn of_the_indicators(app: &TestApp, resolution: &str) -> Things {
    let indicator = super::super::indicators::indicator(resolution, 1, json!({"lead_unit": "hg-so-y-te"}));
    let indicator = made(&app.office(), "indicators", indicator).await;
    let value = json!({"text": "12", "stage": "official"});
    let _ = app.reporter("hg-so-y-te").put(&format!("indicators/{indicator}/values/2022"), value).await.expect(201);
    Things::from([("indicators", indicator), ("values", "2022".to_owned()), ("targets", "2025".to_owned())])
}
