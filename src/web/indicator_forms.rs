//! The forms that record an indicator, change it, or void it.

use actix_web::web::{Path, ServiceConfig};
use actix_web::{HttpResponse, get, post};
use serde_json::{Map, Value, json};

use super::choices::{self, Choice, Group, choice};
use super::field_form::{self, Asks, Filled, Opened, SheetWords};
use super::fields::{Field, Kind, Sheet, Typed};
use super::forms::{self, draft};
use super::indicator_page::IndicatorPageWords;
use super::indicators::IndicatorWords;
use super::labels::Label;
use super::session::{State, Visitor};
use crate::domain::indicators::{Aggregation, IndicatorDraft, IndicatorQuery, IndicatorRole};
use crate::domain::merge_patch::MergePatch;
use crate::domain::targets::TargetDirection;
use crate::domain::voiding::VoidDraft;
use crate::domain::{Id, Moment};
use crate::error::AppResult;
use crate::service::access::{ReadWork, WriteWork};
use crate::service::indicators::{self, ShownIndicator};
use crate::service::lookup::Expected;
use crate::state::Connection;

/// The routes of these forms; before the page of one indicator, whose address they are like.
pub fn configure(config: &mut ServiceConfig) {
    config.service(new_page).service(create).service(change_page).service(change).service(voiding_page).service(void);
}

words! {
    /// Words of these forms.
    IndicatorFormWords {
        programme = "Chương trình, kế hoạch, khi không phải nghị quyết", "Programme or plan, where it is no resolution";
        ordinal = "Thứ tự trong văn bản", "Place in the document";
        label = "Số in trong văn bản, nếu khác (ví dụ 7c)", "Number as printed, where it is another (such as 7c)";
        from_year = "Lộ trình từ năm", "Path from year";
        to_year = "đến năm", "to year";
        history_from = "Lưu số liệu từ năm", "Values are kept from year";
        baseline_period = "Xuất phát điểm: kỳ", "Where it stood before: period";
        baseline_text = "Xuất phát điểm: số liệu", "Where it stood before: value";
        parent = "Nằm trong chỉ tiêu", "Stands below";
        role = "Vai trò", "Role";
        target_period = "Kỳ của mục tiêu", "Period of the target";
        target_text = "Mục tiêu, nguyên lời văn bản", "Target, in the words of the document";
        target_hint = "Ví dụ: 6,5-7; trên 80%; nhóm 30 tỉnh đầu; năm sau cao hơn năm trước", "For instance 6,5-7; trên 80%; nhóm 30 tỉnh đầu";
        period_hint = "Ví dụ: 2025 hoặc 2021-2025", "For instance 2025 or 2021-2025";
        void_lead = "Chỉ tiêu không được tính nữa, nhưng vẫn xem được cùng lý do.", "It counts no more, and stays readable with the reason.";
    }
}

type Permitted = Visitor<WriteWork>;

fn one(choices: Vec<Choice>) -> Kind {
    Kind::One(vec![Group { label: "", choices }])
}

#[derive(Clone, Copy)]
struct New;

#[derive(Clone, Copy)]
struct Changed(Id);

#[derive(Clone, Copy)]
struct Voided(Id);

/// The fields a new indicator and one that is changed share.
fn fields(
    conn: &mut Connection,
    visitor: &Permitted,
    typed: &Typed,
    document: (Option<Id>, Option<Id>),
    at: &Moment,
) -> AppResult<Vec<Field>> {
    let language = visitor.shell.language;
    let (t, p, f) = (IndicatorWords::of(language), IndicatorPageWords::of(language), IndicatorFormWords::of(language));
    let field = |name: (&'static str, &'static str), label, kind| Field::new(typed, name, label, kind);
    let units = Kind::One(choices::units_within(conn, visitor, language, at)?);
    let mut fields = vec![
        field(("ordinal", "/ordinal"), f.ordinal, Kind::Number),
        field(("label", "/label"), f.label, Kind::Line).optional(),
        field(("name", "/name"), t.name, Kind::Lines),
        field(("unit", "/unit"), t.unit, Kind::Line).optional(),
        field(("direction", "/direction"), p.direction, one(choices::names(TargetDirection::ALL, TargetDirection::as_str, None, language))),
        field(("aggregation", "/aggregation"), p.aggregation, one(choices::names(Aggregation::ALL, Aggregation::as_str, None, language))),
        field(("from_year", "/from_year"), f.from_year, Kind::Number),
        field(("to_year", "/to_year"), f.to_year, Kind::Number),
        field(("history_from", "/history_from"), f.history_from, Kind::Number).optional(),
        field(("baseline_period", "/baseline/period"), f.baseline_period, Kind::Line).hint(f.period_hint).optional(),
        field(("baseline_text", "/baseline/text"), f.baseline_text, Kind::Line).optional(),
        field(("lead_unit", "/lead_unit"), p.lead_unit, units).optional(),
    ];
    let above = above(conn, visitor, document, at)?;
    if !above.is_empty() {
        let roles = [IndicatorRole::Sub, IndicatorRole::Component].map(|role| choice(role.as_str(), role.label(language), None));
        fields.push(field(("parent", "/parent"), f.parent, one(above)).optional());
        fields.push(field(("role", "/role"), f.role, one(roles.to_vec())).optional());
    }
    fields.push(field(("description", "/description"), p.description, Kind::Lines).optional());
    fields.push(field(("source", "/source"), p.source, Kind::Line).optional());
    Ok(fields)
}

/// The main indicators of a document, which others may stand below.
fn above(
    conn: &mut Connection,
    visitor: &Permitted,
    (resolution, programme): (Option<Id>, Option<Id>),
    at: &Moment,
) -> AppResult<Vec<Choice>> {
    if resolution.is_none() && programme.is_none() {
        return Ok(Vec::new());
    }
    let query = IndicatorQuery { resolution, programme, limit: Some(200), ..IndicatorQuery::default() };
    let found = indicators::list(conn, &visitor.actor().permit::<ReadWork>()?, query, at)?;
    let main = found.items.iter().filter(|shown| shown.indicator.role == IndicatorRole::Main);
    Ok(main.map(|shown| choice(&shown.indicator.id.to_string(), &shown.indicator.name, None)).collect())
}

const TEXTS: [&str; 8] = ["label", "name", "unit", "direction", "aggregation", "lead_unit", "description", "source"];
const NUMBERS: [&str; 4] = ["ordinal", "from_year", "to_year", "history_from"];

/// What was typed, as a body of the API.
fn body(typed: &Typed) -> Map<String, Value> {
    let mut said = typed.texts(&TEXTS);
    said.extend(NUMBERS.iter().filter_map(|name| Some(((*name).to_owned(), typed.count(name)?))));
    if let Some(parent) = typed.get("parent") {
        said.insert("parent".to_owned(), parent.into());
        said.insert("role".to_owned(), typed.get("role").unwrap_or(IndicatorRole::Sub.as_str()).into());
    }
    if typed.get("baseline_period").is_some() || typed.get("baseline_text").is_some() {
        let part = |name: &str| typed.get(name).unwrap_or_default().to_owned();
        said.insert("baseline".to_owned(), json!({"period": part("baseline_period"), "text": part("baseline_text")}));
    }
    said
}

fn asked_for(typed: &Typed, name: &str) -> Option<Id> {
    typed.get(name).and_then(|id| id.parse().ok())
}

impl Asks for New {
    type Right = WriteWork;

    fn sheet(&self, conn: &mut Connection, visitor: &Permitted, typed: &Typed, at: &Moment) -> AppResult<Sheet> {
        let language = visitor.shell.language;
        let (t, f) = (IndicatorWords::of(language), IndicatorFormWords::of(language));
        let reader = visitor.actor().permit::<ReadWork>()?;
        let field = |name: (&'static str, &'static str), label, kind| Field::new(typed, name, label, kind);
        let mut all = vec![
            field(("resolution", "/resolution"), t.resolution, one(choices::resolutions(conn, &reader, None)?)).optional(),
            field(("programme", "/programme"), f.programme, one(choices::programmes(conn, &reader, None)?)).optional(),
        ];
        all.extend(fields(conn, visitor, typed, (asked_for(typed, "resolution"), asked_for(typed, "programme")), at)?);
        all.push(field(("target_period", "/targets/0/period"), f.target_period, Kind::Line).hint(f.period_hint).optional());
        all.push(field(("target_text", "/targets/0/text"), f.target_text, Kind::Line).hint(f.target_hint).optional());
        Ok(Sheet {
            title: t.add.to_owned(),
            above: ("/indicators".to_owned(), t.title.to_owned()),
            lead: None,
            action: "/indicators".to_owned(),
            fields: all,
            hidden: Vec::new(),
            submit: visitor.shell.t.save,
        })
    }

    fn carry_out(&self, conn: &mut Connection, visitor: &Permitted, typed: &Typed, at: &Moment) -> AppResult<String> {
        let mut said = body(typed);
        said.extend(typed.texts(&["resolution", "programme"]));
        if typed.get("target_period").is_some() || typed.get("target_text").is_some() {
            let part = |name: &str| typed.get(name).unwrap_or_default().to_owned();
            said.insert("targets".to_owned(), json!([{"period": part("target_period"), "text": part("target_text")}]));
        }
        let made = indicators::create(conn, visitor, &draft::<IndicatorDraft>(said.into())?, at)?;
        Ok(format!("/indicators/{}?done=created", made.indicator.id))
    }
}

/// What stands now, typed into the form.
fn standing(shown: &ShownIndicator, typed: &Typed) -> Typed {
    let row = &shown.indicator;
    let unit = row.lead_unit_id.and_then(|id| shown.names.units.get(&id)).map(|unit| unit.code.clone());
    let number = |number: Option<i32>| number.map(|number| number.to_string());
    let values = [
        ("ordinal", Some(row.ordinal.to_string())),
        ("label", row.label.clone()),
        ("name", Some(row.name.clone())),
        ("unit", row.unit_of_measure.clone()),
        ("direction", Some(row.direction.to_string())),
        ("aggregation", Some(row.aggregation.to_string())),
        ("from_year", number(Some(row.from_year))),
        ("to_year", number(Some(row.to_year))),
        ("history_from", number(row.history_from)),
        ("baseline_period", row.baseline_period.clone()),
        ("baseline_text", row.baseline_text.clone()),
        ("lead_unit", unit),
        ("parent", row.parent_id.map(|id| id.to_string())),
        ("role", row.parent_id.map(|_| row.role.to_string())),
        ("description", row.description.clone()),
        ("source", row.source.clone()),
    ];
    if typed.was_sent() {
        return typed.clone();
    }
    values.into_iter().fold(typed.clone(), |typed, (name, value)| value.into_iter().fold(typed, |typed, value| typed.or(name, value)))
}

impl Asks for Changed {
    type Right = WriteWork;

    fn sheet(&self, conn: &mut Connection, visitor: &Permitted, typed: &Typed, at: &Moment) -> AppResult<Sheet> {
        let shown = indicators::get(conn, &visitor.actor().permit::<ReadWork>()?, self.0, at)?;
        let typed = standing(&shown, typed);
        let version = typed.get("version").map_or_else(|| shown.indicator.version.to_string(), ToOwned::to_owned);
        let document = (shown.indicator.resolution_id, shown.indicator.programme_id);
        Ok(Sheet {
            title: IndicatorPageWords::of(visitor.shell.language).change_it.to_owned(),
            above: (format!("/indicators/{}", self.0), shown.indicator.name.clone()),
            lead: None,
            action: format!("/indicators/{}/change", self.0),
            fields: fields(conn, visitor, &typed, document, at)?,
            hidden: vec![("version", version)],
            submit: visitor.shell.t.save,
        })
    }

    fn carry_out(&self, conn: &mut Connection, visitor: &Permitted, typed: &Typed, at: &Moment) -> AppResult<String> {
        let mut said = body(typed);
        for name in TEXTS.iter().chain(&NUMBERS).chain(&["baseline", "parent", "role"]) {
            // What was emptied is taken away.
            said.entry((*name).to_owned()).or_insert(Value::Null);
        }
        indicators::update(conn, visitor, self.0, Expected::Version(typed.version()), &MergePatch(said.into()), at)?;
        Ok(format!("/indicators/{}?done=changed", self.0))
    }
}

impl Asks for Voided {
    type Right = WriteWork;

    fn sheet(&self, conn: &mut Connection, visitor: &Permitted, typed: &Typed, at: &Moment) -> AppResult<Sheet> {
        let language = visitor.shell.language;
        let shown = indicators::get(conn, &visitor.actor().permit::<ReadWork>()?, self.0, at)?;
        Ok(Sheet {
            title: IndicatorPageWords::of(language).void_it.to_owned(),
            above: (format!("/indicators/{}", self.0), shown.indicator.name),
            lead: Some(IndicatorFormWords::of(language).void_lead.to_owned()),
            action: format!("/indicators/{}/voiding", self.0),
            fields: vec![Field::new(typed, ("reason", "/reason"), SheetWords::of(language).reason, Kind::Lines)],
            hidden: Vec::new(),
            submit: IndicatorPageWords::of(language).void_it,
        })
    }

    fn carry_out(&self, conn: &mut Connection, visitor: &Permitted, typed: &Typed, at: &Moment) -> AppResult<String> {
        let standing = indicators::to_change(conn, visitor, self.0, Expected::Any)?;
        indicators::void(conn, visitor, standing, &draft::<VoidDraft>(typed.texts(&["reason"]).into())?, at)?;
        Ok(format!("/indicators/{}?done=voided", self.0))
    }
}

#[get("/indicators/new")]
async fn new_page(state: State, visitor: Permitted, asked: Opened) -> AppResult<HttpResponse> {
    field_form::open(&state, visitor, New, asked).await
}

#[post("/indicators")]
async fn create(state: State, visitor: Permitted, form: Filled) -> AppResult<HttpResponse> {
    field_form::send(&state, visitor, New, form).await
}

#[get("/indicators/{indicator}/change")]
async fn change_page(state: State, visitor: Permitted, which: Path<String>, asked: Opened) -> AppResult<HttpResponse> {
    field_form::open(&state, visitor, Changed(forms::id(&which)?), asked).await
}

#[post("/indicators/{indicator}/change")]
async fn change(state: State, visitor: Permitted, which: Path<String>, form: Filled) -> AppResult<HttpResponse> {
    field_form::send(&state, visitor, Changed(forms::id(&which)?), form).await
}

#[get("/indicators/{indicator}/voiding")]
async fn voiding_page(state: State, visitor: Permitted, which: Path<String>, asked: Opened) -> AppResult<HttpResponse> {
    field_form::open(&state, visitor, Voided(forms::id(&which)?), asked).await
}

#[post("/indicators/{indicator}/voiding")]
async fn void(state: State, visitor: Permitted, which: Path<String>, form: Filled) -> AppResult<HttpResponse> {
    field_form::send(&state, visitor, Voided(forms::id(&which)?), form).await
}
