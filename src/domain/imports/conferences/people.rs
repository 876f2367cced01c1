//! Who presents at a conference, and whom it is held for.

use crate::domain::Id;
use crate::domain::dissemination_events::{AudienceDraft, PresenterDraft};
use crate::domain::headcounts::Headcount;
use crate::domain::imports::header::Column;
use crate::domain::imports::problems::{self, Problem};
use crate::domain::imports::reader::Reader;
use crate::domain::imports::table::BodyRow;
use crate::domain::text::fold;

/// A post of ours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedPost {
    /// Its id.
    pub id: Id,
    /// Its title.
    pub title: String,
    /// The name of its unit.
    pub unit: String,
}

/// What a row says of people.
pub(super) struct People {
    pub(super) presenters: Option<Vec<PresenterDraft>>,
    pub(super) audiences: Option<Vec<AudienceDraft>>,
}

/// Reads the people of a row; none, and told, for words that are too long.
pub(super) fn read(reader: &mut Reader<'_>, row: &BodyRow, posts: &[NamedPost]) -> Option<People> {
    let parts = |reader: &mut Reader<'_>, column: Column, most: usize| -> Option<Vec<String>> {
        let parts = reader.parts(row, column);
        let long = parts.iter().find(|part| part.chars().count() > most).cloned();
        if let Some(long) = long {
            let problem: Problem = reader.problem(problems::TOO_LONG, row, column, &long).with("max", most);
            reader.problems.push(problem);
            return None;
        }
        Some(parts)
    };
    let presenters = parts(reader, Column::Presenters, 200)?;
    let audiences = parts(reader, Column::Audience, 300)?;
    let presenters = presenters.iter().map(|words| presenter(words, posts)).collect();
    let audiences = audiences.iter().map(|words| audience(words)).collect();
    Some(People {
        presenters: reader.has(Column::Presenters).then_some(presenters),
        audiences: reader.has(Column::Audience).then_some(audiences),
    })
}

/// A post of ours, as "Chức danh, Đơn vị", if that is one only; else its words.
fn presenter(words: &str, posts: &[NamedPost]) -> PresenterDraft {
    let folded = fold(words);
    let called = |post: &&NamedPost| [", ", " "].iter().any(|mark| fold(&format!("{}{mark}{}", post.title, post.unit)) == folded);
    let mut found = posts.iter().filter(called);
    let post = found.next().filter(|_| found.next().is_none()).map(|post| post.id);
    PresenterDraft { post, post_text: post.is_none().then(|| words.to_owned()), topic: None }
}

/// Who, and how many in brackets: "Đội ngũ doanh nhân (khoảng 300)".
fn audience(words: &str) -> AudienceDraft {
    let counted = words.strip_suffix(')').and_then(|rest| rest.rsplit_once('('));
    let counted = counted.filter(|(who, count)| !who.trim().is_empty() && Headcount::parse(count.trim()).count.is_some());
    match counted {
        Some((who, count)) => AudienceDraft { words: who.trim().to_owned(), count: Some(count.trim().to_owned()) },
        None => AudienceDraft { words: words.to_owned(), count: None },
    }
}

/// The presenters of a file, each with what is known of its topic.
pub fn with_topics(said: Vec<PresenterDraft>, standing: &[PresenterDraft]) -> Vec<PresenterDraft> {
    let same = |a: &PresenterDraft, b: &PresenterDraft| {
        let words = |one: &PresenterDraft| one.post_text.as_deref().map(fold);
        a.post == b.post && words(a) == words(b)
    };
    said.into_iter().map(|one| standing.iter().find(|known| same(known, &one)).cloned().unwrap_or(one)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_post_of_ours_is_known_by_title_and_unit() {
        let posts = [NamedPost { id: Id::NIL, title: "Giám đốc".into(), unit: "Sở Y tế".into() }];
        for words in ["Giám đốc, Sở Y tế", "giám đốc Sở Y tế"] {
            assert_eq!(presenter(words, &posts).post, Some(Id::NIL), "{words}");
        }
        let other = presenter("Phó Trưởng Ban Tuyên giáo Trung ương", &posts);
        assert_eq!((other.post, other.post_text.as_deref()), (None, Some("Phó Trưởng Ban Tuyên giáo Trung ương")));
        let twice = [posts[0].clone(), posts[0].clone()];
        assert_eq!(presenter("Giám đốc Sở Y tế", &twice).post, None);
        let known = PresenterDraft { topic: Some("Nghị quyết".into()), ..other.clone() };
        assert_eq!(with_topics(vec![other], std::slice::from_ref(&known)), [known]);
    }

    #[test]
    fn an_audience_may_be_counted() {
        let read = |words: &str| audience(words).count;
        assert_eq!(read("Đội ngũ doanh nhân (khoảng 300)").as_deref(), Some("khoảng 300"));
        assert_eq!(audience("Cán bộ (cấp tỉnh)"), AudienceDraft { words: "Cán bộ (cấp tỉnh)".into(), count: None });
    }
}
