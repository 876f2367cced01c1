//! `/search`: everything that is found by words.

use actix_web::web::ServiceConfig;
use actix_web::{HttpResponse, get};
use askama::Template;
use chrono::NaiveDate;
use serde::Deserialize;

use super::figures::part;
use super::forms::Query;
use super::labels::Label;
use super::page::{self, Shell};
use super::session::{State, Visitor};
use crate::domain::search::{LONGEST, SearchKind, SearchQuery, Span};
use crate::domain::{Language, Moment};
use crate::error::AppResult;
use crate::service::access::ReadWork;
use crate::service::search::{self, Find};
use crate::state::Connection;

/// The routes of this page.
pub fn configure(config: &mut ServiceConfig) {
    config.service(search_page);
}

words! {
    /// Words of this page.
    SearchWords {
        title = "Tìm kiếm", "Search";
        q = "Từ cần tìm, có dấu hoặc không dấu", "Words to find, with or without diacritics";
        hint = "Cụm từ đặt trong ngoặc kép; số, ký hiệu văn bản viết liền.", "A phrase stands in double quotes; the number of a document is one word.";
        go = "Tìm", "Search";
        kind = "Loại", "Kind";
        any = "Tất cả", "All";
        nothing = "Không tìm thấy", "Nothing was found";
        lead = "Chủ trì", "Lead unit";
        deadline = "Hạn", "Deadline";
    }
}

/// What may be asked.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    q: Option<String>,
    kind: Option<SearchKind>,
    cursor: Option<String>,
}

struct Choice {
    value: SearchKind,
    label: &'static str,
    chosen: bool,
}

/// A text in pieces: those that were found are marked.
type Marked = Vec<(String, bool)>;

struct Row {
    kind: &'static str,
    href: Option<String>,
    title: Marked,
    snippet: Marked,
    lead: Option<String>,
    deadline: Option<String>,
    due_on: Option<NaiveDate>,
}

#[derive(Template)]
#[template(path = "search.html")]
struct SearchPage {
    shell: Shell,
    t: &'static SearchWords,
    q: String,
    longest: usize,
    kinds: Vec<Choice>,
    asked: bool,
    rows: Vec<Row>,
    next: Option<String>,
}

#[get("/search")]
async fn search_page(state: State, visitor: Visitor<ReadWork>, Query(asked): Query<Asked>) -> AppResult<HttpResponse> {
    page::show(&state.read(move |conn, at| fill(conn, &visitor, asked, at)).await?)
}

fn fill(conn: &mut Connection, visitor: &Visitor<ReadWork>, asked: Asked, at: &Moment) -> AppResult<SearchPage> {
    let (shell, language) = (visitor.shell.clone(), visitor.shell.language);
    let q: String = asked.q.unwrap_or_default().chars().take(LONGEST).collect();
    let query = SearchQuery { q: Some(q.clone()), kind: asked.kind.into_iter().collect(), limit: Some(50), cursor: asked.cursor };
    let page = search::search(conn, visitor, query, at)?;
    let kind = asked.kind.map(SearchKind::as_str);
    let next =
        page.next.map(|cursor| page::asking("/search", &[&part("q", Some(&q)), &part("kind", kind), &part("cursor", Some(&cursor))]));
    let choice = |value: &SearchKind| Choice { value: *value, label: value.label(language), chosen: asked.kind == Some(*value) };
    Ok(SearchPage {
        t: SearchWords::of(language),
        longest: LONGEST,
        kinds: SearchKind::ALL.iter().map(choice).collect(),
        asked: !q.trim().is_empty(),
        rows: page.items.into_iter().map(|find| row(find, language)).collect(),
        q,
        next,
        shell,
    })
}

fn row(find: Find, language: Language) -> Row {
    let record = find.task.map(|task| task.record);
    let snippet = find.snippet.map(|(text, spans)| marked(&text, &spans));
    Row {
        kind: find.found.kind.label(language),
        href: page_of(find.found.kind, &find.found.id.to_string()),
        title: marked(&find.found.title, &find.title_spans),
        snippet: snippet.unwrap_or_default(),
        lead: record.as_ref().map(|record| record.lead.name.clone()),
        deadline: record.as_ref().and_then(|record| record.deadline.as_ref()).map(|deadline| deadline.text.clone()),
        due_on: record.and_then(|record| record.state.due_on),
    }
}

/// The page of a record, if it has one of its own.
fn page_of(kind: SearchKind, id: &str) -> Option<String> {
    let noun = match kind {
        SearchKind::Task => "tasks",
        SearchKind::Resolution => "resolutions",
        SearchKind::Programme => "programmes",
        SearchKind::DisseminationEvent => "dissemination-events",
        SearchKind::Unit => "units",
        SearchKind::Area => "areas",
        _ => return None,
    };
    Some(format!("/{noun}/{id}"))
}

fn marked(text: &str, spans: &[Span]) -> Marked {
    let letters: Vec<char> = text.chars().collect();
    let piece = |from: usize, to: usize| letters.iter().skip(from).take(to.saturating_sub(from)).collect::<String>();
    let (mut pieces, mut from) = (Vec::new(), 0);
    for span in spans {
        pieces.push((piece(from, span.start), false));
        pieces.push((piece(span.start, span.end), true));
        from = span.end;
    }
    pieces.push((piece(from, letters.len()), false));
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_found_is_marked_between_the_rest() {
        let pieces = marked("Đường tỉnh 931", &[Span { start: 0, end: 5 }, Span { start: 11, end: 14 }]);
        let text: String = pieces.iter().map(|(piece, found)| if *found { format!("[{piece}]") } else { piece.clone() }).collect();
        assert_eq!(text, "[Đường] tỉnh [931]");
    }
}
