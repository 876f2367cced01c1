//! Exports: lists as tables that an import reads again.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::areas::AreaView;
use super::tasks::TaskView;
use super::units::UnitView;
use crate::domain::imports::header::Column as C;
use crate::domain::imports::layout::{self, Field, Figure, Shape, Table};
use crate::domain::imports::spellings::Spellings;
use crate::domain::imports::{Cell, ImportKind, words};
use crate::domain::partial_date::{DatePrecision, PartialDate};
use crate::domain::{Id, Percent};

/// Areas as a table.
pub fn areas(rows: impl IntoIterator<Item = AreaView>, spellings: &Spellings, day: NaiveDate) -> Table {
    table(ImportKind::Areas, day, rows, |area: &AreaView, field| match field {
        Field::Read(C::Code) => text(&area.code),
        Field::Read(C::Name) => text(&area.name),
        Field::Read(C::Level) => text(words::write(words::LEVELS, area.level)),
        Field::Read(C::Parent) => text(area.parent.map(|id| spellings.area(id)).unwrap_or_default()),
        Field::Read(C::ValidFrom) => Cell::Date(area.valid_from),
        Field::Read(C::ValidTo) => date(area.valid_to),
        Field::Read(C::Note) => optional(area.note.as_deref()),
        _ => Cell::Empty,
    })
}

/// Units as a table.
pub fn units(rows: impl IntoIterator<Item = UnitView>, spellings: &Spellings, day: NaiveDate) -> Table {
    table(ImportKind::Units, day, rows, |unit: &UnitView, field| match field {
        Field::Read(C::Code) => text(&unit.code),
        Field::Read(C::AgencyCode) => optional(unit.agency_code.as_deref()),
        Field::Read(C::Name) => text(&unit.name),
        Field::Read(C::Kind) => text(words::write(words::KINDS, unit.kind)),
        Field::Read(C::System) => text(words::write(words::SYSTEMS, unit.system)),
        Field::Read(C::Parent) => text(unit.parent.map(|id| spellings.unit(id)).unwrap_or_default()),
        Field::Read(C::Area) => text(spellings.area(unit.area)),
        Field::Read(C::ValidFrom) => Cell::Date(unit.valid_from),
        Field::Read(C::ValidTo) => date(unit.valid_to),
        Field::Read(C::Note) => optional(unit.note.as_deref()),
        _ => Cell::Empty,
    })
}

/// Tasks as a table. The stub of a secret one has neither title nor words.
pub fn tasks(rows: impl IntoIterator<Item = TaskView>, spellings: &Spellings, day: NaiveDate) -> Table {
    table(ImportKind::Tasks, day, rows, |task: &TaskView, field| match field {
        Field::Read(column) => said(task, column, spellings),
        Field::Shown(figure) => shown(task, figure),
    })
}

fn table<T>(kind: ImportKind, day: NaiveDate, rows: impl IntoIterator<Item = T>, cell: impl Fn(&T, Field) -> Cell) -> Table {
    let row = |(at, row): (usize, T)| {
        let cell = |shape: &Shape| match shape.field {
            Field::Read(C::Number) => Cell::Number(Decimal::from(at + 1)),
            field => cell(&row, field),
        };
        layout::exported(kind).iter().map(cell).collect()
    };
    Table { kind, day, rows: rows.into_iter().enumerate().map(row).collect() }
}

/// What was said of a task.
fn said(task: &TaskView, column: C, spellings: &Spellings) -> Cell {
    let deadline = task.deadline.as_ref();
    let unit = |id: Id| spellings.unit(id).to_owned();
    match column {
        C::Id => Cell::Text(task.id.to_string()),
        C::Parent => task.parent.map_or(Cell::Empty, |id| Cell::Text(id.to_string())),
        C::Title => optional(task.title.as_deref()),
        C::Description => optional(task.description.as_deref()),
        C::Deliverable => optional(task.deliverable.as_deref()),
        C::Lead => text(&unit(task.lead_unit.id)),
        C::Coordinating => text(&task.coordinating_units.iter().map(|helper| unit(helper.id)).collect::<Vec<_>>().join("; ")),
        C::Monitoring => text(&task.monitoring_unit.as_ref().map(|monitoring| unit(monitoring.id)).unwrap_or_default()),
        C::Deadline => optional(deadline.map(|deadline| deadline.text.as_str())),
        C::ReferenceDate => date(deadline.and_then(|deadline| deadline.reference_date)),
        C::Weight => Cell::Number(Decimal::from(task.weight)),
        C::Scope => optional(task.scope.as_deref()),
        C::AssignedBy => optional(task.assigned_by.as_deref()),
        C::AssignedOn => task.assigned_on.as_ref().map_or(Cell::Empty, written_date),
        C::AssigningDocument => optional(task.assigning_document.as_deref()),
        C::Secrecy => text(words::write(words::SECRECY, task.secrecy)),
        C::Source => optional(task.source.as_deref()),
        _ => Cell::Empty,
    }
}

/// How a task stands.
fn shown(task: &TaskView, figure: Figure) -> Cell {
    match figure {
        Figure::Lifecycle => text(words::write(words::LIFECYCLES, task.lifecycle)),
        Figure::Timeliness => optional(task.timeliness.map(|judged| words::write(words::TIMELINESS, judged))),
        Figure::DueOn => date(task.due_on),
        Figure::CompletedOn => date(task.completed_on),
        Figure::DaysLate => task.days_late.filter(|days| *days > 0).map_or(Cell::Empty, |days| Cell::Number(Decimal::from(days))),
        Figure::Claimed => percent(task.progress.claimed),
        Figure::Verified => percent(task.progress.verified),
    }
}

fn text(text: &str) -> Cell {
    Cell::words(text)
}

fn optional(words: Option<&str>) -> Cell {
    text(words.unwrap_or_default())
}

fn date(day: Option<NaiveDate>) -> Cell {
    day.map_or(Cell::Empty, Cell::Date)
}

/// A day where the words name one; otherwise the words.
fn written_date(written: &PartialDate) -> Cell {
    let day = written.date.filter(|_| written.precision == DatePrecision::Day);
    day.map_or_else(|| text(&written.text), Cell::Date)
}

fn percent(percent: Option<Percent>) -> Cell {
    percent.map_or(Cell::Empty, |percent| Cell::Number(Decimal::new(i64::from(percent.hundredths()), 2).normalize()))
}
