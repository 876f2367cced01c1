//! `/unit-events`: what became of units and areas, the latest first, and who answers for their work
//! since.

use actix_web::web::ServiceConfig;
use actix_web::{HttpResponse, get};
use askama::Template;
use chrono::NaiveDate;
use serde::Deserialize;

use super::field_form::SheetWords;
use super::figures::part;
use super::forms::Query;
use super::labels::Label;
use super::page::{self, Shell};
use super::session::{State, Visitor};
use crate::domain::unit_events::{Side, UnitEventKind, UnitEventQuery};
use crate::domain::{Id, Language, Reference};
use crate::error::AppResult;
use crate::service::access::ReadDirectory;
use crate::service::unit_events::sides::Body as Stands;
use crate::service::unit_events::{self, ShownEvent};
use crate::state::Connection;

/// The routes of this page.
pub fn configure(config: &mut ServiceConfig) {
    config.service(events_page);
}

words! {
    /// Words of this page.
    EventsWords {
        title = "Sắp xếp tổ chức, địa bàn", "Reorganisations";
        lead = "Việc giữ nguyên nơi được giao; cột cuối cho biết việc chưa xong được bàn giao cho ai.", "Work stays where it was assigned; the last column says to whom unfinished work was handed over.";
        day = "Từ ngày", "From";
        kind = "Hình thức", "Kind";
        from = "Trước", "Before";
        to = "Sau", "After";
        none = "không có nơi kế thừa", "nobody as a whole";
        handed = "Bàn giao nhiệm vụ", "Tasks handed over";
        all = "toàn bộ", "all of them";
        basis = "Căn cứ", "Basis";
        about = "Chỉ các sự kiện của", "Only events of";
        every = "Xem tất cả", "See all";
        record_units = "Ghi sắp xếp đơn vị", "Record what became of units";
        record_areas = "Ghi sắp xếp địa bàn", "Record what became of areas";
        take_back = "Thu hồi", "Take back";
        empty = "Chưa có sự kiện nào.", "There are no events.";
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    unit: Option<String>,
    area: Option<String>,
    cursor: Option<String>,
    /// What was recorded just now.
    done: Option<String>,
}

/// A name with the way to its page.
struct Place {
    href: String,
    name: String,
    /// What part of what was there, as people write it.
    share: Option<String>,
}

struct Row {
    day: NaiveDate,
    kind: &'static str,
    from: Vec<Place>,
    to: Vec<Place>,
    /// To whom, and how many.
    handed: Vec<(String, i64)>,
    /// Whether all work passes to one.
    whole: bool,
    legal_basis: String,
    id: Id,
}

#[derive(Template)]
#[template(path = "unit_events.html")]
struct EventsPage {
    shell: Shell,
    t: &'static EventsWords,
    s: &'static SheetWords,
    about: Option<String>,
    rows: Vec<Row>,
    next: Option<String>,
    done: bool,
    /// Whether the reader may record events.
    may: bool,
}

#[get("/unit-events")]
async fn events_page(state: State, visitor: Visitor<ReadDirectory>, Query(asked): Query<Asked>) -> AppResult<HttpResponse> {
    page::show(&state.read(move |conn, _| fill(conn, &visitor, asked)).await?)
}

fn fill(conn: &mut Connection, visitor: &Visitor<ReadDirectory>, asked: Asked) -> AppResult<EventsPage> {
    let language = visitor.shell.language;
    let (unit, area) = (part("unit", asked.unit.as_deref()), part("area", asked.area.as_deref()));
    let about = asked.unit.clone().or_else(|| asked.area.clone());
    let query = UnitEventQuery {
        unit: asked.unit.map(Reference::from),
        area: asked.area.map(Reference::from),
        limit: Some(100),
        cursor: asked.cursor,
        ..UnitEventQuery::default()
    };
    let found = unit_events::list(conn, visitor, query)?;
    Ok(EventsPage {
        t: EventsWords::of(language),
        s: SheetWords::of(language),
        about,
        done: asked.done.is_some(),
        may: visitor.shell.may("write_directory"),
        rows: found.items.into_iter().map(|event| row(event, language)).collect(),
        next: found.next.map(|cursor| page::asking("/unit-events", &[&unit, &area, &part("cursor", Some(&cursor))])),
        shell: visitor.shell.clone(),
    })
}

fn row(ShownEvent { event, members, handed_over }: ShownEvent, language: Language) -> Row {
    let side = |side: Side| -> Vec<Place> {
        let members = members.iter().filter(|(member, _)| member.side == side);
        members.map(|(member, stands)| place(stands, member.share)).collect()
    };
    let (from, to) = (side(Side::From), side(Side::To));
    Row {
        day: event.effective_on,
        kind: event.kind.label(language),
        whole: to.len() == 1 && event.kind != UnitEventKind::Transfer && members.iter().any(|(_, s)| matches!(s, Stands::Unit(_))),
        handed: handed_over.into_iter().map(|(_, to, tasks)| (to.name, tasks)).collect(),
        legal_basis: event.legal_basis,
        id: event.id,
        from,
        to,
    }
}

fn place(stands: &Stands, share: Option<i32>) -> Place {
    let (noun, code, name) = match stands {
        Stands::Unit(unit) => ("units", &unit.code, &unit.name),
        Stands::Area(area) => ("areas", &area.code, &area.name),
    };
    // Ten-thousandths as a percentage, without what is not needed.
    let percent = |share: i32| match share % 100 {
        0 => format!("{} %", share / 100),
        rest => format!("{},{rest:02} %", share / 100),
    };
    Place { href: format!("/{noun}/{code}"), name: name.clone(), share: share.map(percent) }
}
