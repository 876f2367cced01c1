//! The parts of a resolution that tasks carry out.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::StoreResult;
use super::task_facts::FactTask;
use crate::db::Connection;
use crate::db::schema::{breakthroughs, objectives, pillars, task_groups};
use crate::domain::Id;

/// What a part of a resolution is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PartKind {
    /// A breakthrough.
    Breakthrough,
    /// A pillar.
    Pillar,
    /// An objective.
    Objective,
    /// A task group.
    TaskGroup,
}

/// A part of a resolution.
#[derive(Debug, Clone)]
pub struct CoveredPart {
    pub kind: PartKind,
    pub id: Id,
    pub ordinal: i32,
    pub title: String,
    pub recorded_at: NaiveDateTime,
}

impl CoveredPart {
    /// Whether a task carries it out.
    pub fn is_of(&self, task: &FactTask) -> bool {
        let own = match self.kind {
            PartKind::Breakthrough => task.breakthrough_id,
            PartKind::Pillar => task.pillar_id,
            PartKind::Objective => task.objective_id,
            PartKind::TaskGroup => task.group_id,
        };
        own == Some(self.id)
    }
}

type Row = (Id, i32, String, NaiveDateTime);

/// Every part of a resolution: by kind, in their order.
pub fn parts(conn: &mut Connection, resolution: Id) -> StoreResult<Vec<CoveredPart>> {
    let mut parts = Vec::new();
    macro_rules! add {
        ($table:ident, $kind:ident) => {
            let own = $table::table.filter($table::resolution_id.eq(resolution)).order($table::ordinal);
            let rows: Vec<Row> = own.select(($table::id, $table::ordinal, $table::title, $table::recorded_at)).load(conn)?;
            let part = |(id, ordinal, title, recorded_at)| CoveredPart { kind: PartKind::$kind, id, ordinal, title, recorded_at };
            parts.extend(rows.into_iter().map(part));
        };
    }
    add!(breakthroughs, Breakthrough);
    add!(pillars, Pillar);
    add!(objectives, Objective);
    add!(task_groups, TaskGroup);
    Ok(parts)
}
