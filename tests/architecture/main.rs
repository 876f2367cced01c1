//! The house rules, read from the source: which room may use which, where the databases are told
//! apart, how long a file may be, and that a noun has one name in every room.
//!
//! `docs/ARCHITECTURE.md` says why. Each rule is shown a text that breaks it, so that none of them
//! passes because it looks at nothing.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod rules_tests;
mod tables;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use tables::{BEYOND, MAY_USE, PARTIAL, PLUMBING};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");
const LONGEST_FILE: usize = 300;
const LONGEST_HANDLER: usize = 25;

#[test]
fn the_source_keeps_the_rules() {
    let mut broken = Vec::new();
    for (path, text) in sources("src") {
        broken.extend(check(&path, &text));
    }
    for (path, text) in sources("tests") {
        broken.extend(too_long(&path, &text));
    }
    assert!(broken.is_empty(), "\n{}\n", broken.join("\n"));
}

#[test]
fn a_noun_has_one_name_in_every_room() {
    let rooms: Vec<_> = PLUMBING.iter().map(|(room, plumbing)| (*room, nouns(room, plumbing))).collect();
    let broken = unmatched_nouns(&rooms);
    assert!(broken.is_empty(), "\n{}\n", broken.join("\n"));
}

/// The contract knows schemas by their bare names: of two with one name it would keep one, and answer with the other.
#[test]
fn a_schema_has_a_name_of_its_own() {
    let all = sources("src");
    assert!(schemas(&all.iter().map(|(_, text)| text.as_str()).collect::<String>()).len() > 200);
    let broken = same_names(&all);
    assert!(broken.is_empty(), "\n{}\n", broken.join("\n"));
}

#[test]
fn every_room_is_in_the_table() {
    let rooms: BTreeSet<String> = sources("src").iter().map(|(path, _)| room_of(path).to_owned()).collect();
    assert!(rooms.len() > 10);
    for room in rooms {
        assert!(MAY_USE.iter().any(|(known, _)| *known == room), "{room} is a new room: say in MAY_USE what it may use");
    }
}

/// Every rule that looks at one file.
fn check(path: &str, text: &str) -> Vec<String> {
    let code = without_comments_and_tests(text);
    let rules = [forbidden_rooms, databases_told_apart, hidden_routes, long_handlers];
    rules.iter().flat_map(|rule| rule(path, &code)).chain(too_long(path, text)).collect()
}

fn forbidden_rooms(path: &str, code: &str) -> Vec<String> {
    let room = room_of(path);
    let allowed = MAY_USE.iter().find(|(known, _)| *known == room).map(|(_, rooms)| *rooms).unwrap_or_default();
    let mut broken: Vec<String> = used_paths(code)
        .into_iter()
        .filter(|used| {
            let other = used.split("::").next().unwrap_or_default();
            let beyond =
                |(who, what, _): &(&str, &str, &str)| path.starts_with(who) && (what == used || used.starts_with(&format!("{what}::")));
            other != room && !allowed.contains(&other) && !BEYOND.iter().any(beyond)
        })
        .map(|used| format!("src/{path}: {room} may not use {used}"))
        .collect();
    if code.contains("super::super::") {
        broken.push(format!("src/{path}: super::super:: climbs out of the room; write crate::"));
    }
    broken
}

/// What follows each `crate::`, two names deep: `db::Connection`, or `db` for a whole room.
fn used_paths(code: &str) -> BTreeSet<String> {
    let mut paths = BTreeSet::new();
    for (at, _) in code.match_indices("crate::") {
        let rest = &code[at + "crate::".len()..];
        for part in alternatives(rest) {
            let mut names = part.splitn(2, "::");
            let first = identifier(names.next().unwrap_or_default());
            // Macros stand at the top of the crate, whichever room they belong to.
            let first = if first == "on_each_database" { "db" } else { first };
            let seconds = names.next().map(alternatives).unwrap_or_default();
            if seconds.is_empty() {
                paths.insert(first.to_owned());
            }
            paths.extend(seconds.iter().map(|second| format!("{first}::{}", identifier(second))));
        }
    }
    paths
}

/// `{a::b, c}` is two paths, anything else is one, up to where it ends.
fn alternatives(text: &str) -> Vec<&str> {
    let Some(group) = text.strip_prefix('{') else {
        return vec![text.split([';', '\n']).next().unwrap_or_default()];
    };
    let (mut depth, mut start, mut parts) = (0, 0, Vec::new());
    for (at, letter) in group.char_indices() {
        match letter {
            '{' => depth += 1,
            '}' if depth == 0 => {
                parts.push(&group[start..at]);
                break;
            }
            '}' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(&group[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.into_iter().map(str::trim).filter(|part| !part.is_empty()).collect()
}

fn identifier(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(text.len());
    &text[..end]
}

/// Which database it is may be asked of a connection in `db` only, and of an address where one is
/// chosen. A query that needs two spellings uses the macros and functions of `db::dialect`.
fn databases_told_apart(path: &str, code: &str) -> Vec<String> {
    let room = room_of(path);
    let mut signs = Vec::new();
    if !matches!(path, "db/dialect.rs" | "db/connection.rs") {
        signs.extend(["Connection::Postgres", "Connection::Sqlite"]);
    }
    if !matches!(room, "db" | "config" | "cli") {
        signs.extend(["DatabaseUrl::Postgres", "DatabaseUrl::Sqlite"]);
    }
    if !matches!(room, "db" | "store") {
        signs.extend(["on_each_database!", "dialect::"]);
    }
    let found = signs.into_iter().filter(|sign| code.contains(sign));
    found.map(|sign| format!("src/{path}: {sign}: the databases are told apart in db/dialect.rs only")).collect()
}

/// A handler says its method and address itself, so that the contract cannot miss it, and acts for whoever asks.
fn hidden_routes(path: &str, code: &str) -> Vec<String> {
    let hidden = [".route(\"", "web::resource(", "of_system("].into_iter().filter(|sign| room_of(path) == "api" && code.contains(sign));
    hidden.map(|sign| format!("src/{path}: {sign} hides who or what is asked; take a Caller, and an attribute such as #[get(…)]")).collect()
}

fn long_handlers(path: &str, code: &str) -> Vec<String> {
    let is_route = |line: &str| ["#[get(", "#[post(", "#[put(", "#[patch(", "#[delete("].iter().any(|a| line.starts_with(a));
    let mut broken = Vec::new();
    let mut lines = code.lines();
    while lines.by_ref().any(is_route) {
        let handler: Vec<&str> = lines.by_ref().skip_while(|line| !line.contains("async fn ")).take_while(|line| *line != "}").collect();
        let name = handler.first().and_then(|line| line.split("async fn ").nth(1)).map(identifier).unwrap_or_default();
        let length = handler.len() + 1;
        if room_of(path) == "api" && length > LONGEST_HANDLER {
            broken.push(format!("src/{path}: {name} has {length} lines; a handler has at most {LONGEST_HANDLER}"));
        }
    }
    broken
}

fn too_long(path: &str, text: &str) -> Option<String> {
    let lines = text.lines().count();
    (lines > LONGEST_FILE && path != "db/schema.rs").then(|| format!("{path} has {lines} lines; at most {LONGEST_FILE} are readable"))
}

/// The names of types that derive a schema, and of enumerations of words, which all have one.
fn schemas(text: &str) -> Vec<&str> {
    let derived = text.split("#[derive(").skip(1).filter(|part| part.split(")]").next().is_some_and(|list| list.contains("ToSchema")));
    let worded = text.split("text_enum! {").skip(1);
    derived.chain(worded).filter_map(declared).map(identifier).collect()
}

/// What the first type that is declared in a text is called, and all after it.
fn declared(text: &str) -> Option<&str> {
    let mut lines = text.lines().map(|line| line.trim_start().trim_start_matches("pub "));
    lines.find_map(|line| line.strip_prefix("struct ").or(line.strip_prefix("enum ")))
}

fn same_names(sources: &[(String, String)]) -> Vec<String> {
    let mut first: BTreeMap<&str, &str> = BTreeMap::new();
    let mut broken = Vec::new();
    for (path, name) in sources.iter().flat_map(|(path, text)| schemas(text).into_iter().map(move |name| (path, name))) {
        if let Some(other) = first.insert(name, path) {
            broken.push(format!("{path} and {other} both have a schema {name}: the contract would keep one"));
        }
    }
    broken
}

fn unmatched_nouns(rooms: &[(&str, BTreeSet<String>)]) -> Vec<String> {
    let all: BTreeSet<&String> = rooms.iter().flat_map(|(_, nouns)| nouns).filter(|noun| !PARTIAL.iter().any(|(p, _)| p == noun)).collect();
    let lacking = |noun: &&String| rooms.iter().filter(|(_, nouns)| !nouns.contains(*noun)).map(|(room, _)| *room).collect::<Vec<_>>();
    all.iter()
        .map(|noun| (noun, lacking(noun)))
        .filter(|(_, lacking)| !lacking.is_empty())
        .map(|(noun, lacking)| format!("{noun} has no file in {}: the same noun, the same name in every room", lacking.join(", ")))
        .collect()
}

/// The first name below `src/`: `api` for `api/extract/body.rs`, `state` for `state.rs`.
fn room_of(path: &str) -> &str {
    path.split('/').next().unwrap_or_default().trim_end_matches(".rs")
}

fn nouns(room: &str, plumbing: &[&str]) -> BTreeSet<String> {
    let entries = fs::read_dir(Path::new(ROOT).join("src").join(room)).unwrap();
    let names = entries.map(|entry| entry.unwrap().path().file_stem().unwrap().to_string_lossy().into_owned());
    names.filter(|name| name != "mod" && !plumbing.contains(&name.as_str())).collect()
}

/// The code without comments, and without its unit tests, which may look into every room.
fn without_comments_and_tests(text: &str) -> String {
    let code = text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
    code.lines().map(|line| line.split("//").next().unwrap_or_default()).collect::<Vec<_>>().join("\n")
}

/// Path below `folder`, and text, of every Rust file in it.
fn sources(folder: &str) -> Vec<(String, String)> {
    let folder = Path::new(ROOT).join(folder);
    let mut files = Vec::new();
    collect(&folder, &mut files);
    let relative = |path: &PathBuf| path.strip_prefix(&folder).unwrap().to_string_lossy().into_owned();
    files.iter().map(|path| (relative(path), fs::read_to_string(path).unwrap())).collect()
}

fn collect(folder: &Path, into: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, into);
        } else if path.extension().is_some_and(|e| e == "rs") {
            into.push(path);
        }
    }
}
