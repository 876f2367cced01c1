//! The graph of documents: what leads up to a document, and what it leads to.

use std::collections::{HashMap, HashSet};

use serde::Deserialize;
use utoipa::IntoParams;

use super::Id;
use super::resolutions::Relation;

/// Farthest from a document that its graph may be asked for.
pub const DEEPEST: u32 = 10;

text_enum! {
    /// Which way from a document.
    pub enum Direction {
        /// To what it implements, amends, replaces, follows: towards the central level.
        Up = "up",
        /// To what implements, amends, replaces, follows it: towards the communes.
        Down = "down",
    }
}

/// What the graph of a document may be asked for.
#[derive(Debug, Default, Clone, PartialEq, Eq, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct GraphQuery {
    /// Only this way; both if missing.
    pub direction: Option<Direction>,
    /// Only these relations; repeat for several. All if missing.
    #[serde(default)]
    pub relation: Vec<Relation>,
    /// Steps to go from the document.
    #[param(minimum = 1, maximum = 10, default = 10)]
    pub depth: Option<u32>,
    /// Items of a page.
    #[param(minimum = 1, maximum = 200, default = 50)]
    pub limit: Option<i64>,
    /// The `next` of the page before.
    pub cursor: Option<String>,
}

/// What one document says of another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Edge {
    /// The document that says it.
    pub from: Id,
    /// What it is to the other.
    pub relation: Relation,
    /// The other.
    pub to: Id,
}

/// A document that was reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reached {
    /// The document.
    pub id: Id,
    /// Fewest steps to it.
    pub depth: u32,
    /// What it is joined by to documents one step nearer.
    pub via: Vec<Edge>,
}

/// Every document that is reached from `start` in one direction, the nearest first, then by id; each
/// once, at its smallest distance. What merely relates is shown and leads no farther.
pub fn walk(start: Id, edges: &[Edge], direction: Direction, depth: u32) -> Vec<Reached> {
    let mut next_of: HashMap<Id, Vec<(Id, Edge)>> = HashMap::new();
    for edge in edges {
        let (near, far) = if direction == Direction::Up { (edge.from, edge.to) } else { (edge.to, edge.from) };
        next_of.entry(near).or_default().push((far, *edge));
    }
    let (mut seen, mut found) = (HashSet::from([start]), Vec::new());
    let mut level = vec![start];
    for depth in 1..=depth {
        let mut reached: HashMap<Id, Vec<Edge>> = HashMap::new();
        for near in &level {
            let steps = next_of.get(near).into_iter().flatten().filter(|(far, _)| !seen.contains(far));
            steps.for_each(|(far, edge)| reached.entry(*far).or_default().push(*edge));
        }
        seen.extend(reached.keys());
        let mut reached: Vec<Reached> = reached.into_iter().map(|(id, via)| Reached { id, depth, via }).collect();
        reached.sort_unstable_by_key(|document| document.id);
        level = reached
            .iter()
            .filter(|document| document.via.iter().any(|edge| edge.relation.leads_on()))
            .map(|document| document.id)
            .collect();
        found.extend(reached);
        if level.is_empty() {
            break;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::text_enum::assert_names;
    use chrono::DateTime;
    use proptest::prelude::*;

    fn ids(count: i64) -> Vec<Id> {
        let mut ids: Vec<Id> = (0..count).map(|n| Id::new(DateTime::from_timestamp(1_600_000_000 + n, 0).unwrap())).collect();
        ids.sort_unstable();
        ids
    }

    fn reached(found: &[Reached]) -> Vec<(Id, u32)> {
        found.iter().map(|document| (document.id, document.depth)).collect()
    }

    #[test]
    fn names_agree() {
        assert_names(Direction::ALL, Direction::as_str);
    }

    #[test]
    fn from_the_centre_to_the_commune_and_back() {
        use Relation::{Amends, Implements, Relates};
        let [central, congress, programme, conclusion, plan, planning] = ids(6)[..] else { panic!() };
        let edge = |from, relation, to| Edge { from, relation, to };
        let edges = [
            edge(programme, Implements, central),
            edge(programme, Implements, congress),
            edge(conclusion, Amends, programme),
            edge(plan, Implements, programme),
            edge(planning, Relates, congress),
            edge(planning, Implements, central),
        ];
        assert_eq!(reached(&walk(plan, &edges, Direction::Up, 10)), [(programme, 1), (central, 2), (congress, 2)]);
        assert_eq!(reached(&walk(congress, &edges, Direction::Down, 10)), [(programme, 1), (planning, 1), (conclusion, 2), (plan, 2)]);
        assert_eq!(reached(&walk(congress, &edges, Direction::Down, 1)), [(programme, 1), (planning, 1)]);
        assert_eq!(reached(&walk(planning, &edges, Direction::Down, 10)), []);
        assert_eq!(walk(plan, &edges, Direction::Up, 1)[0].via, [edge(plan, Implements, programme)]);
    }

    proptest! {
        #[test]
        fn whatever_is_above_has_us_below(arrows in prop::collection::vec((0_usize..8, 0_usize..8), 0..24)) {
            let ids = ids(8);
            let edges: Vec<Edge> = arrows.iter().map(|(f, t)| Edge { from: ids[*f], relation: Relation::Implements, to: ids[*t] }).collect();
            for start in &ids {
                for above in walk(*start, &edges, Direction::Up, 20) {
                    let below = walk(above.id, &edges, Direction::Down, 20);
                    prop_assert!(above.id != *start && below.iter().any(|b| b.id == *start && b.depth == above.depth));
                }
            }
        }
    }
}
