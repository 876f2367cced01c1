//! `/units/{unit}` and `/areas/{area}`: one unit, or one area with all that stands in it.

use actix_web::web::{Path, ServiceConfig};
use actix_web::{HttpResponse, get};
use askama::Template;
use chrono::NaiveDate;

use super::basis::{BasisChoice, day_part};
use super::figures::{Columns, FigureWords, Figures, part};
use super::forms::Query;
use super::labels::Label;
use super::overview::{Asked, Group, Lines, OverviewWords, group};
use super::page::{self, Shell};
use super::posts::{self, PostRow, PostWords};
use super::session::{State, Visitor};
use crate::domain::dashboards::{Frame, Totals};
use crate::domain::{Moment, Reference};
use crate::error::AppResult;
use crate::service::access::ReadDashboards;
use crate::service::dashboards;
use crate::state::Connection;
use crate::view::areas::AreaRef;
use crate::view::dashboards::UnitLineView;
use crate::view::units::UnitRef;

/// The routes of these pages.
pub fn configure(config: &mut ServiceConfig) {
    config.service(unit_page).service(area_page);
}

words! {
    /// Words of these pages.
    PlaceWords {
        own = "Nhiệm vụ do cơ quan chủ trì", "Tasks it leads itself";
        whole = "Cùng các đơn vị trực thuộc", "With all units below it";
        area = "Nhiệm vụ của mọi cơ quan trên địa bàn", "Tasks of all units in the area";
        units = "Từng cơ quan", "Each unit";
        below = "Cơ quan và các đơn vị trực thuộc", "It and the units below it";
        events = "Sắp xếp tổ chức", "Reorganisations";
        ended = "Đã kết thúc hoạt động, đến hết ngày", "Has ended; existed until";
        list = "Xem danh sách nhiệm vụ", "List of its tasks";
    }
}

#[derive(Template)]
#[template(path = "place.html")]
struct PlacePage {
    shell: Shell,
    t: &'static OverviewWords,
    p: &'static PlaceWords,
    f: &'static FigureWords,
    name: String,
    kind: &'static str,
    ended: Option<NaiveDate>,
    /// Where what became of it is told.
    events: String,
    /// Its own address, without a query.
    address: String,
    as_of: NaiveDate,
    today: NaiveDate,
    basis: BasisChoice,
    illustrative: bool,
    heading: &'static str,
    figures: Figures,
    whole: Option<Figures>,
    table_heading: &'static str,
    heads: Vec<(&'static str, &'static str)>,
    groups: Vec<Group>,
    /// Where the briefing of a unit is; areas have none.
    briefing: Option<String>,
    /// Its posts; those of an area's units stand on their own pages.
    posts: Vec<PostRow>,
    /// Where a post is added, by those who may.
    new_post: Option<String>,
    w: &'static PostWords,
}

#[get("/units/{unit}")]
async fn unit_page(
    state: State,
    visitor: Visitor<ReadDashboards>,
    unit: Path<String>,
    Query(asked): Query<Asked>,
) -> AppResult<HttpResponse> {
    let unit = Reference::from(unit.into_inner());
    page::show(&state.read(move |conn, at| of_unit(conn, &visitor, &unit, &asked, at)).await?)
}

#[get("/areas/{area}")]
async fn area_page(
    state: State,
    visitor: Visitor<ReadDashboards>,
    area: Path<String>,
    Query(asked): Query<Asked>,
) -> AppResult<HttpResponse> {
    let area = Reference::from(area.into_inner());
    page::show(&state.read(move |conn, at| of_area(conn, &visitor, &area, &asked, at)).await?)
}

type Reader = Visitor<ReadDashboards>;

fn of_unit(conn: &mut Connection, visitor: &Reader, unit: &Reference, asked: &Asked, at: &Moment) -> AppResult<PlacePage> {
    let focus = dashboards::unit(conn, visitor, &asked.query(), unit, at)?;
    let basis = BasisChoice::of(conn, &focus.frame, visitor.shell.language)?;
    let unit = UnitRef::from(&focus.subject);
    let rest: Vec<UnitLineView> = focus.lines.into_iter().map(UnitLineView::from).collect();
    let (p, language) = (PlaceWords::of(visitor.shell.language), visitor.shell.language);
    let lines = lines(visitor, &focus.frame, &focus.whole);
    let own = part("unit", Some(&unit.code));
    // Who held a post of a unit that has ended held it until then.
    let day = unit.valid_to.map_or(focus.frame.as_of, |to| to.min(focus.frame.as_of));
    let writes = visitor.shell.may("write_directory");
    let (is_whole, below) = (rest.len() > 1, format!("{own}&subtree=true"));
    Ok(PlacePage {
        figures: lines.figures(&focus.totals, &own),
        whole: is_whole.then(|| lines.figures(&focus.whole, &below)),
        kind: unit.kind.label(language),
        posts: posts::of_unit(conn, &visitor.actor().permit()?, &unit.code, day)?,
        new_post: writes.then(|| format!("/units/{}/posts/new", unit.code)),
        address: format!("/units/{}", unit.code),
        briefing: Some(page::asking(&format!("/briefings/{}", unit.code), &[&lines.day])),
        name: unit.name,
        ended: unit.valid_to,
        events: page::asking("/unit-events", &[&own]),
        heading: p.own,
        table_heading: p.below,
        groups: if is_whole { vec![group(p.below, rest.into_iter().map(|line| lines.unit(line)))] } else { Vec::new() },
        ..frame(visitor, &focus.frame, &lines, &focus.totals, basis)
    })
}

fn of_area(conn: &mut Connection, visitor: &Reader, area: &Reference, asked: &Asked, at: &Moment) -> AppResult<PlacePage> {
    let focus = dashboards::area(conn, visitor, &asked.query(), area, at)?;
    let basis = BasisChoice::of(conn, &focus.frame, visitor.shell.language)?;
    let area = AreaRef::from(&focus.subject);
    let units = focus.lines.into_iter().map(UnitLineView::from);
    let (p, language) = (PlaceWords::of(visitor.shell.language), visitor.shell.language);
    let lines = lines(visitor, &focus.frame, &focus.totals);
    Ok(PlacePage {
        figures: lines.figures(&focus.totals, &part("area", Some(&area.code))),
        kind: area.level.label(language),
        address: format!("/areas/{}", area.code),
        name: area.name,
        ended: area.valid_to,
        events: page::asking("/unit-events", &[&part("area", Some(&area.code))]),
        heading: p.area,
        table_heading: p.units,
        groups: vec![group(p.units, units.map(|line| lines.unit(line)))],
        ..frame(visitor, &focus.frame, &lines, &focus.totals, basis)
    })
}

fn lines(visitor: &Reader, frame: &Frame, total: &Totals) -> Lines {
    let language = visitor.shell.language;
    Lines { day: day_part(frame), whole: visitor.covers_a_root(), columns: Columns::of(total), language }
}

/// What both pages say in the same way.
fn frame(visitor: &Reader, frame: &Frame, lines: &Lines, totals: &Totals, basis: BasisChoice) -> PlacePage {
    let language = visitor.shell.language;
    PlacePage {
        shell: visitor.shell.clone(),
        t: OverviewWords::of(language),
        p: PlaceWords::of(language),
        f: FigureWords::of(language),
        name: String::new(),
        kind: "",
        ended: None,
        events: String::new(),
        address: String::new(),
        as_of: frame.as_of,
        today: frame.today,
        basis,
        illustrative: frame.illustrative,
        heading: "",
        figures: lines.figures(totals, ""),
        whole: None,
        table_heading: "",
        heads: lines.columns.heads(language),
        groups: Vec::new(),
        briefing: None,
        posts: Vec::new(),
        new_post: None,
        w: PostWords::of(language),
    }
}
