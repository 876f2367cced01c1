//! Posts of units and who held them: kept by administrators, read by everybody in the root.

use std::collections::HashMap;

use crate::db::Connection;
use crate::domain::merge_patch::MergePatch;
use crate::domain::posts::{PostDraft, PostHolding, PostQuery};
use crate::domain::{Id, Moment, Reference};
use crate::error::{AppError, AppResult, FieldError, rules};
use crate::store;
use crate::store::post_holders::PostHolder;
use crate::store::posts::{Post, PostFilter};
use crate::store::units::Unit;

use super::access::{Permit, ReadDirectory, WriteDirectory};
use super::journal::{self, Happening};
use super::lookup::{self, Expected};
use super::paging::{Page, PageRequest};

/// A post with its unit and its holders.
#[derive(Debug, Clone)]
pub struct HeldPost {
    /// The post.
    pub post: Post,
    /// The unit it belongs to.
    pub unit: Unit,
    /// Who held it, by the first day.
    pub holders: Vec<PostHolding>,
}

/// The post with this id.
///
/// # Errors
/// `not_found`, also for posts of another root.
pub fn get(conn: &mut Connection, permit: &Permit<ReadDirectory>, id: Id) -> AppResult<HeldPost> {
    let held = find(conn, id)?;
    permit.require_root(&held.unit.area_path)?;
    Ok(held)
}

/// A page of posts, of all units or of one.
///
/// # Errors
/// `not_found` for a unit that is not there; `invalid_parameter`; the database's.
pub fn list(conn: &mut Connection, permit: &Permit<ReadDirectory>, query: PostQuery) -> AppResult<Page<HeldPost>> {
    let page = PageRequest { limit: query.limit, cursor: query.cursor };
    let filter = PostFilter {
        roots: permit.actor().roots(),
        unit_id: query.unit.map(|u| lookup::unit_parameter(conn, permit, "unit", &u)).transpose()?.map(|unit| unit.id),
        after: page.after()?,
        limit: page.limit()? + 1,
    };
    let page = page.page(store::posts::list(conn, &filter)?, |post| post.id)?;
    Ok(Page { items: with_holders(conn, page.items)?, next: page.next })
}

/// Creates a post.
///
/// # Errors
/// 422 for an unknown unit, `forbidden`.
pub fn create(conn: &mut Connection, permit: &Permit<WriteDirectory>, draft: &PostDraft, at: &Moment) -> AppResult<HeldPost> {
    let unit = lookup::unit(conn, permit, "/unit", &draft.unit)?;
    permit.require_unit(&unit)?;
    check(draft)?;
    let post = Post { id: at.new_id(), unit_id: unit.id, title: draft.title.clone(), version: 1, recorded_at: at.recorded_at() };
    store::posts::insert(conn, &post)?;
    insert_holders(conn, post.id, &draft.holders, at)?;
    journal::append(conn, permit.actor(), &Happening::created("post.created", "post", post.id, draft), at)?;
    Ok(HeldPost { post, unit, holders: sorted(draft.holders.clone()) })
}

/// Changes a post; its unit stays. A list of holders replaces the one before.
///
/// # Errors
/// `stale`, 422, `forbidden`.
pub fn update(
    conn: &mut Connection,
    permit: &Permit<WriteDirectory>,
    id: Id,
    expected: Expected,
    patch: &MergePatch,
    at: &Moment,
) -> AppResult<HeldPost> {
    let current = find(conn, id)?;
    permit.require_unit(&current.unit)?;
    expected.check(current.post.version)?;
    let before = draft_of(&current);
    let draft = lookup::patched(&before, patch)?;
    if draft.unit != before.unit && draft.unit != Reference::Code(current.unit.code.clone()) {
        return Err(AppError::invalid("/unit", rules::FIXED));
    }
    check(&draft)?;
    let post = Post { title: draft.title.clone(), version: current.post.version + 1, ..current.post };
    lookup::expect_updated(store::posts::update(conn, &post))?;
    if draft.holders != before.holders {
        store::post_holders::clear(conn, id)?;
        insert_holders(conn, id, &draft.holders, at)?;
    }
    journal::append(conn, permit.actor(), &Happening::changed("post.changed", "post", id, &before, &draft), at)?;
    Ok(HeldPost { post, unit: current.unit, holders: sorted(draft.holders) })
}

/// What is said of a post now.
///
/// # Errors
/// `not_found`; the database's.
pub fn standing(conn: &mut Connection, id: Id) -> AppResult<PostDraft> {
    Ok(draft_of(&find(conn, id)?))
}

fn find(conn: &mut Connection, id: Id) -> AppResult<HeldPost> {
    let post = lookup::found(store::posts::find(conn, id))?;
    let unit = lookup::found(store::units::find(conn, post.unit_id))?;
    let holders = store::post_holders::of_posts(conn, &[id])?;
    Ok(HeldPost { post, unit, holders: sorted(holders.into_iter().map(holding).collect()) })
}

fn with_holders(conn: &mut Connection, posts: Vec<Post>) -> AppResult<Vec<HeldPost>> {
    let ids: Vec<Id> = posts.iter().map(|p| p.id).collect();
    let units: Vec<Id> = posts.iter().map(|p| p.unit_id).collect();
    let units: HashMap<Id, Unit> = store::units::with_ids(conn, &units)?.into_iter().map(|u| (u.id, u)).collect();
    let mut holders: HashMap<Id, Vec<PostHolding>> = HashMap::new();
    for holder in store::post_holders::of_posts(conn, &ids)? {
        holders.entry(holder.post_id).or_default().push(holding(holder));
    }
    let held = |post: Post| {
        let unit = units.get(&post.unit_id)?.clone();
        let holders = sorted(holders.remove(&post.id).unwrap_or_default());
        Some(HeldPost { post, unit, holders })
    };
    Ok(posts.into_iter().filter_map(held).collect())
}

fn insert_holders(conn: &mut Connection, post_id: Id, holders: &[PostHolding], at: &Moment) -> AppResult<()> {
    for PostHolding { name, held_from, held_to } in holders {
        let row = PostHolder { id: at.new_id(), post_id, name: name.clone(), held_from: *held_from, held_to: *held_to };
        store::post_holders::insert(conn, &row)?;
    }
    Ok(())
}

fn check(draft: &PostDraft) -> AppResult<()> {
    let wrong = draft.holders.iter().enumerate().filter(|(_, holding)| !holding.in_order());
    let wrong: Vec<_> = wrong.map(|(i, _)| FieldError::new(format!("/holders/{i}/held_to"), rules::DATE_ORDER)).collect();
    if wrong.is_empty() { Ok(()) } else { Err(AppError::invalid_fields(wrong)) }
}

fn holding(holder: PostHolder) -> PostHolding {
    PostHolding { name: holder.name, held_from: holder.held_from, held_to: holder.held_to }
}

fn sorted(mut holders: Vec<PostHolding>) -> Vec<PostHolding> {
    holders.sort_by(|a, b| a.order().cmp(&b.order()));
    holders
}

fn draft_of(held: &HeldPost) -> PostDraft {
    PostDraft { unit: Reference::Id(held.unit.id), title: held.post.title.clone(), holders: held.holders.clone() }
}
