//! Briefings.

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use super::dashboards::FrameView;
use super::units::UnitRef;
use crate::domain::briefings::{Briefing, Covers, MOST_ROWS, RecordKind, Row, Section, Topic, newly_late_days};
use crate::domain::dashboards::{Basis, Totals};
use crate::domain::silence::{MOST_DAYS, SILENT_DAYS};
use crate::domain::statistics::FourWay;
use crate::domain::{Id, Language};
use crate::store::dashboards::LineUnit;
use crate::store::units::Unit;

/// What a leader reads about a unit before a meeting.
#[derive(Debug, Serialize, ToSchema)]
pub struct BriefingView {
    #[serde(flatten)]
    pub frame: FrameView,
    pub unit: UnitRef,
    /// Whose work it speaks of: the unit with all below it, or all of the province for the Party committee at its head.
    pub covers: Covers,
    /// The day of comparison: changes are those told after its end.
    #[schema(example = "2023-09-02")]
    pub since: NaiveDate,
    /// The most rows of a section.
    #[schema(example = 5)]
    pub limit: i64,
    /// What matters first, made of the numbers by rule, in the language of the reader.
    #[schema(example = json!(["Cần quyết định: 2 đề nghị điều chỉnh, 1 kiến nghị chưa trả lời."]))]
    pub sentences: Vec<String>,
    /// The numbers of the day: those of `dashboards/units/{unit}` under `subtree`, or of `dashboards/overview`.
    pub now: Totals,
    /// The numbers of the day of comparison; of nothing where it lies before the data.
    pub then: Totals,
    /// The official statistic on both days.
    pub statistics: NowAndThen,
    /// The sections, always all and in the same order.
    pub sections: Vec<SectionView>,
}

/// The official statistic (thống kê bốn loại) on both days.
#[derive(Debug, Serialize, ToSchema)]
pub struct NowAndThen {
    /// On the day of the briefing.
    pub now: FourWay,
    /// On the day of comparison.
    pub then: FourWay,
}

/// A section of a briefing.
#[derive(Debug, Serialize, ToSchema)]
pub struct SectionView {
    pub topic: Topic,
    /// All of them, whoever may see them.
    #[schema(example = 3)]
    pub count: usize,
    /// How many of these the reader may not see.
    #[schema(example = 0)]
    pub hidden: usize,
    /// Where all of them are listed: the list of tasks with the same filters where it can be asked for them, else this
    /// briefing with more rows.
    #[schema(example = "/api/v1/tasks?counted=true&lead_unit=hg-so-y-te&subtree=true&timeliness=overdue")]
    pub rows: String,
    pub items: Vec<BriefingRowView>,
}

/// A row of a briefing.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "task": "01780c2e-7000-7000-8000-000000000001", "title": "Xây dựng cơ sở dữ liệu dùng chung",
    "unit": {"id": "01780c2e-7000-7000-8000-000000000002", "code": "hg-so-y-te", "name": "Sở Y tế", "kind": "department", "valid_to": null},
    "record": null, "on": "2023-09-30", "days": 2, "from": null, "to": null, "text": null,
    "href": "/api/v1/tasks/01780c2e-7000-7000-8000-000000000001"
}))]
pub struct BriefingRowView {
    pub task: Id,
    /// `null` for a secret task.
    pub title: Option<String>,
    /// The unit that leads it; of an instruction the one it lies with, of a proposal the one that asks.
    pub unit: UnitRef,
    /// What it leads to, where that is not the task.
    pub record: Option<RecordView>,
    /// The day that matters: when it came, was due, was changed or last heard of.
    pub on: Option<NaiveDate>,
    /// Days from there to the day of the briefing; until a deadline that lies ahead; of a deadline that was changed late,
    /// how many it had passed.
    pub days: Option<i64>,
    /// What changed or is asked to, as it was: a percentage, a day, or words.
    pub from: Option<String>,
    /// As it is, or would be.
    pub to: Option<String>,
    /// What the record says, its first 300 characters.
    pub text: Option<String>,
    pub href: String,
}

/// A record beside a task.
#[derive(Debug, Serialize, ToSchema)]
pub struct RecordView {
    pub kind: RecordKind,
    pub id: Id,
}

impl BriefingView {
    /// A briefing in the language of the reader; `T` is a row as it is shown.
    pub fn new<T: Into<BriefingRowView>>(briefing: Briefing<Unit, T>, language: Language) -> Self {
        let sentences = briefing.sentences(language);
        let links = Links::of(&briefing);
        let Briefing { frame, unit, covers, root: _, since, limit, now, then, sections } = briefing;
        let statistics = NowAndThen { now: FourWay::from(&now.tasks), then: FourWay::from(&then.tasks) };
        let section = |Section { topic, count, hidden, rows }: Section<T>| SectionView {
            topic,
            count,
            hidden,
            rows: links.of_api(topic),
            items: rows.into_iter().map(Into::into).collect(),
        };
        let sections = sections.into_iter().map(section).collect();
        Self { frame: frame.into(), unit: UnitRef::from(&unit), covers, since, limit, sentences, now, then, statistics, sections }
    }
}

impl BriefingRowView {
    /// A row as it leaves the house.
    pub fn new(row: Row, title: Option<String>, unit: LineUnit) -> Self {
        let Row { task, unit: _, record, on, days, from, to, text } = row;
        let href = match record {
            Some((RecordKind::ProgressReport, id)) => format!("/api/v1/progress-reports/{id}"),
            Some((RecordKind::CommitmentRequest, id)) => format!("/api/v1/commitment-requests/{id}"),
            Some((RecordKind::Proposal, id)) => format!("/api/v1/proposals/{id}"),
            Some((RecordKind::Instruction, id)) => format!("/api/v1/instructions/{id}"),
            Some((RecordKind::Task, _)) | None => format!("/api/v1/tasks/{task}"),
        };
        Self {
            task,
            title,
            unit: UnitRef::from(unit),
            record: record.map(|(kind, id)| RecordView { kind, id }),
            on,
            days,
            from: from.map(|said| said.to_string()),
            to: to.map(|said| said.to_string()),
            text,
            href,
        }
    }
}

/// Where all rows of a section are.
#[derive(Debug)]
pub struct Links {
    unit: String,
    /// Part of a query of the API's lists that chooses the tasks of this briefing, and of those of pages.
    own: (String, String),
    days: Vec<String>,
    since: NaiveDate,
    late_days: i64,
}

impl Links {
    /// The links of a briefing.
    pub fn of<T>(briefing: &Briefing<Unit, T>) -> Self {
        let Briefing { frame, unit, covers, root, since, .. } = briefing;
        let own = match covers {
            Covers::Subtree => (format!("lead_unit={}&subtree=true", unit.code), format!("unit={}&subtree=true", unit.code)),
            Covers::Root => (format!("area={root}"), format!("area={root}")),
        };
        let as_of = (frame.as_of != frame.today).then(|| format!("as_of={}", frame.as_of));
        let basis = (frame.basis == Basis::Current).then(|| format!("basis={}", frame.basis));
        let days = as_of.into_iter().chain(basis).collect();
        Self { unit: unit.code.clone(), own, days, since: *since, late_days: newly_late_days(*since, frame.as_of) }
    }

    /// Where the API lists them.
    pub fn of_api(&self, topic: Topic) -> String {
        match self.filter(topic) {
            Some(filter) => self.asking("/api/v1/tasks?counted=true", &[&self.own.0, &filter]),
            None => self.briefing("/api/v1/briefings"),
        }
    }

    /// Where a page lists them.
    pub fn of_page(&self, topic: Topic) -> String {
        match self.filter(topic) {
            Some(filter) => self.asking("/tasks?counted=true", &[&self.own.1, &filter]),
            None => format!("{}#{topic}", self.briefing("/briefings")),
        }
    }

    fn briefing(&self, base: &str) -> String {
        let since = format!("since={}", self.since);
        self.asking(&format!("{base}/{}?limit={MOST_ROWS}", self.unit), &[&since])
    }

    fn asking(&self, start: &str, parts: &[&str]) -> String {
        let parts = parts.iter().copied().chain(self.days.iter().map(String::as_str));
        parts.fold(start.to_owned(), |address, part| format!("{address}&{part}"))
    }

    /// How a list of tasks is asked for those of a section, if it can be.
    fn filter(&self, topic: Topic) -> Option<String> {
        Some(match topic {
            Topic::Suspended => "lifecycle=suspended".to_owned(),
            Topic::NewlyOverdue if (1..=MOST_DAYS).contains(&self.late_days) => format!("days_late_max={}", self.late_days),
            Topic::Overdue => "timeliness=overdue".to_owned(),
            Topic::DueSoon => "timeliness=due_soon".to_owned(),
            Topic::Silent => format!("silent_days={SILENT_DAYS}"),
            Topic::NoDeadline => "timeliness=no_deadline".to_owned(),
            _ => return None,
        })
    }
}
