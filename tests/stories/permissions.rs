//! Every route × role: what the table of `domain::permission` denies is 403, and nothing else is.

use actix_web::http::Method;
use resolution_tracker::api::openapi::document;
use resolution_tracker::domain::Id;
use resolution_tracker::domain::permission::{Capability, Role, allows};
use serde_json::{Value, json};

use crate::common::world::On;
use crate::common::{Actor, TestApp, on_both_databases};

on_both_databases! {
    every_route_asks_for_its_right,
    a_right_ends_where_its_grant_ends,
}

/// What an operation needs; `None` where it is enough to have signed in. Reading and writing follow
/// from the tag and the method, except for what is named here.
fn needed(tag: &str, method: &str, id: &str) -> Option<Capability> {
    use Capability as C;
    let reads = method == "get";
    match (tag, id) {
        ("auth", _) => None,
        (_, "create_progress_report") => Some(C::LogProgress),
        (_, "verify_progress_report") => Some(C::Verify),
        (_, "create_commitment_change") => Some(C::ChangeCommitments),
        (_, "parse_deadline") => Some(C::ReadWork),
        ("directory", _) => Some(if reads { C::ReadDirectory } else { C::WriteDirectory }),
        ("users", _) => Some(if reads { C::ReadAccounts } else { C::WriteAccounts }),
        ("documents" | "tasks" | "reviews", _) => Some(if reads { C::ReadWork } else { C::WriteWork }),
        ("dashboards", _) => Some(C::ReadDashboards),
        ("journal", _) => Some(C::ReadAudit),
        _ => panic!("{method} {id}: say which right an operation of {tag:?} needs"),
    }
}

async fn every_route_asks_for_its_right(app: TestApp) {
    let actors: Vec<(Role, Actor<'_>)> =
        Role::ALL.iter().map(|role| (*role, app.account_with(&format!("any-{role}"), &[(*role, On::Area("hg"))]))).collect();
    let (before, mut wrong) = (app.position(), Vec::new());
    for (path, item) in document()["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let tag = operation["tags"][0].as_str().unwrap();
            let Some(right) = needed(tag, method, operation["operationId"].as_str().unwrap()) else { continue };
            for (role, actor) in &actors {
                let status = status_of(actor, method, path, operation).await;
                let denied = status == 403;
                if denied == allows(*role, right) {
                    wrong.push(format!("{method} {path}: {role} needs {right} and was answered {status}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
    assert_eq!(app.position(), before, "nothing was written");
}

/// Asks for something that does not exist, with an empty body: whoever may ask is told so.
async fn status_of(actor: &Actor<'_>, method: &str, path: &str, operation: &Value) -> u16 {
    let parts = path.split('/').map(|part| if part.starts_with('{') { Id::NIL.to_string() } else { part.to_owned() });
    let parameters = operation["parameters"].as_array().cloned().unwrap_or_default();
    let required = parameters.iter().filter(|p| p["in"] == "query" && p["required"] == true);
    let query = required.map(|p| format!("{}={}", p["name"].as_str().unwrap(), p["example"].as_str().unwrap_or("x"))).collect::<Vec<_>>();
    let address = format!("{}?{}", parts.collect::<Vec<_>>().join("/"), query.join("&"));
    let call = actor.call(method.to_uppercase().parse::<Method>().unwrap(), address.trim_end_matches('?'));
    let call = if operation.get("requestBody").is_some() { call.json(json!({})) } else { call };
    call.if_match("\"1\"").await.status
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
