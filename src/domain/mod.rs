//! The rules: pure types and functions. No SQL, no HTTP, no clock, no I/O.

#[macro_use]
mod text_enum;

pub mod api_clients;
pub mod areas;
pub mod audit;
pub mod breakthroughs;
pub mod calendar;
pub mod changes;
pub mod commitment_changes;
pub mod dashboards;
pub mod date_words;
pub mod deadline;
pub mod decisions;
pub mod documents;
pub mod external_refs;
pub mod fields;
pub mod forms;
pub mod id;
pub mod imports;
pub mod language;
pub mod light;
pub mod merge_patch;
pub mod moment;
pub mod objectives;
pub mod origin;
pub mod partial_date;
pub mod percent;
pub mod permission;
pub mod pillars;
pub mod posts;
pub mod programmes;
pub mod progress_reports;
pub mod reference;
pub mod resolutions;
pub mod reviews;
pub mod roll_up;
pub mod roman;
pub mod signing_key;
pub mod task_drafts;
pub mod task_groups;
pub mod task_state;
pub mod tasks;
pub mod terms;
pub mod text;
pub mod timeliness;
pub mod units;
pub mod users;

pub use id::Id;
pub use language::Language;
pub use moment::Moment;
pub use origin::Origin;
pub use percent::Percent;
pub use reference::Reference;
pub use signing_key::SigningKey;
