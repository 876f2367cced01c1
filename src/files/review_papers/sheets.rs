//! The sheets of the workbook: the same report as numbers to sort and to add up.

mod summary;
mod unit_scores;

use rust_decimal::Decimal;
use rust_xlsxwriter::XlsxError;

use super::chapters::comparison;
use super::workbook::{self, Row, Sheet, Value};
use super::{Paper, words};
use crate::domain::indicators::IndicatorRole;
use crate::domain::review_reports::{ReportedCounts, ReportedIndicator, ReportedNumber, ReviewReport};

/// The workbook of a report.
///
/// # Errors
/// When it does not fit.
pub fn workbook(paper: &Paper<'_>) -> Result<Vec<u8>, XlsxError> {
    let report = paper.report;
    let marks = [paper.is_draft().then_some("DỰ THẢO"), report.illustrative.then_some("Có số liệu minh họa")];
    let as_of = format!("Số liệu đến {}", words::short_day(report.as_of));
    let mark = marks.into_iter().flatten().chain([as_of.as_str()]).collect::<Vec<_>>().join("; ");
    let sheets = vec![summary::sheet(paper), indicators(report), unit_scores::sheet(&report.indicators), units(report), overdue(report)];
    let sheets = sheets.into_iter().chain([compared(report), submissions(report)]).collect();
    workbook::book(&report.review.title, paper.frozen_on.unwrap_or(report.as_of), &mark, sheets)
}

fn plain(values: Vec<Value>) -> Row {
    (false, values)
}

fn indicators(report: &ReviewReport) -> Sheet {
    const COLUMNS: &[(&str, u16)] = &[
        ("STT", 7),
        ("Chỉ tiêu", 42),
        ("Đơn vị tính", 13),
        ("Kỳ mục tiêu", 11),
        ("Mục tiêu", 17),
        ("Kỳ kết quả", 11),
        ("Kết quả", 17),
        ("Tính từ số liệu", 15),
        ("Đánh giá", 15),
        ("Giữa kỳ", 16),
        ("Lý do, căn cứ", 32),
        ("Loại", 13),
        ("Đơn vị báo cáo", 26),
        ("Mục tiêu (nguyên văn)", 20),
        ("Kết quả (nguyên văn)", 20),
        ("Kỳ mới nhất", 11),
        ("Mới nhất", 14),
        ("Mức tin cậy", 14),
        ("Đúng lộ trình", 9),
    ];
    let rows = report.indicators.lines.iter().map(|line| plain(indicator(line))).collect();
    Sheet { name: "Chỉ tiêu", columns: COLUMNS, printed: 11, rows }
}

fn indicator(line: &ReportedIndicator) -> Vec<Value> {
    let role = match line.role {
        IndicatorRole::Main => "Chỉ tiêu",
        IndicatorRole::Sub => "Trong đó",
        IndicatorRole::Component => "Thành phần",
    };
    let period = |number: &Option<ReportedNumber>| number.as_ref().map(|number| Value::Words(words::period(&number.period))).into();
    let text = |number: &Option<ReportedNumber>| number.as_ref().map(|number| Value::from(&number.text)).into();
    // A number where it is one, or else its words.
    let number = |of: &Option<ReportedNumber>| of.as_ref().and_then(|of| of.number).map_or_else(|| text(of), Value::Number);
    let stage = line.stage.map(|stage| words::stage(stage).unwrap_or("chính thức"));
    vec![
        (&line.place).into(),
        (&line.name).into(),
        line.measure.as_ref().into(),
        period(&line.target),
        number(&line.target),
        period(&line.actual),
        number(&line.actual),
        line.is_judged().then(|| words::verdict(line.computed)).into(),
        line.is_judged().then(|| words::verdict(line.verdict)).into(),
        line.mid_term.map(words::mid_term).into(),
        line.reason.as_deref().or_else(|| line.cause.map(words::cause)).into(),
        role.into(),
        line.lead_unit.as_ref().map(|unit| &unit.name).into(),
        text(&line.target),
        text(&line.actual),
        period(&line.newest),
        number(&line.newest),
        stage.into(),
        line.on_path.map(|on_path| if on_path { "có" } else { "không" }).into(),
    ]
}

fn units(report: &ReviewReport) -> Sheet {
    const COLUMNS: &[(&str, u16)] = &[
        ("STT", 6),
        ("Đơn vị", 42),
        ("Tổng số", 10),
        ("Đã hoàn thành", 11),
        ("Hoàn thành đúng hạn", 12),
        ("Hoàn thành quá hạn", 12),
        ("Đang thực hiện, trong hạn", 13),
        ("Đang thực hiện, quá hạn", 13),
        ("Tạm dừng", 9),
        ("Hủy bỏ", 9),
        ("Có báo cáo", 10),
        ("Tự báo cáo (%)", 12),
        ("Đã xác nhận (%)", 12),
        ("Ngày thôi hoạt động", 14),
        ("Mã đơn vị", 60),
    ];
    let all = &report.tasks.units;
    let mut rows: Vec<Row> = Vec::new();
    for (number, unit) in (1..).zip(all) {
        let mut row = vec![Value::Place(number), (&unit.unit.name).into()];
        row.extend(numbers(&unit.counts).map(Value::from));
        row.extend([unit.counts.claimed.into(), unit.counts.verified.into(), unit.ended_on.into(), (&unit.unit.code).into()]);
        rows.push(plain(row));
    }
    if !all.is_empty() {
        let mut row = vec![Value::Empty, "Cộng".into()];
        let sums = all.iter().fold([0; 9], |mut sums, unit| {
            sums.iter_mut().zip(numbers(&unit.counts)).for_each(|(sum, number)| *sum += i64::from(number));
            sums
        });
        row.extend(
            "CDEFGHIJK".chars().zip(sums).map(|(letter, sum)| Value::Sum(format!("=SUM({letter}2:{letter}{})", all.len() + 1), sum)),
        );
        let total = &report.tasks.total;
        row.extend([total.claimed.into(), total.verified.into(), Value::Empty, Value::Empty]);
        rows.push((true, row));
    }
    Sheet { name: "Theo đơn vị", columns: COLUMNS, printed: 14, rows }
}

fn numbers(counts: &ReportedCounts) -> [u32; 9] {
    let four = &counts.statistic;
    [
        four.total,
        four.completed,
        four.completed_on_time,
        four.completed_late,
        four.open_in_time,
        four.open_overdue,
        four.suspended,
        four.cancelled,
        counts.reported,
    ]
}

fn overdue(report: &ReviewReport) -> Sheet {
    const COLUMNS: &[(&str, u16)] = &[
        ("STT", 6),
        ("Nhiệm vụ", 66),
        ("Đơn vị chủ trì", 34),
        ("Thời hạn được giao", 24),
        ("Ngày đến hạn", 13),
        ("Số ngày quá hạn", 11),
        ("Mã đơn vị", 60),
    ];
    let all = (1..).zip(&report.tasks.overdue).map(|(number, task)| {
        let (unit, late) = (&task.unit, Value::Whole(task.days_late));
        let row = vec![Value::Place(number), (&task.title).into(), (&unit.name).into(), task.deadline.as_ref().into()];
        plain(row.into_iter().chain([task.due_on.into(), late, (&unit.code).into()]).collect())
    });
    Sheet { name: "Nhiệm vụ quá hạn", columns: COLUMNS, printed: 6, rows: all.collect() }
}

fn compared(report: &ReviewReport) -> Sheet {
    const COLUMNS: &[(&str, u16)] = &[("Nội dung", 60), ("Kỳ trước", 22), ("Kỳ này", 22), ("Tăng, giảm", 14)];
    let Some(comparison) = &report.comparison else {
        return Sheet {
            name: "So sánh", columns: COLUMNS, printed: 4, rows: vec![plain(vec!["Không có kỳ trước để so sánh.".into()])]
        };
    };
    let days = vec!["Số liệu đến ngày".into(), comparison.as_of.into(), report.as_of.into(), Value::Empty];
    let mut rows = vec![plain(vec![(&comparison.title).into(), Value::Empty, Value::Empty, Value::Empty]), plain(days)];
    for (name, numbers) in comparison::rows(comparison) {
        let row = rows.len() + 2;
        rows.push(match numbers {
            None => (true, vec![name.into(), Value::Empty, Value::Empty, Value::Empty]),
            Some((then, now)) => {
                let by = Value::Sum(format!("=C{row}-B{row}"), i64::from(now) - i64::from(then));
                plain(vec![name.into(), then.into(), now.into(), by])
            }
        });
    }
    for (name, number) in [("Nhiệm vụ chỉ có ở kỳ này", comparison.tasks_new), ("Nhiệm vụ chỉ có ở kỳ trước", comparison.tasks_gone)]
    {
        let (then, now) = if name.ends_with("trước") { (number.into(), Value::Empty) } else { (Value::Empty, number.into()) };
        rows.push(plain(vec![name.into(), then, now, Value::Empty]));
    }
    if !comparison.changed.is_empty() {
        rows.push((true, vec!["Chỉ tiêu thay đổi kết quả đánh giá".into(), Value::Empty, Value::Empty, Value::Empty]));
    }
    for changed in &comparison.changed {
        let name = Value::Words(format!("{}. {}", changed.place, changed.name));
        rows.push(plain(vec![name, words::verdict(changed.then).into(), words::verdict(changed.now).into(), Value::Empty]));
    }
    Sheet { name: "So sánh", columns: COLUMNS, printed: 4, rows }
}

fn submissions(report: &ReviewReport) -> Sheet {
    const COLUMNS: &[(&str, u16)] = &[
        ("STT", 6),
        ("Đơn vị", 26),
        ("Tình trạng", 18),
        ("Ngày gửi", 12),
        ("Kết quả", 32),
        ("Tồn tại, hạn chế", 28),
        ("Nguyên nhân", 28),
        ("Bài học kinh nghiệm", 28),
        ("Kiến nghị, đề xuất", 28),
        ("Mã đơn vị", 60),
    ];
    let all = (1..).zip(&report.submissions).map(|(number, one)| {
        let texts = &one.texts;
        let texts = [&texts.results, &texts.obstacles, &texts.causes, &texts.lessons, &texts.proposals];
        let row = [Value::Place(number), (&one.unit.name).into(), words::state(one.state).into(), one.handed_in_on.into()];
        plain(row.into_iter().chain(texts.map(|text| text.as_ref().into())).chain([(&one.unit.code).into()]).collect())
    });
    Sheet { name: "Báo cáo đơn vị", columns: COLUMNS, printed: 9, rows: all.collect() }
}

/// A share in points of what a part comes to in what a whole comes to, both as formulas and as numbers; rounded as in the document.
fn share(formulas: (&str, &str), (part, whole): (u32, u32)) -> Value {
    let share = Decimal::from(part).checked_mul(Decimal::ONE_HUNDRED).and_then(|part| part.checked_div(whole.into()));
    let rounded = |share: Decimal| share.round_dp_with_strategy(2, rust_decimal::RoundingStrategy::MidpointAwayFromZero).normalize();
    share.map_or(Value::Empty, |share| Value::Share(format!("=ROUND({}/{}*100,2)", formulas.0, formulas.1), rounded(share)))
}
