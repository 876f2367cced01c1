//! Succession: who answers on a day for work that was given to a unit which has merged, split or
//! ended since. What was given stays as it was given; this is read beside it.
//!
//! A unit that passes everything to one other (merge, rename) has one *whole* edge, and all its work
//! follows it. Where a unit's work goes different ways (split, dissolution, transfer of a function)
//! each task has an edge of its own, made by the rules of the event. A task walks from its lead unit
//! along whatever is in force on the day. Areas follow each other by whole edges alone.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;

use super::Id;

/// One step of a walk: from a day on, one answers for what another answered for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Edge {
    /// The event that made it so.
    pub event: Id,
    /// Who answered before.
    pub from: Id,
    /// Who answers since.
    pub to: Id,
    /// The first day.
    pub effective_on: NaiveDate,
    /// Its place in the journal: of two on one day, the one told later comes later.
    pub position: i64,
}

impl Edge {
    fn order(&self) -> (NaiveDate, i64) {
        (self.effective_on, self.position)
    }
}

/// A task as a walk needs it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Assigned {
    /// Which task.
    pub task: Id,
    /// The unit it was given to.
    pub lead: Id,
    /// Place in the journal of the change that gave it to this unit: what was handed over before that
    /// no longer speaks of it.
    pub since: i64,
}

/// All edges that are known.
#[derive(Debug, Default, Clone)]
pub struct Succession {
    whole: HashMap<Id, Edge>,
    handed: HashMap<Id, Vec<Edge>>,
}

impl Succession {
    /// From whole edges, of which each unit has at most one, and the edges of single tasks.
    pub fn new(whole: impl IntoIterator<Item = Edge>, handed: impl IntoIterator<Item = (Id, Edge)>) -> Self {
        let mut of_tasks: HashMap<Id, Vec<Edge>> = HashMap::new();
        for (task, edge) in handed {
            of_tasks.entry(task).or_default().push(edge);
        }
        of_tasks.values_mut().for_each(|edges| edges.sort_unstable_by_key(Edge::order));
        Self { whole: whole.into_iter().map(|edge| (edge.from, edge)).collect(), handed: of_tasks }
    }

    /// Whether nothing ever changed hands.
    pub fn is_empty(&self) -> bool {
        self.whole.is_empty() && self.handed.is_empty()
    }

    /// Who answers for a task on a day.
    pub fn responsible(&self, assigned: Assigned, on: NaiveDate) -> Id {
        self.walk(assigned, on).last().map_or(assigned.lead, |edge| edge.to)
    }

    /// The steps from the unit a task was given to, to the one that answers for it on a day.
    pub fn walk(&self, assigned: Assigned, on: NaiveDate) -> Vec<Edge> {
        let mut steps: Vec<Edge> = Vec::new();
        while let Some(next) = self.next(assigned, on, &steps) {
            steps.push(next);
        }
        steps
    }

    fn next(&self, assigned: Assigned, on: NaiveDate, steps: &[Edge]) -> Option<Edge> {
        let unit = steps.last().map_or(assigned.lead, |edge| edge.to);
        let after = steps.iter().map(Edge::order).max();
        let own = self.handed.get(&assigned.task).into_iter().flatten();
        let handed = own.copied().find(|edge| {
            edge.from == unit
                && edge.position >= assigned.since
                && edge.effective_on <= on
                && after.is_none_or(|after| edge.order() > after)
        });
        // Told in the wrong order, whole edges could lead back: none is followed twice.
        let whole = self.whole.get(&unit).copied().filter(|edge| edge.effective_on <= on && !steps.contains(edge));
        match (handed, whole) {
            (Some(handed), Some(whole)) if whole.order() < handed.order() => Some(whole),
            (handed, whole) => handed.or(whole),
        }
    }

    /// The unit that has all a unit had, on a day: itself, if it passed nothing on as a whole.
    pub fn heir(&self, unit: Id, on: NaiveDate) -> Id {
        self.walk(Assigned { task: Id::NIL, lead: unit, since: i64::MAX }, on).last().map_or(unit, |edge| edge.to)
    }

    /// The units whose whole work these answer for on a day, themselves among them if they still do.
    pub fn answered_by(&self, chosen: &HashSet<Id>, on: NaiveDate) -> HashSet<Id> {
        let known: HashSet<Id> = self.whole.keys().chain(chosen).copied().collect();
        known.into_iter().filter(|unit| chosen.contains(&self.heir(*unit, on))).collect()
    }

    /// Those before one, however far back, each with the day from which its work had come here.
    pub fn before(&self, one: Id) -> Vec<(Id, NaiveDate)> {
        let (mut found, mut seen) = (vec![(one, NaiveDate::MIN)], HashSet::from([one]));
        let mut at = 0;
        while let Some((heir, since)) = found.get(at).copied() {
            let earlier = self.whole.values().filter(|edge| edge.to == heir && !seen.contains(&edge.from));
            let earlier: Vec<_> = earlier.map(|edge| (edge.from, edge.effective_on.max(since))).collect();
            seen.extend(earlier.iter().map(|(unit, _)| *unit));
            found.extend(earlier);
            at += 1;
        }
        found.split_off(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::DateTime;
    use proptest::prelude::*;

    fn id(n: usize) -> Id {
        let mut id = Id::new(DateTime::from_timestamp(1_600_000_000, 0).unwrap()).as_bytes().to_owned();
        id[6..].copy_from_slice(&[0x70, 0, 0x80, 0, 0, 0, 0, 0, 0, u8::try_from(n).unwrap()]);
        Id::from_slice(&id).unwrap()
    }

    fn day(n: u64) -> NaiveDate {
        NaiveDate::from_ymd_opt(2021, 1, 1).unwrap() + chrono::Days::new(n)
    }

    fn edge(from: usize, to: usize, on: u64, position: i64) -> Edge {
        Edge { event: id(200), from: id(from), to: id(to), effective_on: day(on), position }
    }

    fn assigned(lead: usize) -> Assigned {
        Assigned { task: id(100), lead: id(lead), since: 0 }
    }

    #[test]
    fn the_work_of_a_merged_unit_follows_it_from_that_day() {
        let known = Succession::new([edge(1, 2, 10, 1), edge(2, 3, 20, 2)], []);
        for (on, answers) in [(9, 1), (10, 2), (19, 2), (20, 3), (400, 3)] {
            assert_eq!(known.responsible(assigned(1), day(on)), id(answers), "day {on}");
        }
        assert_eq!(known.before(id(3)), [(id(2), day(20)), (id(1), day(20))]);
        assert_eq!(known.answered_by(&HashSet::from([id(2)]), day(15)), HashSet::from([id(1), id(2)]));
        assert!(known.answered_by(&HashSet::from([id(2)]), day(25)).is_empty());
    }

    #[test]
    fn a_task_of_its_own_way_leaves_the_others_behind() {
        let known = Succession::new([edge(2, 4, 20, 3)], [(id(100), edge(1, 2, 10, 2))]);
        assert_eq!(known.responsible(assigned(1), day(30)), id(4));
        assert_eq!(known.responsible(Assigned { task: id(101), ..assigned(1) }, day(30)), id(1));
    }

    #[test]
    fn a_function_may_come_back() {
        let known = Succession::new([], [(id(100), edge(1, 2, 10, 2)), (id(100), edge(2, 1, 20, 3))]);
        for (on, answers) in [(9, 1), (10, 2), (20, 1), (90, 1)] {
            assert_eq!(known.responsible(assigned(1), day(on)), id(answers), "day {on}");
        }
    }

    #[test]
    fn who_is_given_a_task_anew_keeps_it() {
        let known = Succession::new([], [(id(100), edge(1, 2, 10, 5))]);
        assert_eq!(known.responsible(Assigned { since: 4, ..assigned(1) }, day(30)), id(2));
        assert_eq!(known.responsible(Assigned { since: 6, ..assigned(1) }, day(30)), id(1));
    }

    #[test]
    fn what_was_told_wrongly_ends_the_walk() {
        let known = Succession::new([edge(1, 2, 10, 1), edge(2, 1, 10, 2)], []);
        assert_eq!(known.walk(assigned(1), day(30)).len(), 2);
    }

    /// Reorganisations as the house accepts them: unit n passes on to a later one, if at all.
    fn histories() -> impl Strategy<Value = Succession> {
        let whole = prop::collection::vec((0..100u64, 1..5usize, any::<bool>()), 20);
        let handed = prop::collection::vec((0..20usize, 1..5usize, 0..100u64), 0..30);
        (whole, handed).prop_map(|(whole, handed)| {
            let whole = whole.into_iter().enumerate().filter(|(_, (.., ends))| *ends);
            let whole = whole.map(|(n, (on, further, _))| edge(n, n + further, on, i64::try_from(n).unwrap()));
            let handed = handed.into_iter().enumerate();
            let handed = handed.map(|(i, (from, further, on))| (id(100), edge(from, from + further, on, 1000 + i64::try_from(i).unwrap())));
            Succession::new(whole, handed)
        })
    }

    proptest! {
        #[test]
        fn every_walk_ends_where_nothing_leads_on(known in histories(), lead in 0..20usize, on in 0..120u64) {
            let steps = known.walk(assigned(lead), day(on));
            prop_assert!(steps.iter().all(|step| step.effective_on <= day(on)));
            prop_assert!(steps.windows(2).all(|pair| pair[0].to == pair[1].from));
            prop_assert_eq!(known.next(assigned(lead), day(on), &steps), None);
        }

        #[test]
        fn a_later_day_only_adds_steps(known in histories(), lead in 0..20usize, on in 0..100u64, later in 0..20u64) {
            let (then, after) = (known.walk(assigned(lead), day(on)), known.walk(assigned(lead), day(on + later)));
            prop_assert!(after.starts_with(&then));
        }

        #[test]
        fn each_unit_has_one_heir_and_stands_in_its_list_alone(known in histories(), on in 0..120u64) {
            let mut found = 0;
            for heir in 0..30usize {
                for unit in known.answered_by(&HashSet::from([id(heir)]), day(on)) {
                    prop_assert_eq!(known.heir(unit, day(on)), id(heir));
                    found += usize::from(known.whole.contains_key(&unit));
                }
            }
            prop_assert_eq!(found, known.whole.len());
        }
    }
}
