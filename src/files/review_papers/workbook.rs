//! Writing sheets: what a cell holds, how it looks, and how a sheet is printed.

use chrono::{Datelike, NaiveDate};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use rust_xlsxwriter::{Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Formula, Workbook, Worksheet, XlsxError};

use super::words;
use crate::domain::Percent;

/// The typeface of all sheets.
const FACE: &str = "Times New Roman";
/// Paper of offices, by the number spreadsheets have for it.
const A4: u8 = 9;
/// Most units of UTF-16 that a cell takes, less some for the words that say so.
const MOST_UNITS: usize = 32_000;
/// How high a line is, in points.
const LINE: u32 = 16;
/// The highest row a spreadsheet shows, in lines.
const MOST_LINES: u32 = 25;
/// What a text ends with that was too long for a cell.
const CUT: &str = "… (xem toàn văn trong báo cáo)";
/// What may be taken for a formula when a cell is typed into.
const FORMULA_LIKE: [char; 4] = ['=', '+', '-', '@'];

/// What a cell holds.
#[derive(Debug, Clone)]
pub enum Value {
    /// Nothing.
    Empty,
    /// Words; never a formula, whatever they begin with.
    Words(String),
    /// A place in a list.
    Place(i64),
    /// A whole number.
    Whole(i64),
    /// A number with as many decimals as it has.
    Number(Decimal),
    /// A percentage, in points.
    Percent(Percent),
    /// A day.
    Day(NaiveDate),
    /// A sum of whole numbers, and what it comes to.
    Sum(String, i64),
    /// A share in points worked out from other cells, and what it comes to.
    Share(String, Decimal),
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        if text.is_empty() { Self::Empty } else { Self::Words(text.to_owned()) }
    }
}

impl From<u32> for Value {
    fn from(number: u32) -> Self {
        Self::Whole(number.into())
    }
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Empty, Into::into)
    }
}

impl From<&String> for Value {
    fn from(text: &String) -> Self {
        text.as_str().into()
    }
}

impl From<Percent> for Value {
    fn from(percent: Percent) -> Self {
        Self::Percent(percent)
    }
}

impl From<NaiveDate> for Value {
    fn from(day: NaiveDate) -> Self {
        Self::Day(day)
    }
}

/// A row, and whether it stands out.
pub type Row = (bool, Vec<Value>);

/// A sheet: a row of titles and what is below it.
pub struct Sheet {
    /// What its tab says.
    pub name: &'static str,
    /// Titles, and the widths of their columns in letters.
    pub columns: &'static [(&'static str, u16)],
    /// How many of them are printed; what stands to the right is for programs.
    pub printed: u16,
    /// What is below the titles.
    pub rows: Vec<Row>,
}

/// A workbook of these sheets; `mark` stands on every printed page.
///
/// # Errors
/// When it does not fit.
pub fn book(title: &str, day: NaiveDate, mark: &str, sheets: Vec<Sheet>) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let about = DocProperties::new().set_title(short(title, 250));
    book.set_properties(&match excel_day(day) {
        Some(day) => about.set_creation_datetime(&day),
        None => about,
    });
    let looks = Looks::new();
    for sheet in sheets {
        let to = book.add_worksheet().set_name(sheet.name)?;
        head(to, &sheet, mark, &looks)?;
        for (number, (stands_out, row)) in (1..).zip(&sheet.rows) {
            to.set_row_height(number, height(sheet.columns, row))?;
            for (column, value) in (0..).zip(row) {
                put(to, (number, column), value, &looks.of(value, *stands_out))?;
            }
        }
    }
    book.save_to_buffer()
}

/// Titles, widths, and how it is printed: on A4 across, the titles on every page.
fn head(to: &mut Worksheet, sheet: &Sheet, mark: &str, looks: &Looks) -> Result<(), XlsxError> {
    to.set_freeze_panes(1, 0)?.set_repeat_rows(0, 0)?;
    to.set_landscape().set_paper_size(A4).set_print_fit_to_pages(1, 0).set_margins(0.6, 0.6, 0.8, 0.7, 0.4, 0.35);
    to.set_print_area(0, 0, u32::try_from(sheet.rows.len()).unwrap_or(u32::MAX), sheet.printed.saturating_sub(1))?;
    to.set_header(format!("&L&\"{FACE},Bold\"&12{}&R&\"{FACE},Italic\"&11{mark}", sheet.name));
    to.set_footer(format!("&C&\"{FACE},Regular\"&11Trang &P/&N"));
    let titles: Vec<Value> = sheet.columns.iter().map(|(title, _)| (*title).into()).collect();
    to.set_row_height(0, height(sheet.columns, &titles) + LINE / 2)?;
    for (column, (title, width)) in (0..).zip(sheet.columns) {
        to.set_column_width(column, *width)?;
        to.write_string_with_format(0, column, *title, &looks.title)?;
    }
    Ok(())
}

fn put(to: &mut Worksheet, (row, column): (u32, u16), value: &Value, look: &Format) -> Result<(), XlsxError> {
    match value {
        Value::Empty => to.write_blank(row, column, look)?,
        Value::Words(text) => to.write_string_with_format(row, column, fitting(text), look)?,
        Value::Place(number) | Value::Whole(number) => match number.to_f64() {
            Some(number) => to.write_number_with_format(row, column, number, look)?,
            None => to.write_string_with_format(row, column, words::count(*number), look)?,
        },
        Value::Number(number) => match number.to_f64() {
            Some(number) => to.write_number_with_format(row, column, number, look)?,
            None => to.write_string_with_format(row, column, number.to_string(), look)?,
        },
        Value::Percent(percent) => to.write_number_with_format(row, column, f64::from(percent.hundredths()) / 100.0, look)?,
        Value::Day(day) => match excel_day(*day) {
            Some(day) => to.write_datetime_with_format(row, column, day, look)?,
            None => to.write_string_with_format(row, column, words::short_day(*day), look)?,
        },
        Value::Sum(formula, result) => {
            to.write_formula_with_format(row, column, Formula::new(formula).set_result(result.to_string()), look)?
        }
        Value::Share(formula, result) => {
            to.write_formula_with_format(row, column, Formula::new(formula).set_result(result.to_string()), look)?
        }
    };
    Ok(())
}

/// How high a row is for its words to be seen, in points: not every program finds that out itself.
fn height(columns: &[(&str, u16)], row: &[Value]) -> u32 {
    let lines = columns.iter().zip(row).map(|((_, width), value)| match value {
        Value::Words(text) => text.lines().map(|line| lines(line, usize::from(*width))).sum(),
        _ => 1,
    });
    LINE * lines.max().unwrap_or(1).clamp(1, MOST_LINES)
}

/// How many lines a line takes in a column so wide; a few letters more fit than it says, and what is lost
/// where lines break between words makes up for that.
fn lines(line: &str, width: usize) -> u32 {
    let length = line.chars().count();
    u32::try_from(length / width.max(1) + 1).unwrap_or(MOST_LINES)
}

/// The text without what a file cannot hold, and not longer than a cell takes.
fn fitting(text: &str) -> String {
    short(&words::clean(text), MOST_UNITS)
}

fn short(text: &str, most: usize) -> String {
    let mut units = 0;
    let fits = |c: &char| {
        units += c.len_utf16();
        units <= most
    };
    let kept: String = text.chars().take_while(fits).collect();
    if kept.len() < text.len() { format!("{kept}{CUT}") } else { kept }
}

/// The day as a spreadsheet counts them: it knows none before 1900, and programs differ on the first two months of that year.
fn excel_day(day: NaiveDate) -> Option<ExcelDateTime> {
    if day < NaiveDate::from_ymd_opt(1900, 3, 1)? {
        return None;
    }
    let (year, month, day) = (u16::try_from(day.year()).ok()?, u8::try_from(day.month()).ok()?, u8::try_from(day.day()).ok()?);
    ExcelDateTime::from_ymd(year, month, day).ok()
}

/// How cells look.
struct Looks {
    cell: Format,
    title: Format,
}

impl Looks {
    fn new() -> Self {
        let cell = Format::new().set_font_name(FACE).set_font_size(12).set_border(FormatBorder::Thin).set_align(FormatAlign::Top);
        let title = cell.clone().set_bold().set_text_wrap().set_align(FormatAlign::Center).set_align(FormatAlign::VerticalCenter);
        Self { cell, title: title.set_background_color(Color::RGB(0x00F2_F2F2)) }
    }

    fn of(&self, value: &Value, stands_out: bool) -> Format {
        let cell = if stands_out { self.cell.clone().set_bold() } else { self.cell.clone() };
        match value {
            Value::Empty => cell,
            Value::Words(text) if text.starts_with(FORMULA_LIKE) => {
                cell.set_text_wrap().set_align(FormatAlign::Left).set_indent(1).set_quote_prefix()
            }
            Value::Words(_) => cell.set_text_wrap().set_align(FormatAlign::Left).set_indent(1),
            Value::Place(_) => cell.set_align(FormatAlign::Center),
            Value::Whole(_) | Value::Sum(..) => cell.set_num_format("#,##0"),
            Value::Number(number) => cell.set_num_format(decimals(*number)),
            Value::Percent(_) => cell.set_num_format("0.00\"%\""),
            Value::Share(..) => cell.set_num_format("0.00\"%\""),
            Value::Day(_) => cell.set_num_format("dd/mm/yyyy").set_align(FormatAlign::Center),
        }
    }
}

/// The format that shows all decimals of a number, two at least where there are any.
fn decimals(number: Decimal) -> String {
    match usize::try_from(number.normalize().scale()) {
        Ok(0) | Err(_) => "#,##0".to_owned(),
        Ok(scale) => format!("#,##0.{}", "0".repeat(scale.clamp(2, 10))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_shown_as_they_are() {
        for (number, format) in [("5", "#,##0"), ("5.0", "#,##0"), ("80.3", "#,##0.00"), ("0.125", "#,##0.000")] {
            assert_eq!(decimals(number.parse().unwrap()), format);
        }
    }

    #[test]
    fn rows_are_as_high_as_their_words() {
        let row = |text: &str| vec![Value::Whole(1), Value::Words(text.to_owned())];
        for (text, lines) in [("Kế hoạch", 1), ("Chương trình, kế hoạch, đề án", 2), ("một\nhai\n\nbốn", 4), (&"dài ".repeat(900), 25)]
        {
            assert_eq!(height(&[("STT", 5), ("Nội dung", 20)], &row(text)), lines * LINE, "{text}");
        }
    }

    #[test]
    fn long_words_are_cut_where_a_cell_ends() {
        assert_eq!(short("ngắn", 250), "ngắn");
        assert_eq!(short("🙂🙂🙂", 4), format!("🙂🙂{CUT}"));
    }
}
