//! Writing workbooks: tables to read, to filter and to print, and templates to fill in.

use rust_decimal::prelude::ToPrimitive;
use rust_xlsxwriter::{
    Color, DataValidation, DataValidationErrorStyle, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Formula, Workbook,
    Worksheet, XlsxError,
};

use chrono::{Datelike, NaiveDate};

use super::csv_table::GUARDED;
use crate::domain::imports::layout::{self, Content, Field, List, Shape, Table, Template};
use crate::domain::imports::{Cell, ImportKind};

/// How days are shown.
const DAY: &str = "dd/mm/yyyy";
/// Rows of a template in which one can choose from lists.
const ROWS_TO_FILL: u32 = 5_000;
/// What a template explains itself on.
const GUIDE: &str = "Hướng dẫn";
/// Where the lists of a template stand, hidden.
const LISTS: &str = "Danh mục";
/// Paper of offices, by the numbers spreadsheets have for it.
const A4: u8 = 9;
/// Paper of wide tables.
const A3: u8 = 8;
/// How high a line is, in points.
const LINE: u32 = 15;
/// The highest row a spreadsheet shows, in lines.
const MOST_LINES: u32 = 27;
/// So much is seen of words of any length.
const MOST_LONG_LINES: u32 = 2;

/// A table as a workbook of one sheet.
///
/// # Errors
/// When it does not fit.
pub fn table(table: &Table) -> Result<Vec<u8>, XlsxError> {
    let mut book = begun(table.kind, table.day)?;
    let sheet = book.add_worksheet().set_name(layout::sheet_name(table.kind))?;
    let shapes: Vec<&Shape> = layout::exported(table.kind).iter().collect();
    head(sheet, &shapes, |shape| shape.title.to_owned())?;
    let look = Look::new();
    let last = u32::try_from(table.rows.len()).unwrap_or(u32::MAX);
    for (number, row) in (1..).zip(&table.rows) {
        sheet.set_row_height(number, LINE * height(&shapes, row))?;
        for (column, cell) in (0..).zip(row) {
            put(sheet, (number, column), cell, look.of(cell))?;
        }
    }
    sheet.autofilter(0, 0, last, place(shapes.len()))?;
    // On paper stands what is followed week by week: up to how the work stands.
    let shown = shapes.iter().rposition(|shape| matches!(shape.field, Field::Shown(_)));
    sheet.set_print_area(0, 0, last, place(shown.map_or(shapes.len(), |at| at + 1)))?;
    sheet.set_paper_size(if shown.is_some() { A3 } else { A4 });
    book.save_to_buffer()
}

/// A template: an empty table with lists to choose from, and a sheet that explains it.
///
/// # Errors
/// When it does not fit.
pub fn template(template: &Template) -> Result<Vec<u8>, XlsxError> {
    let mut book = begun(template.kind, template.day)?;
    let shapes = layout::filled_in(template.kind);
    let lists = lists(&shapes, template);
    let sheet = book.add_worksheet().set_name(layout::sheet_name(template.kind))?;
    head(sheet, &shapes, |shape| if shape.is_needed(template.kind) { format!("{} (*)", shape.title) } else { shape.title.to_owned() })?;
    for (column, shape) in (0..).zip(&shapes) {
        sheet.set_column_format(column, &Look::empty(shape.content))?;
        sheet.add_data_validation(1, column, ROWS_TO_FILL, column, &help(shape, &lists)?)?;
    }
    guide(book.add_worksheet().set_name(GUIDE)?, template.kind, &shapes)?;
    let hidden = book.add_worksheet().set_name(LISTS)?.set_hidden(true);
    for (column, (list, choices)) in (0..).zip(&lists) {
        hidden.write_string(0, column, list.title())?;
        for (row, choice) in (1..).zip(choices) {
            hidden.write_string(row, column, choice)?;
        }
        hidden.set_column_width(column, 40)?;
    }
    book.save_to_buffer()
}

fn begun(kind: ImportKind, day: NaiveDate) -> Result<Workbook, XlsxError> {
    let mut book = Workbook::new();
    let about = DocProperties::new().set_title(layout::sheet_name(kind));
    book.set_properties(&match excel_day(day) {
        Some(day) => about.set_creation_datetime(&day),
        None => about,
    });
    Ok(book)
}

/// Headers, widths, and how it is printed: on A4 across, the header on every page.
fn head(sheet: &mut Worksheet, shapes: &[&Shape], title: impl Fn(&Shape) -> String) -> Result<(), XlsxError> {
    let look = header_look();
    sheet.set_row_height(0, 36)?.set_freeze_panes(1, 0)?.set_repeat_rows(0, 0)?;
    sheet.set_landscape().set_paper_size(A4).set_print_fit_to_pages(1, 0);
    for (column, shape) in (0..).zip(shapes) {
        sheet.set_column_width(column, shape.width)?;
        sheet.write_string_with_format(0, column, title(shape), &look)?;
    }
    Ok(())
}

fn put(sheet: &mut Worksheet, (row, column): (u32, u16), cell: &Cell, look: &Format) -> Result<(), XlsxError> {
    match cell {
        Cell::Empty => sheet.write_blank(row, column, look)?,
        Cell::Date(day) => match excel_day(*day) {
            Some(day) => sheet.write_datetime_with_format(row, column, day, look)?,
            None => sheet.write_string_with_format(row, column, cell.text(), look)?,
        },
        Cell::Number(number) => match number.to_f64() {
            Some(number) => sheet.write_number_with_format(row, column, number, look)?,
            None => sheet.write_string_with_format(row, column, cell.text(), look)?,
        },
        Cell::Text(_) | Cell::Bool(_) => sheet.write_string_with_format(row, column, cell.text(), look)?,
    };
    Ok(())
}

/// The day as a spreadsheet counts them: it knows none before 1900, and programs differ on the first two
/// months, as Excel takes 1900 for a leap year.
fn excel_day(day: NaiveDate) -> Option<ExcelDateTime> {
    if day < NaiveDate::from_ymd_opt(1900, 3, 1)? {
        return None;
    }
    let (year, month, day) = (u16::try_from(day.year()).ok()?, u8::try_from(day.month()).ok()?, u8::try_from(day.day()).ok()?);
    ExcelDateTime::from_ymd(year, month, day).ok()
}

/// The place of the last of so many columns.
fn place(columns: usize) -> u16 {
    u16::try_from(columns.saturating_sub(1)).unwrap_or(u16::MAX)
}

/// How many lines a row needs for its words to be seen. Not every program finds that out itself.
fn height(shapes: &[&Shape], row: &[Cell]) -> u32 {
    let needed = |(shape, cell): (&&Shape, &Cell)| {
        let most = if shape.content == Content::Long { MOST_LONG_LINES } else { MOST_LINES };
        lines(&cell.text(), shape.width).min(most)
    };
    shapes.iter().zip(row).map(needed).max().unwrap_or(1)
}

/// Lines of a text in a column of this width, broken between words; a little less fits than there
/// are characters, since some letters are wide.
fn lines(text: &str, width: u16) -> u32 {
    let room = usize::from(width) * 9 / 10;
    let mut all = 0;
    for line in text.lines() {
        let (mut lines, mut filled) = (1, 0);
        for word in line.split_whitespace() {
            let length = word.chars().count();
            if filled > 0 && filled + 1 + length > room {
                lines += 1;
                filled = 0;
            }
            filled += length + usize::from(filled > 0);
            while filled > room.max(1) {
                lines += 1;
                filled -= room.max(1);
            }
        }
        all += lines;
    }
    all.max(1)
}

/// How cells look.
struct Look {
    number: Format,
    words: Format,
    formula_like: Format,
    day: Format,
}

impl Look {
    fn new() -> Self {
        let cell = Format::new().set_align(FormatAlign::Top).set_border(FormatBorder::Thin).set_border_color(Color::RGB(0x00BF_BFBF));
        Self {
            number: cell.clone().set_align(FormatAlign::Center),
            words: cell.clone().set_text_wrap(),
            // Typed into, it would become a formula without that.
            formula_like: cell.clone().set_text_wrap().set_quote_prefix(),
            day: cell.set_num_format(DAY).set_align(FormatAlign::Center),
        }
    }

    fn of(&self, cell: &Cell) -> &Format {
        match cell {
            Cell::Date(_) => &self.day,
            Cell::Number(_) => &self.number,
            Cell::Text(text) if text.starts_with(GUARDED) => &self.formula_like,
            _ => &self.words,
        }
    }

    /// Of a cell that is to be filled in.
    fn empty(content: Content) -> Format {
        let cell = Format::new().set_align(FormatAlign::Top);
        match content {
            Content::Day => cell.set_num_format(DAY).set_align(FormatAlign::Center),
            Content::Number => cell.set_align(FormatAlign::Center),
            Content::Words | Content::Long | Content::One(_) | Content::Several(_) => cell.set_text_wrap(),
        }
    }
}

fn header_look() -> Format {
    let cell = Format::new().set_bold().set_text_wrap().set_align(FormatAlign::Center).set_align(FormatAlign::VerticalCenter);
    cell.set_background_color(Color::RGB(0x00F3_E3E1)).set_border(FormatBorder::Thin).set_border_color(Color::RGB(0x00BF_BFBF))
}

/// The lists that are chosen from, each once.
fn lists(shapes: &[&Shape], template: &Template) -> Vec<(List, Vec<String>)> {
    let mut lists: Vec<(List, Vec<String>)> = Vec::new();
    for list in shapes.iter().filter_map(|shape| shape.list()) {
        if !lists.iter().any(|(known, _)| *known == list) {
            lists.push((list, template.choices(list)));
        }
    }
    lists
}

/// What is said when a cell is chosen, and the list for it, if there is anything to choose.
fn help(shape: &Shape, lists: &[(List, Vec<String>)]) -> Result<DataValidation, XlsxError> {
    let help = DataValidation::new().set_input_title(shape.title)?.set_input_message(shape.hint)?;
    let place = lists.iter().position(|(list, choices)| Some(*list) == shape.list() && !choices.is_empty());
    let Some((column, (_, choices))) = place.and_then(|at| Some((at, lists.get(at)?))) else { return Ok(help.allow_any_value()) };
    let letter = crate::domain::imports::sheet::column_letter(column);
    let help = help.allow_list_formula(Formula::new(format!("='{LISTS}'!${letter}$2:${letter}${}", choices.len() + 1)));
    match shape.content {
        // A name may also be a row of the file, a code, or words.
        Content::One(list) if list.words().is_none() => Ok(help.show_error_message(false)),
        Content::Several(_) => Ok(help.show_error_message(false)),
        _ => {
            let help = help.set_error_style(DataValidationErrorStyle::Stop).set_error_title(shape.title)?;
            help.set_error_message("Hãy chọn một giá trị trong danh sách.")
        }
    }
}

/// The sheet that explains the columns.
fn guide(sheet: &mut Worksheet, kind: ImportKind, shapes: &[&Shape]) -> Result<(), XlsxError> {
    let words = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    let bold = words.clone().set_bold();
    for (column, width) in [(0, 26), (1, 12), (2, 100)] {
        sheet.set_column_width(column, width)?;
    }
    let name = layout::sheet_name(kind);
    sheet.merge_range(
        0,
        0,
        0,
        2,
        &format!("Điền vào trang \"{name}\", mỗi dòng một mục; dòng tiêu đề giữ nguyên. Nên chạy thử (dry run) trước khi ghi."),
        &words,
    )?;
    sheet.set_row_height(0, 24)?;
    for (column, title) in [(0, "Tên cột"), (1, "Phải có"), (2, "Cách ghi")] {
        sheet.write_string_with_format(2, column, title, &header_look())?;
    }
    for (row, shape) in (3..).zip(shapes) {
        sheet.set_row_height(row, LINE * lines(shape.hint, 100))?;
        sheet.write_string_with_format(row, 0, shape.title, &bold)?;
        sheet.write_string_with_format(row, 1, if shape.is_needed(kind) { "có (*)" } else { "" }, &words)?;
        sheet.write_string_with_format(row, 2, shape.hint, &words)?;
    }
    sheet.set_landscape().set_paper_size(A4).set_print_fit_to_pages(1, 0);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_as_high_as_their_words() {
        for (text, width, wanted) in [
            ("", 20, 1),
            ("Kế hoạch", 20, 1),
            ("Chương trình, kế hoạch, đề án, dự án", 20, 3),
            ("một\nhai\n\nbốn", 20, 4),
            ("hg-huyen-chau-thanh-a-thi-tran-mot-ngan-dang", 28, 2),
        ] {
            assert_eq!(lines(text, width), wanted, "{text}");
        }
    }
}
