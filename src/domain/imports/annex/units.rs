//! The units of a row, and what of it has no field of its own.

use super::Reader;
use crate::domain::Id;
use crate::domain::imports::cells;
use crate::domain::imports::header::Column;
use crate::domain::imports::leads::{Mention, Mentions};
use crate::domain::imports::names::Found;
use crate::domain::imports::problems;
use crate::domain::imports::table::{BodyRow, Heading};

impl Reader<'_> {
    pub(super) fn leading(&mut self, row: &BodyRow, leads: &Mentions) -> Vec<(Id, Option<String>)> {
        if leads.units.is_empty() {
            self.complain(problems::REQUIRED, row, Column::Lead);
        }
        let mut leading: Vec<(Id, Option<String>)> = Vec::new();
        for mention in &leads.units {
            match self.unit(row, Column::Lead, mention) {
                Some(unit) if !leading.iter().any(|(known, _)| *known == unit) => leading.push((unit, mention.part.clone())),
                _ => {}
            }
        }
        leading
    }

    pub(super) fn unit(&mut self, row: &BodyRow, column: Column, mention: &Mention) -> Option<Id> {
        let (rule, suggestions) = match &mention.found {
            Found::One(at) => return self.index.get(*at).map(|named| named.id),
            Found::Several(labels) => (problems::AMBIGUOUS_UNIT, labels.clone()),
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
                Found::Nothing(near) => {
                    let at = self.position(Column::Coordinating).unwrap_or_default();
                    let problem = self.problem_of(problems::HELPER_AS_WORDS, row.row.number, at, &mention.words);
                    self.annex.problems.push(problem.with("found", &mention.words).suggesting(near.clone()));
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
        let others: Vec<&str> = helpers.units.iter().filter(|m| matches!(m.found, Found::Nothing(_))).map(|m| m.words.as_str()).collect();
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
