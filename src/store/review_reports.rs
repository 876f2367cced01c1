//! What was frozen of review rounds, who approved it, and the corrections beside it.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::StoreResult;
use crate::db::Connection;
use crate::db::schema::{review_approvals, review_errata, review_reports, review_rounds};
use crate::domain::Id;

/// What was frozen of a round.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = review_reports)]
pub struct FrozenReport {
    pub review_id: Id,
    pub as_of: NaiveDate,
    /// The last event of the journal that was known.
    pub position: i64,
    /// Canonical JSON: the very bytes.
    pub content: String,
    pub sha256: String,
    pub recorded_by: Option<Id>,
    pub recorded_at: NaiveDateTime,
}

/// A leader's approval.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = review_approvals)]
pub struct ReviewApproval {
    pub id: Id,
    pub review_id: Id,
    pub sha256: String,
    /// The account's name as it was then.
    pub name: String,
    pub post: Option<String>,
    pub recorded_by: Id,
    pub recorded_at: NaiveDateTime,
}

/// A correction.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = review_errata)]
pub struct ReviewErratum {
    pub id: Id,
    pub review_id: Id,
    pub position: i64,
    pub content: String,
    pub recorded_by: Option<Id>,
    pub recorded_at: NaiveDateTime,
}

/// What was frozen of a round, its approvals and its corrections.
pub type FrozenRows = (FrozenReport, Vec<ReviewApproval>, Vec<ReviewErratum>);

/// Keeps what is frozen.
pub fn insert(conn: &mut Connection, row: &FrozenReport) -> StoreResult<()> {
    diesel::insert_into(review_reports::table).values(row).execute(conn).map(drop)
}

/// What was frozen of a round.
pub fn find(conn: &mut Connection, review: Id) -> StoreResult<Option<FrozenReport>> {
    review_reports::table.find(review).select(FrozenReport::as_select()).first(conn).optional()
}

/// The rounds that are frozen, in the order of freezing.
pub fn reviews(conn: &mut Connection) -> StoreResult<Vec<Id>> {
    review_reports::table.select(review_reports::review_id).order(review_reports::position).load(conn)
}

/// The latest that was frozen of a document before a position and speaks of a day before `as_of`.
pub fn before(conn: &mut Connection, document: Id, as_of: NaiveDate, position: i64) -> StoreResult<Option<FrozenReport>> {
    review_reports::table
        .inner_join(review_rounds::table)
        .filter(review_rounds::resolution_id.eq(document).or(review_rounds::programme_id.eq(document)))
        .filter(review_reports::as_of.lt(as_of).and(review_reports::position.lt(position)))
        .select(FrozenReport::as_select())
        .order((review_reports::as_of.desc(), review_reports::position.desc()))
        .first(conn)
        .optional()
}

/// Keeps an approval.
pub fn approve(conn: &mut Connection, row: &ReviewApproval) -> StoreResult<()> {
    diesel::insert_into(review_approvals::table).values(row).execute(conn).map(drop)
}

/// The approvals of a round, the earliest first.
pub fn approvals(conn: &mut Connection, review: Id) -> StoreResult<Vec<ReviewApproval>> {
    review_approvals::table
        .filter(review_approvals::review_id.eq(review))
        .select(ReviewApproval::as_select())
        .order((review_approvals::recorded_at, review_approvals::id))
        .load(conn)
}

/// Puts a correction beside a round.
pub fn correct(conn: &mut Connection, row: &ReviewErratum) -> StoreResult<()> {
    diesel::insert_into(review_errata::table).values(row).execute(conn).map(drop)
}

/// The corrections beside a round, in their order.
pub fn errata(conn: &mut Connection, review: Id) -> StoreResult<Vec<ReviewErratum>> {
    review_errata::table
        .filter(review_errata::review_id.eq(review))
        .select(ReviewErratum::as_select())
        .order(review_errata::position)
        .load(conn)
}
