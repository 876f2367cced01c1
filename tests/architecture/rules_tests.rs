//! The rules themselves: each is shown a text that breaks it and one that keeps it.

use super::*;

/// Every rule sees what breaks it.
#[test]
fn the_rules_can_fail() {
    let wrong = [
        ("domain/tasks.rs", "use crate::store::tasks::Task;", "domain may not use store"),
        ("service/tasks.rs", "use crate::db::schema::tasks;", "service may not use db::schema"),
        ("service/tasks.rs", "use crate::{domain::Id, state::AppState};", "service may not use state"),
        ("service/tasks.rs", "fn f() -> crate::api::reply::Reply {}", "service may not use api"),
        ("api/tasks.rs", "use crate::{\n    domain::Id,\n    db::{pool, Connection},\n};", "api may not use db"),
        ("api/tasks.rs", "use super::super::store;", "climbs out"),
        ("service/tasks.rs", "match conn { Connection::Sqlite(c) => {} }", "told apart"),
        ("service/tasks.rs", "on_each_database!(conn, |c| f(c))", "told apart"),
        ("state.rs", "if let DatabaseUrl::Postgres(_) = url {}", "told apart"),
        ("api/tasks.rs", "config.route(\"/tasks\", get().to(list))", "attribute"),
        ("api/tasks.rs", "web::resource(\"/tasks\"); Permit::<ReadWork>::of_system(\"api\")", "of_system("),
    ];
    for (path, text, complaint) in wrong {
        let found = check(path, text).join("\n");
        assert!(found.contains(complaint), "{path}: {text}\nwas answered {found:?}");
    }
    let long = "//\n".repeat(LONGEST_FILE + 1);
    assert!(check("domain/tasks.rs", &long).join("").contains("lines"));
    assert!(check("db/schema.rs", &long).is_empty());
    let handler = format!("#[get(\"/tasks\")]\nasync fn list_tasks() {{\n{}}}\n", "    f();\n".repeat(LONGEST_HANDLER));
    assert!(check("api/tasks.rs", &handler).join("").contains("list_tasks has 27 lines"));
    let view = |noun: &str| (format!("view/{noun}.rs"), "#[derive(Debug, ToSchema)]\n/// It.\npub struct CoverageView {\n".to_owned());
    assert_eq!(same_names(&[view("coverage"), view("dissemination_coverage")]).len(), 1);
    let words = ("domain/a.rs".to_owned(), "text_enum! {\n    /// It.\n    pub enum CoverageView {\n".to_owned());
    assert_eq!(same_names(&[view("coverage"), words]).len(), 1);
    let rooms = [("api", BTreeSet::from(["tasks".into(), "auth".into()])), ("service", BTreeSet::from(["task".into()]))];
    assert_eq!(unmatched_nouns(&rooms).len(), 2);
}

#[test]
fn the_rules_can_pass() {
    let right = [
        ("service/tasks.rs", "use crate::db::Connection;\nuse crate::domain::{Id, Moment};\nuse crate::store;"),
        ("api/openapi.rs", "use crate::routes;\nfn f() { crate::routes::api(c) }"),
        ("api/tasks.rs", "//! See [`crate::store::tasks`].\nuse super::reply::Reply;\nuse crate::state::AppState;"),
        ("db/dialect.rs", "match conn { Connection::Sqlite(c) => {} }"),
        ("store/tasks.rs", "$crate::db::dialect::pick(conn, 1, 2);\ncrate::on_each_database!(conn, |c| f(c))"),
        ("domain/tasks.rs", "use super::Id;\n#[cfg(test)]\nmod tests {\n    use crate::store::tasks;\n}\n"),
        ("api/tasks.rs", "#[get(\"/tasks\")]\nasync fn list_tasks() {\n    f();\n}\n"),
    ];
    for (path, text) in right {
        assert_eq!(check(path, text), Vec::<String>::new(), "{path}: {text}");
    }
}
