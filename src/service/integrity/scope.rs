//! Where signals are looked for.

use std::collections::HashSet;

use chrono::NaiveDateTime;

use super::IntegrityFrame;
use crate::db::Connection;
use crate::domain::integrity::IntegrityQuery;
use crate::domain::permission::Reach;
use crate::domain::{Id, Moment, calendar};
use crate::error::AppResult;
use crate::service::access::{Permit, ReadIntegrity};
use crate::service::dashboards::check_day;
use crate::service::links::{self, Linked};
use crate::service::{documents, lookup};
use crate::store;

/// Paths of the root areas that the right reaches: whoever has it reads all of a root.
fn roots_of(permit: &Permit<ReadIntegrity>) -> Vec<String> {
    let whole = permit.reaches().iter().filter_map(|reach| match reach {
        Reach::Areas(path) => Some(path.clone()),
        Reach::Nowhere | Reach::Unit(_) | Reach::Units(_) => None,
    });
    let mut roots: Vec<String> = whole.collect();
    roots.sort_unstable();
    roots.dedup();
    roots
}

/// A question that has been checked.
pub struct Scope {
    /// What the answer says of itself.
    pub frame: IntegrityFrame,
    /// The root areas that are looked through.
    pub roots: Vec<Id>,
    units: Option<HashSet<Id>>,
    documents: Option<HashSet<Id>>,
    programme: Option<Id>,
}

impl Scope {
    /// Checks what was asked.
    ///
    /// # Errors
    /// `invalid_parameter`; the database's.
    pub fn check(conn: &mut Connection, permit: &Permit<ReadIntegrity>, query: &IntegrityQuery, at: &Moment) -> AppResult<Self> {
        let (as_of, today) = (query.as_of.unwrap_or(at.today()), at.today());
        check_day(conn, as_of, today)?;
        let roots = store::documents::root_ids(conn, &roots_of(permit))?;
        links::check_parameter(conn, &roots, "resolution", query.resolution, Linked::Resolution)?;
        links::check_parameter(conn, &roots, "programme", query.programme, Linked::Programme)?;
        let unit = query.unit.as_ref().map(|unit| lookup::unit_parameter(conn, permit, "unit", unit)).transpose()?;
        let below = unit.map(|unit| store::units::subtree(conn, &unit.path)).transpose()?;
        let documents = query.resolution.map(|resolution| documents::carrying_out(conn, resolution)).transpose()?;
        Ok(Self {
            frame: IntegrityFrame { as_of, today, position: store::events::position(conn)? },
            roots,
            units: below.map(|units| units.into_iter().map(|unit| unit.id).collect()),
            documents: documents.map(|documents| documents.into_iter().collect()),
            programme: query.programme,
        })
    }

    /// Just after the day that was asked for.
    pub fn cutoff(&self) -> NaiveDateTime {
        calendar::end_of(self.frame.as_of).naive_utc()
    }

    /// Whether what a unit did for a task, which comes from a resolution or programme, was asked for.
    pub fn holds(&self, unit: Id, resolution: Option<Id>, programme: Option<Id>) -> bool {
        let carries_out = |documents: &HashSet<Id>| resolution.into_iter().chain(programme).any(|document| documents.contains(&document));
        self.units.as_ref().is_none_or(|units| units.contains(&unit))
            && self.documents.as_ref().is_none_or(carries_out)
            && self.programme.is_none_or(|asked| programme == Some(asked))
    }
}
