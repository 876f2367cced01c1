//! Digests: how the work of one's units stands, and for leaders what their dashboard shows.

use std::collections::HashMap;

use chrono::Months;

use crate::db::Connection;
use crate::domain::dashboards::{Basis, DashboardQuery};
use crate::domain::notifications::NotificationKind;
use crate::domain::notifications::letters::{self, Content, Standing, UnitSection};
use crate::domain::roll_up::RollUp;
use crate::domain::silence::SILENT_DAYS;
use crate::domain::{Id, Moment};
use crate::error::{AppResult, codes};
use crate::service::access::{Actor, Permit, ReadDashboards};
use crate::service::dashboards;
use crate::service::succession::Addressees;
use crate::store::task_facts::TaskFact;
use crate::store::units::Unit;
use crate::store::users::User;

use super::planning::{OpenWork, Planned, Titles};
use super::recipients::Recipients;

/// How many units a leader is told of.
const WORST: usize = 5;

/// For the reporters of each unit with open work: a section for each of their units.
///
/// # Errors
/// The database's.
pub fn of_units(conn: &mut Connection, work: &OpenWork, recipients: &Recipients, at: &Moment) -> AppResult<Vec<Planned>> {
    let mut by_unit: HashMap<Id, Vec<&TaskFact>> = HashMap::new();
    work.facts.iter().for_each(|fact| by_unit.entry(fact.task.lead_unit_id).or_default().push(fact));
    by_unit.retain(|_, facts| facts.iter().any(|fact| fact.state.lifecycle.is_open()));
    let told: Vec<Id> =
        by_unit.values().flatten().filter(|fact| is_late(fact, at) || silence(fact, at).is_some()).map(|f| f.task.id).collect();
    let titles = Titles::load(conn, &told)?;
    let waiting = dashboards::waiting(conn, &work.roots, &Addressees::new(None, at.today()), at.today())?.0;
    let mut sections: HashMap<Id, (&User, Vec<UnitSection>)> = HashMap::new();
    for (unit, facts) in by_unit.iter().filter_map(|(id, facts)| Some((work.units.get(id)?, facts))) {
        let section = section(unit, facts, &titles, at);
        let waits = waiting.get(&unit.id).copied().unwrap_or_default();
        let section = UnitSection { instructions: (waits.instructions_open, waits.instructions_overdue), ..section };
        for user in recipients.reporters_of(unit) {
            sections.entry(user.id).or_insert_with(|| (user, Vec::new())).1.push(section.clone());
        }
    }
    let planned = |(user, units): (&User, Vec<UnitSection>)| Planned {
        user: user.clone(),
        kind: NotificationKind::UnitDigest,
        content: letters::unit_digest(units, at.today()),
    };
    Ok(sections.into_values().map(planned).collect())
}

fn is_late(fact: &TaskFact, at: &Moment) -> bool {
    fact.state.lifecycle.is_open() && fact.state.due_on.is_some_and(|due_on| due_on < at.today())
}

/// The days for which nothing was reported of open work, if they are many.
fn silence(fact: &TaskFact, at: &Moment) -> Option<i64> {
    let heard = fact.heard().filter(|_| fact.state.lifecycle.is_open())?;
    Some(heard.days(at.today())).filter(|days| *days >= SILENT_DAYS)
}

fn section(unit: &Unit, facts: &[&TaskFact], titles: &Titles, at: &Moment) -> UnitSection {
    let sum: RollUp = facts.iter().map(|fact| fact.counted(at.today(), at.due_soon_days)).fold(RollUp::default(), |mut sum, counted| {
        sum.add(&counted);
        sum
    });
    let late = facts.iter().filter(|fact| is_late(fact, at));
    UnitSection {
        unit: unit.name.clone(),
        counts: sum.counts(),
        overdue: late.filter_map(|fact| Some(titles.line(fact, unit, fact.state.due_on?))).collect(),
        silent: facts.iter().filter_map(|fact| Some((silence(fact, at)?, titles.of(fact)))).collect(),
        instructions: (0, 0),
    }
}

/// For each leader: what their own dashboard shows today, beside a month before.
///
/// # Errors
/// The database's.
pub fn of_leaders(conn: &mut Connection, recipients: &Recipients, at: &Moment) -> AppResult<Vec<Planned>> {
    let mut known: HashMap<String, Content> = HashMap::new();
    let mut planned = Vec::new();
    for user in recipients.leaders().filter(|user| user.email.is_some()) {
        let actor = Actor::of_user(conn, user)?.on(at.today());
        let Ok(permit) = actor.permit::<ReadDashboards>() else { continue };
        let content = match known.get(&permit.scope()) {
            Some(content) => content.clone(),
            None => of_leader(conn, &permit, at)?,
        };
        known.insert(permit.scope(), content.clone());
        planned.push(Planned { user: user.clone(), kind: NotificationKind::LeaderDigest, content });
    }
    Ok(planned)
}

fn of_leader(conn: &mut Connection, permit: &Permit<ReadDashboards>, at: &Moment) -> AppResult<Content> {
    let before = at.today().checked_sub_months(Months::new(1)).unwrap_or(at.today());
    let query = |as_of| DashboardQuery { as_of: Some(as_of), basis: Some(Basis::Current), ..DashboardQuery::default() };
    let mut standing = |day| {
        let (_, totals) = dashboards::overview(conn, permit, &query(day), at)?;
        AppResult::Ok(Standing { day, counts: totals.tasks, verified: totals.progress.verified })
    };
    let now = standing(at.today())?;
    let before = match standing(before) {
        // There was no data yet.
        Err(error) if error.code == codes::INVALID_PARAMETER => None,
        other => Some(other?),
    };
    let mut lines = dashboards::units(conn, permit, &query(at.today()), &[], at)?.lines;
    lines.retain(|line| line.totals.tasks.open_overdue > 0);
    lines.sort_by_key(|line| std::cmp::Reverse(line.totals.tasks.open_overdue));
    let worst: Vec<(String, u32, u32)> =
        lines.into_iter().take(WORST).map(|line| (line.of.name, line.totals.tasks.open_overdue, line.totals.tasks.total)).collect();
    Ok(letters::leader_digest(now, before, &worst))
}
