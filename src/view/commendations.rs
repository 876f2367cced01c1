//! Commendations.

use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::records::{DocumentRef, VoidedView, unit};
use super::units::UnitRef;
use crate::domain::commendations::{CommendationForm, CommendationLevel, RecipientKind};
use crate::domain::documents::written;
use crate::domain::partial_date::PartialDate;
use crate::domain::voiding::RecordAction;
use crate::domain::{Id, Origin};
use crate::store::commendations::{Commendation, Recipient};
use crate::store::names::Names;

/// A commendation (khen thưởng).
#[derive(Debug, Serialize, ToSchema)]
pub struct CommendationView {
    pub id: Id,
    /// The resolution it is for carrying out, if it is one.
    pub resolution: Option<DocumentRef>,
    /// The programme it is for carrying out, if it is one.
    pub programme: Option<DocumentRef>,
    /// Id of the root area it is kept for.
    pub area: Id,
    /// Level of the body that awards.
    pub level: CommendationLevel,
    pub form: CommendationForm,
    /// The unit that awards, if it is one of ours.
    pub awarding_unit: Option<UnitRef>,
    /// Who awards, in words.
    #[schema(example = "Ban Tuyên giáo Trung ương")]
    pub awarding_text: Option<String>,
    /// How many collectives.
    #[schema(example = 12)]
    pub collectives: i32,
    /// How many individuals.
    #[schema(example = 13)]
    pub individuals: i32,
    /// When: the words, and the date they name.
    pub awarded_on: Option<PartialDate>,
    /// What for.
    pub reason: Option<String>,
    /// Those that are known one by one.
    pub recipients: Vec<RecipientView>,
    /// Where this comes from.
    pub source: Option<String>,
    /// Since when it is void and why; `null` if it is not.
    pub voided: Option<VoidedView>,
    /// What this account may do next.
    pub allowed_actions: Vec<RecordAction>,
    pub origin: Origin,
    pub version: i32,
    pub recorded_at: DateTime<Utc>,
}

/// A recipient: a unit, or words such as a post.
#[derive(Debug, Serialize, ToSchema)]
pub struct RecipientView {
    pub kind: RecipientKind,
    pub unit: Option<UnitRef>,
    #[schema(example = "Bí thư Huyện ủy")]
    pub words: Option<String>,
}

impl CommendationView {
    /// A commendation with what it mentions.
    pub fn new(row: Commendation, recipients: Vec<Recipient>, names: &Names, allowed_actions: Vec<RecordAction>) -> Self {
        let Commendation { id, root_id, resolution_id, programme_id, level, form, awarding_unit_id, awarding_text, .. } = row;
        let Commendation { collectives, individuals, awarded_text, awarded_on, awarded_precision, reason, source, .. } = row;
        let Commendation { voided_at, void_reason, origin, version, recorded_at, .. } = row;
        let recipient = |r: Recipient| RecipientView { kind: r.kind, unit: unit(r.unit_id, names), words: r.words };
        Self {
            id,
            resolution: DocumentRef::of(resolution_id, names),
            programme: DocumentRef::of(programme_id, names),
            area: root_id,
            level,
            form,
            awarding_unit: unit(awarding_unit_id, names),
            awarding_text,
            collectives,
            individuals,
            awarded_on: written(awarded_text.as_deref(), awarded_on, awarded_precision),
            reason,
            recipients: recipients.into_iter().map(recipient).collect(),
            source,
            voided: VoidedView::of(voided_at, void_reason),
            allowed_actions,
            origin,
            version,
            recorded_at: recorded_at.and_utc(),
        }
    }
}
