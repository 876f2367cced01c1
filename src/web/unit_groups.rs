//! `/unit-groups`: groups of units to which work is given at once, and who belongs to one on a day.

use actix_web::web::{Path, ServiceConfig};
use actix_web::{HttpResponse, get};
use askama::Template;
use chrono::NaiveDate;
use serde::Deserialize;

use super::field_form::SheetWords;
use super::forms::Query;
use super::labels::Label;
use super::page::{self, Shell};
use super::session::{State, Visitor};
use crate::domain::unit_groups::{GroupRule, MembersQuery, UnitGroupQuery};
use crate::domain::voiding::RecordAction;
use crate::domain::{Language, Moment, Reference};
use crate::error::AppResult;
use crate::service::access::ReadDirectory;
use crate::service::unit_groups::{self, ShownGroup};
use crate::state::Connection;

/// The routes of these pages.
pub fn configure(config: &mut ServiceConfig) {
    config.service(groups_page).service(group_page);
}

words! {
    /// Words of these pages.
    GroupWords {
        title = "Nhóm đơn vị", "Groups of units";
        lead = "Giao việc cho một nhóm thì mỗi đơn vị của nhóm vào ngày giao nhận một phần việc. Đơn vị đã kết thúc không còn trong nhóm; đơn vị mới thuộc nhóm từ ngày đầu.", "Work given to a group makes one part for each unit that belongs to it on that day. A unit that has ended belongs no more; a new one does from its first day.";
        name = "Tên nhóm", "Group";
        aliases = "Tên khác", "Other names";
        rule = "Quy tắc", "Rule";
        root = "Tỉnh", "Province";
        members = "Đơn vị thuộc nhóm ngày", "Units of the group on";
        count = "Số đơn vị hôm nay", "Units today";
        listed = "Đơn vị thêm", "Listed beside the rule";
        excluded = "Đơn vị không thuộc nhóm", "Left out";
        on = "Xem ngày", "On the day";
        show = "Xem", "Show";
        tasks = "Nhiệm vụ đã giao cho nhóm", "Tasks given to it";
        new = "Thêm nhóm", "Add a group";
        change = "Sửa nhóm", "Change the group";
        take_back = "Bỏ nhóm", "Void the group";
        voided = "Nhóm đã bị bỏ", "The group was voided";
        empty = "Chưa có nhóm nào.", "There are no groups.";
        in_area = "trên địa bàn", "in";
        note = "Ghi chú", "Remark";
    }
}

struct Row {
    code: String,
    name: String,
    root: String,
    aliases: String,
    rule: String,
    units: usize,
}

#[derive(Template)]
#[template(path = "unit_groups.html")]
struct GroupsPage {
    shell: Shell,
    t: &'static GroupWords,
    rows: Vec<Row>,
}

#[derive(Template)]
#[template(path = "unit_group.html")]
struct GroupPage {
    shell: Shell,
    t: &'static GroupWords,
    s: &'static SheetWords,
    group: Row,
    note: Option<String>,
    voided: Option<String>,
    on: NaiveDate,
    /// Codes and names.
    units: Vec<(String, String)>,
    listed: Vec<String>,
    excluded: Vec<String>,
    done: bool,
    may: bool,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    on: Option<NaiveDate>,
    done: Option<String>,
}

#[get("/unit-groups")]
async fn groups_page(state: State, visitor: Visitor<ReadDirectory>) -> AppResult<HttpResponse> {
    let filled = state.read(move |conn, at| {
        let groups = unit_groups::list(conn, &visitor, UnitGroupQuery { limit: Some(200), ..UnitGroupQuery::default() })?;
        let rows = groups.items.iter().map(|shown| row(conn, &visitor, shown, at)).collect::<AppResult<_>>()?;
        Ok(GroupsPage { shell: visitor.shell.clone(), t: GroupWords::of(visitor.shell.language), rows })
    });
    page::show(&filled.await?)
}

#[get("/unit-groups/{group}")]
async fn group_page(
    state: State,
    visitor: Visitor<ReadDirectory>,
    group: Path<String>,
    Query(asked): Query<Asked>,
) -> AppResult<HttpResponse> {
    let reference = Reference::from(group.into_inner());
    page::show(&state.read(move |conn, at| fill(conn, &visitor, &reference, &asked, at)).await?)
}

fn fill(conn: &mut Connection, visitor: &Visitor<ReadDirectory>, group: &Reference, asked: &Asked, at: &Moment) -> AppResult<GroupPage> {
    let shown = unit_groups::get(conn, visitor, group)?;
    let (on, units) = unit_groups::members(conn, visitor, group, MembersQuery { on: asked.on }, at)?;
    let named = |excluded: bool| {
        let chosen = shown.named.iter().filter(|member| member.excluded == excluded);
        chosen.filter_map(|member| shown.units.get(&member.unit_id)).map(|unit| unit.name.clone()).collect()
    };
    Ok(GroupPage {
        shell: visitor.shell.clone(),
        t: GroupWords::of(visitor.shell.language),
        s: SheetWords::of(visitor.shell.language),
        group: row(conn, visitor, &shown, at)?,
        note: shown.group.note.clone(),
        voided: shown.group.void_reason.clone(),
        on,
        units: units.into_iter().map(|unit| (unit.code, unit.name)).collect(),
        listed: named(false),
        excluded: named(true),
        done: asked.done.is_some(),
        may: visitor.shell.may("write_directory") && shown.actions.contains(&RecordAction::Change),
    })
}

fn row(conn: &mut Connection, visitor: &Visitor<ReadDirectory>, shown: &ShownGroup, at: &Moment) -> AppResult<Row> {
    let reference = Reference::Id(shown.group.id);
    let (_, units) = unit_groups::members(conn, visitor, &reference, MembersQuery::default(), at)?;
    let draft = unit_groups::draft_of(conn, &shown.group)?;
    let rule = draft.rule.map(|rule| said(&rule, visitor.shell.language)).unwrap_or_default();
    Ok(Row {
        code: draft.code,
        name: draft.name,
        root: shown.root.name.clone(),
        aliases: draft.aliases.join("; "),
        rule,
        units: units.len(),
    })
}

/// A rule in words: kinds; levels; area; hierarchy.
fn said(rule: &GroupRule, language: Language) -> String {
    let kinds: Vec<&str> = rule.kinds.iter().map(|kind| kind.label(language)).collect();
    let levels: Vec<&str> = rule.levels.iter().map(|level| level.label(language)).collect();
    let area = rule.area.as_ref().map(|area| format!("{} {area}", GroupWords::of(language).in_area));
    let system = rule.system.map(|system| system.label(language).to_owned());
    let parts = [kinds.join(", "), levels.join(", ")].into_iter().chain(area).chain(system);
    parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join("; ")
}
