//! The contract: it is what is committed, it is complete, and it tells the truth.

use std::collections::{BTreeMap, BTreeSet};

use actix_web::http::Method;
use resolution_tracker::api::openapi::document;
use resolution_tracker::error::{codes, rules};
use serde_json::Value;

use crate::common::{Kind, TestApp};

/// Method, path and description of every operation.
fn operations() -> Vec<(String, String, &'static Value)> {
    let paths = document()["paths"].as_object().unwrap();
    let of_path = |(path, item): (&String, &'static Value)| {
        let methods = item.as_object().unwrap().iter();
        methods.map(|(method, operation)| (method.to_uppercase(), path.clone(), operation)).collect::<Vec<_>>()
    };
    paths.iter().flat_map(of_path).collect()
}

#[test]
fn the_committed_contract_is_the_codes() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/openapi/openapi.json");
    let committed: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap_or_default()).unwrap_or_default();
    assert!(&committed == document(), "openapi/openapi.json is out of date: run scripts/openapi and commit the file");
}

#[test]
fn every_operation_explains_itself() {
    let tags: BTreeSet<&str> = document()["tags"].as_array().unwrap().iter().map(|tag| tag["name"].as_str().unwrap()).collect();
    let mut poor = Vec::new();
    let mut ids = BTreeMap::new();
    assert!(operations().len() >= 13);
    for (method, path, operation) in operations() {
        let mut complain = |what: &str| poor.push(format!("{method} {path}: {what}"));
        let id = operation["operationId"].as_str().unwrap_or_default();
        if !id.split_once('_').is_some_and(|(verb, noun)| !verb.is_empty() && !noun.is_empty())
            && !matches!(id, "login" | "refresh" | "logout")
        {
            complain(&format!("its operationId {id:?} is no verb_resource"));
        }
        if let Some(other) = ids.insert(id, format!("{method} {path}")) {
            complain(&format!("its operationId {id:?} is that of {other}"));
        }
        let summary = operation["summary"].as_str().unwrap_or_default();
        if summary.is_empty() || summary.ends_with('.') || summary.len() > 60 {
            complain(&format!("its summary {summary:?} is missing, long or ends in a full stop"));
        }
        if !operation["tags"].as_array().is_some_and(|own| own.len() == 1 && tags.contains(own[0].as_str().unwrap_or_default())) {
            complain("it needs exactly one of the tags of the document");
        }
        let statuses: Vec<&String> = operation["responses"].as_object().unwrap().keys().collect();
        if !statuses.iter().any(|s| s.starts_with('2')) || !statuses.iter().any(|s| s.starts_with('4')) {
            complain(&format!("it answers {statuses:?} only"));
        }
        for (status, response) in operation["responses"].as_object().unwrap() {
            if response["description"].as_str().unwrap_or_default().is_empty() {
                complain(&format!("{status} has no description"));
            }
        }
        for parameter in operation["parameters"].as_array().into_iter().flatten() {
            if parameter["description"].as_str().unwrap_or_default().is_empty() {
                complain(&format!("the parameter {} has no description", parameter["name"]));
            }
        }
    }
    assert!(poor.is_empty(), "\n{}\n", poor.join("\n"));
}

#[test]
fn every_reference_points_somewhere() {
    let text = document().to_string();
    let references = text.split("\"$ref\":\"#").skip(1).map(|rest| rest.split('"').next().unwrap());
    let dangling: BTreeSet<&str> = references.filter(|pointer| document().pointer(pointer).is_none()).collect();
    assert_eq!(dangling, BTreeSet::new());
}

/// Programs branch on codes, so each is in the contract, under the status it comes with.
#[test]
fn every_code_is_documented() {
    let all: Vec<_> = operations().into_iter().map(|(_, _, operation)| &operation["responses"]).collect();
    // Answered to addresses that are in no contract, and to forms of pages.
    let outside = ["method_not_allowed", "foreign_form"];
    for code in codes::ALL.iter().filter(|code| !outside.contains(&code.name)) {
        let said = |r: &&Value| r[code.status.to_string()]["description"].as_str().is_some_and(|d| d.contains(&format!("`{}`", code.name)));
        assert!(all.iter().any(said), "{} {} is in no description", code.status, code.name);
    }
}

#[test]
fn every_rule_speaks_both_languages() {
    let names: BTreeSet<&str> = rules::ALL.iter().map(|rule| rule.name).collect();
    assert_eq!(names.len(), rules::ALL.len(), "two rules have one name");
    let braces = |text: &str| text.split('{').skip(1).map(|rest| rest.split('}').next().unwrap().to_owned()).collect::<BTreeSet<_>>();
    for rule in rules::ALL {
        assert!(!rule.vi.is_empty() && !rule.en.is_empty(), "{}", rule.name);
        assert_eq!(braces(rule.vi), braces(rule.en), "{} mentions something in one language only", rule.name);
    }
}

/// Every operation but signing in wants a token, and takes exactly the methods it documents.
#[actix_web::test]
async fn the_server_does_what_the_contract_says() {
    let app = TestApp::start(Kind::Sqlite).await;
    let public = ["/api/v1/auth/login", "/api/v1/auth/refresh"];
    for (method, path, operation) in operations() {
        let filled_in = |part: &str| part.split_once('}').map_or_else(|| part.to_owned(), |(_, end)| format!("x{end}"));
        let address = path.split('/').map(filled_in).collect::<Vec<_>>().join("/");
        let method: Method = method.parse().unwrap();
        let answer = app.anonymous().call(method.clone(), &address).await;
        let expected = if public.contains(&path.as_str()) { 415 } else { 401 };
        assert_eq!(answer.status, expected, "{method} {path}: {}", answer.text);
        assert!(operation["responses"].get(expected.to_string()).is_some(), "{method} {path} does not document {expected}");
        let wrong = app.anonymous().call(Method::TRACE, &address).await;
        let allow = wrong.refused(405, "method_not_allowed").header("allow").to_owned();
        assert!(allow.split(", ").any(|m| m == method.as_str()), "{path}: {allow}");
    }
}
