//! Units (đơn vị): organisations that answer for work.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use validator::Validate;

use super::external_refs::{ExternalRef, ExternalRefFilter};
use super::{Reference, forms};

text_enum! {
    /// The hierarchy a unit belongs to. A district is an area in which bodies of all three stand;
    /// their superiors differ.
    pub enum System {
        /// The Party.
        Party = "party",
        /// The State.
        State = "state",
        /// The Fatherland Front and the mass organisations.
        Front = "front",
    }
}

text_enum! {
    /// What kind of body a unit is.
    pub enum UnitKind {
        /// Tỉnh ủy, Huyện ủy, Đảng ủy xã.
        PartyCommittee = "party_committee",
        /// Ban, Văn phòng, Ủy ban Kiểm tra of a Party committee; Party caucuses.
        PartyBody = "party_body",
        /// Hội đồng nhân dân.
        PeopleCouncil = "people_council",
        /// Ủy ban nhân dân.
        PeopleCommittee = "people_committee",
        /// Sở, ban, ngành.
        Department = "department",
        /// Mặt trận Tổ quốc, đoàn thể.
        MassOrg = "mass_org",
        /// Đơn vị sự nghiệp and vertical agencies.
        ServiceUnit = "service_unit",
        /// Chi bộ.
        Cell = "cell",
    }
}

/// What is said of a unit when it is created or changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct UnitDraft {
    /// Stable code, unique in the deployment; cannot be changed later.
    #[schema(example = "hg-so-y-te", min_length = 2, max_length = 80, pattern = "^[a-z0-9-]+$")]
    #[validate(custom(function = forms::code))]
    pub code: String,
    /// Electronic identification code (mã định danh, QĐ 20/2020/QĐ-TTg).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = "H30.14", max_length = 40)]
    #[validate(length(min = 1, max = 40))]
    pub agency_code: Option<String>,
    /// Name.
    #[schema(example = "Sở Y tế", min_length = 1, max_length = 200)]
    #[validate(length(min = 1, max = 200))]
    pub name: String,
    /// Hierarchy it belongs to.
    pub system: System,
    /// Kind of body.
    pub kind: UnitKind,
    /// Superior unit in its own hierarchy.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<Reference>,
    /// Area it stands in.
    pub area: Reference,
    /// First day it exists.
    #[schema(example = "2004-01-01")]
    pub valid_from: NaiveDate,
    /// Last day it exists; open if missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = "2025-06-30")]
    pub valid_to: Option<NaiveDate>,
    /// Remark, such as the source of what is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 2000)]
    #[validate(length(max = 2000))]
    pub note: Option<String>,
    /// What other systems call it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 20)]
    #[validate(length(max = 20), nested)]
    pub external_refs: Vec<ExternalRef>,
}

/// What a list of units may be asked for.
#[derive(Debug, Default, Clone, PartialEq, Eq, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct UnitQuery {
    /// Only these kinds; repeat for several.
    #[serde(default)]
    pub kind: Vec<UnitKind>,
    /// Only this hierarchy.
    pub system: Option<System>,
    /// Only units directly below this one (id or code).
    pub parent: Option<Reference>,
    /// Only units that stand in this area itself (id or code).
    pub area: Option<Reference>,
    /// Only the unit with this code.
    #[param(example = "hg-so-y-te")]
    pub code: Option<String>,
    /// Words to find in the name; diacritics do not matter.
    #[param(example = "vi thuy")]
    pub q: Option<String>,
    /// Only what existed on this day.
    pub valid_on: Option<NaiveDate>,
    /// Only what another system calls so: `system:id`.
    #[param(value_type = Option<String>, example = "edoc:DV-0042")]
    pub external_ref: Option<ExternalRefFilter>,
    /// Items of a page.
    #[param(minimum = 1, maximum = 200, default = 50)]
    pub limit: Option<i64>,
    /// The `next` of the page before.
    pub cursor: Option<String>,
}
