//! `/loops`: what was told or asked of each unit and waits.

use actix_web::{HttpResponse, get};

use super::{Asked, Cell, Reader, Row, TablePage, words_of};
use crate::domain::Moment;
use crate::domain::dashboards::{Basis, Frame};
use crate::domain::loops::{Loops, LoopsQuery};
use crate::error::AppResult;
use crate::service::dashboards;
use crate::state::Connection;
use crate::view::loops::LoopsView;
use crate::web::figures::part;
use crate::web::forms::Query;
use crate::web::page;
use crate::web::session::State;

#[get("/loops")]
pub async fn loops_page(state: State, visitor: Reader, Query(asked): Query<Asked>) -> AppResult<HttpResponse> {
    page::show(&state.read(move |conn, at| fill(conn, &visitor, &asked, at)).await?)
}

fn fill(conn: &mut Connection, visitor: &Reader, asked: &Asked, at: &Moment) -> AppResult<TablePage> {
    let query = LoopsQuery { as_of: asked.as_of, basis: Some(Basis::AsAssigned) };
    let lines = dashboards::loops(conn, visitor, query, &[], at)?;
    let frame = lines.frame;
    let mut page = TablePage::new(visitor, words_of(visitor, |t| (t.loops, t.loops_about)), &frame);
    let t = page.t;
    let view = LoopsView::from(lines);
    page.heads = vec![t.to_answer, t.overdue_answers, t.to_accept, t.proposals, t.longest];
    page.fields = vec![asked.day(t, &frame)];
    let whole = visitor.covers_a_root().then(String::new);
    page.total = Some(Row { href: None, ended: None, cells: cells(&view.total, &frame, whole.as_deref()), name: t.all.to_owned() });
    page.rows = view
        .items
        .into_iter()
        .map(|line| {
            let of = part("unit", Some(&line.unit.code));
            let ended = line.unit.valid_to.filter(|to| *to < frame.as_of);
            Row {
                href: Some(format!("/units/{}", line.unit.code)),
                ended,
                cells: cells(&line.loops, &frame, Some(&of)),
                name: line.unit.name,
            }
        })
        .collect();
    Ok(page)
}

/// What waits, each with its list. Lists are of today: a day of the past has only the numbers.
fn cells(loops: &Loops, frame: &Frame, of: Option<&str>) -> Vec<Cell> {
    let of = of.filter(|_| frame.as_of == frame.today);
    let listed = |count: u32, page: &str| {
        let href = of.filter(|_| count > 0).map(|of| if of.is_empty() { page.to_owned() } else { format!("{page}?{of}") });
        Cell { text: count.to_string(), href, zero: count == 0 }
    };
    vec![
        listed(loops.instructions_open, "/instructions"),
        listed(loops.instructions_overdue, "/instructions"),
        listed(loops.instructions_answered, "/instructions"),
        listed(loops.proposals_open, "/proposals"),
        Cell::word(loops.longest_days.map_or_else(|| "–".to_owned(), |days| days.to_string())),
    ]
}
