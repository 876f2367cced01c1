//! API clients: what stands beside the accounts of other systems.

use std::collections::HashMap;

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::StoreResult;
use super::grants::PlacedGrant;
use super::users::User;
use crate::db::Connection;
use crate::db::schema::{api_clients, users};
use crate::domain::Id;

/// The key of an API client and what it may do.
#[derive(Debug, Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = api_clients, treat_none_as_null = true, treat_none_as_default_value = false)]
pub struct ApiClient {
    pub id: Id,
    pub code: String,
    pub key_prefix: String,
    pub key_hash: String,
    /// Words of the scopes, with spaces between them.
    pub scopes: String,
    pub expires_at: NaiveDateTime,
    pub last_used_at: Option<NaiveDateTime>,
    pub revoked_at: Option<NaiveDateTime>,
    pub version: i32,
    pub recorded_at: NaiveDateTime,
}

versioned!(api_clients, ApiClient);

/// An API client with its account, and the grant that says how far it reaches.
#[derive(Debug, Clone)]
pub struct ClientRecord {
    pub client: ApiClient,
    pub user: User,
    pub grant: PlacedGrant,
}

/// The client whose key has this hash.
pub fn find_by_hash(conn: &mut Connection, hash: &str) -> StoreResult<Option<ApiClient>> {
    api_clients::table.filter(api_clients::key_hash.eq(hash)).select(ApiClient::as_select()).first(conn).optional()
}

/// Whether the account is that of another system.
pub fn is_client(conn: &mut Connection, user: Id) -> StoreResult<bool> {
    diesel::select(diesel::dsl::exists(api_clients::table.find(user))).get_result(conn)
}

/// The client with its account and grant.
pub fn find_record(conn: &mut Connection, id: Id) -> StoreResult<Option<ClientRecord>> {
    let rows = api_clients::table.inner_join(users::table).filter(api_clients::id.eq(id));
    let found = rows.select((ApiClient::as_select(), User::as_select())).load(conn)?;
    Ok(with_grants(conn, found)?.pop())
}

/// Every client by code. There are tens of them, not thousands.
pub fn all(conn: &mut Connection) -> StoreResult<Vec<ClientRecord>> {
    let rows = api_clients::table.inner_join(users::table).order(api_clients::code);
    let found = rows.select((ApiClient::as_select(), User::as_select())).load(conn)?;
    with_grants(conn, found)
}

fn with_grants(conn: &mut Connection, found: Vec<(ApiClient, User)>) -> StoreResult<Vec<ClientRecord>> {
    let ids: Vec<Id> = found.iter().map(|(client, _)| client.id).collect();
    let grants = super::grants::of_users(conn, &ids)?;
    let mut grants: HashMap<Id, PlacedGrant> = grants.into_iter().map(|placed| (placed.0.user_id, placed)).collect();
    let whole = |(client, user): (ApiClient, User)| grants.remove(&client.id).map(|grant| ClientRecord { client, user, grant });
    Ok(found.into_iter().filter_map(whole).collect())
}

/// Notes that the key was used, if the last use noted is older than `before`. Versions do not move.
pub fn note_use(conn: &mut Connection, id: Id, at: NaiveDateTime, before: NaiveDateTime) -> StoreResult<()> {
    let last = api_clients::last_used_at;
    diesel::update(api_clients::table.find(id).filter(last.is_null().or(last.lt(before)))).set(last.eq(at)).execute(conn).map(drop)
}
