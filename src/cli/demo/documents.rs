//! Loads what was decided: resolutions with their parts, and programmes.

use crate::db::Connection;
use crate::domain::breakthroughs::BreakthroughDraft;
use crate::domain::clauses::ClauseDraft;
use crate::domain::documents::RelationDraft;
use crate::domain::objectives::ObjectiveDraft;
use crate::domain::partial_date::PartialDate;
use crate::domain::pillars::PillarDraft;
use crate::domain::programmes::{ContributionDraft, ProgrammeDraft, YearSpan};
use crate::domain::resolutions::{CycleAnchor, ResolutionDraft};
use crate::domain::task_groups::TaskGroupDraft;
use crate::domain::{Id, Moment, Reference};
use crate::error::AppResult;
use crate::service::access::{Permit, WriteWork};
use crate::service::{breakthroughs, clauses, objectives, pillars, programmes, resolutions, task_groups};
use crate::store;

use super::data::{Contribution, Programme, Related, Resolution};
use super::world::{Kind, World};

/// Loads a resolution and what it consists of.
pub fn load_resolution(conn: &mut Connection, world: &mut World<'_>, resolution: &Resolution, at: &Moment) -> AppResult<()> {
    let permit = world.office()?.permit::<WriteWork>()?;
    let draft = ResolutionDraft {
        title: resolution.title.clone(),
        kind: resolution.kind,
        level: resolution.level,
        number: resolution.number.clone(),
        issuer: resolution.issuer.clone().map(Reference::Code),
        issuer_text: resolution.issuer_text.clone(),
        area: Some(Reference::Code(world.files.tasks.defaults.root.clone())),
        term: world.find_if(Kind::Term, resolution.term.as_ref())?,
        issued_on: resolution.issued_on.as_deref().map(PartialDate::parse),
        cycle_anchor: resolution.cycle_anchor.unwrap_or(CycleAnchor::TermStart),
        source: Some(source(&resolution.source, &resolution.certainty)),
        relations: relations(world, &resolution.relations)?,
        owed_by: None,
    };
    let made = resolutions::create(conn, &permit, &draft, at)?;
    world.know(Kind::Resolution, &resolution.key, made.id);
    load_clauses(conn, world, &permit, (resolution.key.as_str(), &made), at)?;
    load_parts(conn, world, &permit, &resolution.key, made.id, at)?;
    load_groups(conn, world, &permit, &resolution.key, made.id, at)
}

fn load_clauses(
    conn: &mut Connection,
    world: &mut World<'_>,
    permit: &Permit<WriteWork>,
    (key, resolution): (&str, &store::resolutions::Resolution),
    at: &Moment,
) -> AppResult<()> {
    for clause in world.files.documents.clause.iter().filter(|c| c.resolution == key) {
        let draft = ClauseDraft { path: clause.path.clone(), kind: clause.kind, heading: clause.heading.clone(), text: None };
        let made = clauses::create(conn, permit, resolution, &draft, at)?;
        world.know(Kind::Clause, &clause.key, made.id);
    }
    Ok(())
}

fn load_parts(
    conn: &mut Connection,
    world: &mut World<'_>,
    permit: &Permit<WriteWork>,
    key: &str,
    resolution: Id,
    at: &Moment,
) -> AppResult<()> {
    let documents = &world.files.documents;
    for (ordinal, part) in (1..).zip(documents.breakthrough.iter().filter(|p| p.resolution == key)) {
        let draft = BreakthroughDraft {
            resolution,
            ordinal,
            title: part.title.clone(),
            description: None,
            clause: world.find_if(Kind::Clause, part.clause.as_ref())?,
        };
        let made = breakthroughs::create(conn, permit, &draft, at)?;
        world.know(Kind::Breakthrough, &part.key, made.id);
    }
    for (ordinal, part) in (1..).zip(documents.pillar.iter().filter(|p| p.resolution == key)) {
        let draft = PillarDraft {
            resolution,
            ordinal,
            title: part.title.clone(),
            description: None,
            clause: world.find_if(Kind::Clause, part.clause.as_ref())?,
        };
        let made = pillars::create(conn, permit, &draft, at)?;
        world.know(Kind::Pillar, &part.key, made.id);
    }
    for (ordinal, part) in (1..).zip(documents.objective.iter().filter(|p| p.resolution == key)) {
        let (title, description) = (part.title.clone(), part.description.clone());
        let clause = world.find_if(Kind::Clause, part.clause.as_ref())?;
        let draft = ObjectiveDraft { resolution, ordinal, level: part.level, title, description, quantified: part.quantified, clause };
        let made = objectives::create(conn, permit, &draft, at)?;
        world.know(Kind::Objective, &part.key, made.id);
    }
    Ok(())
}

fn load_groups(
    conn: &mut Connection,
    world: &mut World<'_>,
    permit: &Permit<WriteWork>,
    key: &str,
    resolution: Id,
    at: &Moment,
) -> AppResult<()> {
    for (ordinal, group) in (1..).zip(world.files.documents.task_group.iter().filter(|g| g.resolution == key)) {
        let draft = TaskGroupDraft {
            resolution,
            kind: group.kind,
            ordinal,
            title: group.title.clone(),
            breakthrough: world.find_if(Kind::Breakthrough, group.breakthrough.as_ref())?,
            field: Some(world.find(Kind::Field, &group.field)?),
            clause: world.find_if(Kind::Clause, group.clause.as_ref())?,
        };
        let clause = draft.clause;
        let made = task_groups::create(conn, permit, &draft, at)?;
        if let Some(clause) = clause {
            world.know(Kind::ClauseOfGroup, &group.key, clause);
        }
        world.know(Kind::TaskGroup, &group.key, made.id);
    }
    Ok(())
}

/// Loads a programme.
pub fn load_programme(conn: &mut Connection, world: &mut World<'_>, programme: &Programme, at: &Moment) -> AppResult<()> {
    let permit = world.office()?.permit::<WriteWork>()?;
    let draft = ProgrammeDraft {
        title: programme.title.clone(),
        kind: programme.kind,
        number: programme.number.clone(),
        issuer: programme.issuer.clone().map(Reference::Code),
        issuer_text: programme.issuer_text.clone(),
        drafting_unit: programme.drafting_unit.clone().map(Reference::Code),
        area: Some(Reference::Code(world.files.tasks.defaults.root.clone())),
        term: world.find_if(Kind::Term, programme.term.as_ref())?,
        scope: programme.scope,
        scope_year: programme.scope_year,
        period: programme.period_from.zip(programme.period_to).map(|(from, to)| YearSpan { from, to }),
        orientation_period: programme.orientation_from.zip(programme.orientation_to).map(|(from, to)| YearSpan { from, to }),
        issued_on: programme.issued_on.as_deref().map(PartialDate::parse),
        state: programme.state,
        source: Some(source(&programme.source, &programme.certainty)),
        theme: programme.theme.clone(),
        decided_by: None,
        decided_by_text: programme.decided_by_text.clone(),
        contributes_to: contributions(world, &programme.contributes_to)?,
        dissemination_rules: programme.dissemination_rules.clone(),
        relations: relations(world, &programme.relations)?,
    };
    let made = programmes::create(conn, &permit, &draft, at)?;
    world.know(Kind::Programme, &programme.key, made.id);
    Ok(())
}

fn contributions(world: &World<'_>, said: &[Contribution]) -> AppResult<Vec<ContributionDraft>> {
    let contribution = |said: &Contribution| {
        Ok(ContributionDraft { breakthrough: world.find(Kind::Breakthrough, &said.breakthrough)?, how: said.how.clone() })
    };
    said.iter().map(contribution).collect()
}

/// Where something comes from, and how sure it is.
pub fn source(source: &str, certainty: &str) -> String {
    format!("{source} (độ chắc chắn: {certainty})")
}

fn relations(world: &World<'_>, related: &[Related]) -> AppResult<Vec<RelationDraft>> {
    let relation = |related: &Related| {
        let is_resolution = world.knows(Kind::Resolution, &related.to);
        let id = world.find(if is_resolution { Kind::Resolution } else { Kind::Programme }, &related.to)?;
        let (resolution, programme) = if is_resolution { (Some(id), None) } else { (None, Some(id)) };
        Ok(RelationDraft { relation: related.relation, resolution, programme })
    };
    related.iter().map(relation).collect()
}
