//! Loads who and where: areas, units, the term, fields, posts, and the demo's accounts.

use chrono::NaiveDate;

use crate::db::Connection;
use crate::domain::areas::AreaDraft;
use crate::domain::fields::FieldDraft;
use crate::domain::permission::Role;
use crate::domain::posts::{PostDraft, PostHolding};
use crate::domain::terms::TermDraft;
use crate::domain::units::UnitDraft;
use crate::domain::users::{GrantDraft, UserDraft};
use crate::domain::{Moment, Reference};
use crate::error::AppResult;
use crate::service::access::{Actor, Permit, WriteAccounts, WriteDirectory};
use crate::service::{areas, fields, grants, lookup, posts, terms, units, users};
use crate::store;
use crate::store::users::User;

use super::data::{Area, Holder, Unit};
use super::world::{Kind, LOADER, World};

/// Hour at which the directory is entered: before anything else of that day.
const HOUR: u32 = 7;

/// Loads everything of `demo/areas.csv`, `units.csv` and `directory.toml`.
pub fn load(conn: &mut Connection, world: &mut World<'_>) -> AppResult<()> {
    let permit = Permit::<WriteDirectory>::of_system(LOADER);
    let at = world.at(world.files.directory.recorded_on, HOUR);
    let until = world.today.today();
    for area in in_order(&world.files.areas, |a| (&a.code, a.parent_code.as_ref())) {
        areas::create(conn, &permit, &area_draft(area, until), &at)?;
    }
    for unit in in_order(&world.files.units, |u| (&u.code, u.parent_code.as_ref())) {
        units::create(conn, &permit, &unit_draft(unit, until), &at)?;
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
        posts::create(conn, &permit, &draft, &at)?;
    }
    Ok(())
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

/// One of the demo's accounts.
pub struct Account {
    /// User name.
    pub username: &'static str,
    /// Name as it is shown.
    pub display_name: &'static str,
    role: Role,
    /// Codes of areas and units it is granted on.
    areas: &'static [&'static str],
    units: &'static [&'static str],
    /// Those it is granted on too from 1 July 2025, when Cần Thơ succeeds Hậu Giang.
    later: Places,
}

/// The demo's accounts; the password of all is [`PASSWORD`].
pub const ACCOUNTS: &[Account] = &[
    Account {
        username: "admin",
        display_name: "Quản trị hệ thống (minh họa)",
        role: Role::Admin,
        areas: &["hg"],
        units: &[],
        later: (&["ct"], &[]),
    },
    Account {
        username: "office",
        display_name: "Văn phòng Tỉnh ủy (minh họa)",
        role: Role::Office,
        areas: &["hg"],
        units: &["hg-van-phong-tinh-uy"],
        later: (&["ct"], &[]),
    },
    Account {
        username: "leader",
        display_name: "Lãnh đạo Tỉnh ủy (minh họa)",
        role: Role::Leader,
        areas: &["hg"],
        units: &[],
        later: (&["ct"], &[]),
    },
    Account {
        username: "reporter",
        display_name: "Sở Khoa học và Công nghệ (minh họa)",
        role: Role::Reporter,
        areas: &[],
        units: &["hg-so-khoa-hoc-va-cong-nghe"],
        later: (&[], &["ct-so-khoa-hoc-va-cong-nghe"]),
    },
    Account {
        username: "reporter-district",
        display_name: "Huyện ủy Vị Thủy (minh họa)",
        role: Role::Reporter,
        areas: &[],
        units: &["hg-huyen-vi-thuy-dang"],
        later: (&[], &[]),
    },
    Account {
        username: "inspector",
        display_name: "Ủy ban Kiểm tra Tỉnh ủy (minh họa)",
        role: Role::Inspector,
        areas: &["hg"],
        units: &[],
        later: (&["ct"], &[]),
    },
];

/// The day from which the accounts are granted what succeeds their places.
const SUCCESSION: (i32, u32, u32) = (2025, 7, 1);

/// The password of every demo account, valid in the demo only.
pub const PASSWORD: &str = "Demo-2026!";

/// Creates the accounts with their grants; `hashes` holds one password hash for each.
pub fn load_accounts(conn: &mut Connection, world: &mut World<'_>, hashes: Vec<String>) -> AppResult<()> {
    let permit = Permit::<WriteAccounts>::of_system(LOADER);
    let at = world.at(world.files.directory.recorded_on, HOUR);
    for (account, hash) in ACCOUNTS.iter().zip(hashes) {
        let draft = UserDraft { username: account.username.into(), display_name: account.display_name.into(), disabled: false };
        let user = users::create(conn, &permit, &draft, hash, &at)?.user;
        grant(conn, &permit, account, (account.areas, account.units), &user, &at)?;
        let actor = Actor::of_user(conn, &user)?;
        world.act(account.role, actor);
    }
    Ok(())
}

/// Grants the accounts what succeeds their places, on the day it does.
pub fn grant_anew(conn: &mut Connection, world: &mut World<'_>, day: NaiveDate, at: &Moment) -> AppResult<()> {
    let (year, month, first) = SUCCESSION;
    if NaiveDate::from_ymd_opt(year, month, first) != Some(day) {
        return Ok(());
    }
    let permit = Permit::<WriteAccounts>::of_system(LOADER);
    world.reporters.clear();
    for account in ACCOUNTS {
        let user = lookup::found(store::users::find_by_username(conn, account.username))?;
        grant(conn, &permit, account, account.later, &user, at)?;
        world.act(account.role, Actor::of_user(conn, &user)?.on(day));
    }
    Ok(())
}

type Places = (&'static [&'static str], &'static [&'static str]);

fn grant(
    conn: &mut Connection,
    permit: &Permit<WriteAccounts>,
    account: &Account,
    (areas, units): Places,
    user: &User,
    at: &Moment,
) -> AppResult<()> {
    let on_area = |code: &&str| GrantDraft { role: account.role, unit: None, area: Some(Reference::Code((*code).to_owned())) };
    let on_unit = |code: &&str| GrantDraft { role: account.role, unit: Some(Reference::Code((*code).to_owned())), area: None };
    for draft in areas.iter().map(on_area).chain(units.iter().map(on_unit)) {
        grants::create(conn, permit, user, &draft, at)?;
    }
    Ok(())
}
