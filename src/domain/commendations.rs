//! Commendations (khen thưởng): who honours how many collectives and individuals for what.

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use validator::Validate;

use super::documents;
use super::partial_date::PartialDate;
use super::{Id, Reference};

text_enum! {
    /// Level of the body that awards.
    pub enum CommendationLevel {
        /// Trung ương.
        Central = "central",
        /// Tỉnh.
        Province = "province",
        /// Huyện.
        District = "district",
        /// Xã, cơ sở.
        Commune = "commune",
    }
}

text_enum! {
    /// What is awarded.
    pub enum CommendationForm {
        /// Bằng khen.
        CertificateOfMerit = "certificate_of_merit",
        /// Giấy khen.
        LetterOfPraise = "letter_of_praise",
        /// Huân chương, huy chương.
        Medal = "medal",
        /// Danh hiệu thi đua.
        Title = "title",
        /// Hình thức khác.
        Other = "other",
    }
}

text_enum! {
    /// Who is honoured.
    pub enum RecipientKind {
        /// Tập thể.
        Collective = "collective",
        /// Cá nhân.
        Individual = "individual",
    }
}

/// A recipient: a unit, or words such as a post. Never the name of a private person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct RecipientDraft {
    /// A collective or an individual.
    pub kind: RecipientKind,
    /// The unit, or that of the individual; this or `words` or both.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<Reference>,
    /// A post, or a collective that is none of the units.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = "Bí thư Huyện ủy", min_length = 1, max_length = 300)]
    #[validate(length(min = 1, max = 300))]
    pub words: Option<String>,
}

/// What is said of a commendation when it is created or changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct CommendationDraft {
    /// The resolution it is for carrying out; either this or `programme`. Cannot be changed later.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resolution: Option<Id>,
    /// The programme it is for carrying out. Cannot be changed later.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub programme: Option<Id>,
    /// Level of the body that awards.
    pub level: CommendationLevel,
    /// What is awarded.
    pub form: CommendationForm,
    /// The unit that awards.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub awarding_unit: Option<Reference>,
    /// Who awards in words, where it is none of the units or has a name of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = "Ban Tuyên giáo Trung ương", min_length = 1, max_length = 300)]
    #[validate(length(min = 1, max = 300))]
    pub awarding_text: Option<String>,
    /// How many collectives.
    #[schema(example = 12, minimum = 0, maximum = 1_000_000)]
    #[validate(range(min = 0, max = 1_000_000))]
    pub collectives: i32,
    /// How many individuals.
    #[schema(example = 13, minimum = 0, maximum = 1_000_000)]
    #[validate(range(min = 0, max = 1_000_000))]
    pub individuals: i32,
    /// When, as it is written.
    #[serde(default, skip_serializing_if = "Option::is_none", serialize_with = "documents::words_of")]
    #[schema(schema_with = documents::written_date_schema)]
    #[validate(custom(function = documents::written_date))]
    pub awarded_on: Option<PartialDate>,
    /// What for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = "Thành tích thực hiện Chuyên đề năm 2022-2023", min_length = 1, max_length = 2000)]
    #[validate(length(min = 1, max = 2000))]
    pub reason: Option<String>,
    /// Those that are known one by one, no more than the counts say; a change replaces the whole list.
    #[serde(default)]
    #[schema(max_items = 500)]
    #[validate(length(max = 500), nested)]
    pub recipients: Vec<RecipientDraft>,
    /// Where what is said here comes from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 2000)]
    #[validate(length(max = 2000))]
    pub source: Option<String>,
}

impl CommendationDraft {
    /// The count that is smaller than the list of recipients, if one is: its field, and how many are listed.
    pub fn miscounted(&self) -> Option<(&'static str, i32)> {
        let listed = |kind| i32::try_from(self.recipients.iter().filter(|r| r.kind == kind).count()).unwrap_or(i32::MAX);
        let counts = [
            ("/collectives", self.collectives, listed(RecipientKind::Collective)),
            ("/individuals", self.individuals, listed(RecipientKind::Individual)),
        ];
        counts.into_iter().find(|(_, count, listed)| count < listed).map(|(field, _, listed)| (field, listed))
    }
}

/// Commendations and those honoured, added up.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct Honours {
    /// How many commendations.
    #[schema(example = 3)]
    pub commendations: i64,
    /// How many collectives.
    #[schema(example = 14)]
    pub collectives: i64,
    /// How many individuals.
    #[schema(example = 17)]
    pub individuals: i64,
}

impl Honours {
    /// Adds up pairs of collectives and individuals.
    pub fn of(counts: impl IntoIterator<Item = (i32, i32)>) -> Self {
        counts.into_iter().fold(Self::default(), |sum, (collectives, individuals)| Self {
            commendations: sum.commendations + 1,
            collectives: sum.collectives + i64::from(collectives),
            individuals: sum.individuals + i64::from(individuals),
        })
    }
}

/// Those of one level.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct LevelHonours {
    pub level: CommendationLevel,
    #[serde(flatten)]
    pub honours: Honours,
}

/// What a list of commendations may be asked for.
#[derive(Debug, Default, Clone, PartialEq, Eq, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct CommendationQuery {
    /// Only those for this resolution (id).
    pub resolution: Option<Id>,
    /// Only those for this programme (id).
    pub programme: Option<Id>,
    /// Only this level.
    pub level: Option<CommendationLevel>,
    /// Also those that were voided.
    #[serde(default)]
    pub voided: bool,
    /// Items of a page.
    #[param(minimum = 1, maximum = 200, default = 50)]
    pub limit: Option<i64>,
    /// The `next` of the page before.
    pub cursor: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::text_enum::assert_names;
    use proptest::prelude::*;

    #[test]
    fn names() {
        assert_names(CommendationLevel::ALL, CommendationLevel::as_str);
        assert_names(CommendationForm::ALL, CommendationForm::as_str);
        assert_names(RecipientKind::ALL, RecipientKind::as_str);
    }

    proptest! {
        #[test]
        fn nobody_is_lost_in_the_sum(counts in prop::collection::vec((0..=1_000_000, 0..=1_000_000), 0..20), cut in 0_usize..20) {
            let whole = Honours::of(counts.iter().copied());
            let (one, other) = counts.split_at(cut.min(counts.len()));
            let (one, other) = (Honours::of(one.iter().copied()), Honours::of(other.iter().copied()));
            prop_assert_eq!(whole.commendations, one.commendations + other.commendations);
            prop_assert_eq!(whole.collectives + whole.individuals, one.collectives + one.individuals + other.collectives + other.individuals);
        }
    }
}
