//! Loads who and where: areas, units, the term, fields, and posts.

use chrono::NaiveDate;

use crate::db::Connection;
use crate::domain::areas::AreaDraft;
use crate::domain::fields::FieldDraft;
use crate::domain::posts::{PostDraft, PostHolding};
use crate::domain::terms::TermDraft;
use crate::domain::unit_groups::{GroupRule, UnitGroupDraft};
use crate::domain::units::UnitDraft;
use crate::domain::{Moment, Reference};
use crate::error::AppResult;
use crate::service::access::{Permit, WriteDirectory};
use crate::service::{areas, fields, posts, terms, unit_groups, units};

use super::accounts;
use super::data::{Area, Holder, Unit, UnitGroup};
use super::world::{Kind, LOADER, World};

/// Hour at which the directory is entered: before anything else of that day.
const HOUR: u32 = 7;

/// The moment a province's directory is entered.
pub fn entered(world: &World<'_>) -> Moment {
    world.at(world.files.directory.recorded_on, HOUR)
}

/// Loads everything of a province's `areas.csv`, `units.csv` and `directory.toml`, and its accounts.
pub fn load(conn: &mut Connection, world: &mut World<'_>) -> AppResult<()> {
    let permit = Permit::<WriteDirectory>::of_system(LOADER);
    let at = entered(world);
    let until = world.today.today();
    for area in in_order(&world.files.areas, |a| (&a.code, a.parent_code.as_ref())) {
        areas::create(conn, &permit, &area_draft(area, until), &at)?;
    }
    for unit in in_order(&world.files.units, |u| (&u.code, u.parent_code.as_ref())) {
        units::create(conn, &permit, &unit_draft(unit, until), &at)?;
    }
    for group in &world.files.directory.unit_group {
        unit_groups::create(conn, &permit, &group_draft(group, world.files.root()), &at)?;
    }
    load_terms(conn, world, &permit, &at)?;
    for (ordinal, field) in (1..).zip(&world.files.directory.field) {
        let draft = FieldDraft { code: field.code.clone(), name: field.name.clone(), ordinal };
        let made = fields::create(conn, &permit, &draft, &at)?;
        world.know(Kind::Field, &field.code, made.id);
    }
    for post in &world.files.directory.post {
        let holders = post.holders.iter().filter(|h| h.from.is_none_or(|from| from <= until)).map(|h| holding(h, until)).collect();
        let draft = PostDraft { unit: Reference::Code(post.unit.clone()), title: post.title.clone(), holders };
        let made = posts::create(conn, &permit, &draft, &at)?;
        world.know(Kind::Post, &post.code, made.post.id);
    }
    accounts::load(conn, world, &at)
}

fn load_terms(conn: &mut Connection, world: &mut World<'_>, permit: &Permit<WriteDirectory>, at: &Moment) -> AppResult<()> {
    for term in &world.files.directory.term {
        let draft = TermDraft {
            root: Reference::Code(term.root.clone()),
            ordinal: term.ordinal,
            ordinal_text: Some(term.ordinal_text.clone()),
            title: term.title.clone(),
            starts_on: term.starts_on,
            ends_on: term.ends_on,
            previous_term: None,
        };
        let made = terms::create(conn, permit, &draft, at)?;
        world.know(Kind::Term, &term.code, made.term.id);
    }
    Ok(())
}

fn group_draft(group: &UnitGroup, root: &str) -> UnitGroupDraft {
    let rule = GroupRule { kinds: group.kinds.clone(), levels: group.levels.clone(), area: None, system: None };
    UnitGroupDraft {
        code: group.code.clone(),
        name: group.name.clone(),
        root: Reference::Code(root.to_owned()),
        aliases: group.aliases.clone(),
        rule: Some(rule),
        members: Vec::new(),
        excluded: group.excluded.iter().cloned().map(Reference::Code).collect(),
        note: None,
    }
}

/// An end after the demo's day is not known yet.
fn holding(holder: &Holder, until: NaiveDate) -> PostHolding {
    PostHolding { name: holder.name.clone(), held_from: holder.from, held_to: holder.to.filter(|to| *to <= until) }
}

/// Parents before children, whatever the order of the file.
fn in_order<T>(rows: &[T], keys: impl Fn(&T) -> (&String, Option<&String>)) -> Vec<&T> {
    let mut ordered: Vec<&T> = Vec::with_capacity(rows.len());
    let mut done = std::collections::HashSet::new();
    while ordered.len() < rows.len() {
        let before = ordered.len();
        for row in rows {
            let (code, parent) = keys(row);
            if !done.contains(code) && parent.is_none_or(|p| done.contains(p)) {
                done.insert(code.clone());
                ordered.push(row);
            }
        }
        if ordered.len() == before {
            break;
        }
    }
    ordered
}

/// An end after the demo's day is not known yet.
fn area_draft(area: &Area, until: NaiveDate) -> AreaDraft {
    AreaDraft {
        code: area.code.clone(),
        name: area.name.clone(),
        level: area.level,
        parent: area.parent_code.clone().map(Reference::Code),
        valid_from: area.valid_from,
        valid_to: area.valid_to.filter(|to| *to <= until),
        note: area.note.clone(),
        external_refs: Vec::new(),
    }
}

/// An end after the demo's day is not known yet.
fn unit_draft(unit: &Unit, until: NaiveDate) -> UnitDraft {
    UnitDraft {
        code: unit.code.clone(),
        agency_code: None,
        name: unit.name.clone(),
        system: unit.system,
        kind: unit.kind,
        parent: unit.parent_code.clone().map(Reference::Code),
        area: Reference::Code(unit.area_code.clone()),
        valid_from: unit.valid_from,
        valid_to: unit.valid_to.filter(|to| *to <= until),
        note: unit.note.clone(),
        external_refs: Vec::new(),
    }
}
