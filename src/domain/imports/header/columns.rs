//! What the columns of each kind of table are called.

mod areas;
mod calendar_days;
mod clauses;
mod conferences;
mod documents;
mod indicators;
mod posts;
mod tasks;
mod unit_events;
mod unit_groups;
mod units;

use super::Column;
use crate::domain::imports::options::ImportKind;

/// What columns are called, without diacritics and marks; the first is looked for by its beginning too.
pub(super) type Names = &'static [(Column, &'static [&'static str])];

/// Columns without which a table is none of its kind, with what they are usually called.
pub(super) type Needed = &'static [(Column, &'static str)];

/// What is known of the columns of a table.
#[derive(Debug, Clone, Copy)]
pub(super) struct Table {
    pub(super) names: Names,
    pub(super) needed: Needed,
}

/// The columns of tables of a kind.
pub(super) fn of(kind: ImportKind) -> Table {
    match kind {
        ImportKind::Areas => areas::TABLE,
        ImportKind::Units => units::TABLE,
        ImportKind::Tasks => tasks::TABLE,
        ImportKind::Documents => documents::TABLE,
        ImportKind::Clauses => clauses::TABLE,
        ImportKind::UnitEvents => unit_events::TABLE,
        ImportKind::UnitGroups => unit_groups::TABLE,
        ImportKind::Conferences => conferences::TABLE,
        ImportKind::Indicators => indicators::TABLE,
        ImportKind::Posts => posts::TABLE,
        ImportKind::CalendarDays => calendar_days::TABLE,
    }
}
