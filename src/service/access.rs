//! Permission as an argument type: who asks, and a [`Permit`] that front doors get by the check alone.

use std::marker::PhantomData;

use chrono::{NaiveDate, NaiveDateTime};

use crate::db::Connection;
use crate::domain::api_clients::Scope;
use crate::domain::permission::{Capability, Reach, Role, allows, reads_whole_root};
use crate::domain::{Id, areas};
use crate::error::{AppError, AppResult, codes};
use crate::store;

use super::inheritance;
use super::sessions::SignedIn;

/// The path that every path begins with.
const EVERYWHERE: &str = "/";

/// Who asks: an account that is signed in, with what it was granted, or the system itself.
#[derive(Debug, Clone)]
pub struct Actor {
    /// The account; [`Id::NIL`] for the system, so that what needs an account refuses it.
    pub user_id: Id,
    /// Its user name.
    pub username: String,
    /// The session the access token belongs to.
    pub session_id: Option<Id>,
    /// Its grants in force.
    pub grants: Vec<ActorGrant>,
    /// What another system may do where the role integration is granted to it; none for people.
    pub scopes: Vec<Scope>,
    /// The trace this request belongs to; goes into the journal.
    pub request_id: Option<String>,
}

/// One grant, with its place resolved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActorGrant {
    /// The role.
    pub role: Role,
    /// How far it reaches.
    pub reach: Reach,
    /// Path of the root area it lies in.
    pub root: String,
    /// The first day it holds, for what a reorganisation brings.
    pub since: Option<NaiveDate>,
}

impl Actor {
    /// The account behind a session, if neither has ended.
    ///
    /// # Errors
    /// `invalid_token` when the session or the account is no longer good.
    pub fn of_session(conn: &mut Connection, session: Id, now: NaiveDateTime) -> AppResult<Self> {
        Self::signed_in(conn, session)?.at(now)
    }

    /// The account behind a session with the time it ends, which has not been looked at.
    ///
    /// # Errors
    /// As [`Actor::of_session`].
    pub fn signed_in(conn: &mut Connection, session: Id) -> AppResult<SignedIn> {
        let invalid = || AppError::new(codes::INVALID_TOKEN);
        let (session, user, grants) = store::sessions::find_account(conn, session)?.ok_or_else(invalid)?;
        if session.revoked_at.is_some() || user.disabled_at.is_some() {
            return Err(invalid());
        }
        let grants = grants.into_iter().flat_map(inheritance::placed).collect();
        let actor =
            Self { user_id: user.id, username: user.username, session_id: Some(session.id), grants, scopes: Vec::new(), request_id: None };
        Ok(SignedIn { actor, until: session.expires_at })
    }

    /// The account itself, without a session, whatever the day ([`Actor::on`]): for keys, the command
    /// line and the demo.
    ///
    /// # Errors
    /// The database's.
    pub fn of_user(conn: &mut Connection, user: &store::users::User) -> AppResult<Self> {
        let grants = store::grants::of_user(conn, user.id)?.into_iter().flat_map(inheritance::placed).collect();
        Ok(Self { user_id: user.id, username: user.username.clone(), session_id: None, grants, scopes: Vec::new(), request_id: None })
    }

    /// The system itself, at work without an account: the command line, the demo's loader.
    ///
    /// It reaches every root. `name` stands in the journal where an account's user name would; a
    /// name with a space can be nobody's user name.
    pub fn system(name: &'static str) -> Self {
        let everything = ActorGrant { role: Role::Admin, reach: Reach::Areas(EVERYWHERE.into()), root: EVERYWHERE.into(), since: None };
        Self {
            user_id: Id::NIL,
            username: name.to_owned(),
            session_id: None,
            grants: vec![everything],
            scopes: Vec::new(),
            request_id: None,
        }
    }

    /// The same account as it is on a day: what a reorganisation brings, it brings from its day on.
    #[must_use]
    pub fn on(mut self, day: NaiveDate) -> Self {
        self.grants.retain(|grant| grant.since.is_none_or(|since| since <= day));
        self
    }

    /// The account behind this actor; none behind the system.
    pub fn account(&self) -> Option<Id> {
        Some(self.user_id).filter(|id| *id != Id::NIL)
    }

    /// The check: a permit for `R`, if any role of this account allows it.
    ///
    /// # Errors
    /// `forbidden`.
    pub fn permit<R: Right>(&self) -> AppResult<Permit<R>> {
        let reaches: Vec<Reach> = self.grants.iter().filter(|g| self.may(g.role, R::CAPABILITY)).map(|g| effective::<R>(g)).collect();
        if reaches.is_empty() {
            return Err(AppError::new(codes::FORBIDDEN));
        }
        Ok(Permit { actor: self.clone(), reaches, right: PhantomData })
    }

    /// All that what this account is shown depends on, as text, beside what bears its own name (its account, its sessions, its own
    /// actions). Taken apart in full, so that whoever adds a field must decide.
    pub fn sight(&self) -> String {
        let Self { user_id: _, username: _, session_id: _, grants, scopes, request_id: _ } = self;
        format!("{grants:?} {scopes:?}")
    }

    /// Whether a role of this account allows it; another system's by its scopes.
    pub fn may(&self, role: Role, capability: Capability) -> bool {
        allows(role, capability) || (role == Role::Integration && self.scopes.iter().any(|scope| scope.allows(capability)))
    }

    /// Refuses whoever came without signing in: another system has neither session nor password.
    ///
    /// # Errors
    /// `forbidden`.
    pub fn require_session(&self) -> AppResult<()> {
        if self.session_id.is_some() { Ok(()) } else { Err(AppError::new(codes::FORBIDDEN)) }
    }

    /// Paths of the root areas this account belongs to.
    pub fn roots(&self) -> Vec<String> {
        let mut roots: Vec<String> = self.grants.iter().map(|g| g.root.clone()).collect();
        roots.sort_unstable();
        roots.dedup();
        roots
    }
}

/// Most roles read all of their root; what they write lies within the reach of the grant.
fn effective<R: Right>(grant: &ActorGrant) -> Reach {
    if R::READS && reads_whole_root(grant.role) { Reach::Areas(grant.root.clone()) } else { grant.reach.clone() }
}

/// A capability as a type.
pub trait Right: Send + Sync + 'static {
    /// The capability.
    const CAPABILITY: Capability;
    /// Whether it reads only.
    const READS: bool;
}

macro_rules! rights {
    ($($name:ident $reads:literal;)+) => {$(
        #[doc = concat!("The right to ", stringify!($name), ", as a type.")]
        #[derive(Debug, Clone, Copy)]
        pub struct $name;

        impl Right for $name {
            const CAPABILITY: Capability = Capability::$name;
            const READS: bool = $reads;
        }
    )+};
}

rights! {
    ReadAccounts true;
    WriteAccounts false;
    ReadDirectory true;
    WriteDirectory false;
    ReadWork true;
    WriteWork false;
    LogProgress false;
    Verify false;
    ChangeCommitments false;
    RequestCommitments false;
    ApproveCommitments false;
    InstructUnits false;
    AnswerInstructions false;
    Contribute false;
    AnswerProposals false;
    SignReviews false;
    ReadDashboards true;
    ReadIntegrity true;
    ReadAudit true;
    ReadChanges true;
}

/// Proof that the account may do `R` somewhere, and where.
#[derive(Debug, Clone)]
pub struct Permit<R> {
    actor: Actor,
    reaches: Vec<Reach>,
    right: PhantomData<R>,
}

impl<R: Right> Permit<R> {
    /// A permit without a check, for the system itself: only for whoever has the database in hand
    /// anyway (the command line, the demo's loader, tests), never for a front door. It holds every
    /// right everywhere, also rights that no administrator has.
    pub fn of_system(name: &'static str) -> Self {
        Self { actor: Actor::system(name), reaches: vec![Reach::Areas(EVERYWHERE.into())], right: PhantomData }
    }

    /// Who asks.
    pub fn actor(&self) -> &Actor {
        &self.actor
    }

    /// How far the right reaches.
    pub fn reaches(&self) -> &[Reach] {
        &self.reaches
    }

    /// Whether a unit lies within.
    pub fn covers_unit(&self, unit_path: &str, area_path: &str) -> bool {
        self.reaches.iter().any(|r| r.covers_unit(unit_path, area_path))
    }

    /// Whether an area lies within.
    pub fn covers_area(&self, area_path: &str) -> bool {
        self.reaches.iter().any(|r| r.covers_area(area_path))
    }

    /// Whether the right reaches a whole root (`/hg/`), or everything (`/`): needed for what all
    /// roots share.
    pub fn covers_a_root(&self) -> bool {
        self.reaches.iter().any(|reach| matches!(reach, Reach::Areas(path) if areas::is_root(path)))
    }

    /// Refuses a unit outside: 403 inside one's own root, 404 in another.
    ///
    /// # Errors
    /// `forbidden`, `not_found`.
    pub fn require_unit(&self, unit: &store::units::Unit) -> AppResult<()> {
        self.require(self.covers_unit(&unit.path, &unit.area_path), &unit.area_path)
    }

    /// Refuses an area outside: 403 inside one's own root, 404 in another.
    ///
    /// # Errors
    /// `forbidden`, `not_found`.
    pub fn require_area(&self, area_path: &str) -> AppResult<()> {
        self.require(self.covers_area(area_path), area_path)
    }

    /// Refuses what lies in another root: 404.
    ///
    /// # Errors
    /// `not_found`.
    pub fn require_root(&self, area_path: &str) -> AppResult<()> {
        self.require(self.in_own_root(area_path), area_path)
    }

    /// Whether an area lies in a root of this account.
    pub fn in_own_root(&self, area_path: &str) -> bool {
        self.actor.roots().iter().any(|root| area_path.starts_with(root.as_str()))
    }

    fn require(&self, covered: bool, area_path: &str) -> AppResult<()> {
        match (covered, self.in_own_root(area_path)) {
            (true, _) => Ok(()),
            (false, true) => Err(AppError::new(codes::FORBIDDEN)),
            (false, false) => Err(AppError::new(codes::NOT_FOUND)),
        }
    }

    /// What the account sees, as text: the same for two readers who see the same.
    pub fn scope(&self) -> String {
        let roles: Vec<_> = self.actor.grants.iter().map(|g| (g.role, &g.reach)).collect();
        format!("{roles:?}{:?}", self.actor.scopes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_system_reaches_everything_and_is_no_account() {
        let permit = Permit::<LogProgress>::of_system("command line");
        assert!(permit.covers_area("/hg/") && permit.covers_unit("/hg-tinh-uy/", "/hg/") && permit.in_own_root("/hd/"));
        assert_eq!(permit.actor().account(), None);
        assert!(crate::domain::forms::username(&permit.actor().username).is_err());
    }
}
