//! The graph of documents.

use serde::Serialize;
use utoipa::ToSchema;

use super::units::UnitRef;
use crate::domain::Id;
use crate::domain::areas::AreaLevel;
use crate::domain::document_graph::{Direction, Edge, Reached};
use crate::domain::documents::written;
use crate::domain::partial_date::PartialDate;
use crate::domain::programmes::{ProgrammeKind, ProgrammeState};
use crate::domain::resolutions::{Relation, ResolutionKind, ResolutionLevel};
use crate::store::document_graph::Known;

/// A document in the graph of another: a resolution or a programme.
#[derive(Debug, Serialize, ToSchema)]
pub struct GraphDocumentView {
    /// Upwards: what the document implements, amends, replaces, follows. Downwards: what does so to it.
    pub direction: Direction,
    /// Steps to it.
    #[schema(example = 1)]
    pub depth: u32,
    /// Its id, if it is a resolution.
    pub resolution: Option<Id>,
    /// Its id, if it is a programme.
    pub programme: Option<Id>,
    /// Number as printed.
    #[schema(example = "50-CTr/TU")]
    pub number: Option<String>,
    /// Title.
    pub title: String,
    /// Kind, of a resolution.
    pub resolution_kind: Option<ResolutionKind>,
    /// Kind, of a programme.
    pub programme_kind: Option<ProgrammeKind>,
    /// Draft or adopted, of a programme.
    pub state: Option<ProgrammeState>,
    /// Level of the body that issued it; `null` where that is not known.
    pub level: Option<ResolutionLevel>,
    /// The unit that issued it, if it is one of ours.
    pub issuer: Option<UnitRef>,
    /// The issuer in words.
    pub issuer_text: Option<String>,
    /// Date of issue: the words, and the date they name.
    pub issued_on: Option<PartialDate>,
    /// What joins it to documents one step nearer.
    pub via: Vec<EdgeView>,
}

/// What one document says of another.
#[derive(Debug, Serialize, ToSchema)]
pub struct EdgeView {
    /// Id of the document that says it.
    pub from: Id,
    pub relation: Relation,
    /// Id of the other document.
    pub to: Id,
}

impl From<Edge> for EdgeView {
    fn from(Edge { from, relation, to }: Edge) -> Self {
        Self { from, relation, to }
    }
}

impl GraphDocumentView {
    /// A document that was reached; none if it is not known.
    pub fn new(direction: Direction, reached: Reached, known: &Known) -> Option<Self> {
        let Reached { id, depth, via } = reached;
        let via = via.into_iter().map(EdgeView::from).collect();
        let issuer = |unit: Option<Id>| known.units.get(&unit?);
        if let Some(row) = known.resolutions.get(&id) {
            return Some(Self {
                direction,
                depth,
                resolution: Some(id),
                programme: None,
                number: row.number.clone(),
                title: row.title.clone(),
                resolution_kind: Some(row.kind),
                programme_kind: None,
                state: None,
                level: Some(row.level),
                issuer: issuer(row.issuer_unit_id).map(UnitRef::from),
                issuer_text: row.issuer_text.clone(),
                issued_on: written(row.issued_text.as_deref(), row.issued_on, row.issued_precision),
                via,
            });
        }
        let row = known.programmes.get(&id)?;
        let unit = issuer(row.issuer_unit_id);
        Some(Self {
            direction,
            depth,
            resolution: None,
            programme: Some(id),
            number: row.number.clone(),
            title: row.title.clone(),
            resolution_kind: None,
            programme_kind: Some(row.kind),
            state: Some(row.state),
            level: unit.and_then(|unit| known.levels.get(&unit.area_id)).map(|level| match level {
                AreaLevel::Province => ResolutionLevel::Province,
                AreaLevel::District => ResolutionLevel::District,
                AreaLevel::Commune => ResolutionLevel::Commune,
            }),
            issuer: unit.map(UnitRef::from),
            issuer_text: row.issuer_text.clone(),
            issued_on: written(row.issued_text.as_deref(), row.issued_on, row.issued_precision),
            via,
        })
    }
}
