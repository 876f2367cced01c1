//! What a task may be linked to, as filters name it.

use crate::db::Connection;
use crate::domain::Id;
use crate::error::AppResult;
use crate::store;
use crate::store::StoreResult;

use super::lookup;

/// The kinds of records a task may be linked to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Linked {
    /// A resolution.
    Resolution,
    /// A programme.
    Programme,
    /// A task group.
    TaskGroup,
    /// A field, which all roots share.
    Field,
    /// A breakthrough.
    Breakthrough,
    /// A pillar.
    Pillar,
    /// An objective.
    Objective,
    /// A clause.
    Clause,
    /// Another task.
    Task,
}

/// Refuses a filter that names nothing in these roots: a silent zero or an empty list would look
/// like an answer.
///
/// # Errors
/// 400 `unknown_record` naming the parameter.
pub fn check_parameter(conn: &mut Connection, roots: &[Id], name: &str, id: Option<Id>, linked: Linked) -> AppResult<()> {
    let Some(id) = id else { return Ok(()) };
    if linked == Linked::Field {
        return lookup::parameter(name, id, lookup::found(store::fields::find(conn, id))).map(drop);
    }
    let known = root_of(conn, id, linked)?.filter(|root| roots.contains(root));
    lookup::parameter(name, id, lookup::found(Ok(known))).map(drop)
}

/// The root area a record is kept for; none if there is no such record.
fn root_of(conn: &mut Connection, id: Id, linked: Linked) -> StoreResult<Option<Id>> {
    let resolution = match linked {
        Linked::Programme => return Ok(store::programmes::find(conn, id)?.map(|p| p.root_id)),
        Linked::Task => return Ok(store::tasks::find(conn, id)?.map(|t| t.root_id)),
        Linked::Field => return Ok(None),
        Linked::Resolution => Some(id),
        Linked::TaskGroup => store::task_groups::find(conn, id)?.map(|g| g.resolution_id),
        Linked::Breakthrough => store::breakthroughs::find(conn, id)?.map(|b| b.resolution_id),
        Linked::Pillar => store::pillars::find(conn, id)?.map(|p| p.resolution_id),
        Linked::Clause => store::clauses::find(conn, id)?.map(|c| c.resolution_id),
        Linked::Objective => store::objectives::find(conn, id)?.map(|o| o.resolution_id),
    };
    let resolution = resolution.map(|id| store::resolutions::find(conn, id)).transpose()?.flatten();
    Ok(resolution.map(|r| r.root_id))
}
