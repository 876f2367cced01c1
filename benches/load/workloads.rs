//! What clients do: each workload for some rounds on eight connections, beside yardsticks.

use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use super::client::{Answer, Client, json};
use super::measure::{Figures, Run, together};
use super::province::PASSWORD;
use super::server::Server;
use super::yardsticks;

/// Connections at once.
const CONNECTIONS: usize = 8;
/// The unit whose overdue tasks are listed.
const UNIT: &str = "mau-so-7";

/// A server with everything a workload needs.
struct Stage {
    server: Server,
    office: String,
    leader: String,
    tasks: Vec<String>,
    open: Vec<String>,
    next: AtomicUsize,
    today: String,
}

/// Measures everything and prints one table.
pub fn run(url: &str, program: &Path, run: &Run) {
    let stage = Stage::set(url, program);
    let idle = stage.server.memory().0;
    let mut table = Table::default();
    table.row("static bytes (`/healthz`)", run.median("static", |time| stage.read(time, &stage.leader, |_| "/healthz".into())), None);
    table.row("bare write loop, 1 connection", run.median("bare-1", |time| yardsticks::writes(url, 1, time)), None);
    if url.starts_with("postgres") {
        table.row("bare write loop, 8 connections", run.median("bare-8", |time| yardsticks::writes(url, 8, time)), None);
    }
    let task = |n: usize| format!("/api/v1/tasks/{}", stage.tasks[scattered(n) % stage.tasks.len()]);
    table.row("W2 one task, any of all", run.median("W2", |time| stage.read(time, &stage.leader, task)), Some(20.0 * 398.0));
    let list = format!("/api/v1/tasks?lead_unit={UNIT}&timeliness=overdue&limit=50");
    table.row(
        "W3 50 overdue tasks of a unit",
        run.median("W3", |time| stage.read(time, &stage.leader, |_| list.clone())),
        Some(5.0 * 273.0),
    );
    let units = "/api/v1/dashboards/units";
    table.row("W4 units dashboard", run.median("W4", |time| stage.read(time, &stage.leader, |_| units.into())), None);
    let beside = |time, path: &(dyn Fn(usize) -> String + Sync)| stage.beside_writes(|| stage.read(time, &stage.leader, path));
    table.row("W4m the same, 10 reports a second logged", run.median("W4m", |time| beside(time, &|_| units.into())), Some(4.0 * 156.0));
    table.row("W2m one task, 10 reports a second logged", run.median("W2m", |time| beside(time, &task)), None);
    table.row(
        "W3m overdue tasks of any unit, 10 a second logged",
        run.median("W3m", |time| {
            beside(time, &|n| format!("/api/v1/tasks?lead_unit=mau-so-{}&timeliness=overdue&limit=50", 1 + scattered(n) % 19))
        }),
        None,
    );
    table.row("W1 log progress", run.median("W1", |time| stage.log(time)), Some(8.0 * 206.0));
    let (now, most) = stage.server.memory();
    println!("{}\nResident memory of the server: {idle:.0} MiB before the load, {now:.0} MiB after, {most:.0} MiB at most.", table.0);
}

#[derive(Default)]
struct Table(String);

impl Table {
    fn row(&mut self, name: &str, figures: Option<Figures>, bar: Option<f64>) {
        let Some(Figures { per_second, p50, p99 }) = figures else { return };
        if self.0.is_empty() {
            self.0 = "| workload | per second | p50 ms | p99 ms | bar |\n|---|---:|---:|---:|---|\n".into();
        }
        let bar = bar.map(|bar| format!("{bar:.0}: {}", if per_second >= bar { "met" } else { "missed" })).unwrap_or_default();
        self.0 += &format!("| {name} | {per_second:.0} | {p50:.2} | {p99:.2} | {bar} |\n");
    }
}

/// Numbers that jump about, the same each time.
fn scattered(n: usize) -> usize {
    n.wrapping_mul(2_654_435_761) >> 7
}

impl Stage {
    fn set(url: &str, program: &Path) -> Self {
        let server = Server::start(program, url);
        let mut client = Client::connect(server.address, None).unwrap();
        let office = client.sign_in("office", PASSWORD);
        let leader = client.sign_in("leader", PASSWORD);
        let tasks = ids(&mut client, "counted=true");
        let open = ids(&mut client, "counted=true&lifecycle=not_started&lifecycle=in_progress");
        let today = json(&client.get("/api/v1/dashboards/overview").unwrap())["as_of"].as_str().unwrap().to_owned();
        eprintln!("{} tasks, {} of them open; today is {today}", tasks.len(), open.len());
        Self { server, office, leader, tasks, open, next: AtomicUsize::new(0), today }
    }

    fn read(&self, time: Duration, token: &str, path: impl Fn(usize) -> String + Sync) -> Figures {
        let path = &path;
        let reader = |_| {
            move || {
                let mut client = Client::connect(self.server.address, Some(token)).unwrap();
                move || {
                    let answer = client.get(&path(self.next.fetch_add(1, Ordering::Relaxed))).unwrap();
                    expect(200, &answer);
                }
            }
        };
        together(time, (0..CONNECTIONS).map(reader).collect())
    }

    fn log(&self, time: Duration) -> Figures {
        let writer = |_| {
            move || {
                let mut client = Client::connect(self.server.address, Some(&self.office)).unwrap();
                move || self.log_one(&mut client)
            }
        };
        together(time, (0..CONNECTIONS).map(writer).collect())
    }

    /// One report on the next open task, with a key of its own.
    fn log_one(&self, client: &mut Client) {
        let n = self.next.fetch_add(1, Ordering::Relaxed);
        let path = format!("/api/v1/tasks/{}/progress-reports", self.open[scattered(n) % self.open.len()]);
        let body = serde_json::json!({
            "state": "in_progress",
            "result": format!("Lần {n}: đã hoàn thành dự thảo, đang lấy ý kiến các đơn vị liên quan."),
            "measured_on": self.today,
        });
        expect(201, &client.post(&path, Some(&format!("{n}-{}", std::process::id())), &body.to_string()).unwrap());
    }

    /// Does `work` while ten reports a second are logged.
    fn beside_writes(&self, work: impl FnOnce() -> Figures) -> Figures {
        let stop = AtomicBool::new(false);
        std::thread::scope(|scope| {
            scope.spawn(|| {
                let mut client = Client::connect(self.server.address, Some(&self.office)).unwrap();
                let began = Instant::now();
                for n in 1.. {
                    self.log_one(&mut client);
                    if stop.load(Ordering::Relaxed) {
                        return;
                    }
                    std::thread::sleep((Duration::from_millis(100) * n).saturating_sub(began.elapsed()));
                }
            });
            let figures = work();
            stop.store(true, Ordering::Relaxed);
            figures
        })
    }
}

/// The ids of all tasks of a list.
fn ids(client: &mut Client, filter: &str) -> Vec<String> {
    let (mut ids, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = json(&client.get(&format!("/api/v1/tasks?limit=200&{filter}{cursor}")).unwrap());
        ids.extend(page["items"].as_array().unwrap().iter().map(|task| task["id"].as_str().unwrap().to_owned()));
        match page["next"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => return ids,
        }
    }
}

fn expect(status: u16, answer: &Answer) {
    assert_eq!(answer.status, status, "{}", String::from_utf8_lossy(&answer.body));
}
