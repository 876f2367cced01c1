//! The rules against published reviews (tests/fixtures/golden-reviews).

use super::*;
use crate::domain::text_enum::assert_names;

const REVIEWS: [&str; 5] = [
    include_str!("../../../tests/fixtures/golden-reviews/vn-2019-annual.csv"),
    include_str!("../../../tests/fixtures/golden-reviews/vn-2011-2015-plan-partial.csv"),
    include_str!("../../../tests/fixtures/golden-reviews/hau-giang-2011-2015-partial.csv"),
    include_str!("../../../tests/fixtures/golden-reviews/hau-giang-xiii-2015-2020-partial.csv"),
    include_str!("../../../tests/fixtures/golden-reviews/hau-giang-annual-2020-2024-partial.csv"),
];

/// Where a printed verdict is not that of the rules, and why.
const IRREGULAR: [(&str, &str); 2] = [
    // 1.1 lies within 1-1.5 and was called exceeded, because its sub-indicator was.
    ("vn-2019-annual-06", "met"),
    // 3.1 keeps "Dưới 4" and was called met; the same review calls other kept ceilings exceeded.
    ("vn-2019-annual-08", "exceeded"),
];

#[derive(Debug, Deserialize)]
struct Row {
    row_id: String,
    direction: String,
    target_raw: String,
    target_op: String,
    target_low: Option<Decimal>,
    target_high: Option<Decimal>,
    actual_raw: String,
    official_assessment: String,
    certainty: String,
}

fn rows() -> Vec<Row> {
    REVIEWS.iter().flat_map(|text| csv::Reader::from_reader(text.as_bytes()).into_deserialize().map(Result::unwrap)).collect()
}

impl Row {
    fn direction(&self) -> TargetDirection {
        self.direction.parse().unwrap()
    }

    fn official(&self) -> Option<Verdict> {
        match self.official_assessment.as_str() {
            "Vượt" => Some(Verdict::Exceeded),
            "Đạt" => Some(Verdict::Met),
            "Không đạt" => Some(Verdict::NotMet),
            _ => None,
        }
    }

    fn computed(&self) -> Verdict {
        assess(&read_target(&self.target_raw, ""), self.direction(), Some(&read_actual(&self.actual_raw, "")), None, KeptBound::Exceeded)
    }
}

#[test]
fn targets_read_as_the_file_says() {
    // In brackets stands what was derived from a ratio.
    for row in rows().iter().filter(|row| !row.target_raw.is_empty() && !row.target_raw.starts_with('(')) {
        let read = read_target(&row.target_raw, "");
        let kind = match row.target_op.as_str() {
            "eq" | "approx" => TargetKind::Number,
            "range" => TargetKind::Range,
            "lt" | "le" => TargetKind::Ceiling,
            _ => TargetKind::Floor,
        };
        assert_eq!((read.kind, read.high), (kind, row.target_high), "{row:?}");
        assert!(read.low == row.target_low || row.target_op == "lt", "{row:?}");
        assert_eq!(read.about, row.target_op == "approx", "{row:?}");
    }
}

/// Targets as congresses and plans write them (Hậu Giang 2020, Lào Cai 2026), and what they say.
#[test]
fn words_of_targets() {
    use TargetKind::{Ceiling, Floor, Improve, Number, Qualitative, Range, Rank, Unreadable};
    let cases = [
        ("77-80 triệu đồng/người", Range, Some("77"), Some("80")),
        ("từ 77 đến 80 triệu đồng", Range, Some("77"), Some("80")),
        ("4.330 triệu USD", Number, Some("4330"), Some("4330")),
        ("Trên 80%", Floor, Some("80"), None),
        ("TRE\u{302}N 80 %", Floor, Some("80"), None),
        (">12", Floor, Some("12"), None),
        ("ít nhất 01 đơn vị", Floor, Some("1"), None),
        ("từ 10% trở lên", Floor, Some("10"), None),
        ("không quá 4,5%", Ceiling, None, Some("4.5")),
        ("3% trở xuống", Ceiling, None, Some("3")),
        ("trong nhóm 30 tỉnh, thành phố dẫn đầu", Rank, None, Some("30")),
        ("Năm sau cao hơn năm trước", Improve, None, None),
        ("Không còn hộ nghèo", Number, Some("0"), Some("0")),
        ("Cơ bản ổn định", Qualitative, None, None),
        ("", Unreadable, None, None),
        ("7-6,5", Unreadable, None, None),
        ("5 xã năm 2021, 6 xã năm 2022", Unreadable, None, None),
        ("1,2,3", Unreadable, None, None),
    ];
    for (words, kind, low, high) in cases {
        let read = read_target(words, "");
        let number = |text: Option<&str>| text.map(|text| text.parse::<Decimal>().unwrap());
        assert_eq!((read.kind, read.low, read.high, read.text.as_str()), (kind, number(low), number(high), words));
    }
    assert_eq!(read_target(&"9 ".repeat(400), "").kind, Unreadable, "too long");
    let every = read_target("Hằng năm có trên 85% tổ chức vững mạnh", "");
    assert_eq!((every.every_year, every.strict, every.kind), (true, true, Floor));
    let flow = read_target("Giảm 0,7 (còn 4,33%)", "");
    assert_eq!((flow.falls, flow.low, flow.stock), (true, Some("0.7".parse().unwrap()), Some("4.33".parse().unwrap())));
}

#[test]
fn printed_verdicts_are_those_of_the_rules() {
    let printed: Vec<(Row, Verdict)> =
        rows().into_iter().filter(|row| row.certainty.starts_with("high")).filter_map(|row| row.official().map(|v| (row, v))).collect();
    assert_eq!(printed.len(), 21);
    let reached = |verdict| matches!(verdict, Verdict::Exceeded | Verdict::Met);
    let mut differ = Vec::new();
    for (row, official) in &printed {
        let computed = row.computed();
        assert_eq!(reached(computed), reached(*official), "met or not met: {row:?}");
        if computed != *official {
            differ.push((row.row_id.as_str(), computed.as_str()));
        }
    }
    assert_eq!(differ, IRREGULAR, "each difference is known");
    assert!(differ.len() * 100 <= printed.len() * 15, "at least 85 in 100 agree three ways");
}

#[test]
fn printed_scores_add_up_or_are_flagged() {
    #[derive(Deserialize)]
    struct Printed {
        territory: String,
        n_total: Option<u32>,
        n_exceeded: Option<u32>,
        n_met: Option<u32>,
        n_basically_met: Option<u32>,
        n_not_met: Option<u32>,
    }
    let text = include_str!("../../../tests/fixtures/golden-reviews/summary-sentences.csv");
    let mut flagged = Vec::new();
    for row in csv::Reader::from_reader(text.as_bytes()).into_deserialize::<Printed>().map(Result::unwrap) {
        let (Some(total), Some(exceeded), Some(met)) = (row.n_total, row.n_exceeded, row.n_met) else { continue };
        let (basically_met, not_met) = (row.n_basically_met.unwrap_or_default(), row.n_not_met.unwrap_or_default());
        let score = Score { total, exceeded, met, basically_met, not_met, ..Score::default() };
        if score.mismatch() != 0 {
            flagged.push((row.territory, score.mismatch()));
        }
    }
    // Bắc Kạn names 12 more that are "on track" at mid-term and misses by two with them; Hậu Giang counts 19 and names 18.
    assert_eq!(flagged, [("Hậu Giang".to_owned(), 1), ("TP Bắc Kạn".to_owned(), 14)]);
}

#[test]
fn names_are_stable() {
    assert_names(TargetDirection::ALL, TargetDirection::as_str);
    assert_names(TargetKind::ALL, TargetKind::as_str);
    assert_names(Verdict::ALL, Verdict::as_str);
    assert_names(KeptBound::ALL, KeptBound::as_str);
}
