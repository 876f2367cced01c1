//! The small world every test begins with: a part of Hậu Giang, and a unit of another province.
//!
//! ```text
//! hg  Tỉnh Hậu Giang                hg-tinh-uy, hg-van-phong-tinh-uy, hg-ubnd-tinh,
//!                                   hg-so-y-te, hg-so-tai-chinh, hg-so-khoa-hoc-va-cong-nghe
//! ├ hg-huyen-vi-thuy                hg-huyen-vi-thuy-dang, hg-huyen-vi-thuy-ubnd
//! │ └ hg-xa-vi-trung
//! └ hg-huyen-chau-thanh-a           hg-huyen-chau-thanh-a-dang, hg-huyen-chau-thanh-a-ubnd
//!   └ hg-xa-nhon-nghia-a
//! hd  Tỉnh Hải Dương                hd-so-tu-phap
//! ```
//!
//! Accounts: `admin`, `office` (on all of `hg` and on the monitoring unit, Văn phòng Tỉnh ủy), `office-entry`
//! (another one of it), `leader`, `inspector`, and `outsider`, who may do everything, but in Hải Dương. Reporters are
//! made when they are asked for. Everybody's password is [`PASSWORD`].
//!
//! Builders go through the services, as a person would; those whose name begins with `db_` write
//! to the tables themselves.

use std::sync::OnceLock;

use chrono::{DateTime, NaiveDate, Utc};
use resolution_tracker::db::Connection;
use resolution_tracker::domain::areas::{AreaDraft, AreaLevel};
use resolution_tracker::domain::permission::Role;
use resolution_tracker::domain::units::{System, UnitDraft, UnitKind};
use resolution_tracker::domain::{Moment, Origin, Reference};
use resolution_tracker::error::AppResult;
use resolution_tracker::service::access::Permit;
use resolution_tracker::service::{areas, inheritance, passwords, units};
use resolution_tracker::store;
use resolution_tracker::store::grants::Grant;
use resolution_tracker::store::users::User;

/// Everybody's password.
pub const PASSWORD: &str = "Thử-nghiệm-2026";

/// The office that verifies.
pub const MONITORING: &str = "hg-van-phong-tinh-uy";

/// Where a grant lies.
#[derive(Debug, Clone, Copy)]
pub enum On<'a> {
    Area(&'a str),
    Unit(&'a str),
}

/// When the world was entered: long before the stories.
fn beginning() -> Moment {
    let instant: DateTime<Utc> = "2020-01-02T01:00:00Z".parse().unwrap();
    Moment { origin: Origin::Entry, ..Moment::new(instant) }
}

/// Builds the world in an empty, migrated database.
pub fn build(conn: &mut Connection) -> AppResult<()> {
    use UnitKind::{Department, PartyBody, PartyCommittee, PeopleCommittee};
    area(conn, "hg", "Tỉnh Hậu Giang", AreaLevel::Province, None)?;
    area(conn, "hg-huyen-vi-thuy", "Huyện Vị Thủy", AreaLevel::District, Some("hg"))?;
    area(conn, "hg-xa-vi-trung", "Xã Vị Trung", AreaLevel::Commune, Some("hg-huyen-vi-thuy"))?;
    area(conn, "hg-huyen-chau-thanh-a", "Huyện Châu Thành A", AreaLevel::District, Some("hg"))?;
    area(conn, "hg-xa-nhon-nghia-a", "Xã Nhơn Nghĩa A", AreaLevel::Commune, Some("hg-huyen-chau-thanh-a"))?;
    unit(conn, "hg-tinh-uy", "Tỉnh ủy Hậu Giang", PartyCommittee, None, "hg")?;
    unit(conn, MONITORING, "Văn phòng Tỉnh ủy", PartyBody, Some("hg-tinh-uy"), "hg")?;
    unit(conn, "hg-ubnd-tinh", "UBND tỉnh Hậu Giang", PeopleCommittee, None, "hg")?;
    unit(conn, "hg-so-y-te", "Sở Y tế", Department, Some("hg-ubnd-tinh"), "hg")?;
    unit(conn, "hg-so-tai-chinh", "Sở Tài chính", Department, Some("hg-ubnd-tinh"), "hg")?;
    unit(conn, "hg-so-khoa-hoc-va-cong-nghe", "Sở Khoa học và Công nghệ", Department, Some("hg-ubnd-tinh"), "hg")?;
    unit(conn, "hg-huyen-vi-thuy-dang", "Huyện ủy Vị Thủy", PartyCommittee, Some("hg-tinh-uy"), "hg-huyen-vi-thuy")?;
    unit(conn, "hg-huyen-vi-thuy-ubnd", "UBND huyện Vị Thủy", PeopleCommittee, Some("hg-ubnd-tinh"), "hg-huyen-vi-thuy")?;
    unit(conn, "hg-huyen-chau-thanh-a-dang", "Huyện ủy Châu Thành A", PartyCommittee, Some("hg-tinh-uy"), "hg-huyen-chau-thanh-a")?;
    unit(conn, "hg-huyen-chau-thanh-a-ubnd", "UBND huyện Châu Thành A", PeopleCommittee, Some("hg-ubnd-tinh"), "hg-huyen-chau-thanh-a")?;
    area(conn, "hd", "Tỉnh Hải Dương", AreaLevel::Province, None)?;
    unit(conn, "hd-so-tu-phap", "Sở Tư pháp", Department, None, "hd")?;

    db_account(conn, "admin", &[(Role::Admin, On::Area("hg"))])?;
    db_account(conn, "office", &[(Role::Office, On::Area("hg")), (Role::Office, On::Unit(MONITORING))])?;
    db_account(conn, "office-entry", &[(Role::Office, On::Area("hg"))])?;
    db_account(conn, "leader", &[(Role::Leader, On::Area("hg"))])?;
    db_account(conn, "inspector", &[(Role::Inspector, On::Area("hg"))])?;
    let everything: Vec<_> = Role::ALL.iter().map(|role| (*role, On::Area("hd"))).collect();
    db_account(conn, "outsider", &everything).map(drop)
}

/// Adds an area.
pub fn area(conn: &mut Connection, code: &str, name: &str, level: AreaLevel, parent: Option<&str>) -> AppResult<store::areas::Area> {
    let draft = AreaDraft {
        code: code.into(),
        name: name.into(),
        level,
        parent: parent.map(by_code),
        valid_from: first_day(),
        valid_to: None,
        note: None,
        external_refs: Vec::new(),
    };
    areas::create(conn, &Permit::of_system("test world"), &draft, &beginning()).map(|known| known.row)
}

/// Adds a unit; its hierarchy follows from its kind.
pub fn unit(
    conn: &mut Connection,
    code: &str,
    name: &str,
    kind: UnitKind,
    parent: Option<&str>,
    area: &str,
) -> AppResult<store::units::Unit> {
    let system = match kind {
        UnitKind::PartyCommittee | UnitKind::PartyBody | UnitKind::Cell => System::Party,
        UnitKind::MassOrg => System::Front,
        _ => System::State,
    };
    let draft = UnitDraft {
        code: code.into(),
        agency_code: None,
        name: name.into(),
        system,
        kind,
        parent: parent.map(by_code),
        area: by_code(area),
        valid_from: first_day(),
        valid_to: None,
        note: None,
        external_refs: Vec::new(),
    };
    units::create(conn, &Permit::of_system("test world"), &draft, &beginning()).map(|known| known.row)
}

/// Adds an account with grants, past the service; its password is [`PASSWORD`].
pub fn db_account(conn: &mut Connection, username: &str, grants: &[(Role, On<'_>)]) -> AppResult<User> {
    let at = beginning();
    let user = User {
        id: at.new_id(),
        username: username.into(),
        display_name: format!("Tài khoản {username}"),
        password_hash: password_hash().into(),
        password_changed_at: at.recorded_at(),
        disabled_at: None,
        version: 1,
        recorded_at: at.recorded_at(),
        email: None,
    };
    store::users::insert(conn, &user)?;
    for (role, place) in grants {
        let (unit_id, area_id) = match place {
            On::Unit(code) => (store::units::find_by(conn, &by_code(code))?.map(|unit| unit.id), None),
            On::Area(code) => (None, store::areas::find_by(conn, &by_code(code))?.map(|area| area.id)),
        };
        assert!(unit_id.or(area_id).is_some(), "there is no {place:?}");
        let grant = Grant {
            id: at.new_id(),
            user_id: user.id,
            role: *role,
            unit_id,
            area_id,
            recorded_at: at.recorded_at(),
            revoked_at: None,
            inherited: None,
        };
        store::grants::insert(conn, &grant)?;
        let placed = store::grants::find_placed(conn, grant.id)?.unwrap();
        inheritance::derive(conn, placed)?;
    }
    Ok(user)
}

fn by_code(code: &str) -> Reference {
    Reference::Code(code.into())
}

fn first_day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2004, 1, 1).unwrap()
}

/// Hashing is slow on purpose: once for all.
fn password_hash() -> &'static str {
    static HASH: OnceLock<String> = OnceLock::new();
    HASH.get_or_init(|| passwords::hash(PASSWORD).unwrap())
}
