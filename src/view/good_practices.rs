//! Good practices.

use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::records::{DocumentRef, VoidedView, unit};
use super::units::UnitRef;
use crate::domain::documents::written;
use crate::domain::partial_date::PartialDate;
use crate::domain::recurrences::Recurrence;
use crate::domain::voiding::RecordAction;
use crate::domain::{Id, Origin};
use crate::store::good_practices::GoodPractice;
use crate::store::names::Names;

/// A good practice (mô hình mới, cách làm hay).
#[derive(Debug, Serialize, ToSchema)]
pub struct GoodPracticeView {
    pub id: Id,
    #[schema(example = "Ngày thứ sáu tuần cuối tháng nghe dân nói")]
    pub title: String,
    pub description: Option<String>,
    /// The unit whose practice it is.
    pub owner_unit: Option<UnitRef>,
    /// The programme it grew from.
    pub programme: Option<DocumentRef>,
    /// Id of the root area it is kept for.
    pub area: Id,
    /// How often it happens: the words, and what is read in them.
    pub recurring: Option<Recurrence>,
    /// Since when: the words, and the date they name.
    pub since: Option<PartialDate>,
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

impl GoodPracticeView {
    /// A good practice with what it mentions.
    pub fn new(row: GoodPractice, names: &Names, allowed_actions: Vec<RecordAction>) -> Self {
        let GoodPractice { id, root_id, owner_unit_id, programme_id, title, description, recurring, since_text, since_on, .. } = row;
        let GoodPractice { since_precision, source, voided_at, void_reason, origin, version, recorded_at, .. } = row;
        Self {
            id,
            title,
            description,
            owner_unit: unit(Some(owner_unit_id), names),
            programme: DocumentRef::of(programme_id, names),
            area: root_id,
            recurring: recurring.as_deref().map(Recurrence::parse),
            since: written(since_text.as_deref(), since_on, since_precision),
            source,
            voided: VoidedView::of(voided_at, void_reason),
            allowed_actions,
            origin,
            version,
            recorded_at: recorded_at.and_utc(),
        }
    }
}
