//! The units of a row, and what of it has no field of its own.

use chrono::NaiveDate;

use super::Reader;
use crate::domain::Id;
use crate::domain::imports::cells;
use crate::domain::imports::header::Column;
use crate::domain::imports::leads::{Mention, Mentions};
use crate::domain::imports::names::Found;
use crate::domain::imports::problems;
use crate::domain::imports::table::{BodyRow, Heading};

/// Who leads a row.
#[derive(Debug, Default)]
pub(super) struct Leading {
    /// The units, each with its part of the work.
    pub(super) units: Vec<(Id, Option<String>)>,
    /// The groups that were named.
    pub(super) groups: Vec<Id>,
}

impl Reader<'_> {
    /// The units of the cell, each once, and the group if one is named: its members on that day lead.
    pub(super) fn leading(&mut self, row: &BodyRow, leads: &Mentions, day: Option<NaiveDate>) -> Leading {
        if leads.units.is_empty() {
            self.complain(problems::REQUIRED, row, Column::Lead);
        }
        let mut leading = Leading::default();
        for mention in &leads.units {
            let units = match &mention.found {
                Found::Group(at) => self.members(row, *at, mention, day, &mut leading.groups),
                _ => self.unit(row, Column::Lead, mention).into_iter().collect(),
            };
            for unit in units {
                if !leading.units.iter().any(|(known, _)| *known == unit) {
                    leading.units.push((unit, mention.part.clone()));
                }
            }
        }
        leading
    }

    fn members(&mut self, row: &BodyRow, at: usize, mention: &Mention, day: Option<NaiveDate>, groups: &mut Vec<Id>) -> Vec<Id> {
        let Some(group) = self.index.group(at) else { return Vec::new() };
        let members = self.index.members(group, day);
        groups.push(group.id);
        let rule = if members.is_empty() { problems::EMPTY_GROUP } else { problems::GROUP_LEADS };
        let column = self.position(Column::Lead).unwrap_or_default();
        let problem = self.problem_of(rule, row.row.number, column, &mention.words).with("found", &mention.words);
        let day = day.unwrap_or(self.index.day()).format("%d/%m/%Y");
        self.annex.problems.push(problem.with("count", members.len()).with("day", day));
        members
    }

    pub(super) fn unit(&mut self, row: &BodyRow, column: Column, mention: &Mention) -> Option<Id> {
        let (rule, suggestions) = match &mention.found {
            Found::One(at) => return self.index.get(*at).map(|named| named.id),
            Found::Several(labels) => (problems::AMBIGUOUS_UNIT, labels.clone()),
            Found::Group(_) => (problems::UNIT_GROUP, Vec::new()),
            Found::Nothing(near) if mention.is_group() => (problems::UNIT_GROUP, near.clone()),
            Found::Nothing(near) => (problems::UNKNOWN_UNIT, near.clone()),
        };
        let at = self.position(column).unwrap_or_default();
        let problem = self.problem_of(rule, row.row.number, at, &mention.words).with("found", &mention.words).suggesting(suggestions);
        self.annex.problems.push(problem);
        None
    }

    pub(super) fn helping(&mut self, row: &BodyRow, helpers: &Mentions, leading: &[(Id, Option<String>)]) -> Vec<Id> {
        let mut helping = Vec::new();
        for mention in &helpers.units {
            let unit = match &mention.found {
                Found::Nothing(_) | Found::Group(_) => {
                    let near = if let Found::Nothing(near) = &mention.found { near.clone() } else { Vec::new() };
                    let at = self.position(Column::Coordinating).unwrap_or_default();
                    let problem = self.problem_of(problems::HELPER_AS_WORDS, row.row.number, at, &mention.words);
                    self.annex.problems.push(problem.with("found", &mention.words).suggesting(near));
                    None
                }
                _ => self.unit(row, Column::Coordinating, mention),
            };
            helping.extend(
                unit.filter(|unit| !helping.contains(unit) && (leading.len() != 1 || leading.iter().all(|(lead, _)| lead != unit))),
            );
        }
        helping
    }

    /// What has no field of its own, line by line, so that nothing a paper says is lost.
    pub(super) fn description(&mut self, row: &BodyRow, leads: &Mentions, helpers: &Mentions) -> Option<Option<String>> {
        let own = self.position(Column::Description);
        let mut lines: Vec<String> = own.map(|at| row.row.cell(at).text()).into_iter().filter(|text| !text.is_empty()).collect();
        let groups: Vec<String> = row.headings.iter().map(Heading::line).collect();
        if !groups.is_empty() {
            lines.push(format!("Nhóm: {}", groups.join(" › ")));
        }
        lines.extend(leads.note.as_ref().map(|note| format!("Chủ trì: {note}")));
        let others: Vec<&str> =
            helpers.units.iter().filter(|m| matches!(m.found, Found::Nothing(_) | Found::Group(_))).map(|m| m.words.as_str()).collect();
        if !others.is_empty() {
            lines.push(format!("Phối hợp khác: {}", others.join("; ")));
        }
        let with_part = |m: &Mention| m.part.as_ref().map(|part| format!("{} ({part})", m.words));
        let parts: Vec<String> = helpers.units.iter().filter_map(with_part).collect();
        if !parts.is_empty() {
            lines.push(format!("Phần việc phối hợp: {}", parts.join("; ")));
        }
        let mut kept = own.is_some() || self.position(Column::Coordinating).is_some() || leads.note.is_some() || !groups.is_empty();
        for (at, column) in self.header.columns.iter().enumerate() {
            let words = row.row.cell(at).text();
            if matches!(column, None | Some(Column::Words)) && self.header.names.get(at).is_some_and(|name| !name.is_empty()) {
                kept = true;
                lines.extend(
                    Some(words).filter(|w| !w.is_empty()).map(|words| format!("{}: {words}", self.header.names.get(at).map_or("", |n| n))),
                );
            }
        }
        kept.then(|| self.checked(row, Column::Description, cells::limited(lines.join("\n"), 10_000)).flatten())
    }
}
