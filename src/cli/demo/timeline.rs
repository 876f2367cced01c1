//! Plays the years back in their order: what was recorded when, up to the demo's day.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};

use crate::db::Connection;
use crate::domain::{Id, calendar};
use crate::error::AppResult;

use super::data::{
    Commendation, Event, Files, GoodPractice, Helped, Indicator, Instruction, Programme, Request, Resolution, Round, Task, Value,
};
use super::progress::{self, Told};
use super::world::World;
use super::{accounts, commitments, dialogue, directory, dissemination, documents, indicators, reform, reviews, tasks};

/// Hours of the day at which things are recorded; on one day in this order.
const REFORM_HOUR: u32 = 7;
const DOCUMENT_HOUR: u32 = 8;
const REPORT_HOUR: u32 = 9;
const VERDICT_HOUR: u32 = 15;
const CLOSING_HOUR: u32 = 17;

/// Something that was recorded.
#[derive(Clone, Copy)]
enum Happening<'a> {
    Directory,
    Resolution(&'a Resolution),
    Programme(&'a Programme),
    Task(&'a Task),
    Event(&'a Event),
    GoodPractice(&'a GoodPractice),
    Commendation(&'a Commendation),
    Report(&'a Told),
    Verdict(&'a Told),
    Asked(&'a Request),
    Decided(&'a Request),
    Instructed(&'a Instruction),
    Answered(&'a Instruction),
    Accepted,
    Contributed(&'a Helped),
    Indicator(&'a Indicator),
    Value(&'a Value),
    Confirmed(&'a Value),
    Review(&'a Round, reviews::Step),
    Reform(NaiveDate),
    Closing,
}

/// When something was recorded, in which province, and the number of its report or request.
type Recorded<'a> = (DateTime<Utc>, usize, Happening<'a>, usize);

/// Plays everything that was recorded before the demo begins, in all provinces.
pub fn play(conn: &mut Connection, worlds: &mut [World<'_>; 2]) -> AppResult<()> {
    let told: Vec<Vec<Told>> = worlds.iter().map(|world| progress::reports(world.files)).collect();
    let mut all = Vec::new();
    for (province, (world, told)) in worlds.iter().zip(&told).enumerate() {
        all.push((directory::entered(world).instant, province, Happening::Directory, 0));
        timeline(world.files, told, province, &mut all);
    }
    all.sort_by_key(|(instant, _, _, _)| *instant);
    let mut made: HashMap<(usize, usize), Id> = HashMap::new();
    for (instant, province, happening, number) in all {
        let fields = worlds.first().map(World::fields).unwrap_or_default();
        let Some(world) = worlds.get_mut(province) else { continue };
        let begins = province == 0 && matches!(happening, Happening::Directory);
        if instant > world.today.instant && !begins {
            break;
        }
        if matches!(happening, Happening::Directory) {
            world.share(fields);
        }
        let report = made.get(&(province, number)).copied();
        if let Some(id) = record(conn, world, instant, happening, report)? {
            made.insert((province, number), id);
        }
    }
    Ok(())
}

/// Records what happened; answers the id of a report that was logged, or a request that was made.
fn record(
    conn: &mut Connection,
    world: &mut World<'_>,
    instant: DateTime<Utc>,
    happening: Happening<'_>,
    made: Option<Id>,
) -> AppResult<Option<Id>> {
    let at = world.today.recorded(instant, crate::domain::Origin::Demo);
    match happening {
        Happening::Directory => directory::load(conn, world)?,
        Happening::Resolution(resolution) => documents::load_resolution(conn, world, resolution, &at)?,
        Happening::Programme(programme) => documents::load_programme(conn, world, programme, &at)?,
        Happening::Task(task) => tasks::load(conn, world, task, &at)?,
        Happening::Event(event) => dissemination::load_event(conn, world, event, &at)?,
        Happening::GoodPractice(practice) => dissemination::load_practice(conn, world, practice, &at)?,
        Happening::Commendation(commendation) => dissemination::load_commendation(conn, world, commendation, &at)?,
        Happening::Reform(day) => {
            reform::load(conn, world, day, &at)?;
            accounts::grant_anew(conn, world, day, &at)?;
        }
        Happening::Asked(request) => return commitments::ask(conn, world, request, &at).map(Some),
        Happening::Instructed(told) => return dialogue::give(conn, world, told, &at).map(Some),
        Happening::Decided(request) => {
            if let Some(id) = made {
                commitments::decide(conn, world, request, id, &at)?;
            }
        }
        Happening::Answered(told) => made.map_or(Ok(()), |id| dialogue::answer(conn, world, told, id, &at))?,
        Happening::Accepted => made.map_or(Ok(()), |id| dialogue::close(conn, world, id, &at))?,
        Happening::Contributed(filed) => dialogue::contribute(conn, world, filed, &at)?,
        Happening::Indicator(indicator) => indicators::load(conn, world, indicator, &at)?,
        Happening::Value(value) => indicators::tell(conn, world, value, &at)?,
        Happening::Confirmed(value) => indicators::confirm(conn, world, value, &at)?,
        Happening::Review(round, step) => reviews::play(conn, world, round, step, &at)?,
        Happening::Closing => reform::close(conn, world, &at)?,
        Happening::Report(told) => return progress::log(conn, world, told, &at).map(Some),
        Happening::Verdict(told) => {
            if let Some(report) = made {
                progress::judge(conn, world, told, report, &at)?;
            }
        }
    }
    Ok(None)
}

/// Everything of a province; what falls on one instant keeps this order, and that of the files.
fn timeline<'a>(files: &'a Files, told: &'a [Told], province: usize, all: &mut Vec<Recorded<'a>>) {
    let mut add = |day: NaiveDate, happening| all.push((calendar::at(day, DOCUMENT_HOUR), province, happening, 0));
    files.documents.resolution.iter().for_each(|r| add(r.recorded_on, Happening::Resolution(r)));
    files.documents.programme.iter().for_each(|p| add(p.recorded_on, Happening::Programme(p)));
    files.tasks.task.iter().for_each(|t| add(t.recorded_on, Happening::Task(t)));
    files.dissemination.event.iter().for_each(|e| add(e.recorded_on, Happening::Event(e)));
    files.dissemination.good_practice.iter().for_each(|p| add(p.recorded_on, Happening::GoodPractice(p)));
    files.dissemination.commendation.iter().for_each(|c| add(c.recorded_on, Happening::Commendation(c)));
    all.extend(reform::days(files).into_iter().map(|day| (calendar::at(day, REFORM_HOUR), province, Happening::Reform(day), 0)));
    all.extend(reform::last_day(files).map(|day| (calendar::at(day, CLOSING_HOUR), province, Happening::Closing, 0)));
    all.extend(files.progress.contribution.iter().map(|c| (calendar::at(c.on, REPORT_HOUR), province, Happening::Contributed(c), 0)));
    let indicators = &files.indicators;
    all.extend(indicators.indicator.iter().map(|i| (calendar::at(i.recorded_on, REPORT_HOUR), province, Happening::Indicator(i), 0)));
    for value in &indicators.value {
        all.push((calendar::at(value.told, REPORT_HOUR), province, Happening::Value(value), 0));
        all.extend((!value.waiting).then(|| (calendar::at(value.told, VERDICT_HOUR), province, Happening::Confirmed(value), 0)));
    }
    for round in &files.reviews.round {
        let steps = reviews::steps(round).into_iter();
        all.extend(steps.map(|(day, step)| (calendar::at(day, VERDICT_HOUR), province, Happening::Review(round, step), 0)));
    }
    for (number, report) in told.iter().enumerate() {
        all.push((calendar::at(report.step.report, REPORT_HOUR), province, Happening::Report(report), number));
        if let Some(day) = report.step.verified.or(report.step.returned) {
            all.push((calendar::at(day, VERDICT_HOUR), province, Happening::Verdict(report), number));
        }
    }
    for (number, request) in (told.len()..).zip(&files.progress.request) {
        all.push((calendar::at(request.asked, REPORT_HOUR), province, Happening::Asked(request), number));
        if let Some(day) = request.approved.or(request.refused) {
            all.push((calendar::at(day, VERDICT_HOUR), province, Happening::Decided(request), number));
        }
    }
    for (number, told) in (told.len() + files.progress.request.len()..).zip(&files.progress.instruction) {
        all.push((calendar::at(told.given, REPORT_HOUR), province, Happening::Instructed(told), number));
        all.extend(told.answered.map(|day| (calendar::at(day, REPORT_HOUR), province, Happening::Answered(told), number)));
        all.extend(told.closed.map(|day| (calendar::at(day, VERDICT_HOUR), province, Happening::Accepted, number)));
    }
}
