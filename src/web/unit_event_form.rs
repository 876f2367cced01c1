//! `/unit-events/new`: administrators record an event of units or areas, after they saw what it does;
//! `/unit-events/{event}/voiding` takes one back.

use actix_web::web::{Path, ServiceConfig};
use actix_web::{HttpResponse, get, post};
use serde_json::{Map, Value, json};

use super::choices::{self, Group};
use super::field_form::{self, Asks, Filled, Opened, SheetWords};
use super::fields::{Field, Kind, Sheet, Typed};
use super::forms::{self, draft};
use super::session::{State, Visitor};
use super::unit_events::EventsWords;
use crate::domain::imports::cells::decimal;
use crate::domain::imports::names::code_of;
use crate::domain::unit_events::{EventSubject, ReorganisationDraft, UnitEventKind};
use crate::domain::users::RevocationDraft;
use crate::domain::{Id, Moment};
use crate::error::AppResult;
use crate::service::access::{ReadDirectory, WriteDirectory};
use crate::service::lookup::Expected;
use crate::service::unit_events::{self, Outcome, moves::Move};
use crate::state::Connection;

/// The routes of these forms.
pub fn configure(config: &mut ServiceConfig) {
    config.service(new_event_page).service(record_event).service(voiding_page).service(void_event);
}

words! {
    /// Words of the forms.
    FormWords {
        units = "Ghi sắp xếp đơn vị", "Record what became of units";
        areas = "Ghi sắp xếp địa bàn", "Record what became of areas";
        lead = "Đơn vị, địa bàn mới phải có trong danh mục trước. Mỗi lần ghi một sự kiện; cả một đợt sắp xếp thì nhập từ tệp hoặc qua API.", "New units and areas must be in the directory first. One event at a time; a whole reform is imported from a file or recorded over the API.";
        effective_on = "Có hiệu lực từ ngày", "In force from";
        from_hint = "Gõ vài chữ của tên rồi chọn. Sáp nhập thì ghi đủ các bên.", "Type some letters of the name and choose. A merger names all that merge.";
        to_hint = "Giải thể thì để trống. Chia, tách thì ghi tỷ lệ sau tên, ví dụ “… 60%”, tổng là 100%.", "Nobody for one that ends. A split gives each its share after the name, such as “… 60%”, 100% in all.";
        handover = "Bàn giao nhiệm vụ còn lại cho", "Hand remaining tasks over to";
        handover_hint = "Khi giải thể, chia tách hoặc chuyển giao: đơn vị nhận mọi nhiệm vụ. Sáp nhập, đổi tên thì để trống: việc tự chuyển theo.", "For what ends, splits or gives a function away: who takes all tasks. Not for mergers and new names: there work follows by itself.";
        note = "Ghi chú", "Remark";
        record = "Ghi", "Record it";
        moves = "nhiệm vụ chuyển sang", "tasks go to";
        undecided = "nhiệm vụ chưa biết giao cho ai: cần chọn nơi nhận", "tasks would be nobody's: say who takes them";
        nothing = "không nhiệm vụ nào đổi đơn vị chịu trách nhiệm", "no task changes hands";
        take_back = "Thu hồi sự kiện ghi nhầm", "Take an event back";
        take_back_lead = "Đơn vị đã kết thúc tồn tại trở lại; nhiệm vụ trở về đơn vị cũ.", "What ended exists again, and work is answered for as before.";
        do_take_back = "Thu hồi", "Take it back";
    }
}

/// An event that is recorded.
#[derive(Clone)]
struct EventForm;

impl Asks for EventForm {
    type Right = WriteDirectory;
    const CHECKED: bool = true;

    fn sheet(&self, conn: &mut Connection, visitor: &Visitor<WriteDirectory>, typed: &Typed, _: &Moment) -> AppResult<Sheet> {
        let language = visitor.shell.language;
        let (f, t) = (FormWords::of(language), EventsWords::of(language));
        let of = typed.get("of").and_then(|of| of.parse().ok()).unwrap_or(EventSubject::Unit);
        let units = choices::unit_labels(conn, visitor, None)?;
        let (title, known) = match of {
            EventSubject::Unit => (f.units, units.clone()),
            EventSubject::Area => (f.areas, choices::area_labels(conn, visitor, None)?),
        };
        let kinds = UnitEventKind::ALL.iter().copied().filter(|kind| of == EventSubject::Unit || *kind != UnitEventKind::Transfer);
        let kinds = choices::names(&kinds.collect::<Vec<_>>(), UnitEventKind::as_str, None, language);
        let field = |name: (&'static str, &'static str), label, kind| Field::new(typed, name, label, kind);
        let mut fields = vec![
            field(("kind", "/events/0/kind"), t.kind, Kind::One(vec![Group { label: "", choices: kinds }])),
            field(("effective_on", "/effective_on"), f.effective_on, Kind::Day),
            Field::several(typed, ("from", "/events/0/from"), t.from, &known).hint(f.from_hint),
            Field::several(typed, ("to", "/events/0/to"), t.to, &known).hint(f.to_hint).optional(),
        ];
        if of == EventSubject::Unit {
            fields.push(Field::single(typed, ("handover", "/events/0/handovers"), f.handover, &units).hint(f.handover_hint).optional());
        }
        fields.push(field(("legal_basis", "/legal_basis"), t.basis, Kind::Line));
        fields.push(field(("note", "/note"), f.note, Kind::Lines).optional());
        Ok(Sheet {
            title: title.to_owned(),
            above: ("/unit-events".to_owned(), t.title.to_owned()),
            lead: Some(f.lead.to_owned()),
            action: "/unit-events".to_owned(),
            fields,
            hidden: vec![("of", of.to_string())],
            submit: f.record,
        })
    }

    fn check(&self, conn: &mut Connection, visitor: &Visitor<WriteDirectory>, typed: &Typed, at: &Moment) -> AppResult<Vec<String>> {
        let outcome = unit_events::record(conn, visitor, &draft::<ReorganisationDraft>(body(typed))?, true, at)?;
        Ok(told(&outcome, FormWords::of(visitor.shell.language)))
    }

    fn carry_out(&self, conn: &mut Connection, visitor: &Visitor<WriteDirectory>, typed: &Typed, at: &Moment) -> AppResult<String> {
        unit_events::record(conn, visitor, &draft::<ReorganisationDraft>(body(typed))?, false, at)?;
        Ok("/unit-events?done=recorded#content".to_owned())
    }
}

/// What an event would do to tasks, line by line.
fn told(outcome: &Outcome, f: &FormWords) -> Vec<String> {
    let name = |id: Id| outcome.units.get(&id).map(|unit| unit.name.clone()).unwrap_or_default();
    let line = |step: &Move| match step.to {
        Some(to) => format!("{}: {} {} {}", name(step.from), step.tasks.len(), f.moves, name(to)),
        None => format!("{}: {} {}", name(step.from), step.tasks.len(), f.undecided),
    };
    let lines: Vec<String> = outcome.moves.iter().filter(|step| !step.tasks.is_empty()).map(line).collect();
    if lines.is_empty() { vec![f.nothing.to_owned()] } else { lines }
}

/// The form as the body of the same request to the API.
fn body(typed: &Typed) -> Value {
    let mut event = typed.texts(&["of", "kind"]);
    event.insert("from".to_owned(), json!(typed.codes("from")));
    event.insert("to".to_owned(), typed.all("to").map(receiver).collect());
    let handovers = typed.codes("handover").into_iter().map(|to| json!({ "to": to }));
    event.insert("handovers".to_owned(), handovers.collect());
    let mut body = typed.texts(&["effective_on", "legal_basis", "note"]);
    body.insert("events".to_owned(), json!([event]));
    body.into()
}

/// Who is there after, with a share if one is said: `Xã A [xa-a] 60%`.
fn receiver(said: &str) -> Value {
    let percent = said.strip_suffix('%').map(str::trim_end).and_then(|rest| {
        let (name, number) = rest.rsplit_once(|c: char| c.is_whitespace() || c == ']')?;
        let closed = rest.len() - number.len();
        let name = rest.get(..closed).unwrap_or(name);
        Some((name.trim(), decimal(number.trim())?))
    });
    let (name, share) = percent.map_or((said, None), |(name, percent)| (name, Some(percent)));
    let mut receiver = Map::from_iter([("ref".to_owned(), json!(code_of(name)))]);
    let share = share.map(|percent| (percent / rust_decimal::Decimal::ONE_HUNDRED).normalize().to_string());
    receiver.extend(share.and_then(|share| Some(("share".to_owned(), serde_json::from_str(&share).ok()?))));
    receiver.into()
}

/// An event that is taken back.
#[derive(Clone)]
struct Voiding(Id);

impl Asks for Voiding {
    type Right = WriteDirectory;

    fn sheet(&self, conn: &mut Connection, visitor: &Visitor<WriteDirectory>, typed: &Typed, _: &Moment) -> AppResult<Sheet> {
        let language = visitor.shell.language;
        let f = FormWords::of(language);
        let event = unit_events::get(conn, &visitor.actor().permit::<ReadDirectory>()?, self.0)?.event;
        Ok(Sheet {
            title: f.take_back.to_owned(),
            above: ("/unit-events".to_owned(), EventsWords::of(language).title.to_owned()),
            lead: Some(format!("{}, {}. {}", event.legal_basis, visitor.shell.day(&event.effective_on), f.take_back_lead)),
            action: format!("/unit-events/{}/voiding", event.id),
            fields: vec![Field::new(typed, ("reason", "/reason"), SheetWords::of(language).reason, Kind::Lines)],
            hidden: Vec::new(),
            submit: f.do_take_back,
        })
    }

    fn carry_out(&self, conn: &mut Connection, visitor: &Visitor<WriteDirectory>, typed: &Typed, at: &Moment) -> AppResult<String> {
        let said: RevocationDraft = draft(typed.texts(&["reason"]).into())?;
        let standing = unit_events::to_void(conn, visitor, self.0, Expected::Any)?;
        unit_events::void(conn, visitor, standing, &said.reason, at)?;
        Ok("/unit-events?done=voided#content".to_owned())
    }
}

#[get("/unit-events/new")]
async fn new_event_page(state: State, visitor: Visitor<WriteDirectory>, asked: Opened) -> AppResult<HttpResponse> {
    field_form::open(&state, visitor, EventForm, asked).await
}

#[post("/unit-events")]
async fn record_event(state: State, visitor: Visitor<WriteDirectory>, form: Filled) -> AppResult<HttpResponse> {
    field_form::send(&state, visitor, EventForm, form).await
}

#[get("/unit-events/{event}/voiding")]
async fn voiding_page(state: State, visitor: Visitor<WriteDirectory>, event: Path<String>, asked: Opened) -> AppResult<HttpResponse> {
    field_form::open(&state, visitor, Voiding(forms::id(&event)?), asked).await
}

#[post("/unit-events/{event}/voiding")]
async fn void_event(state: State, visitor: Visitor<WriteDirectory>, event: Path<String>, form: Filled) -> AppResult<HttpResponse> {
    field_form::send(&state, visitor, Voiding(forms::id(&event)?), form).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_stands_after_the_name() {
        for (said, expected) in [
            ("Xã A [xa-a] 60%", json!({"ref": "xa-a", "share": 0.6})),
            ("Xã A [xa-a]12,5 %", json!({"ref": "xa-a", "share": 0.125})),
            ("Xã A [xa-a]", json!({"ref": "xa-a"})),
            ("xa-a 40%", json!({"ref": "xa-a", "share": 0.4})),
            ("xa-a", json!({"ref": "xa-a"})),
            ("xa-a nhiều%", json!({"ref": "xa-a nhiều%"})),
        ] {
            assert_eq!(receiver(said), expected, "{said}");
        }
    }
}
