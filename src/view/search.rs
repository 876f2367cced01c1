//! What was found.

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use super::units::UnitRef;
use crate::domain::Id;
use crate::domain::search::{SearchKind, Span};
use crate::domain::tasks::Lifecycle;
use crate::domain::timeliness::Timeliness;
use crate::store::search::Found;
use crate::store::tasks::TaskRecord;

/// A record that was found.
#[derive(Debug, Serialize, ToSchema)]
pub struct FindView {
    pub kind: SearchKind,
    pub id: Id,
    /// Where it is read.
    #[schema(example = "/api/v1/tasks/0189bd2c-6c00-7000-8000-000000000001")]
    pub href: String,
    /// Its title or name, a document's with its number.
    #[schema(example = "Đề án phát triển khu, cụm công nghiệp")]
    pub title: String,
    /// Where the words stand in the title, in characters.
    pub title_spans: Vec<Span>,
    /// The part of its other words in which any stand.
    pub snippet: Option<SnippetView>,
    /// Whether all words have the diacritics that were typed.
    pub exact: bool,
    /// How it stands, if it is a task.
    pub task: Option<FoundTaskView>,
}

/// A part of a text, and where the words stand in it.
#[derive(Debug, Serialize, ToSchema)]
pub struct SnippetView {
    pub text: String,
    /// In characters of this text.
    pub spans: Vec<Span>,
}

/// A task where it is found.
#[derive(Debug, Serialize, ToSchema)]
pub struct FoundTaskView {
    pub lead_unit: UnitRef,
    /// Words of the deadline in force.
    #[schema(example = "trong quý III-2021")]
    pub deadline: Option<String>,
    /// The day lateness is judged by.
    pub due_on: Option<NaiveDate>,
    pub lifecycle: Lifecycle,
    pub timeliness: Option<Timeliness>,
}

impl FindView {
    /// A find; `base` is what every address begins with.
    pub fn new(
        found: Found,
        title_spans: Vec<Span>,
        snippet: Option<(String, Vec<Span>)>,
        task: Option<(&TaskRecord, Option<Timeliness>)>,
        base: &str,
    ) -> Self {
        let Found { id, kind, title, body: _, rank, weight: _, length: _ } = found;
        Self {
            kind,
            id,
            href: format!("{base}/{}/{id}", noun(kind)),
            title,
            title_spans,
            snippet: snippet.map(|(text, spans)| SnippetView { text, spans }),
            exact: rank >= 2,
            task: task.map(|(record, timeliness)| FoundTaskView {
                lead_unit: UnitRef::from(&record.lead),
                deadline: record.deadline.as_ref().map(|deadline| deadline.text.clone()),
                due_on: record.state.due_on,
                lifecycle: record.state.lifecycle,
                timeliness,
            }),
        }
    }
}

fn noun(kind: SearchKind) -> &'static str {
    match kind {
        SearchKind::Resolution => "resolutions",
        SearchKind::Programme => "programmes",
        SearchKind::Clause => "clauses",
        SearchKind::Breakthrough => "breakthroughs",
        SearchKind::Pillar => "pillars",
        SearchKind::Objective => "objectives",
        SearchKind::TaskGroup => "task-groups",
        SearchKind::Unit => "units",
        SearchKind::Area => "areas",
        SearchKind::Post => "posts",
        SearchKind::DisseminationEvent => "dissemination-events",
        SearchKind::GoodPractice => "good-practices",
        SearchKind::Commendation => "commendations",
        SearchKind::Task => "tasks",
    }
}
