//! Integrity signals.

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use super::units::UnitRef;
use crate::domain::integrity::{Counted, Finding, Found, Haste, IntegrityQuery, Signal};
use crate::domain::{Id, Language};
use crate::store::dashboards::LineUnit;

/// How many there are of each signal.
#[derive(Debug, Serialize, ToSchema)]
pub struct IntegrityView {
    /// The day whose end in Vietnam the answer speaks of.
    #[schema(example = "2023-10-02")]
    pub as_of: NaiveDate,
    /// The day it is, in the system.
    #[schema(example = "2023-10-02")]
    pub today: NaiveDate,
    /// The last event of the journal that was looked at.
    pub position: i64,
    pub items: Vec<SignalView>,
}

/// A signal and how often it was found.
#[derive(Debug, Serialize, ToSchema)]
pub struct SignalView {
    pub signal: Signal,
    /// What it is called, in the language of the reader.
    #[schema(example = "Báo cáo lùi ngày")]
    pub name: String,
    /// What it looks for, with its constants.
    #[schema(example = "Số liệu của báo cáo là của ngày hơn 60 ngày trước khi báo cáo.")]
    pub rule: String,
    /// How often it was found.
    #[schema(example = 2)]
    pub count: usize,
    /// How many of these were made up for the demo.
    #[schema(example = 0)]
    pub illustrative: usize,
    /// Where each of them is.
    #[schema(example = "/api/v1/dashboards/integrity/backdated?unit=hg-so-y-te")]
    pub rows: String,
}

/// Something that was found.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "task": "01780c2e-7000-7000-8000-000000000001", "title": "Xây dựng cơ sở dữ liệu dùng chung",
    "unit": {"id": "01780c2e-7000-7000-8000-000000000002", "code": "hg-so-y-te", "name": "Sở Y tế", "kind": "department", "valid_to": null},
    "report": "01780c2e-7000-7000-8000-000000000003", "earlier_report": null, "on": "2023-09-30", "days": 75, "seconds": null,
    "found": "Số liệu ngày 17/07/2023, 75 ngày trước khi báo cáo.", "text": "Đang lấy ý kiến.", "illustrative": false,
    "href": "/api/v1/progress-reports/01780c2e-7000-7000-8000-000000000003"
}))]
pub struct FindingView {
    pub task: Id,
    pub title: String,
    /// Who reported, or leads the task whose deadline was changed.
    pub unit: UnitRef,
    /// The report; `null` where a deadline was changed.
    pub report: Option<Id>,
    /// Of a copy: the report it copies.
    pub earlier_report: Option<Id>,
    /// The day it was told, verified or changed.
    pub on: NaiveDate,
    /// The days that matter, as `found` says them.
    pub days: Option<i64>,
    /// The seconds a verification took.
    pub seconds: Option<i64>,
    /// What was found, in the language of the reader.
    pub found: String,
    /// What the report says, or why the deadline was changed.
    pub text: Option<String>,
    /// Whether it was made up for the demo.
    pub illustrative: bool,
    pub href: String,
}

impl IntegrityView {
    /// The signals of a day in the language of the reader.
    pub fn new(
        (as_of, today, position): (NaiveDate, NaiveDate, i64),
        counts: Vec<Counted>,
        query: &IntegrityQuery,
        language: Language,
    ) -> Self {
        let asked = asked(query);
        let line = |Counted { signal, count, illustrative }: Counted| SignalView {
            signal,
            name: signal.name(language).to_owned(),
            rule: signal.rule(language),
            count,
            illustrative,
            rows: match asked.as_str() {
                "" => format!("/api/v1/dashboards/integrity/{signal}"),
                asked => format!("/api/v1/dashboards/integrity/{signal}?{asked}"),
            },
        };
        Self { as_of, today, position, items: counts.into_iter().map(line).collect() }
    }
}

/// The filters of a question as part of an address.
fn asked(query: &IntegrityQuery) -> String {
    let IntegrityQuery { as_of, unit, resolution, programme } = query;
    let part = |name: &str, value: Option<String>| value.map(|value| format!("{name}={value}"));
    let parts = [
        part("as_of", as_of.map(|day| day.to_string())),
        part("unit", unit.as_ref().map(ToString::to_string)),
        part("resolution", resolution.map(|id| id.to_string())),
        part("programme", programme.map(|id| id.to_string())),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join("&")
}

impl FindingView {
    /// Something that was found, in the language of the reader.
    pub fn new(finding: Finding, title: String, unit: LineUnit, language: Language) -> Self {
        let Finding { task, report, unit: _, position: _, on, days, found, text, illustrative } = finding;
        Self {
            task,
            title,
            unit: UnitRef::from(unit),
            report,
            earlier_report: match found {
                Found::Copy { of } => Some(of),
                _ => None,
            },
            on,
            days,
            seconds: match found {
                Found::Fast(Haste::AfterSending(seconds) | Haste::AfterAnother(seconds)) => Some(seconds),
                _ => None,
            },
            found: found.words(days, language),
            text,
            illustrative,
            href: report.map_or_else(|| format!("/api/v1/tasks/{task}"), |report| format!("/api/v1/progress-reports/{report}")),
        }
    }
}
