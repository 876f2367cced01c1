//! Tasks on a database, with the histories that the database must agree with.

use std::collections::HashSet;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use diesel::prelude::*;
use proptest::prelude::*;
use proptest::test_runner::TestCaseError;
use resolution_tracker::db::Connection;
use resolution_tracker::db::schema::{progress_reports, tasks};
use resolution_tracker::domain::deadline::DeadlineKind;
use resolution_tracker::domain::progress_reports::{ReportState, Verification};
use resolution_tracker::domain::task_state::{ReportFact, derive};
use resolution_tracker::domain::tasks::Decision;
use resolution_tracker::domain::{Id, Origin, Percent, Reference, calendar, timeliness};
use resolution_tracker::store;
use resolution_tracker::store::task_facts::{FactFilter, TaskFact, as_of, at_each, current};
use resolution_tracker::store::task_states::TaskStateRow;

use super::acts::{Act, Step};
use super::{rows, sorted};

/// What the test keeps of a task: its histories, which the database must agree with.
#[derive(Default)]
struct Kept {
    id: Option<Id>,
    parent: Option<Id>,
    decisions: Vec<Decision>,
    reports: Vec<(Id, ReportFact)>,
    due: Vec<(NaiveDate, Option<NaiveDate>)>,
}

pub struct World {
    root: Id,
    account: Id,
    units: Vec<Id>,
    tasks: Vec<Kept>,
    /// The reports that verified themselves.
    light: HashSet<Id>,
    position: i64,
    today: NaiveDate,
    ids: DateTime<Utc>,
}

impl World {
    pub fn new(conn: &mut Connection, parents: &[Option<usize>]) -> Self {
        let by_code = |code: &str| Reference::Code(code.to_owned());
        let mut unit = |code: &str| store::units::find_by(conn, &by_code(code)).unwrap().unwrap().id;
        let units = vec![unit("hg-so-y-te"), unit("hg-so-tai-chinh"), unit("hg-huyen-vi-thuy-dang")];
        let root = store::areas::find_by(conn, &by_code("hg")).unwrap().unwrap().id;
        let account = store::users::find_by_username(conn, "office").unwrap().unwrap().id;
        let today: NaiveDate = "2021-08-01".parse().unwrap();
        let mut world =
            Self { root, account, units, tasks: Vec::new(), light: HashSet::new(), position: 1_000, today, ids: calendar::at(today, 0) };
        parents.iter().for_each(|parent| world.draft(conn, *parent));
        world
    }

    fn new_id(&mut self) -> Id {
        self.ids += TimeDelta::milliseconds(1);
        Id::new(self.ids)
    }

    fn draft(&mut self, conn: &mut Connection, parent: Option<usize>) {
        let parent = parent.and_then(|p| self.tasks.get(p)).and_then(|p| p.id);
        let id = self.new_id();
        let task = rows::task((id, self.root, self.units[0]), parent, calendar::at(self.today, 0).naive_utc());
        store::tasks::insert(conn, &task).unwrap();
        let state = TaskStateRow::new(id, None, None, &derive(&[], &[]));
        store::task_states::insert(conn, &state).unwrap();
        self.tasks.push(Kept { id: Some(id), parent, ..Kept::default() });
    }

    /// Plays the steps, keeps what each evening shows, and looks back on all of them from the end.
    pub fn play(mut self, conn: &mut Connection, steps: &[Step]) -> Result<(), TestCaseError> {
        let mut evenings = Vec::new();
        for (task, days, hour, act) in steps {
            // What stands now knows no day: it is read once while nothing happens.
            let standing = if *days > 0 { self.shown(conn) } else { Vec::new() };
            for _ in 0..*days {
                evenings.push((self.today, standing.clone()));
                self.today = self.today.succ_opt().unwrap();
            }
            let midnight = calendar::at(self.today, 0);
            let last = calendar::end_of(self.today) - TimeDelta::microseconds(1);
            let now = [midnight, calendar::at(self.today, 12), last][*hour];
            self.happen(conn, task % self.tasks.len(), act, now);
        }
        evenings.push((self.today, self.shown(conn)));
        // Each evening alone, and all of them in one go, as a trend reads them.
        let cutoffs: Vec<_> = evenings.iter().map(|(day, _)| calendar::end_of(*day).naive_utc()).collect();
        let mut together = vec![Vec::<TaskFact>::new(); evenings.len()];
        at_each(conn, &self.everything(), &cutoffs, |evening, fact| together[evening].push(fact)).unwrap();
        for ((day, then), together) in evenings.into_iter().zip(together) {
            let back = sorted(as_of(conn, &self.everything(), calendar::end_of(day).naive_utc()).unwrap());
            prop_assert_eq!(&back, &then, "{}", day);
            prop_assert_eq!(sorted(together), then, "{} in one go", day);
        }
        Ok(())
    }

    fn everything(&self) -> FactFilter {
        FactFilter { roots: vec![self.root], ..FactFilter::default() }
    }

    /// Today's facts, from the state that is kept current; checked against the rule of what counts.
    fn shown(&self, conn: &mut Connection) -> Vec<TaskFact> {
        let facts = sorted(current(conn, &self.everything()).unwrap());
        let counts = |kept: &Kept| kept.decisions.contains(&Decision::Issue) && !kept.decisions.contains(&Decision::Void);
        let is_parent = |kept: &Kept| self.tasks.iter().any(|child| child.parent == kept.id && counts(child));
        let mut expected: Vec<Id> = self.tasks.iter().filter(|k| counts(k) && !is_parent(k)).filter_map(|k| k.id).collect();
        expected.sort_unstable();
        assert_eq!(facts.iter().map(|fact| fact.task.id).collect::<Vec<_>>(), expected);
        facts
    }

    /// What the services would do, or nothing where they would refuse.
    fn happen(&mut self, conn: &mut Connection, task: usize, act: &Act, now: DateTime<Utc>) {
        let kept = &self.tasks[task];
        let issued = kept.decisions.contains(&Decision::Issue);
        let ended = kept.decisions.contains(&Decision::Void) || kept.decisions.contains(&Decision::Cancel);
        self.position += 1;
        match act {
            Act::Decide(Decision::Issue) if !issued && !ended => {
                self.decide(conn, task, Decision::Issue, now);
                self.commit(conn, task, (Some(3), DeadlineKind::DueBy, true), 1, 0, now);
            }
            Act::Decide(Decision::Void) if !kept.decisions.contains(&Decision::Void) => self.decide(conn, task, Decision::Void, now),
            Act::Decide(decision) if issued && !ended && *decision != Decision::Issue => self.decide(conn, task, *decision, now),
            Act::Commit { due_in, weight, lead, kind, binding } if issued && !ended => {
                self.commit(conn, task, (*due_in, *kind, *binding), *weight, *lead, now);
            }
            Act::Report { state, percent, days_ago, origin, light } if issued => {
                let told = (*state, *percent, self.today - TimeDelta::days(*days_ago));
                self.report(conn, task, told, (*origin, *light), now);
            }
            Act::Settle { report, verified } => self.settle(conn, task, *report, *verified, now),
            _ => return,
        }
        self.restate(conn, task);
    }

    fn decide(&mut self, conn: &mut Connection, task: usize, decision: Decision, now: DateTime<Utc>) {
        let (id, recorded_at) = (self.tasks[task].id.unwrap(), now.naive_utc());
        let row = store::task_decisions::TaskDecision {
            id: self.new_id(),
            task_id: id,
            position: self.position,
            decision,
            reason: None,
            legal_basis: None,
            recorded_by: Some(self.account),
            origin: Origin::Entry,
            recorded_at,
        };
        store::task_decisions::insert(conn, &row).unwrap();
        let target = tasks::table.find(id);
        match decision {
            Decision::Issue => diesel::update(target).set(tasks::issued_at.eq(recorded_at)).execute(conn).unwrap(),
            Decision::Void => diesel::update(target).set(tasks::voided_at.eq(recorded_at)).execute(conn).unwrap(),
            _ => 0,
        };
        self.tasks[task].decisions.push(decision);
    }

    fn commit(
        &mut self,
        conn: &mut Connection,
        task: usize,
        (due_in, kind, binding): (Option<i64>, DeadlineKind, bool),
        weight: i32,
        lead: usize,
        now: DateTime<Utc>,
    ) {
        let (id, lead_unit_id, recorded_at) = (self.tasks[task].id.unwrap(), self.units[lead], now.naive_utc());
        let ends_on = due_in.map(|days| self.today + TimeDelta::days(days));
        let deadline = rows::deadline((self.new_id(), id), (kind, ends_on, binding), recorded_at);
        store::deadlines::insert(conn, &deadline).unwrap();
        let row = store::commitments::Commitment {
            id: self.new_id(),
            task_id: id,
            position: self.position,
            change_id: None,
            deadline_id: Some(deadline.id),
            lead_unit_id,
            weight,
            scope: None,
            recorded_at,
        };
        store::commitments::insert(conn, &row).unwrap();
        diesel::update(tasks::table.find(id)).set((tasks::lead_unit_id.eq(lead_unit_id), tasks::weight.eq(weight))).execute(conn).unwrap();
        let judged = ends_on.filter(|_| binding && kind != DeadlineKind::Recurring);
        self.tasks[task].due.push((self.today, judged));
    }

    fn report(
        &mut self,
        conn: &mut Connection,
        task: usize,
        (state, percent, measured_on): (ReportState, Option<i32>, NaiveDate),
        (origin, light): (Origin, bool),
        now: DateTime<Utc>,
    ) {
        let product_on = (state == ReportState::Completed).then_some(measured_on);
        let percent = percent.map(|p| Percent::from_hundredths(p).unwrap()).filter(|_| state.implied_percent().is_none());
        let row = store::progress_reports::ProgressReport {
            id: self.new_id(),
            task_id: self.tasks[task].id.unwrap(),
            position: self.position,
            unit_id: self.units[0],
            state,
            result: "kết quả".into(),
            percent,
            measured_on,
            product_number: None,
            product_issued_on: product_on,
            product_note: None,
            obstacles: None,
            proposals: "[]".into(),
            reason: None,
            on_behalf: false,
            recorded_by: Some(self.account),
            recorded_at: now.naive_utc(),
            origin,
            verification: Verification::before_judged(light),
            verified_by: None,
            verified_at: light.then(|| now.naive_utc()),
            verification_reason: None,
            version: 1,
            period: None,
            self_verified: light,
        };
        self.light.extend(light.then_some(row.id));
        store::progress_reports::insert(conn, &row).unwrap();
        self.tasks[task].reports.push((row.id, row.fact()));
    }

    fn settle(&mut self, conn: &mut Connection, task: usize, which: usize, verified: bool, now: DateTime<Utc>) {
        // What verified itself may still be returned.
        let light = &self.light;
        let waiting = |(id, fact): &&mut (Id, ReportFact)| match fact.verification {
            Verification::Submitted => fact.recorded_at <= now,
            Verification::Verified => !verified && light.contains(id) && fact.recorded_at <= now,
            Verification::Returned => false,
        };
        let Some((id, fact)) = self.tasks[task].reports.iter_mut().filter(waiting).nth(which) else { return };
        fact.verification = if verified { Verification::Verified } else { Verification::Returned };
        diesel::update(progress_reports::table.find(*id))
            .set((progress_reports::verification.eq(fact.verification), progress_reports::verified_at.eq(now.naive_utc())))
            .execute(conn)
            .unwrap();
    }

    /// Moves the state that is kept current, as the transaction of every change does.
    fn restate(&self, conn: &mut Connection, task: usize) {
        let kept = &self.tasks[task];
        let reports: Vec<ReportFact> = kept.reports.iter().map(|(_, fact)| fact.clone()).collect();
        let due_on = timeliness::judged_due(kept.due.iter().copied());
        // Every commitment of this world has a deadline of its own.
        let original = kept.due.first().filter(|_| kept.due.len() > 1);
        let row = TaskStateRow::new(kept.id.unwrap(), None, due_on, &derive(&kept.decisions, &reports));
        let row = TaskStateRow { rescheduled: original.is_some(), original_due_on: original.and_then(|(_, due)| *due), ..row };
        store::task_states::update(conn, &row).unwrap();
    }
}
