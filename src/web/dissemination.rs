//! `/resolutions/{resolution}/dissemination`: the conferences about a resolution, and who has studied it.

use actix_web::web::{Path, ServiceConfig};
use actix_web::{HttpResponse, get};
use askama::Template;
use serde::Deserialize;

use super::figures::part;
use super::forms::{self, Query};
use super::labels::Label;
use super::page::{self, Shell, asking, encoded};
use super::session::{State, Visitor};
use crate::domain::dissemination_coverage::{Conferences, CoverageQuery, OwingUnits};
use crate::domain::dissemination_events::DisseminationEventQuery;
use crate::domain::headcounts::{HeadcountSum, Qualifier};
use crate::domain::{Id, Language, Moment};
use crate::error::AppResult;
use crate::service::access::ReadWork;
use crate::service::dissemination_events::ShownEvent;
use crate::service::{dissemination_coverage, dissemination_events};
use crate::state::Connection;
use crate::view::dissemination_coverage::CoveredUnitView;
use crate::view::dissemination_events::DisseminationEventView;

/// The routes of this page.
pub fn configure(config: &mut ServiceConfig) {
    config.service(dissemination_page);
}

words! {
    /// Words of this page, and of lists of conferences.
    DisseminationWords {
        title = "Học tập, quán triệt", "Study of the resolution";
        log = "Ghi nhận hội nghị", "Log a conference";
        conferences = "Hội nghị", "Conferences";
        none = "Chưa ghi nhận hội nghị nào.", "No conference has been logged.";
        conference = "Hội nghị", "Conference";
        day = "Ngày", "Day";
        kind = "Loại", "Kind";
        level = "Cấp", "Level";
        host = "Chủ trì", "Held by";
        sites = "Điểm cầu", "Connection points";
        attendance = "Người dự", "Attendance";
        coverage = "Cấp ủy, chính quyền đã học tập, quán triệt", "Party committees and authorities that have studied it";
        study = "Hội nghị học tập, quán triệt đã tổ chức", "Study conferences held";
        turns = "lượt người dự", "attendances";
        unknown = "hội nghị không rõ số người dự", "conferences without a figure";
        covered = "Đã học tập, quán triệt", "Have studied it";
        missing = "Chưa", "Have not";
        owing = "Phải học tập, quán triệt", "Owe it";
        unit = "Cơ quan", "Unit";
        status = "Tình hình", "State";
        took_part = "Đã dự", "Took part in";
        hosted = "chủ trì", "held it";
        sat = "điểm cầu", "sat in it";
        all = "Tất cả", "All";
        only = "Chỉ xem", "Show";
        apply = "Xem", "Show";
        by_level = "Theo cấp", "By level";
        about = "Hội nghị tính là học tập, quán triệt khi đã tổ chức; cấp ủy, UBND các cấp chủ trì hoặc dự tại một điểm cầu được tính là đã học tập.", "A study conference counts once it is held; a Party committee or People's Committee that held it or sat at a connection point has studied it.";
        more = "Chỉ hiển thị 200 hội nghị đầu tiên.", "Only the first 200 conferences are shown.";
    }
}

/// What the page may be asked for.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    covered: Option<bool>,
    cursor: Option<String>,
}

/// A conference in a list.
pub struct EventRow {
    pub href: String,
    pub title: String,
    pub day: String,
    pub kind: &'static str,
    pub level: &'static str,
    /// The class and name of its state.
    pub state: (&'static str, &'static str),
    pub host: String,
    pub sites: String,
    pub attendance: String,
}

/// A conference as its page and lists show it.
pub fn view(shown: ShownEvent, language: Language) -> DisseminationEventView {
    DisseminationEventView::new(shown.event, &shown.details, shown.actions, language)
}

/// The row of a conference.
pub fn row(event: &DisseminationEventView, language: Language) -> EventRow {
    let known = [event.host.as_ref().map(|unit| unit.name.clone()), event.host_text.clone()];
    EventRow {
        href: format!("/dissemination-events/{}", event.id),
        title: event.title.clone(),
        day: event.held_on.as_ref().map(|day| day.text.clone()).unwrap_or_default(),
        kind: event.kind.label(language),
        level: event.level.label(language),
        state: (event.state.as_str(), event.state.label(language)),
        host: known.into_iter().flatten().collect::<Vec<_>>().join(", "),
        sites: event.site_count.map(|count| grouped(i64::from(count), language)).unwrap_or_default(),
        attendance: event.attendance.as_ref().map(|attendance| attendance.text.clone()).unwrap_or_default(),
    }
}

/// A whole number with its thousands apart: 16.000, or 16,000.
pub fn grouped(number: i64, language: Language) -> String {
    let (digits, mark) = (number.to_string(), if language == Language::Vi { '.' } else { ',' });
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(mark);
        }
        text.push(digit);
    }
    text
}

/// A sum of people in words: "hơn 16.000".
fn summed(sum: &HeadcountSum, language: Language) -> String {
    let (vi, en) = match sum.qualifier {
        Qualifier::MoreThan => ("hơn ", "more than "),
        Qualifier::AtLeast => ("ít nhất ", "at least "),
        Qualifier::Nearly => ("gần ", "nearly "),
        Qualifier::About => ("khoảng ", "about "),
        Qualifier::Exactly | Qualifier::Unread => ("", ""),
    };
    let before = if language == Language::Vi { vi } else { en };
    format!("{before}{}", grouped(sum.count, language))
}

#[derive(Template)]
#[template(path = "dissemination.html")]
struct DisseminationPage {
    shell: Shell,
    t: &'static DisseminationWords,
    resolution: Id,
    name: String,
    events: Vec<EventRow>,
    more: bool,
    units: OwingUnits,
    total: Conferences,
    attendance: String,
    /// Level, conferences, connection points, attendance.
    levels: Vec<(&'static str, i64, i64, String)>,
    /// Values and names; whether each is chosen.
    filters: Vec<(&'static str, &'static str, bool)>,
    lines: Vec<CoveredUnitView>,
    next: Option<String>,
}

#[get("/resolutions/{resolution}/dissemination")]
async fn dissemination_page(
    state: State,
    visitor: Visitor<ReadWork>,
    resolution: Path<String>,
    Query(asked): Query<Asked>,
) -> AppResult<HttpResponse> {
    let id = forms::id(&resolution)?;
    page::show(&state.read(move |conn, at| fill(conn, &visitor, id, &asked, at)).await?)
}

fn fill(conn: &mut Connection, visitor: &Visitor<ReadWork>, id: Id, asked: &Asked, at: &Moment) -> AppResult<DisseminationPage> {
    let language = visitor.shell.language;
    let t = DisseminationWords::of(language);
    let query = CoverageQuery { covered: asked.covered, cursor: asked.cursor.clone(), limit: Some(100), ..CoverageQuery::default() };
    let found = dissemination_coverage::of_resolution(conn, visitor, id, &query, at)?;
    let listed = DisseminationEventQuery { resolution: Some(id), limit: Some(200), ..DisseminationEventQuery::default() };
    let listed = dissemination_events::list(conn, visitor, listed)?;
    let address = format!("/resolutions/{id}/dissemination");
    let covered = asked.covered.map(|covered| covered.to_string());
    let chosen = |value: &str| covered.as_deref().unwrap_or_default() == value;
    let next = found
        .page
        .next
        .map(|cursor| asking(&address, &[&part("covered", covered.as_deref()), &format!("cursor={}", encoded(&cursor))]) + "#coverage");
    Ok(DisseminationPage {
        shell: visitor.shell.clone(),
        t,
        resolution: id,
        name: found.resolution.title,
        more: listed.next.is_some(),
        events: listed.items.into_iter().map(|shown| row(&view(shown, language), language)).collect(),
        units: found.units,
        attendance: summed(&found.total.attendance, language),
        total: found.total,
        levels: found
            .by_level
            .iter()
            .map(|line| (line.level.label(language), line.sum.conferences, line.sum.sites, summed(&line.sum.attendance, language)))
            .collect(),
        filters: [("", t.all), ("true", t.covered), ("false", t.missing)].map(|(value, label)| (value, label, chosen(value))).to_vec(),
        lines: found.page.items.into_iter().map(|line| CoveredUnitView::new(line.unit, line.level, line.conferences)).collect(),
        next,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_people_do() {
        let sum = HeadcountSum { count: 16_000, qualifier: Qualifier::MoreThan, unknown: 0 };
        assert_eq!((summed(&sum, Language::Vi).as_str(), summed(&sum, Language::En).as_str()), ("hơn 16.000", "more than 16,000"));
        let texts: Vec<String> = [0, 336, 1_000, 1_234_567].map(|n| grouped(n, Language::Vi)).to_vec();
        assert_eq!(texts, ["0", "336", "1.000", "1.234.567"]);
    }
}
