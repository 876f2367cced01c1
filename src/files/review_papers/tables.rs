//! Tables: their widths are fixed, and their headers stand on every page.

use docx_rs::{
    AlignmentType, HeightRule, LineSpacing, Paragraph, Table, TableBorder, TableBorderPosition, TableBorders, TableCell, TableCellMargins,
    TableLayoutType, TableRow, VAlignType, VMergeType, WidthType,
};

use super::look::{SMALL, run};
use super::words;

/// Height of header rows, in twentieths of a point: no other row has one, so this tells them apart where the document is packed.
pub const HEADER_HEIGHT: u16 = 397;
/// A row with more words may be parted by the end of a page.
const MOST_TOGETHER: usize = 900;
/// A table of no more rows stands on one page.
const FEW_ROWS: usize = 8;

/// A column.
#[derive(Clone, Copy)]
pub struct Column {
    /// What several columns side by side have in common.
    pub above: Option<&'static str>,
    /// What it is called.
    pub title: &'static str,
    /// Its part of the width.
    pub width: usize,
    /// Where its words stand.
    pub align: AlignmentType,
}

impl Column {
    /// A column of words.
    pub const fn words(title: &'static str, width: usize) -> Self {
        Self { above: None, title, width, align: AlignmentType::Left }
    }

    /// A column of numbers.
    pub const fn number(title: &'static str, width: usize) -> Self {
        Self { above: None, title, width, align: AlignmentType::Right }
    }

    /// A column of places, days or single words.
    pub const fn middle(title: &'static str, width: usize) -> Self {
        Self { above: None, title, width, align: AlignmentType::Center }
    }

    /// The same, under a title that its neighbours share.
    pub const fn under(self, above: &'static str) -> Self {
        Self { above: Some(above), ..self }
    }
}

/// What a cell holds.
#[derive(Default)]
pub struct Content {
    /// Its words.
    pub text: String,
    /// What is added below, smaller.
    pub below: Option<String>,
    /// How far it stands in.
    pub indent: i32,
    /// Where its words stand, if not where those of its column do.
    pub align: Option<AlignmentType>,
}

impl<T: Into<String>> From<T> for Content {
    fn from(text: T) -> Self {
        Self { text: text.into(), ..Self::default() }
    }
}

/// How a row looks.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    /// As most do.
    Plain,
    /// A sum, or what stands above others.
    Bold,
    /// What is shown and not counted.
    Italic,
}

/// A row.
pub struct Row {
    /// What stands in its columns.
    pub cells: Vec<Content>,
    /// How it looks.
    pub weight: Weight,
}

impl Row {
    /// A row as most are.
    pub fn plain(cells: Vec<Content>) -> Self {
        Self { cells, weight: Weight::Plain }
    }

    /// Whether it should not be parted by the end of a page.
    fn is_short(&self) -> bool {
        self.cells.iter().all(|cell| cell.text.chars().count() <= MOST_TOGETHER)
    }
}

/// A table as wide as `width` twentieths of a point.
pub fn table(columns: &[Column], rows: Vec<Row>, width: usize) -> Table {
    let parts: usize = columns.iter().map(|column| column.width).sum();
    let widths: Vec<usize> = columns.iter().map(|column| column.width * width / parts.max(1)).collect();
    let mut all = header(columns, &widths);
    let held = if rows.len() <= FEW_ROWS && rows.iter().all(Row::is_short) { rows.len().saturating_sub(1) } else { 0 };
    all.extend(rows.into_iter().enumerate().map(|(at, row)| written(columns, &widths, row, at < held)));
    Table::new(all)
        .set_grid(widths)
        .width(width, WidthType::Dxa)
        .layout(TableLayoutType::Fixed)
        .margins(TableCellMargins::new().margin(20, 70, 20, 70))
        .set_borders(borders())
}

fn borders() -> TableBorders {
    use TableBorderPosition::{Bottom, InsideH, InsideV, Left, Right, Top};
    [Top, Bottom, Left, Right, InsideH, InsideV]
        .into_iter()
        .fold(TableBorders::with_empty(), |borders, place| borders.set(TableBorder::new(place).size(4).color("000000")))
}

/// One row of titles, or two where columns have something in common.
fn header(columns: &[Column], widths: &[usize]) -> Vec<TableRow> {
    if columns.iter().all(|column| column.above.is_none()) {
        return vec![header_row(columns.iter().zip(widths).map(|(column, width)| titled(column.title, *width)).collect())];
    }
    let mut upper: Vec<TableCell> = Vec::new();
    let mut at = columns.iter().zip(widths).peekable();
    while let Some((column, width)) = at.next() {
        let Some(above) = column.above else {
            upper.push(titled(column.title, *width).vertical_merge(VMergeType::Restart));
            continue;
        };
        let (mut span, mut wide) = (1, *width);
        while let Some((_, width)) = at.next_if(|(next, _)| next.above == Some(above)) {
            (span, wide) = (span + 1, wide + width);
        }
        upper.push(titled(above, wide).grid_span(span));
    }
    let lower = columns.iter().zip(widths).map(|(column, width)| match column.above {
        Some(_) => titled(column.title, *width),
        None => titled("", *width).vertical_merge(VMergeType::Continue),
    });
    vec![header_row(upper), header_row(lower.collect())]
}

fn header_row(cells: Vec<TableCell>) -> TableRow {
    TableRow::new(cells).cant_split().row_height(HEADER_HEIGHT.into()).height_rule(HeightRule::AtLeast)
}

fn titled(title: &str, width: usize) -> TableCell {
    let paragraph = Paragraph::new().add_run(run(title, SMALL).bold()).align(AlignmentType::Center);
    // A header alone at the foot of a page says nothing.
    let paragraph = paragraph.line_spacing(tight()).keep_next(true);
    TableCell::new().add_paragraph(paragraph).width(width, WidthType::Dxa).vertical_align(VAlignType::Center)
}

fn tight() -> LineSpacing {
    LineSpacing::new().before(20).after(20)
}

/// A row; one that is held stands on the page of the next.
fn written(columns: &[Column], widths: &[usize], row: Row, held: bool) -> TableRow {
    let is_short = row.is_short();
    let cells =
        columns.iter().zip(widths).zip(row.cells).map(|((column, width), content)| cell(column, *width, &content, (row.weight, held)));
    let cells = TableRow::new(cells.collect());
    if is_short { cells.cant_split() } else { cells }
}

fn cell(column: &Column, width: usize, content: &Content, (weight, held): (Weight, bool)) -> TableCell {
    let styled = |text: &str, size: usize| {
        let run = run(text, size);
        match weight {
            Weight::Plain => run,
            Weight::Bold => run.bold(),
            Weight::Italic => run.italic(),
        }
    };
    let paragraph = |run| {
        let paragraph = Paragraph::new().add_run(run).align(content.align.unwrap_or(column.align)).line_spacing(tight());
        paragraph.indent(Some(content.indent), None, None, None).keep_next(held)
    };
    let mut cell = TableCell::new().width(width, WidthType::Dxa).vertical_align(VAlignType::Center);
    let mut lines = words::lines(&content.text).peekable();
    if lines.peek().is_none() {
        cell = cell.add_paragraph(paragraph(styled("", SMALL)));
    }
    cell = lines.fold(cell, |cell, line| cell.add_paragraph(paragraph(styled(line, SMALL))));
    match &content.below {
        Some(below) => cell.add_paragraph(paragraph(styled(below, SMALL - 4).italic())),
        None => cell,
    }
}
