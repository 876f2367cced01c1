//! Proposals (kiến nghị, đề xuất): in a report a unit asks an authority for something, which answers or declines.

use std::fmt;

use serde::de::value::MapAccessDeserializer;
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use utoipa::openapi::schema::{AdditionalProperties, ArrayBuilder, ObjectBuilder, OneOfBuilder, Schema, SchemaType, Type};
use utoipa::{IntoParams, ToSchema};
use validator::Validate;

use super::{Id, Reference};

/// Most proposals of one report.
const MOST: usize = 20;
/// Longest text of one, in characters.
const LONGEST: usize = 2000;

text_enum! {
    /// Where a proposal stands.
    pub enum ProposalState {
        /// Chờ trả lời.
        Open = "open",
        /// Đã trả lời.
        Answered = "answered",
        /// Không chấp nhận.
        Declined = "declined",
        /// Đã rút.
        Withdrawn = "withdrawn",
    }
}

text_enum! {
    /// What may be done with a proposal next.
    pub enum ProposalAction {
        /// Answer it, or decline.
        Answer = "answer",
        /// Take it back.
        Withdraw = "withdraw",
    }
}

text_enum! {
    /// How a proposal is answered.
    pub enum ProposalOutcome {
        /// It is answered.
        Answered = "answered",
        /// It is declined.
        Declined = "declined",
    }
}

impl From<ProposalOutcome> for ProposalState {
    fn from(outcome: ProposalOutcome) -> Self {
        match outcome {
            ProposalOutcome::Answered => Self::Answered,
            ProposalOutcome::Declined => Self::Declined,
        }
    }
}

/// What a report proposes: the words alone, or with whom they are for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Validate)]
pub struct ProposalDraft {
    /// What is proposed.
    #[validate(length(min = 1, max = 2000))]
    pub text: String,
    /// The authority that is asked; without it the monitoring unit of the task, else the superior of the unit that asks.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to_unit: Option<Reference>,
}

impl From<String> for ProposalDraft {
    fn from(text: String) -> Self {
        Self { text, to_unit: None }
    }
}

impl<'de> Deserialize<'de> for ProposalDraft {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TextOrObject)
    }
}

/// A proposal as it is written out.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    text: String,
    #[serde(default)]
    to_unit: Option<Reference>,
}

struct TextOrObject;

impl<'de> Visitor<'de> for TextOrObject {
    type Value = ProposalDraft;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a text, or an object with text and to_unit")
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<ProposalDraft, E> {
        Ok(ProposalDraft::from(text.to_owned()))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<ProposalDraft, A::Error> {
        let Written { text, to_unit } = Written::deserialize(MapAccessDeserializer::new(map))?;
        Ok(ProposalDraft { text, to_unit })
    }
}

/// The schema of the proposals of a report.
pub fn proposals_schema() -> Schema {
    let words = || ObjectBuilder::new().schema_type(Type::String).min_length(Some(1)).max_length(Some(LONGEST));
    let unit = ObjectBuilder::new()
        .schema_type(SchemaType::Array(vec![Type::String, Type::Null]))
        .min_length(Some(1))
        .max_length(Some(100))
        .description(Some("Id or code of the authority that is asked."))
        .examples(["hg-so-tai-chinh"]);
    let object = ObjectBuilder::new()
        .schema_type(Type::Object)
        .property("text", words())
        .required("text")
        .property("to_unit", unit)
        .additional_properties(Some(AdditionalProperties::FreeForm(false)));
    let one = OneOfBuilder::new().item(words().examples(["Sở Tài chính hướng dẫn nguồn kinh phí."])).item(object);
    ArrayBuilder::new()
        .items(one)
        .max_items(Some(MOST))
        .description(Some("Proposals to superiors: words, which go to the monitoring unit of the task or else to the superior, or words with the authority they are for."))
        .into()
}

/// What the authority answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"outcome": "answered", "answer": "Sở Tài chính đã hướng dẫn tại văn bản ngày 10/10/2023."}))]
pub struct ProposalAnswerDraft {
    /// Answered or declined.
    pub outcome: ProposalOutcome,
    /// The answer, in words.
    #[schema(min_length = 1, max_length = 5000)]
    #[validate(length(min = 1, max = 5000))]
    pub answer: String,
    /// The post that answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from_post: Option<Id>,
}

/// Which proposals a list asks for.
#[derive(Debug, Default, Clone, PartialEq, Eq, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ProposalQuery {
    /// Only those that stand so.
    pub state: Option<ProposalState>,
    /// Only those of this unit (id or code).
    pub unit: Option<Reference>,
    /// Only those to this authority (id or code).
    pub to_unit: Option<Reference>,
    /// Items of a page.
    #[param(minimum = 1, maximum = 200, default = 50)]
    pub limit: Option<i64>,
    /// The `next` of the page before.
    pub cursor: Option<String>,
}

#[cfg(test)]
mod tests {
    use serde_json::{from_value, json};

    use super::*;

    #[test]
    fn it_is_read_from_words_or_from_an_object() {
        let read = |value| from_value::<ProposalDraft>(value);
        assert_eq!(read(json!("Bố trí vốn")).unwrap(), ProposalDraft::from("Bố trí vốn".to_owned()));
        let to_unit = Some(Reference::Code("hg-so-tai-chinh".into()));
        let object = json!({"text": "Bố trí vốn", "to_unit": "hg-so-tai-chinh"});
        assert_eq!(read(object.clone()).unwrap(), ProposalDraft { text: "Bố trí vốn".into(), to_unit });
        assert_eq!(serde_json::to_value(read(object.clone()).unwrap()).unwrap(), object);
        for wrong in [json!(1), json!(null), json!([]), json!({}), json!({"text": "x", "state": "open"}), json!({"text": 1})] {
            assert!(read(wrong.clone()).is_err(), "{wrong}");
        }
        assert!(ProposalDraft::from(String::new()).validate().is_err() && ProposalDraft::from("x".repeat(2001)).validate().is_err());
    }
}
