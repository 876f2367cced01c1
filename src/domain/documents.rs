//! What resolutions and programmes share: numbers, dates as written, relations to one another.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize, Serializer};
use utoipa::ToSchema;
use utoipa::openapi::schema::{KnownFormat, ObjectBuilder, OneOfBuilder, SchemaFormat, SchemaType, Type};
use utoipa::openapi::{Ref, RefOr, Schema};
use validator::ValidationError;

use super::document_numbers::{self, NumberScheme};
use super::partial_date::{DatePrecision, PartialDate};
use super::resolutions::{Relation, implemented_by};
use super::{Id, text};

/// Most relations one document may state.
pub const MOST_RELATIONS: u64 = 50;

/// What a document says of another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"relation": "implements", "resolution": "01780c2e-7a00-7b6e-8f0a-3b2f5f7d1c55"}))]
pub struct RelationDraft {
    /// What it is to the other.
    pub relation: Relation,
    /// The other, if it is a resolution; exactly one of both is given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resolution: Option<Id>,
    /// The other, if it is a programme.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub programme: Option<Id>,
}

impl RelationDraft {
    /// The other document; none unless exactly one is named.
    pub fn target(&self) -> Option<DocumentId> {
        match (self.resolution, self.programme) {
            (Some(id), None) => Some(DocumentId::Resolution(id)),
            (None, Some(id)) => Some(DocumentId::Programme(id)),
            _ => None,
        }
    }
}

/// Points at a document. Both kinds share one space of ids.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DocumentId {
    /// A resolution.
    Resolution(Id),
    /// A programme.
    Programme(Id),
}

impl DocumentId {
    /// The id, whatever it is the id of.
    pub fn id(self) -> Id {
        match self {
            Self::Resolution(id) | Self::Programme(id) => id,
        }
    }
}

/// Whether a document that implements `target` would come to implement itself; `said` maps a document
/// to those it implements, or amends, or replaces.
pub fn makes_circle(document: Id, target: Id, said: &HashMap<Id, Vec<Id>>) -> bool {
    implemented_by(target, said).contains(&document)
}

/// Every document that implements `target`, directly or through others; not itself.
pub fn implementing(target: Id, implements: &HashMap<Id, Vec<Id>>) -> HashSet<Id> {
    let mut reversed: HashMap<Id, Vec<Id>> = HashMap::new();
    for (document, implemented) in implements {
        for other in implemented {
            reversed.entry(*other).or_default().push(*document);
        }
    }
    let mut found = implemented_by(target, &reversed);
    found.remove(&target);
    found
}

/// A number as it is kept: as printed, without the stray spaces that typing leaves around `-` and
/// `/`: `04 - NQ/TU` is `04-NQ/TU`.
pub fn printed_number(number: &str) -> String {
    let mut kept = number.split_whitespace().collect::<Vec<_>>().join(" ");
    for mark in ['-', '–', '/'] {
        kept = kept.split(mark).map(str::trim).collect::<Vec<_>>().join(mark.encode_utf8(&mut [0; 4]));
    }
    kept
}

/// What two spellings of one number share: spaces, case, diacritics, the length of the dash and
/// leading zeros do not matter, and marks may be missing (`4 NQ TU`). None while the running number
/// is not filled in: such documents are not told apart by it.
pub fn number_key(number: &str) -> Option<String> {
    match document_numbers::parse(number) {
        Some(read) => read.key(),
        None => {
            Some(text::fold(&printed_number(number).replace('–', "-")).trim_start_matches('0').to_owned()).filter(|key| !key.is_empty())
        }
    }
}

/// The search key of a document: its number, if it has one, and its title.
pub fn search_key(number: Option<&str>, title: &str) -> String {
    let title = text::fold(title);
    number.map_or_else(|| title.clone(), |number| format!("{} | {title}", text::fold(&printed_number(number).replace('–', "-"))))
}

/// What tells documents with equal numbers apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NumberedAs<'a> {
    /// The issuing unit.
    pub issuer: Option<Id>,
    /// Or the issuer in words.
    pub issuer_text: Option<&'a str>,
    /// The term the document belongs to.
    pub term: Option<Id>,
    /// The year it was issued in.
    pub year: Option<i32>,
}

impl NumberedAs<'_> {
    /// Whether a document of the same kind and number would be one too many.
    ///
    /// Party documents (`04-NQ/TU`) are numbered through the term, State documents (`193/QĐ-UBND`)
    /// anew each year; where that is unknown, the other of both decides.
    pub fn clashes(&self, other: &Self, number: &str) -> bool {
        let (terms, years) = (same(self.term, other.term), same(self.year, other.year));
        let series = if numbered_through_term(number) { terms.or(years) } else { years.or(terms) };
        let unknown = [self.term, other.term].iter().all(Option::is_none) && [self.year, other.year].iter().all(Option::is_none);
        self.issuer() == other.issuer() && series.unwrap_or(unknown)
    }

    fn issuer(&self) -> Result<Id, String> {
        self.issuer.ok_or_else(|| text::fold(self.issuer_text.unwrap_or_default()))
    }
}

/// `N-TYPE/UNIT` is the Party's way of numbering, `N/TYPE-UNIT` the State's.
fn numbered_through_term(number: &str) -> bool {
    if let Some(read) = document_numbers::parse(number) {
        return read.scheme == NumberScheme::Party;
    }
    number.chars().find(|c| matches!(c, '-' | '–' | '/')).is_some_and(|mark| mark != '/')
}

fn same<T: PartialEq>(one: Option<T>, other: Option<T>) -> Option<bool> {
    Some(one? == other?)
}

/// A written date from the three columns it is kept in; none without words.
pub fn written(text: Option<&str>, date: Option<NaiveDate>, precision: Option<DatePrecision>) -> Option<PartialDate> {
    let precision = precision.unwrap_or(DatePrecision::None);
    text.map(|text| PartialDate { text: text.to_owned(), date, precision })
}

/// A written date has 1 to 200 characters.
///
/// # Errors
/// `length`.
pub fn written_date(date: &PartialDate) -> Result<(), ValidationError> {
    if (1..=200).contains(&date.text.chars().count()) {
        return Ok(());
    }
    let mut error = ValidationError::new("length");
    error.add_param(Cow::Borrowed("min"), &1);
    error.add_param(Cow::Borrowed("max"), &200);
    Err(error)
}

/// Writes a date of a draft as its words alone: they decide, and a merge patch that brings other
/// words must not meet the reading of the old ones.
///
/// # Errors
/// The serializer's.
pub fn words_of<S: Serializer>(date: &Option<PartialDate>, serializer: S) -> Result<S::Ok, S::Error> {
    date.as_ref().map(|date| &date.text).serialize(serializer)
}

/// The schema of a date in a draft: words, or the object that answers show.
pub fn written_date_schema() -> impl Into<RefOr<Schema>> {
    let words = || ObjectBuilder::new().schema_type(Type::String).min_length(Some(1)).max_length(Some(200)).examples(["tháng 8/2021"]);
    let nothing_or_day = SchemaType::Array(vec![Type::String, Type::Null]);
    let day = ObjectBuilder::new().schema_type(nothing_or_day).format(Some(SchemaFormat::KnownFormat(KnownFormat::Date)));
    // The words decide; what is read from them may be sent along.
    let object = ObjectBuilder::new().property("text", words()).required("text").property("date", day);
    let object = object.property("precision", Ref::from_schema_name("DatePrecision")).schema_type(Type::Object);
    OneOfBuilder::new()
        .item(words())
        .item(object)
        .item(ObjectBuilder::new().schema_type(Type::Null))
        .description(Some("The date as the document writes it: a day, a month, a quarter, a year, or words without a date."))
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::DateTime;

    fn id(second: i64) -> Id {
        Id::new(DateTime::from_timestamp(1_600_000_000 + second, 0).unwrap())
    }

    #[test]
    fn numbers_are_kept_as_printed_without_stray_spaces() {
        assert_eq!(printed_number("  04 - NQ / TU "), "04-NQ/TU");
        assert_eq!(printed_number("21/2020/NQ - HĐND"), "21/2020/NQ-HĐND");
        assert_eq!(printed_number("số  7 – KL/TU"), "số 7–KL/TU");
        for same in ["04-NQ/TU", "04 -nq/tu", "04–NQ/TU", "4 NQ TU", "Số: 4-NQ/TU"] {
            assert_eq!(number_key(same).as_deref(), Some("4-nq/tu"));
        }
        assert_eq!(number_key("Văn bản 12").as_deref(), Some("van ban 12"));
        assert_eq!(number_key("/KH-UBND"), None);
    }

    #[test]
    fn the_search_key_holds_number_and_title() {
        assert_eq!(search_key(Some("50 - CTr/TU"), "Chương trình thực hiện"), "50-ctr/tu | chuong trinh thuc hien");
        assert_eq!(search_key(None, "Nghị quyết"), "nghi quyet");
    }

    #[test]
    fn party_numbers_run_through_the_term_and_state_numbers_through_the_year() {
        let of = |term: i64, year| NumberedAs { issuer: Some(id(90)), issuer_text: None, term: Some(id(term)), year: Some(year) };
        let ids = [id(1), id(2)];
        let of = |term: usize, year| NumberedAs { term: Some(ids[term]), issuer: Some(ids[0]), ..of(1, year) };
        assert!(of(0, 2021).clashes(&of(0, 2022), "04-NQ/TU"));
        assert!(!of(0, 2021).clashes(&of(1, 2021), "04-NQ/TU"));
        assert!(!of(0, 2021).clashes(&of(0, 2022), "193/QĐ-UBND"));
        assert!(of(0, 2021).clashes(&of(1, 2021), "193/QĐ-UBND"));
        let other = NumberedAs { issuer: Some(ids[1]), ..of(0, 2021) };
        assert!(!of(0, 2021).clashes(&other, "04-NQ/TU"));
    }

    #[test]
    fn what_is_not_known_is_judged_by_what_is() {
        let words = |year| NumberedAs { issuer: None, issuer_text: Some("Tỉnh ủy Hậu Giang"), term: None, year };
        let spelled = NumberedAs { issuer_text: Some("TỈNH UỶ  Hậu Giang"), ..words(Some(2021)) };
        assert!(words(Some(2021)).clashes(&spelled, "04-NQ/TU"));
        assert!(!words(Some(2022)).clashes(&spelled, "04-NQ/TU"));
        assert!(!words(None).clashes(&spelled, "04-NQ/TU"));
        assert!(words(None).clashes(&words(None), "04-NQ/TU"));
    }

    #[test]
    fn circles_and_what_stands_below() {
        let [congress, thematic, programme] = [id(1), id(2), id(3)];
        let graph = HashMap::from([(programme, vec![thematic]), (thematic, vec![congress])]);
        assert!(makes_circle(congress, programme, &graph));
        assert!(makes_circle(congress, congress, &graph));
        assert!(!makes_circle(programme, congress, &graph));
        assert_eq!(implementing(congress, &graph), HashSet::from([thematic, programme]));
        assert!(implementing(programme, &graph).is_empty());
    }
}
