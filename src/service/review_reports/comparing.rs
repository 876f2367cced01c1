//! What has changed since the round before, on the same tasks and the same indicators.

use std::collections::{HashMap, HashSet};

use crate::db::Connection;
use crate::domain::Id;
use crate::domain::review_reports::{ChangedVerdict, Comparison};
use crate::domain::targets::{Score, Verdict};
use crate::error::AppResult;
use crate::service::indicator_scores::Scoreboard;
use crate::service::lookup;
use crate::service::reviews::Reviewed;
use crate::store;
use crate::store::task_facts::TaskFact;

use super::building::{Asked, board, rules};
use super::indicators::place;
use super::tasks;

/// The comparison with the latest round of the document that was frozen before; none where there is none.
///
/// # Errors
/// The database's.
pub fn comparison(
    conn: &mut Connection,
    reviewed: &Reviewed,
    asked: &Asked,
    (facts, now): (&[TaskFact], &Scoreboard),
) -> AppResult<Option<Comparison>> {
    let Some(before) = store::review_reports::before(conn, reviewed.document_id(), asked.as_of, asked.before)? else { return Ok(None) };
    let round = lookup::found(store::review_rounds::find(conn, before.review_id))?;
    let earlier = tasks::facts(conn, reviewed, before.as_of, asked.day)?;
    let then = board(conn, reviewed, &rules(&round), before.as_of)?;
    let ids = |facts: &[TaskFact]| facts.iter().map(|fact| fact.task.id).collect::<HashSet<Id>>();
    let (ids_then, ids_now) = (ids(&earlier), ids(facts));
    let count = |one: &HashSet<Id>, other: &HashSet<Id>| u32::try_from(one.difference(other).count()).unwrap_or(u32::MAX);
    let verdicts: HashMap<Id, Verdict> = then.main().map(|line| (line.indicator.id, line.verdict())).collect();
    let both: Vec<_> = now.main().filter_map(|line| Some((line, *verdicts.get(&line.indicator.id)?))).collect();
    let changed = both.iter().filter(|(line, then)| line.verdict() != *then).map(|(line, then)| ChangedVerdict {
        place: place(&line.indicator),
        name: line.indicator.name.clone(),
        then: *then,
        now: line.verdict(),
    });
    Ok(Some(Comparison {
        title: round.title,
        as_of: before.as_of,
        tasks_then: tasks::statistic(earlier.iter().filter(|fact| ids_now.contains(&fact.task.id)), before.as_of),
        tasks_now: tasks::statistic(facts.iter().filter(|fact| ids_then.contains(&fact.task.id)), asked.as_of),
        tasks_new: count(&ids_now, &ids_then),
        tasks_gone: count(&ids_then, &ids_now),
        indicators_then: Score::of(both.iter().map(|(_, then)| *then)),
        indicators_now: Score::of(both.iter().map(|(line, _)| line.verdict())),
        changed: changed.collect(),
    }))
}
