//! What a briefing is made of: sections with rows, and the numbers of two days.

use std::fmt;

use chrono::NaiveDate;

use super::{Covers, RecordKind, TEXT, Topic};
use crate::domain::dashboards::{Frame, Totals};
use crate::domain::{Id, Percent};

/// A text as briefings show it: its beginning, if it is long.
pub fn shortened(text: &str) -> String {
    let end = text.char_indices().nth(TEXT).map(|(end, _)| end);
    end.and_then(|end| text.get(..end)).map_or_else(|| text.to_owned(), |start| format!("{}…", start.trim_end()))
}

/// One row: the task, and what is told of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The task it is about.
    pub task: Id,
    /// The unit that leads it; of an instruction the one that was told, of a proposal the one that asks.
    pub unit: Id,
    /// What it leads to, where that is not the task.
    pub record: Option<(RecordKind, Id)>,
    /// The day that matters: when it came, was due, was last heard of.
    pub on: Option<NaiveDate>,
    /// Days from there to the day of the briefing; to a deadline that lies ahead, until then.
    pub days: Option<i64>,
    /// What changed, as it was.
    pub from: Option<Said>,
    /// As it is.
    pub to: Option<Said>,
    /// A text of the record.
    pub text: Option<String>,
}

/// What changed from one thing to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Said {
    /// A percentage.
    Percent(Percent),
    /// A day.
    Day(NaiveDate),
    /// Words of a commitment.
    Words(String),
}

impl fmt::Display for Said {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Percent(percent) => percent.fmt(f),
            Self::Day(day) => day.fmt(f),
            Self::Words(words) => words.fmt(f),
        }
    }
}

impl Row {
    /// A row of which nothing is said yet.
    pub fn of(task: Id, unit: Id) -> Self {
        Self { task, unit, record: None, on: None, days: None, from: None, to: None, text: None }
    }

    /// Leads to a record.
    #[must_use]
    pub fn with_record(self, kind: RecordKind, id: Id) -> Self {
        Self { record: Some((kind, id)), ..self }
    }

    /// Names the day that matters, and the days from there to the day of the briefing.
    #[must_use]
    pub fn since(self, on: NaiveDate, as_of: NaiveDate) -> Self {
        Self { on: Some(on), days: Some((as_of - on).num_days()), ..self }
    }

    /// Says what changed.
    #[must_use]
    pub fn changing(self, from: Option<Said>, to: Option<Said>) -> Self {
        Self { from, to, ..self }
    }

    /// Says a text, its beginning if it is long.
    #[must_use]
    pub fn saying(self, text: Option<&str>) -> Self {
        Self { text: text.map(shortened), ..self }
    }
}

/// A section: how many there are, and some of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section<R> {
    /// What it is about.
    pub topic: Topic,
    /// All of them, whoever may see them.
    pub count: usize,
    /// How many of these the reader may not see.
    pub hidden: usize,
    /// Those that are shown, what matters most first.
    pub rows: Vec<R>,
}

/// A briefing: `U` the unit, `R` a row as it is shown.
#[derive(Debug, Clone)]
pub struct Briefing<U, R> {
    /// What the answer says of itself.
    pub frame: Frame,
    /// The unit.
    pub unit: U,
    /// Whose work it speaks of.
    pub covers: Covers,
    /// Code of the province it lies in.
    pub root: String,
    /// The day of comparison.
    pub since: NaiveDate,
    /// Rows of a section.
    pub limit: i64,
    /// The numbers of the day.
    pub now: Totals,
    /// The numbers of the day of comparison; of nothing before the data.
    pub then: Totals,
    /// The sections, in the order of [`Topic::ALL`].
    pub sections: Vec<Section<R>>,
}

impl<U, R> Briefing<U, R> {
    /// How many there are of a topic.
    pub fn count(&self, topic: Topic) -> usize {
        self.sections.iter().find(|section| section.topic == topic).map_or(0, |section| section.count)
    }
}
