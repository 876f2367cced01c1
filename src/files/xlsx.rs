//! Reading workbooks, cell by cell: what is empty costs nothing, however large a sheet says it is.

use std::io::Cursor;

use calamine::{DataRef, Reader, SheetVisible, Xlsx, XlsxError};
use rust_decimal::Decimal;

use super::{MOST_CELLS, MOST_COLUMNS, MOST_ROWS, unzip};
use crate::domain::imports::sheet::{Merge, SheetRow};
use crate::domain::imports::{Cell, FileProblem, Sheet};

/// The visible sheets of a workbook.
///
/// # Errors
/// Why it cannot be read.
pub fn read(bytes: &[u8]) -> Result<Vec<Sheet>, FileProblem> {
    unzip::inspect(bytes)?;
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|error| damaged(&error))?;
    let visible = workbook.sheets_metadata().iter().filter(|sheet| sheet.visible == SheetVisible::Visible).map(|sheet| sheet.name.clone());
    let names: Vec<String> = visible.collect();
    let mut left = MOST_CELLS;
    names.into_iter().map(|name| sheet(&mut workbook, name, &mut left)).collect()
}

fn damaged(error: &XlsxError) -> FileProblem {
    match error {
        XlsxError::Password => FileProblem::OldWorkbook,
        _ => FileProblem::Damaged,
    }
}

fn sheet(workbook: &mut Xlsx<Cursor<&[u8]>>, name: String, left: &mut usize) -> Result<Sheet, FileProblem> {
    let merged = workbook.merge_cells_by_sheet_name(&name).unwrap_or_default();
    let merges = merged.iter().map(|area| Merge {
        rows: (area.start.0.saturating_add(1), area.end.0.saturating_add(1)),
        columns: (place(area.start.1), place(area.end.1)),
    });
    let merges = merges.take(MOST_ROWS).collect();
    let mut rows: Vec<SheetRow> = Vec::new();
    let mut cells = match workbook.worksheet_cells_reader(&name) {
        Ok(cells) => cells,
        // A sheet that holds a chart has no cells.
        Err(XlsxError::WorksheetNotFound(_) | XlsxError::NotAWorksheet(_)) => return Ok(Sheet { name, rows, merges }),
        Err(error) => return Err(damaged(&error)),
    };
    while let Some(found) = cells.next_cell().map_err(|error| damaged(&error))? {
        let ((row, column), cell) = (found.get_position(), cell(found.get_value()));
        let (number, column) = (row.saturating_add(1), place(column));
        if cell.is_empty() || column >= MOST_COLUMNS {
            continue;
        }
        *left = left.checked_sub(1).ok_or(FileProblem::TooManyRows)?;
        put(&mut rows, number, column, cell)?;
    }
    rows.sort_by_key(|row| row.number);
    Ok(Sheet { name, rows, merges })
}

fn put(rows: &mut Vec<SheetRow>, number: u32, column: usize, cell: Cell) -> Result<(), FileProblem> {
    if rows.last().is_none_or(|last| last.number != number) {
        if rows.len() >= MOST_ROWS {
            return Err(FileProblem::TooManyRows);
        }
        rows.push(SheetRow { number, cells: Vec::new() });
    }
    let Some(row) = rows.last_mut() else { return Ok(()) };
    if row.cells.len() <= column {
        row.cells.resize(column + 1, Cell::Empty);
    }
    if let Some(place) = row.cells.get_mut(column) {
        *place = cell;
    }
    Ok(())
}

fn place(column: u32) -> usize {
    usize::try_from(column).unwrap_or(usize::MAX)
}

fn cell(value: &DataRef<'_>) -> Cell {
    match value {
        DataRef::Int(number) => Cell::Number(Decimal::from(*number)),
        DataRef::Float(number) => decimal(*number),
        DataRef::String(text) | DataRef::DurationIso(text) => Cell::words(text),
        DataRef::SharedString(text) => Cell::words(text),
        DataRef::Bool(yes) => Cell::Bool(*yes),
        DataRef::DateTime(time) => {
            let (year, month, day, ..) = time.to_ymd_hms_milli();
            // Before that year a "date" is a number that was only formatted as one.
            let day = chrono::NaiveDate::from_ymd_opt(year.into(), month.into(), day.into()).filter(|_| year >= 1910);
            day.map_or_else(|| decimal(time.as_f64()), Cell::Date)
        }
        DataRef::DateTimeIso(text) => text.get(..10).and_then(|day| day.parse().ok()).map_or_else(|| Cell::words(text), Cell::Date),
        // What a formula could not compute is shown as spreadsheets do: #REF!
        DataRef::Error(error) => Cell::words(&error.to_string()),
        DataRef::Empty => Cell::Empty,
    }
}

/// The number as it would be printed, without the last binary digits nobody typed.
fn decimal(number: f64) -> Cell {
    number.to_string().parse::<Decimal>().map_or_else(|_| Cell::words(&number.to_string()), |number| Cell::Number(number.normalize()))
}
