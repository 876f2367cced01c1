//! `/briefings/{unit}`: what a leader reads about a unit before a meeting, on a screen, a phone, or one or two sheets
//! of paper.

mod words;

use actix_web::web::{Path, ServiceConfig};
use actix_web::{HttpResponse, get};
use askama::Template;
use chrono::NaiveDate;
use serde::Deserialize;

use super::basis::day_part;
use super::figures::percent;
use super::forms::Query;
use super::labels::Label;
use super::page::{self, Shell};
use super::session::{State, Visitor};
use crate::domain::briefings::{BriefingQuery, Covers, RecordKind, Said, Section, Topic};
use crate::domain::dashboards::{Basis, Frame, Totals};
use crate::domain::statistics::FourWay;
use crate::domain::{Language, Moment, Reference};
use crate::error::AppResult;
use crate::service::access::ReadDashboards;
use crate::service::briefings::{self as service, ShownBriefing, ShownRow};
use crate::state::Connection;
use crate::view::briefings::Links;
use words::{BriefingWords, of_days};

/// The routes of this page.
pub fn configure(config: &mut ServiceConfig) {
    config.service(briefing_page);
}

/// The briefings of whole provinces that the reader may see: address, and the name of the unit at the head.
///
/// # Errors
/// The database's.
pub fn of_provinces(conn: &mut Connection, visitor: &Reader, frame: &Frame) -> AppResult<Vec<(String, String)>> {
    let heads = service::heads(conn, visitor, frame.as_of)?;
    Ok(heads.into_iter().map(|unit| (page::asking(&format!("/briefings/{}", unit.code), &[&day_part(frame)]), unit.name)).collect())
}

/// A number of both days.
struct Figure {
    label: &'static str,
    then: String,
    now: String,
    change: String,
}

/// A row of a section.
struct Line {
    title: String,
    href: String,
    unit: String,
    unit_href: String,
    /// The day and the days, in words.
    when: Vec<String>,
    change: Option<String>,
    text: Option<String>,
}

/// A section with rows.
struct Block {
    topic: &'static str,
    title: &'static str,
    count: usize,
    hidden: usize,
    lines: Vec<Line>,
    /// Where all of them are, if some are not here.
    all: Option<String>,
}

/// Sections of one sort.
struct Group {
    title: &'static str,
    blocks: Vec<Block>,
    /// The names of those without rows.
    empty: Vec<&'static str>,
}

#[derive(Template)]
#[template(path = "briefing.html")]
struct BriefingPage {
    shell: Shell,
    t: &'static BriefingWords,
    name: String,
    code: String,
    scope: &'static str,
    as_of: NaiveDate,
    since: NaiveDate,
    basis: Option<Basis>,
    illustrative: bool,
    sentences: Vec<String>,
    figures: Vec<Figure>,
    groups: Vec<Group>,
}

/// What the page may be asked for.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    as_of: Option<NaiveDate>,
    since: Option<NaiveDate>,
    basis: Option<Basis>,
    limit: Option<i64>,
}

type Reader = Visitor<ReadDashboards>;

#[get("/briefings/{unit}")]
async fn briefing_page(state: State, visitor: Reader, unit: Path<String>, Query(asked): Query<Asked>) -> AppResult<HttpResponse> {
    let unit = Reference::from(unit.into_inner());
    page::show(&state.read(move |conn, at| fill(conn, &visitor, &unit, &asked, at)).await?)
}

fn fill(conn: &mut Connection, visitor: &Reader, unit: &Reference, asked: &Asked, at: &Moment) -> AppResult<BriefingPage> {
    let (shell, language) = (visitor.shell.clone(), visitor.shell.language);
    let t = BriefingWords::of(language);
    let Asked { as_of, since, basis, limit } = *asked;
    let briefing = service::briefing(conn, visitor, unit, &BriefingQuery { as_of, since, basis, limit }, at)?;
    let (sentences, figures, links) = (briefing.sentences(language), figures(&briefing, t, language), Links::of(&briefing));
    let blocks = Blocks { links, shell: &shell };
    let ShownBriefing { frame, unit, covers, since, sections, .. } = briefing;
    Ok(BriefingPage {
        t,
        name: unit.name,
        code: unit.code,
        scope: if covers == Covers::Root { t.whole } else { t.below },
        as_of: frame.as_of,
        since,
        basis: asked.basis,
        illustrative: frame.illustrative,
        sentences,
        figures,
        groups: groups(sections, &blocks, t),
        shell,
    })
}

fn figures(briefing: &ShownBriefing, t: &'static BriefingWords, language: Language) -> Vec<Figure> {
    let (now, then) = (FourWay::from(&briefing.now.tasks), FourWay::from(&briefing.then.tasks));
    let count = |label, of: fn(&FourWay) -> u32| {
        let (now, then) = (of(&now), of(&then));
        Figure { label, then: then.to_string(), now: now.to_string(), change: signed(i64::from(now) - i64::from(then)) }
    };
    let progress = |label, of: fn(&Totals) -> Option<crate::domain::Percent>| {
        let (now, then) = (of(&briefing.now), of(&briefing.then));
        Figure { label, then: percent(then, language), now: percent(now, language), change: String::new() }
    };
    vec![
        count(t.total, |four| four.total),
        count(t.on_time, |four| four.completed_on_time),
        count(t.late, |four| four.completed_late),
        count(t.in_time, |four| four.open_in_time),
        count(t.overdue, |four| four.open_overdue),
        count(t.suspended, |four| four.suspended),
        progress(t.claimed, |totals| totals.progress.claimed),
        progress(t.verified, |totals| totals.progress.verified),
    ]
}

/// A change with its sign; a dash for none.
fn signed(change: i64) -> String {
    if change == 0 { "–".to_owned() } else { format!("{change:+}") }
}

/// The sections in groups, in their order.
fn groups(sections: Vec<Section<ShownRow>>, blocks: &Blocks<'_>, t: &'static BriefingWords) -> Vec<Group> {
    let titles = [t.decisions, t.lateness, t.concerns, t.changes];
    let mut groups = titles.map(|title| Group { title, blocks: Vec::new(), empty: Vec::new() });
    for section in sections {
        let label = section.topic.label(blocks.shell.language);
        let place = match section.topic {
            Topic::WaitingReports | Topic::CommitmentRequests | Topic::Proposals => 0,
            Topic::AnsweredInstructions | Topic::Suspended => 0,
            Topic::NewlyOverdue | Topic::Overdue | Topic::DueSoon => 1,
            Topic::CompletedClaimed | Topic::CompletedVerified | Topic::NewlyIssued | Topic::CommitmentsChanged => 3,
            _ => 2,
        };
        if let Some(group) = groups.get_mut(place) {
            match section.count {
                0 => group.empty.push(label),
                _ => group.blocks.push(blocks.block(section, label)),
            }
        }
    }
    groups.into()
}

/// How sections become blocks of a page.
struct Blocks<'a> {
    links: Links,
    shell: &'a Shell,
}

impl Blocks<'_> {
    fn block(&self, section: Section<ShownRow>, title: &'static str) -> Block {
        let Section { topic, count, hidden, rows } = section;
        let all = (count - hidden > rows.len()).then(|| self.links.of_page(topic));
        let lines = rows.into_iter().map(|row| self.line(topic, row)).collect();
        Block { topic: topic.as_str(), title, count, hidden, lines, all }
    }

    fn line(&self, topic: Topic, ShownRow { row, title, unit }: ShownRow) -> Line {
        let language = self.shell.language;
        let ((on_vi, on_en), days) = of_days(topic);
        let word = |vi: &'static str, en: &'static str| if language == Language::Vi { vi } else { en };
        let day = row.on.map(|on| format!("{} {}", word(on_vi, on_en), self.shell.day(&on)));
        // An answer that is not yet due is not late.
        let told = row.days.filter(|days| topic != Topic::OpenInstructions || *days > 0);
        let days = days.zip(told).map(|((vi, en), days)| format!("{} {days} {}", word(vi, en), word("ngày", "days")));
        let change = (row.from.is_some() || row.to.is_some()).then(|| format!("{} → {}", self.said(row.from), self.said(row.to)));
        let href = match row.record {
            Some((RecordKind::Proposal, _)) => "/proposals".to_owned(),
            _ => format!("/tasks/{}", row.task),
        };
        Line {
            title: title.unwrap_or_else(|| BriefingWords::of(language).secret.to_owned()),
            href,
            unit_href: format!("/units/{}", unit.code),
            unit: unit.name,
            when: day.into_iter().chain(days).collect(),
            change,
            text: row.text,
        }
    }

    fn said(&self, said: Option<Said>) -> String {
        match said {
            None => "–".to_owned(),
            Some(Said::Percent(value)) => percent(Some(value), self.shell.language),
            Some(Said::Day(day)) => self.shell.day(&day),
            Some(Said::Words(words)) => words,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_has_a_sign() {
        assert_eq!([signed(3), signed(-2), signed(0)], ["+3", "-2", "–"]);
    }
}
