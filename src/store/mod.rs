//! SQL: one file per table family, rows and queries. Answers database errors, nothing else.

#[macro_use]
mod among;
#[macro_use]
mod versioned;

pub mod api_clients;
pub mod areas;
pub mod attachments;
pub mod breakthroughs;
pub mod briefings;
pub mod calendar_days;
pub mod changes;
pub mod clauses;
pub mod commendations;
pub mod commitment_changes;
pub mod commitment_requests;
pub mod commitments;
pub mod contributions;
pub mod coverage;
pub mod dashboards;
pub mod deadlines;
pub mod dissemination_events;
pub mod dissemination_parts;
pub mod document_graph;
pub mod document_relations;
pub mod documents;
pub mod events;
pub mod external_refs;
pub mod fields;
pub mod good_practices;
pub mod grants;
pub mod idempotency;
pub mod imports;
pub mod indicator_assessments;
pub mod indicator_targets;
pub mod indicator_values;
pub mod indicators;
pub mod instructions;
pub mod integrity;
pub mod lag;
pub mod names;
pub mod notifications;
pub mod objectives;
pub mod obligations;
pub mod outbox;
pub mod period_locks;
pub mod pillars;
pub mod post_holders;
pub mod posts;
pub mod programme_themes;
pub mod programmes;
pub mod progress_reports;
pub mod proposals;
pub mod resolution_parts;
pub mod resolutions;
pub mod review_reports;
pub mod review_rounds;
pub mod review_snapshots;
pub mod review_submissions;
pub mod roll_up;
pub mod search;
pub mod search_entries;
pub mod self_verifications;
pub mod sessions;
pub mod settings;
pub mod six_clears;
pub mod subjects;
pub mod succession;
pub mod task_decisions;
pub mod task_facts;
pub mod task_groups;
pub mod task_handovers;
pub mod task_lists;
pub mod task_rows;
pub mod task_states;
pub mod tasks;
pub mod terms;
pub mod unit_events;
pub mod unit_groups;
pub mod units;
pub mod users;

use diesel::BoxableExpression;
use diesel::sql_types::Bool;

use crate::db::connection::MultiBackend;
use crate::db::{Connection, transaction};
use crate::domain::permission::Reach;

/// What every query answers.
pub type StoreResult<T> = diesel::QueryResult<T>;

/// Carries out `work` and keeps what it wrote only if it says so beside its answer.
///
/// # Errors
/// What `work` answers; the database's.
pub fn tried<T, E>(conn: &mut Connection, work: impl FnOnce(&mut Connection) -> Result<(T, bool), E>) -> Result<T, E>
where
    E: From<diesel::result::Error>,
{
    transaction::tried(conn, work)
}

/// The pattern that finds a whole subtree by its path. Codes hold no wildcard (`domain::forms::code`).
pub fn below(path: &str) -> String {
    format!("{path}%")
}

/// What makes the next letter of a pattern stand for itself: pass it to `.escape(…)`.
pub const ESCAPE: char = '\\';

/// The pattern that finds folded words anywhere in a text; goes with `.escape(ESCAPE)`. What the
/// words mean as wildcards they do not mean here.
pub fn containing(words: &str) -> String {
    let literal = words.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    format!("%{literal}%")
}

/// Splits reaches into unit paths and area paths.
pub fn paths(reaches: &[Reach]) -> (Vec<String>, Vec<String>) {
    let mut split = (Vec::new(), Vec::new());
    for reach in reaches {
        match reach {
            Reach::Nowhere => {}
            Reach::Unit(path) => split.0.push(path.clone()),
            Reach::Units(path) => split.0.push(below(path)),
            Reach::Areas(path) => split.1.push(below(path)),
        }
    }
    split
}

/// A condition on the rows of `T`, made while the program runs.
pub type Condition<T> = Box<dyn BoxableExpression<T, MultiBackend, SqlType = Bool>>;

/// True where at least one of the conditions is; never, if there is none.
pub fn any_of<T: 'static>(conditions: impl IntoIterator<Item = Condition<T>>) -> Condition<T> {
    use diesel::{BoolExpressionMethods, IntoSql};
    conditions.into_iter().reduce(|all, next| Box::new(all.or(next))).unwrap_or_else(|| Box::new(false.into_sql::<Bool>()))
}
