//! What the system does: `fn(conn, permit, command, at) -> AppResult<Outcome>`.
//!
//! A permit in the arguments is the permission: it cannot be made without the check.

pub mod access;
pub mod api_clients;
pub mod areas;
pub mod audit;
pub mod breakthroughs;
pub mod calendar_days;
pub mod changes;
pub mod commitment_changes;
pub mod dashboards;
pub mod decisions;
pub mod documents;
pub mod exports;
pub mod external_refs;
pub mod fields;
pub mod grants;
pub mod idempotency;
pub mod imports;
pub mod journal;
pub mod links;
pub mod lookup;
pub mod marker;
pub mod objectives;
pub mod paging;
pub mod passwords;
pub mod past_tasks;
pub mod pillars;
pub mod posts;
pub mod programmes;
pub mod progress_reports;
pub mod report_rules;
pub mod resolution_parts;
pub mod resolutions;
pub mod reviews;
pub mod sessions;
pub mod shown_tasks;
pub mod task_drafts;
pub mod task_groups;
pub mod task_links;
pub mod task_upserts;
pub mod tasks;
pub mod terms;
pub mod units;
pub mod users;
