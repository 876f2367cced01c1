//! Stories: what people and systems do with the house, told once and run on both databases.
//!
//! One binary, so that the library is linked once. A noun's stories stand in the file of its name.
#![expect(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "a test that cannot go on fails")]

#[path = "../common/mod.rs"]
mod common;

mod areas;
mod audit;
mod auth;
mod away;
mod conventions;
mod fields;
mod grants;
mod journal;
mod migrations;
mod openapi;
mod posts;
mod schema;
mod terms;
mod units;
mod users;
