//! The mail of a day: reminders of open work, the weekly digest of units, the monthly one of leaders.

use std::collections::HashMap;

use chrono::NaiveDate;

use crate::db::Connection;
use crate::domain::notifications::letters::{self, Content, TaskLine};
use crate::domain::notifications::{NotificationKind, PlannedDays, may_plan};
use crate::domain::tasks::Secrecy;
use crate::domain::{Id, Moment};
use crate::error::AppResult;
use crate::service::succession::Known;
use crate::store;
use crate::store::succession::Of;
use crate::store::task_facts::{FactFilter, TaskFact};
use crate::store::tasks::Task;
use crate::store::units::Unit;
use crate::store::users::User;

use super::recipients::Recipients;
use super::{digests, queue};

/// Where it is kept which day was planned last.
const PLANNED: &str = "notifications_planned";

/// Days for which mail that was settled is kept.
const KEPT_DAYS: i64 = 90;

/// A mail that would be sent.
#[derive(Debug, Clone)]
pub struct Planned {
    /// To whom.
    pub user: User,
    /// What it tells of.
    pub kind: NotificationKind,
    /// What it says.
    pub content: Content,
}

/// Whether the mail of today has still to be planned, and may be by now.
///
/// # Errors
/// The database's.
pub fn is_due(conn: &mut Connection, at: &Moment) -> AppResult<bool> {
    Ok(may_plan(at.instant) && planned_last(conn)?.is_none_or(|day| day < at.today()))
}

/// Plans the mail of today and marks the day, so that nobody plans it again. Answers how many mails were put into
/// the outbox.
///
/// # Errors
/// The database's.
pub fn plan(conn: &mut Connection, at: &Moment) -> AppResult<usize> {
    let days = days(conn, at)?;
    if !at.mails || !store::outbox::mark_planned(conn, PLANNED, at.today())? {
        return Ok(0);
    }
    store::outbox::forget(conn, at.recorded_at() - chrono::TimeDelta::days(KEPT_DAYS))?;
    let mut queued = 0;
    for Planned { user, kind, content } in drafts(conn, days, at)? {
        queued += usize::from(queue(conn, &user, (kind, ""), content, at)?);
    }
    Ok(queued)
}

/// The days that would be planned now.
///
/// # Errors
/// The database's.
pub fn days(conn: &mut Connection, at: &Moment) -> AppResult<PlannedDays> {
    Ok(PlannedDays::since(planned_last(conn)?, at.today()))
}

fn planned_last(conn: &mut Connection) -> AppResult<Option<NaiveDate>> {
    Ok(store::settings::find(conn, PLANNED)?.and_then(|day| day.parse().ok()))
}

/// The mails of some days, for those who can be reached and want them. Writes nothing.
///
/// # Errors
/// The database's.
pub fn drafts(conn: &mut Connection, days: PlannedDays, at: &Moment) -> AppResult<Vec<Planned>> {
    if !store::notifications::anybody(conn)? {
        return Ok(Vec::new());
    }
    let recipients = Recipients::load(conn)?;
    let work = OpenWork::load(conn, at)?;
    let mut planned = reminders(conn, &work, &recipients, days)?;
    if days.has_unit_digest() {
        planned.extend(digests::of_units(conn, &work, &recipients, at)?);
    }
    if days.has_leader_digest() {
        planned.extend(digests::of_leaders(conn, &recipients, at)?);
    }
    let unwanted = store::notifications::unwanted(conn)?;
    planned.retain(|mail| mail.user.email.is_some() && !unwanted.contains(&(mail.user.id, mail.kind)));
    planned.sort_by(|a, b| (&a.user.username, a.kind.as_str()).cmp(&(&b.user.username, b.kind.as_str())));
    Ok(planned)
}

/// Every counted task, each with the unit that answers for it today.
pub struct OpenWork {
    /// The facts dashboards count; the lead unit is who answers.
    pub facts: Vec<TaskFact>,
    /// The units that answer for any.
    pub units: HashMap<Id, Unit>,
    /// The provinces.
    pub roots: Vec<Id>,
}

impl OpenWork {
    fn load(conn: &mut Connection, at: &Moment) -> AppResult<Self> {
        let roots: Vec<Id> = store::areas::all(conn)?.into_iter().filter(|area| area.parent_id.is_none()).map(|area| area.id).collect();
        let filter = FactFilter { roots: roots.clone(), ..FactFilter::default() };
        let mut facts = store::task_facts::current(conn, &filter)?;
        let known = Known::by(conn, Of::Roots(&roots), at.today())?;
        facts.iter_mut().for_each(|fact| fact.task.lead_unit_id = known.responsible(fact.task.id, fact.task.lead_unit_id, at.today()));
        let ids: Vec<Id> = facts.iter().map(|fact| fact.task.lead_unit_id).collect();
        let units = store::units::with_ids(conn, &ids)?.into_iter().map(|unit| (unit.id, unit)).collect();
        Ok(Self { facts, units, roots })
    }
}

/// Titles of tasks, as far as they may leave the house.
pub struct Titles(HashMap<Id, String>);

impl Titles {
    /// Of these tasks.
    ///
    /// # Errors
    /// The database's.
    pub fn load(conn: &mut Connection, ids: &[Id]) -> AppResult<Self> {
        let open = |task: &Task| task.secrecy == Secrecy::None;
        let tasks = store::tasks::with_ids(conn, ids)?.into_iter().filter(open);
        Ok(Self(tasks.map(|task| (task.id, task.title)).collect()))
    }

    /// Of one; none if it is secret.
    pub fn of(&self, fact: &TaskFact) -> Option<String> {
        self.0.get(&fact.task.id).cloned()
    }

    /// A line of a list.
    pub fn line(&self, fact: &TaskFact, unit: &Unit, due_on: NaiveDate) -> TaskLine {
        TaskLine { due_on, unit: unit.name.clone(), title: self.of(fact) }
    }
}

fn reminders(conn: &mut Connection, work: &OpenWork, recipients: &Recipients, days: PlannedDays) -> AppResult<Vec<Planned>> {
    let due = |fact: &'_ TaskFact| {
        let due_on = fact.state.due_on.filter(|_| fact.state.lifecycle.is_open())?;
        Some((due_on, days.reminder(due_on)?))
    };
    let owed: Vec<(&TaskFact, NaiveDate, NotificationKind)> =
        work.facts.iter().filter_map(|fact| due(fact).map(|(due_on, kind)| (fact, due_on, kind))).collect();
    let titles = Titles::load(conn, &owed.iter().map(|(fact, ..)| fact.task.id).collect::<Vec<_>>())?;
    let mut lists: HashMap<(Id, NotificationKind), (&User, Vec<TaskLine>)> = HashMap::new();
    for (fact, due_on, kind) in owed {
        let Some(unit) = work.units.get(&fact.task.lead_unit_id) else { continue };
        for user in recipients.reporters_of(unit) {
            lists.entry((user.id, kind)).or_insert_with(|| (user, Vec::new())).1.push(titles.line(fact, unit, due_on));
        }
    }
    let planned = |((_, kind), (user, lines)): ((Id, NotificationKind), (&User, Vec<TaskLine>))| Planned {
        user: user.clone(),
        kind,
        content: letters::reminders(kind, lines, days.today),
    };
    Ok(lists.into_iter().map(planned).collect())
}
