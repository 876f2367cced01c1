//! Who may what: every operation of the contract, asked by every role.
//!
//! The table says who may what, role by role. An operation without a row fails the test, so does a row
//! without its operation.

mod things;

use std::collections::{BTreeMap, BTreeSet};

use actix_web::http::Method;
use resolution_tracker::api::openapi::document;
use resolution_tracker::domain::permission::Role;
use serde_json::json;

use crate::common::world::{self, On};
use crate::common::{Actor, TestApp, on_both_databases};
use things::things;

on_both_databases! {
    every_role_may_do_what_the_table_says,
    another_province_has_no_addresses,
    a_right_ends_where_its_grant_ends,
}

/// Everybody who asks. `neighbour` is the reporter of a unit that the thing asked for is not of.
const ROLES: [&str; 7] = ["admin", "office", "leader", "reporter", "neighbour", "inspector", "integration"];

/// Anybody who is signed in.
const SIGNED_IN: &str = "admin office leader reporter neighbour inspector integration";
/// All of the province is read by everybody but other systems, which have scopes.
const READERS: &str = "admin office leader reporter neighbour inspector";
/// Reporters read what their own subtree leads or helps with.
const READERS_OF_OWN: &str = "admin office leader reporter inspector";
/// An area is more than what a unit reports on.
const READERS_OF_ALL: &str = "admin office leader inspector";
/// Whoever keeps accounts, and who inspects them.
const READERS_OF_ACCOUNTS: &str = "admin inspector";
/// The journal: all of it, or one's own actions.
const READERS_OF_AUDIT: &str = "admin office reporter neighbour inspector";

#[rustfmt::skip]
const TABLE: &[(&str, &[&str])] = &[
    (SIGNED_IN, &["GET /me", "PUT /me/password", "GET /me/notifications", "PUT /me/notifications", "POST /auth/logout"]),
    (READERS_OF_ACCOUNTS, &["GET /users", "GET /users/{user}", "GET /users/{user}/grants", "GET /users/{user}/grants/{grant}"]),
    (READERS_OF_ACCOUNTS, &["GET /api-clients", "GET /api-clients/{client}"]),
    ("admin", &[
        "POST /api-clients", "PATCH /api-clients/{client}", "POST /api-clients/{client}/key", "POST /api-clients/{client}/revocation",
        "POST /users", "PATCH /users/{user}", "POST /users/{user}/password",
        "POST /users/{user}/grants", "POST /users/{user}/grants/{grant}/revocation",
        "POST /areas", "PATCH /areas/{area}", "PUT /areas/by-ref/{system}/{external_id}",
        "POST /units", "PATCH /units/{unit}", "PUT /units/by-ref/{system}/{external_id}", "POST /posts", "PATCH /posts/{post}",
        "POST /unit-events", "POST /unit-events/{event}/revocation",
        "PUT /areas/{area}/required-clears",
        "POST /unit-groups", "PATCH /unit-groups/{group}", "POST /unit-groups/{group}/voiding",
        "POST /terms", "PATCH /terms/{term}", "POST /fields", "PATCH /fields/{field}",
        "PUT /calendar-days/{day}", "POST /calendar-days/{day}/voiding",
    ]),
    (READERS, &[
        "GET /areas", "GET /areas/{area}", "GET /units", "GET /units/{unit}", "GET /posts", "GET /posts/{post}", "GET /unit-events", "GET /unit-events/{event}",
        "GET /areas/{area}/required-clears", "GET /dashboards/six-clears",
        "GET /unit-groups", "GET /unit-groups/{group}", "GET /unit-groups/{group}/members",
        "GET /terms", "GET /terms/{term}", "GET /fields", "GET /fields/{field}",
        "GET /calendar-days", "GET /calendar-days/{day}",
        "GET /resolutions", "GET /resolutions/{id}", "GET /resolutions/{resolution}/graph", "GET /resolutions/{resolution}/coverage",
        "GET /programmes/{programme}/graph", "GET /resolutions/{resolution}/clauses", "GET /clauses/{clause}", "POST /documents/parse-number",
        "GET /programmes", "GET /programmes/{id}",
        "GET /breakthroughs", "GET /breakthroughs/{id}", "GET /pillars", "GET /pillars/{id}",
        "GET /objectives", "GET /objectives/{id}", "GET /task-groups", "GET /task-groups/{id}",
        "GET /reviews", "GET /reviews/{review}", "GET /reviews/{review}/submissions", "GET /reviews/{review}/snapshots", "GET /reviews/{review}/freeze",
        "GET /exports/areas.xlsx", "GET /exports/areas.csv", "GET /exports/units.xlsx", "GET /exports/units.csv",
        "GET /exports/tasks.xlsx", "GET /exports/tasks.csv",
        "GET /imports/templates/{kind}.xlsx",
        "GET /tasks", "GET /progress-reports", "GET /commitment-requests", "GET /instructions", "GET /proposals", "GET /period-locks", "GET /period-locks/{lock}", "POST /deadlines/parse", "GET /changes",
        "GET /dashboards/overview", "GET /dashboards/units", "GET /dashboards/areas", "GET /dashboards/objectives",
        "GET /dashboards/breakthroughs", "GET /dashboards/resolutions", "GET /dashboards/pillars", "GET /dashboards/lag", "GET /search",
        "GET /dashboards/explain", "GET /dashboards/silent", "GET /dashboards/loops", "GET /dashboards/late", "GET /dashboards/statistics", "GET /dashboards/ranking", "GET /dashboards/trend", "GET /dashboards/indicators", "GET /indicators", "GET /indicators/{indicator}", "GET /indicators/{indicator}/values", "GET /indicators/{indicator}/values/{period}",
        "GET /indicators/{indicator}/assessments", "GET /indicators/{indicator}/trend", "POST /targets/assess", "GET /dashboards/programmes", "GET /dashboards/task-groups", "GET /dashboards/fields",
        "GET /dashboards/lag/{resolution}/units", "GET /dashboards/lag/{resolution}/areas",
        "GET /dissemination-events", "GET /good-practices", "GET /commendations",
        "GET /resolutions/{id}/dissemination", "GET /programmes/{id}/results",
    ]),
    (READERS_OF_OWN, &[
        "GET /tasks/{task}", "GET /tasks/{task}/responsible", "GET /tasks/{task}/decisions", "GET /tasks/{task}/commitment-changes",
        "GET /tasks/{task}/progress-reports", "GET /tasks/{task}/contributions", "GET /tasks/{task}/attachments", "GET /attachments/{attachment}", "GET /attachments/{attachment}/content", "GET /tasks/{task}/obligations", "GET /tasks/{task}/self-verification",
        "GET /progress-reports/{report}", "GET /commitment-requests/{request}", "GET /instructions/{instruction}", "GET /proposals/{proposal}", "GET /dashboards/units/{unit}", "GET /briefings/{unit}",
        "GET /dissemination-events/{event}", "GET /good-practices/{practice}", "GET /commendations/{commendation}", "GET /reviews/{review}/submissions/{unit}",
    ]),
    (READERS_OF_ALL, &["GET /dashboards/areas/{area}", "GET /reviews/{review}/report", "GET /reviews/{review}/report.docx", "GET /reviews/{review}/report.xlsx", "GET /reviews/{review}/diff", "GET /dashboards/integrity", "GET /dashboards/integrity/{signal}"]),
    (READERS_OF_AUDIT, &["GET /audit"]),
    ("admin office", &[
        "POST /resolutions", "PATCH /resolutions/{id}", "POST /programmes", "PATCH /programmes/{id}",
        "POST /breakthroughs", "PATCH /breakthroughs/{id}", "POST /pillars", "PATCH /pillars/{id}",
        "POST /indicators", "PATCH /indicators/{indicator}", "POST /indicators/{indicator}/voiding", "PUT /indicators/{indicator}/targets/{period}", "POST /indicators/{indicator}/assessments",
        "POST /objectives", "PATCH /objectives/{id}", "POST /task-groups", "PATCH /task-groups/{id}",
        "POST /resolutions/{resolution}/clauses", "POST /resolutions/{resolution}/clauses/order", "PATCH /clauses/{clause}", "POST /clauses/{clause}/voiding",
        "POST /tasks", "PATCH /tasks/{task}", "PUT /tasks/by-ref/{system}/{external_id}", "POST /tasks/{task}/decisions", "POST /tasks/{task}/children", "POST /reviews/{review}/snapshots",
        "POST /reviews", "PATCH /reviews/{review}", "POST /reviews/{review}/decisions", "POST /reviews/{review}/freeze", "POST /reviews/{review}/errata",
        "POST /dissemination-events", "PATCH /dissemination-events/{event}", "POST /dissemination-events/{event}/voiding",
        "PUT /dissemination-events/{event}/essays/{unit}",
        "POST /good-practices", "PATCH /good-practices/{practice}", "POST /good-practices/{practice}/voiding",
        "POST /commendations", "PATCH /commendations/{commendation}", "POST /commendations/{commendation}/voiding",
        "POST /imports", "GET /imports", "GET /imports/{import}",
    ]),
    ("office reporter", &[
        "PUT /indicators/{indicator}/values/{period}", "PUT /reviews/{review}/submissions/{unit}",
        "POST /tasks/{task}/progress-reports", "POST /tasks/{task}/contributions", "POST /tasks/{task}/attachments", "POST /attachments/{attachment}/voiding", "POST /tasks/{task}/commitment-requests", "PUT /commitment-requests/{request}/withdrawal",
        "PUT /instructions/{instruction}/answer", "PUT /proposals/{proposal}/withdrawal",
    ]),
    // Its items name the tasks, each with a refusal of its own.
    ("office reporter neighbour", &["POST /progress-reports/batch"]),
    ("office leader", &[
        "PUT /commitment-requests/{request}/decision",
        "POST /instructions", "PUT /instructions/{instruction}/closing", "PUT /instructions/{instruction}/withdrawal",
        "PUT /proposals/{proposal}/answer",
    ]),
    ("leader", &["POST /reviews/{review}/approvals"]),
    ("office", &[
        "PUT /reviews/{review}/submissions/{unit}/verification",
        "PUT /indicators/{indicator}/values/{period}/verification", "PUT /progress-reports/{report}/verification", "POST /progress-reports/verifications", "PUT /tasks/{task}/self-verification",
        "POST /period-locks", "PUT /period-locks/{lock}/opening", "POST /period-locks/{lock}/exceptions", "POST /tasks/{task}/commitment-changes",
    ]),
];

/// Who may, by operation.
fn table() -> BTreeMap<&'static str, BTreeSet<&'static str>> {
    let rows = TABLE.iter().flat_map(|(who, operations)| operations.iter().map(|operation| (*operation, who.split(' ').collect())));
    let (rows, table) = (rows.clone().count(), rows.collect::<BTreeMap<_, _>>());
    assert_eq!(rows, table.len(), "an operation stands in the table twice");
    table
}

/// Every operation that wants a token, as `METHOD /path`.
fn operations() -> BTreeSet<String> {
    let paths = document()["paths"].as_object().unwrap();
    let of_path = |(path, item): (&String, &'static serde_json::Value)| {
        // What is public says so with an empty list.
        let is_secured = |operation: &serde_json::Value| operation["security"].as_array().is_none_or(|ways| !ways.is_empty());
        let secured = item.as_object().unwrap().iter().filter(|(_, operation)| is_secured(operation));
        let path = path.trim_start_matches("/api/v1").to_owned();
        secured.map(move |(method, _)| format!("{} {path}", method.to_uppercase())).collect::<Vec<_>>()
    };
    paths.iter().flat_map(of_path).collect()
}

/// The operation's address with what stands for its names, and what it is sent.
struct Question {
    method: Method,
    path: String,
}

impl Question {
    fn new(operation: &str, things: &BTreeMap<&str, String>) -> Self {
        let (method, template) = operation.split_once(" /").unwrap();
        let mut path: Vec<&str> = Vec::new();
        for part in template.split('/') {
            let noun = path.last().copied().unwrap_or_default();
            path.push(if part.starts_with('{') { things.get(noun).unwrap_or_else(|| panic!("no {noun} for {operation}")) } else { part });
        }
        Self { method: method.parse().unwrap(), path: path.join("/") }
    }

    /// Asks with an empty object, which every operation takes or finds incomplete: permission comes first.
    async fn ask(&self, actor: &Actor<'_>) -> u16 {
        let call = actor.call(self.method.clone(), &self.path);
        let call = match self.method {
            Method::GET => call,
            Method::POST => call.json(json!({})),
            _ => call.json(json!({})).if_match("*"),
        };
        call.await.status
    }
}

fn actor<'a>(app: &'a TestApp, role: &str) -> Actor<'a> {
    match role {
        "reporter" => app.reporter("hg-so-y-te"),
        "neighbour" => app.reporter("hg-so-tai-chinh"),
        name => app.account(name),
    }
}

async fn every_role_may_do_what_the_table_says(app: TestApp) {
    let (table, things) = (table(), things(&app).await);
    app.db(|conn, _| world::db_account(conn, "integration", &[(Role::Integration, On::Area("hg"))]));
    let missing: Vec<String> = operations().into_iter().filter(|o| !table.contains_key(o.as_str())).collect();
    let gone: Vec<&&str> = table.keys().filter(|row| !operations().contains(**row)).collect();
    assert!(missing.is_empty() && gone.is_empty(), "without a row: {missing:?}, without an operation: {gone:?}");
    let mut wrong = Vec::new();
    for (operation, allowed) in &table {
        let question = Question::new(operation, &things);
        for role in ROLES {
            // A session of its own each time: signing out ends it.
            let status = question.ask(&actor(&app, role)).await;
            let fits = if allowed.contains(role) { ![401, 403, 404].contains(&status) && status < 500 } else { status == 403 };
            if !fits {
                wrong.push(format!("{operation} by {role}: {status}"));
            }
        }
        if question.ask(&app.anonymous()).await != 401 {
            wrong.push(format!("{operation} by nobody"));
        }
    }
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

/// Whoever may do everything elsewhere finds nothing here; only fields, the calendar and the rules of signals are
/// everybody's, and a name in another system is one of the province that writes it.
async fn another_province_has_no_addresses(app: TestApp) {
    let things = things(&app).await;
    let (before, outsider) = (app.position(), app.outsider());
    let mut found = Vec::new();
    let shared = ["/fields/", "/calendar-days/", "/by-ref/", "/templates/", "/integrity/"];
    for operation in table().into_keys().filter(|o| o.contains('{') && !shared.iter().any(|noun| o.contains(noun))) {
        let status = Question::new(operation, &things).ask(&outsider).await;
        if status != 404 {
            found.push(format!("{operation}: {status}"));
        }
    }
    assert!(found.is_empty(), "\n{}\n", found.join("\n"));
    for list in table().into_keys().filter(|o| o.starts_with("GET ") && !o.contains('{')) {
        let text = outsider.get(&list["GET /".len()..]).await.expect(200).text;
        for (noun, id) in things
            .iter()
            .filter(|(noun, _)| !["fields", "calendar-days", "by-ref", "edoc", "integrity", "values", "targets"].contains(noun))
        {
            assert!(!text.contains(id.as_str()), "{list} shows {noun}: {text}");
        }
    }
    assert_eq!(app.position(), before);
}

/// Inside one's own province what lies beyond one's grant is 403, in another it is not there.
async fn a_right_ends_where_its_grant_ends(app: TestApp) {
    let admin = app.account_with("admin-vi-thuy", &[(Role::Admin, On::Area("hg-huyen-vi-thuy"))]);
    let change = |path: &'static str| admin.patch(path, json!({"note": "x"})).if_match("*");
    change("units/hg-huyen-vi-thuy-dang").await.expect(200);
    change("areas/hg-xa-vi-trung").await.expect(200);
    change("units/hg-so-y-te").await.refused(403, "forbidden");
    change("areas/hg").await.refused(403, "forbidden");
    change("units/hd-so-tu-phap").await.refused(404, "not_found");
    change("areas/hd").await.refused(404, "not_found");
    // A grant that is revoked is gone with the next request.
    app.db_sql("UPDATE grants SET revoked_at = recorded_at WHERE user_id = (SELECT id FROM users WHERE username = 'admin-vi-thuy')");
    change("units/hg-huyen-vi-thuy-dang").await.refused(403, "forbidden");
}
