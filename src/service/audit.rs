//! The journal as people read it: administrators and inspectors all of their root, the focal
//! office and reporters their own actions (`domain/permission.rs`).

use crate::db::Connection;
use crate::domain::areas;
use crate::domain::audit::{AuditQuery, LONGEST};
use crate::domain::permission::audits_whole_root;
use crate::error::{AppError, AppResult, FieldError, codes, rules};
use crate::store::events::{self, Event, EventFilter, Sight};

use super::access::{Actor, Permit, ReadAudit};
use super::paging::{Page, PageRequest};

/// A page of events, newest first.
///
/// # Errors
/// `invalid_parameter`; the database's.
pub fn list(conn: &mut Connection, permit: &Permit<ReadAudit>, query: AuditQuery) -> AppResult<Page<Event>> {
    if query.request.as_ref().is_some_and(|id| id.chars().count() > LONGEST) {
        let field = FieldError::new("request", rules::LENGTH).with("min", 0).with("max", LONGEST);
        return Err(AppError::new(codes::INVALID_PARAMETER).with_field(field));
    }
    let page = PageRequest { limit: query.limit, cursor: query.cursor };
    let filter = EventFilter {
        sight: sight(permit.actor()),
        subject_id: query.subject,
        subject_kind: query.subject_kind,
        actor_id: query.actor,
        request_id: query.request,
        before: page.after()?,
        limit: page.limit()? + 1,
    };
    page.page(events::list(conn, &filter)?, |event| event.position)
}

/// The reach of the permit does not say it: an office reads all of its root elsewhere, but not here.
fn sight(actor: &Actor) -> Option<Sight> {
    let audited = actor.grants.iter().filter(|grant| audits_whole_root(grant.role));
    let roots: Vec<String> = audited.map(|grant| areas::root_of(&grant.root).to_owned()).collect();
    // The path of everything, `/`, has no code: the system itself sees all.
    let everything = roots.iter().any(String::is_empty);
    (!everything).then(|| Sight { roots, own: actor.account() })
}
