//! What the database itself can do: a loop of the three statements that logging progress cannot do
//! without, each time durable, and nothing else.

use std::time::Duration;

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::r2d2::ManageConnection;
use resolution_tracker::db::connection::Manager;
use resolution_tracker::db::transaction;

use super::measure::{Figures, together};

diesel::table! {
    bench_reports (id) { id -> BigInt, task_id -> BigInt, result -> Text }
}
diesel::table! {
    bench_tasks (id) { id -> BigInt, reports -> BigInt }
}
diesel::table! {
    bench_events (id) { id -> BigInt, subject_id -> BigInt, state_after -> Text }
}

const TABLES: &str = "CREATE TABLE bench_reports (id BIGINT PRIMARY KEY, task_id BIGINT NOT NULL, result TEXT NOT NULL); \
    CREATE TABLE bench_tasks (id BIGINT PRIMARY KEY, reports BIGINT NOT NULL); \
    CREATE TABLE bench_events (id BIGINT PRIMARY KEY, subject_id BIGINT NOT NULL, state_after TEXT NOT NULL);";
const NO_TABLES: &str = "DROP TABLE IF EXISTS bench_reports; DROP TABLE IF EXISTS bench_tasks; DROP TABLE IF EXISTS bench_events;";
const TASKS: i64 = 10_000;

/// Insert a report, update its task, insert an event: one transaction each.
pub fn writes(url: &str, connections: i64, time: Duration) -> Figures {
    let manager = Manager(url.parse().unwrap());
    let mut first = manager.connect().unwrap();
    first.batch_execute(NO_TABLES).unwrap();
    first.batch_execute(TABLES).unwrap();
    transaction::write(&mut first, |conn| {
        (0..TASKS).try_for_each(|id| {
            diesel::insert_into(bench_tasks::table).values((bench_tasks::id.eq(id), bench_tasks::reports.eq(0))).execute(conn).map(drop)
        })
    })
    .unwrap();
    let writer = |nth: i64| {
        let mut connection = manager.connect().unwrap();
        move || {
            let mut number = nth;
            move || {
                number += connections;
                transaction::write(&mut connection, |conn| one(conn, number)).unwrap();
            }
        }
    };
    let figures = together(time, (0..connections).map(writer).collect());
    first.batch_execute(NO_TABLES).unwrap();
    figures
}

fn one(conn: &mut resolution_tracker::db::Connection, number: i64) -> QueryResult<()> {
    let (task, text) = (number * 7_919 % TASKS, "Đã hoàn thành dự thảo, đang lấy ý kiến các đơn vị liên quan.");
    diesel::insert_into(bench_reports::table)
        .values((bench_reports::id.eq(number), bench_reports::task_id.eq(task), bench_reports::result.eq(text)))
        .execute(conn)?;
    diesel::update(bench_tasks::table.find(task)).set(bench_tasks::reports.eq(bench_tasks::reports + 1)).execute(conn)?;
    diesel::insert_into(bench_events::table)
        .values((bench_events::id.eq(number), bench_events::subject_id.eq(task), bench_events::state_after.eq(text)))
        .execute(conn)
        .map(drop)
}
