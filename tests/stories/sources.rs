//! `docs/SOURCES.md` points at what it says: every address, asked of the demo of its day.

use std::collections::BTreeMap;

use super::demo::loaded;
use crate::common::Kind;

/// A line of the table.
struct Line<'a> {
    day: &'a str,
    account: &'a str,
    address: &'a str,
    shows: &'a str,
}

fn lines() -> Vec<Line<'static>> {
    let table = include_str!("../../docs/SOURCES.md");
    let cells = |line: &'static str| -> Option<Line<'static>> {
        let cells: Vec<&str> = line.strip_prefix("| ")?.strip_suffix(" |")?.split(" | ").collect();
        let [_, _, day, account, address, shows] = cells.try_into().ok()?;
        Some(Line { day, account, address: address.strip_prefix("`/api/v1/")?.strip_suffix('`')?, shows: shows.trim_matches('`') })
    };
    table.lines().filter_map(cells).collect()
}

#[actix_web::test]
async fn on_sqlite_the_demo_shows_what_the_sources_say() {
    each_is_shown(Kind::Sqlite).await;
}

#[actix_web::test]
async fn on_postgres_the_demo_shows_what_the_sources_say() {
    each_is_shown(Kind::Postgres).await;
}

async fn each_is_shown(kind: Kind) {
    let mut days: BTreeMap<&str, Vec<Line<'_>>> = BTreeMap::new();
    for line in lines() {
        days.entry(line.day).or_default().push(line);
    }
    let asked: usize = days.values().map(Vec::len).sum();
    assert!(asked >= 60, "only {asked} lines of the table can be read");
    let mut missing = Vec::new();
    for (day, lines) in days {
        let app = loaded(kind, &format!("{day}T02:00:00Z")).await;
        for line in lines {
            let text = app.account(line.account).get(line.address).await.expect(200).text;
            if !text.contains(line.shows) {
                missing.push(format!("{day} {} {}: {}", line.account, line.address, line.shows));
            }
        }
    }
    assert!(missing.is_empty(), "\n{}\n", missing.join("\n"));
}
