//! Terms of office: kept by administrators, read by everybody in the root.

use crate::db::Connection;
use crate::domain::merge_patch::MergePatch;
use crate::domain::terms::{TermDraft, TermQuery, ordinal_agrees, print_ordinal};
use crate::domain::{Id, Moment, Reference};
use crate::error::{AppError, AppResult, FieldError, rules};
use crate::store;
use crate::store::areas::Area;
use crate::store::terms::{Term, TermFilter};

use super::access::{Permit, ReadDirectory, WriteDirectory};
use super::journal::{self, Happening};
use super::lookup::{self, Expected};
use super::paging::{Page, PageRequest};
use super::resolutions;

/// A term with the root it belongs to.
#[derive(Debug, Clone)]
pub struct RootedTerm {
    /// The term.
    pub term: Term,
    /// The root area.
    pub root: Area,
}

/// The term with this id.
///
/// # Errors
/// `not_found`, also for terms of another root.
pub fn get(conn: &mut Connection, permit: &Permit<ReadDirectory>, id: Id) -> AppResult<RootedTerm> {
    let found = find(conn, id)?;
    permit.require_root(&found.root.path)?;
    Ok(found)
}

/// A page of terms, the latest first; of all roots or of one, in force on a day or ever.
///
/// # Errors
/// `not_found` for a root that is not there; `invalid_parameter`; the database's.
pub fn list(conn: &mut Connection, permit: &Permit<ReadDirectory>, query: TermQuery) -> AppResult<Page<RootedTerm>> {
    let page = PageRequest { limit: query.limit, cursor: query.cursor };
    let filter = TermFilter {
        roots: permit.actor().roots(),
        root_id: query.root.map(|r| lookup::area_parameter(conn, permit, "root", &r)).transpose()?.map(|root| root.id),
        valid_on: query.valid_on,
        after: page.after()?,
        limit: page.limit()? + 1,
    };
    let page = page.page(store::terms::list(conn, &filter)?, |term| (term.starts_on, term.id))?;
    let items = page.items.into_iter().map(|term| rooted(conn, term)).collect::<AppResult<_>>()?;
    Ok(Page { items, next: page.next })
}

/// Creates a term.
///
/// # Errors
/// 422 for an unknown root or a printed ordinal that says another number, `duplicate` for an
/// ordinal the root has already, `forbidden`.
pub fn create(conn: &mut Connection, permit: &Permit<WriteDirectory>, draft: &TermDraft, at: &Moment) -> AppResult<RootedTerm> {
    let root = lookup::area(conn, permit, "/root", &draft.root)?;
    permit.require_area(&root.path)?;
    if root.parent_id.is_some() {
        return Err(AppError::invalid_fields(vec![FieldError::new("/root", rules::UNKNOWN_AREA).with("found", &draft.root)]));
    }
    let term = Term {
        id: at.new_id(),
        root_id: root.id,
        ordinal: draft.ordinal,
        ordinal_text: printed(draft),
        title: draft.title.clone(),
        starts_on: draft.starts_on,
        ends_on: draft.ends_on,
        previous_term_id: draft.previous_term,
        version: 1,
        recorded_at: at.recorded_at(),
    };
    check(conn, draft, &term)?;
    store::terms::insert(conn, &term)?;
    journal::append(conn, permit.actor(), &Happening::created("term.created", "term", term.id, draft), at)?;
    Ok(RootedTerm { term, root })
}

/// Changes a term; its root stays.
///
/// # Errors
/// `stale`, 422, `duplicate`, `forbidden`.
pub fn update(
    conn: &mut Connection,
    permit: &Permit<WriteDirectory>,
    id: Id,
    expected: Expected,
    patch: &MergePatch,
    at: &Moment,
) -> AppResult<RootedTerm> {
    let RootedTerm { term: current, root } = find(conn, id)?;
    permit.require_area(&root.path)?;
    expected.check(current.version)?;
    let before = draft_of(&current);
    let mut draft = lookup::patched(&before, patch)?;
    if draft.root != before.root && draft.root != Reference::Code(root.code.clone()) {
        return Err(AppError::invalid("/root", rules::FIXED));
    }
    if patch.touches("ordinal") && !patch.touches("ordinal_text") && draft.ordinal != current.ordinal {
        // The words of the old number are not those of the new one.
        draft.ordinal_text = None;
    }
    draft.ordinal_text = Some(printed(&draft));
    let changed = Term {
        ordinal: draft.ordinal,
        ordinal_text: printed(&draft),
        title: draft.title.clone(),
        starts_on: draft.starts_on,
        ends_on: draft.ends_on,
        previous_term_id: draft.previous_term,
        version: current.version + 1,
        ..current
    };
    check(conn, &draft, &changed)?;
    lookup::expect_updated(store::terms::update(conn, &changed))?;
    resolutions::follow_term(conn, &changed, at)?;
    journal::append(conn, permit.actor(), &Happening::changed("term.changed", "term", id, &before, &draft), at)?;
    Ok(RootedTerm { term: changed, root })
}

fn find(conn: &mut Connection, id: Id) -> AppResult<RootedTerm> {
    let term = lookup::found(store::terms::find(conn, id))?;
    rooted(conn, term)
}

fn rooted(conn: &mut Connection, term: Term) -> AppResult<RootedTerm> {
    let root = lookup::found(store::areas::find(conn, term.root_id))?;
    Ok(RootedTerm { term, root })
}

fn printed(draft: &TermDraft) -> String {
    draft.ordinal_text.clone().unwrap_or_else(|| print_ordinal(draft.ordinal))
}

fn check(conn: &mut Connection, draft: &TermDraft, term: &Term) -> AppResult<()> {
    if !ordinal_agrees(term.ordinal, &term.ordinal_text) {
        let field = FieldError::new("/ordinal_text", rules::ORDINAL_TEXT);
        return Err(AppError::invalid_fields(vec![field.with("found", &term.ordinal_text).with("ordinal", term.ordinal)]));
    }
    if draft.ends_on <= draft.starts_on {
        return Err(AppError::invalid("/ends_on", rules::DATE_ORDER));
    }
    check_previous(conn, term)
}

/// The term before is one of the same root and never, through any number of steps, the term itself.
fn check_previous(conn: &mut Connection, term: &Term) -> AppResult<()> {
    let mut step = lookup::record(conn, "/previous_term", term.previous_term_id, store::terms::find)?;
    while let Some(earlier) = step {
        if earlier.root_id != term.root_id {
            return Err(AppError::invalid_fields(vec![FieldError::new("/previous_term", rules::UNKNOWN_RECORD).with("found", earlier.id)]));
        }
        if earlier.id == term.id {
            return Err(AppError::invalid("/previous_term", rules::CIRCLE));
        }
        step = earlier.previous_term_id.map(|id| store::terms::find(conn, id)).transpose()?.flatten();
    }
    Ok(())
}

fn draft_of(term: &Term) -> TermDraft {
    TermDraft {
        root: Reference::Id(term.root_id),
        ordinal: term.ordinal,
        ordinal_text: Some(term.ordinal_text.clone()),
        title: term.title.clone(),
        starts_on: term.starts_on,
        ends_on: term.ends_on,
        previous_term: term.previous_term_id,
    }
}
