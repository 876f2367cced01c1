//! Annexes of indicators: a line for each, with a target for each column that names a year or several.

use super::documents::{self, Catalogue, Place};
use super::header::{self, Column};
use super::names::Index;
use super::options::ImportKind;
use super::problems;
use super::reader::{self, Reader, Reading};
use super::said::Said;
use super::sheet::{Cell, Sheet};
use super::table::BodyRow;
use super::words::indicators as words;
use crate::domain::documents::DocumentId;
use crate::domain::indicator_targets::IndicatorTargetDraft;
use crate::domain::periods::Period;
use crate::domain::targets::{TargetKind, read_target};
use crate::domain::text::fold;

/// One indicator of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IndicatorLine {
    /// Its row.
    pub row: u32,
    /// The document that sets it.
    pub document: DocumentId,
    /// Its number as it is printed.
    pub label: String,
    /// What is measured.
    pub name: String,
    /// The row of the indicator it stands below.
    pub below: Option<u32>,
    /// What is said of it.
    pub said: Said,
    /// Its targets.
    pub targets: Vec<IndicatorTargetDraft>,
}

/// Reads an annex; indicators of rows that name no document belong to `document`, and targets of columns that name no year to `period`.
pub fn read(sheet: &Sheet, document: Option<DocumentId>, period: Option<&str>, known: (&Catalogue, &Index)) -> Reading<IndicatorLine> {
    reader::read_whole(sheet, ImportKind::Indicators, |reader, rows| {
        let columns = columns(reader, period);
        let mut above: Option<(u32, String)> = None;
        let mut lines = Vec::with_capacity(rows.len());
        for row in rows {
            let Some(line) = line(reader, row, document, (&columns, &above), known) else { continue };
            if line.below.is_none() {
                above = Some((line.row, line.label.clone()));
            }
            lines.push(line);
        }
        lines
    })
}

/// A column of targets: where it stands, its period, and whose target it is, where that is another's than the document's.
type TargetColumn = (usize, String, Option<String>);

fn columns(reader: &mut Reader<'_>, period: Option<&str>) -> Vec<TargetColumn> {
    let mut found: Vec<TargetColumn> = Vec::new();
    let header = reader.header;
    for (at, name) in header.names.iter().enumerate().filter(|(at, _)| header.columns.get(*at) == Some(&Some(Column::Target))) {
        let Some(id) = header::years(name).or(period.map(ToOwned::to_owned)) else {
            reader.problems.push(reader.problem_at(problems::NO_PERIOD, header.last_row, at, name));
            continue;
        };
        // The first column of a period is the document's own; further ones are told by what stands above them.
        let taken = found.iter().any(|(_, other, _)| *other == id);
        found.push((at, id, taken.then(|| name.clone())));
    }
    found
}

fn line(
    reader: &mut Reader<'_>,
    row: &BodyRow,
    document: Option<DocumentId>,
    (columns, above): (&[TargetColumn], &Option<(u32, String)>),
    (known, units): (&Catalogue, &Index),
) -> Option<IndicatorLine> {
    let document = document_of(reader, row, document, known);
    let label = reader.text(row, Column::Number, 20)?.unwrap_or_default();
    let printed = reader.required(row, Column::Name, 1000);
    let measure = reader.text(row, Column::Measure, 60);
    let direction = reader.word_if(row, Column::Direction, words::DIRECTIONS);
    let aggregation = reader.word_if(row, Column::Aggregation, words::AGGREGATIONS);
    let source = reader.text(row, Column::Source, 2000);
    let mut said = Said::default();
    let lead = lead(reader, row, units, &mut said);
    let unit = measure.clone().flatten().unwrap_or_default();
    let targets = targets(reader, row, columns, &unit);
    let (printed, measure) = (printed?, measure?);
    let (name, is_part) = part(&printed);
    let below = above.as_ref().filter(|(_, main)| is_part || is_part_of(&label, main)).map(|(row, _)| *row);
    said.say("name", name);
    if !label.is_empty() && label.parse::<i32>().is_err() {
        said.say("label", &label);
    }
    for (column, field, value) in [(Column::Measure, "unit", measure), (Column::Source, "source", source?)] {
        if reader.has(column) {
            said.say(field, value);
        }
    }
    match direction? {
        Some(direction) => said.say("direction", direction),
        None => said.usually("direction", "increase"),
    }
    match aggregation? {
        Some(aggregation) => said.say("aggregation", aggregation),
        None => said.usually("aggregation", "end"),
    }
    lead?;
    Some(IndicatorLine { row: row.row.number, document: document?, label, name: name.to_owned(), below, said, targets: targets? })
}

fn document_of(reader: &mut Reader<'_>, row: &BodyRow, otherwise: Option<DocumentId>, known: &Catalogue) -> Option<DocumentId> {
    let said = reader.said(row, Column::Document);
    if said.is_empty() {
        if otherwise.is_none() {
            reader.complain(problems::REQUIRED, row, Column::Document);
        }
        return otherwise;
    }
    match documents::document(reader, row, (Column::Document, &said), known)? {
        Place::Known(document) => Some(document),
        Place::Row(_) => None,
    }
}

/// The unit that reports on it; one that is none of ours is kept in words.
fn lead(reader: &mut Reader<'_>, row: &BodyRow, units: &Index, said: &mut Said) -> Option<()> {
    let words = reader.said(row, Column::Lead);
    if words.is_empty() {
        return Some(());
    }
    match reader.unit_or_words(row, (Column::Lead, &words), (units, units.day()))? {
        Some(unit) => said.say("lead_unit", unit.id),
        None => said.usually("description", format!("Cơ quan chủ trì: {words}")),
    }
    Some(())
}

fn targets(reader: &mut Reader<'_>, row: &BodyRow, columns: &[TargetColumn], unit: &str) -> Option<Vec<IndicatorTargetDraft>> {
    let (mut targets, mut wrong) = (Vec::new(), false);
    for (at, period, authority) in columns {
        let cell = row.row.cell(*at);
        let text = cell.line();
        let rule = match cell {
            Cell::Empty => continue,
            // "6-7" becomes the sixth of July.
            Cell::Date(_) => Some(problems::TARGET_IS_DATE),
            _ if text.chars().count() > 500 => Some(problems::TOO_LONG),
            _ => (read_target(&text, unit).kind == TargetKind::Unreadable).then_some(problems::TARGET_UNREADABLE),
        };
        if let Some(rule) = rule {
            let problem = reader.problem_at(rule, row.row.number, *at, &text).with("max", 500);
            wrong |= problem.is_error();
            reader.problems.push(problem);
        }
        targets.push(IndicatorTargetDraft { period: period.clone(), text, authority: authority.clone() });
    }
    (!wrong).then_some(targets)
}

/// The name without the dash of a part, and whether it is one: "- Nhóm khoáng sản", "Trong đó: …".
fn part(printed: &str) -> (&str, bool) {
    let bare = printed.trim_start_matches(['-', '–', '+', '•', '*', ' ']);
    let within = fold(bare).starts_with("trong do");
    let name = if within { bare.split_once(':').map_or(bare, |(_, rest)| rest.trim()) } else { bare };
    (if name.is_empty() { printed } else { name }, bare.len() < printed.len() || within)
}

/// Whether a number is that of a part: 7a of 7, 7.1 of 7.
fn is_part_of(label: &str, main: &str) -> bool {
    let rest = label.strip_prefix(main).filter(|_| !main.is_empty());
    rest.is_some_and(|rest| rest.starts_with('.') || rest.starts_with(|c: char| c.is_ascii_lowercase()))
}

/// First and last year of targets.
pub fn years(targets: &[IndicatorTargetDraft]) -> Option<(i32, i32)> {
    let years = targets.iter().filter_map(|target| Period::of_any(&target.period)).map(Period::years);
    let (from, to): (Vec<i32>, Vec<i32>) = years.map(|years| (*years.start(), *years.end())).unzip();
    from.into_iter().min().zip(to.into_iter().max())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_known_by_their_dash_or_number() {
        assert_eq!(part("- Nhóm nhiên liệu, khoáng sản"), ("Nhóm nhiên liệu, khoáng sản", true));
        assert_eq!(part("Trong đó: có bằng cấp"), ("có bằng cấp", true));
        assert_eq!((part("Tốc độ tăng GDP"), part("-")), (("Tốc độ tăng GDP", false), ("-", true)));
        assert!(is_part_of("7c", "7") && is_part_of("7.1", "7"));
        assert!(!is_part_of("71", "7") && !is_part_of("8", "7") && !is_part_of("7", "") && !is_part_of("7", "7"));
    }

    #[test]
    fn the_path_is_that_of_the_targets() {
        let target = |period: &str| IndicatorTargetDraft { period: period.into(), text: "1".into(), authority: None };
        assert_eq!(years(&[target("2026"), target("2026-2030")]), Some((2026, 2030)));
        assert_eq!(years(&[]), None);
    }
}
