//! What resolutions and programmes share: how they are related, and to whom.

use serde::Serialize;
use utoipa::ToSchema;

use super::units::UnitRef;
use crate::domain::Id;
use crate::domain::documents::DocumentId;
use crate::domain::resolutions::Relation;
use crate::store::documents::{Mentioned, Mentions};

/// A relation to another document, seen from one of the two.
#[derive(Debug, Serialize, ToSchema)]
pub struct RelationView {
    pub relation: Relation,
    /// Id of the other document, if it is a resolution.
    pub resolution: Option<Id>,
    /// Id of the other document, if it is a programme.
    pub programme: Option<Id>,
    /// Number of the other document.
    #[schema(example = "50-CTr/TU")]
    pub number: Option<String>,
    /// Title of the other document.
    pub title: String,
}

/// What this document says of others.
pub fn relations(document: Id, mentions: &Mentions) -> Vec<RelationView> {
    let said = mentions.relations.iter().filter(|relation| relation.from() == Some(document));
    said.filter_map(|relation| Some(view(relation.relation, mentions.documents.get(&relation.to()?)?))).collect()
}

/// What others say of this document.
pub fn related_from(document: Id, mentions: &Mentions) -> Vec<RelationView> {
    let said = mentions.relations.iter().filter(|relation| relation.to() == Some(document));
    said.filter_map(|relation| Some(view(relation.relation, mentions.documents.get(&relation.from()?)?))).collect()
}

/// A unit that a document mentions.
pub fn unit(id: Option<Id>, mentions: &Mentions) -> Option<UnitRef> {
    mentions.units.get(&id?).map(UnitRef::from)
}

fn view(relation: Relation, other: &Mentioned) -> RelationView {
    let (resolution, programme) = match other.document {
        DocumentId::Resolution(id) => (Some(id), None),
        DocumentId::Programme(id) => (None, Some(id)),
    };
    RelationView { relation, resolution, programme, number: other.number.clone(), title: other.title.clone() }
}
