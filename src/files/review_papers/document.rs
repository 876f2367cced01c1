//! The document as a whole: its pages, and what stands on each of them.

use docx_rs::{AlignmentType, Docx, Header, PageMargin, PageNum, PageOrientationType, PageSize, Paragraph, SectionProperty, SectionType};

use super::look::{self, BODY, Block};
use super::{Paper, annexes, chapters, front};

/// The sides of A4, in twentieths of a point.
const A4: (u32, u32) = (11_906, 16_838);
/// Width of the text on an upright page: 165 mm.
pub const UPRIGHT: usize = 9_354;
/// Width of the text on a page lying on its side.
pub const ACROSS: usize = 14_570;

/// Pages of one sort.
pub struct Pages {
    /// Whether they lie on their side.
    pub across: bool,
    /// What stands on them.
    pub blocks: Vec<Block>,
}

/// The report, its annexes, and what ties it to the frozen data.
pub fn document(paper: &Paper<'_>) -> Docx {
    let annexes = annexes::Annexes::of(paper);
    let mut first = front::head(paper);
    first.extend(look::held_together(chapters::chapters(paper, &annexes)));
    first.extend(front::foot(paper));
    let mut all = vec![Pages { across: false, blocks: first }];
    all.extend(annexes.pages(paper));
    if let Some(last) = all.last_mut() {
        last.blocks.extend(front::seal(paper));
    }
    let nothing = Header::new().add_paragraph(Paragraph::new());
    let mut docx = look::begun().first_header(nothing).header(numbered(paper));
    // The first pages tell the headers, later ones take over all but the empty one.
    let last = &mut docx.document.section_property;
    let mut told = SectionProperty::new().title_pg();
    (told.header_reference, told.first_header_reference) = (last.header_reference.take(), last.first_header_reference.take());
    last.title_pg = false;
    let ends = all.len().saturating_sub(1);
    for (at, pages) in all.into_iter().enumerate() {
        let property = laid(if at == 0 { std::mem::take(&mut told) } else { SectionProperty::new() }, pages.across);
        docx = pages.blocks.into_iter().fold(docx, |docx, block| match block {
            Block::Words(paragraph) => docx.add_paragraph(*paragraph),
            Block::Table(table) => docx.add_table(*table),
        });
        if at < ends {
            docx = docx.add_paragraph(look::end(property));
        } else {
            let last = &mut docx.document.section_property;
            (last.page_size, last.page_margin, last.section_type) = (property.page_size, property.page_margin, property.section_type);
            (last.header_reference, last.first_header_reference) = (property.header_reference, property.first_header_reference);
            last.title_pg = property.title_pg;
        }
    }
    docx
}

/// Party papers have 20 mm above and below, 30 mm on the side they are bound on, and 15 mm on the other.
fn margin(across: bool) -> PageMargin {
    let (top, right, bottom, left) = if across { (1_701, 1_134, 850, 1_134) } else { (1_134, 850, 1_134, 1_701) };
    PageMargin::new().top(top).right(right).bottom(bottom).left(left).header(567).footer(425)
}

fn size(across: bool) -> PageSize {
    let (short, long) = A4;
    if across { PageSize::new().size(long, short).orient(PageOrientationType::Landscape) } else { PageSize::new().size(short, long) }
}

fn laid(property: SectionProperty, across: bool) -> SectionProperty {
    let mut property = property.page_size(size(across)).page_margin(margin(across));
    property.section_type = Some(SectionType::NextPage);
    property
}

/// The number of the page in the middle; what is no final paper says so on each.
fn numbered(paper: &Paper<'_>) -> Header {
    let number = Paragraph::new().add_page_num(PageNum::new()).align(AlignmentType::Center);
    let marks = [paper.is_draft().then_some("DỰ THẢO"), paper.report.illustrative.then_some("Có số liệu minh họa")];
    let marks: Vec<&str> = marks.into_iter().flatten().collect();
    if marks.is_empty() {
        return Header::new().add_paragraph(number);
    }
    let mark = look::run(&format!("    ({})", marks.join("; ")), BODY - 8).italic();
    Header::new().add_paragraph(number.add_run(mark))
}
