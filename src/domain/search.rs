//! Search over everything: how texts become words, how a question is read, what ranks first.
//!
//! A word is indexed twice, in plain ASCII so that both databases see the same words: folded (no
//! diacritics, đ as d) to be found by, and exact (VNI digits for the marks: `đảng` is `d9ang3`) to
//! rank by. A document's number is one more word beside its parts.

mod spans;
mod words;

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

pub use spans::{Span, spans};
pub use words::{Spelled, words};

/// Longest question, in characters.
pub const LONGEST: usize = 200;
/// Longest text that is indexed, in characters: beyond it nobody looks for a single word.
const INDEXED: usize = 20_000;

text_enum! {
    /// What may be found.
    pub enum SearchKind {
        /// A resolution.
        Resolution = "resolution",
        /// A programme.
        Programme = "programme",
        /// A clause of a resolution.
        Clause = "clause",
        /// A breakthrough.
        Breakthrough = "breakthrough",
        /// A pillar.
        Pillar = "pillar",
        /// An objective.
        Objective = "objective",
        /// A task group.
        TaskGroup = "task_group",
        /// A unit.
        Unit = "unit",
        /// An area.
        Area = "area",
        /// A post.
        Post = "post",
        /// A conference.
        DisseminationEvent = "dissemination_event",
        /// A good practice.
        GoodPractice = "good_practice",
        /// A commendation.
        Commendation = "commendation",
        /// A task.
        Task = "task",
    }
}

impl SearchKind {
    /// Whether it belongs to the directory; everything else is work.
    pub fn is_directory(self) -> bool {
        matches!(self, Self::Unit | Self::Area | Self::Post)
    }

    /// Whether a unit reads its own only; everything else is read by everybody of the root.
    pub fn is_of_units(self) -> bool {
        matches!(self, Self::DisseminationEvent | Self::GoodPractice | Self::Commendation | Self::Task)
    }

    /// What stands first among equally good finds: documents before their parts, these before the
    /// directory, and tasks, of which there are most, last.
    pub fn weight(self) -> i32 {
        match self {
            Self::Resolution => 90,
            Self::Programme => 80,
            Self::Breakthrough | Self::Pillar | Self::Objective => 70,
            Self::Clause | Self::TaskGroup => 60,
            Self::DisseminationEvent | Self::GoodPractice | Self::Commendation => 55,
            Self::Unit => 50,
            Self::Area => 40,
            Self::Post => 30,
            Self::Task => 20,
        }
    }
}

/// What a search may be asked.
#[derive(Debug, Default, Clone, PartialEq, Eq, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct SearchQuery {
    /// Words to find, at most 200 characters. All must be there, with or without diacritics; the last may be the beginning of a
    /// word; words in double quotes stand side by side; a document's number is one word. Everything else has no meaning of its own.
    #[param(example = "khu cong nghiep", max_length = 200)]
    pub q: Option<String>,
    /// Only these kinds; repeat for several.
    #[serde(default)]
    pub kind: Vec<SearchKind>,
    /// Items of a page.
    #[param(minimum = 1, maximum = 200, default = 50)]
    pub limit: Option<i64>,
    /// The `next` of the page before.
    pub cursor: Option<String>,
}

/// What is indexed of one record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Indexed {
    /// Folded words of the title.
    pub title_words: String,
    /// Folded words of everything else.
    pub words: String,
    /// Exact words of both.
    pub exact: String,
}

impl Indexed {
    /// The words of a title, with a number if it has one, and of a longer text.
    pub fn of(number: Option<&str>, title: &str, body: &str) -> Self {
        let title = format!("{} {title}", number.unwrap_or_default());
        let body: String = body.chars().take(INDEXED).collect();
        let (title, body) = (words(&title), words(&body));
        let join = |words: &[Spelled], of: fn(&Spelled) -> &str| words.iter().map(of).collect::<Vec<_>>().join(" ");
        Self {
            title_words: join(&title, |word| &word.folded),
            words: join(&body, |word| &word.folded),
            exact: join(&[title, body].concat(), |word| &word.exact),
        }
    }
}

/// A part of a question: one word, or several that stand side by side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// Its words, in their order.
    pub words: Vec<Spelled>,
    /// Whether the last of them may be only the beginning of a word.
    pub prefix: bool,
}

/// What a question asks for: all of these. Empty if it holds no word.
pub fn read(question: &str) -> Vec<Term> {
    let single = |word: Spelled| Term { words: vec![word], prefix: false };
    if let Some(number) = words::number(question) {
        return vec![single(number)];
    }
    let mut terms = Vec::new();
    let parts: Vec<&str> = question.split(['"', '“', '”', '„', '«', '»']).collect();
    let last = parts.len() - 1;
    for (place, part) in parts.into_iter().enumerate() {
        // What stands between the first and second quotation mark, between the third and fourth, …
        if place % 2 == 1 && place < last {
            let phrase = words::plain(part);
            terms.extend((!phrase.is_empty()).then_some(Term { words: phrase, prefix: false }));
            continue;
        }
        for chunk in part.split_whitespace() {
            match words::number(chunk) {
                Some(number) => terms.push(single(number)),
                None => terms.extend(words::plain(chunk).into_iter().map(single)),
            }
        }
    }
    let open =
        question.split_whitespace().next_back().filter(|chunk| chunk.ends_with(char::is_alphanumeric) && words::number(chunk).is_none());
    if let Some(term) = terms.last_mut().filter(|_| open.is_some()) {
        term.prefix = true;
    }
    terms
}

#[cfg(test)]
mod tests;
