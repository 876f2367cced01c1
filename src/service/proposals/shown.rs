//! Proposals as they are shown: with who asks, who is asked, and what may be done next.

use std::collections::HashMap;

use crate::db::Connection;
use crate::domain::proposals::{ProposalAction, ProposalState};
use crate::domain::{Id, Moment};
use crate::error::{AppError, AppResult};
use crate::service::access::{Actor, AnswerProposals, LogProgress, Right};
use crate::service::succession;
use crate::store;
use crate::store::posts::Post;
use crate::store::proposals::Proposal;
use crate::store::tasks::Task;
use crate::store::units::Unit;

/// A proposal as it is shown to one reader on one day.
#[derive(Debug, Clone)]
pub struct ShownProposal {
    /// The row.
    pub proposal: Proposal,
    /// The task its report is on.
    pub task: Task,
    /// The lead unit of that task.
    pub lead: Unit,
    /// The unit that asked.
    pub unit: Unit,
    /// Who speaks for that unit today.
    pub asking: Unit,
    /// The authority that is asked.
    pub to_unit: Unit,
    /// Who answers for it today.
    pub answering: Unit,
    /// The post that answered.
    pub post: Option<Post>,
    /// User name of who made it.
    pub author: Option<String>,
    /// User name of who answered or withdrew it.
    pub decider: Option<String>,
    /// What this reader may do with it.
    pub actions: Vec<ProposalAction>,
}

/// One proposal as it is shown to this actor.
///
/// # Errors
/// The database's.
pub fn one(conn: &mut Connection, actor: &Actor, proposal: Proposal, at: &Moment) -> AppResult<ShownProposal> {
    all(conn, actor, vec![proposal], at)?.pop().ok_or_else(|| AppError::internal("a proposal vanished"))
}

/// Proposals as they are shown to this actor: all around them is loaded at once, whatever their number.
///
/// # Errors
/// The database's.
pub fn all(conn: &mut Connection, actor: &Actor, rows: Vec<Proposal>, at: &Moment) -> AppResult<Vec<ShownProposal>> {
    let around = Around::load(conn, &rows)?;
    let addressed = |to: fn(&Proposal) -> Id| rows.iter().map(|row| around.pair(row, to(row))).collect::<AppResult<Vec<_>>>();
    let asking = succession::addressees(conn, &addressed(|row| row.unit_id)?, at)?;
    let answering = succession::addressees(conn, &addressed(|row| row.to_unit_id)?, at)?;
    let now = asking.into_iter().zip(answering);
    rows.into_iter().zip(now).map(|(row, now)| around.show(actor, row, now)).collect()
}

/// What stands around some proposals.
struct Around {
    tasks: HashMap<Id, Task>,
    units: HashMap<Id, Unit>,
    posts: HashMap<Id, Post>,
    names: HashMap<Id, String>,
}

impl Around {
    fn load(conn: &mut Connection, rows: &[Proposal]) -> AppResult<Self> {
        let tasks: Vec<Id> = rows.iter().map(|row| row.task_id).collect();
        let tasks: HashMap<Id, Task> = store::tasks::with_ids(conn, &tasks)?.into_iter().map(|task| (task.id, task)).collect();
        let leads = tasks.values().map(|task| task.lead_unit_id);
        let units: Vec<Id> = rows.iter().flat_map(|row| [row.unit_id, row.to_unit_id]).chain(leads).collect();
        let posts: Vec<Id> = rows.iter().filter_map(|row| row.answer_post_id).collect();
        let people: Vec<Id> = rows.iter().flat_map(|row| [row.recorded_by, row.decided_by]).flatten().collect();
        Ok(Self {
            units: store::units::with_ids(conn, &units)?.into_iter().map(|unit| (unit.id, unit)).collect(),
            posts: store::posts::with_ids(conn, &posts)?.into_iter().map(|post| (post.id, post)).collect(),
            names: store::users::names(conn, &people)?.into_iter().collect(),
            tasks,
        })
    }

    fn pair(&self, row: &Proposal, unit: Id) -> AppResult<(&Task, &Unit)> {
        let pair = self.tasks.get(&row.task_id).zip(self.units.get(&unit));
        pair.ok_or_else(|| AppError::internal("a proposal without its task or unit"))
    }

    fn show(&self, actor: &Actor, row: Proposal, (asking, answering): (Unit, Unit)) -> AppResult<ShownProposal> {
        let (task, unit) = self.pair(&row, row.unit_id)?;
        let (_, to_unit) = self.pair(&row, row.to_unit_id)?;
        let (_, lead) = self.pair(&row, task.lead_unit_id)?;
        let named = |id: Option<Id>| id.and_then(|id| self.names.get(&id)).cloned();
        Ok(ShownProposal {
            actions: allowed(actor, &row, task, (&asking, &answering)),
            post: row.answer_post_id.and_then(|id| self.posts.get(&id)).cloned(),
            author: named(row.recorded_by),
            decider: named(row.decided_by),
            task: task.clone(),
            lead: lead.clone(),
            unit: unit.clone(),
            to_unit: to_unit.clone(),
            asking,
            answering,
            proposal: row,
        })
    }
}

/// What this account may do with a proposal.
fn allowed(actor: &Actor, row: &Proposal, task: &Task, (asking, answering): (&Unit, &Unit)) -> Vec<ProposalAction> {
    fn covers<R: Right>(actor: &Actor, unit: &Unit) -> bool {
        actor.permit::<R>().is_ok_and(|permit| permit.covers_unit(&unit.path, &unit.area_path))
    }
    if row.state != ProposalState::Open || task.voided_at.is_some() {
        return Vec::new();
    }
    let may = |action: &ProposalAction| match action {
        ProposalAction::Answer => covers::<AnswerProposals>(actor, answering),
        ProposalAction::Withdraw => covers::<LogProgress>(actor, asking),
    };
    ProposalAction::ALL.iter().copied().filter(may).collect()
}
