//! What a paper begins and ends with: who writes it, what it is, who signs it and who gets it.

use docx_rs::{AlignmentType, LineSpacing, Paragraph, Table, TableCell, TableLayoutType, TableRow, WidthType};

use super::document::UPRIGHT;
use super::look::{self, BODY, Block, SMALL, TINY, run};
use super::{Paper, words};

/// Letters of "BÁO CÁO".
const TITLE: usize = 32;

/// The head of the first page, the title, and on what the report rests.
pub fn head(paper: &Paper<'_>) -> Vec<Block> {
    let report = paper.report;
    let mut blocks: Vec<Block> = vec![letterhead(paper).into()];
    let spaced = |paragraph: Paragraph, before: u32, after: u32| paragraph.line_spacing(LineSpacing::new().before(before).after(after));
    blocks.push(spaced(look::centered(run("BÁO CÁO", TITLE).bold()), 360, 60).into());
    blocks.push(look::centered(run(&words::lowered(&report.review.title), BODY).bold()).into());
    blocks.push(spaced(look::centered(run("-----", BODY)), 0, 120).into());
    blocks.push(look::body(&basis(paper)).into());
    blocks.push(look::body(&format!("Số liệu tính đến hết {}.", words::long_day(report.as_of))).into());
    if paper.is_draft() {
        blocks.push(look::body("Đây là bản dự thảo, số liệu chưa chốt và còn có thể thay đổi.").into());
    }
    if report.illustrative {
        blocks.push(look::body("Báo cáo có số liệu minh họa, không dùng làm căn cứ.").into());
    }
    if let Some(reason) = &report.early_reason {
        let due = words::long_day(report.review.due_on);
        blocks.extend(look::bodies(&format!("Báo cáo được chốt trước ngày đến hạn ({due}), vì: {reason}")));
    }
    if !paper.errata.is_empty() {
        blocks.push(look::body("Báo cáo đã có đính chính, xem phần Đính chính ở cuối.").into());
    }
    blocks
}

fn basis(paper: &Paper<'_>) -> String {
    let review = &paper.report.review;
    let (committee, place) = words::seat(&review.area.name);
    // A title that names its number needs none beside it.
    let number = review.number.as_ref().filter(|number| !review.document.contains(number.as_str()));
    let number = number.map_or_else(String::new, |number| format!(" (số {number})"));
    let (document, kind) = (&review.document, words::kind(review.kind));
    format!("Thực hiện {document}{number}, Ban Thường vụ {committee} {place} báo cáo kết quả {kind} như sau:")
}

/// Two cells side by side without lines around them.
fn side_by_side(left: (TableCell, usize), right: (TableCell, usize)) -> Table {
    let cells = [&left.1, &right.1].map(|width| *width).to_vec();
    let row = TableRow::new(vec![left.0.width(left.1, WidthType::Dxa), right.0.width(right.1, WidthType::Dxa)]).cant_split();
    Table::without_borders(vec![row]).set_grid(cells).width(UPRIGHT, WidthType::Dxa).layout(TableLayoutType::Fixed)
}

fn letterhead(paper: &Paper<'_>) -> Table {
    let (committee, place) = words::seat(&paper.report.review.area.name);
    let office = format!("{committee} {place}").to_uppercase();
    let mut left = TableCell::new()
        .add_paragraph(look::centered(run(&office, BODY).bold()))
        .add_paragraph(look::centered(run("*", BODY).bold()))
        .add_paragraph(look::centered(run("Số          -BC/TU", BODY)));
    if paper.is_draft() {
        let line = look::centered(look::boxed("DỰ THẢO")).line_spacing(LineSpacing::new().before(120).after(0));
        left = left.add_paragraph(line);
    }
    let day = format!("{place}, ngày      tháng      năm           ");
    let right = TableCell::new()
        .add_paragraph(look::centered(run("ĐẢNG CỘNG SẢN VIỆT NAM", BODY + 2).bold().underline("single")))
        .add_paragraph(look::centered(run("", BODY)))
        .add_paragraph(look::centered(run(&day, BODY).italic()));
    side_by_side((left, UPRIGHT * 4 / 9), (right, UPRIGHT - UPRIGHT * 4 / 9))
}

/// Who gets the report, and who signs it.
pub fn foot(paper: &Paper<'_>) -> Vec<Block> {
    let (committee, _) = words::seat(&paper.report.review.area.name);
    let line = |text: &str| Paragraph::new().add_run(run(text, SMALL)).line_spacing(LineSpacing::new().before(0).after(0));
    let to = Paragraph::new().add_run(run("Nơi nhận:", BODY).bold().italic().underline("single"));
    let to = to.line_spacing(LineSpacing::new().before(0).after(40)).keep_next(true);
    let recipients = [
        format!("- Các đồng chí Ủy viên Ban Thường vụ {committee},"),
        "- Các cơ quan, đơn vị được giao thực hiện,".to_owned(),
        format!("- Lưu Văn phòng {committee}."),
    ];
    let left = recipients.iter().fold(TableCell::new().add_paragraph(to), |cell, text| cell.add_paragraph(line(text)));
    let mut right = TableCell::new().add_paragraph(look::centered(run("T/M BAN THƯỜNG VỤ", BODY).bold()).keep_next(true));
    for approval in &paper.approvals {
        right = signed(right, approval);
    }
    if paper.approvals.is_empty() {
        right = [(); 5].iter().fold(right, |cell, ()| cell.add_paragraph(look::centered(run("", BODY))));
    }
    let gap = Paragraph::new().add_run(run("", BODY)).line_spacing(LineSpacing::new().before(120).after(0)).keep_next(true);
    vec![gap.into(), side_by_side((left, UPRIGHT / 2), (right, UPRIGHT - UPRIGHT / 2)).into()]
}

/// Post, room for a signature, name, and the day it was approved.
fn signed(cell: TableCell, approval: &super::Approval) -> TableCell {
    let post = approval.post.iter().map(|post| look::centered(run(&post.to_uppercase(), BODY)));
    let room = [(); 4].iter().map(|()| look::centered(run("", BODY)));
    let name = look::centered(run(&approval.name, BODY).bold());
    let day = format!("(phê duyệt {})", words::long_day(approval.on));
    let day = look::centered(run(&day, SMALL).italic()).line_spacing(LineSpacing::new().before(0).after(120));
    post.chain(room).chain([name, day]).fold(cell, |cell, paragraph| cell.add_paragraph(paragraph.keep_next(true)))
}

/// The line by which the paper can be held against the frozen data.
pub fn seal(paper: &Paper<'_>) -> Vec<Block> {
    let (shape, formula) = (paper.report.format, paper.report.rules.formula_version);
    let frozen = paper.frozen_on.map_or_else(String::new, |day| format!(" Chốt ngày {}.", words::short_day(day)));
    let text = match paper.sha256 {
        Some(sha256) => format!("SHA-256 của dữ liệu đã chốt: {sha256}.{frozen} Phiên bản cấu trúc: {shape}; công thức tính: {formula}."),
        None => format!("Bản dự thảo, dữ liệu chưa chốt. Phiên bản cấu trúc: {shape}; công thức tính: {formula}."),
    };
    let line = Paragraph::new().add_run(run(&text, TINY)).align(AlignmentType::Left);
    vec![line.line_spacing(LineSpacing::new().before(240).after(0)).into()]
}
