//! `/documents`: resolutions with the way to their conferences, programmes with the way to their pages.

use actix_web::web::ServiceConfig;
use actix_web::{HttpResponse, get};
use askama::Template;

use super::page::{self, Shell};
use super::session::{State, Visitor};
use crate::domain::programmes::{ProgrammeKind, ProgrammeQuery};
use crate::domain::resolutions::ResolutionQuery;
use crate::error::AppResult;
use crate::service::access::ReadWork;
use crate::service::{programmes, resolutions};
use crate::state::Connection;

/// The routes of this page.
pub fn configure(config: &mut ServiceConfig) {
    config.service(documents_page);
}

words! {
    /// Words of this page.
    DocumentWords {
        title = "Văn bản", "Documents";
        resolutions = "Nghị quyết, kết luận, quyết định", "Resolutions, conclusions, decisions";
        themes = "Chuyên đề", "Themes";
        programmes = "Chương trình, kế hoạch, đề án, dự án", "Programmes, plans, schemes, projects";
        conferences = "Hội nghị học tập, quán triệt", "Conferences";
        more = "Chỉ hiển thị 200 văn bản đầu tiên của mỗi loại.", "Only the first 200 of each sort are shown.";
    }
}

struct Row {
    href: String,
    name: String,
    /// When it was issued, in its own words.
    issued: Option<String>,
}

#[derive(Template)]
#[template(path = "documents.html")]
struct DocumentsPage {
    shell: Shell,
    t: &'static DocumentWords,
    resolutions: Vec<Row>,
    themes: Vec<Row>,
    programmes: Vec<Row>,
    more: bool,
}

#[get("/documents")]
async fn documents_page(state: State, visitor: Visitor<ReadWork>) -> AppResult<HttpResponse> {
    page::show(&state.read(move |conn, _| fill(conn, &visitor)).await?)
}

fn fill(conn: &mut Connection, visitor: &Visitor<ReadWork>) -> AppResult<DocumentsPage> {
    let limit = Some(200);
    let decided = resolutions::list(conn, visitor, ResolutionQuery { limit, ..ResolutionQuery::default() })?;
    let made = programmes::list(conn, visitor, ProgrammeQuery { limit, ..ProgrammeQuery::default() })?;
    let more = decided.next.is_some() || made.next.is_some();
    let named = |number: Option<String>, title: String| number.into_iter().chain([title]).collect::<Vec<_>>().join(", ");
    let mut page = DocumentsPage {
        shell: visitor.shell.clone(),
        t: DocumentWords::of(visitor.shell.language),
        resolutions: Vec::new(),
        themes: Vec::new(),
        programmes: Vec::new(),
        more,
    };
    for r in decided.items {
        let href = format!("/resolutions/{}/dissemination", r.id);
        page.resolutions.push(Row { href, name: named(r.number, r.title), issued: r.issued_text });
    }
    for p in made.items {
        let list = if p.kind == ProgrammeKind::ThematicProgramme { &mut page.themes } else { &mut page.programmes };
        list.push(Row { href: format!("/programmes/{}", p.id), name: named(p.number, p.title), issued: p.issued_text });
    }
    Ok(page)
}
