//! Stories: what people and systems do with the house, told once and run on both databases.
//!
//! One binary, so that the library is linked once. A noun's stories stand in the file of its name.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot go on fails")]

#[path = "../common/mod.rs"]
mod common;

mod answers;
mod api_clients;
mod areas;
mod as_of;
mod audit;
mod auth;
mod away;
mod backup;
mod breakthroughs;
mod calendar_days;
mod changes;
mod clauses;
mod commitment_changes;
mod commitment_requests;
mod conventions;
mod coverage;
mod dashboards;
mod deadlines;
mod decisions;
mod demo;
mod dissemination_events;
mod document_graph;
mod exports;
mod external_refs;
mod fields;
mod good_practices;
mod grants;
mod group_tasks;
mod imports;
mod journal;
mod migrations;
mod obligations;
mod openapi;
mod permission;
mod posts;
mod programmes;
mod progress_at_once;
mod progress_reports;
mod resolutions;
mod review_rounds;
mod reviews;
mod schema;
mod search;
mod six_clears;
mod sources;
mod succession;
mod task_links;
mod task_lists;
mod tasks;
mod terms;
mod unit_events;
mod unit_groups;
mod units;
mod upserts;
mod users;
mod web;
mod web_accounts;
mod web_api_clients;
mod web_commitments;
mod web_directory;
mod web_dissemination;
mod web_documents;
mod web_import;
mod web_numbers;
mod web_obligations;
mod web_queue;
mod web_requests;
mod web_resolutions;
mod web_tasks;
mod web_unit_events;
