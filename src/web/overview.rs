//! `/`: what a leader looks at first.

use actix_web::web::ServiceConfig;
use actix_web::{HttpResponse, get};
use askama::Template;
use chrono::NaiveDate;
use serde::Deserialize;

use super::basis::{BasisChoice, day_part};
use super::briefings;
use super::figures::{Columns, FigureWords, Figures, part};
use super::first_steps::FirstSteps;
use super::forms::Query;
use super::page::{self, Shell};
use super::session::{State, Visitor};
use crate::domain::areas::AreaLevel;
use crate::domain::dashboards::{Basis, DashboardQuery, Totals};
use crate::domain::loops::LoopsQuery;
use crate::domain::units::UnitKind;
use crate::domain::{Language, Moment};
use crate::error::AppResult;
use crate::service::access::ReadDashboards;
use crate::service::dashboards;
use crate::state::Connection;
use crate::view::areas::AreaRef;
use crate::view::dashboards::{AreaLineView, BreakthroughLineView, PartRef, PillarLineView, UnitLineView};

/// The routes of this page.
pub fn configure(config: &mut ServiceConfig) {
    config.service(overview_page);
}

words! {
    /// Words of the overview.
    OverviewWords {
        title = "Tổng quan thực hiện nghị quyết", "How the resolutions are being carried out";
        as_of = "Số liệu đến hết ngày", "Figures at the end of";
        show = "Xem", "Show";
        past = "Số liệu của một ngày đã qua, theo những gì hệ thống được báo đến hết ngày đó.", "Figures of an earlier day, as the system had been told by its end.";
        today = "Về hôm nay", "Back to today";
        all = "Toàn bộ nhiệm vụ", "All tasks";
        breakthroughs = "Các đột phá chiến lược", "The strategic breakthroughs";
        ordinal = "Đột phá", "Breakthrough";
        pillars = "Các trụ cột", "The pillars";
        pillar = "Trụ cột", "Pillar";
        resolutions = "Các nghị quyết: điều khoản, văn bản còn thiếu, độ trễ", "The resolutions: clauses, what is missing, how slow";
        statistics = "Thống kê bốn loại", "The official statistic";
        late = "Chậm tiến độ", "What is late";
        silent = "Không có báo cáo", "Silence";
        loops = "Chỉ đạo, kiến nghị chưa khép", "Open loops";
        ranking = "Xếp hạng", "Ranking";
        integrity = "Dấu hiệu cần kiểm tra", "Integrity signals";
        briefing = "Tóm tắt trước phiên họp", "Briefing";
        six_clears = "Nhiệm vụ chưa đủ sáu rõ", "Tasks that lack one of the six clears";
        units = "Theo cơ quan, địa bàn", "By unit and area";
        unit = "Cơ quan, địa bàn", "Unit or area";
        idle = "Chưa được giao nhiệm vụ", "Without tasks so far";
        party = "Cơ quan Đảng", "Party bodies";
        departments = "Sở, ban, ngành", "Departments";
        government = "Hội đồng nhân dân, Ủy ban nhân dân", "People's Council and Committee";
        front = "Mặt trận Tổ quốc, đoàn thể", "Fatherland Front and mass organisations";
        others = "Đơn vị khác", "Other units";
        districts = "Huyện, thị xã, thành phố", "Districts";
        communes = "Xã, phường", "Communes";
        ended = "đến", "until";
        legend = "Chú giải", "Legend";
        tasks = "nhiệm vụ", "tasks";
        overdue = "quá hạn", "overdue";
    }
}

/// A line of the table.
pub struct Row {
    /// Where its own page is.
    pub href: String,
    /// What it is about.
    pub name: String,
    /// The last day it existed, if it has ended.
    pub ended: Option<NaiveDate>,
    /// Its numbers.
    pub figures: Figures,
}

/// Lines of one sort.
pub struct Group {
    /// What they are.
    pub title: &'static str,
    /// Those with counted work.
    pub rows: Vec<Row>,
    /// Names of those without.
    pub idle: Vec<String>,
    /// Tasks of all its lines.
    pub total: u32,
    /// How many of them are overdue.
    pub overdue: u32,
}

/// A breakthrough or pillar and its numbers.
pub struct Part {
    /// Its place in its resolution.
    pub ordinal: i32,
    /// What it is.
    pub title: String,
    /// Its numbers.
    pub figures: Figures,
}

#[derive(Template)]
#[template(path = "overview.html")]
struct OverviewPage {
    shell: Shell,
    t: &'static OverviewWords,
    f: &'static FigureWords,
    as_of: NaiveDate,
    today: NaiveDate,
    basis: BasisChoice,
    illustrative: bool,
    total: Figures,
    heads: Vec<(&'static str, &'static str)>,
    breakthroughs: Vec<Part>,
    pillars: Vec<Part>,
    groups: Vec<Group>,
    /// Where the briefing of each province is.
    briefings: Vec<(String, String)>,
    /// How many instructions and proposals wait for somebody.
    loops: u32,
    /// Said instead of figures while no task counts.
    first: Option<FirstSteps>,
}

/// What dashboards of pages may be asked for.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Asked {
    /// As the system knew it at the end of this day.
    pub as_of: Option<NaiveDate>,
    /// Whose work a task is taken to be.
    pub basis: Option<Basis>,
}

impl Asked {
    /// As dashboards take it.
    pub fn query(&self) -> DashboardQuery {
        DashboardQuery { as_of: self.as_of, basis: self.basis, ..DashboardQuery::default() }
    }
}

#[get("/")]
async fn overview_page(state: State, visitor: Visitor<ReadDashboards>, Query(asked): Query<Asked>) -> AppResult<HttpResponse> {
    let filled = state.read(move |conn, at| fill(conn, &visitor, &asked, at)).await?;
    page::show(&filled)
}

fn fill(conn: &mut Connection, visitor: &Visitor<ReadDashboards>, asked: &Asked, at: &Moment) -> AppResult<OverviewPage> {
    let (query, shell) = (asked.query(), visitor.shell.clone());
    let (frame, totals) = dashboards::overview(conn, visitor, &query, at)?;
    let lines = Lines { day: day_part(&frame), whole: visitor.covers_a_root(), columns: Columns::of(&totals), language: shell.language };
    let (breakthroughs, pillars) = dimensions(conn, visitor, &query, at, &lines)?;
    Ok(OverviewPage {
        t: OverviewWords::of(shell.language),
        f: FigureWords::of(shell.language),
        as_of: frame.as_of,
        today: frame.today,
        basis: BasisChoice::of(conn, &frame, shell.language)?,
        illustrative: frame.illustrative,
        total: lines.of_root(&totals, ""),
        heads: lines.columns.heads(shell.language),
        breakthroughs,
        pillars,
        groups: groups(conn, visitor, &query, at, &lines)?,
        briefings: briefings::of_provinces(conn, visitor, &frame)?,
        loops: dashboards::loops(conn, visitor, LoopsQuery { as_of: asked.as_of, basis: asked.basis }, &[], at)?.total.waiting(),
        first: if totals.tasks.total == 0 && frame.as_of == frame.today { Some(FirstSteps::of(conn, visitor, at)?) } else { None },
        shell,
    })
}

/// The two dimensions of the work: breakthroughs and pillars, each with its numbers.
///
/// # Errors
/// As dashboards.
pub fn dimensions(
    conn: &mut Connection,
    visitor: &Visitor<ReadDashboards>,
    query: &DashboardQuery,
    at: &Moment,
    lines: &Lines,
) -> AppResult<(Vec<Part>, Vec<Part>)> {
    // Of a resolution, only its tasks are counted, and only they are led to.
    let within = query.resolution.map(|id| format!("&{}", part("resolution", Some(&id.to_string())))).unwrap_or_default();
    let part_of = |of: Option<PartRef>, totals: &Totals, filter: &str| {
        let of = of?;
        let rows = format!("{}{within}", part(filter, Some(&of.id.to_string())));
        Some(Part { figures: lines.of_root(totals, &rows), ordinal: of.ordinal, title: of.title })
    };
    let breakthroughs = dashboards::breakthroughs(conn, visitor, query, at)?.lines.into_iter().map(BreakthroughLineView::from);
    let breakthroughs = breakthroughs.filter_map(|line| part_of(line.breakthrough, &line.totals, "breakthrough")).collect();
    let pillars = dashboards::pillars(conn, visitor, query, at)?.lines.into_iter().map(PillarLineView::from);
    Ok((breakthroughs, pillars.filter_map(|line| part_of(line.pillar, &line.totals, "pillar")).collect()))
}

/// How lines become rows.
pub struct Lines {
    /// The part of every link that names the day.
    pub day: String,
    /// Whether the reader sees the rows of the whole root.
    pub whole: bool,
    /// Which columns there are.
    pub columns: Columns,
    /// The language.
    pub language: Language,
}

impl Lines {
    /// Numbers of a line that the reader sees the rows of.
    pub fn figures(&self, totals: &Totals, of: &str) -> Figures {
        Figures::new(totals, Some(&self.rows(of)), self.columns, self.language)
    }

    /// Numbers of the whole root: read by everybody, though not everybody sees the rows.
    pub fn of_root(&self, totals: &Totals, of: &str) -> Figures {
        let rows = self.whole.then(|| self.rows(of));
        Figures::new(totals, rows.as_deref(), self.columns, self.language)
    }

    fn rows(&self, of: &str) -> String {
        let parts = ["counted=true", of, &self.day].into_iter().filter(|part| !part.is_empty());
        parts.collect::<Vec<_>>().join("&")
    }

    fn page(&self, noun: &str, code: &str) -> String {
        if self.day.is_empty() { format!("/{noun}/{code}") } else { format!("/{noun}/{code}?{}", self.day) }
    }

    /// The row of a unit: what it leads itself.
    pub fn unit(&self, line: UnitLineView) -> Row {
        let UnitLineView { unit, totals } = line;
        let figures = self.figures(&totals, &part("unit", Some(&unit.code)));
        Row { href: self.page("units", &unit.code), name: unit.name, ended: unit.valid_to, figures }
    }

    fn area(&self, area: AreaRef, totals: &Totals) -> Row {
        let figures = self.figures(totals, &part("area", Some(&area.code)));
        Row { href: self.page("areas", &area.code), name: area.name, ended: area.valid_to, figures }
    }
}

/// Units of the province itself by kind, then the areas right below it with all that stands in
/// them: every task stands in one row.
fn groups(
    conn: &mut Connection,
    visitor: &Visitor<ReadDashboards>,
    query: &DashboardQuery,
    at: &Moment,
    lines: &Lines,
) -> AppResult<Vec<Group>> {
    let t = OverviewWords::of(lines.language);
    let mut areas = dashboards::areas(conn, visitor, query, None, at)?.lines;
    areas.retain(|line| line.of.path.matches('/').count() == 3);
    let mut units = dashboards::units(conn, visitor, query, &[], at)?.lines;
    let whole = lines.whole;
    units.retain(|line| !whole || !areas.iter().any(|area| line.of.area_path.starts_with(&area.of.path)));
    let mut groups = vec![];
    let mut units: Vec<UnitLineView> = units.into_iter().map(UnitLineView::from).collect();
    for (title, kinds) in unit_groups(t) {
        let (chosen, rest): (Vec<_>, Vec<_>) = units.into_iter().partition(|line| kinds.contains(&line.unit.kind));
        units = rest;
        groups.push(group(title, chosen.into_iter().map(|line| lines.unit(line))));
    }
    let areas: Vec<AreaLineView> = areas.into_iter().map(AreaLineView::from).collect();
    let (districts, communes): (Vec<_>, Vec<_>) = areas.into_iter().partition(|line| line.area.level == AreaLevel::District);
    groups.push(group(t.districts, districts.into_iter().map(|line| lines.area(line.area, &line.totals))));
    groups.push(group(t.communes, communes.into_iter().map(|line| lines.area(line.area, &line.totals))));
    groups.retain(|group| !group.rows.is_empty() || !group.idle.is_empty());
    Ok(groups)
}

fn unit_groups(t: &'static OverviewWords) -> [(&'static str, &'static [UnitKind]); 5] {
    [
        (t.party, &[UnitKind::PartyCommittee, UnitKind::PartyBody]),
        (t.departments, &[UnitKind::Department]),
        (t.government, &[UnitKind::PeopleCouncil, UnitKind::PeopleCommittee]),
        (t.front, &[UnitKind::MassOrg]),
        (t.others, &[UnitKind::ServiceUnit, UnitKind::Cell]),
    ]
}

/// Rows with work, and the names of those without.
pub fn group(title: &'static str, rows: impl Iterator<Item = Row>) -> Group {
    let (rows, idle): (Vec<Row>, Vec<Row>) = rows.partition(|row| row.figures.total.count > 0);
    let total = rows.iter().map(|row| row.figures.total.count).sum();
    let overdue = rows.iter().map(|row| row.figures.overdue()).sum();
    Group { title, rows, idle: idle.into_iter().map(|row| row.name).collect(), total, overdue }
}
