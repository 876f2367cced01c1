//! Groups of units.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::areas::AreaRef;
use super::kept;
use super::records::VoidedView;
use super::units::UnitRef;
use crate::domain::Id;
use crate::domain::unit_groups::GroupRule;
use crate::domain::voiding::RecordAction;
use crate::store::areas::Area;
use crate::store::unit_groups::UnitGroup;

/// A group of units (nhóm đơn vị).
#[derive(Debug, Serialize, ToSchema)]
pub struct UnitGroupView {
    pub id: Id,
    /// Stable code.
    #[schema(example = "hg-cac-huyen")]
    pub code: String,
    #[schema(example = "UBND các huyện, thị xã, thành phố")]
    pub name: String,
    /// The root area its units lie in.
    pub root: AreaRef,
    /// Other words for it, which imports know it by.
    #[schema(example = json!(["các huyện, thị xã, thành phố"]))]
    pub aliases: Vec<String>,
    /// Who belongs to it by a rule; its area by code.
    pub rule: Option<GroupRule>,
    /// Units that are listed beside those of the rule; who belongs to it on a day: `…/members`.
    pub members: Vec<UnitRef>,
    /// Units that the rule would take and that do not belong to it.
    pub excluded: Vec<UnitRef>,
    pub note: Option<String>,
    /// Since when it is void and why; `null` if it is not.
    pub voided: Option<VoidedView>,
    /// What this account may do next.
    pub allowed_actions: Vec<RecordAction>,
    pub version: i32,
    pub recorded_at: DateTime<Utc>,
}

impl UnitGroupView {
    /// A group with what it names.
    pub fn new(row: UnitGroup, root: &Area, (members, excluded): (Vec<UnitRef>, Vec<UnitRef>), allowed_actions: Vec<RecordAction>) -> Self {
        let UnitGroup { id, root_id: _, code, name, sort_key: _, aliases, rule, note, voided_at, void_reason, version, recorded_at } = row;
        Self {
            id,
            code,
            name,
            root: AreaRef::from(root),
            aliases: kept("aliases", &aliases),
            rule: rule.map(|rule| kept("rule", &rule)),
            members,
            excluded,
            note,
            voided: VoidedView::of(voided_at, void_reason),
            allowed_actions,
            version,
            recorded_at: recorded_at.and_utc(),
        }
    }
}

/// A group where it is mentioned.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct UnitGroupRef {
    pub id: Id,
    #[schema(example = "hg-cac-huyen")]
    pub code: String,
    #[schema(example = "UBND các huyện, thị xã, thành phố")]
    pub name: String,
}

impl From<&UnitGroup> for UnitGroupRef {
    fn from(group: &UnitGroup) -> Self {
        Self { id: group.id, code: group.code.clone(), name: group.name.clone() }
    }
}

/// Who belongs to a group on a day.
#[derive(Debug, Serialize, ToSchema)]
pub struct MembersView {
    /// The day.
    #[schema(example = "2025-06-30")]
    pub on: NaiveDate,
    /// The units that exist on that day, in Vietnamese order of their names.
    pub items: Vec<UnitRef>,
}
