//! What leaves the house: serialisable structs, made from rows by naming every field.

pub mod api_clients;
pub mod areas;
pub mod attachments;
pub mod audit;
pub mod batches;
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
pub mod documents;
pub mod explanations;
pub mod exports;
pub mod fields;
pub mod good_practices;
pub mod grants;
pub mod group_tasks;
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
pub mod paging;
pub mod period_locks;
pub mod pillars;
pub mod posts;
pub mod programmes;
pub mod progress_reports;
pub mod proposals;
pub mod ranking;
pub mod records;
pub mod resolutions;
pub mod review_reports;
pub mod review_snapshots;
pub mod review_submissions;
pub mod reviews;
pub mod search;
pub mod self_verifications;
pub mod sessions;
pub mod silence;
pub mod six_clears;
pub mod statistics;
pub mod task_groups;
pub mod tasks;
pub mod terms;
pub mod trend;
pub mod unit_events;
pub mod unit_groups;
pub mod units;
pub mod users;

use serde::de::DeserializeOwned;

/// A value that was kept as JSON. What cannot be read is shown as empty, but never quietly: the
/// operator is told which text it is.
fn kept<T: DeserializeOwned + Default>(what: &str, json: &str) -> T {
    serde_json::from_str(json).unwrap_or_else(|error| {
        tracing::error!(what, json, %error, "a kept value cannot be read");
        T::default()
    })
}
