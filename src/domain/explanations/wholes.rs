//! Wholes: a task with parts shows what the tasks below it add up to, and so can be asked for them.

use std::collections::{HashMap, HashSet};

use crate::domain::Id;

/// A task with parts whose number is explained.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Whole {
    /// The task.
    pub id: Id,
    /// Its title; none of a secret one.
    pub title: Option<String>,
    /// Whether none of its parts has parts itself: then a list of its parts shows what it is added up from.
    pub is_flat: bool,
}

/// All tasks below a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Below {
    /// At any depth, with those in between that have parts themselves.
    pub tasks: HashSet<Id>,
    /// Whether all of them stand directly below it.
    pub is_flat: bool,
}

impl Below {
    /// What stands below a whole, of pairs of a part and what it is part of.
    pub fn of(whole: Id, parts: &[(Id, Id)]) -> Self {
        let mut parts_of: HashMap<Id, Vec<Id>> = HashMap::new();
        for (part, whole) in parts {
            parts_of.entry(*whole).or_default().push(*part);
        }
        let (mut tasks, mut open) = (HashSet::new(), vec![whole]);
        while let Some(next) = open.pop() {
            open.extend(parts_of.get(&next).into_iter().flatten().copied().filter(|part| tasks.insert(*part)));
        }
        let is_flat = tasks.len() == parts_of.get(&whole).map_or(0, Vec::len);
        Self { tasks, is_flat }
    }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::*;

    #[test]
    fn all_that_stands_below_is_found_once() {
        let [whole, first, second, below, other] =
            [1, 2, 3, 4, 5].map(|second| Id::new(DateTime::from_timestamp(1_600_000_000 + second, 0).unwrap()));
        let parts = [(first, whole), (second, whole), (below, first), (whole, other)];
        let found = Below::of(whole, &parts);
        assert_eq!((found.tasks, found.is_flat), (HashSet::from([first, second, below]), false));
        assert_eq!(Below::of(first, &parts), Below { tasks: HashSet::from([below]), is_flat: true });
        assert!(Below::of(below, &parts).tasks.is_empty());
    }
}
