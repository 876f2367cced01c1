//! What the names in a file may mean: the areas and units of the province, and which sheet is read.

use crate::db::Connection;
use crate::domain::imports::header;
use crate::domain::imports::names::{Index, Named, NamedGroup};
use crate::domain::imports::problems::{self, Problem};
use crate::domain::imports::{ImportKind, ImportOptions, Sheet, Workbook};
use crate::domain::{Moment, areas as rule};
use crate::error::{AppError, AppResult, FieldError, codes, rules};
use crate::service::access::{Permit, Right};
use crate::service::lookup;
use crate::service::unit_groups::{Roster, names_of};
use crate::store;
use crate::store::areas::Area;
use crate::store::units::Unit;

/// The areas and units that names may mean.
pub struct Scope {
    /// The province, if there is only one or it was named.
    pub root: Option<Area>,
    /// Its areas.
    pub areas: Vec<Area>,
    /// Its units.
    pub units: Vec<Unit>,
}

impl Scope {
    /// Of the province that was named, else of all the account belongs to.
    ///
    /// # Errors
    /// 400 for a root that is none.
    pub fn load<R: Right>(conn: &mut Connection, permit: &Permit<R>, options: &ImportOptions) -> AppResult<Self> {
        let named = options.root.as_ref().map(|root| lookup::area_parameter(conn, permit, "root", root)).transpose()?;
        if named.as_ref().is_some_and(|root| !rule::is_root(&root.path)) {
            return Err(AppError::bad_parameter("root", rules::ROOT_AREA));
        }
        let within = |path: &str| permit.in_own_root(path) && named.as_ref().is_none_or(|root| path.starts_with(&root.path));
        let areas: Vec<Area> = store::areas::all(conn)?.into_iter().filter(|area| within(&area.path)).collect();
        let units = store::units::all(conn)?.into_iter().filter(|unit| within(&unit.area_path)).collect();
        let mut roots = areas.iter().filter(|area| rule::is_root(&area.path));
        let root = match (named, roots.next(), roots.next()) {
            (Some(root), ..) => Some(root),
            (None, Some(only), None) => Some(only.clone()),
            _ => None,
        };
        Ok(Self { root, areas, units })
    }

    /// The province.
    ///
    /// # Errors
    /// 400 `required` for whoever keeps several and named none.
    pub fn one_root(&self) -> AppResult<&Area> {
        self.root.as_ref().ok_or_else(|| AppError::bad_parameter("root", rules::REQUIRED))
    }

    /// The areas by name.
    pub fn area_index(&self, at: &Moment) -> Index {
        let named = |area: &Area| Named {
            id: area.id,
            code: area.code.clone(),
            name: area.name.clone(),
            path: area.path.clone(),
            valid_from: area.valid_from,
            valid_to: area.valid_to,
        };
        Index::new(self.areas.iter().map(named).collect(), self.province(), at.today())
    }

    /// The units by name.
    pub fn unit_index(&self, at: &Moment) -> Index {
        let named = |unit: &Unit| Named {
            id: unit.id,
            code: unit.code.clone(),
            name: unit.name.clone(),
            path: unit.path.clone(),
            valid_from: unit.valid_from,
            valid_to: unit.valid_to,
        };
        Index::new(self.units.iter().map(named).collect(), self.province(), at.today())
    }

    /// The groups of units of a province that are not void.
    ///
    /// # Errors
    /// The database's.
    pub fn groups(&self, conn: &mut Connection, root: &Area) -> AppResult<Vec<NamedGroup>> {
        let known = store::unit_groups::of_root(conn, root.id)?;
        if known.is_empty() {
            return Ok(Vec::new());
        }
        let roster = Roster::load(conn, root)?;
        let mut groups = Vec::with_capacity(known.len());
        for group in known {
            let members = roster.members(conn, &group)?.into_iter().map(|unit| unit.id).collect();
            groups.push(NamedGroup { id: group.id, names: names_of(&group), code: group.code, members });
        }
        Ok(groups)
    }

    fn province(&self) -> &str {
        self.root.as_ref().map(|root| root.name.as_str()).unwrap_or_default()
    }
}

/// The sheet to read: the one named, else the first that holds such a table, else the first.
///
/// # Errors
/// 400 for a name no sheet has.
pub fn sheet<'a>(workbook: &'a Workbook, kind: ImportKind, options: &ImportOptions) -> AppResult<(&'a Sheet, Vec<Problem>)> {
    if let Some(name) = &options.sheet {
        let named = workbook.sheets.iter().find(|sheet| sheet.name == *name);
        let field = || FieldError::new("sheet", rules::UNKNOWN_SHEET).with("found", name);
        return Ok((named.ok_or_else(|| AppError::new(codes::INVALID_PARAMETER).with_field(field()))?, Vec::new()));
    }
    let holding: Vec<&Sheet> = workbook.sheets.iter().filter(|sheet| header::find(sheet, kind).is_ok()).collect();
    let filled = workbook.sheets.iter().find(|sheet| !sheet.rows.is_empty());
    let first = holding.first().copied().or(filled).or(workbook.sheets.first());
    let first = first.ok_or_else(|| AppError::invalid("/file", rules::FILE_EMPTY))?;
    let others: Vec<&str> = holding.iter().skip(1).map(|sheet| sheet.name.as_str()).collect();
    let told = Problem::new(problems::OTHER_SHEETS).with("read", &first.name).with("others", others.join(", "));
    Ok((first, if others.is_empty() { Vec::new() } else { vec![told] }))
}
