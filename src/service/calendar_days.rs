//! The calendar of working days: shared by every root, so kept by administrators of a whole root only;
//! read by everybody.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};

use crate::db::Connection;
use crate::domain::calendar_days::{
    CalendarDayDraft, CalendarDayKind, CalendarDayQuery, CalendarDayVoiding, DayReference, WorkingCalendar,
};
use crate::domain::holidays::{self, Holiday};
use crate::domain::{Moment, date_words, deadline};
use crate::error::{AppError, AppResult, codes, rules};
use crate::store;
use crate::store::calendar_days::{CalendarDay, ShownDay};

use super::access::{Permit, ReadDirectory, WriteDirectory};
use super::journal::{self, Happening};
use super::lookup::{self, Expected};

/// The days of a year of which the law or an entry speaks, in order.
///
/// # Errors
/// `invalid_parameter` for a year that documents do not speak of; the database's.
pub fn list(conn: &mut Connection, _: &Permit<ReadDirectory>, query: CalendarDayQuery, at: &Moment) -> AppResult<Vec<ShownDay>> {
    let year = query.year.unwrap_or_else(|| at.today().year());
    let ends = NaiveDate::from_ymd_opt(year, 1, 1).zip(NaiveDate::from_ymd_opt(year, 12, 31));
    let ends = ends.filter(|_| date_words::YEARS.contains(&year));
    let (first, last) = ends.ok_or_else(|| AppError::bad_parameter("year", rules::FORMAT))?;
    let law = holidays::of_year(year);
    let mut days: BTreeMap<NaiveDate, Option<CalendarDay>> = law.keys().map(|day| (*day, None)).collect();
    days.extend(store::calendar_days::between(conn, first, last)?.into_iter().map(|entered| (entered.day, Some(entered))));
    Ok(days.into_iter().map(|(day, entered)| shown(day, law.get(&day).copied(), entered)).collect())
}

/// One day, whatever is known of it.
///
/// # Errors
/// `not_found` outside the years that documents speak of.
pub fn get(conn: &mut Connection, _: &Permit<ReadDirectory>, reference: DayReference) -> AppResult<ShownDay> {
    let (day, entered) = match reference {
        DayReference::Day(day) => (day, store::calendar_days::on(conn, day)?),
        DayReference::Id(id) => {
            let entered = lookup::found(store::calendar_days::find(conn, id))?;
            (entered.day, Some(entered))
        }
    };
    require_known(day)?;
    Ok(judged(day, entered))
}

/// Enters a day, or makes the entry what the draft says, also one that was void. Where nothing differs
/// nothing happens. Answers whether it is new.
///
/// # Errors
/// `forbidden`, `stale`, `not_found` as [`get`].
pub fn put(
    conn: &mut Connection,
    permit: &Permit<WriteDirectory>,
    day: NaiveDate,
    expected: Expected,
    draft: &CalendarDayDraft,
    at: &Moment,
) -> AppResult<(ShownDay, bool)> {
    require_known(day)?;
    require_a_root(permit)?;
    let Some(present) = store::calendar_days::on(conn, day)? else {
        expected.check_if_said(0)?;
        return Ok((create(conn, permit, day, draft, at)?, true));
    };
    expected.check_if_said(present.version)?;
    let before = draft_of(&present);
    if before == *draft && present.voided_at.is_none() {
        return Ok((judged(day, Some(present)), false));
    }
    let CalendarDayDraft { kind, name, source } = draft.clone();
    let changed = CalendarDay { kind, name, source, voided_at: None, version: present.version + 1, ..present };
    lookup::expect_updated(store::calendar_days::update(conn, &changed))?;
    let happening = Happening::changed("calendar_day.changed", "calendar_day", changed.id, &before, draft);
    journal::append(conn, permit.actor(), &happening, at)?;
    Ok((judged(day, Some(changed)), false))
}

/// Voids an entry: the law's day stands again.
///
/// # Errors
/// `forbidden`; `not_found` where nothing was entered; 409 where it is void already.
pub fn void(
    conn: &mut Connection,
    permit: &Permit<WriteDirectory>,
    day: NaiveDate,
    voiding: &CalendarDayVoiding,
    at: &Moment,
) -> AppResult<ShownDay> {
    let present = lookup::found(store::calendar_days::on(conn, day))?;
    require_a_root(permit)?;
    if present.voided_at.is_some() {
        return Err(AppError::illegal_state(Vec::<&str>::new()));
    }
    let voided = CalendarDay { voided_at: Some(at.recorded_at()), version: present.version + 1, ..present };
    lookup::expect_updated(store::calendar_days::update(conn, &voided))?;
    let happening = Happening::created("calendar_day.voided", "calendar_day", voided.id, &draft_of(&voided));
    journal::append(conn, permit.actor(), &happening.because(Some(&voiding.reason)), at)?;
    Ok(judged(day, Some(voided)))
}

/// Which days are worked, for reading deadlines.
///
/// # Errors
/// The database's.
pub fn working_calendar(conn: &mut Connection) -> AppResult<WorkingCalendar> {
    Ok(WorkingCalendar::new(store::calendar_days::in_force(conn)?))
}

/// The calendar that words of a deadline are read with: nothing is looked up for words without working days.
///
/// # Errors
/// The database's.
pub fn working_calendar_for(conn: &mut Connection, words: &str) -> AppResult<WorkingCalendar> {
    if deadline::asks_for_working_days(words) { working_calendar(conn) } else { Ok(WorkingCalendar::default()) }
}

fn create(
    conn: &mut Connection,
    permit: &Permit<WriteDirectory>,
    day: NaiveDate,
    draft: &CalendarDayDraft,
    at: &Moment,
) -> AppResult<ShownDay> {
    let CalendarDayDraft { kind, name, source } = draft.clone();
    let entered = CalendarDay { id: at.new_id(), day, kind, name, source, voided_at: None, version: 1, recorded_at: at.recorded_at() };
    store::calendar_days::insert(conn, &entered)?;
    journal::append(conn, permit.actor(), &Happening::created("calendar_day.created", "calendar_day", entered.id, draft), at)?;
    Ok(judged(day, Some(entered)))
}

fn judged(day: NaiveDate, entered: Option<CalendarDay>) -> ShownDay {
    shown(day, holidays::of_year(day.year()).get(&day).copied(), entered)
}

fn shown(day: NaiveDate, law: Option<Holiday>, entered: Option<CalendarDay>) -> ShownDay {
    let kind = entered.as_ref().filter(|entered| entered.voided_at.is_none()).map(|entered| entered.kind);
    let working = kind.map_or(law.is_none() && !holidays::is_weekend(day), |kind| kind == CalendarDayKind::WorkingDay);
    ShownDay { day, working, law, entered }
}

/// What is said of an entered day.
pub fn draft_of(entered: &CalendarDay) -> CalendarDayDraft {
    CalendarDayDraft { kind: entered.kind, name: entered.name.clone(), source: entered.source.clone() }
}

fn require_known(day: NaiveDate) -> AppResult<()> {
    if date_words::YEARS.contains(&day.year()) { Ok(()) } else { Err(AppError::new(codes::NOT_FOUND)) }
}

fn require_a_root(permit: &Permit<WriteDirectory>) -> AppResult<()> {
    if permit.covers_a_root() { Ok(()) } else { Err(AppError::new(codes::FORBIDDEN)) }
}
