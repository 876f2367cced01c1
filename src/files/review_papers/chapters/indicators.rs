//! What came of the indicators: the sentence, where people decided otherwise than the numbers say, and each of them.

use docx_rs::{AlignmentType, Table};

use super::{Chapter, Part, unit_scores};
use crate::domain::indicators::IndicatorRole;
use crate::domain::review_reports::{ClaimedScore, ReportedIndicator, ReportedNumber, ReviewReport};
use crate::domain::targets::{Score, Verdict};
use crate::files::review_papers::document::UPRIGHT;
use crate::files::review_papers::look::{self, Block};
use crate::files::review_papers::tables::{self, Column, Content, Row, Weight};
use crate::files::review_papers::words;

const PLACE: Column = Column::middle("STT", 12);
const MEASURE: Column = Column::middle("Đơn vị tính", 22);
const TARGET: Column = Column::number("Mục tiêu", 27);
const ACTUAL: Column = Column::number("Kết quả", 24);

const COLUMNS: [Column; 6] = [PLACE, Column::words("Chỉ tiêu", 63), MEASURE, TARGET, ACTUAL, Column::middle("Đánh giá", 28)];

const MID_TERM: [Column; 7] =
    [PLACE, Column::words("Chỉ tiêu", 46), MEASURE, TARGET, ACTUAL, Column::middle("Đánh giá", 24), Column::middle("Giữa kỳ", 24)];

/// The chapter on indicators.
pub fn chapter(report: &ReviewReport) -> Chapter {
    let title = "KẾT QUẢ THỰC HIỆN CÁC CHỈ TIÊU";
    if report.indicators.lines.is_empty() {
        return Chapter {
            title, parts: vec![Part { title: "", blocks: vec![look::body("Chưa có chỉ tiêu nào để đánh giá.").into()] }]
        };
    }
    let overall = Part { title: "Kết quả chung", blocks: overall(report) };
    let each = Part { title: "Kết quả từng chỉ tiêu", blocks: each(report) };
    Chapter { title, parts: [overall, each].into_iter().chain(unit_scores::part(&report.indicators)).collect() }
}

fn overall(report: &ReviewReport) -> Vec<Block> {
    let indicators = &report.indicators;
    let period = report.rules.period.as_deref().map_or_else(String::new, |id| format!(", theo mục tiêu của kỳ {}", words::period(id)));
    let as_of = words::long_day(report.as_of);
    let mut blocks: Vec<Block> = vec![look::body(&format!("Tính đến hết {as_of}{period}, có {}.", indicators.sentence)).into()];
    blocks.push(look::body(&format!("Cụ thể: {}.", parts(&indicators.score))).into());
    if let Some(counts) = &indicators.mid_term {
        let scale = report.rules.scale.map_or_else(String::new, |scale| format!(" ({})", words::scale(scale)));
        let said: Vec<String> =
            counts.iter().map(|of| format!("{} {}", words::lowered(words::mid_term(of.verdict)), words::count(of.count))).collect();
        if !said.is_empty() {
            blocks.push(look::body(&format!("Đánh giá giữa kỳ{scale}: {}.", said.join("; "))).into());
        }
    }
    if let Some(claimed) = &indicators.claimed {
        blocks.extend(agreement(claimed));
    }
    blocks.extend(differences(report));
    blocks
}

/// How many came to what; what nothing came to is left out.
fn parts(score: &Score) -> String {
    let all = [
        (Verdict::Exceeded, score.exceeded),
        (Verdict::Met, score.met),
        (Verdict::BasicallyMet, score.basically_met),
        (Verdict::NotMet, score.not_met),
        (Verdict::NotAssessable, score.not_assessable),
        (Verdict::NotYetDue, score.not_yet_due),
    ];
    let some = all.into_iter().filter(|(_, number)| *number > 0);
    let some: Vec<String> =
        some.map(|(verdict, number)| format!("{} {}", words::lowered(words::verdict(verdict)), words::count(number))).collect();
    if some.is_empty() { "chưa có chỉ tiêu nào được tính".to_owned() } else { some.join("; ") }
}

/// Whether the sentence in the paper agrees with what was counted.
fn agreement(claimed: &ClaimedScore) -> Vec<Block> {
    if claimed.mismatches.is_empty() {
        return vec![
            look::body(&format!("Câu tổng hợp trong văn bản \"{}\" khớp với kết quả đánh giá từng chỉ tiêu.", claimed.text)).into(),
        ];
    }
    let said = |mismatch: &crate::domain::review_reports::ScoreMismatch| {
        format!("{} văn bản ghi {}, tính được {}", words::part(mismatch.part), words::count(mismatch.said), words::count(mismatch.counted))
    };
    let said: Vec<String> = claimed.mismatches.iter().map(said).collect();
    let text =
        format!("Câu tổng hợp trong văn bản \"{}\" chưa khớp với kết quả đánh giá từng chỉ tiêu: {}.", claimed.text, said.join("; "));
    vec![look::body(&text).into()]
}

/// Where people decided otherwise than the numbers say, and why.
fn differences(report: &ReviewReport) -> Vec<Block> {
    let decided = |line: &&ReportedIndicator| line.verdict != line.computed;
    let mut lines = report.indicators.lines.iter().filter(decided).peekable();
    if lines.peek().is_none() {
        return Vec::new();
    }
    let computed = &report.indicators.computed;
    let begin = if *computed == report.indicators.score {
        "Các chỉ tiêu sau được đánh giá khác với kết quả tính từ số liệu:".to_owned()
    } else {
        format!("Nếu chỉ tính từ số liệu thì {}. Các chỉ tiêu sau được đánh giá khác với kết quả tính từ số liệu:", computed.sentence())
    };
    let said = |line: &ReportedIndicator| {
        let reason = line.reason.as_deref().map_or_else(String::new, |reason| format!(" Lý do: {}", sentence(reason)));
        let (computed, verdict) = (words::lowered(words::verdict(line.computed)), words::lowered(words::verdict(line.verdict)));
        format!("- Chỉ tiêu {} ({}): theo số liệu là {computed}, đánh giá là {verdict}.{reason}", line.place, line.name)
    };
    let lines: Vec<Block> = lines.map(|line| look::body(&said(line)).into()).collect();
    std::iter::once(look::leading(&begin).into()).chain(lines).collect()
}

/// One line that ends as a sentence does.
fn sentence(text: &str) -> String {
    let text = words::lines(text).collect::<Vec<_>>().join(" ");
    if text.ends_with(['.', '!', '?', '…']) { text } else { format!("{text}.") }
}

fn each(report: &ReviewReport) -> Vec<Block> {
    let lines = &report.indicators.lines;
    let at_mid_term = report.rules.scale.is_some();
    let mut blocks: Vec<Block> = vec![look::caption("Kết quả thực hiện từng chỉ tiêu").into(), table(lines, at_mid_term).into()];
    let mut notes = Vec::new();
    if lines.iter().any(|line| !line.counted) {
        notes.push(
            "dòng in nghiêng không tính vào tổng số chỉ tiêu (chỉ tiêu \"trong đó\", thành phần, hoặc không có mục tiêu của kỳ)".to_owned(),
        );
    }
    if lines.iter().any(|line| line.verdict != line.computed) {
        notes.push("dấu (*) là chỉ tiêu được đánh giá khác với kết quả tính từ số liệu".to_owned());
    }
    notes.push(words::kept_bound(report.rules.kept_bound).to_owned());
    blocks.push(look::note(&format!("Ghi chú: {}.", notes.join("; "))).into());
    blocks
}

fn table(lines: &[ReportedIndicator], at_mid_term: bool) -> Table {
    let columns: &[Column] = if at_mid_term { &MID_TERM } else { &COLUMNS };
    tables::table(columns, lines.iter().map(|line| row(line, at_mid_term)).collect(), UPRIGHT)
}

fn row(line: &ReportedIndicator, at_mid_term: bool) -> Row {
    let counted = line.counted;
    let mark = if line.verdict == line.computed { "" } else { " (*)" };
    let mut cells = vec![
        line.place.as_str().into(),
        Content { indent: if counted { 0 } else { 170 }, ..named(line).into() },
        // It may be parted after a stroke.
        line.measure.as_deref().unwrap_or_default().replace('/', "/\u{200b}").into(),
        dated(line.target.as_ref(), None),
        reached(line),
        if line.is_judged() {
            Content { below: why(line), ..format!("{}{mark}", words::verdict(line.verdict)).into() }
        } else {
            "-".into()
        },
    ];
    if at_mid_term {
        cells.push(line.mid_term.map_or("", words::mid_term).into());
    }
    Row { cells, weight: if counted { Weight::Plain } else { Weight::Italic } }
}

/// What is not counted says what it is.
fn named(line: &ReportedIndicator) -> String {
    let before = match line.role {
        IndicatorRole::Main => return line.name.clone(),
        IndicatorRole::Sub => "Trong đó",
        IndicatorRole::Component => "Thành phần",
    };
    if line.name.to_lowercase().starts_with(&before.to_lowercase()) { line.name.clone() } else { format!("{before}: {}", line.name) }
}

fn dated(number: Option<&ReportedNumber>, more: Option<&str>) -> Content {
    let Some(number) = number else { return "-".into() };
    let below: Vec<String> = std::iter::once(words::period(&number.period)).chain(more.map(str::to_owned)).collect();
    // Words in a column of numbers.
    let align = number.text.contains(char::is_alphabetic).then_some(AlignmentType::Center);
    Content { below: Some(format!("({})", below.join("; "))), align, ..number.text.as_str().into() }
}

/// What it is judged by; where nothing is, the latest that was told.
fn reached(line: &ReportedIndicator) -> Content {
    let newest = line.newest.as_ref();
    let stage = |told: bool| line.stage.filter(|_| told).and_then(words::stage);
    match line.actual.as_ref() {
        Some(actual) => dated(Some(actual), stage(newest.is_some_and(|newest| newest.period == actual.period))),
        None => dated(newest, stage(true).or(Some("mới nhất"))),
    }
}

/// Why there is no verdict.
fn why(line: &ReportedIndicator) -> Option<String> {
    let open = matches!(line.verdict, Verdict::NotAssessable | Verdict::NotYetDue);
    line.cause.filter(|_| open).map(|cause| format!("({})", words::cause(cause)))
}
