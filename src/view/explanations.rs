//! Explanations of the numbers of dashboards.

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use super::dashboards::FrameView;
use super::units::UnitRef;
use crate::domain::dashboards::{Basis, DashboardQuery};
use crate::domain::explanations::{Explained, Explanation, ExplanationQuery, Number, PartIn, Sum, Whole};
use crate::domain::light::{Axes, GAP_HUNDREDTHS, Light, RED_FROM_ONE_IN};
use crate::domain::tasks::{Lifecycle, Secrecy};
use crate::domain::timeliness::Timeliness;
use crate::domain::{Id, Language, Percent};
use crate::store::dashboards::LineUnit;
use crate::store::task_facts::TaskFact;

/// A number, how it is worked out, and the tasks behind it.
#[derive(Debug, Serialize, ToSchema)]
pub struct ExplanationView {
    #[serde(flatten)]
    pub frame: FrameView,
    pub of: Number,
    /// The number, if it is a count.
    #[schema(example = 12)]
    pub count: Option<u32>,
    /// The number, if it is a percentage; `null` also where nothing was reported.
    pub percent: Option<Percent>,
    /// The light.
    pub light: Option<LightView>,
    /// How it is worked out, in the language asked for.
    #[schema(example = "Open tasks whose deadline had passed before the day asked about.")]
    pub formula: String,
    /// What the tasks bring together: all of them, also those of other pages and those that the reader may not see.
    pub sum: Sum,
    /// A percentage before it is rounded, cut off after six decimals.
    #[schema(example = "62.499999")]
    pub unrounded: Option<String>,
    /// Where the lists of the API show the same tasks, if a list can be asked for them.
    #[schema(example = "/api/v1/tasks?counted=true&timeliness=overdue&lead_unit=hg-so-y-te")]
    pub rows: Option<String>,
    /// The tasks, by id: those in the number and those it leaves out; only what the reader may see.
    pub items: Vec<ExplainedView>,
    /// How many more stand behind it that the reader may not see.
    pub hidden: usize,
    pub next: Option<String>,
}

/// A light and what it comes from.
#[derive(Debug, Serialize, ToSchema)]
pub struct LightView {
    pub light: Light,
    pub axes: Axes,
    /// Overdue tasks, of those expected: red from one in five.
    #[schema(example = 12)]
    pub overdue: u32,
    pub expected: u32,
    /// Red from one in so many.
    #[schema(example = 5)]
    pub red_from_one_in: u32,
    /// How many have reported: amber if less than half while something is open.
    pub reported: u32,
    pub claimed: Option<Percent>,
    pub verified: Option<Percent>,
    /// Amber if claimed runs more than so many points ahead of verified.
    #[schema(example = 20)]
    pub gap_points: i32,
}

/// A task behind a number.
#[derive(Debug, Serialize, ToSchema)]
pub struct ExplainedView {
    pub id: Id,
    /// `null` for a secret one.
    pub title: Option<String>,
    /// Who leads it, or answers for it (`basis=current`).
    pub unit: UnitRef,
    pub lifecycle: Lifecycle,
    pub timeliness: Option<Timeliness>,
    pub due_on: Option<NaiveDate>,
    pub completed_on: Option<NaiveDate>,
    pub weight: i32,
    /// What it is to the number.
    pub part: PartIn,
    /// The percentage it brings.
    pub percent: Option<Percent>,
    #[schema(example = "/api/v1/tasks/01980000-0000-7000-8000-000000000000")]
    pub href: String,
}

impl ExplanationView {
    /// An explanation in the language of the reader.
    pub fn new(
        explanation: Explanation<Explained<TaskFact, LineUnit>>,
        (query, asked): (&DashboardQuery, &ExplanationQuery),
        language: Language,
    ) -> Self {
        let Explanation { frame, of, whole, totals, sum, items, next, hidden } = explanation;
        let (counts, progress) = (&totals.tasks, &totals.progress);
        let coverage = progress.coverage;
        let light = LightView {
            light: totals.light,
            axes: totals.axes,
            overdue: counts.open_overdue,
            expected: coverage.expected,
            red_from_one_in: RED_FROM_ONE_IN,
            reported: coverage.reported,
            claimed: progress.claimed,
            verified: progress.verified,
            gap_points: GAP_HUNDREDTHS / 100,
        };
        Self {
            frame: frame.into(),
            of,
            count: (!of.is_percentage() && of != Number::Light).then_some(sum.counted),
            percent: match of {
                Number::Claimed => progress.claimed,
                Number::Verified => progress.verified,
                _ => None,
            },
            light: (of == Number::Light).then_some(light),
            formula: of.formula(language).to_owned(),
            unrounded: sum.unrounded().filter(|_| of.is_percentage()),
            sum,
            rows: rows(query, asked, whole.as_ref()),
            items: items.into_iter().map(ExplainedView::from).collect(),
            hidden,
            next,
        }
    }
}

impl From<Explained<TaskFact, LineUnit>> for ExplainedView {
    fn from(Explained { fact, counted, title, unit, share }: Explained<TaskFact, LineUnit>) -> Self {
        Self {
            id: fact.task.id,
            title: title.filter(|_| fact.task.secrecy == Secrecy::None),
            unit: UnitRef::from(unit),
            lifecycle: counted.lifecycle,
            timeliness: counted.timeliness,
            due_on: fact.state.due_on,
            completed_on: fact.state.completed_on,
            weight: counted.weight,
            part: share.part,
            percent: share.percent,
            href: format!("/api/v1/tasks/{}", fact.task.id),
        }
    }
}

/// The list of tasks with the same filters; none for lines that no list can be asked for, such as what stands
/// below a whole at several depths.
fn rows(query: &DashboardQuery, asked: &ExplanationQuery, whole: Option<&Whole>) -> Option<String> {
    if asked.outside.is_some() || asked.level.is_some() || !asked.kind.is_empty() || whole.is_some_and(|whole| !whole.is_flat) {
        return None;
    }
    let part = |name: &str, value: Option<String>| value.map(|value| format!("{name}={value}"));
    let id = |name: &str, id: Option<Id>| part(name, id.map(|id| id.to_string()));
    let parts = [
        Some("counted=true".to_owned()),
        filter_of(asked.of).map(ToOwned::to_owned),
        part("lead_unit", asked.unit.as_ref().map(ToString::to_string)),
        asked.subtree.then(|| "subtree=true".to_owned()),
        part("area", asked.area.as_ref().map(ToString::to_string)),
        part("as_of", query.as_of.map(|day| day.to_string())),
        part("basis", query.basis.filter(|basis| *basis == Basis::Current).map(|basis| basis.to_string())),
        id("resolution", query.resolution),
        id("breakthrough", query.breakthrough),
        id("pillar", query.pillar),
        id("programme", query.programme),
        id("field", query.field),
        id("objective", asked.objective),
        id("group", asked.group),
        id("parent", whole.map(|whole| whole.id)),
    ];
    Some(format!("/api/v1/tasks?{}", parts.into_iter().flatten().collect::<Vec<_>>().join("&")))
}

/// How a list is asked for the tasks of a column.
fn filter_of(number: Number) -> Option<&'static str> {
    Some(match number {
        Number::CompletedOnTime => "timeliness=on_time",
        Number::CompletedLate => "timeliness=late",
        Number::OpenInTime => "timeliness=in_time",
        Number::OpenDueSoon => "timeliness=due_soon",
        Number::OpenOverdue => "timeliness=overdue",
        Number::OpenNoDeadline => "timeliness=no_deadline",
        Number::Suspended => "lifecycle=suspended",
        Number::Cancelled => "lifecycle=cancelled",
        Number::Rescheduled => "rescheduled=true",
        Number::Reported => "reported=true",
        _ => return None,
    })
}
