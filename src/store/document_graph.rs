//! Documents as the graph shows them.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use diesel::prelude::*;

use super::StoreResult;
use super::document_relations;
use super::units::{self, Unit};
use crate::db::Connection;
use crate::db::schema::{areas, programmes, resolutions};
use crate::domain::Id;
use crate::domain::areas::AreaLevel;
use crate::domain::document_graph::Edge;
use crate::domain::partial_date::DatePrecision;
use crate::domain::programmes::{ProgrammeKind, ProgrammeState};
use crate::domain::resolutions::{ResolutionKind, ResolutionLevel};

/// A resolution in the graph.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = resolutions)]
pub struct GraphResolution {
    pub id: Id,
    pub kind: ResolutionKind,
    pub level: ResolutionLevel,
    pub number: Option<String>,
    pub title: String,
    pub issuer_unit_id: Option<Id>,
    pub issuer_text: Option<String>,
    pub issued_text: Option<String>,
    pub issued_on: Option<NaiveDate>,
    pub issued_precision: Option<DatePrecision>,
}

/// A programme in the graph.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = programmes)]
pub struct GraphProgramme {
    pub id: Id,
    pub kind: ProgrammeKind,
    pub state: ProgrammeState,
    pub number: Option<String>,
    pub title: String,
    pub issuer_unit_id: Option<Id>,
    pub issuer_text: Option<String>,
    pub issued_text: Option<String>,
    pub issued_on: Option<NaiveDate>,
    pub issued_precision: Option<DatePrecision>,
}

/// What is known of some documents.
#[derive(Debug, Default)]
pub struct Known {
    pub resolutions: HashMap<Id, GraphResolution>,
    pub programmes: HashMap<Id, GraphProgramme>,
    /// Their issuing units.
    pub units: HashMap<Id, Unit>,
    /// Levels of the areas these stand in.
    pub levels: HashMap<Id, AreaLevel>,
}

/// Every relation between documents that are kept for these roots.
pub fn edges(conn: &mut Connection, roots: &[Id]) -> StoreResult<Vec<Edge>> {
    let kept: Vec<Id> = resolutions::table.filter(resolutions::root_id.eq_any(roots.to_vec())).select(resolutions::id).load(conn)?;
    let mut kept: HashSet<Id> = kept.into_iter().collect();
    let more: Vec<Id> = programmes::table.filter(programmes::root_id.eq_any(roots.to_vec())).select(programmes::id).load(conn)?;
    kept.extend(more);
    let relations = document_relations::all(conn)?.into_iter();
    let edges = relations.filter_map(|row| Some(Edge { from: row.from()?, relation: row.relation, to: row.to()? }));
    Ok(edges.filter(|edge| kept.contains(&edge.from) && kept.contains(&edge.to)).collect())
}

/// What is known of these documents.
pub fn known(conn: &mut Connection, ids: &[Id]) -> StoreResult<Known> {
    let found: Vec<GraphResolution> =
        resolutions::table.filter(resolutions::id.eq_any(ids.to_vec())).select(GraphResolution::as_select()).load(conn)?;
    let more: Vec<GraphProgramme> =
        programmes::table.filter(programmes::id.eq_any(ids.to_vec())).select(GraphProgramme::as_select()).load(conn)?;
    let issuers = found.iter().map(|r| r.issuer_unit_id).chain(more.iter().map(|p| p.issuer_unit_id));
    let units = units::with_ids(conn, &issuers.flatten().collect::<Vec<_>>())?;
    let areas_of: Vec<Id> = units.iter().map(|unit| unit.area_id).collect();
    let levels: Vec<(Id, AreaLevel)> = areas::table.filter(areas::id.eq_any(areas_of)).select((areas::id, areas::level)).load(conn)?;
    Ok(Known {
        resolutions: found.into_iter().map(|r| (r.id, r)).collect(),
        programmes: more.into_iter().map(|p| (p.id, p)).collect(),
        units: units.into_iter().map(|u| (u.id, u)).collect(),
        levels: levels.into_iter().collect(),
    })
}
