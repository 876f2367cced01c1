//! What the loader has made so far, and on whose behalf it goes on.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::data::Files;
use crate::domain::permission::{Reach, Role};
use crate::domain::{Id, Moment, Origin, calendar};
use crate::error::{AppError, AppResult};
use crate::service::access::Actor;

/// The name in the journal of what the loader does before there are accounts.
pub const LOADER: &str = "demo loader";

/// The records of one province made so far, by their keys in its files.
pub struct World<'a> {
    pub files: &'a Files,
    /// The moment the demo begins; what was recorded after it is left out.
    pub today: Moment,
    keys: HashMap<(Kind, String), Id>,
    /// Hashes of the accounts' passwords, by user name.
    pub hashes: &'a HashMap<&'static str, String>,
    pub office: Option<Actor>,
    /// Another account of it, which enters for units that have none.
    entry: Option<Actor>,
    /// The leader, who instructs units.
    pub leader: Option<Actor>,
    pub reporters: Vec<Actor>,
    /// Tasks by key, and by unit for the children.
    pub tasks: HashMap<(String, Option<String>), Id>,
}

/// What a key names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    Term,
    Field,
    Post,
    Resolution,
    Programme,
    Breakthrough,
    Pillar,
    Objective,
    TaskGroup,
    Clause,
    Indicator,
    /// The clause that states a task group, by the key of the group.
    ClauseOfGroup,
}

impl<'a> World<'a> {
    /// Nothing made yet.
    pub fn new(files: &'a Files, hashes: &'a HashMap<&'static str, String>, today: Moment) -> Self {
        Self {
            files,
            today,
            hashes,
            keys: HashMap::new(),
            office: None,
            entry: None,
            leader: None,
            reporters: Vec::new(),
            tasks: HashMap::new(),
        }
    }

    /// The moment at `hour` o'clock on a day of the past.
    pub fn at(&self, day: NaiveDate, hour: u32) -> Moment {
        self.today.recorded(calendar::at(day, hour), Origin::Demo)
    }

    /// Remembers a record.
    pub fn know(&mut self, kind: Kind, key: &str, id: Id) {
        self.keys.insert((kind, key.to_owned()), id);
    }

    /// The fields made so far, which all provinces share.
    pub fn fields(&self) -> Vec<(String, Id)> {
        self.keys.iter().filter(|((kind, _), _)| *kind == Kind::Field).map(|((_, key), id)| (key.clone(), *id)).collect()
    }

    /// Remembers the fields that another province has made.
    pub fn share(&mut self, fields: Vec<(String, Id)>) {
        fields.into_iter().for_each(|(key, id)| self.know(Kind::Field, &key, id));
    }

    /// The record with this key.
    pub fn find(&self, kind: Kind, key: &str) -> AppResult<Id> {
        let found = self.keys.get(&(kind, key.to_owned())).copied();
        found.ok_or_else(|| AppError::internal(format!("demo: no {kind:?} {key:?}")))
    }

    /// Whether a record with this key has been made.
    pub fn knows(&self, kind: Kind, key: &str) -> bool {
        self.keys.contains_key(&(kind, key.to_owned()))
    }

    /// The record with this key, if one is named.
    pub fn find_if(&self, kind: Kind, key: Option<&String>) -> AppResult<Option<Id>> {
        key.map(|k| self.find(kind, k)).transpose()
    }

    /// Remembers on whose behalf it goes on.
    pub fn act(&mut self, (role, enters): (Role, bool), actor: Actor) {
        match role {
            Role::Office if enters => self.entry = Some(actor),
            Role::Office => self.office = Some(actor),
            Role::Leader => self.leader = Some(actor),
            Role::Reporter => self.reporters.push(actor),
            _ => {}
        }
    }

    /// The record with this key, where there is one.
    pub fn find_if_known(&self, kind: Kind, key: Option<&String>) -> Vec<Id> {
        key.and_then(|key| self.keys.get(&(kind, key.clone()))).copied().into_iter().collect()
    }

    /// The focal office, in whose name the demo writes.
    pub fn office(&self) -> AppResult<&Actor> {
        self.office.as_ref().ok_or_else(|| AppError::internal("demo: no office"))
    }

    /// The leader, in whose name the demo instructs units.
    pub fn leader(&self) -> AppResult<&Actor> {
        self.leader.as_ref().ok_or_else(|| AppError::internal("demo: no leader"))
    }

    /// The task with this key, or its part of one unit.
    pub fn task(&self, key: &str, unit: Option<&String>) -> AppResult<Id> {
        let task = self.tasks.get(&(key.to_owned(), unit.cloned())).copied();
        task.ok_or_else(|| AppError::internal(format!("demo: no task {key} of {unit:?}")))
    }

    /// The unit's own reporter where the demo has one, elsewhere the focal office on its behalf: not the account that
    /// verifies, since nobody verifies a report of his own.
    pub fn speaker(&self, unit: Option<&str>) -> AppResult<&Actor> {
        let code = unit.unwrap_or_default();
        let own = |actor: &&Actor| actor.grants.iter().any(|g| g.reach.covers_unit(&format!("/{code}/"), "") || ends_in(&g.reach, code));
        let speaker = self.reporters.iter().find(own).or(self.entry.as_ref());
        speaker.ok_or_else(|| AppError::internal("demo: nobody enters reports"))
    }
}

fn ends_in(reach: &Reach, code: &str) -> bool {
    matches!(reach, Reach::Units(path) if !code.is_empty() && path.ends_with(&format!("/{code}/")))
}
