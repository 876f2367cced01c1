//! What the list of tasks on a page is asked for, and the address that asks it.

use chrono::NaiveDate;
use serde::Deserialize;

use super::figures::{address, part};
use crate::domain::dashboards::Basis;
use crate::domain::six_clears::Clear;
use crate::domain::task_drafts::TaskQuery;
use crate::domain::tasks::Lifecycle;
use crate::domain::timeliness::{Against, Timeliness};
use crate::domain::{Id, Reference};

/// What the list may be asked for; every number of a dashboard is such a question.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Asked {
    pub q: Option<String>,
    pub unit: Option<String>,
    #[serde(default)]
    pub subtree: bool,
    pub area: Option<String>,
    #[serde(default)]
    pub timeliness: Vec<Timeliness>,
    pub against: Option<Against>,
    pub rescheduled: Option<bool>,
    #[serde(default)]
    pub lifecycle: Vec<Lifecycle>,
    pub reported: Option<bool>,
    pub silent_days: Option<i64>,
    pub days_late_min: Option<i64>,
    pub days_late_max: Option<i64>,
    pub breakthrough: Option<Id>,
    pub pillar: Option<Id>,
    pub resolution: Option<Id>,
    pub clause: Option<Id>,
    pub cites: Option<bool>,
    pub unit_group: Option<String>,
    #[serde(default)]
    pub lacks: Vec<Clear>,
    #[serde(default)]
    pub counted: bool,
    pub as_of: Option<NaiveDate>,
    pub basis: Option<Basis>,
    pub cursor: Option<String>,
}

impl Asked {
    /// The question as the API asks it.
    pub fn query(&self) -> TaskQuery {
        TaskQuery {
            lead_unit: self.unit.clone().map(Reference::from),
            subtree: self.subtree,
            area: self.area.clone().map(Reference::from),
            breakthrough: self.breakthrough,
            pillar: self.pillar,
            resolution: self.resolution,
            clause: self.clause,
            cites: self.cites,
            unit_group: self.unit_group.clone().map(Reference::from),
            lacks: self.lacks.clone(),
            lifecycle: self.lifecycle.clone(),
            timeliness: self.timeliness.clone(),
            against: self.against,
            rescheduled: self.rescheduled,
            reported: self.reported,
            silent_days: self.silent_days,
            days_late_min: self.days_late_min,
            days_late_max: self.days_late_max,
            counted: self.counted,
            as_of: self.as_of,
            basis: self.basis,
            q: self.q.clone(),
            cursor: self.cursor.clone(),
            ..TaskQuery::default()
        }
    }

    /// Names of days that are asked for, with their number.
    pub fn days(&self) -> [(&'static str, Option<i64>); 3] {
        [("silent_days", self.silent_days), ("days_late_min", self.days_late_min), ("days_late_max", self.days_late_max)]
    }

    /// The address of the whole list as a file: `asked.file("csv")`.
    pub fn file(&self, end: &str) -> String {
        self.at(None).replacen("/tasks", &format!("/tasks.{end}"), 1)
    }

    /// Whether tasks are judged by the deadlines they were issued with.
    pub fn by_original(&self) -> bool {
        self.against == Some(Against::Original)
    }

    /// Whether anything is asked but words and the day, so that all filters are shown.
    pub fn is_narrow(&self) -> bool {
        let named = [&self.unit, &self.area].into_iter().any(Option::is_some);
        named
            || !self.timeliness.is_empty()
            || !self.lifecycle.is_empty()
            || self.reported.is_some()
            || self.breakthrough.is_some()
            || !self.lacks.is_empty()
    }

    /// The address of the page that begins at a cursor.
    pub fn at(&self, cursor: Option<&str>) -> String {
        let flag = |name: &str, set: bool| part(name, set.then_some("true"));
        let id = |of: Option<Id>| of.map(|id| id.to_string());
        let [breakthrough, pillar, resolution, clause] = [self.breakthrough, self.pillar, self.resolution, self.clause].map(id);
        let day = self.as_of.map(|day| day.to_string());
        let each = |name: &str, values: Vec<&str>| values.iter().map(|value| format!("{name}={value}")).collect::<Vec<_>>().join("&");
        let number = |name: &str, days: Option<i64>| part(name, days.map(|days| days.to_string()).as_deref());
        let parts = [
            part("q", self.q.as_deref()),
            part("unit", self.unit.as_deref()),
            flag("subtree", self.subtree),
            part("area", self.area.as_deref()),
            each("timeliness", self.timeliness.iter().map(|value| value.as_str()).collect()),
            part("against", self.against.map(Against::as_str)),
            part("rescheduled", self.rescheduled.map(yes)),
            each("lifecycle", self.lifecycle.iter().map(|value| value.as_str()).collect()),
            part("reported", self.reported.map(yes)),
            number("silent_days", self.silent_days),
            number("days_late_min", self.days_late_min),
            number("days_late_max", self.days_late_max),
            part("breakthrough", breakthrough.as_deref()),
            part("pillar", pillar.as_deref()),
            part("resolution", resolution.as_deref()),
            part("clause", clause.as_deref()),
            part("cites", self.cites.map(yes)),
            part("unit_group", self.unit_group.as_deref()),
            each("lacks", self.lacks.iter().map(|clear| clear.as_str()).collect()),
            flag("counted", self.counted),
            part("as_of", day.as_deref()),
            part("basis", self.basis.map(Basis::as_str)),
            part("cursor", cursor),
        ];
        address(&parts.each_ref().map(String::as_str))
    }
}

/// A flag as addresses have it.
pub fn yes(set: bool) -> &'static str {
    if set { "true" } else { "false" }
}
