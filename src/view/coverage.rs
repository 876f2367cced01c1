//! What a resolution lacks.

use std::collections::HashMap;

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use super::clauses::ClauseRef;
use super::lag::LagsView;
use super::units::UnitRef;
use crate::domain::Id;
use crate::domain::coverage::{Coverage, Covered, Debtor, Debts, OwedKind};
use crate::store::clauses::Clause;
use crate::store::coverage::{CoveredPart, PartKind};
use crate::store::dashboards::LineUnit;

/// What a resolution lacks at the end of a day.
#[derive(Debug, Serialize, ToSchema)]
pub struct CoverageView {
    /// The day whose end in Vietnam the answer speaks of.
    #[schema(example = "2023-10-02")]
    pub as_of: NaiveDate,
    /// The last event of the journal that was counted.
    pub position: i64,
    /// Id of the resolution.
    pub resolution: Id,
    /// How slowly it came into life.
    pub lag: LagsView,
    pub clauses: ClausesCoverage,
    pub tasks: TasksCoverage,
    pub breakthroughs: PartsCoverage,
    pub pillars: PartsCoverage,
    pub objectives: PartsCoverage,
    pub task_groups: PartsCoverage,
    /// What units owe for it.
    pub owed: OwedView,
    /// Units that have not issued all they owe, as far as the reader sees them, in Vietnamese order.
    pub items: Vec<DebtorView>,
    /// Where the next page of units begins, if there is one.
    pub next: Option<String>,
}

/// Clauses and the tasks that carry them out.
#[derive(Debug, Serialize, ToSchema)]
pub struct ClausesCoverage {
    pub total: usize,
    /// Clauses without a task, of their own or below them.
    pub without_task: usize,
    /// Every clause that stands, in the order of the document.
    pub items: Vec<ClauseCoverage>,
}

/// A clause and its tasks.
#[derive(Debug, Serialize, ToSchema)]
pub struct ClauseCoverage {
    pub clause: ClauseRef,
    /// Tasks that cite it, or a clause below it.
    pub tasks: usize,
}

/// Tasks that carry the resolution out; secret ones count too.
#[derive(Debug, Serialize, ToSchema)]
pub struct TasksCoverage {
    pub total: usize,
    /// Those that cite none of its clauses (`GET /tasks?resolution=…&cites=false`).
    pub without_clause: usize,
}

/// Parts of one kind and the tasks that carry them out.
#[derive(Debug, Serialize, ToSchema)]
pub struct PartsCoverage {
    pub total: usize,
    pub without_task: usize,
    /// Every part, in its order.
    pub items: Vec<PartCoverage>,
}

/// A part and its tasks.
#[derive(Debug, Serialize, ToSchema)]
pub struct PartCoverage {
    pub id: Id,
    #[schema(example = 1)]
    pub ordinal: i32,
    #[schema(example = "Hạ tầng phục vụ công nghiệp và giao thông")]
    pub title: String,
    pub tasks: usize,
}

/// Documents that units owe, of the whole root.
#[derive(Debug, Serialize, ToSchema)]
pub struct OwedView {
    /// Units that owe any.
    pub units: usize,
    /// Those that have issued all.
    pub complete: usize,
    /// Documents owed.
    pub documents: usize,
    /// Those issued.
    pub issued: usize,
}

/// A unit that has not issued all it owes.
#[derive(Debug, Serialize, ToSchema)]
pub struct DebtorView {
    pub unit: UnitRef,
    /// Documents it owes.
    pub owed: usize,
    /// Those it has not issued.
    pub missing: Vec<MissingView>,
}

/// A document that is missing.
#[derive(Debug, Serialize, ToSchema)]
pub struct MissingView {
    pub what: OwedKind,
    /// The year, of a yearly programme.
    #[schema(example = 2021)]
    pub year: Option<i32>,
    /// Id of the theme, of a plan for one.
    pub theme: Option<Id>,
    /// Its title.
    pub theme_title: Option<String>,
}

impl From<Coverage<Clause, CoveredPart, LineUnit>> for CoverageView {
    fn from(found: Coverage<Clause, CoveredPart, LineUnit>) -> Self {
        let parts = |kind| PartsCoverage::of(kind, &found.parts);
        let (breakthroughs, pillars) = (parts(PartKind::Breakthrough), parts(PartKind::Pillar));
        let (objectives, task_groups) = (parts(PartKind::Objective), parts(PartKind::TaskGroup));
        let Debts { units, complete, owed, issued, themes } = &found.debts;
        Self {
            as_of: found.as_of,
            position: found.position,
            resolution: found.resolution,
            lag: LagsView::new(found.adopted_on, found.precision, found.firsts, found.as_of),
            clauses: ClausesCoverage::of(&found.clauses),
            tasks: TasksCoverage { total: found.tasks, without_clause: found.without_clause },
            breakthroughs,
            pillars,
            objectives,
            task_groups,
            owed: OwedView { units: *units, complete: *complete, documents: *owed, issued: *issued },
            items: found.debtors.into_iter().map(|debtor| DebtorView::new(debtor, themes)).collect(),
            next: found.next,
        }
    }
}

impl ClausesCoverage {
    fn of(clauses: &[Covered<Clause>]) -> Self {
        let items = clauses.iter().map(|covered| ClauseCoverage { clause: ClauseRef::from(&covered.of), tasks: covered.tasks }).collect();
        Self { total: clauses.len(), without_task: clauses.iter().filter(|covered| covered.tasks == 0).count(), items }
    }
}

impl PartsCoverage {
    fn of(kind: PartKind, parts: &[Covered<CoveredPart>]) -> Self {
        let own = parts.iter().filter(|covered| covered.of.kind == kind);
        let item = |Covered { of, tasks }: &Covered<CoveredPart>| PartCoverage {
            id: of.id,
            ordinal: of.ordinal,
            title: of.title.clone(),
            tasks: *tasks,
        };
        let items: Vec<PartCoverage> = own.map(item).collect();
        Self { total: items.len(), without_task: items.iter().filter(|part| part.tasks == 0).count(), items }
    }
}

impl DebtorView {
    fn new(debtor: Debtor<LineUnit>, themes: &HashMap<Id, String>) -> Self {
        let title = |theme: Option<Id>| themes.get(&theme?).cloned();
        let missing = debtor.missing.into_iter();
        let missing = missing.map(|m| MissingView { what: m.what, year: m.year, theme: m.theme, theme_title: title(m.theme) }).collect();
        Self { unit: debtor.unit.into(), owed: debtor.owed, missing }
    }
}
