//! Where the subjects of events stand: the areas that something which happened concerns.

use diesel::prelude::*;
use diesel::sql_types::Text;

use super::StoreResult;
use crate::db::Connection;
use crate::db::types::Uuid;
use crate::domain::Id;

/// The areas of what is kept for a root.
macro_rules! of_root {
    ($table:literal) => {
        concat!("SELECT a.path FROM ", $table, " s JOIN areas a ON a.id = s.root_id WHERE s.id = $1")
    };
}

/// The areas of what is part of a resolution.
macro_rules! of_resolution {
    ($table:literal) => {
        concat!(
            "SELECT a.path FROM ",
            $table,
            " s JOIN resolutions r ON r.id = s.resolution_id JOIN areas a ON a.id = r.root_id WHERE s.id = $1"
        )
    };
}

/// The areas of what is part of a task.
macro_rules! of_task {
    ($table:literal) => {
        concat!("SELECT a.path FROM ", $table, " s JOIN tasks t ON t.id = s.task_id JOIN areas a ON a.id = t.root_id WHERE s.id = $1")
    };
}

/// For each kind of subject, the query of the paths of its areas.
const PATHS: &[(&str, &str)] = &[
    ("area", "SELECT path FROM areas WHERE id = $1"),
    ("unit", "SELECT area_path AS path FROM units WHERE id = $1"),
    ("post", "SELECT u.area_path AS path FROM posts s JOIN units u ON u.id = s.unit_id WHERE s.id = $1"),
    ("unit_event", "SELECT a.path FROM unit_events s JOIN areas a ON a.id = s.root_id WHERE s.id = $1"),
    ("unit_group", of_root!("unit_groups")),
    ("term", "SELECT a.path FROM terms s JOIN areas a ON a.id = s.root_id WHERE s.id = $1"),
    (
        "user",
        "SELECT COALESCE(u.area_path, a.path) AS path FROM grants s LEFT JOIN units u ON u.id = s.unit_id \
         LEFT JOIN areas a ON a.id = s.area_id WHERE s.user_id = $1 AND s.revoked_at IS NULL",
    ),
    (
        "api_client",
        "SELECT COALESCE(u.area_path, a.path) AS path FROM grants s LEFT JOIN units u ON u.id = s.unit_id \
         LEFT JOIN areas a ON a.id = s.area_id WHERE s.user_id = $1",
    ),
    (
        "grant",
        "SELECT COALESCE(u.area_path, a.path) AS path FROM grants s LEFT JOIN units u ON u.id = s.unit_id \
         LEFT JOIN areas a ON a.id = s.area_id WHERE s.id = $1",
    ),
    ("resolution", "SELECT a.path FROM resolutions s JOIN areas a ON a.id = s.root_id WHERE s.id = $1"),
    ("programme", "SELECT a.path FROM programmes s JOIN areas a ON a.id = s.root_id WHERE s.id = $1"),
    ("dissemination_event", of_root!("dissemination_events")),
    ("good_practice", of_root!("good_practices")),
    ("commendation", of_root!("commendations")),
    ("breakthrough", of_resolution!("breakthroughs")),
    ("pillar", of_resolution!("pillars")),
    ("objective", of_resolution!("objectives")),
    ("task_group", of_resolution!("task_groups")),
    ("clause", of_resolution!("clauses")),
    (
        "review",
        "SELECT a.path FROM review_rounds s LEFT JOIN resolutions r ON r.id = s.resolution_id LEFT JOIN programmes p ON p.id = s.programme_id \
         JOIN areas a ON a.id = COALESCE(r.root_id, p.root_id) WHERE s.id = $1",
    ),
    (
        "review_snapshot",
        "SELECT a.path FROM review_snapshots s JOIN review_rounds w ON w.id = s.review_id \
         LEFT JOIN resolutions r ON r.id = w.resolution_id LEFT JOIN programmes p ON p.id = w.programme_id \
         JOIN areas a ON a.id = COALESCE(r.root_id, p.root_id) WHERE s.id = $1",
    ),
    ("task", "SELECT a.path FROM tasks s JOIN areas a ON a.id = s.root_id WHERE s.id = $1"),
    ("import", "SELECT a.path FROM imports s JOIN areas a ON a.id = s.root_id WHERE s.id = $1"),
    ("task_decision", of_task!("task_decisions")),
    ("commitment_change", of_task!("commitment_changes")),
    ("commitment_request", of_task!("commitment_requests")),
    ("progress_report", of_task!("progress_reports")),
    ("instruction", of_task!("instructions")),
    ("proposal", of_task!("proposals")),
    ("contribution", of_task!("contributions")),
    ("period_lock", of_root!("period_locks")),
    ("attachment", of_task!("attachments")),
    ("indicator", of_root!("indicators")),
];

/// Kinds that every root shares: they have no area, whoever acts on them.
pub const SHARED: &[&str] = &["field", "calendar_day"];

#[derive(QueryableByName)]
struct Found {
    #[diesel(sql_type = Text)]
    path: String,
}

/// Paths of the areas that the subject of an event concerns; none for what all roots share, such
/// as fields, and for kinds that are not known here.
pub fn paths(conn: &mut Connection, kind: &str, id: Id) -> StoreResult<Vec<String>> {
    let Some((_, sql)) = PATHS.iter().find(|(known, _)| *known == kind) else { return Ok(Vec::new()) };
    let found: Vec<Found> = diesel::sql_query(*sql).bind::<Uuid, _>(id).load(conn)?;
    Ok(found.into_iter().map(|found| found.path).collect())
}

/// The kinds of subjects that are known here.
pub fn kinds() -> impl Iterator<Item = &'static str> {
    PATHS.iter().map(|(kind, _)| *kind)
}
