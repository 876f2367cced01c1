//! The database goes away and comes back: nobody waits for ever, and nothing needs a restart.

use std::future::IntoFuture;

use futures_util::future::join_all;
use serde_json::json;

use crate::common::database::on_server;
use crate::common::{Kind, TestApp};

#[actix_web::test]
async fn postgres_goes_and_comes_back() {
    let app = TestApp::start(Kind::Postgres).await;
    let admin = app.admin();
    admin.get("areas").await.expect(200);
    let database = app.database.name().to_owned();

    on_server(&format!("ALTER DATABASE {database} ALLOW_CONNECTIONS false"));
    on_server(&format!("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{database}'"));
    let nobody = app.anonymous();
    let calls = [admin.get("areas"), admin.post("areas", json!({})), nobody.get("/readyz")];
    for answer in join_all(calls.map(IntoFuture::into_future)).await {
        assert_eq!(answer.refused(503, "unavailable").header("retry-after"), "2");
        assert!(!answer.text.contains("terminat") && !answer.text.contains("connection"), "no internals: {}", answer.text);
    }
    app.anonymous().get("/healthz").await.expect(200);

    on_server(&format!("ALTER DATABASE {database} ALLOW_CONNECTIONS true"));
    let ready = app.anonymous().get("/readyz").await;
    assert_eq!(ready.status, 200, "{}", ready.text);
    admin.get("areas").await.expect(200);
    admin.change("areas/hg", json!({"note": "x"})).await.expect(200);
}

/// A connection that was cut while it lay in the pool is replaced unseen.
#[actix_web::test]
async fn postgres_restarts_between_two_requests() {
    let app = TestApp::start(Kind::Postgres).await;
    let admin = app.admin();
    admin.get("areas").await.expect(200);
    on_server(&format!("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{}'", app.database.name()));
    admin.get("areas").await.expect(200);
}

/// Somebody else writes to the file and does not stop: a reader reads on, a writer is told to come again.
#[actix_web::test]
async fn sqlite_is_locked_by_another_program() {
    use diesel::connection::SimpleConnection;
    let app = TestApp::start(Kind::Sqlite).await;
    let admin = app.admin();
    let read = admin.get("areas/hg").await.expect(200);
    let mut other = app.database.connect();
    other.batch_execute("BEGIN IMMEDIATE").unwrap();
    let answer = admin.patch("areas/hg", json!({"note": "x"})).if_match(read.etag()).await;
    assert_eq!(answer.refused(503, "unavailable").header("retry-after"), "2");
    admin.get("areas/hg").await.expect(200);
    other.batch_execute("ROLLBACK").unwrap();
    admin.patch("areas/hg", json!({"note": "x"})).if_match(read.etag()).await.expect(200);
}

/// A database without its tables is not ready, and says so.
#[actix_web::test]
async fn an_older_schema_is_not_ready() {
    for kind in [Kind::Sqlite, Kind::Postgres] {
        let app = TestApp::start(kind).await;
        let newest =
            app.db_sql("DELETE FROM __diesel_schema_migrations WHERE version = (SELECT max(version) FROM __diesel_schema_migrations)");
        assert_eq!(newest, 1);
        app.anonymous().get("/readyz").await.refused(503, "unavailable");
    }
}
