//! `/trend`: planned, claimed and verified progress month by month, as a drawing with its table.

use std::fmt::Write;

use actix_web::web::ServiceConfig;
use actix_web::{HttpResponse, get};
use askama::Template;
use chrono::NaiveDate;
use serde::Deserialize;

use super::figures::percent;
use super::forms::Query;
use super::page::{self, Shell};
use super::session::{State, Visitor};
use crate::domain::dashboards::DashboardQuery;
use crate::domain::trend::{Point, TrendQuery};
use crate::domain::{Id, Language, Moment, Percent};
use crate::error::AppResult;
use crate::service::access::ReadDashboards;
use crate::service::dashboards;
use crate::state::Connection;

/// The routes of this page.
pub fn configure(config: &mut ServiceConfig) {
    config.service(trend_page);
}

words! {
    /// Words of this page.
    TrendWords {
        lead = "Cuối mỗi tháng: tỷ lệ việc đã đến hạn phải xong, tỷ lệ đơn vị báo cáo và tỷ lệ đã xác nhận, theo những gì hệ thống được báo đến ngày đó.", "At the end of each month: what should have been done by then, what units claimed and what was verified, as the system knew it on that day.";
        months = "Số tháng", "Months";
        as_of = "Đến hết ngày", "Until the end of";
        show = "Xem", "Show";
        day = "Ngày", "Day";
        planned = "Theo thời hạn", "Planned";
        claimed = "Đơn vị báo cáo", "Claimed";
        verified = "Đã xác nhận", "Verified";
        total = "Nhiệm vụ", "Tasks";
        completed = "Đã hoàn thành", "Completed";
        overdue = "Quá hạn", "Overdue";
        chart = "Biểu đồ diễn biến", "Chart of the trend";
    }
}

/// Where the drawing's points lie: so wide, so high.
const WIDTH: usize = 720;
const HEIGHT: i64 = 240;

struct Row {
    day: NaiveDate,
    planned: String,
    claimed: String,
    verified: String,
    total: u32,
    completed: u32,
    overdue: u32,
}

/// One line of the drawing.
struct Curve {
    class: &'static str,
    label: &'static str,
    points: String,
}

#[derive(Template)]
#[template(path = "trend.html")]
struct TrendPage {
    shell: Shell,
    t: &'static TrendWords,
    months: u32,
    as_of: NaiveDate,
    illustrative: bool,
    curves: Vec<Curve>,
    rows: Vec<Row>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    months: Option<u32>,
    as_of: Option<NaiveDate>,
    resolution: Option<Id>,
}

#[get("/trend")]
async fn trend_page(state: State, visitor: Visitor<ReadDashboards>, Query(asked): Query<Asked>) -> AppResult<HttpResponse> {
    page::show(&state.read(move |conn, at| fill(conn, &visitor, &asked, at)).await?)
}

fn fill(conn: &mut Connection, visitor: &Visitor<ReadDashboards>, asked: &Asked, at: &Moment) -> AppResult<TrendPage> {
    let (shell, language) = (visitor.shell.clone(), visitor.shell.language);
    let t = TrendWords::of(language);
    let months = asked.months.unwrap_or(12);
    let query = DashboardQuery { as_of: asked.as_of, resolution: asked.resolution, ..DashboardQuery::default() };
    let (frame, points) = dashboards::trend(conn, visitor, (&query, TrendQuery { months: Some(months) }), at)?;
    let curve = |class, label, of: fn(&Point) -> Option<Percent>| Curve { class, label, points: drawn(&points, of) };
    let curves = vec![
        curve("planned", t.planned, |point| point.planned),
        curve("claimed", t.claimed, |point| point.claimed),
        curve("verified", t.verified, |point| point.verified),
    ];
    let rows = points.iter().rev().map(|point| row(point, language)).collect();
    Ok(TrendPage { shell, t, months, as_of: frame.as_of, illustrative: frame.illustrative, curves, rows })
}

fn row(point: &Point, language: Language) -> Row {
    Row {
        day: point.as_of,
        planned: percent(point.planned, language),
        claimed: percent(point.claimed, language),
        verified: percent(point.verified, language),
        total: point.tasks.total,
        completed: point.tasks.completed_on_time + point.tasks.completed_late,
        overdue: point.tasks.open_overdue,
    }
}

/// The places of a curve, from left to right; a point without a number is left out.
fn drawn(points: &[Point], of: fn(&Point) -> Option<Percent>) -> String {
    let steps = points.len().saturating_sub(1).max(1);
    let mut drawn = String::new();
    for (number, point) in points.iter().enumerate() {
        if let Some(percent) = of(point) {
            let (x, y) = (number * WIDTH / steps, HEIGHT - i64::from(percent.hundredths()) * HEIGHT / 10_000);
            let _ = write!(drawn, "{x},{y} ");
        }
    }
    drawn.trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::roll_up::RollUp;
    use crate::domain::trend::Plan;

    #[test]
    fn a_curve_runs_from_edge_to_edge() {
        let day: NaiveDate = "2021-12-31".parse().unwrap();
        let at = |claimed: Option<i32>| Point {
            claimed: claimed.map(|percent| Percent::from_hundredths(percent).unwrap()),
            ..Point::new(day, &RollUp::default(), Plan::default())
        };
        assert_eq!(drawn(&[at(Some(0)), at(None), at(Some(5000)), at(Some(10_000))], |point| point.claimed), "0,240 480,120 720,0");
        assert_eq!(drawn(&[at(Some(2500))], |point| point.claimed), "0,180");
    }
}
