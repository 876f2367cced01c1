//! The annexes: units, overdue work, what the units handed in, and corrections.

use super::document::{ACROSS, Pages, UPRIGHT};
use super::look::{self, Block};
use super::tables::{self, Column, Content, Row, Weight};
use super::{Paper, words};
use crate::domain::review_reports::{ReportedCounts, ReportedSubmission, ReportedTask, ReportedUnit};
use crate::domain::review_submissions::SubmissionState;
use crate::domain::reviews::ReviewTexts;

const UNITS: [Column; 12] = [
    Column::middle("STT", 7),
    Column::words("Đơn vị", 42),
    Column::number("Tổng số", 11),
    Column::number("Đúng hạn", 11).under("Đã hoàn thành"),
    Column::number("Quá hạn", 11).under("Đã hoàn thành"),
    Column::number("Trong hạn", 11).under("Đang thực hiện"),
    Column::number("Quá hạn", 11).under("Đang thực hiện"),
    Column::number("Tạm dừng", 11).under("Không tính"),
    Column::number("Hủy bỏ", 11).under("Không tính"),
    Column::number("Có báo cáo", 12),
    Column::number("Tự báo cáo", 13).under("Tiến độ (%)"),
    Column::number("Đã xác nhận", 13).under("Tiến độ (%)"),
];

const OVERDUE: [Column; 6] = [
    Column::middle("STT", 8),
    Column::words("Nhiệm vụ", 64),
    Column::words("Đơn vị chủ trì", 32),
    Column::words("Thời hạn được giao", 22),
    Column::middle("Ngày đến hạn", 17),
    Column::number("Số ngày quá hạn", 13),
];

const SUBMISSIONS: [Column; 5] = [
    Column::middle("STT", 9),
    Column::words("Đơn vị", 36),
    Column::words("Tình trạng", 34),
    Column::middle("Ngày gửi", 17),
    Column::words("Nội dung đã nêu", 28),
];

const ERRATA: [Column; 3] = [Column::middle("STT", 9), Column::middle("Ngày", 16), Column::words("Nội dung đính chính", 80)];

/// Which annexes there are, and their numbers.
pub struct Annexes {
    /// What the units led.
    pub units: Option<u32>,
    /// The open work whose deadline has passed.
    pub overdue: Option<u32>,
    /// What the units handed in.
    submissions: Option<u32>,
}

impl Annexes {
    /// Numbers are given to those that hold anything.
    pub fn of(paper: &Paper<'_>) -> Self {
        let mut next = 1..;
        let mut number = |is_there: bool| if is_there { next.next() } else { None };
        let report = paper.report;
        Self {
            units: number(!report.tasks.units.is_empty()),
            overdue: number(!report.tasks.overdue.is_empty()),
            submissions: number(!report.submissions.is_empty()),
        }
    }

    /// The annexes, and what was corrected since.
    pub fn pages(&self, paper: &Paper<'_>) -> Vec<Pages> {
        let begin = |number: u32, of: &str| look::annex(&format!("PHỤ LỤC {number}"), of, &belongs(paper));
        let mut across = Vec::new();
        if let Some(number) = self.units {
            across.extend(begin(number, "Kết quả thực hiện nhiệm vụ theo đơn vị"));
            across.push(units(paper));
        }
        if let Some(number) = self.overdue {
            across.extend(begin(number, "Danh mục nhiệm vụ quá hạn chưa hoàn thành"));
            across.push(tables::table(&OVERDUE, (1..).zip(&paper.report.tasks.overdue).map(late).collect(), ACROSS).into());
            across.extend(unlisted(paper));
        }
        let mut upright = Vec::new();
        if let Some(number) = self.submissions {
            upright.extend(begin(number, "Tình hình gửi báo cáo của các đơn vị"));
            upright.extend(submissions(paper));
        }
        if !paper.errata.is_empty() {
            upright.extend(look::annex("ĐÍNH CHÍNH", "Các nội dung đính chính sau khi chốt số liệu", "(Dữ liệu đã chốt được giữ nguyên)"));
            let row = |(number, erratum): (i64, &super::Erratum)| {
                Row::plain(vec![words::count(number).into(), words::short_day(erratum.on).into(), erratum.text.as_str().into()])
            };
            upright.push(tables::table(&ERRATA, (1..).zip(&paper.errata).map(row).collect(), UPRIGHT).into());
        }
        let all = [Pages { across: true, blocks: across }, Pages { across: false, blocks: upright }];
        all.into_iter().filter(|pages| !pages.blocks.is_empty()).collect()
    }
}

fn belongs(paper: &Paper<'_>) -> String {
    let (committee, place) = words::seat(&paper.report.review.area.name);
    let as_of = words::long_day(paper.report.as_of);
    format!("(Kèm theo Báo cáo của Ban Thường vụ {committee} {place}; số liệu đến hết {as_of})")
}

fn units(paper: &Paper<'_>) -> Block {
    let unit = |(number, unit): (i64, &ReportedUnit)| {
        let below = unit.ended_on.map(|day| format!("(hoạt động đến {})", words::short_day(day)));
        let name = Content { below, ..unit.unit.name.as_str().into() };
        Row::plain([words::count(number).into(), name].into_iter().chain(counts(&unit.counts)).collect())
    };
    let mut rows: Vec<Row> = (1..).zip(&paper.report.tasks.units).map(unit).collect();
    let total = [Content::default(), "Tổng cộng".into()].into_iter().chain(counts(&paper.report.tasks.total));
    rows.push(Row { cells: total.collect(), weight: Weight::Bold });
    tables::table(&UNITS, rows, ACROSS).into()
}

fn counts(counts: &ReportedCounts) -> Vec<Content> {
    let four = &counts.statistic;
    let numbers = [
        four.total,
        four.completed_on_time,
        four.completed_late,
        four.open_in_time,
        four.open_overdue,
        four.suspended,
        four.cancelled,
        counts.reported,
    ];
    let shares = [counts.claimed, counts.verified].map(|share| words::percent(share).into());
    numbers.iter().map(|number| words::count(*number).into()).chain(shares).collect()
}

fn late((number, task): (i64, &ReportedTask)) -> Row {
    Row::plain(vec![
        words::count(number).into(),
        task.title.as_str().into(),
        task.unit.name.as_str().into(),
        task.deadline.as_deref().unwrap_or_default().into(),
        words::short_day(task.due_on).into(),
        words::count(task.days_late).into(),
    ])
}

/// Secret work is counted, and not listed in what many read.
fn unlisted(paper: &Paper<'_>) -> Option<Block> {
    let number = paper.report.tasks.unlisted();
    let text = format!("Ghi chú: ngoài danh mục còn {} nhiệm vụ quá hạn thuộc phạm vi bí mật nhà nước.", words::count(number));
    (number > 0).then(|| look::note(&text).into())
}

fn submissions(paper: &Paper<'_>) -> Vec<Block> {
    let all = &paper.report.submissions;
    let of = |state: SubmissionState| u32::try_from(all.iter().filter(|one| one.state == state).count()).unwrap_or(u32::MAX);
    let counted = SubmissionState::ALL.iter().rev().map(|state| (words::state(*state), of(*state))).filter(|(_, number)| *number > 0);
    let said: Vec<String> = counted.map(|(state, number)| format!("{}: {}", words::lowered(state), words::count(number))).collect();
    let total = words::count(u32::try_from(all.len()).unwrap_or(u32::MAX));
    let mut blocks: Vec<Block> = vec![look::body(&format!("Tổng số {total} đơn vị phải gửi báo cáo; {}.", said.join("; "))).into()];
    if let Some(reason) = &paper.report.missing_reason {
        blocks.extend(look::bodies(&format!("Báo cáo được chốt khi còn đơn vị chưa gửi hoặc chưa được xác nhận, vì: {reason}")));
    }
    let row = |(number, one): (i64, &ReportedSubmission)| {
        Row::plain(vec![
            words::count(number).into(),
            one.unit.name.as_str().into(),
            words::state(one.state).into(),
            one.handed_in_on.map(words::short_day).unwrap_or_default().into(),
            held(&one.texts).into(),
        ])
    };
    blocks.push(tables::table(&SUBMISSIONS, (1..).zip(all).map(row).collect(), UPRIGHT).into());
    blocks
}

/// What a unit wrote of.
fn held(texts: &ReviewTexts) -> String {
    let parts = [
        ("kết quả", &texts.results),
        ("hạn chế", &texts.obstacles),
        ("nguyên nhân", &texts.causes),
        ("bài học", &texts.lessons),
        ("kiến nghị", &texts.proposals),
    ];
    parts.into_iter().filter(|(_, text)| text.is_some()).map(|(name, _)| name).collect::<Vec<_>>().join(", ")
}
