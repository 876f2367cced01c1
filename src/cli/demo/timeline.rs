//! Plays the years back in their order: what was recorded when, up to the demo's day.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};

use crate::db::Connection;
use crate::domain::{Id, calendar};
use crate::error::AppResult;

use super::data::{Files, Programme, Resolution, Task};
use super::progress::{self, Told};
use super::world::World;
use super::{directory, documents, reform, tasks};

/// Hours of the day at which things are recorded; on one day in this order.
const REFORM_HOUR: u32 = 7;
const DOCUMENT_HOUR: u32 = 8;
const REPORT_HOUR: u32 = 9;
const VERDICT_HOUR: u32 = 15;

/// Something that was recorded.
enum Happening<'a> {
    Resolution(&'a Resolution),
    Programme(&'a Programme),
    Task(&'a Task),
    Report(usize),
    Verdict(usize),
    Reform(NaiveDate),
}

/// Plays everything that was recorded before the demo begins.
pub fn play(conn: &mut Connection, world: &mut World<'_>) -> AppResult<()> {
    let told = progress::reports(world.files);
    let mut made: HashMap<usize, Id> = HashMap::new();
    for (instant, happening) in timeline(world.files, &told) {
        if instant > world.today.instant {
            break;
        }
        let at = world.today.recorded(instant, crate::domain::Origin::Demo);
        match happening {
            Happening::Resolution(resolution) => documents::load_resolution(conn, world, resolution, &at)?,
            Happening::Programme(programme) => documents::load_programme(conn, world, programme, &at)?,
            Happening::Task(task) => tasks::load(conn, world, task, &at)?,
            Happening::Reform(day) => {
                reform::load(conn, world, day, &at)?;
                directory::grant_anew(conn, world, day, &at)?;
            }
            Happening::Report(i) => {
                if let Some(told) = told.get(i) {
                    made.insert(i, progress::log(conn, world, told, &at)?);
                }
            }
            Happening::Verdict(i) => {
                if let (Some(told), Some(report)) = (told.get(i), made.get(&i)) {
                    progress::judge(conn, world, told, *report, &at)?;
                }
            }
        }
    }
    Ok(())
}

/// Everything in the order it was recorded; what falls on one instant keeps the order of the files.
fn timeline<'a>(files: &'a Files, told: &[Told]) -> Vec<(DateTime<Utc>, Happening<'a>)> {
    let mut all = Vec::new();
    let documents = |day| calendar::at(day, DOCUMENT_HOUR);
    all.extend(files.documents.resolution.iter().map(|r| (documents(r.recorded_on), Happening::Resolution(r))));
    all.extend(files.documents.programme.iter().map(|p| (documents(p.recorded_on), Happening::Programme(p))));
    all.extend(files.tasks.task.iter().map(|t| (documents(t.recorded_on), Happening::Task(t))));
    all.extend(reform::days(files).into_iter().map(|day| (calendar::at(day, REFORM_HOUR), Happening::Reform(day))));
    for (i, report) in told.iter().enumerate() {
        all.push((calendar::at(report.step.report, REPORT_HOUR), Happening::Report(i)));
        if let Some(day) = report.step.verified.or(report.step.returned) {
            all.push((calendar::at(day, VERDICT_HOUR), Happening::Verdict(i)));
        }
    }
    all.sort_by_key(|(instant, _)| *instant);
    all
}
