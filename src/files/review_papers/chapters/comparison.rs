//! What has changed since the round before.

use docx_rs::Table;

use super::{Chapter, Part};
use crate::domain::review_reports::{ChangedVerdict, Comparison, ReviewReport};
use crate::files::review_papers::document::UPRIGHT;
use crate::files::review_papers::look::{self, Block};
use crate::files::review_papers::tables::{self, Column, Row, Weight};
use crate::files::review_papers::words;

const NUMBERS: [Column; 4] =
    [Column::words("Nội dung", 9), Column::number("Kỳ trước", 3), Column::number("Kỳ này", 3), Column::number("Tăng (+), giảm (-)", 3)];

const CHANGED: [Column; 4] =
    [Column::middle("STT", 2), Column::words("Chỉ tiêu", 11), Column::middle("Kỳ trước", 4), Column::middle("Kỳ này", 4)];

/// Without parts where there is nothing to compare with.
pub fn chapter(report: &ReviewReport) -> Chapter {
    let parts = report.comparison.iter().map(|comparison| Part { title: "", blocks: compared(report, comparison) });
    Chapter { title: "SO SÁNH VỚI KỲ TRƯỚC", parts: parts.collect() }
}

fn compared(report: &ReviewReport, comparison: &Comparison) -> Vec<Block> {
    let mut blocks = vec![look::body(&introduction(comparison)).into()];
    let (then, now) = (words::short_day(comparison.as_of), words::short_day(report.as_of));
    blocks.push(look::caption(&format!("So sánh số liệu đến ngày {now} với số liệu đến ngày {then}")).into());
    blocks.push(numbers(comparison).into());
    if comparison.changed.is_empty() {
        blocks.push(look::body("Không có chỉ tiêu nào thay đổi kết quả đánh giá.").into());
    } else {
        blocks.push(look::caption("Chỉ tiêu thay đổi kết quả đánh giá").into());
        blocks.push(tables::table(&CHANGED, comparison.changed.iter().map(changed).collect(), UPRIGHT).into());
    }
    blocks
}

fn introduction(comparison: &Comparison) -> String {
    let mut said = format!(
        "So với kỳ {}, số liệu đến hết {}; chỉ so sánh các nhiệm vụ, chỉ tiêu có ở cả hai kỳ.",
        words::lowered(&comparison.title),
        words::long_day(comparison.as_of)
    );
    let aside =
        [("nhiệm vụ mới được tính ở kỳ này", comparison.tasks_new), ("nhiệm vụ của kỳ trước không còn được tính", comparison.tasks_gone)];
    let aside: Vec<String> =
        aside.iter().filter(|(_, number)| *number > 0).map(|(name, number)| format!("{} {name}", words::count(*number))).collect();
    if !aside.is_empty() {
        said.push_str(&format!(" Ngoài phạm vi so sánh có {}.", aside.join(" và ")));
    }
    said
}

/// What is compared: what it is called, then, now. Those without numbers stand above the others.
pub fn rows(comparison: &Comparison) -> Vec<(&'static str, Option<(u32, u32)>)> {
    let (then, now) = (&comparison.tasks_then, &comparison.tasks_now);
    let (before, after) = (&comparison.indicators_then, &comparison.indicators_now);
    vec![
        ("Nhiệm vụ", None),
        ("Tổng số", Some((then.total, now.total))),
        ("Đã hoàn thành", Some((then.completed, now.completed))),
        ("Hoàn thành đúng hạn", Some((then.completed_on_time, now.completed_on_time))),
        ("Hoàn thành quá hạn", Some((then.completed_late, now.completed_late))),
        ("Đang thực hiện, trong hạn", Some((then.open_in_time, now.open_in_time))),
        ("Đang thực hiện, quá hạn", Some((then.open_overdue, now.open_overdue))),
        ("Chỉ tiêu", None),
        ("Tổng số", Some((before.total, after.total))),
        ("Vượt", Some((before.exceeded, after.exceeded))),
        ("Đạt", Some((before.met, after.met))),
        ("Cơ bản đạt", Some((before.basically_met, after.basically_met))),
        ("Không đạt", Some((before.not_met, after.not_met))),
        ("Chưa đánh giá được", Some((before.not_assessable, after.not_assessable))),
        ("Chưa đến kỳ", Some((before.not_yet_due, after.not_yet_due))),
    ]
}

fn numbers(comparison: &Comparison) -> Table {
    let row = |(name, numbers): (&'static str, Option<(u32, u32)>)| match numbers {
        None => Row { cells: vec![name.into(), "".into(), "".into(), "".into()], weight: Weight::Bold },
        Some((then, now)) => {
            Row::plain(vec![name.into(), words::count(then).into(), words::count(now).into(), words::change(then, now).into()])
        }
    };
    tables::table(&NUMBERS, rows(comparison).into_iter().map(row).collect(), UPRIGHT)
}

fn changed(changed: &ChangedVerdict) -> Row {
    let (then, now) = (words::verdict(changed.then), words::verdict(changed.now));
    Row::plain(vec![changed.place.as_str().into(), changed.name.as_str().into(), then.into(), now.into()])
}
