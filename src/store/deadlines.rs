//! Deadlines: words and reading.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::StoreResult;
use crate::db::Connection;
use crate::db::schema::deadlines;
use crate::domain::Id;
use crate::domain::deadline::DeadlinePrecision;
use crate::domain::deadline::{Deadline, DeadlineKind, Milestone};

/// One deadline of a task.
#[derive(Debug, Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = deadlines, treat_none_as_null = true, treat_none_as_default_value = false)]
pub struct DeadlineRow {
    pub id: Id,
    pub task_id: Id,
    pub text: String,
    pub reference_date: Option<NaiveDate>,
    pub kind: DeadlineKind,
    pub starts_on: Option<NaiveDate>,
    pub ends_on: Option<NaiveDate>,
    pub precision: Option<DeadlinePrecision>,
    pub recurrence: Option<String>,
    pub binding: bool,
    pub fuzzy: bool,
    pub milestones: String,
    pub parser_version: i32,
    pub recorded_at: NaiveDateTime,
}

/// Adds a row.
pub fn insert(conn: &mut Connection, row: &DeadlineRow) -> StoreResult<()> {
    diesel::insert_into(deadlines::table).values(row).execute(conn).map(drop)
}

impl DeadlineRow {
    /// A row for a deadline as it was read.
    pub fn new(id: Id, task_id: Id, read: &Deadline, recorded_at: NaiveDateTime) -> Self {
        Self {
            id,
            task_id,
            text: read.text.clone(),
            reference_date: read.reference_date,
            kind: read.kind,
            starts_on: read.start,
            ends_on: read.end,
            precision: read.precision,
            recurrence: read.recurrence.clone(),
            binding: read.binding,
            fuzzy: read.fuzzy,
            milestones: serde_json::to_string(&read.milestones).unwrap_or_else(|_| "[]".into()),
            parser_version: i32::try_from(read.parser_version).unwrap_or(i32::MAX),
            recorded_at,
        }
    }

    /// Whether it has periods or steps beside the whole.
    pub fn may_have_parts(&self) -> bool {
        self.recurrence.is_some() || self.milestones != "[]"
    }

    fn read_milestones(&self) -> Vec<Milestone> {
        serde_json::from_str(&self.milestones).unwrap_or_else(|error| {
            tracing::error!(deadline = %self.id, %error, "kept milestones cannot be read");
            Vec::new()
        })
    }

    /// The deadline as it was read.
    pub fn reading(&self) -> Deadline {
        Deadline {
            text: self.text.clone(),
            reference_date: self.reference_date,
            kind: self.kind,
            start: self.starts_on,
            end: self.ends_on,
            precision: self.precision,
            recurrence: self.recurrence.clone(),
            binding: self.binding,
            fuzzy: self.fuzzy,
            milestones: self.read_milestones(),
            parser_version: u32::try_from(self.parser_version).unwrap_or_default(),
        }
    }
}

/// The deadlines with these ids, in no order.
pub fn with_ids(conn: &mut Connection, ids: &[Id]) -> StoreResult<Vec<DeadlineRow>> {
    load_among!(conn, deadlines::table.select(DeadlineRow::as_select()), deadlines::id, ids)
}
