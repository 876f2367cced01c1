//! Nothing that was acknowledged is lost: reports from several clients, kill -9, compare.

use std::collections::HashMap;
use std::path::Path;
use std::process::Command;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use diesel::prelude::*;
use resolution_tracker::db::schema::progress_reports;
use resolution_tracker::service::journal;

use super::client::{Client, json};
use super::province::{self, PASSWORD};
use super::server::Server;

const CLIENTS: usize = 6;

/// What the clients know.
#[derive(Default)]
struct Told {
    next: AtomicU64,
    /// Texts of reports that were acknowledged.
    acknowledged: Mutex<Vec<String>>,
    /// Texts of reports that were sent, and whose answer never came.
    unknown: Mutex<Vec<String>>,
}

/// Plays the rounds and ends with an error if anything acknowledged is missing or stands twice.
pub fn run(url: &str, program: &Path, rounds: u32, kill_database: Option<&str>, meanwhile: Option<&str>) {
    let told = Told::default();
    for round in 1..=rounds {
        let server = Server::start(program, url);
        let database_too = kill_database.filter(|_| round % 2 == 0);
        play(server, &told, round, database_too, meanwhile);
        check(url, &told, round);
    }
    let (known, unknown) = (told.acknowledged.lock().unwrap().len(), told.unknown.lock().unwrap().len());
    println!(
        "{rounds} rounds: {known} acknowledged reports, each there exactly once; {unknown} unanswered, each there once or not at all; the journal verifies"
    );
}

fn play(server: Server, told: &Told, round: u32, kill_database: Option<&str>, meanwhile: Option<&str>) {
    let mut client = Client::connect(server.address, None).unwrap();
    let token = client.sign_in("office", PASSWORD);
    let page = json(&client.get("/api/v1/tasks?counted=true&lifecycle=in_progress&limit=50").unwrap());
    let tasks: Vec<String> = page["items"].as_array().unwrap().iter().map(|t| t["id"].as_str().unwrap().to_owned()).collect();
    let today = json(&client.get("/api/v1/dashboards/overview").unwrap())["as_of"].as_str().unwrap().to_owned();
    let (address, began) = (server.address, Instant::now());
    std::thread::scope(|scope| {
        for _ in 0..CLIENTS {
            scope.spawn(|| log_until_cut(address, &token, &tasks, &today, told));
        }
        let other = meanwhile.map(|command| scope.spawn(move || shell(command)));
        // Anywhere in the load: the nanoseconds of the clock are as good as dice here.
        let moment = 150 + u64::from(began.elapsed().subsec_nanos() + round * 7_919) % 700;
        std::thread::sleep(Duration::from_millis(moment));
        if let Some(command) = kill_database {
            shell(command);
        }
        server.kill();
        if let Some(other) = other {
            other.join().unwrap();
        }
    });
}

/// Logs one report after another until the connection breaks.
fn log_until_cut(address: std::net::SocketAddr, token: &str, tasks: &[String], today: &str, told: &Told) {
    let Ok(mut client) = Client::connect(address, Some(token)) else { return };
    loop {
        let n = told.next.fetch_add(1, Ordering::Relaxed);
        let text = format!("crash {n}");
        let body = serde_json::json!({"state": "in_progress", "result": text, "measured_on": today}).to_string();
        let path = format!("/api/v1/tasks/{}/progress-reports", tasks[n as usize % tasks.len()]);
        match client.post(&path, Some(&text), &body) {
            Ok(answer) if answer.status == 201 => told.acknowledged.lock().unwrap().push(text),
            Ok(_) => told.unknown.lock().unwrap().push(text),
            Err(_) => return told.unknown.lock().unwrap().push(text),
        }
    }
}

fn check(url: &str, told: &Told, round: u32) {
    let state = province::state(url);
    let there = || {
        state.write_now(|conn, _| {
            let texts: Vec<String> =
                progress_reports::table.filter(progress_reports::result.like("crash %")).select(progress_reports::result).load(conn)?;
            Ok((texts, journal::verify(conn)?))
        })
    };
    // A database server that was killed recovers first.
    let found = (0..60).find_map(|_| there().map_err(|_| std::thread::sleep(Duration::from_millis(500))).ok());
    let (texts, journal) = found.expect("the database answers again");
    let mut times: HashMap<String, u32> = HashMap::new();
    for text in texts {
        *times.entry(text).or_default() += 1;
    }
    let acknowledged = told.acknowledged.lock().unwrap();
    let lost: Vec<_> = acknowledged.iter().filter(|text| !times.contains_key(*text)).collect();
    let twice: Vec<_> = times.iter().filter(|(_, n)| **n > 1).collect();
    assert!(lost.is_empty() && twice.is_empty(), "round {round}: lost {lost:?}, twice {twice:?}");
    let length = journal.unwrap_or_else(|position| panic!("round {round}: the journal breaks at {position}"));
    eprintln!("round {round}: {} acknowledged in all, journal of {length} verifies", acknowledged.len());
}

fn shell(command: &str) {
    let status = Command::new("sh").args(["-c", command]).status().unwrap();
    assert!(status.success(), "{command}: {status}");
}
