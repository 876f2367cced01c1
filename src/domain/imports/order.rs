//! The order in which lines are carried out: what a line names stands before it.

use std::collections::HashSet;
use std::hash::Hash;

use super::problems::{self, Problem};

/// A line that other lines of its file may name.
pub trait Linked {
    /// What it is named by.
    type Key: Eq + Hash;

    /// Its row.
    fn row(&self) -> u32;

    /// What it is named by.
    fn key(&self) -> Self::Key;

    /// What it names.
    fn names(&self) -> Vec<Self::Key>;
}

/// Orders lines so that each comes after those it names; circles are told and left out.
pub fn named_first<L: Linked>(lines: Vec<L>, problems: &mut Vec<Problem>) -> Vec<L> {
    let mut waiting = lines;
    let mut ordered = Vec::with_capacity(waiting.len());
    while !waiting.is_empty() {
        let open: HashSet<L::Key> = waiting.iter().map(Linked::key).collect();
        let stands = |line: &L| line.names().iter().all(|named| !open.contains(named));
        let (ready, rest): (Vec<_>, Vec<_>) = waiting.into_iter().partition(stands);
        if ready.is_empty() {
            problems.extend(rest.iter().map(|line| Problem::new(problems::CIRCLE).in_row(line.row())));
            break;
        }
        ordered.extend(ready);
        waiting = rest;
    }
    ordered
}
