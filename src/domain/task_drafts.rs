//! What is said of a task when it is written, and what a list of tasks may be asked for.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use validator::Validate;

use super::dashboards::Basis;
use super::deadline::DeadlineKind;
use super::documents;
use super::external_refs::{ExternalRef, ExternalRefFilter};
use super::partial_date::PartialDate;
use super::six_clears::Clear;
use super::tasks::{Lifecycle, Secrecy};
use super::timeliness::{Against, Timeliness};
use super::{Id, Reference};

/// The words of a deadline, and the date they were written on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct DeadlineDraft {
    /// The deadline in its own words; they are kept as they are.
    #[schema(example = "trong quý III-2021", min_length = 1, max_length = 500)]
    #[validate(length(min = 1, max = 500))]
    pub text: String,
    /// The date of the document, which words like "năm nay" or "30/6" refer to. If missing: the
    /// date of assignment, else the date of issue of the programme or resolution.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = "2021-08-03")]
    pub reference_date: Option<NaiveDate>,
}

/// What is said of a task when it is created or changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "title": "Xây dựng kế hoạch thực hiện Nghị quyết Đại hội XIV cho cả nhiệm kỳ",
    "lead_unit": "hg-so-khoa-hoc-va-cong-nghe",
    "monitoring_unit": "hg-van-phong-tinh-uy",
    "deliverable": "Kế hoạch",
    "deadline": {"text": "trong quý III-2021", "reference_date": "2021-08-03"}
}))]
pub struct TaskDraft {
    /// What is to be done. Missing for a secret task only, which is kept as a stub.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(min_length = 1, max_length = 1000)]
    #[validate(length(min = 1, max = 1000))]
    pub title: Option<String>,
    /// Details.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 10000)]
    #[validate(length(max = 10000))]
    pub description: Option<String>,
    /// What is to be delivered (sản phẩm).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 1000)]
    #[validate(length(max = 1000))]
    pub deliverable: Option<String>,
    /// The task this is a part of; fixed once created. What is left out is taken from it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<Id>,
    /// The resolution it carries out directly.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resolution: Option<Id>,
    /// The programme it comes from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub programme: Option<Id>,
    /// Its group.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<Id>,
    /// Its field.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<Id>,
    /// Its breakthrough.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub breakthrough: Option<Id>,
    /// Its pillar.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pillar: Option<Id>,
    /// Its objective.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub objective: Option<Id>,
    /// The clauses of resolutions it carries out, each once.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 50)]
    #[validate(length(max = 50))]
    pub clauses: Vec<Id>,
    /// The one unit that answers for it (cơ quan chủ trì). Needed, unless it is given to a group: then
    /// whoever monitors it leads the whole if no unit is named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lead_unit: Option<Reference>,
    /// The group of units it is given to: each that exists on the day of assignment gets a part of it,
    /// and the task itself is the whole. Fixed once created.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lead_group: Option<Reference>,
    /// Units that help (cơ quan phối hợp).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 100)]
    #[validate(length(max = 100))]
    pub coordinating_units: Vec<Reference>,
    /// The unit that verifies (cơ quan theo dõi).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub monitoring_unit: Option<Reference>,
    /// The post that answers in person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accountable_post: Option<Id>,
    /// Who assigned it, in words: a post or a meeting.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = "Bí thư Tỉnh ủy", max_length = 500)]
    #[validate(length(max = 500))]
    pub assigned_by: Option<String>,
    /// When it was assigned.
    #[serde(default, skip_serializing_if = "Option::is_none", serialize_with = "documents::words_of")]
    #[schema(schema_with = documents::written_date_schema)]
    #[validate(custom(function = documents::written_date))]
    pub assigned_on: Option<PartialDate>,
    /// The document or meeting that assigned it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 500)]
    #[validate(length(max = 500))]
    pub assigning_document: Option<String>,
    /// Weight beside other tasks; 1 unless said otherwise.
    #[serde(default = "one")]
    #[schema(minimum = 1, maximum = 1000, default = 1)]
    #[validate(range(min = 1, max = 1000))]
    pub weight: i32,
    /// How far the work goes, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 2000)]
    #[validate(length(max = 2000))]
    pub scope: Option<String>,
    /// Its deadline.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[validate(nested)]
    pub deadline: Option<DeadlineDraft>,
    /// Secrecy; anything but `none` keeps a stub.
    #[serde(default = "not_secret")]
    pub secrecy: Secrecy,
    /// Where this is known from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 500)]
    #[validate(length(max = 500))]
    pub source: Option<String>,
    /// What other systems call it. A secret task has none: they might tell its number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 20)]
    #[validate(length(max = 20), nested)]
    pub external_refs: Vec<ExternalRef>,
}

fn one() -> i32 {
    1
}

fn not_secret() -> Secrecy {
    Secrecy::None
}

/// What a list of tasks may be asked for.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct TaskQuery {
    /// Only tasks led by this unit (id or code).
    #[param(example = "hg-so-khoa-hoc-va-cong-nghe")]
    pub lead_unit: Option<Reference>,
    /// Also tasks led by units below it.
    #[serde(default)]
    pub subtree: bool,
    /// Only tasks led by units that stand in this area or below (id or code).
    pub area: Option<Reference>,
    /// Only tasks that carry out this resolution, directly or through their programme.
    pub resolution: Option<Id>,
    /// Only tasks of this programme.
    pub programme: Option<Id>,
    /// Only tasks of this group.
    pub group: Option<Id>,
    /// Only tasks of this field.
    pub field: Option<Id>,
    /// Only tasks of this breakthrough.
    pub breakthrough: Option<Id>,
    /// Only tasks of this pillar.
    pub pillar: Option<Id>,
    /// Only tasks of this objective.
    pub objective: Option<Id>,
    /// Only tasks that cite this clause, or one below it.
    pub clause: Option<Id>,
    /// Only tasks that cite a clause (`true`), or none (`false`).
    pub cites: Option<bool>,
    /// Only the parts of this task.
    pub parent: Option<Id>,
    /// Only what was given to this group of units (id or code): the wholes, and their parts.
    pub unit_group: Option<Reference>,
    /// Only these lifecycles; repeat for several. A task with parts stands as they do and is left
    /// out.
    #[serde(default)]
    pub lifecycle: Vec<Lifecycle>,
    /// Only these classes of timeliness; repeat for several. A task with parts has none: its parts
    /// are listed.
    #[serde(default)]
    pub timeliness: Vec<Timeliness>,
    /// By which deadline `timeliness` judges: the one in force (`in_force`, if missing), or the one the
    /// task was issued with (`original`).
    pub against: Option<Against>,
    /// Only tasks whose deadline was changed after they were issued (`true`), or never (`false`).
    pub rescheduled: Option<bool>,
    /// Only tasks that a report is expected on, issued and neither suspended nor cancelled, with a
    /// submitted or verified report (`true`) or without any (`false`).
    pub reported: Option<bool>,
    /// Only open tasks of which nothing was heard for so many days: no report that was not returned, or none at all
    /// since they were issued.
    #[param(minimum = 1, maximum = 3650, example = 90)]
    pub silent_days: Option<i64>,
    /// Only open tasks that are overdue by so many days or more.
    #[param(minimum = 1, maximum = 3650, example = 31)]
    pub days_late_min: Option<i64>,
    /// Only open tasks that are overdue by so many days or less.
    #[param(minimum = 1, maximum = 3650, example = 90)]
    pub days_late_max: Option<i64>,
    /// Only tasks that lack one of the six clears (6 rõ); repeat for any of several. Not together with
    /// an earlier `as_of`.
    #[serde(default)]
    pub lacks: Vec<Clear>,
    /// Only tasks whose deadline was read as this kind; `unresolved` lists what could not be read.
    pub deadline_kind: Option<DeadlineKind>,
    /// Only what dashboards count: issued tasks without issued parts.
    #[serde(default)]
    pub counted: bool,
    /// As the system knew it at the end of this day in Vietnam: what dashboards of that day count,
    /// standing as it stood then. Not after today, and not together with `deadline_kind`.
    #[param(example = "2021-12-31")]
    pub as_of: Option<NaiveDate>,
    /// What `lead_unit` and `area` mean: who the work was given to (`as_assigned`, if missing), or who
    /// answers for it on the day (`current`).
    pub basis: Option<Basis>,
    /// Only what another system calls so: `system:id`.
    #[param(value_type = Option<String>, example = "edoc:NV-2021-0042")]
    pub external_ref: Option<ExternalRefFilter>,
    /// Words to find in the title; diacritics do not matter.
    pub q: Option<String>,
    /// Items of a page.
    #[param(minimum = 1, maximum = 200, default = 50)]
    pub limit: Option<i64>,
    /// The `next` of the page before.
    pub cursor: Option<String>,
}
