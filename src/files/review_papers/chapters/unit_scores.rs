//! What came of the indicators of each unit.

use super::Part;
use crate::domain::review_reports::{ReportedIndicators, UnitScore};
use crate::files::review_papers::document::UPRIGHT;
use crate::files::review_papers::look;
use crate::files::review_papers::tables::{self, Column, Content, Row, Weight};
use crate::files::review_papers::words;

const COLUMNS: [Column; 9] = [
    Column::middle("STT", 12),
    Column::words("Đơn vị báo cáo", 44),
    Column::number("Tổng số", 14),
    Column::number("Vượt", 14).under("Đánh giá"),
    Column::number("Đạt", 13).under("Đánh giá"),
    Column::number("Cơ bản đạt", 14).under("Đánh giá"),
    Column::number("Không đạt", 16).under("Đánh giá"),
    Column::number("Chưa đánh giá được", 19).under("Đánh giá"),
    Column::number("Chưa đến kỳ", 17).under("Đánh giá"),
];

/// The table, where any unit was named for any indicator.
pub fn part(indicators: &ReportedIndicators) -> Option<Part> {
    let scores = indicators.unit_scores();
    scores.iter().find(|of| of.unit.is_some())?;
    let said = |number: u32| Content::from(words::count(number));
    let row = |(number, of): (u32, &UnitScore<'_>)| {
        let name = of.unit.map_or(words::NO_UNIT, |unit| unit.name.as_str());
        Row::plain([words::count(number).into(), name.into()].into_iter().chain(of.score.counts().map(said)).collect())
    };
    let mut rows: Vec<Row> = (1..).zip(&scores).map(row).collect();
    let total = [Content::default(), "Tổng cộng".into()].into_iter().chain(indicators.score.counts().map(said));
    rows.push(Row { cells: total.collect(), weight: Weight::Bold });
    let table = tables::table(&COLUMNS, rows, UPRIGHT).into();
    Some(Part {
        title: "Kết quả theo đơn vị báo cáo", blocks: vec![look::caption("Đánh giá chỉ tiêu theo đơn vị báo cáo").into(), table]
    })
}
