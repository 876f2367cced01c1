//! Conferences at which a resolution or programme is studied, spread and carried further (hội nghị
//! học tập, quán triệt), and what is said of one.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use validator::Validate;

use super::documents;
use super::essays::EssaysDraft;
use super::partial_date::PartialDate;
use super::{Id, Reference};

text_enum! {
    /// What a conference is held for.
    pub enum EventKind {
        /// Hội nghị học tập, quán triệt: the only kind that covers the units which owe it.
        Study = "study",
        /// Thông tin kết quả đại hội to people outside the hierarchy.
        CongressResults = "congress_results",
        /// Hội nghị triển khai thực hiện.
        Implementation = "implementation",
        /// Hội nghị sơ kết, tổng kết.
        Review = "review",
        /// Đợt tuyên truyền.
        CommunicationCampaign = "communication_campaign",
    }
}

text_enum! {
    /// Level at which a conference is held.
    pub enum EventLevel {
        /// Trung ương.
        Central = "central",
        /// Tỉnh.
        Province = "province",
        /// Huyện.
        District = "district",
        /// Xã, cơ sở.
        Commune = "commune",
        /// Chi bộ.
        Cell = "cell",
    }
}

text_enum! {
    /// Whether a conference took place.
    pub enum EventState {
        /// Dự kiến.
        Draft = "draft",
        /// Đã tổ chức.
        Held = "held",
        /// Không tổ chức.
        Cancelled = "cancelled",
    }
}

text_enum! {
    /// How people take part.
    pub enum EventFormat {
        /// Trực tiếp.
        InPerson = "in_person",
        /// Trực tuyến.
        Online = "online",
        /// Truyền hình trực tiếp.
        LiveTv = "live_tv",
    }
}

/// A connection point (điểm cầu).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct SiteDraft {
    /// Its name.
    #[schema(example = "Hội trường Tỉnh ủy", min_length = 1, max_length = 300)]
    #[validate(length(min = 1, max = 300))]
    pub name: String,
    /// Điểm cầu chính; at most one is.
    #[serde(default)]
    pub is_main: bool,
    /// The unit whose people sit there: it has taken part.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<Reference>,
}

/// Who presents (báo cáo viên): a post of ours, or the words of one that is none of ours. Never the
/// name of a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct PresenterDraft {
    /// The post; either this or `post_text`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub post: Option<Id>,
    /// The post in words, where it is none of ours.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = "Phó Trưởng Ban Tuyên giáo Trung ương", min_length = 1, max_length = 200)]
    #[validate(length(min = 1, max = 200))]
    pub post_text: Option<String>,
    /// What is presented.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = "Nghị quyết Đại hội XIV của tỉnh", min_length = 1, max_length = 500)]
    #[validate(length(min = 1, max = 500))]
    pub topic: Option<String>,
}

/// A group of people a conference is held for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct AudienceDraft {
    /// Who.
    #[schema(example = "Đội ngũ doanh nhân", min_length = 1, max_length = 300)]
    #[validate(length(min = 1, max = 300))]
    pub words: String,
    /// How many, as the report says it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = "khoảng 300", min_length = 1, max_length = 200)]
    #[validate(length(min = 1, max = 200))]
    pub count: Option<String>,
}

/// What is said of a conference when it is created or changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct DisseminationEventDraft {
    /// Title.
    #[schema(example = "Hội nghị học tập, quán triệt Nghị quyết Đại hội XIV của tỉnh", min_length = 1, max_length = 500)]
    #[validate(length(min = 1, max = 500))]
    pub title: String,
    /// The resolution it is about; either this or `programme`. Cannot be changed later.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resolution: Option<Id>,
    /// The programme it is about. Cannot be changed later.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub programme: Option<Id>,
    /// The plan (a programme) it is held under: its rules for conferences are heeded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plan: Option<Id>,
    /// Kind.
    pub kind: EventKind,
    /// Level.
    pub level: EventLevel,
    /// The unit that holds it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub host: Option<Reference>,
    /// Who holds it in words, where it is none of the units or has a name of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = "Thường trực Tỉnh ủy", min_length = 1, max_length = 300)]
    #[validate(length(min = 1, max = 300))]
    pub host_text: Option<String>,
    /// Planned, held or cancelled; what was held needs its day.
    pub state: EventState,
    /// Why it was cancelled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(min_length = 1, max_length = 2000)]
    #[validate(length(min = 1, max = 2000))]
    pub reason: Option<String>,
    /// The day, or what is known of it, as it is written.
    #[serde(default, skip_serializing_if = "Option::is_none", serialize_with = "documents::words_of")]
    #[schema(schema_with = documents::written_date_schema)]
    #[validate(custom(function = documents::written_date))]
    pub held_on: Option<PartialDate>,
    /// The last day, if it took several.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = "2020-12-26")]
    pub held_to: Option<NaiveDate>,
    /// How long, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = "1 ngày", min_length = 1, max_length = 100)]
    #[validate(length(min = 1, max = 100))]
    pub duration: Option<String>,
    /// How people take part; each once.
    #[serde(default)]
    #[schema(max_items = 3)]
    #[validate(length(max = 3))]
    pub formats: Vec<EventFormat>,
    /// Whether it was the first in this format.
    #[serde(default)]
    pub is_first: bool,
    /// How many connection points there were.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = 336, minimum = 0, maximum = 100_000)]
    #[validate(range(min = 0, max = 100_000))]
    pub site_count: Option<i32>,
    /// Those that are known one by one; a change replaces the whole list.
    #[serde(default)]
    #[schema(max_items = 1000)]
    #[validate(length(max = 1000), nested)]
    pub sites: Vec<SiteDraft>,
    /// How many took part, as the report says it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = "hơn 16.000 cán bộ, đảng viên", min_length = 1, max_length = 200)]
    #[validate(length(min = 1, max = 200))]
    pub attendance: Option<String>,
    /// Who presents what; a change replaces the whole list.
    #[serde(default)]
    #[schema(max_items = 100)]
    #[validate(length(max = 100), nested)]
    pub presenters: Vec<PresenterDraft>,
    /// Whom it is held for; a change replaces the whole list.
    #[serde(default)]
    #[schema(max_items = 100)]
    #[validate(length(max = 100), nested)]
    pub audiences: Vec<AudienceDraft>,
    /// The meeting it was combined with (lồng ghép), in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = "Hội nghị Ban Chấp hành Đảng bộ huyện", min_length = 1, max_length = 300)]
    #[validate(length(min = 1, max = 300))]
    pub combined_with: Option<String>,
    /// The essays to be handed in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[validate(nested)]
    pub essays: Option<EssaysDraft>,
    /// Where what is said here comes from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 2000)]
    #[validate(length(max = 2000))]
    pub source: Option<String>,
}

/// What a list of conferences may be asked for.
#[derive(Debug, Default, Clone, PartialEq, Eq, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct DisseminationEventQuery {
    /// Only those about this resolution (id).
    pub resolution: Option<Id>,
    /// Only those about this programme (id).
    pub programme: Option<Id>,
    /// Only these kinds; repeat for several.
    #[serde(default)]
    pub kind: Vec<EventKind>,
    /// Only this level.
    pub level: Option<EventLevel>,
    /// Only this state.
    pub state: Option<EventState>,
    /// Only those this unit holds (id or code).
    pub host: Option<Reference>,
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

    #[test]
    fn names() {
        assert_names(EventKind::ALL, EventKind::as_str);
        assert_names(EventLevel::ALL, EventLevel::as_str);
        assert_names(EventState::ALL, EventState::as_str);
        assert_names(EventFormat::ALL, EventFormat::as_str);
    }
}
