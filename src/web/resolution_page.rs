//! `/resolutions/{resolution}`: one resolution, how it is carried out, and what it lacks.

use actix_web::web::{Path, ServiceConfig};
use actix_web::{HttpResponse, get};
use askama::Template;
use chrono::NaiveDate;

use super::basis::BasisChoice;
use super::basis::day_part;
use super::figures::{Columns, FigureWords, Figures, part};
use super::forms::{Query, id};
use super::labels::Label;
use super::overview::{Asked, Lines, OverviewWords, Part, dimensions};
use super::page::{self, Shell};
use super::resolution_tree::{self, Branch};
use super::resolutions::{LagText, LagWords, texts};
use super::session::{State, Visitor};
use crate::domain::coverage::{CoverageQuery, OwedKind};
use crate::domain::dashboards::DashboardQuery;
use crate::domain::{Id, Language, Moment};
use crate::error::AppResult;
use crate::service::access::{Permit, ReadDashboards, ReadWork};
use crate::service::{coverage, dashboards, resolutions};
use crate::state::Connection;
use crate::view::coverage::{ClauseCoverage, CoverageView, DebtorView};

/// The routes of this page.
pub fn configure(config: &mut ServiceConfig) {
    config.service(resolution_page);
}

words! {
    /// Words of this page.
    ResolutionWords {
        issued = "Ban hành", "Issued";
        issuer = "Cơ quan ban hành", "Issued by";
        slowness = "Từ ban hành đến triển khai", "From adoption to action";
        work = "Nhiệm vụ thực hiện", "Tasks that carry it out";
        breakthroughs = "Đột phá chiến lược", "Strategic breakthroughs";
        breakthrough = "Đột phá", "Breakthrough";
        pillars = "Trụ cột", "Pillars";
        pillar = "Trụ cột", "Pillar";
        objectives = "Mục tiêu", "Objectives";
        groups = "Nhóm nhiệm vụ, giải pháp", "Task groups";
        clauses = "Điều khoản", "Clauses";
        path = "Mục", "No.";
        kind = "Loại", "Kind";
        heading = "Nội dung", "Heading";
        tasks = "Nhiệm vụ", "Tasks";
        without = "chưa có nhiệm vụ", "without a task";
        without_clause = "nhiệm vụ chưa viện dẫn điều khoản nào", "tasks cite no clause";
        lacking = "Còn thiếu", "What is missing";
        owed = "Văn bản các cấp ủy, chính quyền phải ban hành", "Documents that committees and authorities owe";
        issued_of = "đã ban hành", "issued";
        of = "trên", "of";
        complete = "cơ quan đã ban hành đủ", "units have issued all";
        debtors = "Cơ quan chưa ban hành đủ", "Units that have not issued all";
        more = "Còn cơ quan khác: xem API.", "There are more units: see the API.";
        unit = "Cơ quan", "Unit";
        missing = "Chưa ban hành", "Not issued";
        term = "cả nhiệm kỳ", "whole term";
        theme = "chuyên đề", "theme";
        above = "Văn bản cấp trên", "What it carries out";
        tree = "Văn bản triển khai", "Documents that carry it out";
        none = "Chưa có văn bản nào", "None so far";
        draft = "dự thảo", "draft";
        conferences = "Hội nghị học tập, quán triệt", "Conferences that disseminate it";
        task_list = "Xem danh sách nhiệm vụ", "List of its tasks";
    }
}

struct ClauseRow {
    id: Id,
    path: String,
    kind: &'static str,
    heading: String,
    tasks: usize,
}

struct Debtor {
    name: String,
    missing: Vec<String>,
}

#[derive(Template)]
#[template(path = "resolution.html")]
struct ResolutionPage {
    shell: Shell,
    t: &'static OverviewWords,
    r: &'static ResolutionWords,
    f: &'static FigureWords,
    l: &'static LagWords,
    id: Id,
    number: Option<String>,
    title: String,
    kind: &'static str,
    issued: Option<String>,
    issuer: Option<String>,
    as_of: NaiveDate,
    today: NaiveDate,
    basis: BasisChoice,
    illustrative: bool,
    lags: [(&'static str, LagText); 3],
    total: Figures,
    breakthroughs: Vec<Part>,
    pillars: Vec<Part>,
    clauses: Vec<ClauseRow>,
    coverage: CoverageView,
    debtors: Vec<Debtor>,
    above: Vec<Branch>,
    below: Vec<Branch>,
}

#[get("/resolutions/{resolution}")]
async fn resolution_page(
    state: State,
    visitor: Visitor<ReadDashboards>,
    resolution: Path<String>,
    Query(asked): Query<Asked>,
) -> AppResult<HttpResponse> {
    let resolution = id(&resolution)?;
    page::show(&state.read(move |conn, at| fill(conn, &visitor, resolution, &asked, at)).await?)
}

fn fill(conn: &mut Connection, visitor: &Visitor<ReadDashboards>, id: Id, asked: &Asked, at: &Moment) -> AppResult<ResolutionPage> {
    let (shell, language) = (visitor.shell.clone(), visitor.shell.language);
    let permit: Permit<ReadWork> = visitor.actor().permit()?;
    let resolution = resolutions::get(conn, &permit, id)?;
    let units = resolutions::mentions(conn, &permit, std::slice::from_ref(&resolution))?.units;
    let issuer = resolution.issuer_unit_id.and_then(|unit| units.get(&unit)).map(|unit| unit.name.clone()).or(resolution.issuer_text);
    let query = CoverageQuery { as_of: asked.as_of, limit: Some(200), cursor: None };
    let coverage = CoverageView::from(coverage::get(conn, &permit, id, &query, at)?);
    let query = DashboardQuery { resolution: Some(id), ..asked.query() };
    let (frame, totals) = dashboards::overview(conn, visitor, &query, at)?;
    let lines = Lines { day: day_part(&frame), whole: visitor.covers_a_root(), columns: Columns::of(&totals), language };
    let of = part("resolution", Some(&id.to_string()));
    let (breakthroughs, pillars) = dimensions(conn, visitor, &query, at, &lines)?;
    let (above, below) = resolution_tree::around(conn, &permit, id, language)?;
    let (r, l) = (ResolutionWords::of(language), LagWords::of(language));
    Ok(ResolutionPage {
        t: OverviewWords::of(language),
        r,
        f: FigureWords::of(language),
        l,
        id,
        number: resolution.number,
        title: resolution.title,
        kind: resolution.kind.label(language),
        issued: resolution.issued_text.map(|text| shell.date(&text)),
        issuer,
        as_of: frame.as_of,
        today: frame.today,
        basis: BasisChoice::none(language),
        illustrative: frame.illustrative,
        lags: texts(l, &coverage.lag, language),
        total: lines.of_root(&totals, &of),
        breakthroughs,
        pillars,
        clauses: coverage.clauses.items.iter().map(|item| clause_row(item, language)).collect(),
        debtors: coverage.items.iter().map(|debtor| debtor_row(debtor, r)).collect(),
        coverage,
        above,
        below,
        shell,
    })
}

fn clause_row(ClauseCoverage { clause, tasks }: &ClauseCoverage, language: Language) -> ClauseRow {
    ClauseRow {
        id: clause.id,
        path: clause.path.clone(),
        kind: clause.kind.label(language),
        heading: clause.heading.clone(),
        tasks: *tasks,
    }
}

fn debtor_row(debtor: &DebtorView, r: &ResolutionWords) -> Debtor {
    let missing = debtor.missing.iter().map(|missing| match missing.what {
        OwedKind::Term => r.term.to_owned(),
        OwedKind::Year => missing.year.map(|year| year.to_string()).unwrap_or_default(),
        OwedKind::Theme => format!("{}: {}", r.theme, missing.theme_title.as_deref().unwrap_or_default()),
    });
    Debtor { name: debtor.unit.name.clone(), missing: missing.collect() }
}
