//! Conferences.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::kept;
use super::posts::PostRef;
use super::records::{DocumentRef, VoidedView, unit};
use super::units::UnitRef;
use crate::domain::deadline::Deadline;
use crate::domain::dissemination_events::{AudienceDraft, EventFormat, EventKind, EventLevel, EventState};
use crate::domain::dissemination_rules::{DisseminationRule, Looked, Warning, WarningCode, warnings};
use crate::domain::documents::written;
use crate::domain::essays::Essays;
use crate::domain::headcounts::Headcount;
use crate::domain::partial_date::PartialDate;
use crate::domain::voiding::RecordAction;
use crate::domain::{Id, Language, Origin};
use crate::store::dissemination_events::DisseminationEvent;
use crate::store::dissemination_parts::{Details, Presenter, Site, UnitEssays};
use crate::store::names::Names;

/// A conference (hội nghị học tập, quán triệt, triển khai, tổng kết).
#[derive(Debug, Serialize, ToSchema)]
pub struct DisseminationEventView {
    pub id: Id,
    #[schema(example = "Hội nghị học tập, quán triệt Nghị quyết Đại hội XIV của tỉnh")]
    pub title: String,
    /// The resolution it is about, if it is about one.
    pub resolution: Option<DocumentRef>,
    /// The programme it is about, if it is about one.
    pub programme: Option<DocumentRef>,
    /// The plan it is held under.
    pub plan: Option<DocumentRef>,
    /// Id of the root area it is kept for.
    pub area: Id,
    pub kind: EventKind,
    pub level: EventLevel,
    /// The unit that holds it, if it is one of ours.
    pub host: Option<UnitRef>,
    /// Who holds it, in words.
    pub host_text: Option<String>,
    pub state: EventState,
    /// Why it was cancelled.
    pub reason: Option<String>,
    /// The day: the words, and the date they name.
    pub held_on: Option<PartialDate>,
    /// The last day, if it took several.
    pub held_to: Option<NaiveDate>,
    #[schema(example = "1 ngày")]
    pub duration: Option<String>,
    pub formats: Vec<EventFormat>,
    /// Whether it was the first in this format.
    pub is_first: bool,
    /// How many connection points there were.
    #[schema(example = 336)]
    pub site_count: Option<i32>,
    /// Those that are known one by one.
    pub sites: Vec<SiteView>,
    /// How many took part: the words, and the number in them.
    pub attendance: Option<Headcount>,
    pub presenters: Vec<PresenterView>,
    pub audiences: Vec<AudienceView>,
    /// The meeting it was combined with.
    pub combined_with: Option<String>,
    pub essays: Option<EssaysView>,
    /// What is not as one would expect, above all as the plan wants it. Nothing is refused for it.
    pub warnings: Vec<Warning>,
    /// Where this comes from.
    pub source: Option<String>,
    /// Since when it is void and why; `null` if it is not.
    pub voided: Option<VoidedView>,
    /// What this account may do next.
    pub allowed_actions: Vec<RecordAction>,
    pub origin: Origin,
    pub version: i32,
    pub recorded_at: DateTime<Utc>,
}

/// A connection point (điểm cầu).
#[derive(Debug, Serialize, ToSchema)]
pub struct SiteView {
    #[schema(example = "Hội trường Tỉnh ủy")]
    pub name: String,
    /// Điểm cầu chính.
    pub is_main: bool,
    /// The unit whose people sit there.
    pub unit: Option<UnitRef>,
}

/// A presenter (báo cáo viên): a post, never a person's name.
#[derive(Debug, Serialize, ToSchema)]
pub struct PresenterView {
    /// The post, if it is one of ours.
    pub post: Option<PostRef>,
    /// The unit of that post.
    pub unit: Option<UnitRef>,
    /// The post in words, if it is none of ours.
    pub post_text: Option<String>,
    pub topic: Option<String>,
}

/// A group of people it is held for.
#[derive(Debug, Serialize, ToSchema)]
pub struct AudienceView {
    #[schema(example = "Đội ngũ doanh nhân")]
    pub words: String,
    pub count: Option<Headcount>,
}

/// Study essays (bài thu hoạch).
#[derive(Debug, Serialize, ToSchema)]
pub struct EssaysView {
    /// Viết tay.
    pub handwritten: Option<bool>,
    /// How many are expected, as it was told for the whole.
    #[schema(example = 16000)]
    pub expected: Option<i32>,
    /// How many have come in, as it was told for the whole.
    #[schema(example = 15420)]
    pub received: Option<i32>,
    pub deadline: Option<Deadline>,
    /// What was counted of single units.
    pub by_unit: Vec<UnitEssaysView>,
    /// The sum of what was counted of single units.
    #[schema(example = 42)]
    pub received_by_units: i64,
}

/// The essays of one unit.
#[derive(Debug, Serialize, ToSchema)]
pub struct UnitEssaysView {
    pub unit: UnitRef,
    #[schema(example = 45)]
    pub expected: Option<i32>,
    #[schema(example = 42)]
    pub received: i32,
    pub recorded_at: DateTime<Utc>,
}

impl DisseminationEventView {
    /// A conference with what it consists of, as a reader of this language sees it.
    pub fn new(row: DisseminationEvent, details: &Details, allowed_actions: Vec<RecordAction>, language: Language) -> Self {
        let names = &details.names;
        let formats: Vec<EventFormat> = kept("dissemination_events.formats", &row.formats);
        let audiences: Vec<AudienceDraft> = kept("dissemination_events.audiences", &row.audiences);
        let warnings = told(&row, details, &formats).into_iter().map(|code| Warning::new(code, language)).collect();
        let essays = essays(&row, details);
        let DisseminationEvent { id, root_id, resolution_id, programme_id, plan_id, kind, level, title, host_unit_id, host_text, .. } = row;
        let DisseminationEvent { state, reason, held_text, held_on, held_precision, held_to, duration, formats: _, is_first, .. } = row;
        let DisseminationEvent { site_count, attendance, audiences: _, combined_with, essays: _, source, voided_at, void_reason, .. } = row;
        let DisseminationEvent { origin, version, recorded_at, .. } = row;
        Self {
            id,
            title,
            resolution: DocumentRef::of(resolution_id, names),
            programme: DocumentRef::of(programme_id, names),
            plan: DocumentRef::of(plan_id, names),
            area: root_id,
            kind,
            level,
            host: unit(host_unit_id, names),
            host_text,
            state,
            reason,
            held_on: written(held_text.as_deref(), held_on, held_precision),
            held_to,
            duration,
            formats,
            is_first,
            site_count,
            sites: details.sites.iter().filter(|site| site.event_id == id).map(|row| site(row, names)).collect(),
            attendance: attendance.as_deref().map(Headcount::parse),
            presenters: details.presenters.iter().filter(|p| p.event_id == id).map(|row| presenter(row, names)).collect(),
            audiences: audiences.into_iter().map(AudienceView::from).collect(),
            combined_with,
            essays,
            warnings,
            source,
            voided: VoidedView::of(voided_at, void_reason),
            allowed_actions,
            origin,
            version,
            recorded_at: recorded_at.and_utc(),
        }
    }
}

fn site(row: &Site, names: &Names) -> SiteView {
    SiteView { name: row.name.clone(), is_main: row.is_main, unit: unit(row.unit_id, names) }
}

fn presenter(row: &Presenter, names: &Names) -> PresenterView {
    let post = row.post_id.and_then(|id| names.posts.get(&id));
    PresenterView {
        post: post.map(PostRef::from),
        unit: unit(post.map(|post| post.unit_id), names),
        post_text: row.post_text.clone(),
        topic: row.topic.clone(),
    }
}

impl From<AudienceDraft> for AudienceView {
    fn from(AudienceDraft { words, count }: AudienceDraft) -> Self {
        Self { words, count: count.as_deref().map(Headcount::parse) }
    }
}

/// What was told of the whole, and what was counted of single units; none if there is neither.
fn essays(event: &DisseminationEvent, details: &Details) -> Option<EssaysView> {
    let mut rows: Vec<(String, UnitEssaysView)> =
        details.essays.iter().filter(|row| row.event_id == event.id).filter_map(|row| unit_essays(row, &details.names)).collect();
    rows.sort_by(|(one, _), (other, _)| one.cmp(other));
    let by_unit: Vec<UnitEssaysView> = rows.into_iter().map(|(_, view)| view).collect();
    let told: Option<Essays> = event.essays.as_deref().map(|told| kept("dissemination_events.essays", told));
    if told.is_none() && by_unit.is_empty() {
        return None;
    }
    let Essays { handwritten, expected, received, deadline } = told.unwrap_or_default();
    let received_by_units = by_unit.iter().map(|row| i64::from(row.received)).sum();
    Some(EssaysView { handwritten, expected, received, deadline, by_unit, received_by_units })
}

/// The essays of a unit, with what its name is sorted by.
fn unit_essays(row: &UnitEssays, names: &Names) -> Option<(String, UnitEssaysView)> {
    let unit = names.units.get(&row.unit_id)?;
    let view = UnitEssaysView {
        unit: UnitRef::from(unit),
        expected: row.expected,
        received: row.received,
        recorded_at: row.recorded_at.and_utc(),
    };
    Some((unit.sort_key.clone(), view))
}

/// What is not as one would expect in a conference.
fn told(event: &DisseminationEvent, details: &Details, formats: &[EventFormat]) -> Vec<WarningCode> {
    let Details { sites, presenters, essays, plans, names } = details;
    let plan = event.plan_id.or(event.programme_id);
    let rules = plans.iter().find(|said| Some(said.programme_id) == plan);
    let rules: Vec<DisseminationRule> =
        rules.map(|said| kept("programme_themes.dissemination_rules", &said.dissemination_rules)).unwrap_or_default();
    let title = |row: &'_ Presenter| -> Option<String> {
        row.post_id.map_or_else(|| row.post_text.clone(), |id| names.posts.get(&id).map(|post| post.title.clone()))
    };
    let titles: Vec<String> = presenters.iter().filter(|row| row.event_id == event.id).filter_map(title).collect();
    let whole: Option<Essays> = event.essays.as_deref().map(|told| kept("dissemination_events.essays", told));
    let of_units = essays.iter().filter(|row| row.event_id == event.id).map(|row| (row.expected, Some(row.received)));
    warnings(&Looked {
        rules: &rules,
        combined_with: event.combined_with.as_deref(),
        formats,
        presenters: titles.iter().map(String::as_str).collect(),
        essays: whole.map(|told| (told.expected, told.received)).into_iter().chain(of_units).collect(),
        site_count: event.site_count,
        sites: sites.iter().filter(|site| site.event_id == event.id).count(),
    })
}
