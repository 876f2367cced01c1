//! Grants: a role for a user, on a unit with all below it or on an area with all that stands in it.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::StoreResult;
use crate::db::Connection;
use crate::db::schema::{areas, grants, units};
use crate::domain::Id;
use crate::domain::permission::Role;

/// One grant.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = grants, treat_none_as_default_value = false)]
pub struct Grant {
    pub id: Id,
    pub user_id: Id,
    pub role: Role,
    pub unit_id: Option<Id>,
    pub area_id: Option<Id>,
    pub recorded_at: NaiveDateTime,
    pub revoked_at: Option<NaiveDateTime>,
    /// What it reaches because of reorganisations, as JSON (`service::inheritance`).
    pub inherited: Option<String>,
}

/// What a unit is to a grant: code, name, path and the path of its area.
pub type UnitPlace = (String, String, String, String);

/// What an area is to a grant: code, name and path.
pub type AreaPlace = (String, String, String);

/// A grant with the place it is on.
pub type PlacedGrant = (Grant, Option<UnitPlace>, Option<AreaPlace>);

/// Grants with their places, in the order they were made.
macro_rules! placed {
    ($grants:expr) => {
        $grants.left_join(units::table).left_join(areas::table).order(grants::id).select((
            Grant::as_select(),
            (units::code, units::name, units::path, units::area_path).nullable(),
            (areas::code, areas::name, areas::path).nullable(),
        ))
    };
}

/// The grants of a user that are in force.
pub fn of_user(conn: &mut Connection, user: Id) -> StoreResult<Vec<PlacedGrant>> {
    of_users(conn, &[user])
}

/// Every grant in force.
pub fn in_force(conn: &mut Connection) -> StoreResult<Vec<PlacedGrant>> {
    placed!(grants::table.filter(grants::revoked_at.is_null())).load(conn)
}

/// Keeps what a grant inherits.
pub fn set_inherited(conn: &mut Connection, id: Id, inherited: Option<&str>) -> StoreResult<()> {
    diesel::update(grants::table.find(id)).set(grants::inherited.eq(inherited)).execute(conn).map(drop)
}

/// The grants of these users that are in force.
pub fn of_users(conn: &mut Connection, users: &[Id]) -> StoreResult<Vec<PlacedGrant>> {
    placed!(grants::table.filter(grants::user_id.eq_any(users.to_vec())).filter(grants::revoked_at.is_null())).load(conn)
}

/// Every grant a user ever had.
pub fn history_of(conn: &mut Connection, user: Id) -> StoreResult<Vec<PlacedGrant>> {
    placed!(grants::table.filter(grants::user_id.eq(user))).load(conn)
}

/// The grant with this id and its place.
pub fn find_placed(conn: &mut Connection, id: Id) -> StoreResult<Option<PlacedGrant>> {
    placed!(grants::table.filter(grants::id.eq(id))).first(conn).optional()
}

/// The grant with this id.
pub fn find(conn: &mut Connection, id: Id) -> StoreResult<Option<Grant>> {
    grants::table.find(id).select(Grant::as_select()).first(conn).optional()
}

/// Adds a grant.
pub fn insert(conn: &mut Connection, grant: &Grant) -> StoreResult<()> {
    diesel::insert_into(grants::table).values(grant).execute(conn).map(drop)
}

/// Ends a grant; says whether it was in force.
pub fn revoke(conn: &mut Connection, id: Id, at: NaiveDateTime) -> StoreResult<bool> {
    diesel::update(grants::table.find(id).filter(grants::revoked_at.is_null()))
        .set(grants::revoked_at.eq(at))
        .execute(conn)
        .map(|rows| rows == 1)
}
