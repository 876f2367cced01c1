//! Plays the reorganisations of `demo/unit-events.csv`: early 2025 and 1 July 2025.

use chrono::NaiveDate;

use crate::db::Connection;
use crate::domain::reviews::{ReviewKind, ReviewQuery};
use crate::domain::unit_events::{EventSubject, HandoverRule, ReceiverDraft, ReorganisationDraft, UnitEventDraft, UnitEventKind};
use crate::domain::{Moment, Reference};
use crate::error::AppResult;
use crate::service::access::{Permit, WriteDirectory};
use crate::service::{review_snapshots, reviews, unit_events};

use super::data::{Files, UnitEvent};
use super::world::{Kind, LOADER, World};

/// The key of the congress resolution.
const CONGRESS: &str = "nq-xiv";

/// The days on which something was reorganised, in their order.
pub fn days(files: &Files) -> Vec<NaiveDate> {
    let mut days: Vec<NaiveDate> = files.unit_events.iter().map(|event| event.effective_on).collect();
    days.sort_unstable();
    days.dedup();
    days
}

/// Records what was reorganised on one day, as one whole.
pub fn load(conn: &mut Connection, world: &World<'_>, day: NaiveDate, at: &Moment) -> AppResult<()> {
    let mut events: Vec<UnitEventDraft> = Vec::new();
    for row in world.files.unit_events.iter().filter(|row| row.effective_on == day) {
        let same = |event: &&mut UnitEventDraft| {
            let to = event.to.first().map(|to| &to.reference);
            row.kind == UnitEventKind::Merge
                && event.kind == row.kind
                && event.of == row.of
                && to == row.to_code.as_deref().map(code).as_ref()
        };
        match events.iter_mut().find(same) {
            Some(event) => event.from.push(code(&row.from_code)),
            None => events.push(draft(row)),
        }
    }
    let draft = ReorganisationDraft {
        effective_on: day,
        legal_basis: "NQ 202/2025/QH15".into(),
        note: Some("Ai tiếp nhận việc của đơn vị giải thể là giả định.".into()),
        events,
    };
    unit_events::record(conn, &Permit::<WriteDirectory>::of_system(LOADER), &draft, false, at).map(drop)
}

/// The last day of a province that joins another: the day before its own area ends.
pub fn last_day(files: &Files) -> Option<NaiveDate> {
    let ends = files.unit_events.iter().find(|event| event.of == EventSubject::Area && event.from_code == files.root());
    ends.and_then(|event| event.effective_on.pred_opt())
}

/// Keeps the figures of the province's last day with the final review of its congress resolution: what is not done is handed over.
pub fn close(conn: &mut Connection, world: &World<'_>, at: &Moment) -> AppResult<()> {
    let office = world.office()?;
    let resolution = Some(world.find(Kind::Resolution, CONGRESS)?);
    let query = ReviewQuery { resolution, ..ReviewQuery::default() };
    let rounds = reviews::list(conn, &office.permit()?, query)?.items;
    for round in rounds.iter().filter(|round| round.kind == ReviewKind::FiveYear) {
        let reviewed = review_snapshots::target(conn, &office.permit()?, round.id)?;
        review_snapshots::take(conn, &office.permit()?, &reviewed, at)?;
    }
    Ok(())
}

fn code(code: &str) -> Reference {
    Reference::Code(code.to_owned())
}

fn draft(row: &UnitEvent) -> UnitEventDraft {
    let takes_rest = |to: &String| HandoverRule { from: None, task: None, field: None, programme: None, to: code(to) };
    UnitEventDraft {
        of: row.of,
        kind: row.kind,
        from: vec![code(&row.from_code)],
        to: row.to_code.iter().map(|to| ReceiverDraft { reference: code(to), share: None }).collect(),
        handovers: row.handover_to.iter().filter(|_| row.of == EventSubject::Unit).map(takes_rest).collect(),
        legal_basis: Some(row.legal_basis.clone()),
    }
}
