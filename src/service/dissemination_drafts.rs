//! Between what is said of a conference and what is kept of it: what it names is looked up, what
//! contradicts itself is refused, deadlines are read once.

use std::collections::HashSet;

use crate::db::Connection;
use crate::domain::deadline::{self, Context, Deadline};
use crate::domain::dissemination_events::{AudienceDraft, DisseminationEventDraft, EventState, PresenterDraft, SiteDraft};
use crate::domain::essays::{Essays, EssaysDraft};
use crate::domain::task_drafts::DeadlineDraft;
use crate::domain::{Id, Moment, Reference, areas, documents};
use crate::error::{AppError, AppResult, FieldError, rules};
use crate::store;
use crate::store::dissemination_events::DisseminationEvent;
use crate::store::dissemination_parts::{Details, Presenter, Site};
use crate::store::units::Unit;

use super::access::{Permit, WriteWork};
use super::calendar_days;
use super::lookup;
use super::records::{self, Subject};

/// What a draft comes to.
#[derive(Debug)]
pub struct Drafted {
    /// The conference.
    pub event: DisseminationEvent,
    /// Its connection points.
    pub sites: Vec<Site>,
    /// Its presenters.
    pub presenters: Vec<Presenter>,
}

/// Looks up what a draft names, and refuses what contradicts itself. `before` is the deadline that
/// stands: the same words keep their reading.
///
/// # Errors
/// 422 naming the field, `forbidden`.
pub fn drafted(
    conn: &mut Connection,
    permit: &Permit<WriteWork>,
    draft: &DisseminationEventDraft,
    before: Option<Deadline>,
    at: &Moment,
) -> AppResult<Drafted> {
    let subject = records::subject(conn, permit, draft.resolution, draft.programme)?;
    let host = host(conn, permit, draft, &subject)?;
    check(draft, at)?;
    let plan = records::programme_of(conn, permit, "/plan", draft.plan)?;
    lookup::same_root("/plan", plan.map(|plan| plan.root_id), subject.root.id)?;
    let id = at.new_id();
    let essays = essays(conn, draft, &subject, before, at)?;
    let event = row(id, draft, (&subject, host.as_ref()), essays, at)?;
    Ok(Drafted { event, sites: sites(conn, permit, draft, &subject, at)?, presenters: presenters(conn, permit, draft, &subject, at)? })
}

fn host(conn: &mut Connection, permit: &Permit<WriteWork>, draft: &DisseminationEventDraft, subject: &Subject) -> AppResult<Option<Unit>> {
    if draft.host.is_none() && draft.host_text.is_none() {
        return Err(AppError::invalid("/host", rules::REQUIRED));
    }
    let host = lookup::unit_if(conn, permit, "/host", draft.host.as_ref())?;
    host.iter().try_for_each(|unit| records::within(&subject.root, "/host", unit))?;
    records::require_write(permit, &subject.root, host.as_ref())?;
    Ok(host)
}

/// What was held has its day, which has come; what was cancelled has its reason; nothing is said twice.
fn check(draft: &DisseminationEventDraft, at: &Moment) -> AppResult<()> {
    let day = draft.held_on.as_ref().and_then(|held| held.date);
    match (draft.state, day) {
        (EventState::Held, None) => return Err(AppError::invalid("/held_on", rules::REQUIRED)),
        (EventState::Held, Some(day)) if day > at.today() => {
            return Err(AppError::invalid_fields(vec![FieldError::new("/held_on", rules::FUTURE).with("today", at.today())]));
        }
        (EventState::Cancelled, _) if draft.reason.is_none() => return Err(AppError::invalid("/reason", rules::REASON_REQUIRED)),
        _ => {}
    }
    if draft.held_to.is_some_and(|to| day.is_none_or(|from| to < from)) {
        return Err(AppError::invalid("/held_to", rules::DATE_ORDER));
    }
    let mut formats = HashSet::new();
    if let Some(place) = draft.formats.iter().position(|format| !formats.insert(*format)) {
        return Err(AppError::invalid(format!("/formats/{place}"), rules::REPEATED));
    }
    let mut mains = draft.sites.iter().enumerate().filter(|(_, site)| site.is_main);
    if let Some((place, _)) = mains.nth(1) {
        return Err(AppError::invalid(format!("/sites/{place}/is_main"), rules::REPEATED));
    }
    Ok(())
}

fn sites(
    conn: &mut Connection,
    permit: &Permit<WriteWork>,
    draft: &DisseminationEventDraft,
    subject: &Subject,
    at: &Moment,
) -> AppResult<Vec<Site>> {
    let mut rows = Vec::with_capacity(draft.sites.len());
    for ((place, site), id) in draft.sites.iter().enumerate().zip(records::ids(draft.sites.len(), at)) {
        let pointer = format!("/sites/{place}/unit");
        let unit = lookup::unit_if(conn, permit, &pointer, site.unit.as_ref())?;
        unit.iter().try_for_each(|unit| records::within(&subject.root, &pointer, unit))?;
        rows.push(Site { id, event_id: Id::NIL, name: site.name.clone(), is_main: site.is_main, unit_id: unit.map(|unit| unit.id) });
    }
    Ok(rows)
}

fn presenters(
    conn: &mut Connection,
    permit: &Permit<WriteWork>,
    draft: &DisseminationEventDraft,
    subject: &Subject,
    at: &Moment,
) -> AppResult<Vec<Presenter>> {
    let mut rows = Vec::with_capacity(draft.presenters.len());
    for ((place, presenter), id) in draft.presenters.iter().enumerate().zip(records::ids(draft.presenters.len(), at)) {
        let PresenterDraft { post, post_text, topic } = presenter.clone();
        if post.is_some() == post_text.is_some() {
            let one_of = FieldError::new(format!("/presenters/{place}"), rules::ONE_OF).with("fields", "post, post_text");
            return Err(AppError::invalid_fields(vec![one_of]));
        }
        let pointer = format!("/presenters/{place}/post");
        lookup::record(conn, &pointer, post, |conn, id| own_post(conn, permit, subject, id))?;
        rows.push(Presenter { id, event_id: Id::NIL, post_id: post, post_text, topic });
    }
    Ok(rows)
}

/// The unit of a post, if it stands in the root.
fn own_post(conn: &mut Connection, permit: &Permit<WriteWork>, subject: &Subject, id: Id) -> store::StoreResult<Option<Unit>> {
    let Some(post) = store::posts::find(conn, id)? else { return Ok(None) };
    let own = |unit: &Unit| permit.in_own_root(&unit.area_path) && areas::root_of(&unit.area_path) == subject.root.code;
    Ok(store::units::find(conn, post.unit_id)?.filter(own))
}

fn essays(
    conn: &mut Connection,
    draft: &DisseminationEventDraft,
    subject: &Subject,
    before: Option<Deadline>,
    at: &Moment,
) -> AppResult<Option<Essays>> {
    let Some(said) = draft.essays.clone().filter(|essays| *essays != EssaysDraft::default()) else { return Ok(None) };
    let EssaysDraft { handwritten, expected, received, deadline } = said;
    let unchanged = before.filter(|before| deadline.as_ref() == Some(&words_of(before)));
    let deadline = match (unchanged, deadline) {
        (Some(before), _) => Some(before),
        (None, Some(DeadlineDraft { text, reference_date })) => {
            let day = draft.held_on.as_ref().and_then(|held| held.date);
            let context = Context {
                reference_date: reference_date.or(day),
                term: subject.term(conn)?,
                strict_before: at.strict_before,
                working_calendar: calendar_days::working_calendar_for(conn, &text)?,
            };
            Some(deadline::parse(&text, &context))
        }
        (None, None) => None,
    };
    Ok(Some(Essays { handwritten, expected, received, deadline }))
}

fn words_of(deadline: &Deadline) -> DeadlineDraft {
    DeadlineDraft { text: deadline.text.clone(), reference_date: deadline.reference_date }
}

fn row(
    id: Id,
    draft: &DisseminationEventDraft,
    (subject, host): (&Subject, Option<&Unit>),
    essays: Option<Essays>,
    at: &Moment,
) -> AppResult<DisseminationEvent> {
    Ok(DisseminationEvent {
        id,
        root_id: subject.root.id,
        resolution_id: draft.resolution,
        programme_id: draft.programme,
        plan_id: draft.plan,
        kind: draft.kind,
        level: draft.level,
        title: draft.title.clone(),
        host_unit_id: host.map(|unit| unit.id),
        host_text: draft.host_text.clone(),
        state: draft.state,
        reason: draft.reason.clone(),
        held_text: draft.held_on.as_ref().map(|held| held.text.clone()),
        held_on: draft.held_on.as_ref().and_then(|held| held.date),
        held_precision: draft.held_on.as_ref().map(|held| held.precision),
        held_to: draft.held_to,
        duration: draft.duration.clone(),
        formats: json(&draft.formats)?,
        is_first: draft.is_first,
        site_count: draft.site_count,
        attendance: draft.attendance.clone(),
        audiences: json(&draft.audiences)?,
        combined_with: draft.combined_with.clone(),
        essays: essays.as_ref().map(json).transpose()?,
        source: draft.source.clone(),
        voided_at: None,
        void_reason: None,
        origin: at.origin,
        version: 1,
        recorded_at: at.recorded_at(),
    })
}

fn json(value: &impl serde::Serialize) -> AppResult<String> {
    serde_json::to_string(value).map_err(AppError::internal)
}

/// The essays as they are kept.
///
/// # Errors
/// `internal` for what was never written so.
pub fn kept_essays(event: &DisseminationEvent) -> AppResult<Option<Essays>> {
    event.essays.as_deref().map(|kept| serde_json::from_str(kept).map_err(AppError::internal)).transpose()
}

/// What stands of a conference, as its draft would say it.
///
/// # Errors
/// As [`kept_essays`].
pub fn draft_of(event: &DisseminationEvent, details: &Details) -> AppResult<DisseminationEventDraft> {
    let formats = serde_json::from_str(&event.formats).map_err(AppError::internal)?;
    let audiences: Vec<AudienceDraft> = serde_json::from_str(&event.audiences).map_err(AppError::internal)?;
    let site = |site: &Site| SiteDraft { name: site.name.clone(), is_main: site.is_main, unit: site.unit_id.map(Reference::Id) };
    let presenter = |p: &Presenter| PresenterDraft { post: p.post_id, post_text: p.post_text.clone(), topic: p.topic.clone() };
    let essays = kept_essays(event)?.map(|Essays { handwritten, expected, received, deadline }| EssaysDraft {
        handwritten,
        expected,
        received,
        deadline: deadline.as_ref().map(words_of),
    });
    Ok(DisseminationEventDraft {
        title: event.title.clone(),
        resolution: event.resolution_id,
        programme: event.programme_id,
        plan: event.plan_id,
        kind: event.kind,
        level: event.level,
        host: event.host_unit_id.map(Reference::Id),
        host_text: event.host_text.clone(),
        state: event.state,
        reason: event.reason.clone(),
        held_on: documents::written(event.held_text.as_deref(), event.held_on, event.held_precision),
        held_to: event.held_to,
        duration: event.duration.clone(),
        formats,
        is_first: event.is_first,
        site_count: event.site_count,
        sites: details.sites.iter().filter(|site| site.event_id == event.id).map(site).collect(),
        attendance: event.attendance.clone(),
        presenters: details.presenters.iter().filter(|presenter| presenter.event_id == event.id).map(presenter).collect(),
        audiences,
        combined_with: event.combined_with.clone(),
        essays,
        source: event.source.clone(),
    })
}
