//! `/programmes`: themes first, then the other implementing documents, each with the way to its page.

use actix_web::web::ServiceConfig;
use actix_web::{HttpResponse, get};
use askama::Template;

use super::page::{self, Shell};
use super::session::{State, Visitor};
use crate::domain::programmes::{ProgrammeKind, ProgrammeQuery};
use crate::error::AppResult;
use crate::service::access::ReadWork;
use crate::service::programmes;
use crate::state::Connection;

/// The routes of this page.
pub fn configure(config: &mut ServiceConfig) {
    config.service(programmes_page);
}

words! {
    /// Words of this page.
    ProgrammesWords {
        title = "Chương trình, kế hoạch, đề án", "Programmes, plans, schemes";
        themes = "Chuyên đề", "Themes";
        programmes = "Chương trình, kế hoạch, đề án, dự án", "Programmes, plans, schemes, projects";
        new = "Thêm chương trình, kế hoạch", "Add a programme or plan";
        more = "Chỉ hiển thị 200 văn bản đầu tiên.", "Only the first 200 are shown.";
    }
}

struct Row {
    href: String,
    name: String,
    /// When it was issued, in its own words.
    issued: Option<String>,
}

#[derive(Template)]
#[template(path = "programmes.html")]
struct ProgrammesPage {
    shell: Shell,
    t: &'static ProgrammesWords,
    themes: Vec<Row>,
    programmes: Vec<Row>,
    more: bool,
}

#[get("/programmes")]
async fn programmes_page(state: State, visitor: Visitor<ReadWork>) -> AppResult<HttpResponse> {
    page::show(&state.read(move |conn, _| fill(conn, &visitor)).await?)
}

fn fill(conn: &mut Connection, visitor: &Visitor<ReadWork>) -> AppResult<ProgrammesPage> {
    let made = programmes::list(conn, visitor, ProgrammeQuery { limit: Some(200), ..ProgrammeQuery::default() })?;
    let mut page = ProgrammesPage {
        shell: visitor.shell.clone(),
        t: ProgrammesWords::of(visitor.shell.language),
        themes: Vec::new(),
        programmes: Vec::new(),
        more: made.next.is_some(),
    };
    for p in made.items {
        let list = if p.kind == ProgrammeKind::ThematicProgramme { &mut page.themes } else { &mut page.programmes };
        let name = p.number.into_iter().chain([p.title]).collect::<Vec<_>>().join(", ");
        list.push(Row { href: format!("/programmes/{}", p.id), name, issued: p.issued_text.map(|text| page.shell.date(&text)) });
    }
    Ok(page)
}
