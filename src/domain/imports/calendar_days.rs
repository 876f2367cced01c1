//! Days of the calendar, as a yearly announcement lists them.

use chrono::NaiveDate;

use super::header::Column;
use super::options::ImportKind;
use super::reader::{self, Reading};
use super::said::Said;
use super::sheet::Sheet;
use super::words::calendar_days as words;

/// One day of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalendarDayLine {
    /// Its row.
    pub row: u32,
    /// The day.
    pub day: NaiveDate,
    /// What it is called.
    pub name: String,
    /// What is said of it.
    pub said: Said,
}

/// Reads the days of a sheet.
pub fn read(sheet: &Sheet) -> Reading<CalendarDayLine> {
    reader::read(sheet, ImportKind::CalendarDays, |reader, row| {
        let day = reader.required_day(row, Column::Day);
        let kind = reader.word(row, Column::Kind, words::KINDS);
        let name = reader.required(row, Column::Name, 200);
        let source = reader.text(row, Column::Source, 500);
        let mut said = Said::default();
        let name = name?;
        said.say("kind", kind?);
        said.say("name", &name);
        if reader.has(Column::Source) {
            said.say("source", source?);
        }
        Some(CalendarDayLine { row: row.row.number, day: day?, name, said })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::calendar_days::{CalendarDayDraft, CalendarDayKind};
    use crate::domain::imports::layout::{self, Field};
    use crate::domain::imports::sheet::{Cell, SheetRow};
    use crate::domain::imports::words as all_words;
    use proptest::prelude::*;

    /// A sheet with the columns of the template and one row of these.
    fn written(cell: impl Fn(Column) -> Cell) -> Sheet {
        let shapes = layout::filled_in(ImportKind::CalendarDays);
        let header = shapes.iter().map(|shape| Cell::words(shape.title)).collect();
        let of = |field: Field| if let Field::Read(column) = field { cell(column) } else { Cell::Empty };
        let row = shapes.iter().map(|shape| of(shape.field)).collect();
        let rows = vec![SheetRow { number: 1, cells: header }, SheetRow { number: 2, cells: row }];
        Sheet { rows, ..Sheet::default() }
    }

    proptest! {
        #[test]
        fn what_is_written_is_what_is_read(days in 0..40_000u64, kind in 0..CalendarDayKind::ALL.len(), name in "[A-Za-zÀ-ɏẠ-ỹ][A-Za-zÀ-ɏẠ-ỹ0-9]{0,20}", words in any::<bool>()) {
            let day = NaiveDate::from_ymd_opt(1990, 1, 1).unwrap() + chrono::Days::new(days);
            let kind = CalendarDayKind::ALL[kind];
            let name = crate::domain::text::nfc(&name);
            prop_assume!(!crate::domain::text::fold(&name).starts_with("noi nhan"));
            let sheet = written(|column| match column {
                Column::Day if words => Cell::words(&Cell::Date(day).text()),
                Column::Day => Cell::Date(day),
                Column::Kind => Cell::words(all_words::write(words::KINDS, kind)),
                Column::Name => Cell::words(&name),
                _ => Cell::Empty,
            });
            let reading = read(&sheet);
            prop_assert!(reading.problems.is_empty(), "{:?}", reading.problems);
            let line = &reading.lines[0];
            let draft: CalendarDayDraft = line.said.over(None).unwrap();
            prop_assert_eq!((line.day, draft), (day, CalendarDayDraft { kind, name, source: None }));
        }
    }
}
