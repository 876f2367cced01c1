//! The units of a province, to find out who belongs to its groups.

use std::collections::HashMap;

use chrono::NaiveDate;

use crate::db::Connection;
use crate::domain::Id;
use crate::domain::areas::AreaLevel;
use crate::domain::unit_groups::{Candidate, GroupRule, Membership};
use crate::error::{AppError, AppResult};
use crate::service::units;
use crate::store;
use crate::store::areas::Area;
use crate::store::unit_groups::UnitGroup;
use crate::store::units::Unit;

/// Every unit of one root, with the level of the area it stands in.
#[derive(Debug)]
pub struct Roster {
    units: Vec<Unit>,
    areas: HashMap<Id, (AreaLevel, String)>,
    by_code: HashMap<String, String>,
}

impl Roster {
    /// Reads it.
    ///
    /// # Errors
    /// The database's.
    pub fn load(conn: &mut Connection, root: &Area) -> AppResult<Self> {
        let mut all = store::units::in_area(conn, &root.path)?;
        units::in_order(&mut all);
        let areas = store::areas::subtree(conn, &root.path)?;
        let by_code = areas.iter().map(|area| (area.code.clone(), area.path.clone())).collect();
        Ok(Self { units: all, areas: areas.into_iter().map(|area| (area.id, (area.level, area.path))).collect(), by_code })
    }

    /// The units that belong to a group whenever they exist, in Vietnamese order of their names.
    ///
    /// # Errors
    /// The database's; `internal` for a rule that cannot be read.
    pub fn members(&self, conn: &mut Connection, group: &UnitGroup) -> AppResult<Vec<&Unit>> {
        let rule: Option<GroupRule> = group.rule.as_deref().map(serde_json::from_str).transpose().map_err(AppError::internal)?;
        let area = rule.as_ref().and_then(|rule| rule.area.as_ref()).map(ToString::to_string);
        let mut membership =
            Membership { area_path: area.and_then(|code| self.by_code.get(&code).cloned()), rule, ..Membership::default() };
        for member in store::unit_groups::members(conn, &[group.id])? {
            let set = if member.excluded { &mut membership.excluded } else { &mut membership.listed };
            set.insert(member.unit_id);
        }
        let takes = |unit: &&Unit| self.candidate(unit).is_some_and(|candidate| membership.takes(&candidate));
        Ok(self.units.iter().filter(takes).collect())
    }

    /// Those that exist on a day.
    ///
    /// # Errors
    /// As [`Roster::members`].
    pub fn members_on(&self, conn: &mut Connection, group: &UnitGroup, day: NaiveDate) -> AppResult<Vec<Unit>> {
        let exists = |unit: &&Unit| unit.valid_from <= day && unit.valid_to.is_none_or(|to| to >= day);
        Ok(self.members(conn, group)?.into_iter().filter(exists).cloned().collect())
    }

    fn candidate<'a>(&'a self, unit: &Unit) -> Option<Candidate<'a>> {
        let (level, area_path) = self.areas.get(&unit.area_id)?;
        Some(Candidate { id: unit.id, kind: unit.kind, system: unit.system, level: *level, area_path })
    }
}
