//! The JSON front door: one file per resource, each with its route table and its handlers.
//!
//! A handler parses, calls one service and shows the outcome. What all of them share — who asks,
//! how bodies are read, how answers are tagged and kept — is in [`extract`], [`once`], [`reply`] and [`answers`].

pub mod answers;
pub mod batches;
pub mod extract;
pub mod once;
pub mod openapi;
pub mod period_locks;
pub mod problem;
pub mod reply;

pub mod api_clients;
pub mod areas;
pub mod attachments;
pub mod audit;
pub mod auth;
pub mod breakthroughs;
pub mod briefings;
pub mod calendar_days;
pub mod changes;
pub mod clauses;
pub mod commendations;
pub mod commitment_changes;
pub mod commitment_requests;
pub mod contributions;
pub mod coverage;
pub mod dashboards;
pub mod deadlines;
pub mod decisions;
pub mod dissemination_coverage;
pub mod dissemination_events;
pub mod document_graph;
pub mod explanations;
pub mod exports;
pub mod fields;
pub mod good_practices;
pub mod grants;
pub mod group_tasks;
pub mod health;
pub mod imports;
pub mod indicator_assessments;
pub mod indicator_scores;
pub mod indicator_targets;
pub mod indicator_trends;
pub mod indicator_values;
pub mod indicators;
pub mod instructions;
pub mod integrity;
pub mod lag;
pub mod lateness;
pub mod loops;
pub mod notifications;
pub mod objectives;
pub mod obligations;
pub mod pillars;
pub mod posts;
pub mod programmes;
pub mod progress_reports;
pub mod proposals;
pub mod ranking;
pub mod resolutions;
pub mod review_reports;
pub mod review_snapshots;
pub mod review_submissions;
pub mod reviews;
pub mod search;
pub mod self_verifications;
pub mod silence;
pub mod six_clears;
pub mod statistics;
pub mod targets;
pub mod task_groups;
pub mod tasks;
pub mod terms;
pub mod trend;
pub mod unit_events;
pub mod unit_groups;
pub mod units;
pub mod users;
pub mod verifications;

/// Where every address of the API begins.
pub const BASE: &str = "/api/v1";
