//! API clients: other systems, each with an account of its own that never signs in but has a key.
//!
//! The key is random and long, so that its plain SHA-256 can be kept and looked up: nothing is to
//! be learnt from how long that takes, and guessing has no chance that a throttle would lessen.

use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::db::Connection;
use crate::domain::api_clients::{ApiClientDraft, ApiClientQuery, ClientKey, KEY_DAYS, Scope};
use crate::domain::merge_patch::MergePatch;
use crate::domain::permission::Role;
use crate::domain::users::GrantDraft;
use crate::domain::{Id, Moment, Reference};
use crate::error::{AppError, AppResult, codes, rules};
use crate::store;
use crate::store::api_clients::{ApiClient, ClientRecord};
use crate::store::users::User;

use super::access::{Actor, Permit, ReadAccounts, Right, WriteAccounts};
use super::grants::{self, covers, on_place, require_all};
use super::journal::{self, Happening};
use super::lookup::{self, Expected};
use super::paging::{Page, PageRequest};

/// Seconds between two notes of a key's last use.
const NOTED_SECONDS: i64 = 60;

/// What stands where the password hash of a person stands: the hash of nothing.
const NO_PASSWORD: &str = "!";

/// The client with this id.
///
/// # Errors
/// `not_found`, also for clients of another root; `forbidden`.
pub fn get(conn: &mut Connection, permit: &Permit<ReadAccounts>, id: Id) -> AppResult<ClientRecord> {
    within(conn, permit, id)
}

/// A page of clients by code.
///
/// # Errors
/// `invalid_parameter`; the database's.
pub fn list(conn: &mut Connection, permit: &Permit<ReadAccounts>, query: ApiClientQuery) -> AppResult<Page<ClientRecord>> {
    let page = PageRequest { limit: query.limit, cursor: query.cursor };
    let (after, limit): (Option<String>, i64) = (page.after()?, page.limit()?);
    let mut clients = store::api_clients::all(conn)?;
    clients.retain(|record| covers(permit, &record.grant) && after.as_ref().is_none_or(|code| record.client.code > *code));
    clients.retain(|ClientRecord { client, .. }| query.code.as_ref().is_none_or(|code| client.code == *code));
    clients.retain(|ClientRecord { client, .. }| query.revoked.is_none_or(|revoked| client.revoked_at.is_some() == revoked));
    clients.truncate(usize::try_from(limit + 1).unwrap_or(usize::MAX));
    page.page(clients, |record| record.client.code.clone())
}

/// Makes a client and its key, which is answered here and nowhere else.
///
/// # Errors
/// `forbidden` for a place outside one's reach; `duplicate`; 422.
pub fn create(
    conn: &mut Connection,
    permit: &Permit<WriteAccounts>,
    draft: &ApiClientDraft,
    at: &Moment,
) -> AppResult<(ClientRecord, ClientKey)> {
    let id = at.new_id();
    let reach = GrantDraft { role: Role::Integration, unit: draft.unit.clone(), area: draft.area.clone() };
    let grant = on_place(conn, permit, id, &reach, at)?;
    let expires_at = expiry(draft.expires_at, at)?;
    let (key, recorded_at) = (new_key()?, at.recorded_at());
    let user = User {
        id,
        username: format!("client:{}", draft.code),
        display_name: draft.name.clone(),
        password_hash: NO_PASSWORD.to_owned(),
        password_changed_at: recorded_at,
        disabled_at: None,
        version: 1,
        recorded_at,
        email: None,
    };
    let client = ApiClient {
        id,
        code: draft.code.clone(),
        key_prefix: key.prefix().to_owned(),
        key_hash: digest(key.text()),
        scopes: words(&draft.scopes),
        expires_at,
        last_used_at: None,
        revoked_at: None,
        version: 1,
        recorded_at,
    };
    store::users::insert(conn, &user)?;
    store::api_clients::insert(conn, &client)?;
    store::grants::insert(conn, &grant)?;
    grants::inherit(conn, grant.id)?;
    let record = find(conn, id)?;
    journal::append(conn, permit.actor(), &Happening::created("api_client.created", "api_client", id, &draft_of(&record)), at)?;
    Ok((record, key))
}

/// Changes name or expiry; everything else stays.
///
/// # Errors
/// `stale`, `illegal_state` for a revoked client, 422, `forbidden`.
pub fn update(
    conn: &mut Connection,
    permit: &Permit<WriteAccounts>,
    id: Id,
    expected: Expected,
    patch: &MergePatch,
    at: &Moment,
) -> AppResult<ClientRecord> {
    let record = in_force(conn, permit, id, expected)?;
    let before = draft_of(&record);
    let draft = lookup::patched(&before, patch)?;
    let fixed = [
        ("/code", draft.code == before.code),
        ("/scopes", draft.scopes == before.scopes),
        ("/unit", draft.unit == before.unit),
        ("/area", draft.area == before.area),
    ];
    if let Some((pointer, _)) = fixed.into_iter().find(|(_, same)| !same) {
        return Err(AppError::invalid(pointer, rules::FIXED));
    }
    let expires_at = if draft.expires_at == before.expires_at { record.client.expires_at } else { expiry(draft.expires_at, at)? };
    let user = User { display_name: draft.name.clone(), version: record.user.version + 1, ..record.user };
    lookup::expect_updated(store::users::update(conn, &user))?;
    let client = ApiClient { expires_at, ..record.client };
    changed(conn, permit, client, Happening::changed("api_client.changed", "api_client", id, &before, &draft), at)
}

/// Makes another key; the present one stops working at once.
///
/// # Errors
/// `stale`, `illegal_state` for a revoked client, `forbidden`.
pub fn rotate(conn: &mut Connection, permit: &Permit<WriteAccounts>, id: Id, at: &Moment) -> AppResult<(ClientRecord, ClientKey)> {
    let record = in_force(conn, permit, id, Expected::Any)?;
    let key = new_key()?;
    let (before, after) = (Prefix { key_prefix: &record.client.key_prefix }, Prefix { key_prefix: key.prefix() });
    let happening = Happening::changed("api_client.key_rotated", "api_client", id, &before, &after);
    let client = ApiClient { key_prefix: key.prefix().to_owned(), key_hash: digest(key.text()), ..record.client.clone() };
    Ok((changed(conn, permit, client, happening, at)?, key))
}

/// The client to be revoked: one within reach that is not yet.
///
/// # Errors
/// `not_found`, `forbidden`; `illegal_state`.
pub fn revocable(conn: &mut Connection, permit: &Permit<WriteAccounts>, id: Id) -> AppResult<ClientRecord> {
    in_force(conn, permit, id, Expected::Any)
}

/// Ends a [`revocable`] client for good; what it did stays on record.
///
/// # Errors
/// `stale` when somebody else was quicker; the database's.
pub fn revoke(
    conn: &mut Connection,
    permit: &Permit<WriteAccounts>,
    record: ClientRecord,
    reason: &str,
    at: &Moment,
) -> AppResult<ClientRecord> {
    let before = draft_of(&record);
    let happening = Happening::changed("api_client.revoked", "api_client", record.client.id, &before, &serde_json::Value::Null);
    let client = ApiClient { revoked_at: Some(at.recorded_at()), ..record.client };
    changed(conn, permit, client, happening.because(Some(reason)), at)
}

/// A client whose key was found, as it stood then.
#[derive(Debug, Clone)]
pub struct KeyHolder {
    actor: Actor,
    expires_at: NaiveDateTime,
    last_used_at: Option<NaiveDateTime>,
}

impl KeyHolder {
    /// The client, if its key has not expired. Says also whether its use is to be noted ([`note_use`]).
    ///
    /// # Errors
    /// `key_expired`.
    pub fn at(&self, at: &Moment) -> AppResult<(Actor, bool)> {
        if self.expires_at <= at.recorded_at() {
            return Err(AppError::new(codes::KEY_EXPIRED));
        }
        Ok((self.actor.clone().on(at.today()), self.last_used_at.is_none_or(|last| last < noted_before(at))))
    }
}

/// The client behind a key, by the key's [`digest`]; whether it has expired is not looked at.
///
/// # Errors
/// `invalid_token` for a key that is none; `key_revoked`.
pub fn holder_of(conn: &mut Connection, digest: &str) -> AppResult<KeyHolder> {
    let client = store::api_clients::find_by_hash(conn, digest)?.ok_or_else(|| AppError::new(codes::INVALID_TOKEN))?;
    if client.revoked_at.is_some() {
        return Err(AppError::new(codes::KEY_REVOKED));
    }
    let user = lookup::found(store::users::find(conn, client.id))?;
    let actor = Actor { scopes: scopes_of(&client), ..Actor::of_user(conn, &user)? };
    Ok(KeyHolder { actor, expires_at: client.expires_at, last_used_at: client.last_used_at })
}

/// Notes that the key was used, once a minute at most.
///
/// # Errors
/// The database's.
pub fn note_use(conn: &mut Connection, id: Id, at: &Moment) -> AppResult<()> {
    Ok(store::api_clients::note_use(conn, id, at.recorded_at(), noted_before(at))?)
}

/// What a client may do.
pub fn scopes_of(client: &ApiClient) -> Vec<Scope> {
    client.scopes.split(' ').filter_map(|word| word.parse().ok()).collect()
}

/// What the journal keeps of a key.
#[derive(Serialize)]
struct Prefix<'a> {
    key_prefix: &'a str,
}

fn noted_before(at: &Moment) -> NaiveDateTime {
    at.recorded_at() - TimeDelta::seconds(NOTED_SECONDS)
}

fn find(conn: &mut Connection, id: Id) -> AppResult<ClientRecord> {
    lookup::found(store::api_clients::find_record(conn, id))
}

fn within<R: Right>(conn: &mut Connection, permit: &Permit<R>, id: Id) -> AppResult<ClientRecord> {
    let record = find(conn, id)?;
    require_all(permit, std::slice::from_ref(&record.grant))?;
    Ok(record)
}

fn in_force(conn: &mut Connection, permit: &Permit<WriteAccounts>, id: Id, expected: Expected) -> AppResult<ClientRecord> {
    let record = within(conn, permit, id)?;
    expected.check(record.client.version)?;
    if record.client.revoked_at.is_some() { Err(AppError::illegal_state(Vec::<String>::new())) } else { Ok(record) }
}

fn changed(
    conn: &mut Connection,
    permit: &Permit<WriteAccounts>,
    client: ApiClient,
    happening: Happening<'_>,
    at: &Moment,
) -> AppResult<ClientRecord> {
    let client = ApiClient { version: client.version + 1, ..client };
    lookup::expect_updated(store::api_clients::update(conn, &client))?;
    journal::append(conn, permit.actor(), &happening, at)?;
    find(conn, client.id)
}

fn expiry(said: Option<DateTime<Utc>>, at: &Moment) -> AppResult<NaiveDateTime> {
    let instant = said.unwrap_or(at.instant + TimeDelta::days(KEY_DAYS));
    let instant = DateTime::from_timestamp_micros(instant.timestamp_micros()).unwrap_or(instant);
    if instant <= at.instant { Err(AppError::invalid("/expires_at", rules::NOT_PAST)) } else { Ok(instant.naive_utc()) }
}

fn new_key() -> AppResult<ClientKey> {
    let mut random = [0_u8; 36];
    getrandom::fill(&mut random).map_err(AppError::internal)?;
    Ok(ClientKey::new(&random))
}

/// What is kept of a key, and what it is found by.
pub fn digest(key: &str) -> String {
    hex::encode(Sha256::digest(key.as_bytes()))
}

fn words(scopes: &[Scope]) -> String {
    let mut words: Vec<&str> = Scope::ALL.iter().filter(|scope| scopes.contains(scope)).map(|scope| scope.as_str()).collect();
    words.dedup();
    words.join(" ")
}

fn draft_of(ClientRecord { client, user, grant }: &ClientRecord) -> ApiClientDraft {
    ApiClientDraft {
        code: client.code.clone(),
        name: user.display_name.clone(),
        scopes: scopes_of(client),
        unit: grant.0.unit_id.map(Reference::Id),
        area: grant.0.area_id.map(Reference::Id),
        expires_at: Some(client.expires_at.and_utc()),
    }
}
