//! Sections made of what is said beside the tasks: reports, requests, proposals, instructions, changes.

use std::collections::HashMap;

use chrono::{NaiveDate, NaiveDateTime};

use super::work::Work;
use crate::db::Connection;
use crate::domain::briefings::{RecordKind, Row, Said, Topic, last_day_waited_long};
use crate::domain::commitment_changes::Changed;
use crate::domain::instructions::InstructionState;
use crate::domain::{Id, calendar, integrity};
use crate::error::AppResult;
use crate::service::instructions::standing::{Standing, standing};
use crate::store;
use crate::store::commitment_changes::CommitmentChange;
use crate::store::instructions::Instruction;

/// The rows of the topics that are made of records.
pub struct Records(HashMap<Topic, Vec<Row>>);

impl Records {
    /// Reads them all.
    ///
    /// # Errors
    /// The database's.
    pub fn load(conn: &mut Connection, work: &Work) -> AppResult<Self> {
        let mut rows = HashMap::new();
        rows.insert(Topic::WaitingReports, waiting_reports(conn, work)?);
        rows.insert(Topic::ReturnedReports, returned_reports(conn, work)?);
        rows.insert(Topic::CommitmentRequests, requests(conn, work)?);
        rows.insert(Topic::Proposals, proposals(conn, work)?);
        rows.insert(Topic::CommitmentsChanged, changes(conn, work)?);
        rows.insert(Topic::DeadlineMovedLate, moved_late(conn, work)?);
        let (open, answered) = instructions(conn, work)?;
        rows.insert(Topic::OpenInstructions, open);
        rows.insert(Topic::AnsweredInstructions, answered);
        Ok(Self(rows))
    }

    /// Those of a topic, if it is made of records.
    pub fn take(&mut self, topic: Topic) -> Option<Vec<Row>> {
        self.0.remove(&topic)
    }
}

fn day(at: NaiveDateTime) -> NaiveDate {
    calendar::day_of(at.and_utc())
}

/// A row about a task that is counted in this briefing.
fn counted(work: &Work, task: Id) -> Option<Row> {
    work.now.get(&task).map(|fact| Row::of(task, fact.task.lead_unit_id))
}

fn waiting_reports(conn: &mut Connection, work: &Work) -> AppResult<Vec<Row>> {
    let came_before = calendar::end_of(last_day_waited_long(work.as_of)).naive_utc();
    let cutoff = (!work.is_present).then(|| work.cutoff());
    let found = store::briefings::waiting_reports(conn, &work.roots, came_before, cutoff)?;
    let row = |(id, task, at, result): store::briefings::WaitingReport| {
        Some(counted(work, task)?.with_record(RecordKind::ProgressReport, id).since(day(at), work.as_of).saying(Some(&result)))
    };
    Ok(found.into_iter().filter_map(row).collect())
}

fn returned_reports(conn: &mut Connection, work: &Work) -> AppResult<Vec<Row>> {
    let mut rows = Vec::new();
    for root in &work.roots {
        let found = store::briefings::returned_reports(conn, *root, work.cutoff())?;
        rows.extend(found.into_iter().filter_map(|report| {
            let row = counted(work, report.task_id)?.with_record(RecordKind::ProgressReport, report.id);
            Some(row.since(day(report.verified_at), work.as_of).saying(report.verification_reason.as_deref()))
        }));
    }
    Ok(rows)
}

fn requests(conn: &mut Connection, work: &Work) -> AppResult<Vec<Row>> {
    let found = store::briefings::open_requests(conn, &work.roots, work.cutoff())?;
    let rows = found.into_iter().filter_map(|request| {
        let row = counted(work, request.task_id)?.with_record(RecordKind::CommitmentRequest, request.id);
        let (from, to) = main_change(&request.changes);
        Some(row.since(day(request.recorded_at), work.as_of).changing(from, to).saying(Some(&request.reason)))
    });
    Ok(rows.collect())
}

fn proposals(conn: &mut Connection, work: &Work) -> AppResult<Vec<Row>> {
    let found = store::briefings::open_proposals(conn, &work.roots, work.cutoff())?;
    let rows = found.into_iter().filter_map(|(proposal, root, lead)| {
        work.addressed((proposal.task_id, root, lead), proposal.to_unit_id)?;
        let row = Row::of(proposal.task_id, proposal.unit_id).with_record(RecordKind::Proposal, proposal.id);
        Some(row.since(day(proposal.recorded_at), work.as_of).saying(Some(&proposal.text)))
    });
    Ok(rows.collect())
}

/// Instructions that wait for an answer, and those whose answer waits.
fn instructions(conn: &mut Connection, work: &Work) -> AppResult<(Vec<Row>, Vec<Row>)> {
    let (mut open, mut answered) = (Vec::new(), Vec::new());
    for Standing { instruction, root, lead, state, since } in standing(conn, &work.roots, work.cutoff())? {
        let Some(unit) = work.addressed((instruction.task_id, root, lead), instruction.to_unit_id) else { continue };
        let row = Row::of(instruction.task_id, unit).with_record(RecordKind::Instruction, instruction.id);
        match state {
            InstructionState::Open => open.push(owed(work, row, &instruction)),
            InstructionState::Answered => answered.push(row.since(day(since), work.as_of).saying(Some(&instruction.text))),
            InstructionState::Closed | InstructionState::Withdrawn => {}
        }
    }
    Ok((open, answered))
}

/// By when an answer is owed; days beyond it, negative before.
fn owed(work: &Work, row: Row, instruction: &Instruction) -> Row {
    let row = row.saying(Some(&instruction.text));
    match instruction.due_on {
        Some(due) => row.since(due, work.as_of),
        None => row,
    }
}

fn changes(conn: &mut Connection, work: &Work) -> AppResult<Vec<Row>> {
    let found = store::briefings::changes(conn, &work.roots, work.since_cutoff(), work.cutoff())?;
    let rows = found.into_iter().filter_map(|change: CommitmentChange| {
        let (from, to) = main_change(&change.changes);
        Some(counted(work, change.task_id)?.since(day(change.recorded_at), work.as_of).changing(from, to).saying(Some(&change.reason)))
    });
    Ok(rows.collect())
}

fn moved_late(conn: &mut Connection, work: &Work) -> AppResult<Vec<Row>> {
    let found = store::integrity::deadline_changes(conn, &work.roots, Some(work.since_cutoff()), work.cutoff())?;
    let rows = found.into_iter().filter_map(|change| {
        let changed_on = day(change.recorded_at);
        let late = integrity::moved_late(change.from, changed_on)?;
        let row = counted(work, change.task_id)?.changing(change.from.map(Said::Day), change.to.map(Said::Day));
        Some(Row { on: Some(changed_on), days: Some(late), ..row })
    });
    Ok(rows.collect())
}

/// What changed or is asked to: the deadline if it does, else whatever is named first.
fn main_change(changes: &str) -> (Option<Said>, Option<Said>) {
    let changes: Vec<Changed> = serde_json::from_str(changes).unwrap_or_default();
    let main = changes.iter().find(|change| change.field == "deadline").or(changes.first()).cloned();
    main.map_or((None, None), |main| (main.from.map(Said::Words), main.to.map(Said::Words)))
}
