//! The chapters of the report. They are numbered as they come: what a report does not have leaves no gap.

pub mod comparison;
mod indicators;
mod unit_scores;

use super::annexes::Annexes;
use super::document::UPRIGHT;
use super::look::{self, Block};
use super::tables::{self, Column, Content, Row, Weight};
use super::{Paper, words};
use crate::domain::roman;
use crate::domain::statistics::FourWay;
use crate::domain::targets::Verdict;

/// A chapter: what it is called, and what stands in it.
pub struct Chapter {
    /// Without its number.
    pub title: &'static str,
    /// Its parts.
    pub parts: Vec<Part>,
}

/// A part of a chapter.
pub struct Part {
    /// Without its number; of a chapter's only part it is left out.
    pub title: &'static str,
    /// What stands in it.
    pub blocks: Vec<Block>,
}

/// All chapters that the report has.
pub fn chapters(paper: &Paper<'_>, annexes: &Annexes) -> Vec<Block> {
    let report = paper.report;
    let texts = &report.texts;
    let simple = |title, text: Option<&str>| Chapter { title, parts: written("", text).into_iter().collect() };
    let proposals = texts.proposals.as_deref().filter(|text| words::lines(text).next().is_some());
    let all = [
        indicators::chapter(report),
        tasks(paper, annexes),
        comparison::chapter(report),
        shortcomings(paper, annexes),
        simple("BÀI HỌC KINH NGHIỆM", texts.lessons.as_deref()),
        simple("KIẾN NGHỊ, ĐỀ XUẤT", Some(proposals.unwrap_or("Không có."))),
    ];
    let present = all.into_iter().filter(|chapter| !chapter.parts.is_empty());
    (1..).zip(present).flat_map(|(number, chapter)| numbered(number, chapter)).collect()
}

fn numbered(number: u32, chapter: Chapter) -> Vec<Block> {
    let mut blocks = vec![look::chapter(&format!("{}. {}", roman::print(number).unwrap_or_default(), chapter.title)).into()];
    let several = chapter.parts.len() > 1;
    for (number, part) in (1..).zip(chapter.parts) {
        if several {
            blocks.push(look::part(&format!("{number}. {}", part.title)).into());
        }
        blocks.extend(part.blocks);
    }
    blocks
}

/// A part that is a text, if there is any.
fn written(title: &'static str, text: Option<&str>) -> Option<Part> {
    let blocks: Vec<Block> = look::bodies(text?).collect();
    (!blocks.is_empty()).then_some(Part { title, blocks })
}

fn tasks(paper: &Paper<'_>, annexes: &Annexes) -> Chapter {
    let total = &paper.report.tasks.total;
    let mut blocks: Vec<Block> = vec![look::body(&sentence(&total.statistic)).into()];
    if total.statistic.total > 0 {
        blocks.push(look::caption("Tình hình thực hiện nhiệm vụ").into());
        blocks.push(statistic(&total.statistic).into());
    }
    let mut progress = Vec::new();
    if let Some(claimed) = total.claimed {
        progress.push(format!("tiến độ chung theo đơn vị tự báo cáo là {}%", words::percent(Some(claimed))));
    }
    if let Some(verified) = total.verified {
        progress.push(format!("tiến độ đã được xác nhận là {}%", words::percent(Some(verified))));
    }
    if !progress.is_empty() {
        let of = format!("{}/{}", words::count(total.reported), words::count(total.statistic.total));
        let said = progress.join("; ");
        blocks.push(look::body(&format!("Về mức độ hoàn thành: {said}. Có {of} nhiệm vụ đã có báo cáo tiến độ.")).into());
    }
    if let Some(number) = annexes.units {
        blocks.push(look::body(&format!("Kết quả của từng đơn vị nêu tại Phụ lục {number}.")).into());
    }
    let numbers = Part { title: "Thống kê nhiệm vụ", blocks };
    let texts = written("Kết quả nổi bật", paper.report.texts.results.as_deref());
    Chapter { title: "KẾT QUẢ THỰC HIỆN NHIỆM VỤ", parts: std::iter::once(numbers).chain(texts).collect() }
}

fn sentence(four: &FourWay) -> String {
    if four.total == 0 && four.suspended == 0 && four.cancelled == 0 {
        return "Chưa có nhiệm vụ nào được giao.".to_owned();
    }
    let of = |part: u32| format!("{} ({}%)", words::count(part), words::share(part, four.total));
    let aside = [("tạm dừng", four.suspended), ("hủy bỏ", four.cancelled)];
    let aside: Vec<String> =
        aside.iter().filter(|(_, number)| *number > 0).map(|(name, number)| format!("{} nhiệm vụ {name}", words::count(*number))).collect();
    let aside =
        if aside.is_empty() { String::new() } else { format!(" Ngoài ra có {}, không tính vào tổng số.", aside.join(" và ")) };
    format!(
        "Tổng số nhiệm vụ được giao là {}, trong đó đã hoàn thành {} (đúng hạn {}, quá hạn {}), đang thực hiện trong hạn {}, quá hạn \
        chưa hoàn thành {}.{aside}",
        words::count(four.total),
        of(four.completed),
        words::count(four.completed_on_time),
        words::count(four.completed_late),
        of(four.open_in_time),
        of(four.open_overdue),
    )
}

const STATISTIC: [Column; 3] = [Column::words("Nội dung", 10), Column::number("Số nhiệm vụ", 4), Column::number("Tỷ lệ (%)", 4)];

fn statistic(four: &FourWay) -> docx_rs::Table {
    let row = |name: &str, number: u32, weight| Row {
        cells: vec![
            Content { indent: if weight == Weight::Italic { 280 } else { 0 }, ..name.into() },
            words::count(number).into(),
            words::share(number, four.total).into(),
        ],
        weight,
    };
    let rows = vec![
        row("Tổng số", four.total, Weight::Bold),
        row("Đã hoàn thành", four.completed, Weight::Plain),
        row("- đúng hạn", four.completed_on_time, Weight::Italic),
        row("- quá hạn", four.completed_late, Weight::Italic),
        row("Đang thực hiện, trong hạn", four.open_in_time, Weight::Plain),
        row("Đang thực hiện, quá hạn", four.open_overdue, Weight::Plain),
    ];
    tables::table(&STATISTIC, rows, UPRIGHT)
}

/// What the numbers say was not reached, what the office says of it, and why.
fn shortcomings(paper: &Paper<'_>, annexes: &Annexes) -> Chapter {
    let report = paper.report;
    let score = &report.indicators.score;
    let mut blocks: Vec<Block> = Vec::new();
    for (verdict, number, what) in
        [(Verdict::NotMet, score.not_met, "không đạt"), (Verdict::NotAssessable, score.not_assessable, "chưa đánh giá được")]
    {
        let names = report.indicators.lines.iter().filter(|line| line.verdict == verdict && line.counted);
        let names: Vec<&str> = names.map(|line| line.name.as_str()).collect();
        if number > 0 && !names.is_empty() {
            blocks.push(look::body(&format!("Có {} chỉ tiêu {what}: {}.", words::count(number), names.join("; "))).into());
        }
    }
    let late = report.tasks.total.statistic.open_overdue;
    if late > 0 {
        let place = annexes.overdue.map_or_else(String::new, |number| format!(" (danh mục tại Phụ lục {number})"));
        blocks.push(look::body(&format!("Còn {} nhiệm vụ quá hạn chưa hoàn thành{place}.", words::count(late))).into());
    }
    blocks.extend(report.texts.obstacles.iter().flat_map(|text| look::bodies(text)));
    let found = (!blocks.is_empty()).then_some(Part { title: "Tồn tại, hạn chế", blocks });
    let causes = written("Nguyên nhân", report.texts.causes.as_deref());
    let title = match (&found, &causes) {
        (Some(_), None) => "TỒN TẠI, HẠN CHẾ",
        (None, Some(_)) => "NGUYÊN NHÂN CỦA TỒN TẠI, HẠN CHẾ",
        _ => "TỒN TẠI, HẠN CHẾ VÀ NGUYÊN NHÂN",
    };
    Chapter { title, parts: found.into_iter().chain(causes).collect() }
}
