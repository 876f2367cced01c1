//! Lists of documents as offices keep them.

use super::*;
use crate::domain::imports::names::tests::index;
use crate::domain::imports::sheet::{Cell, SheetRow};
use crate::domain::programmes::ProgrammeKind;
use crate::domain::resolutions::ResolutionKind;
use serde_json::json;

fn id(number: i64) -> Id {
    format!("01780c2e-7a00-7b6e-8f0a-3b2f5f7d{number:04}").parse().unwrap()
}

fn sheet(lines: &[&str]) -> Sheet {
    let row =
        |(at, line): (usize, &&str)| SheetRow { number: u32::try_from(at).unwrap() + 1, cells: line.split('|').map(Cell::words).collect() };
    Sheet { rows: lines.iter().enumerate().map(row).collect(), ..Sheet::default() }
}

fn read_with(lines: &[&str], documents: &Catalogue) -> Reading<DocumentLine> {
    let (units, terms) = (
        index(&["Tỉnh ủy Hậu Giang", "UBND tỉnh Hậu Giang", "HĐND tỉnh Hậu Giang"]),
        [NamedTerm { id: id(1), ordinal: 14, title: "Nhiệm kỳ 2020-2025".into(), years: (2020, 2025) }],
    );
    read(&sheet(lines), Known { root: id(0), units: &units, terms: &terms, documents })
}

const HEADER: &str = "STT|Số ký hiệu|Loại|Trích yếu|Cấp|Cơ quan ban hành|Ngày ban hành|Nhiệm kỳ|Năm|Giai đoạn|Tình trạng|Thực hiện văn bản";

fn rules(reading: &Reading<DocumentLine>) -> Vec<(u32, &'static str)> {
    reading.problems.iter().map(|problem| (problem.row.unwrap_or_default(), problem.rule)).collect()
}

#[test]
fn documents_stand_after_those_they_carry_out_whatever_the_order() {
    let reading = read_with(
        &[
            HEADER,
            "1|50-CTr/TU|Chương trình hành động|Chương trình thực hiện||Tỉnh ủy|01/2021|XIV||2021-2025||Nghị quyết Đại hội XIV; 4 nq tu",
            "2||Nghị quyết đại hội|Nghị quyết Đại hội XIV|Tỉnh|Đại hội đại biểu Đảng bộ tỉnh|14/10/2020|2020-2025||||",
            "3|04-NQ/TU|Nghị quyết|Về chuyển đổi số|Tỉnh|Tỉnh ủy Hậu Giang|2021|XIV||||",
        ],
        &Catalogue::default(),
    );
    assert_eq!(rules(&reading), []);
    assert_eq!(reading.lines.iter().map(|line| line.row).collect::<Vec<_>>(), [3, 4, 2]);
    let programme = &reading.lines[2];
    assert_eq!(programme.implements, Some(vec![Place::Row(3), Place::Row(4)]));
    let said = |field: &str| programme.said.of(field).cloned().unwrap_or_default();
    assert_eq!((said("period"), said("issued_on"), said("term")), (json!({"from": 2021, "to": 2025}), json!("01/2021"), json!(id(1))));
    assert_eq!(reading.lines[1].kind(), DocumentKind::Resolution(ResolutionKind::Thematic));
    assert_eq!(reading.lines[0].said.of("issuer_text"), Some(&json!("Đại hội đại biểu Đảng bộ tỉnh")));
}

#[test]
fn everything_that_is_wrong_is_told() {
    let reading = read_with(
        &[
            HEADER,
            "1||Công văn|||Tỉnh ủy Hậu Giang|mùa xuân|XX||một thời||09-NQ/TU",
            "2||Kết luận|Kết luận A||Tỉnh ủy Hậu Giang|||2021||dự thảo|",
            "3|1/KH-UBND|Kế hoạch|A||UBND tỉnh Hậu Giang|||hai||đang làm|2/KH-UBND",
            "4|2/KH-UBND|Kế hoạch|B||UBND tỉnh Hậu Giang||||||3/KH-UBND",
            "5|3/KH-UBND|Kế hoạch|C||UBND tỉnh Hậu Giangg||||||2/KH-UBND",
        ],
        &Catalogue::default(),
    );
    let told = rules(&reading);
    for wanted in [
        (2, "unknown_word"),
        (2, "required"),
        (2, "date_unread"),
        (2, "unknown_term"),
        (3, "required"),
        (3, "draft_resolution"),
        (3, "not_of_resolutions"),
        (4, "not_a_number"),
        (4, "unknown_word"),
        (5, "circle"),
        (6, "circle"),
        (6, "unit_as_words"),
    ] {
        assert!(told.contains(&wanted), "{wanted:?}: {told:?}");
    }
    assert!(reading.lines.is_empty());
}

fn identity(number: Option<&str>, title: &str, term: Option<i64>, year: Option<i32>) -> Identity {
    Identity {
        kind: DocumentKind::Programme(ProgrammeKind::Plan),
        number: number.map(ToOwned::to_owned),
        title: title.into(),
        issuer: Some(id(90)),
        issuer_text: None,
        term: term.map(id),
        year,
        scope_year: None,
    }
}

#[test]
fn a_row_is_the_document_that_the_house_would_not_have_twice() {
    let known = [
        (DocumentId::Programme(id(1)), identity(Some("17/KH-UBND"), "A", None, Some(2021))),
        (DocumentId::Programme(id(2)), identity(Some("17/KH-UBND"), "B", None, Some(2022))),
        (DocumentId::Programme(id(3)), identity(None, "C", None, None)),
        (DocumentId::Programme(id(4)), identity(Some("05-KH/TU"), "D", Some(1), Some(2021))),
    ];
    let catalogue = Catalogue::new(known);
    let one = |at: i64| Meant::One(Place::Known(DocumentId::Programme(id(at))));
    for (row, wanted) in [
        (identity(Some("17 kh ubnd"), "khác", None, Some(2022)), one(2)),
        (identity(Some("17/KH-UBND"), "A", None, Some(2023)), Meant::Nothing(Vec::new())),
        (identity(Some("5-KH/TU"), "khác", Some(1), Some(2022)), one(4)),
        (identity(Some("5-KH/TU"), "D", Some(2), None), Meant::Nothing(Vec::new())),
        (identity(Some("5-KH/TU"), "khác", None, None), one(4)),
        // The number was filled in since.
        (identity(Some("18/KH-UBND"), "c", None, Some(2021)), one(3)),
        (identity(None, "C", None, Some(2021)), one(3)),
    ] {
        assert_eq!(catalogue.recognise(&row), wanted, "{row:?}");
    }
    assert!(matches!(catalogue.recognise(&identity(Some("17/KH-UBND"), "A", None, None)), Meant::Several(labels) if labels.len() == 2));
    for (words, wanted) in [
        ("17/KH-UBND năm 2021", one(1)),
        ("Kế hoạch số 17/KH-UBND ngày 5/1/2022", one(2)),
        ("b", one(2)),
        ("Kế hoạch 05-KH/TU", one(4)),
        (&format!("17/KH-UBND, A [{}]", id(1)), one(1)),
    ] {
        assert_eq!(catalogue.find(words), wanted, "{words}");
    }
    assert_eq!(catalogue.find("Kế hoạch 17/KH-UBND và 05-KH/TU"), Meant::Nothing(Vec::new()));
    assert!(matches!(catalogue.find("17/KH-UBND"), Meant::Several(labels) if labels.len() == 2));
    assert_eq!(catalogue.find("05-KH/TUU"), Meant::Nothing(vec!["05-KH/TU".into()]));
    assert_eq!(catalogue.labels(false)[3], "05-KH/TU");
    assert!(catalogue.labels(true).is_empty() && catalogue.labels(false)[0].starts_with("17/KH-UBND, A ["));
}
