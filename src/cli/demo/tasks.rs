//! Loads the tasks that the sources name, each issued on the day it was recorded.

use chrono::NaiveDate;

use crate::db::Connection;
use crate::domain::decisions::DecisionDraft;
use crate::domain::partial_date::PartialDate;
use crate::domain::task_drafts::{DeadlineDraft, TaskDraft};
use crate::domain::tasks::{Decision, Secrecy};
use crate::domain::{Id, Moment, Reference};
use crate::error::AppResult;
use crate::service::access::{Permit, WriteWork};
use crate::service::{decisions, task_drafts};

use super::data::{Files, Task, Unit};
use super::world::{Kind, World};

/// The units that get a part of this task each.
pub fn children<'a>(files: &'a Files, task: &Task) -> Vec<&'a Unit> {
    let level_of = |unit: &Unit| files.areas.iter().find(|a| a.code == unit.area_code).map(|a| a.level);
    let in_root = |unit: &Unit| stands_in(files, &unit.area_code, &files.tasks.defaults.root);
    let chosen = |unit: &&Unit| task.children.iter().any(|s| s.kind == unit.kind && Some(s.level) == level_of(unit));
    files.units.iter().filter(chosen).filter(|u| in_root(u) && exists_on(u, task.recorded_on)).collect()
}

fn exists_on(unit: &Unit, day: NaiveDate) -> bool {
    unit.valid_from <= day && unit.valid_to.is_none_or(|to| to >= day)
}

fn stands_in(files: &Files, area: &str, root: &str) -> bool {
    let parent = || files.areas.iter().find(|a| a.code == area).and_then(|a| a.parent_code.as_deref());
    area == root || parent().is_some_and(|p| stands_in(files, p, root))
}

/// Loads a task with its parts, and issues them.
pub fn load(conn: &mut Connection, world: &mut World<'_>, task: &Task, at: &Moment) -> AppResult<()> {
    let permit = world.office()?.permit::<WriteWork>()?;
    let draft = draft(world, task)?;
    let whole = issue(conn, &permit, &draft, at)?;
    world.tasks.insert((task.key.clone(), None), whole);
    for unit in children(world.files, task) {
        let title = task.child_title.as_deref().unwrap_or(&task.title).replace("{unit}", &unit.name);
        let part = TaskDraft {
            title: Some(title),
            description: None,
            parent: Some(whole),
            lead_unit: Some(Reference::Code(unit.code.clone())),
            lead_group: None,
            coordinating_units: Vec::new(),
            ..draft.clone()
        };
        let id = issue(conn, &permit, &part, at)?;
        world.tasks.insert((task.key.clone(), Some(unit.code.clone())), id);
    }
    Ok(())
}

fn issue(conn: &mut Connection, permit: &Permit<WriteWork>, draft: &TaskDraft, at: &Moment) -> AppResult<Id> {
    let id = task_drafts::create(conn, permit, draft, at)?.record.task.id;
    let target = decisions::target(conn, permit, id, at)?;
    let decision = DecisionDraft { decision: Decision::Issue, reason: None, legal_basis: None };
    decisions::decide(conn, permit, target, &decision, at)?;
    Ok(id)
}

fn draft(world: &World<'_>, task: &Task) -> AppResult<TaskDraft> {
    let deadline = task.deadline.as_ref().map(|text| DeadlineDraft { text: text.clone(), reference_date: task.reference_date });
    Ok(TaskDraft {
        title: Some(task.title.clone()),
        description: assumptions(task),
        deliverable: task.deliverable.clone(),
        parent: None,
        resolution: world.find_if(Kind::Resolution, task.resolution.as_ref())?,
        programme: world.find_if(Kind::Programme, task.programme.as_ref())?,
        group: world.find_if(Kind::TaskGroup, task.group.as_ref())?,
        field: world.find_if(Kind::Field, task.field.as_ref())?,
        breakthrough: world.find_if(Kind::Breakthrough, task.breakthrough.as_ref())?,
        pillar: world.find_if(Kind::Pillar, task.pillar.as_ref())?,
        objective: world.find_if(Kind::Objective, task.objective.as_ref())?,
        clauses: world.find_if_known(Kind::ClauseOfGroup, task.group.as_ref()),
        lead_unit: Some(Reference::Code(task.lead.clone())),
        lead_group: task.unit_group.clone().map(Reference::Code),
        coordinating_units: task.coordinating.iter().cloned().map(Reference::Code).collect(),
        monitoring_unit: Some(Reference::Code(world.files.tasks.defaults.monitoring_unit.clone())),
        accountable_post: None,
        assigned_by: task.assigned_by.clone(),
        assigned_on: task.assigned_on.as_deref().map(PartialDate::parse),
        assigning_document: task.assigning_document.clone(),
        weight: 1,
        scope: None,
        deadline,
        secrecy: Secrecy::None,
        source: Some(task.source.clone()),
        external_refs: Vec::new(),
    })
}

/// What the sources do not say and the demo assumes is said in the task.
fn assumptions(task: &Task) -> Option<String> {
    let notes = [
        (task.lead_assumed, "Nguồn không nêu cơ quan chủ trì: đơn vị ở đây là giả định của dữ liệu minh họa."),
        (task.coordinating_assumed, "Cơ quan phối hợp là giả định của dữ liệu minh họa."),
    ];
    let said: Vec<&str> = notes.into_iter().filter(|(assumed, _)| *assumed).map(|(_, note)| note).collect();
    (!said.is_empty()).then(|| said.join(" "))
}
