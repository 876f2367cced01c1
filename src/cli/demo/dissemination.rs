//! Loads conferences, good practices and commendations.

use crate::db::Connection;
use crate::domain::commendations::CommendationDraft;
use crate::domain::dissemination_events::{DisseminationEventDraft, PresenterDraft};
use crate::domain::good_practices::GoodPracticeDraft;
use crate::domain::partial_date::PartialDate;
use crate::domain::{Moment, Reference};
use crate::error::AppResult;
use crate::service::access::WriteWork;
use crate::service::{commendations, dissemination_events, good_practices};

use super::data::{Commendation, Event, GoodPractice};
use super::documents::source;
use super::world::{Kind, World};

/// Loads a conference.
pub fn load_event(conn: &mut Connection, world: &mut World<'_>, event: &Event, at: &Moment) -> AppResult<()> {
    let permit = world.office()?.permit::<WriteWork>()?;
    let presenter = |code: &String| Ok(PresenterDraft { post: Some(world.find(Kind::Post, code)?), post_text: None, topic: None });
    let draft = DisseminationEventDraft {
        title: event.title.clone(),
        resolution: world.find_if(Kind::Resolution, event.resolution.as_ref())?,
        programme: world.find_if(Kind::Programme, event.programme.as_ref())?,
        plan: world.find_if(Kind::Programme, event.plan.as_ref())?,
        kind: event.kind,
        level: event.level,
        host: event.host.clone().map(Reference::Code),
        host_text: event.host_text.clone(),
        state: event.state,
        reason: None,
        held_on: event.held_on.as_deref().map(PartialDate::parse),
        held_to: None,
        duration: event.duration.clone(),
        formats: event.formats.clone(),
        is_first: event.is_first,
        site_count: event.site_count,
        sites: event.sites.clone(),
        attendance: event.attendance.clone(),
        presenters: event.presenters.iter().map(presenter).collect::<AppResult<_>>()?,
        audiences: event.audiences.clone(),
        combined_with: None,
        essays: event.essays.clone(),
        source: Some(source(&event.source, &event.certainty)),
    };
    dissemination_events::create(conn, &permit, &draft, at).map(drop)
}

/// Loads a good practice.
pub fn load_practice(conn: &mut Connection, world: &mut World<'_>, practice: &GoodPractice, at: &Moment) -> AppResult<()> {
    let permit = world.office()?.permit::<WriteWork>()?;
    let draft = GoodPracticeDraft {
        title: practice.title.clone(),
        description: practice.description.clone(),
        owner_unit: Reference::Code(practice.owner_unit.clone()),
        programme: world.find_if(Kind::Programme, practice.programme.as_ref())?,
        recurring: practice.recurring.clone(),
        since: None,
        source: Some(source(&practice.source, &practice.certainty)),
    };
    good_practices::create(conn, &permit, &draft, at).map(drop)
}

/// Loads a commendation.
pub fn load_commendation(conn: &mut Connection, world: &mut World<'_>, commendation: &Commendation, at: &Moment) -> AppResult<()> {
    let permit = world.office()?.permit::<WriteWork>()?;
    let draft = CommendationDraft {
        resolution: None,
        programme: Some(world.find(Kind::Programme, &commendation.programme)?),
        level: commendation.level,
        form: commendation.form,
        awarding_unit: commendation.awarding_unit.clone().map(Reference::Code),
        awarding_text: commendation.awarding_text.clone(),
        collectives: commendation.collectives,
        individuals: commendation.individuals,
        awarded_on: None,
        reason: commendation.reason.clone(),
        recipients: Vec::new(),
        source: Some(source(&commendation.source, &commendation.certainty)),
    };
    commendations::create(conn, &permit, &draft, at).map(drop)
}
