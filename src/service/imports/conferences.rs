//! Lists of conferences: found again by document, title and day.

use super::documents::catalogue;
use super::lines::{self, Told, Work};
use super::scope::Scope;
use crate::db::Connection;
use crate::domain::Id;
use crate::domain::dissemination_events::DisseminationEventDraft;
use crate::domain::documents::DocumentId;
use crate::domain::imports::conferences::{self as reading, ConferenceLine, Known, NamedPost};
use crate::domain::imports::{ImportKind, ImportReport, RowOutcome};
use crate::domain::text::fold;
use crate::error::AppResult;
use crate::service::access::{Actor, Permit, WriteWork};
use crate::service::dissemination_drafts::draft_of;
use crate::service::lookup::Expected;
use crate::service::{dissemination_events, tasks};
use crate::store;
use crate::store::areas::Area;
use crate::store::dissemination_events::{DisseminationEvent, DisseminationEventFilter};
use crate::store::posts::PostFilter;
use crate::store::units::Unit;

/// Carries out a list of conferences.
///
/// # Errors
/// `forbidden`; 400 where the province is not certain; the database's.
pub fn carry_out(conn: &mut Connection, actor: &Actor, work: &Work<'_>) -> AppResult<ImportReport> {
    let permit = actor.permit::<WriteWork>()?;
    let scope = Scope::load(conn, &permit, work.options)?;
    let root = scope.one_root()?;
    let (units, documents, posts) = (scope.unit_index(work.at), catalogue(conn, root.id)?, posts(conn, root, &scope.units)?);
    let known = Known { units: &units, documents: &documents, posts: &posts };
    let (mut report, header, lines) = work.read(ImportKind::Conferences, |sheet| reading::read(sheet, known))?;
    report.root_path = Some(root.path.clone());
    let Some(header) = header else { return Ok(report) };
    let day = |line: &ConferenceLine| line.day.map(|day| day.to_string()).unwrap_or_default();
    let told = |line: &ConferenceLine| Told { rows: vec![line.row], key: day(line), name: line.title.clone() };
    work.each(conn, &mut report, (&header, &lines), told, |conn, line| one(conn, &permit, line, work))?;
    Ok(report)
}

/// The posts of a root, as lists may name them.
fn posts(conn: &mut Connection, root: &Area, units: &[Unit]) -> AppResult<Vec<NamedPost>> {
    let filter = PostFilter { roots: vec![root.path.clone()], limit: i64::MAX, ..PostFilter::default() };
    let named = |post: store::posts::Post| {
        let unit = units.iter().find(|unit| unit.id == post.unit_id)?;
        Some(NamedPost { id: post.id, title: post.title, unit: unit.name.clone() })
    };
    Ok(store::posts::list(conn, &filter)?.into_iter().filter_map(named).collect())
}

fn one(conn: &mut Connection, permit: &Permit<WriteWork>, line: &ConferenceLine, work: &Work<'_>) -> AppResult<(RowOutcome, Id)> {
    let mut said = line.said.clone();
    let standing = standing(conn, permit, line)?;
    if let Some(void) = standing.as_ref().filter(|event| event.voided_at.is_some()) {
        return Ok((RowOutcome::Skipped, void.id));
    }
    let before: Option<(Id, DisseminationEventDraft)> = match standing {
        Some(event) => {
            let details = store::dissemination_parts::details(conn, std::slice::from_ref(&event))?;
            Some((event.id, draft_of(&event, &details)?))
        }
        None => None,
    };
    let presenters = before.as_ref().map(|(_, draft)| draft.presenters.as_slice()).unwrap_or_default();
    if let Some(named) = line.presenters.clone() {
        said.say("presenters", reading::with_topics(named, presenters));
    }
    if let Some(audiences) = &line.audiences {
        said.say("audiences", audiences);
    }
    let Some((id, before)) = before else {
        let made = dissemination_events::create(conn, permit, &lines::made(&said)?, work.at)?;
        return Ok((RowOutcome::Created, made.event.id));
    };
    let Some(patch) = lines::laid(&said, &before)? else { return Ok((RowOutcome::Unchanged, id)) };
    dissemination_events::update(conn, permit, id, Expected::Any, &patch, work.at)?;
    Ok((RowOutcome::Updated, id))
}

/// The conference that a line means: about the same document, with the same title and day; one that had no
/// day yet, if there is no other. Voided ones last.
fn standing(conn: &mut Connection, permit: &Permit<WriteWork>, line: &ConferenceLine) -> AppResult<Option<DisseminationEvent>> {
    let (resolution_id, programme_id) = match line.document {
        DocumentId::Resolution(id) => (Some(id), None),
        DocumentId::Programme(id) => (None, Some(id)),
    };
    let filter =
        DisseminationEventFilter { resolution_id, programme_id, voided: true, limit: i64::MAX, ..DisseminationEventFilter::default() };
    let place = tasks::place(conn, permit.reaches())?;
    let title = fold(&line.title);
    let all = store::dissemination_events::list(conn, &place, &filter)?;
    let (void, titled): (Vec<_>, Vec<_>) =
        all.into_iter().filter(|event| fold(&event.title) == title).partition(|event| event.voided_at.is_some());
    let then = |event: &&DisseminationEvent| event.held_on == line.day;
    let undated = titled.iter().filter(|event| event.held_on.is_none() || line.day.is_none());
    let undated = Some(undated.collect::<Vec<_>>()).filter(|all| all.len() == 1).and_then(|all| all.first().copied());
    Ok(titled.iter().find(then).or(undated).or_else(|| void.iter().find(then)).cloned())
}
