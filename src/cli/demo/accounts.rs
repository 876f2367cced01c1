//! The demo's accounts, and what they are granted.

use chrono::NaiveDate;

use crate::db::Connection;
use crate::domain::permission::Role;
use crate::domain::users::{GrantDraft, UserDraft};
use crate::domain::{Moment, Reference};
use crate::error::AppResult;
use crate::service::access::{Actor, Permit, WriteAccounts};
use crate::service::{grants, lookup, users};
use crate::store;
use crate::store::users::User;

use super::world::{LOADER, World};

/// One of the demo's accounts.
pub struct Account {
    /// User name.
    pub username: &'static str,
    /// Name as it is shown.
    pub display_name: &'static str,
    /// The province it belongs to: nobody of the demo stands in two.
    root: &'static str,
    role: Role,
    /// Codes of areas and units it is granted on.
    areas: &'static [&'static str],
    units: &'static [&'static str],
    /// Those it is granted on too from 1 July 2025, when Cần Thơ succeeds Hậu Giang.
    later: Places,
}

impl Account {
    /// Whether it enters for units that have no account, and so verifies nothing of that.
    fn enters(&self) -> bool {
        self.username.starts_with("office-entry")
    }
}

/// Roots of the demo's provinces.
const HG: &str = "hg";
const HD: &str = "hd";

/// The demo's accounts; the password of all is [`PASSWORD`].
pub const ACCOUNTS: &[Account] = &[
    Account {
        username: "admin",
        display_name: "Quản trị hệ thống (minh họa)",
        root: HG,
        role: Role::Admin,
        areas: &[HG],
        units: &[],
        later: (&["ct"], &[]),
    },
    Account {
        username: "office",
        display_name: "Văn phòng Tỉnh ủy (minh họa)",
        root: HG,
        role: Role::Office,
        areas: &[HG],
        units: &["hg-van-phong-tinh-uy"],
        later: (&["ct"], &[]),
    },
    Account {
        username: "office-entry",
        display_name: "Văn phòng Tỉnh ủy, bộ phận nhập số liệu (minh họa)",
        root: HG,
        role: Role::Office,
        areas: &[HG],
        units: &[],
        later: (&["ct"], &[]),
    },
    Account {
        username: "leader",
        display_name: "Lãnh đạo Tỉnh ủy (minh họa)",
        root: HG,
        role: Role::Leader,
        areas: &[HG],
        units: &[],
        later: (&["ct"], &[]),
    },
    Account {
        username: "reporter",
        display_name: "Sở Khoa học và Công nghệ (minh họa)",
        root: HG,
        role: Role::Reporter,
        areas: &[],
        units: &["hg-so-khoa-hoc-va-cong-nghe"],
        later: (&[], &["ct-so-khoa-hoc-va-cong-nghe"]),
    },
    Account {
        username: "reporter-district",
        display_name: "Huyện ủy Vị Thủy (minh họa)",
        root: HG,
        role: Role::Reporter,
        areas: &[],
        units: &["hg-huyen-vi-thuy-dang"],
        later: (&[], &[]),
    },
    Account {
        username: "inspector",
        display_name: "Ủy ban Kiểm tra Tỉnh ủy (minh họa)",
        root: HG,
        role: Role::Inspector,
        areas: &[HG],
        units: &[],
        later: (&["ct"], &[]),
    },
    Account {
        username: "admin-hd",
        display_name: "Quản trị hệ thống tỉnh Hải Dương (minh họa)",
        root: HD,
        role: Role::Admin,
        areas: &[HD],
        units: &[],
        later: (&[], &[]),
    },
    Account {
        username: "office-hd",
        display_name: "Văn phòng Tỉnh ủy Hải Dương (minh họa)",
        root: HD,
        role: Role::Office,
        areas: &[HD],
        units: &["hd-van-phong-tinh-uy"],
        later: (&[], &[]),
    },
    Account {
        username: "leader-hd",
        display_name: "Lãnh đạo Tỉnh ủy Hải Dương (minh họa)",
        root: HD,
        role: Role::Leader,
        areas: &[HD],
        units: &[],
        later: (&[], &[]),
    },
];

/// The day from which the accounts are granted what succeeds their places.
const SUCCESSION: (i32, u32, u32) = (2025, 7, 1);

/// The password of every demo account, valid in the demo only.
pub const PASSWORD: &str = "Demo-2026!";

/// The accounts of the province whose files are played.
fn of_province<'a>(world: &World<'a>) -> impl Iterator<Item = &'static Account> + use<'a> {
    let root = world.files.root();
    ACCOUNTS.iter().filter(move |account| account.root == root)
}

/// Creates the accounts of a province with their grants.
pub fn load(conn: &mut Connection, world: &mut World<'_>, at: &Moment) -> AppResult<()> {
    let permit = Permit::<WriteAccounts>::of_system(LOADER);
    for account in of_province(world) {
        let hash = world.hashes.get(account.username).cloned().unwrap_or_default();
        let draft =
            UserDraft { username: account.username.into(), display_name: account.display_name.into(), disabled: false, email: None };
        let user = users::create(conn, &permit, &draft, hash, at)?.user;
        grant(conn, &permit, account, (account.areas, account.units), &user, at)?;
        world.act((account.role, account.enters()), Actor::of_user(conn, &user)?);
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
    for account in of_province(world) {
        let user = lookup::found(store::users::find_by_username(conn, account.username))?;
        grant(conn, &permit, account, account.later, &user, at)?;
        world.act((account.role, account.enters()), Actor::of_user(conn, &user)?.on(day));
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
