//! What a resolution still lacks: who owes documents for it, and which.
//!
//! Every Party committee and authority owes a programme for the term and one for each year
//! (seeds: "cho cả nhiệm kỳ và từng năm"), and Party committees a plan for each theme.

use std::collections::HashMap;
use std::ops::RangeInclusive;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use validator::Validate;

use super::Id;
use super::areas::AreaLevel;
use super::lag::Firsts;
use super::partial_date::DatePrecision;
use super::resolutions::{ResolutionKind, ResolutionLevel};
use super::units::UnitKind;

/// Who owes documents to carry a resolution out.
#[derive(Debug, Default, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"kinds": ["party_committee", "people_committee"], "levels": ["province", "district", "commune"], "term": true, "yearly": true, "theme_kinds": ["party_committee"]}))]
pub struct OwedBy {
    /// Kinds of units that owe a programme.
    #[serde(default)]
    #[schema(max_items = 20)]
    #[validate(length(max = 20))]
    pub kinds: Vec<UnitKind>,
    /// Levels of the areas these units stand in; all if empty.
    #[serde(default)]
    #[schema(max_items = 20)]
    #[validate(length(max = 20))]
    pub levels: Vec<AreaLevel>,
    /// Whether they owe one for the whole term.
    #[serde(default = "yes")]
    #[schema(default = true)]
    pub term: bool,
    /// Whether they owe one for each year.
    #[serde(default = "yes")]
    #[schema(default = true)]
    pub yearly: bool,
    /// Kinds of units that owe a plan for each theme (chuyên đề) of the term.
    #[serde(default)]
    #[schema(max_items = 20)]
    #[validate(length(max = 20))]
    pub theme_kinds: Vec<UnitKind>,
}

fn yes() -> bool {
    true
}

impl OwedBy {
    /// What is usual where nothing was said: the resolution of a province's congress is owed by all
    /// Party committees and People's Committees, others by nobody.
    pub fn of(kind: ResolutionKind, level: ResolutionLevel) -> Option<Self> {
        let usual = kind == ResolutionKind::Congress && level == ResolutionLevel::Province;
        usual.then(|| Self {
            kinds: vec![UnitKind::PartyCommittee, UnitKind::PeopleCommittee],
            levels: Vec::new(),
            term: true,
            yearly: true,
            theme_kinds: vec![UnitKind::PartyCommittee],
        })
    }

    /// Whether a unit of this kind, in an area of this level, owes programmes.
    pub fn owes(&self, kind: UnitKind, level: AreaLevel) -> bool {
        self.kinds.contains(&kind) && self.reaches(level)
    }

    /// Whether it owes a plan for each theme.
    pub fn owes_themes(&self, kind: UnitKind, level: AreaLevel) -> bool {
        self.theme_kinds.contains(&kind) && self.reaches(level)
    }

    fn reaches(&self, level: AreaLevel) -> bool {
        self.levels.is_empty() || self.levels.contains(&level)
    }
}

/// The years of which each has its programme, up to `as_of`: from the year of adoption, or the next
/// one if it was adopted in the second half of its year, to the end of the term. Empty for none.
pub fn owed_years(adopted_on: NaiveDate, term_ends_on: Option<NaiveDate>, as_of: NaiveDate) -> RangeInclusive<i32> {
    let first = adopted_on.year() + i32::from(adopted_on.month() > 6);
    let last = term_ends_on.map_or(as_of.year(), |end| end.year().min(as_of.year()));
    first..=last
}

text_enum! {
    /// What is owed.
    pub enum OwedKind {
        /// A programme for the whole term.
        Term = "term",
        /// A programme for one year.
        Year = "year",
        /// A plan for a theme.
        Theme = "theme",
    }
}

/// What the coverage of a resolution may be asked for.
#[derive(Debug, Default, Clone, PartialEq, Eq, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct CoverageQuery {
    /// As the system knew it at the end of this day in Vietnam; today if missing. Not after today.
    #[param(example = "2021-12-31")]
    pub as_of: Option<NaiveDate>,
    /// Units of a page.
    #[param(minimum = 1, maximum = 200, default = 50)]
    pub limit: Option<i64>,
    /// The `next` of the page before.
    pub cursor: Option<String>,
}

/// Something with the number of tasks that carry it out.
#[derive(Debug, Clone)]
pub struct Covered<T> {
    /// The clause or part.
    pub of: T,
    /// Its tasks.
    pub tasks: usize,
}

/// What a unit has not issued.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Missing {
    /// What is owed.
    pub what: OwedKind,
    /// The year, of a yearly programme.
    pub year: Option<i32>,
    /// The theme, of a plan for one.
    pub theme: Option<Id>,
}

/// A unit that has not issued all it owes.
#[derive(Debug, Clone)]
pub struct Debtor<U> {
    /// The unit.
    pub unit: U,
    /// How many documents it owes.
    pub owed: usize,
    /// Those it has not issued.
    pub missing: Vec<Missing>,
}

/// Documents that are owed.
#[derive(Debug, Default)]
pub struct Debts {
    /// Units that owe any.
    pub units: usize,
    /// Those that have issued all.
    pub complete: usize,
    /// Documents owed.
    pub owed: usize,
    /// Those issued.
    pub issued: usize,
    /// Titles of the themes that plans are owed for.
    pub themes: HashMap<Id, String>,
}

/// What a resolution lacks.
#[derive(Debug)]
pub struct Coverage<C, P, U> {
    /// The resolution.
    pub resolution: Id,
    /// The day of its adoption, if it is known.
    pub adopted_on: Option<NaiveDate>,
    /// How much of that day the document names.
    pub precision: Option<DatePrecision>,
    /// The day whose end this speaks of.
    pub as_of: NaiveDate,
    /// The last event of the journal that was counted.
    pub position: i64,
    /// Every clause that stands.
    pub clauses: Vec<Covered<C>>,
    /// Every breakthrough, pillar, objective and task group.
    pub parts: Vec<Covered<P>>,
    /// Counted tasks that carry it out.
    pub tasks: usize,
    /// Those that cite none of its clauses.
    pub without_clause: usize,
    /// What is owed, of the whole root.
    pub debts: Debts,
    /// Units that owe something still, as far as the reader sees them.
    pub debtors: Vec<Debtor<U>>,
    /// Where the next page of them begins.
    pub next: Option<String>,
    /// What came first.
    pub firsts: Firsts,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::text_enum::assert_names;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn names_agree() {
        assert_names(OwedKind::ALL, OwedKind::as_str);
    }

    #[test]
    fn a_term_owes_its_years() {
        let years = |adopted, end: Option<&str>, as_of| owed_years(day(adopted), end.map(day), day(as_of)).collect::<Vec<_>>();
        assert_eq!(years("2020-10-14", Some("2025-10-13"), "2023-10-02"), [2021, 2022, 2023]);
        assert_eq!(years("2020-10-14", Some("2025-10-13"), "2027-01-01"), [2021, 2022, 2023, 2024, 2025]);
        assert_eq!(years("2020-10-14", None, "2020-12-31"), Vec::<i32>::new());
        assert_eq!(years("2021-03-01", None, "2021-12-31"), [2021]);
    }

    #[test]
    fn usually_committees_and_authorities_owe_for_a_congress() {
        let usual = OwedBy::of(ResolutionKind::Congress, ResolutionLevel::Province).unwrap();
        assert!(usual.owes(UnitKind::PeopleCommittee, AreaLevel::Commune) && !usual.owes(UnitKind::Department, AreaLevel::Province));
        assert!(usual.owes_themes(UnitKind::PartyCommittee, AreaLevel::District));
        assert!(!usual.owes_themes(UnitKind::PeopleCommittee, AreaLevel::District));
        assert_eq!(OwedBy::of(ResolutionKind::Congress, ResolutionLevel::Central), None);
        let districts = OwedBy { levels: vec![AreaLevel::District], ..usual };
        assert!(!districts.owes(UnitKind::PartyCommittee, AreaLevel::Commune));
    }
}
