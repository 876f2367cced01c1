//! Groups of units (nhóm đơn vị): "all districts", "all departments", to which work is given at once.
//!
//! Who belongs to a group is never kept for a day: a rule and a list say it, and the validity of the
//! units does the rest, so that a dissolved unit is no member after its end and a new one is from its
//! first day.

use std::collections::HashSet;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::openapi::schema::{ArrayBuilder, Type};
use utoipa::openapi::{ObjectBuilder, RefOr, Schema};
use utoipa::{IntoParams, ToSchema};
use validator::{Validate, ValidationError};

use super::areas::AreaLevel;
use super::text::fold;
use super::units::{System, UnitKind};
use super::{Id, Reference, forms};

/// Most letters of a name, and of another name.
const LONGEST_NAME: usize = 200;

/// Which units belong to a group, whoever they are: each condition that is given must hold.
#[derive(Debug, Default, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"kinds": ["people_committee"], "levels": ["district"]}))]
pub struct GroupRule {
    /// Of these kinds; at least one.
    #[schema(min_items = 1, max_items = 20)]
    #[validate(length(max = 20), custom(function = forms::some))]
    pub kinds: Vec<UnitKind>,
    /// Standing in areas of these levels; of all, if empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 20)]
    #[validate(length(max = 20))]
    pub levels: Vec<AreaLevel>,
    /// Standing in this area or below it (id or code).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub area: Option<Reference>,
    /// Of this hierarchy.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub system: Option<System>,
}

/// What is said of a group of units when it is created or changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "code": "hg-cac-huyen", "name": "UBND các huyện, thị xã, thành phố", "root": "hg",
    "aliases": ["các huyện, thị xã, thành phố"], "rule": {"kinds": ["people_committee"], "levels": ["district"]}
}))]
pub struct UnitGroupDraft {
    /// Stable code, unique in the deployment; cannot be changed later.
    #[schema(example = "hg-cac-huyen", min_length = 2, max_length = 80, pattern = "^[a-z0-9-]+$")]
    #[validate(custom(function = forms::code))]
    pub code: String,
    /// Name, as documents write it; no other group of the province has it.
    #[schema(example = "UBND các huyện, thị xã, thành phố", min_length = 1, max_length = 200)]
    #[validate(length(min = 1, max = 200))]
    pub name: String,
    /// The root area its units lie in; cannot be changed later.
    pub root: Reference,
    /// Other words for it, which imports know it by; no other group of the province has them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(schema_with = aliases_schema)]
    #[validate(length(max = 20), custom(function = aliases))]
    pub aliases: Vec<String>,
    /// Who belongs to it by a rule. A group has a rule, or units that are listed, or both.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[validate(nested)]
    pub rule: Option<GroupRule>,
    /// Units that belong to it beside those of the rule.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 1000)]
    #[validate(length(max = 1000))]
    pub members: Vec<Reference>,
    /// Units that do not belong to it though the rule takes them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 1000)]
    #[validate(length(max = 1000))]
    pub excluded: Vec<Reference>,
    /// Remark, such as the source of what is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 2000)]
    #[validate(length(max = 2000))]
    pub note: Option<String>,
}

fn aliases_schema() -> impl Into<RefOr<Schema>> {
    let words = ObjectBuilder::new().schema_type(Type::String).min_length(Some(1)).max_length(Some(LONGEST_NAME));
    ArrayBuilder::new()
        .items(words.examples(["các huyện, thị xã, thành phố"]))
        .max_items(Some(20))
        .description(Some("Other words for it, which imports know it by; no other group of the province has them."))
}

fn aliases(list: &[String]) -> Result<(), ValidationError> {
    let fits = |words: &String| (1..=LONGEST_NAME).contains(&words.chars().count());
    if list.iter().all(fits) { Ok(()) } else { Err(ValidationError::new("format")) }
}

/// What a list of groups may be asked for.
#[derive(Debug, Default, Clone, PartialEq, Eq, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct UnitGroupQuery {
    /// Only groups of this root area (id or code).
    pub root: Option<Reference>,
    /// Also those that were voided.
    #[serde(default)]
    pub voided: bool,
    /// Items of a page.
    #[param(minimum = 1, maximum = 200, default = 50)]
    pub limit: Option<i64>,
    /// The `next` of the page before.
    pub cursor: Option<String>,
}

/// The day a question about members speaks of.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct MembersQuery {
    /// The day; today if missing. It may lie in the past or in the future.
    #[param(example = "2025-06-30")]
    pub on: Option<NaiveDate>,
}

/// A unit as far as belonging to a group is asked.
#[derive(Debug, Clone, Copy)]
pub struct Candidate<'a> {
    /// Its id.
    pub id: Id,
    /// Its kind.
    pub kind: UnitKind,
    /// Its hierarchy.
    pub system: System,
    /// The level of the area it stands in.
    pub level: AreaLevel,
    /// The path of that area.
    pub area_path: &'a str,
}

/// Who belongs to a group, with everything it names found.
#[derive(Debug, Clone, Default)]
pub struct Membership {
    /// The rule, if there is one.
    pub rule: Option<GroupRule>,
    /// The path of the area the rule names.
    pub area_path: Option<String>,
    /// Units that are listed.
    pub listed: HashSet<Id>,
    /// Units that the rule does not take.
    pub excluded: HashSet<Id>,
}

impl Membership {
    /// Whether a unit belongs to the group, as long as it exists.
    pub fn takes(&self, unit: &Candidate<'_>) -> bool {
        self.listed.contains(&unit.id)
            || (!self.excluded.contains(&unit.id) && self.rule.as_ref().is_some_and(|rule| self.fits(rule, unit)))
    }

    fn fits(&self, rule: &GroupRule, unit: &Candidate<'_>) -> bool {
        rule.kinds.contains(&unit.kind)
            && (rule.levels.is_empty() || rule.levels.contains(&unit.level))
            && rule.system.is_none_or(|system| system == unit.system)
            && self.area_path.as_ref().is_none_or(|path| unit.area_path.starts_with(path.as_str()))
    }
}

/// Names as they are compared: case, diacritics and space count for nothing.
pub fn same_name(a: &str, b: &str) -> bool {
    fold(a) == fold(b)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(kinds: &[UnitKind], levels: &[AreaLevel]) -> GroupRule {
        GroupRule { kinds: kinds.to_vec(), levels: levels.to_vec(), area: None, system: None }
    }

    fn unit(id: Id, kind: UnitKind, level: AreaLevel, area_path: &str) -> Candidate<'_> {
        Candidate { id, kind, system: System::State, level, area_path }
    }

    #[test]
    fn each_condition_of_a_rule_must_hold() {
        let district = unit(Id::NIL, UnitKind::PeopleCommittee, AreaLevel::District, "/hg/hg-huyen-vi-thuy/");
        let of = |rule: GroupRule, area: Option<&str>| Membership {
            rule: Some(rule),
            area_path: area.map(ToOwned::to_owned),
            ..Membership::default()
        };
        let wanted = rule(&[UnitKind::PeopleCommittee], &[AreaLevel::District]);
        assert!(of(wanted.clone(), None).takes(&district));
        assert!(of(wanted.clone(), Some("/hg/")).takes(&district));
        assert!(!of(wanted.clone(), Some("/hg/hg-huyen-chau-thanh-a/")).takes(&district));
        assert!(!of(GroupRule { system: Some(System::Party), ..wanted }, None).takes(&district));
        assert!(!of(rule(&[UnitKind::Department], &[]), None).takes(&district));
        assert!(!of(rule(&[UnitKind::PeopleCommittee], &[AreaLevel::Commune]), None).takes(&district));
        assert!(!Membership::default().takes(&district));
    }

    #[test]
    fn what_is_listed_stands_above_the_rule() {
        let department = unit(Id::NIL, UnitKind::Department, AreaLevel::Province, "/hg/");
        let all = Some(rule(&[UnitKind::Department], &[]));
        let one = HashSet::from([Id::NIL]);
        assert!(!Membership { rule: all, excluded: one.clone(), ..Membership::default() }.takes(&department));
        assert!(Membership { listed: one, ..Membership::default() }.takes(&department));
    }

    #[test]
    fn an_alias_has_some_words() {
        assert!(aliases(&["các huyện".into()]).is_ok() && aliases(&[]).is_ok());
        assert!(aliases(&[String::new()]).is_err() && aliases(&["x".repeat(201)]).is_err());
        assert!(same_name("Các  huyện, Thị xã", "cac huyen, thi xa"));
    }
}
