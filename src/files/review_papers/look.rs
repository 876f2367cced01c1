//! How paragraphs look: Times New Roman, 14 points, the first line indented.

use docx_rs::{
    AlignmentType, Docx, LineSpacing, LineSpacingType, Paragraph, Run, RunFonts, SectionProperty, SpecialIndentType, Style, StyleType,
    Table, TextBorder,
};

use super::words;

/// The typeface of Party papers.
const FACE: &str = "Times New Roman";
/// Letters of the body, in half points.
pub const BODY: usize = 28;
/// Letters of tables.
pub const SMALL: usize = 24;
/// Letters of what stands at the very end.
pub const TINY: usize = 18;
/// Twentieths of a point by which first lines are indented: 12.7 mm.
const INDENT: i32 = 720;

/// Style of chapters: "I. …".
const CHAPTER: &str = "Heading1";
/// Style of their parts: "1. …".
const PART: &str = "Heading2";

/// A piece of the document.
pub enum Block {
    /// A paragraph.
    Words(Box<Paragraph>),
    /// A table.
    Table(Box<Table>),
}

impl From<Paragraph> for Block {
    fn from(paragraph: Paragraph) -> Self {
        Self::Words(Box::new(paragraph))
    }
}

impl From<Table> for Block {
    fn from(table: Table) -> Self {
        Self::Table(Box::new(table))
    }
}

/// An empty document with these looks.
pub fn begun() -> Docx {
    let heading = |id: &str, name: &str, level: usize| {
        let style = Style::new(id, StyleType::Paragraph).name(name).based_on("Normal").next("Normal");
        style.q_format(true).outline_lvl(level).bold().size(BODY)
    };
    Docx::new()
        .default_fonts(RunFonts::new().ascii(FACE).hi_ansi(FACE).cs(FACE).east_asia(FACE))
        .default_size(BODY)
        .default_tab_stop(720)
        .add_style(heading(CHAPTER, "heading 1", 0))
        .add_style(heading(PART, "heading 2", 1))
}

/// Words of one size; what cannot be written is left out.
pub fn run(text: &str, size: usize) -> Run {
    let mut run = Run::new().size(size);
    for (at, piece) in words::clean(text).split('\t').enumerate() {
        if at > 0 {
            run = run.add_tab();
        }
        run = run.add_text(piece);
    }
    run
}

/// Space before and after, in points, and lines a little apart.
fn spaced(before: u32, after: u32) -> LineSpacing {
    LineSpacing::new().before(before * 20).after(after * 20).line_rule(LineSpacingType::Auto).line(264)
}

/// A paragraph that begins with an indented line.
fn indented(run: Run) -> Paragraph {
    let paragraph = Paragraph::new().add_run(run).align(AlignmentType::Both).line_spacing(spaced(3, 3));
    paragraph.indent(Some(0), Some(SpecialIndentType::FirstLine(INDENT)), None, None).widow_control(true)
}

/// A paragraph of the body.
pub fn body(text: &str) -> Paragraph {
    indented(run(text, BODY))
}

/// A paragraph of the body that must not stand apart from what follows.
pub fn leading(text: &str) -> Paragraph {
    body(text).keep_next(true)
}

/// A text of several paragraphs.
pub fn bodies(text: &str) -> impl Iterator<Item = Block> {
    words::lines(text).map(|line| body(line).into())
}

/// The heading of a chapter.
pub fn chapter(text: &str) -> Paragraph {
    indented(run(text, BODY).bold()).style(CHAPTER).align(AlignmentType::Left).line_spacing(spaced(9, 3)).keep_next(true).keep_lines(true)
}

/// The heading of a part of a chapter.
pub fn part(text: &str) -> Paragraph {
    indented(run(text, BODY).bold()).style(PART).align(AlignmentType::Left).line_spacing(spaced(6, 3)).keep_next(true).keep_lines(true)
}

/// What a table is called, above it.
pub fn caption(text: &str) -> Paragraph {
    centered(run(text, BODY - 2).bold().italic()).line_spacing(spaced(6, 3)).keep_next(true).keep_lines(true)
}

/// A remark below a table.
pub fn note(text: &str) -> Paragraph {
    Paragraph::new().add_run(run(text, SMALL).italic()).align(AlignmentType::Both).line_spacing(spaced(3, 6))
}

/// A line in the middle.
pub fn centered(run: Run) -> Paragraph {
    Paragraph::new().add_run(run).align(AlignmentType::Center).line_spacing(LineSpacing::new().before(0).after(0))
}

/// A heading of a page of its own: what it is, and of what.
pub fn annex(title: &str, of: &str, beneath: &str) -> Vec<Block> {
    let title = centered(run(title, BODY).bold()).style(CHAPTER).page_break_before(true).keep_next(true);
    let of = centered(run(of, BODY).bold()).keep_next(true);
    let beneath = centered(run(beneath, SMALL).italic()).line_spacing(spaced(2, 8)).keep_next(true);
    vec![title.into(), of.into(), beneath.into()]
}

/// The same, the last paragraph with what follows: a signature must not stand on a page of its own.
pub fn held_together(mut blocks: Vec<Block>) -> Vec<Block> {
    if let Some(Block::Words(last)) = blocks.pop_if(|last| matches!(last, Block::Words(_))) {
        blocks.push(last.keep_next(true).into());
    }
    blocks
}

/// What ends pages of one sort: as small as can be, or it might need a page of its own.
pub fn end(property: SectionProperty) -> Paragraph {
    let spacing = LineSpacing::new().before(0).after(0).line_rule(LineSpacingType::Exact).line(20);
    Paragraph::new().line_spacing(spacing).section_property(property)
}

/// Words in a box: what must not be overlooked.
pub fn boxed(text: &str) -> Run {
    run(&format!("\u{a0}{text}\u{a0}"), BODY - 2).bold().text_border(TextBorder::new().size(8).space(1))
}
