//! What programmes say beside the document itself: a theme, who chose it, what it does for which
//! breakthrough, rules for conferences; and what a programme has led to.

use std::collections::HashSet;

use chrono::NaiveDate;

use crate::db::Connection;
use crate::domain::commendations::{CommendationLevel, Honours, LevelHonours};
use crate::domain::programmes::{ContributionDraft, ProgrammeDraft, YearSpan, review_due_on};
use crate::domain::reviews::ReviewKind;
use crate::domain::{Id, Moment, Reference};
use crate::error::{AppError, AppResult, rules};
use crate::store;
use crate::store::areas::Area;
use crate::store::programme_themes::{Contribution, ProgrammeTheme};
use crate::store::programmes::Programme;

use super::access::{Permit, ReadWork, WriteWork};
use super::{lookup, programmes, records, reviews};

/// What a draft says, looked up.
#[derive(Debug)]
pub struct Said {
    theme: Option<ProgrammeTheme>,
    contributions: Vec<Contribution>,
}

/// Looks up what a draft names.
///
/// # Errors
/// 422 naming the field.
pub fn drafted(conn: &mut Connection, permit: &Permit<WriteWork>, id: Id, draft: &ProgrammeDraft, root: &Area) -> AppResult<Said> {
    let unit = lookup::unit_if(conn, permit, "/decided_by", draft.decided_by.as_ref())?;
    unit.iter().try_for_each(|unit| records::within(root, "/decided_by", unit))?;
    let mut seen = HashSet::new();
    if let Some(place) = draft.dissemination_rules.iter().position(|rule| !seen.insert(*rule)) {
        return Err(AppError::invalid(format!("/dissemination_rules/{place}"), rules::REPEATED));
    }
    let theme = ProgrammeTheme {
        programme_id: id,
        theme: draft.theme.clone(),
        decided_by_unit_id: unit.map(|unit| unit.id),
        decided_by_text: draft.decided_by_text.clone(),
        dissemination_rules: serde_json::to_string(&draft.dissemination_rules).map_err(AppError::internal)?,
    };
    let says_nothing = theme.theme.is_none()
        && theme.decided_by_unit_id.is_none()
        && theme.decided_by_text.is_none()
        && draft.dissemination_rules.is_empty();
    let contributions = contributions(conn, id, &draft.contributes_to, root)?;
    Ok(Said { theme: Some(theme).filter(|_| !says_nothing), contributions })
}

fn contributions(conn: &mut Connection, programme_id: Id, drafts: &[ContributionDraft], root: &Area) -> AppResult<Vec<Contribution>> {
    let (mut rows, mut seen) = (Vec::with_capacity(drafts.len()), HashSet::new());
    for (place, draft) in drafts.iter().enumerate() {
        let pointer = format!("/contributes_to/{place}/breakthrough");
        if !seen.insert(draft.breakthrough) {
            return Err(AppError::invalid(pointer, rules::REPEATED));
        }
        lookup::record(conn, &pointer, Some(draft.breakthrough), |conn, id| {
            let Some(breakthrough) = store::breakthroughs::find(conn, id)? else { return Ok(None) };
            Ok(store::resolutions::find(conn, breakthrough.resolution_id)?.filter(|resolution| resolution.root_id == root.id))
        })?;
        rows.push(Contribution { programme_id, breakthrough_id: draft.breakthrough, how: draft.how.clone() });
    }
    Ok(rows)
}

/// Keeps what was said.
///
/// # Errors
/// The database's.
pub fn keep(conn: &mut Connection, id: Id, said: &Said) -> AppResult<()> {
    Ok(store::programme_themes::replace(conn, id, said.theme.as_ref(), &said.contributions)?)
}

/// The day the closing review of a programme is due, if its kind has one and its years are known.
pub fn closes(programme: &Programme) -> Option<NaiveDate> {
    review_due_on(programme.kind, YearSpan::of(programme.period_from, programme.period_to))
}

/// Plans the closing review of a thematic programme, or moves one that has not begun; what has begun
/// stays as it was announced, and so does a day that differs from the one it was due on before. Without years nothing is planned and
/// nothing moves.
///
/// # Errors
/// The database's.
pub fn plan_review(conn: &mut Connection, programme: &Programme, was_due_on: Option<NaiveDate>, at: &Moment) -> AppResult<()> {
    let begins = YearSpan::of(programme.period_from, programme.period_to).and_then(YearSpan::first_day);
    let Some((anchor_on, due_on)) = begins.zip(closes(programme)) else { return Ok(()) };
    let cycle = reviews::Cycle { resolution: None, programme: Some(programme.id), title: &programme.title, anchor_on, was_due_on };
    reviews::follow(conn, &cycle, &[(ReviewKind::Thematic, due_on)], at)
}

/// The draft of a programme with what stands of its theme.
///
/// # Errors
/// `internal` for rules that were never written so; the database's.
pub fn with_said(conn: &mut Connection, id: Id, draft: ProgrammeDraft) -> AppResult<ProgrammeDraft> {
    let contributes_to = store::programme_themes::contributions(conn, &[id])?;
    let contributes_to = contributes_to.into_iter().map(|c| ContributionDraft { breakthrough: c.breakthrough_id, how: c.how }).collect();
    let draft = ProgrammeDraft { contributes_to, ..draft };
    let Some(said) = store::programme_themes::of_programmes(conn, &[id])?.pop() else { return Ok(draft) };
    Ok(ProgrammeDraft {
        theme: said.theme,
        decided_by: said.decided_by_unit_id.map(Reference::Id),
        decided_by_text: said.decided_by_text,
        dissemination_rules: serde_json::from_str(&said.dissemination_rules).map_err(AppError::internal)?,
        ..draft
    })
}

/// What a programme has led to, of the whole root.
#[derive(Debug, Clone)]
pub struct Results {
    /// Conferences about it that were held.
    pub conferences: i64,
    /// Good practices that grew from it.
    pub good_practices: i64,
    /// Commendations for carrying it out.
    pub honours: Honours,
    /// Those of each level that awarded any.
    pub by_level: Vec<LevelHonours>,
}

/// What a programme has led to.
///
/// # Errors
/// `not_found`, also for programmes of another root.
pub fn results(conn: &mut Connection, permit: &Permit<ReadWork>, id: Id) -> AppResult<Results> {
    let programme = programmes::get(conn, permit, id)?;
    let counts = store::commendations::counts(conn, programme.id)?;
    let of = |level: CommendationLevel| LevelHonours {
        level,
        honours: Honours::of(counts.iter().filter(|(found, _, _)| *found == level).map(|(_, c, i)| (*c, *i))),
    };
    Ok(Results {
        conferences: store::dissemination_events::count_held(conn, programme.id)?,
        good_practices: store::good_practices::count(conn, programme.id)?,
        honours: Honours::of(counts.iter().map(|(_, c, i)| (*c, *i))),
        by_level: CommendationLevel::ALL.iter().map(|level| of(*level)).filter(|line| line.honours.commendations > 0).collect(),
    })
}
