//! Whose tasks a reader sees, and the condition that says so.

use crate::domain::Id;

/// Whose tasks a reader sees.
#[derive(Debug, Clone, Default)]
pub struct TaskRows {
    /// What may be read, once it is published: issued and not secret.
    pub read: Place,
    /// What may be written: drafts and secret stubs are seen here only.
    pub written: Place,
}

/// A part of all tasks.
#[derive(Debug, Clone, Default)]
pub struct Place {
    /// All of these root areas.
    pub roots: Vec<Id>,
    /// Those these units lead; what is read, also those they help with or were handed over to them.
    pub units: Vec<Id>,
}

/// Whether the reader sees the task of a row: led, helped with or received within what is read, and
/// published unless it is written there. A macro, because its type cannot be written down.
macro_rules! seen_by {
    ($rows:expr) => {{
        use crate::db::schema::{task_coordinating_units, task_handovers};
        let crate::store::task_rows::TaskRows { read, written } = $rows;
        let helped = task_coordinating_units::table
            .filter(task_coordinating_units::unit_id.eq_any(read.units.clone()))
            .select(task_coordinating_units::task_id);
        let handed = task_handovers::table
            .filter(task_handovers::to_unit_id.eq_any(read.units.clone()))
            .filter(crate::store::task_handovers::held())
            .select(task_handovers::task_id);
        let published = tasks::issued_at.is_not_null().and(tasks::secrecy.eq(crate::domain::tasks::Secrecy::None));
        let led = tasks::root_id.eq_any(read.roots.clone()).or(tasks::lead_unit_id.eq_any(read.units.clone()));
        let written = tasks::root_id.eq_any(written.roots.clone()).or(tasks::lead_unit_id.eq_any(written.units.clone()));
        led.or(tasks::id.eq_any(helped)).or(tasks::handed_over.eq(true).and(tasks::id.eq_any(handed))).and(published.or(written))
    }};
}
pub(super) use seen_by;

/// Whether the reader sees what was addressed to the unit in a column, about the task of the row: the
/// unit or its whole root is read, and the task published unless it is written there. Who else works on
/// the task does not see it.
macro_rules! told_to {
    ($rows:expr, $column:expr) => {{
        let crate::store::task_rows::TaskRows { read, written } = $rows;
        let published = tasks::issued_at.is_not_null().and(tasks::secrecy.eq(crate::domain::tasks::Secrecy::None));
        let written = tasks::root_id.eq_any(written.roots.clone()).or(tasks::lead_unit_id.eq_any(written.units.clone()));
        let told = tasks::root_id.eq_any(read.roots.clone()).or($column.eq_any(read.units.clone()));
        told.and(published.or(written))
    }};
}
pub(super) use told_to;
