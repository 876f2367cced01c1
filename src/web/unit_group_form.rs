//! `/unit-groups/new`, `/unit-groups/{group}/change`, `/unit-groups/{group}/voiding`: administrators keep
//! the groups of units.

use actix_web::web::{Path, ServiceConfig};
use actix_web::{HttpResponse, get, post};
use serde_json::{Map, Value, json};

use super::choices::{self, Choice, Group, choice, labelled};
use super::field_form::{self, Asks, Filled, Opened, SheetWords};
use super::fields::{Field, Kind, Sheet, Typed};
use super::forms::draft;
use super::labels::Label;
use super::session::{State, Visitor};
use super::unit_groups::GroupWords;
use crate::domain::areas::AreaLevel;
use crate::domain::imports::names::code_of;
use crate::domain::merge_patch::MergePatch;
use crate::domain::unit_groups::UnitGroupDraft;
use crate::domain::units::{System, UnitKind};
use crate::domain::voiding::VoidDraft;
use crate::domain::{Moment, Reference};
use crate::error::AppResult;
use crate::service::access::{ReadDirectory, WriteDirectory};
use crate::service::lookup::Expected;
use crate::service::unit_groups;
use crate::state::Connection;

/// The routes of these forms; before the page of a group, whose address they are like.
pub fn configure(config: &mut ServiceConfig) {
    config.service(new_group_page).service(create_group);
    config.service(change_page).service(change_group).service(void_page).service(void_group);
}

words! {
    /// Words of the forms.
    FormWords {
        code = "Mã", "Code";
        code_hint = "Chữ thường không dấu, chữ số, gạch nối; không đổi được về sau. Ví dụ hg-cac-huyen.", "Lower-case letters, digits, hyphens; cannot be changed later. Such as hg-cac-huyen.";
        aliases_hint = "Mỗi dòng một tên, như các phụ lục viết; tệp nhập vào nhận ra nhóm theo các tên này.", "One a line, as annexes write it; imports know the group by them.";
        kinds = "Theo loại đơn vị", "By kind of unit";
        kinds_hint = "Nhóm cần có quy tắc, hoặc các đơn vị thêm ở dưới, hoặc cả hai.", "A group has a rule, or units listed below, or both.";
        levels = "chỉ ở cấp", "only at level";
        area = "chỉ trên địa bàn", "only in the area";
        area_hint = "Gõ vài chữ của tên rồi chọn; cả các địa bàn bên dưới.", "Type some letters of the name and choose; with all areas below it.";
        system = "chỉ thuộc khối", "only of the hierarchy";
        units_hint = "Gõ vài chữ của tên rồi chọn. Cần thêm dòng thì lưu rồi sửa tiếp.", "Type some letters of the name and choose. For more lines save, and change it again.";
        save = "Lưu", "Save";
    }
}

/// A new group, or a change of one.
#[derive(Clone)]
struct GroupForm(Option<Reference>);

impl Asks for GroupForm {
    type Right = WriteDirectory;

    fn sheet(&self, conn: &mut Connection, visitor: &Visitor<WriteDirectory>, typed: &Typed, _: &Moment) -> AppResult<Sheet> {
        let (language, t, f) = (visitor.shell.language, GroupWords::of(visitor.shell.language), FormWords::of(visitor.shell.language));
        let (mut title, mut action, mut hidden, mut typed) = (t.new.to_owned(), "/unit-groups".to_owned(), Vec::new(), typed.clone());
        if let Some(reference) = &self.0 {
            let shown = unit_groups::get(conn, &visitor.actor().permit::<ReadDirectory>()?, reference)?;
            let said = unit_groups::draft_of(conn, &shown.group)?;
            (title, action) = (format!("{}: {}", t.change, said.name), format!("/unit-groups/{}", said.code));
            hidden.push(("version", typed.get("version").map_or_else(|| shown.group.version.to_string(), ToOwned::to_owned)));
            if !typed.was_sent() {
                typed = standing(said, &shown);
            }
        }
        let known = choices::unit_labels(conn, visitor, None)?;
        let field = |name: (&'static str, &'static str), label, kind| Field::new(&typed, name, label, kind);
        let mut fields = vec![field(("name", "/name"), t.name, Kind::Line)];
        if self.0.is_none() {
            fields.push(field(("code", "/code"), f.code, Kind::Line).hint(f.code_hint));
            fields.push(field(("root", "/root"), t.root, Kind::One(choices::areas_within(conn, visitor, language, true)?)));
        }
        fields.push(field(("aliases", "/aliases"), t.aliases, Kind::Lines).hint(f.aliases_hint).optional());
        fields.extend(rule_fields(conn, visitor, &typed, f)?);
        fields.push(Field::several(&typed, ("members", "/members"), t.listed, &known).hint(f.units_hint).optional());
        fields.push(Field::several(&typed, ("excluded", "/excluded"), t.excluded, &known).optional());
        fields.push(field(("note", "/note"), t.note, Kind::Lines).optional());
        Ok(Sheet { title, above: above(t), lead: None, action, fields, hidden, submit: f.save })
    }

    fn carry_out(&self, conn: &mut Connection, visitor: &Visitor<WriteDirectory>, typed: &Typed, at: &Moment) -> AppResult<String> {
        let mut said = body(typed);
        let made = match &self.0 {
            None => {
                said.extend(typed.texts(&["code", "root"]));
                said.retain(|_, value| !value.is_null());
                unit_groups::create(conn, visitor, &draft::<UnitGroupDraft>(said.into())?, at)?
            }
            Some(reference) => {
                let standing = unit_groups::to_change(conn, visitor, reference, Expected::Version(typed.version()))?;
                unit_groups::update(conn, visitor, standing, &MergePatch(said.into()), at)?
            }
        };
        Ok(format!("/unit-groups/{}?done=saved#content", made.group.code))
    }
}

/// The form of a group as it stands.
fn standing(said: UnitGroupDraft, shown: &unit_groups::ShownGroup) -> Typed {
    let mut typed = Typed::of([("name", said.name), ("aliases", said.aliases.join("\n")), ("note", said.note.unwrap_or_default())]);
    for member in &shown.named {
        let unit = shown.units.get(&member.unit_id).map(|unit| labelled(&unit.name, &unit.code)).unwrap_or_default();
        typed.add(if member.excluded { "excluded" } else { "members" }, unit);
    }
    let Some(rule) = said.rule else { return typed };
    rule.kinds.iter().for_each(|kind| typed.add("kinds", kind.to_string()));
    rule.levels.iter().for_each(|level| typed.add("levels", level.to_string()));
    rule.system.iter().for_each(|system| typed.add("system", system.to_string()));
    rule.area.iter().for_each(|area| typed.add("area", area.to_string()));
    typed
}

fn rule_fields(conn: &mut Connection, visitor: &Visitor<WriteDirectory>, typed: &Typed, f: &'static FormWords) -> AppResult<Vec<Field>> {
    let language = visitor.shell.language;
    let chosen = |name: &str, value: &str| typed.all(name).any(|known| known == value);
    let offer = |name: &str, value: &'static str, label| Choice { chosen: chosen(name, value), ..choice(value, label, None) };
    let kinds = UnitKind::ALL.iter().map(|kind| offer("kinds", kind.as_str(), kind.label(language))).collect();
    let levels = AreaLevel::ALL.iter().map(|level| offer("levels", level.as_str(), level.label(language))).collect();
    let systems = choices::names(System::ALL, System::as_str, None, language);
    let areas = choices::areas_within(conn, visitor, language, false)?;
    let field = |name: (&'static str, &'static str), label, kind| Field::new(typed, name, label, kind).optional();
    Ok(vec![
        field(("kinds", "/rule/kinds"), f.kinds, Kind::Any(kinds)).hint(f.kinds_hint),
        field(("levels", "/rule/levels"), f.levels, Kind::Any(levels)),
        field(("area", "/rule/area"), f.area, Kind::One(areas)),
        field(("system", "/rule/system"), f.system, Kind::One(vec![Group { label: "", choices: systems }])),
    ])
}

/// What was typed, as a body of the API; what is left empty is taken away.
fn body(typed: &Typed) -> Map<String, Value> {
    let mut said = typed.texts(&["name"]);
    said.insert("aliases".to_owned(), json!(typed.lines("aliases")));
    said.insert("note".to_owned(), json!(typed.get("note")));
    for name in ["members", "excluded"] {
        said.insert(name.to_owned(), json!(typed.codes(name)));
    }
    let chosen = |name: &str| typed.all(name).collect::<Vec<_>>();
    let any = ["kinds", "levels", "area", "system"].iter().any(|name| typed.get(name).is_some());
    let area = typed.get("area").map(code_of);
    let rule = json!({ "kinds": chosen("kinds"), "levels": chosen("levels"), "area": area, "system": typed.get("system") });
    said.insert("rule".to_owned(), if any { rule } else { Value::Null });
    said
}

fn above(t: &GroupWords) -> (String, String) {
    ("/unit-groups".to_owned(), t.title.to_owned())
}

/// A group is taken back.
#[derive(Clone)]
struct Voiding(Reference);

impl Asks for Voiding {
    type Right = WriteDirectory;

    fn sheet(&self, conn: &mut Connection, visitor: &Visitor<WriteDirectory>, typed: &Typed, _: &Moment) -> AppResult<Sheet> {
        let (t, language) = (GroupWords::of(visitor.shell.language), visitor.shell.language);
        let group = unit_groups::get(conn, &visitor.actor().permit::<ReadDirectory>()?, &self.0)?.group;
        Ok(Sheet {
            title: format!("{}: {}", t.take_back, group.name),
            above: (format!("/unit-groups/{}", group.code), group.name),
            lead: None,
            action: format!("/unit-groups/{}/voiding", group.code),
            fields: vec![Field::new(typed, ("reason", "/reason"), SheetWords::of(language).reason, Kind::Lines)],
            hidden: Vec::new(),
            submit: t.take_back,
        })
    }

    fn carry_out(&self, conn: &mut Connection, visitor: &Visitor<WriteDirectory>, typed: &Typed, at: &Moment) -> AppResult<String> {
        let said: VoidDraft = draft(typed.texts(&["reason"]).into())?;
        let standing = unit_groups::to_change(conn, visitor, &self.0, Expected::Any)?;
        let voided = unit_groups::void(conn, visitor, standing, &said, at)?;
        Ok(format!("/unit-groups/{}?done=voided#content", voided.group.code))
    }
}

#[get("/unit-groups/new")]
async fn new_group_page(state: State, visitor: Visitor<WriteDirectory>, asked: Opened) -> AppResult<HttpResponse> {
    field_form::open(&state, visitor, GroupForm(None), asked).await
}

#[post("/unit-groups")]
async fn create_group(state: State, visitor: Visitor<WriteDirectory>, form: Filled) -> AppResult<HttpResponse> {
    field_form::send(&state, visitor, GroupForm(None), form).await
}

#[get("/unit-groups/{group}/change")]
async fn change_page(state: State, visitor: Visitor<WriteDirectory>, group: Path<String>, asked: Opened) -> AppResult<HttpResponse> {
    field_form::open(&state, visitor, GroupForm(Some(Reference::from(group.into_inner()))), asked).await
}

#[post("/unit-groups/{group}")]
async fn change_group(state: State, visitor: Visitor<WriteDirectory>, group: Path<String>, form: Filled) -> AppResult<HttpResponse> {
    field_form::send(&state, visitor, GroupForm(Some(Reference::from(group.into_inner()))), form).await
}

#[get("/unit-groups/{group}/voiding")]
async fn void_page(state: State, visitor: Visitor<WriteDirectory>, group: Path<String>, asked: Opened) -> AppResult<HttpResponse> {
    field_form::open(&state, visitor, Voiding(Reference::from(group.into_inner())), asked).await
}

#[post("/unit-groups/{group}/voiding")]
async fn void_group(state: State, visitor: Visitor<WriteDirectory>, group: Path<String>, form: Filled) -> AppResult<HttpResponse> {
    field_form::send(&state, visitor, Voiding(Reference::from(group.into_inner())), form).await
}
