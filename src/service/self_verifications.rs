//! The light path: tasks of low risk, whose reports the monitoring unit need not confirm one by one.

use crate::db::Connection;
use crate::domain::self_verifications::SelfVerificationDraft;
use crate::domain::tasks::{Lifecycle, Secrecy};
use crate::domain::{Id, Moment};
use crate::error::{AppError, AppResult, rules};
use crate::store;
use crate::store::self_verifications::SelfVerification;

use super::access::{Permit, ReadWork, Verify};
use super::journal::{self, Happening};
use super::lookup::{self, Expected};
use super::shown_tasks::show_one;
use super::tasks;

/// What was decided for a task, with the user name of who did.
#[derive(Debug, Clone)]
pub struct ShownSelfVerification {
    /// The task.
    pub task: Id,
    /// The row; none while nothing was ever decided, and reports take two steps.
    pub decided: Option<SelfVerification>,
    /// User name of who decided.
    pub author: Option<String>,
}

impl ShownSelfVerification {
    /// How often it was decided.
    pub fn version(&self) -> i32 {
        self.decided.as_ref().map_or(0, |decided| decided.version)
    }
}

/// Whether the reports on a task are verified as they are logged.
///
/// # Errors
/// As `tasks::get`.
pub fn get(conn: &mut Connection, permit: &Permit<ReadWork>, task: Id, at: &Moment) -> AppResult<ShownSelfVerification> {
    tasks::get(conn, permit, task, at)?;
    shown(conn, task)
}

/// Why the reports on a task are verified as they are logged; none where they are not.
pub(super) fn reason(conn: &mut Connection, task: Id) -> AppResult<Option<String>> {
    Ok(store::self_verifications::find(conn, task)?.filter(|decided| decided.allowed).map(|decided| decided.reason))
}

/// A task for which the light path may be decided: permission, version and state have been checked.
#[derive(Debug)]
pub struct Decidable {
    task: Id,
    secrecy: Secrecy,
    before: Option<SelfVerification>,
}

/// Finds the task and keeps others from changing it.
///
/// # Errors
/// `not_found`, `forbidden` unless granted on the monitoring unit, `stale`, `illegal_state` for a voided or cancelled
/// task, and for one that takes no reports because it consists of others.
pub fn target(conn: &mut Connection, permit: &Permit<Verify>, task: Id, expected: Expected, at: &Moment) -> AppResult<Decidable> {
    store::tasks::lock(conn, task)?;
    let shown = show_one(conn, permit.actor(), task, at)?;
    permit.require_root(&shown.record.lead.area_path)?;
    permit.require_unit(shown.record.monitoring.as_ref().unwrap_or(shown.record.answering()))?;
    let before = store::self_verifications::find(conn, task)?;
    expected.check(before.as_ref().map_or(0, |decided| decided.version))?;
    let record = &shown.record;
    if record.task.voided_at.is_some() || record.is_parent || record.state.lifecycle == Lifecycle::Cancelled {
        return Err(AppError::illegal_state(shown.actions));
    }
    Ok(Decidable { task, secrecy: record.task.secrecy, before })
}

/// Decides it, for reports to come. Where nothing differs nothing happens.
///
/// # Errors
/// 422 for a secret task, which is not of low risk.
pub fn decide(
    conn: &mut Connection,
    permit: &Permit<Verify>,
    Decidable { task, secrecy, before }: Decidable,
    draft: &SelfVerificationDraft,
    at: &Moment,
) -> AppResult<ShownSelfVerification> {
    if draft.allowed && secrecy != Secrecy::None {
        return Err(AppError::invalid("/allowed", rules::SECRET_STUB));
    }
    if before.as_ref().is_some_and(|decided| decided.allowed == draft.allowed && decided.reason == draft.reason) {
        return shown(conn, task);
    }
    let decided = SelfVerification {
        task_id: task,
        allowed: draft.allowed,
        reason: draft.reason.clone(),
        decided_by: permit.actor().account(),
        decided_at: at.recorded_at(),
        version: before.as_ref().map_or(0, |decided| decided.version) + 1,
    };
    match &before {
        None => store::self_verifications::insert(conn, &decided)?,
        Some(_) => lookup::expect_updated(store::self_verifications::update(conn, &decided))?,
    }
    let was_allowed = before.is_some_and(|decided| decided.allowed);
    let happening = Happening::changed("task.self_verification_changed", "task", task, &was_allowed, &draft.allowed);
    journal::append(conn, permit.actor(), &happening.because(Some(&draft.reason)), at)?;
    shown(conn, task)
}

fn shown(conn: &mut Connection, task: Id) -> AppResult<ShownSelfVerification> {
    let decided = store::self_verifications::find(conn, task)?;
    let people: Vec<Id> = decided.iter().filter_map(|decided| decided.decided_by).collect();
    let author = store::users::names(conn, &people)?.pop().map(|(_, name)| name);
    Ok(ShownSelfVerification { task, decided, author })
}
