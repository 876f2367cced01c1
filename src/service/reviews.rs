//! Review rounds: planned with the document they look back on or by hand, opened, put together, and frozen (`review_reports`).

mod planning;

use crate::db::Connection;
use crate::domain::merge_patch::MergePatch;
use crate::domain::review_reports::read_score;
use crate::domain::reviews::{ReviewAction, ReviewDecisionDraft, ReviewDraft, ReviewQuery, ReviewState};
use crate::domain::{Id, Moment};
use crate::error::{AppError, AppResult, rules};
use crate::store;
use crate::store::areas::Area;
use crate::store::documents::Mentioned;
use crate::store::names;
use crate::store::review_rounds::{ReviewFilter, ReviewRound};

use super::access::{Permit, ReadWork, Right, WriteWork};
use super::journal::{self, Happening};
use super::lookup::{self, Expected};
use super::paging::{Page, PageRequest};

pub use planning::plan;
pub(super) use planning::{Cycle, anchor, follow};

/// What the journal calls a round.
pub(super) const NOUN: &str = "review";

/// A page of review rounds, the earliest due first; what the office says in them only for who reads the whole province.
///
/// # Errors
/// `invalid_parameter`, also for a resolution that is none of the reader's roots.
pub fn list(conn: &mut Connection, permit: &Permit<ReadWork>, query: ReviewQuery) -> AppResult<Page<ReviewRound>> {
    let page = PageRequest { limit: query.limit, cursor: query.cursor };
    let roots = store::documents::root_ids(conn, &permit.actor().roots())?;
    if let Some(id) = query.resolution {
        let known = store::resolutions::find(conn, id)?.filter(|resolution| roots.contains(&resolution.root_id));
        lookup::parameter("resolution", id, lookup::found(Ok(known)))?;
    }
    if let Some(id) = query.programme {
        let known = store::programmes::find(conn, id)?.filter(|programme| roots.contains(&programme.root_id));
        lookup::parameter("programme", id, lookup::found(Ok(known)))?;
    }
    let filter = ReviewFilter {
        roots,
        resolution_id: query.resolution,
        programme_id: query.programme,
        state: query.state,
        after: page.after()?,
        limit: page.limit()? + 1,
    };
    let found = page.page(store::review_rounds::list(conn, &filter)?, |round| (round.due_on, round.id))?;
    let whole: Vec<String> = permit.actor().roots().into_iter().filter(|root| permit.covers_area(root)).collect();
    let whole = store::documents::root_ids(conn, &whole)?;
    if filter.roots.iter().all(|root| whole.contains(root)) {
        return Ok(found);
    }
    let ids: Vec<Id> = found.items.iter().map(|round| round.id).collect();
    let read = store::review_rounds::within(conn, &ids, &whole)?;
    Ok(found.map(|round| if read.contains(&round.id) { round } else { without_texts(round) }))
}

/// A review round; without what the office says for who does not read the whole province.
///
/// # Errors
/// `not_found`, also for rounds of another root.
pub fn get(conn: &mut Connection, permit: &Permit<ReadWork>, id: Id) -> AppResult<ReviewRound> {
    let Reviewed { round, root, .. } = Reviewed::find(conn, permit, id)?;
    Ok(if permit.covers_area(&root.path) { round } else { without_texts(round) })
}

/// A round without what the office says in its report, which is for who reads the whole province.
fn without_texts(round: ReviewRound) -> ReviewRound {
    ReviewRound { claimed_score: None, results: None, obstacles: None, causes: None, lessons: None, proposals: None, ..round }
}

/// A review round with the document it looks back on.
#[derive(Debug, Clone)]
pub struct Reviewed {
    pub(super) round: ReviewRound,
    /// The resolution or programme.
    pub(super) document: Mentioned,
    pub(super) root: Area,
}

impl Reviewed {
    /// Finds a round in a root of the reader's.
    ///
    /// # Errors
    /// `not_found`.
    pub(super) fn find<R: Right>(conn: &mut Connection, permit: &Permit<R>, id: Id) -> AppResult<Self> {
        let round = lookup::found(store::review_rounds::find(conn, id))?;
        let document = names::document(round.resolution_id, round.programme_id);
        let document = lookup::found(document.map_or(Ok(None), |document| store::documents::find(conn, document)))?;
        let root = lookup::found(store::areas::find(conn, document.root_id))?;
        permit.require_root(&root.path)?;
        Ok(Self { round, document, root })
    }

    /// Finds a round with which something may be done, in a root the right reaches as a whole.
    ///
    /// # Errors
    /// `not_found`, `forbidden`; `illegal_state` where its state does not allow it.
    pub(super) fn to<R: Right>(action: ReviewAction, conn: &mut Connection, permit: &Permit<R>, id: Id) -> AppResult<Self> {
        let reviewed = Self::find(conn, permit, id)?;
        permit.require_area(&reviewed.root.path)?;
        reviewed.allows(action)?;
        Ok(reviewed)
    }

    /// Refuses what the state of the round does not allow.
    ///
    /// # Errors
    /// `illegal_state`.
    pub(super) fn allows(&self, action: ReviewAction) -> AppResult<()> {
        let allowed = self.round.state.allowed_actions();
        if allowed.contains(&action) { Ok(()) } else { Err(AppError::illegal_state(allowed)) }
    }

    /// The same round as it stands now that the place in the journal is taken: somebody may have frozen it meanwhile.
    ///
    /// # Errors
    /// `illegal_state` where its state no longer allows what is to be done.
    pub(super) fn still(&self, action: ReviewAction, conn: &mut Connection) -> AppResult<()> {
        let round = lookup::found(store::review_rounds::find(conn, self.round.id))?;
        Self { round, ..self.clone() }.allows(action)
    }

    /// Id of the document.
    pub(super) fn document_id(&self) -> Id {
        self.document.document.id()
    }
}

/// Changes the day, the rules and the texts of a round.
///
/// # Errors
/// `not_found`, `forbidden`, `stale`; `illegal_state` once it is frozen or cancelled; 422 naming the field.
pub fn update(
    conn: &mut Connection,
    permit: &Permit<WriteWork>,
    id: Id,
    expected: Expected,
    patch: &MergePatch,
    at: &Moment,
) -> AppResult<ReviewRound> {
    let reviewed = Reviewed::find(conn, permit, id)?;
    permit.require_area(&reviewed.root.path)?;
    expected.check(reviewed.round.version)?;
    reviewed.allows(ReviewAction::Change)?;
    let before = draft_of(&reviewed.round);
    let draft: ReviewDraft = lookup::patched(&before, patch)?;
    // A document without years has no beginning: its round is counted from the day it is due.
    let begins = reviewed.round.has_anchor();
    if begins && draft.due_on <= reviewed.round.anchor_on {
        return Err(AppError::invalid("/due_on", rules::DATE_ORDER));
    }
    if draft.claimed_score.as_ref().is_some_and(|text| read_score(text).is_none()) {
        return Err(AppError::invalid("/claimed_score", rules::SCORE_SENTENCE));
    }
    let changed = with(reviewed.round, draft.clone());
    let changed = if begins { changed } else { ReviewRound { anchor_on: changed.due_on, ..changed } };
    let seat = journal::reserve(conn)?;
    lookup::expect_updated(store::review_rounds::update(conn, &changed))?;
    journal::append_at(conn, seat, permit.actor(), &Happening::changed("review.changed", NOUN, id, &before, &draft), at)?;
    Ok(changed)
}

/// The round as it stands before it is changed.
///
/// # Errors
/// `not_found`, `forbidden`; `illegal_state` once it is frozen or cancelled.
pub fn to_change(conn: &mut Connection, permit: &Permit<WriteWork>, id: Id) -> AppResult<ReviewRound> {
    Ok(Reviewed::to(ReviewAction::Change, conn, permit, id)?.round)
}

fn draft_of(round: &ReviewRound) -> ReviewDraft {
    ReviewDraft {
        due_on: round.due_on,
        kept_bound: round.kept_bound,
        scale: round.scale,
        period: round.period.clone(),
        claimed_score: round.claimed_score.clone(),
        texts: round.texts(),
    }
}

fn with(round: ReviewRound, draft: ReviewDraft) -> ReviewRound {
    let ReviewDraft { due_on, kept_bound, scale, period, claimed_score, texts } = draft;
    ReviewRound {
        due_on,
        kept_bound,
        scale,
        period,
        claimed_score,
        results: texts.results,
        obstacles: texts.obstacles,
        causes: texts.causes,
        lessons: texts.lessons,
        proposals: texts.proposals,
        version: round.version + 1,
        ..round
    }
}

/// The round about which something is to be decided.
///
/// # Errors
/// `not_found`, `forbidden`.
pub fn to_decide(conn: &mut Connection, permit: &Permit<WriteWork>, id: Id) -> AppResult<Reviewed> {
    let reviewed = Reviewed::find(conn, permit, id)?;
    permit.require_area(&reviewed.root.path)?;
    Ok(reviewed)
}

/// Opens a round, puts it together, opens it again, or cancels it.
///
/// # Errors
/// `illegal_state`; 422 where a reason is missing.
pub fn decide(
    conn: &mut Connection,
    permit: &Permit<WriteWork>,
    Reviewed { round, .. }: Reviewed,
    draft: &ReviewDecisionDraft,
    at: &Moment,
) -> AppResult<ReviewRound> {
    let state = round.state.after(draft.decision).ok_or_else(|| AppError::illegal_state(round.state.allowed_actions()))?;
    if draft.decision.needs_reason() && draft.reason.is_none() {
        return Err(AppError::invalid("/reason", rules::REASON_REQUIRED));
    }
    moved(conn, permit, round, state, draft.reason.as_deref(), at)
}

/// Moves a round to another state, and tells the journal.
fn moved(
    conn: &mut Connection,
    permit: &Permit<WriteWork>,
    round: ReviewRound,
    state: ReviewState,
    reason: Option<&str>,
    at: &Moment,
) -> AppResult<ReviewRound> {
    let before = serde_json::json!({"state": round.state});
    let changed = ReviewRound { state, version: round.version + 1, ..round };
    let seat = journal::reserve(conn)?;
    lookup::expect_updated(store::review_rounds::update(conn, &changed))?;
    let after = serde_json::json!({"state": state});
    let happening = Happening::changed("review.decided", NOUN, changed.id, &before, &after).because(reason);
    journal::append_at(conn, seat, permit.actor(), &happening, at)?;
    Ok(changed)
}
