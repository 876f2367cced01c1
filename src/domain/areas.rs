//! Areas (địa bàn): the ground on which bodies stand.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use validator::Validate;

use super::external_refs::{ExternalRef, ExternalRefFilter};
use super::{Reference, forms};

text_enum! {
    /// Level of an area. Levels are free: a province may have districts, or communes directly
    /// (as everywhere since 1 July 2025, NQ 202/2025/QH15).
    pub enum AreaLevel {
        /// Tỉnh, thành phố trực thuộc trung ương.
        Province = "province",
        /// Huyện, thị xã, thành phố thuộc tỉnh.
        District = "district",
        /// Xã, phường, thị trấn.
        Commune = "commune",
    }
}

/// What is said of an area when it is created or changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct AreaDraft {
    /// Stable code, unique in the deployment; cannot be changed later.
    #[schema(example = "hg-huyen-vi-thuy", min_length = 2, max_length = 80, pattern = "^[a-z0-9-]+$")]
    #[validate(custom(function = forms::code))]
    pub code: String,
    /// Name.
    #[schema(example = "Huyện Vị Thủy", min_length = 1, max_length = 200)]
    #[validate(length(min = 1, max = 200))]
    pub name: String,
    /// Level.
    pub level: AreaLevel,
    /// The area it lies in; none for a province.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<Reference>,
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

/// What a list of areas may be asked for.
#[derive(Debug, Default, Clone, PartialEq, Eq, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct AreaQuery {
    /// Only this level.
    pub level: Option<AreaLevel>,
    /// Only what lies directly in this area (id or code).
    pub parent: Option<Reference>,
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

/// Path of an area or unit in its tree: `/hg/hg-huyen-vi-thuy/`, made of codes, so that a subtree is a prefix.
pub fn path(parent: Option<&str>, code: &str) -> String {
    format!("{}{code}/", parent.unwrap_or("/"))
}

/// Code of the root of a path: `/hg/hg-huyen-vi-thuy/` stands in `hg`.
pub fn root_of(path: &str) -> &str {
    path.trim_start_matches('/').split('/').next().unwrap_or_default()
}

/// Whether a path is that of a root area (`/hg/`), or of all of them (`/`).
pub fn is_root(path: &str) -> bool {
    path.matches('/').count() <= 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subtree_is_a_prefix() {
        let province = path(None, "hg");
        let district = path(Some(&province), "hg-huyen-long-my");
        assert_eq!(district, "/hg/hg-huyen-long-my/");
        assert!(district.starts_with(&province));
        assert!(!path(Some(&province), "hg-huyen-long-my-2").starts_with(&district));
        assert_eq!(root_of(&district), "hg");
    }
}
