//! Groups of units: a row for each group.

use serde_json::json;

use super::header::Column;
use super::names::Index;
use super::options::ImportKind;
use super::problems;
use super::reader::{self, Reader, Reading};
use super::said::Said;
use super::sheet::Sheet;
use super::table::BodyRow;
use super::words;
use crate::domain::Id;
use crate::domain::unit_groups::GroupRule;

/// One group of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitGroupLine {
    /// Its row.
    pub row: u32,
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// What is said of it, but for its rule.
    pub said: Said,
    /// What is said of its rule: fields of it.
    pub rule: Said,
}

impl UnitGroupLine {
    /// The rule as it should stand: what is said laid over what stands. None if it names nothing.
    pub fn rule_over(&self, standing: Option<&GroupRule>) -> Option<GroupRule> {
        let empty = GroupRule::default();
        let rule: GroupRule = self.rule.over(Some(standing.unwrap_or(&empty))).ok()?;
        (rule != empty).then_some(rule)
    }
}

/// Reads the groups of a sheet of the root `root`.
pub fn read(sheet: &Sheet, root: Id, units: &Index, areas: &Index) -> Reading<UnitGroupLine> {
    reader::read(sheet, ImportKind::UnitGroups, |reader, row| {
        let (code, name) = (reader.code(row), reader.required(row, Column::Name, 200));
        let rule = rule(reader, row, areas);
        let members = reader.units(row, Column::Members, units);
        let excluded = reader.units(row, Column::Excluded, units);
        let note = reader.text(row, Column::Note, 2000);
        let (mut said, code, name) = (Said::default(), code?, name?);
        said.usually("root", root);
        said.say("code", &code);
        said.say("name", &name);
        let lists = [("aliases", Column::Aliases, json!(reader.parts(row, Column::Aliases)))];
        let units = [("members", Column::Members, json!(members?)), ("excluded", Column::Excluded, json!(excluded?))];
        for (field, column, value) in lists.into_iter().chain(units) {
            if reader.has(column) {
                said.say(field, value);
            }
        }
        if reader.has(Column::Note) {
            said.say("note", note?);
        }
        Some(UnitGroupLine { row: row.row.number, code, name, said, rule: rule? })
    })
}

fn rule(reader: &mut Reader<'_>, row: &BodyRow, areas: &Index) -> Option<Said> {
    let (kinds, levels) = (reader.several(row, Column::Kind, words::KINDS), reader.several(row, Column::Level, words::LEVELS));
    let system = reader.word_if(row, Column::System, words::SYSTEMS);
    let said = reader.said(row, Column::Area);
    let area = match said.is_empty() {
        true => Some(None),
        false => reader.named(row, (Column::Area, &said), (areas, areas.day()), problems::UNKNOWN_AREA).map(|area| Some(area.code.clone())),
    };
    let (kinds, levels, system, area) = (kinds?, levels?, system?, area?);
    let mut rule = Said::default();
    let fields = [
        ("kinds", Column::Kind, json!(kinds)),
        ("levels", Column::Level, json!(levels)),
        ("system", Column::System, json!(system)),
        ("area", Column::Area, json!(area)),
    ];
    for (field, column, value) in fields {
        if reader.has(column) {
            rule.say(field, value);
        }
    }
    Some(rule)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Reference;
    use crate::domain::areas::AreaLevel;
    use crate::domain::imports::names::tests::index;
    use crate::domain::imports::sheet::{Cell, SheetRow};
    use crate::domain::units::UnitKind;

    fn read_rows(lines: &[&str]) -> Reading<UnitGroupLine> {
        let row = |(at, line): (usize, &&str)| SheetRow {
            number: u32::try_from(at).unwrap() + 1,
            cells: line.split('|').map(Cell::words).collect(),
        };
        let sheet = Sheet { rows: lines.iter().enumerate().map(row).collect(), ..Sheet::default() };
        read(&sheet, Id::NIL, &index(&["Sở Y tế", "Sở Tài chính"]), &index(&["Huyện Vị Thủy"]))
    }

    #[test]
    fn a_rule_is_laid_over_the_one_that_stands() {
        let reading = read_rows(&["Mã|Tên|Loại đơn vị|Địa bàn", "hg-cac-huyen|Các huyện|UBND; Cấp ủy|Huyện Vị Thủy"]);
        assert!(reading.problems.is_empty(), "{:?}", reading.problems);
        let standing = GroupRule { levels: vec![AreaLevel::District], ..GroupRule::default() };
        let rule = reading.lines[0].rule_over(Some(&standing)).unwrap();
        assert_eq!((rule.levels, rule.area), (standing.levels, Some(Reference::Code("u-0".into()))));
        assert_eq!(rule.kinds, [UnitKind::PeopleCommittee, UnitKind::PartyCommittee]);
    }

    #[test]
    fn a_group_may_have_no_rule_and_what_is_unknown_is_told() {
        let header = "Mã|Tên|Loại đơn vị|Địa bàn|Đơn vị thêm";
        let reading = read_rows(&[header, "a-b|A||||", "c-d|C|công ty||Sở X; Sở Y tế"]);
        assert_eq!(reading.lines[0].rule_over(None), None);
        let told: Vec<_> = reading.problems.iter().map(|problem| (problem.row, problem.rule)).collect();
        assert_eq!(told, [(Some(3), "unknown_word"), (Some(3), "unknown_unit")]);
    }
}
