//! The first sheet: what the report is, and its numbers in short.

use super::share;
use crate::domain::targets::{Score, Verdict};
use crate::files::review_papers::workbook::{Row, Sheet, Value};
use crate::files::review_papers::{Paper, words};

const COLUMNS: &[(&str, u16)] = &[("Nội dung", 40), ("Số liệu", 14), ("Tỷ lệ (%)", 11), ("Diễn giải", 76)];

/// The first sheet.
pub fn sheet(paper: &Paper<'_>) -> Sheet {
    let mut rows = about(paper);
    let indicators = &paper.report.indicators;
    rows.push(title("KẾT QUẢ THỰC HIỆN CHỈ TIÊU"));
    rows.push(row("Kết quả chung", (&indicators.sentence).into()));
    score(&mut rows, &indicators.score);
    rows.push(title("CHỈ TIÊU TÍNH TỪ SỐ LIỆU"));
    score(&mut rows, &indicators.computed);
    if let Some(counts) = &indicators.mid_term {
        rows.push(title("CHỈ TIÊU ĐÁNH GIÁ GIỮA KỲ"));
        rows.extend(counts.iter().map(|counted| row(words::mid_term(counted.verdict), counted.count.into())));
    }
    if let Some(claimed) = &indicators.claimed {
        rows.push(title("CÂU TỔNG HỢP TRONG VĂN BẢN"));
        rows.push(row("Nguyên văn", (&claimed.text).into()));
        let said = |part, said: u32, counted: u32| {
            Value::Words(format!("{} văn bản ghi {}, tính được {}", words::part(part), words::count(said), words::count(counted)))
        };
        rows.extend(claimed.mismatches.iter().map(|wrong| row("Chưa khớp", said(wrong.part, wrong.said, wrong.counted))));
    }
    tasks(&mut rows, paper);
    texts(&mut rows, paper);
    Sheet { name: "Tổng hợp", columns: COLUMNS, printed: 4, rows }
}

/// Numbers and days stand in a column of their own, words beside them.
fn row(name: &str, value: Value) -> Row {
    (
        false,
        match value {
            Value::Words(_) => vec![name.into(), Value::Empty, Value::Empty, value],
            _ => vec![name.into(), value, Value::Empty, Value::Empty],
        },
    )
}

fn title(name: &str) -> Row {
    (true, vec![name.into(), Value::Empty, Value::Empty, Value::Empty])
}

/// What report it is, and how sure.
fn about(paper: &Paper<'_>) -> Vec<Row> {
    let report = paper.report;
    let review = &report.review;
    let rows = [
        ("Báo cáo", (&review.title).into()),
        ("Loại", words::kind(review.kind).into()),
        ("Văn bản được đánh giá", (&review.document).into()),
        ("Số, ký hiệu", review.number.as_ref().into()),
        ("Địa phương", (&review.area.name).into()),
        ("Ngày mốc", Some(review.anchor_on).filter(|day| *day != review.due_on).into()),
        ("Ngày đến hạn", review.due_on.into()),
        ("Số liệu tính đến hết ngày", report.as_of.into()),
        ("Tình trạng", if paper.is_draft() { "Dự thảo, số liệu chưa chốt" } else { "Đã chốt" }.into()),
        ("Ngày chốt", paper.frozen_on.into()),
        ("SHA-256 của dữ liệu đã chốt", paper.sha256.into()),
        ("Có số liệu minh họa", if report.illustrative { "Có" } else { "Không" }.into()),
        ("Chốt trước hạn, vì", report.early_reason.as_ref().into()),
        ("Chốt khi còn báo cáo chưa gửi hoặc chưa xác nhận, vì", report.missing_reason.as_ref().into()),
        ("Phiên bản cấu trúc", report.format.into()),
        ("Phiên bản công thức tính", report.rules.formula_version.into()),
    ];
    let held = rows.into_iter().filter(|(_, value): &(&str, Value)| !matches!(value, Value::Empty));
    std::iter::once(title("THÔNG TIN CHUNG")).chain(held.map(|(name, value)| row(name, value))).collect()
}

/// The number of the row that comes next: the first has the titles.
fn next(rows: &[Row]) -> usize {
    rows.len() + 2
}

/// Parts of a total, each with its share.
fn parts(rows: &mut Vec<Row>, total: u32, parts: &[(&str, u32)]) {
    let of = format!("B{}", next(rows));
    rows.push(row("Tổng số", total.into()));
    for (name, number) in parts {
        let share = share((&format!("B{}", next(rows)), &of), (*number, total));
        rows.push((false, vec![(*name).into(), (*number).into(), share, Value::Empty]));
    }
}

fn score(rows: &mut Vec<Row>, score: &Score) {
    let all = [
        (words::verdict(Verdict::Exceeded), score.exceeded),
        (words::verdict(Verdict::Met), score.met),
        (words::verdict(Verdict::BasicallyMet), score.basically_met),
        (words::verdict(Verdict::NotMet), score.not_met),
        (words::verdict(Verdict::NotAssessable), score.not_assessable),
        (words::verdict(Verdict::NotYetDue), score.not_yet_due),
    ];
    parts(rows, score.total, &all);
}

fn tasks(rows: &mut Vec<Row>, paper: &Paper<'_>) {
    let total = &paper.report.tasks.total;
    let four = &total.statistic;
    rows.push(title("KẾT QUẢ THỰC HIỆN NHIỆM VỤ"));
    let all = [
        ("Đã hoàn thành", four.completed),
        ("- đúng hạn", four.completed_on_time),
        ("- quá hạn", four.completed_late),
        ("Đang thực hiện, trong hạn", four.open_in_time),
        ("Đang thực hiện, quá hạn", four.open_overdue),
    ];
    parts(rows, four.total, &all);
    rows.push(row("Tạm dừng (không tính)", four.suspended.into()));
    rows.push(row("Hủy bỏ (không tính)", four.cancelled.into()));
    rows.push(row("Có báo cáo tiến độ", total.reported.into()));
    rows.push(row("Tiến độ đơn vị tự báo cáo", total.claimed.into()));
    rows.push(row("Tiến độ đã được xác nhận", total.verified.into()));
}

/// What the office says of it, who approved it, and what was corrected.
fn texts(rows: &mut Vec<Row>, paper: &Paper<'_>) {
    let texts = &paper.report.texts;
    let all = [
        ("Kết quả nổi bật", &texts.results),
        ("Tồn tại, hạn chế", &texts.obstacles),
        ("Nguyên nhân", &texts.causes),
        ("Bài học kinh nghiệm", &texts.lessons),
        ("Kiến nghị, đề xuất", &texts.proposals),
    ];
    let mut written = all.iter().filter_map(|(name, text)| Some(row(name, text.as_ref()?.into()))).peekable();
    if written.peek().is_some() {
        rows.push(title("NỘI DUNG BÁO CÁO"));
        rows.extend(written);
    }
    if !paper.approvals.is_empty() {
        rows.push(title("PHÊ DUYỆT"));
    }
    for approval in &paper.approvals {
        let post = approval.post.as_ref().map_or_else(String::new, |post| format!(", {post}"));
        rows.push(row("Người phê duyệt", Value::Words(format!("{}{post}, {}", approval.name, words::long_day(approval.on)))));
    }
    if !paper.errata.is_empty() {
        rows.push(title("ĐÍNH CHÍNH"));
    }
    for erratum in &paper.errata {
        rows.push(row(&words::long_day(erratum.on), (&erratum.text).into()));
    }
}
