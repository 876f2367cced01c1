//! A reorganisation of a whole province: 1,000 units with 50,000 tasks, in one transaction; timed,
//! and killed in the middle again and again.

use std::path::Path;
use std::time::{Duration, Instant};

use resolution_tracker::domain::permission::Role;
use resolution_tracker::domain::units::UnitKind;
use resolution_tracker::service::journal;
use serde_json::{Value, json as body};

use super::client::{Client, json};
use super::province::{self, PASSWORD};
use super::server::Server;

/// Units that end, and units that go on.
const OLD: u32 = 1_000;
const NEW: u32 = 100;
/// Of those that end, how many pass their tasks on one by one, by a rule of the event.
const DISSOLVED: u32 = 100;
const TASKS_EACH: u32 = 50;

/// Makes the province: communes of one district, each with a People's Committee that leads its tasks.
pub fn generate(url: &str) {
    let state = province::prepared(url);
    state
        .write_now(|conn, now| {
            province::root(conn, now)?;
            province::account(conn, now, "admin", Role::Admin)?;
            for number in 0..OLD + NEW {
                province::lone_unit(conn, now, &code(number), UnitKind::PeopleCommittee)?;
            }
            Ok(())
        })
        .unwrap();
    for number in 0..OLD {
        state.write_now(|conn, now| province::plain_tasks(conn, now, &code(number), TASKS_EACH)).unwrap();
    }
    eprintln!("generated {} tasks of {OLD} units", OLD * TASKS_EACH);
}

/// Times it, after killing it in the middle `rounds` times: each time all of it is there, or nothing.
pub fn run(url: &str, program: &Path, rounds: u32) {
    let before = standing(url, program);
    assert_eq!(before.assigned, before.current, "before");
    let tried = timed(url, program, true);
    let mut cut = 0;
    for round in 1..=rounds {
        let server = Server::start(program, url);
        let mut client = admin(&server);
        let sent = std::thread::spawn(move || client.post("/api/v1/unit-events", None, &reorganisation().to_string()).is_ok());
        // Spread over the first two thirds of what a trial takes: its answer is the longer one.
        std::thread::sleep(tried * round * 2 / (3 * (rounds + 1)));
        server.kill();
        if sent.join().unwrap() {
            panic!("round {round}: it was answered before it could be killed");
        }
        let after = standing(url, program);
        assert_eq!(after.assigned, before.assigned, "round {round}");
        assert_eq!(after.events, 0, "round {round}: a part of it is there");
        cut += 1;
    }
    let took = timed(url, program, false);
    let after = standing(url, program);
    assert_eq!((after.assigned, after.current, after.events), (before.assigned, before.assigned, u64::from(NEW + DISSOLVED)));
    let length = province::state(url).write_now(|conn, _| journal::verify(conn)).unwrap();
    println!(
        "{OLD} units, {} tasks, {} events, one transaction: {:.1} s (tried without writing: {:.1} s). Killed {cut} times before its end: nothing of it was there. \
         {} tasks on both bases before and after; a journal of {} verifies.",
        before.assigned,
        after.events,
        took.as_secs_f64(),
        tried.as_secs_f64(),
        after.current,
        length.expect("the journal verifies"),
    );
}

/// What the dashboards and the list of events say.
struct Standing {
    assigned: u64,
    current: u64,
    events: u64,
}

fn standing(url: &str, program: &Path) -> Standing {
    let server = Server::start(program, url);
    let mut client = admin(&server);
    let mut total = |basis: &str| {
        let table = json(&client.get(&format!("/api/v1/dashboards/units?basis={basis}")).unwrap());
        let sum: u64 = table["items"].as_array().unwrap().iter().map(|line| line["tasks"]["total"].as_u64().unwrap()).sum();
        assert_eq!(table["total"]["tasks"]["total"], sum, "{basis}");
        sum
    };
    let (assigned, current) = (total("as_assigned"), total("current"));
    let (mut events, mut cursor) = (0, String::new());
    loop {
        let page = json(&client.get(&format!("/api/v1/unit-events?limit=200{cursor}")).unwrap());
        events += page["items"].as_array().unwrap().len() as u64;
        match page["next"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => return Standing { assigned, current, events },
        }
    }
}

fn timed(url: &str, program: &Path, dry_run: bool) -> Duration {
    let server = Server::start(program, url);
    let mut client = admin(&server);
    let began = Instant::now();
    let answer = client.post(&format!("/api/v1/unit-events?dry_run={dry_run}"), None, &reorganisation().to_string()).unwrap();
    let took = began.elapsed();
    let expected = if dry_run { 200 } else { 201 };
    assert_eq!(answer.status, expected, "{}", String::from_utf8_lossy(&answer.body[..answer.body.len().min(2_000)]));
    took
}

fn admin(server: &Server) -> Client {
    let mut client = Client::connect(server.address, None).unwrap();
    client.wait(Duration::from_secs(600));
    client.sign_in("admin", PASSWORD);
    client
}

/// Nine old units merge into each new one; the tasks of the others are handed over one by one.
fn reorganisation() -> Value {
    let merged = OLD - DISSOLVED;
    let merges = (0..NEW).map(|n| {
        let from: Vec<String> = (0..merged / NEW).map(|i| code(n * (merged / NEW) + i)).collect();
        body!({"kind": "merge", "from": from, "to": [{"ref": code(OLD + n)}]})
    });
    let ended = (merged..OLD).map(|n| body!({"kind": "dissolve", "from": [code(n)], "handovers": [{"to": code(OLD + n % NEW)}]}));
    let events: Vec<Value> = merges.chain(ended).collect();
    let today = province::today().to_string();
    body!({"effective_on": today, "legal_basis": "Đo tải", "events": events})
}

fn code(number: u32) -> String {
    format!("mau-xa-{number:04}")
}
