//! Mail that waits to be sent, and what became of it.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::dsl::count_star;
use diesel::prelude::*;
use diesel::sql_types::Text;

use super::StoreResult;
use crate::db::Connection;
use crate::db::schema::{outbox, users};
use crate::domain::Id;
use crate::domain::notifications::{NotificationKind, OutboxState};

/// One mail.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = outbox, treat_none_as_default_value = false)]
pub struct OutboxRow {
    pub id: Id,
    pub user_id: Id,
    pub kind: NotificationKind,
    /// What it tells of; empty for what is planned day by day.
    pub subject_key: String,
    pub day: NaiveDate,
    pub subject: String,
    /// The text without greeting and footer.
    pub body: String,
    /// Where to look, as a path of the pages.
    pub link: String,
    pub state: OutboxState,
    pub attempts: i32,
    pub not_before: NaiveDateTime,
    /// When it was last handed over.
    pub claimed_at: Option<NaiveDateTime>,
    /// When it was known what became of it.
    pub settled_at: Option<NaiveDateTime>,
    pub error: Option<String>,
    pub recorded_at: NaiveDateTime,
}

/// Adds a mail, unless its reader was told of this already; says whether it was added.
pub fn insert(conn: &mut Connection, row: &OutboxRow) -> StoreResult<bool> {
    let added = crate::on_each_database!(conn, |c| diesel::insert_into(outbox::table).values(row).on_conflict_do_nothing().execute(c))?;
    Ok(added == 1)
}

/// The mail with this id.
pub fn find(conn: &mut Connection, id: Id) -> StoreResult<Option<OutboxRow>> {
    outbox::table.find(id).select(OutboxRow::as_select()).first(conn).optional()
}

/// Mail whose turn it is, in order.
pub fn waiting(conn: &mut Connection, now: NaiveDateTime, most: i64) -> StoreResult<Vec<Id>> {
    outbox::table
        .filter(outbox::state.eq(OutboxState::Waiting))
        .filter(outbox::not_before.le(now))
        .order((outbox::not_before, outbox::id))
        .select(outbox::id)
        .limit(most)
        .load(conn)
}

/// Takes a mail to hand it over; says whether it was still waiting. Of several that ask, one is told so.
pub fn claim(conn: &mut Connection, id: Id, now: NaiveDateTime) -> StoreResult<bool> {
    let waiting = outbox::table.find(id).filter(outbox::state.eq(OutboxState::Waiting));
    let taken = diesel::update(waiting)
        .set((outbox::state.eq(OutboxState::Sending), outbox::attempts.eq(outbox::attempts + 1), outbox::claimed_at.eq(now)))
        .execute(conn)?;
    Ok(taken == 1)
}

/// What became of a mail that was handed over.
#[derive(Debug, Clone)]
pub struct Settled {
    pub state: OutboxState,
    /// When it is tried again, if it is.
    pub not_before: NaiveDateTime,
    /// When this was known.
    pub at: NaiveDateTime,
    pub error: Option<String>,
}

/// Keeps what became of a mail; also of one that was thought to be lost meanwhile.
pub fn settle(conn: &mut Connection, id: Id, settled: &Settled) -> StoreResult<()> {
    let handed_over = outbox::table.find(id).filter(outbox::state.eq_any([OutboxState::Sending, OutboxState::Unsure]));
    diesel::update(handed_over)
        .set((
            outbox::state.eq(settled.state),
            outbox::not_before.eq(settled.not_before),
            outbox::settled_at.eq(settled.at),
            outbox::error.eq(settled.error.clone()),
        ))
        .execute(conn)
        .map(drop)
}

/// Drops a mail that waits.
pub fn drop_waiting(conn: &mut Connection, id: Id, at: NaiveDateTime) -> StoreResult<()> {
    let waiting = outbox::table.find(id).filter(outbox::state.eq(OutboxState::Waiting));
    diesel::update(waiting).set((outbox::state.eq(OutboxState::Dropped), outbox::settled_at.eq(at))).execute(conn).map(drop)
}

/// Whether any mail was handed over before `instant`, and nobody said what became of it.
pub fn any_lost(conn: &mut Connection, instant: NaiveDateTime) -> StoreResult<bool> {
    let lost = outbox::table.filter(outbox::state.eq(OutboxState::Sending)).filter(outbox::claimed_at.lt(instant));
    Ok(lost.select(outbox::id).first::<Id>(conn).optional()?.is_some())
}

/// Gives up on these; answers how many.
pub fn give_up_lost(conn: &mut Connection, instant: NaiveDateTime, at: NaiveDateTime, error: &str) -> StoreResult<usize> {
    let lost = outbox::table.filter(outbox::state.eq(OutboxState::Sending)).filter(outbox::claimed_at.lt(instant));
    diesel::update(lost).set((outbox::state.eq(OutboxState::Unsure), outbox::settled_at.eq(at), outbox::error.eq(error))).execute(conn)
}

/// Forgets what was settled before `instant`: it holds words of what people work on, and nobody needs it.
pub fn forget(conn: &mut Connection, instant: NaiveDateTime) -> StoreResult<usize> {
    let open = [OutboxState::Waiting, OutboxState::Sending];
    diesel::delete(outbox::table.filter(outbox::state.ne_all(open)).filter(outbox::settled_at.lt(instant))).execute(conn)
}

/// How many stand where.
pub fn counts(conn: &mut Connection) -> StoreResult<Vec<(OutboxState, i64)>> {
    outbox::table.group_by(outbox::state).select((outbox::state, count_star())).order(outbox::state).load(conn)
}

/// The last mails with something wrong, newest first, each with the user name of its reader.
pub fn last_errors(conn: &mut Connection, most: i64) -> StoreResult<Vec<(OutboxRow, String)>> {
    outbox::table
        .inner_join(users::table)
        .filter(outbox::error.is_not_null())
        .order((outbox::settled_at.desc(), outbox::id.desc()))
        .select((OutboxRow::as_select(), users::username))
        .limit(most)
        .load(conn)
}

/// Marks a day as planned; says whether it was not. Of several that ask at once, one is told so, and the others
/// wait until it has ended.
pub fn mark_planned(conn: &mut Connection, key: &str, day: NaiveDate) -> StoreResult<bool> {
    let marked = diesel::sql_query(
        "INSERT INTO settings (key, value) VALUES ($1, $2) \
         ON CONFLICT (key) DO UPDATE SET value = excluded.value WHERE settings.value < excluded.value",
    )
    .bind::<Text, _>(key)
    .bind::<Text, _>(day.to_string())
    .execute(conn)?;
    Ok(marked == 1)
}
