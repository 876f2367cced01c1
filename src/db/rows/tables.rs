//! Which tables a backup keeps. `tests/stories/backup.rs` refuses a table that is in neither list.

use super::Table;
use super::described::Columns;
use crate::db::schema;

/// Describes tables by their names and primary keys.
macro_rules! tables {
    ($($table:ident ($($key:ident),+),)+) => {
        vec![$(Table {
            name: stringify!($table).into(),
            key: vec![$(<schema::$table::$key as diesel::Column>::NAME.into()),+],
            columns: <schema::$table::table as diesel::Table>::AllColumns::described(),
        }),+]
    };
}

/// Every table a backup keeps: a table stands after those it refers to.
pub fn kept() -> Vec<Table> {
    let mut tables = directory();
    tables.extend(work());
    tables.extend(said());
    tables
}

/// Who and where: what everything else refers to.
fn directory() -> Vec<Table> {
    tables! {
        areas(id),
        units(id),
        posts(id),
        post_holders(id),
        terms(id),
        fields(id),
        calendar_days(id),
        unit_groups(id),
        unit_group_members(group_id, unit_id),
    }
}

/// Documents, tasks, accounts, the journal.
fn work() -> Vec<Table> {
    tables! {
        resolutions(id),
        programmes(id),
        document_relations(id),
        clauses(id),
        breakthroughs(id),
        pillars(id),
        objectives(id),
        task_groups(id),
        indicators(id),
        programme_themes(programme_id),
        programme_contributions(programme_id, breakthrough_id),
        dissemination_events(id),
        dissemination_sites(id),
        dissemination_presenters(id),
        dissemination_essays(event_id, unit_id),
        good_practices(id),
        commendations(id),
        commendation_recipients(id),
        users(id),
        notification_choices(user_id, kind),
        grants(id),
        api_clients(id),
        idempotency_keys(user_id, route, idempotency_key),
        tasks(id),
        external_refs(root_id, subject_kind, system, external_id),
        task_coordinating_units(task_id, unit_id),
        task_unit_groups(task_id),
        deadlines(id),
        task_clauses(task_id, clause_id),
        task_states(task_id),
        commitment_changes(id),
        commitments(id),
        commitment_requests(id),
        unit_events(id),
        unit_event_members(id),
        task_handovers(id),
        task_decisions(id),
        review_rounds(id),
        review_snapshots(id),
        events(position),
        imports(id),
        chain_head(id),
        settings(key),
    }
}

/// What is said about work.
fn said() -> Vec<Table> {
    tables! {
        progress_reports(id),
        self_verifications(task_id),
        period_locks(id),
        period_lock_exceptions(id),
        instructions(id),
        instruction_steps(id),
        proposals(id),
        contributions(id),
        attachments(id),
        indicator_targets(id),
        indicator_values(id),
        indicator_value_parts(value_id, place),
        indicator_assessments(id),
        obligations(task_id, period),
        review_submissions(id),
        review_reports(review_id),
        review_approvals(id),
        review_errata(id),
    }
}

/// Tables a backup leaves out, and why.
pub const LEFT_OUT: &[(&str, &str)] = &[
    ("sessions", "whoever comes by a backup must not hold a sign-in that still works: everybody signs in again"),
    ("refresh_tokens", "they belong to sessions"),
    ("search_entries", "they repeat words of other rows, and are made anew of these after a restore"),
    ("outbox", "mail that waited then is no news any more, and what was sent must not be sent again"),
    ("login_throttles", "they count attempts of the last minutes on a service that is gone"),
];

/// Tables that have rows from the first migration on, which a backup replaces.
pub const SEEDED: &[&str] = &["chain_head"];
