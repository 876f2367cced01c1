//! The sheet of what came of the indicators of each unit.

use super::share;
use crate::domain::review_reports::ReportedIndicators;
use crate::domain::targets::Score;
use crate::files::review_papers::words;
use crate::files::review_papers::workbook::{Row, Sheet, Value};

const COLUMNS: &[(&str, u16)] = &[
    ("STT", 6),
    ("Đơn vị báo cáo", 42),
    ("Tổng số", 10),
    ("Vượt", 10),
    ("Đạt", 10),
    ("Cơ bản đạt", 10),
    ("Không đạt", 10),
    ("Chưa đánh giá được", 13),
    ("Chưa đến kỳ", 11),
    ("Tỷ lệ đạt và vượt (%)", 13),
    ("Mã đơn vị", 60),
];

/// The sheet.
pub fn sheet(indicators: &ReportedIndicators) -> Sheet {
    let scores = indicators.unit_scores();
    let mut rows: Vec<Row> = Vec::new();
    for (number, of) in (1..).zip(&scores) {
        let name = of.unit.map_or(words::NO_UNIT, |unit| unit.name.as_str());
        let counts = of.score.counts().map(Value::from);
        let share = reached(rows.len() + 2, &of.score);
        let row = [Value::Place(number), name.into()].into_iter().chain(counts).chain([share, of.unit.map(|unit| &unit.code).into()]);
        rows.push((false, row.collect()));
    }
    if !scores.is_empty() {
        let last = scores.len() + 1;
        let sum = |(letter, sum): (char, u32)| Value::Sum(format!("=SUM({letter}2:{letter}{last})"), sum.into());
        let share = reached(last + 1, &indicators.score);
        let row = [Value::Empty, "Cộng".into()].into_iter().chain("CDEFGHI".chars().zip(indicators.score.counts()).map(sum));
        rows.push((true, row.chain([share, Value::Empty]).collect()));
    }
    Sheet { name: "Chỉ tiêu theo đơn vị", columns: COLUMNS, printed: 10, rows }
}

fn reached(row: usize, score: &Score) -> Value {
    share((&format!("(D{row}+E{row})"), &format!("C{row}")), (score.reached(), score.total))
}
