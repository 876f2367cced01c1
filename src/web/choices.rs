//! What there is to choose from: units and areas of the visitor's provinces, names of enumerations.

use std::sync::Arc;

use chrono::NaiveDate;

use super::labels::Label;
use crate::domain::areas::{AreaLevel, AreaQuery};
use crate::domain::fields::FieldQuery;
use crate::domain::posts::PostQuery;
use crate::domain::programmes::ProgrammeQuery;
use crate::domain::resolutions::ResolutionQuery;
use crate::domain::units::{UnitKind, UnitQuery};
use crate::domain::{Language, Moment};
use crate::error::AppResult;
use crate::service::access::{Permit, ReadDirectory, ReadWork, Right};
use crate::service::paging::Page;
use crate::service::{areas, fields, posts, programmes, resolutions, units};
use crate::state::Connection;

/// Most pages of a list: the directory of a province, 200 at a time.
const PAGES: usize = 10;

/// One thing to choose.
#[derive(Debug, Clone)]
pub struct Choice {
    /// What is sent.
    pub value: String,
    /// What is read.
    pub label: String,
    /// Whether it is chosen.
    pub chosen: bool,
}

/// Choices under a heading; the form says which is chosen.
#[derive(Debug, Clone)]
pub struct Group {
    /// The heading.
    pub label: &'static str,
    /// The choices, at least one.
    pub choices: Vec<Choice>,
}

words! {
    /// Words of choices.
    ChoiceWords {
        ended = "đã kết thúc", "has ended";
    }
}

/// One choice; chosen if its value is.
pub fn choice(value: &str, label: &str, chosen: Option<&str>) -> Choice {
    Choice { value: value.to_owned(), label: label.to_owned(), chosen: chosen == Some(value) }
}

/// The values of an enumeration.
pub fn names<T: Label>(all: &[T], name: fn(T) -> &'static str, chosen: Option<&str>, language: Language) -> Vec<Choice> {
    all.iter().map(|value| choice(name(*value), value.label(language), chosen)).collect()
}

/// Every unit, by name.
///
/// # Errors
/// The database's.
pub fn units(conn: &mut Connection, directory: &Permit<ReadDirectory>, chosen: Option<&str>) -> AppResult<Vec<Choice>> {
    let all = whole(|cursor| units::list(conn, directory, UnitQuery { limit: Some(200), cursor, ..UnitQuery::default() }))?;
    Ok(all.iter().map(|unit| choice(&unit.code, &unit.name, chosen)).collect())
}

/// The units within a right's reach that exist today, by kind and name.
///
/// # Errors
/// The database's.
pub fn units_within<R: Right>(conn: &mut Connection, permit: &Permit<R>, language: Language, at: &Moment) -> AppResult<Vec<Group>> {
    let (directory, valid_on) = (permit.actor().permit()?, Some(at.today()));
    let all = whole(|cursor| units::list(conn, &directory, UnitQuery { valid_on, limit: Some(200), cursor, ..UnitQuery::default() }))?;
    let within = all.iter().filter(|unit| permit.covers_unit(&unit.path, &unit.area_path));
    Ok(grouped(UnitKind::ALL, within.map(|unit| (unit.kind, choice(&unit.code, &unit.name, None))), language))
}

/// How units within a right's reach are written so that they are found by name: `Sở Y tế [hg-so-y-te]`. Those
/// that have ended are among them if they are wanted.
///
/// # Errors
/// The database's.
pub fn unit_labels<R: Right>(conn: &mut Connection, permit: &Permit<R>, valid_on: Option<NaiveDate>) -> AppResult<Arc<Vec<String>>> {
    let directory = permit.actor().permit()?;
    let all = whole(|cursor| units::list(conn, &directory, UnitQuery { valid_on, limit: Some(200), cursor, ..UnitQuery::default() }))?;
    let within = all.iter().filter(|unit| permit.covers_unit(&unit.path, &unit.area_path));
    Ok(Arc::new(within.map(|unit| labelled(&unit.name, &unit.code)).collect()))
}

/// As [`unit_labels`], of areas.
///
/// # Errors
/// The database's.
pub fn area_labels<R: Right>(conn: &mut Connection, permit: &Permit<R>, valid_on: Option<NaiveDate>) -> AppResult<Arc<Vec<String>>> {
    let directory = permit.actor().permit()?;
    let all = whole(|cursor| areas::list(conn, &directory, AreaQuery { valid_on, limit: Some(200), cursor, ..AreaQuery::default() }))?;
    let within = all.iter().filter(|area| permit.covers_area(&area.path));
    Ok(Arc::new(within.map(|area| labelled(&area.name, &area.code)).collect()))
}

/// The posts of the visitor's provinces, with their units.
///
/// # Errors
/// The database's.
pub fn posts(conn: &mut Connection, directory: &Permit<ReadDirectory>) -> AppResult<Vec<Group>> {
    let all = whole(|cursor| posts::list(conn, directory, PostQuery { unit: None, limit: Some(200), cursor }))?;
    let named = |held: &posts::HeldPost| choice(&held.post.id.to_string(), &format!("{} · {}", held.post.title, held.unit.name), None);
    let choices: Vec<Choice> = all.iter().map(named).collect();
    Ok(Vec::from_iter((!choices.is_empty()).then_some(Group { label: "", choices })))
}

/// A name with its code, from which `code_of` reads the code again.
pub fn labelled(name: &str, code: &str) -> String {
    format!("{name} [{code}]")
}

/// The areas within a right's reach, by level and name; only roots if so wanted.
///
/// # Errors
/// The database's.
pub fn areas_within<R: Right>(conn: &mut Connection, permit: &Permit<R>, language: Language, roots: bool) -> AppResult<Vec<Group>> {
    let directory = permit.actor().permit()?;
    let all = whole(|cursor| areas::list(conn, &directory, AreaQuery { limit: Some(200), cursor, ..AreaQuery::default() }))?;
    let within = all.iter().filter(|area| permit.covers_area(&area.path) && (!roots || area.parent_id.is_none()));
    Ok(grouped(AreaLevel::ALL, within.map(|a| (a.level, choice(&a.code, &a.name, None))), language))
}

/// Where something may be granted: areas and units within a right's reach, as `area:code` and
/// `unit:code`. Those that have ended are among them, and say so.
///
/// # Errors
/// The database's.
pub fn places_within<R: Right>(conn: &mut Connection, permit: &Permit<R>, language: Language, at: &Moment) -> AppResult<Vec<Group>> {
    let (directory, today, t) = (permit.actor().permit()?, at.today(), ChoiceWords::of(language));
    let named = |kind: &str, code: &str, name: &str, ended: Option<NaiveDate>| {
        let has_ended = ended.is_some_and(|day| day < today);
        let label = if has_ended { format!("{name} ({})", t.ended) } else { name.to_owned() };
        choice(&format!("{kind}:{code}"), &label, None)
    };
    let all = whole(|cursor| areas::list(conn, &directory, AreaQuery { limit: Some(200), cursor, ..AreaQuery::default() }))?;
    let within = all.iter().filter(|area| permit.covers_area(&area.path));
    let areas = grouped(AreaLevel::ALL, within.map(|a| (a.level, named("area", &a.code, &a.name, a.valid_to))), language);
    let all = whole(|cursor| units::list(conn, &directory, UnitQuery { limit: Some(200), cursor, ..UnitQuery::default() }))?;
    let within = all.iter().filter(|unit| permit.covers_unit(&unit.path, &unit.area_path));
    let units = grouped(UnitKind::ALL, within.map(|u| (u.kind, named("unit", &u.code, &u.name, u.valid_to))), language);
    Ok(areas.into_iter().chain(units).collect())
}

/// The resolutions, by id.
///
/// # Errors
/// The database's.
pub fn resolutions(conn: &mut Connection, reader: &Permit<ReadWork>, chosen: Option<&str>) -> AppResult<Vec<Choice>> {
    let all = whole(|cursor| resolutions::list(conn, reader, ResolutionQuery { limit: Some(200), cursor, ..ResolutionQuery::default() }))?;
    Ok(all.iter().map(|r| choice(&r.id.to_string(), &document(r.number.as_deref(), &r.title), chosen)).collect())
}

/// The programmes, by id.
///
/// # Errors
/// The database's.
pub fn programmes(conn: &mut Connection, reader: &Permit<ReadWork>, chosen: Option<&str>) -> AppResult<Vec<Choice>> {
    let all = whole(|cursor| programmes::list(conn, reader, ProgrammeQuery { limit: Some(200), cursor, ..ProgrammeQuery::default() }))?;
    Ok(all.iter().map(|p| choice(&p.id.to_string(), &document(p.number.as_deref(), &p.title), chosen)).collect())
}

/// The fields of work, by id.
///
/// # Errors
/// The database's.
pub fn fields(conn: &mut Connection, directory: &Permit<ReadDirectory>, chosen: Option<&str>) -> AppResult<Vec<Choice>> {
    let all = whole(|cursor| fields::list(conn, directory, FieldQuery { limit: Some(200), cursor, ..FieldQuery::default() }))?;
    Ok(all.iter().map(|field| choice(&field.id.to_string(), &field.name, chosen)).collect())
}

/// A document by number and title.
fn document(number: Option<&str>, title: &str) -> String {
    [number, Some(title)].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// All pages of a list, as far as there are not too many.
///
/// # Errors
/// What the list answers.
pub fn whole<T>(mut list: impl FnMut(Option<String>) -> AppResult<Page<T>>) -> AppResult<Vec<T>> {
    let (mut items, mut cursor) = (Vec::new(), None);
    for _ in 0..PAGES {
        let page = list(cursor)?;
        items.extend(page.items);
        cursor = page.next;
        if cursor.is_none() {
            break;
        }
    }
    Ok(items)
}

/// One group for each kind there is something of, in the order of the kinds.
fn grouped<K: Label + PartialEq>(kinds: &[K], found: impl Iterator<Item = (K, Choice)>, language: Language) -> Vec<Group> {
    let found: Vec<(K, Choice)> = found.collect();
    let of = |kind: &K| found.iter().filter(|(k, _)| k == kind).map(|(_, choice)| choice.clone()).collect();
    let groups = kinds.iter().map(|kind| Group { label: kind.label(language), choices: of(kind) });
    groups.filter(|group| !group.choices.is_empty()).collect()
}
