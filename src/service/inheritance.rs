//! What grants reach because of reorganisations: the successor's grant reaches the work it inherits.
//!
//! Derived from the events of units and areas whenever one is recorded or taken back, and whenever
//! something is granted; kept beside the grant, so that a request finds it without asking more.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::db::Connection;
use crate::domain::permission::Reach;
use crate::domain::succession::Succession;
use crate::domain::unit_events::EventSubject;
use crate::domain::{Id, areas};
use crate::error::{AppError, AppResult};
use crate::store;
use crate::store::areas::Area;
use crate::store::grants::PlacedGrant;
use crate::store::units::Unit;

use super::access::ActorGrant;

/// One place a grant inherits, or a root it belongs to since.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Inherited {
    since: NaiveDate,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    unit: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    area: Option<String>,
    root: String,
}

impl Inherited {
    /// The same role there.
    fn grant(self, own: &ActorGrant) -> ActorGrant {
        let reach = match (self.unit, self.area) {
            (Some(unit), _) => Reach::Unit(unit),
            (None, Some(area)) => Reach::Areas(area),
            (None, None) => Reach::Nowhere,
        };
        ActorGrant { role: own.role, reach, root: self.root, since: Some(self.since) }
    }
}

/// A grant with its place resolved, and after it what it inherits.
pub(super) fn placed((grant, unit, area): PlacedGrant) -> Vec<ActorGrant> {
    let (reach, area_path) = match (unit, area) {
        (Some((_, _, path, area_path)), _) => (Reach::Units(path), area_path),
        (None, Some((_, _, path))) => (Reach::Areas(path.clone()), path),
        (None, None) => return Vec::new(),
    };
    let own = ActorGrant { role: grant.role, reach, root: areas::path(None, areas::root_of(&area_path)), since: None };
    let inherited: Vec<ActorGrant> = kept(grant.inherited.as_deref()).into_iter().map(|one| one.grant(&own)).collect();
    std::iter::once(own).chain(inherited).collect()
}

/// What is kept beside a grant.
fn kept(inherited: Option<&str>) -> Vec<Inherited> {
    inherited.and_then(|json| serde_json::from_str(json).ok()).unwrap_or_default()
}

/// Derives anew what every grant in force inherits.
///
/// # Errors
/// The database's.
pub fn derive_all(conn: &mut Connection) -> AppResult<()> {
    let lineage = Lineage::load(conn)?;
    for grant in store::grants::in_force(conn)? {
        keep(conn, &lineage, grant)?;
    }
    Ok(())
}

/// Derives what one grant inherits.
///
/// # Errors
/// The database's.
pub fn derive(conn: &mut Connection, grant: PlacedGrant) -> AppResult<()> {
    if store::unit_events::any(conn)? {
        let lineage = Lineage::load(conn)?;
        keep(conn, &lineage, grant)?;
    }
    Ok(())
}

fn keep(conn: &mut Connection, lineage: &Lineage, grant: PlacedGrant) -> AppResult<()> {
    let (id, before) = (grant.0.id, grant.0.inherited.clone());
    let inherited = placed(grant).first().map(|own| lineage.of(own)).unwrap_or_default();
    let json = if inherited.is_empty() { None } else { Some(serde_json::to_string(&inherited).map_err(AppError::internal)?) };
    if json != before {
        store::grants::set_inherited(conn, id, json.as_deref())?;
    }
    Ok(())
}

/// Everything that stands somewhere, and what it followed.
struct Lineage {
    units: Vec<Unit>,
    areas: Vec<Area>,
    of_units: Succession,
    of_areas: Succession,
}

impl Lineage {
    fn load(conn: &mut Connection) -> AppResult<Self> {
        let always = NaiveDate::from_ymd_opt(9999, 12, 31).unwrap_or(NaiveDate::MAX).and_time(chrono::NaiveTime::MIN);
        Ok(Self {
            units: store::units::all(conn)?,
            areas: store::areas::all(conn)?,
            of_units: Succession::new(store::succession::whole(conn, EventSubject::Unit, always)?, []),
            of_areas: Succession::new(store::succession::whole(conn, EventSubject::Area, always)?, []),
        })
    }

    /// What a grant reaches beside its own place: areas first, then units outside these, then the
    /// provinces it belongs to without reaching anything there.
    fn of(&self, own: &ActorGrant) -> Vec<Inherited> {
        let mut found: Vec<Inherited> = Vec::new();
        for area in self.areas.iter().filter(|area| own.reach.covers_area(&area.path)) {
            for (earlier, since) in self.areas_before(area.id) {
                if !own.reach.covers_area(&earlier.path) && !reached(&found, &earlier.path, since) {
                    let root = areas::path(None, areas::root_of(&earlier.path));
                    found.push(Inherited { since, unit: None, area: Some(earlier.path.clone()), root });
                }
            }
        }
        for unit in self.units.iter().filter(|unit| own.reach.covers_unit(&unit.path, &unit.area_path)) {
            for (earlier, since) in self.units_before(unit.id) {
                if !own.reach.covers_unit(&earlier.path, &earlier.area_path) && !reached(&found, &earlier.area_path, since) {
                    let root = areas::path(None, areas::root_of(&earlier.area_path));
                    found.push(Inherited { since, unit: Some(earlier.path.clone()), area: None, root });
                }
            }
        }
        let root = self.areas.iter().find(|area| area.path == own.root);
        for (earlier, since) in root.map(|root| self.areas_before(root.id)).unwrap_or_default() {
            if !found.iter().any(|one| one.root == earlier.path && one.since <= since) {
                found.push(Inherited { since, unit: None, area: None, root: earlier.path.clone() });
            }
        }
        found
    }

    fn areas_before(&self, id: Id) -> Vec<(&Area, NaiveDate)> {
        let before = self.of_areas.before(id).into_iter();
        before.filter_map(|(id, since)| Some((self.areas.iter().find(|area| area.id == id)?, since))).collect()
    }

    fn units_before(&self, id: Id) -> Vec<(&Unit, NaiveDate)> {
        let before = self.of_units.before(id).into_iter();
        before.filter_map(|(id, since)| Some((self.units.iter().find(|unit| unit.id == id)?, since))).collect()
    }
}

/// Whether an inherited area reaches this one from that day on.
fn reached(found: &[Inherited], area_path: &str, since: NaiveDate) -> bool {
    found.iter().any(|one| one.since <= since && one.area.as_deref().is_some_and(|area| area_path.starts_with(area)))
}
