//! Everything worked out again: how long `verify rollup`, a day of the past, a trend, the signals of integrity, a briefing and a review
//! take on a large province, and whether one figure that was altered by hand is named.

use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use chrono::TimeDelta;
use diesel::prelude::*;
use resolution_tracker::db::schema::progress_reports;
use resolution_tracker::domain::Id;

use super::client::Client;
use super::province::{self, PASSWORD};
use super::reviews;
use super::server::Server;

/// Measures it on a generated province; prints one line of the page of figures.
pub fn run(url: &str, program: &Path) {
    let (said, took) = verify(url, program);
    assert!(said.contains("the numbers hold"), "{said}");
    let altered = alter(url);
    let (named, found) = verify(url, program);
    assert!(named.contains(&altered.to_string()), "{named} does not name {altered}");
    eprintln!("altered by hand: {}", named.trim());
    let past = (province::today() - TimeDelta::days(100)).to_string();
    let server = Server::start(program, url);
    let mut client = Client::connect(server.address, None).unwrap();
    client.wait(Duration::from_secs(600));
    client.sign_in("leader", PASSWORD);
    let overview = timed(&mut client, "/api/v1/dashboards/overview");
    let then = timed(&mut client, &format!("/api/v1/dashboards/overview?as_of={past}"));
    let trend = timed(&mut client, "/api/v1/dashboards/trend?months=24");
    let integrity = timed(&mut client, "/api/v1/dashboards/integrity");
    let briefing = timed(&mut client, "/api/v1/briefings/mau-so-1");
    let review = reviews::measure(url, &mut client);
    println!(
        "{} `verify rollup`: {:.1} s; with one percentage altered by hand it names that report, after {:.1} s. Worked out for the first \
         time: overview {} ms today, {} ms as of 100 days ago; trend over 24 months {} ms; signals of integrity {} ms; briefing of a \
         department {} ms. {review}",
        said.trim(),
        took.as_secs_f64(),
        found.as_secs_f64(),
        overview.as_millis(),
        then.as_millis(),
        trend.as_millis(),
        integrity.as_millis(),
        briefing.as_millis(),
    );
}

/// What the program says, and how long it took.
fn verify(url: &str, program: &Path) -> (String, Duration) {
    let begun = Instant::now();
    let done = Command::new(program).args(["verify", "rollup"]).env("DATABASE_URL", url).output().unwrap();
    let said = [done.stdout, done.stderr].concat();
    (String::from_utf8_lossy(&said).lines().last().unwrap_or_default().to_owned(), begun.elapsed())
}

/// Raises the percentage of one report in the middle, past the services and the journal; answers which.
fn alter(url: &str) -> Id {
    province::state(url)
        .write_now(|conn, _| {
            let count: i64 = progress_reports::table.count().get_result(conn)?;
            let some = progress_reports::table.filter(progress_reports::percent.is_not_null().and(progress_reports::percent.lt(9_000)));
            let id: Id = some.order(progress_reports::position).offset(count / 3).select(progress_reports::id).first(conn)?;
            diesel::update(progress_reports::table.find(id)).set(progress_reports::percent.eq(9_100)).execute(conn)?;
            Ok(id)
        })
        .unwrap()
}

/// How long an answer takes that nobody has asked for before.
fn timed(client: &mut Client, path: &str) -> Duration {
    let begun = Instant::now();
    let answer = client.get(path).unwrap();
    assert_eq!(answer.status, 200, "{path}");
    begun.elapsed()
}
