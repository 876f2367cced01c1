use super::*;
use crate::domain::imports::names::tests::{LAO_CAI, index};
use crate::domain::imports::sheet::{Merge, SheetRow};

fn sheet(lines: &[&str]) -> Sheet {
    let row =
        |(i, line): (usize, &&str)| SheetRow { number: u32::try_from(i).unwrap() + 1, cells: line.split('|').map(Cell::words).collect() };
    Sheet { name: String::new(), rows: lines.iter().enumerate().map(row).collect(), merges: Vec::new() }
}

const HEADER: &str = "STT|Nhiệm vụ|Cơ quan chủ trì|Cơ quan phối hợp|Sản phẩm|Thời gian hoàn thành|Kinh phí";

fn annex(lines: &[&str]) -> Annex {
    let lines: Vec<&str> = std::iter::once(HEADER).chain(lines.iter().copied()).collect();
    read(&sheet(&lines), &index(LAO_CAI), WholeLead::default(), None)
}

fn rules(annex: &Annex) -> Vec<(&str, u32)> {
    annex.problems.iter().map(|p| (p.rule, p.row.unwrap_or_default())).collect()
}

#[test]
fn several_leads_make_a_whole_and_its_parts() {
    let annex = annex(&["1|Khơi thông nguồn nguyên liệu|Sở Công Thương (cấp phép); Sở NN&MT (GPMB)|Sở Tài chính|Mặt bằng|năm 2027|"]);
    assert_eq!(rules(&annex), [("several_leads", 2)]);
    let index = index(LAO_CAI);
    let seen: Vec<_> = annex.lines.iter().map(|l| (l.key.as_str(), l.title.as_deref().unwrap(), l.whole.is_some())).collect();
    let title = "Khơi thông nguồn nguyên liệu";
    let parts = [format!("{title} — cấp phép"), format!("{title} — GPMB")];
    assert_eq!(seen, [("1", title, false), ("1/1", parts[0].as_str(), true), ("1/2", parts[1].as_str(), true)]);
    assert_eq!(annex.lines[1].scope, Some(Some("cấp phép".into())));
    assert!(
        annex.lines.iter().all(|l| l.deadline == Some(Some("năm 2027".into())) && l.coordinating.as_ref().is_some_and(|c| c.len() == 1))
    );
    assert!(index.find("Sở Tài chính") != index.find("Sở Công Thương"));
}

#[test]
fn what_has_no_field_is_kept_in_the_description() {
    let annex = annex(&["1|Rà soát|Sở Công Thương|Sở NN&MT (bàn giao); doanh nghiệp; viện, trường||quý I/2027|1.500 triệu đồng"]);
    assert_eq!(rules(&annex), [("helper_as_words", 2), ("helper_as_words", 2)]);
    let wanted = "Phối hợp khác: doanh nghiệp; viện, trường\nPhần việc phối hợp: Sở NN&MT (bàn giao)\nKinh phí: 1.500 triệu đồng";
    assert_eq!(annex.lines[0].description, Some(Some(wanted.into())));
}

#[test]
fn every_wrong_row_is_told_at_once() {
    let annex = annex(&[
        "1||Sở Công Thương|||2027|",
        "2|Việc hai|Sở Công Thưong Mại||||",
        "2|Việc ba|UBND các xã, phường|||2027|",
        "|Việc bốn|Sở Tài chính|||2027|",
        "5|Việc năm||||2027|",
    ]);
    let wanted =
        [("required", 2), ("unknown_unit", 3), ("no_deadline", 3), ("repeated", 4), ("unit_group", 4), ("no_number", 5), ("required", 6)];
    let mut found = rules(&annex);
    found.sort_by_key(|(rule, row)| (*row, wanted.iter().position(|w| w.0 == *rule)));
    assert_eq!(found, wanted);
    let unknown = annex.problems.iter().find(|p| p.rule == "unknown_unit").unwrap();
    assert_eq!(
        (unknown.column, unknown.header.as_deref(), unknown.suggestions.as_slice()),
        (Some(2), Some("Cơ quan chủ trì"), ["Sở Công Thương".to_owned()].as_slice())
    );
}

#[test]
fn a_row_that_a_page_cut_in_two_is_one() {
    let annex = annex(&[
        "1|Xây dựng đề án phát triển|Sở Văn hóa, Thể thao|Sở Tài chính|Đề án|quý I/2027|",
        "|công nghiệp văn hóa|và Du lịch|Sở Công Thương|được duyệt||",
        "2|Rà soát|Sở Công Thương|||2027|",
    ]);
    assert_eq!(rules(&annex), [("joined_above", 3)]);
    assert_eq!(annex.lines.len(), 2);
    let first = &annex.lines[0];
    assert_eq!(first.title.as_deref(), Some("Xây dựng đề án phát triển công nghiệp văn hóa"));
    assert_eq!(first.deliverable, Some(Some("Đề án được duyệt".into())));
    assert_eq!(first.coordinating.as_ref().map(Vec::len), Some(2));
    assert_eq!(annex.rows, 2);
}

#[test]
fn numbers_that_begin_again_are_kept_apart_by_their_groups() {
    let annex = annex(&["I|Nhóm một", "1|A|Sở Tài chính|||2027|", "II|Nhóm hai", "1|B|Sở Tài chính|||2027|"]);
    assert_eq!(rules(&annex), []);
    assert_eq!(annex.lines.iter().map(|l| l.key.as_str()).collect::<Vec<_>>(), ["I.1", "II.1"]);
    assert_eq!(annex.lines[1].description, Some(Some("Nhóm: II. Nhóm hai".into())));
}

#[test]
fn a_number_merged_over_rows_gathers_their_leads() {
    let lines = [HEADER, "1|Khám bệnh lưu động|Sở Tài chính|||2027|", "||Sở Công Thương||||", "2|Khác|Sở Tài chính|||2027|"];
    let mut sheet = sheet(&lines);
    sheet.merges.push(Merge { rows: (2, 3), columns: (0, 0) });
    let annex = read(&sheet, &index(LAO_CAI), WholeLead::default(), None);
    assert_eq!(annex.lines.iter().map(|l| l.key.as_str()).collect::<Vec<_>>(), ["1", "1/1", "1/2", "2"]);
}

#[test]
fn leads_without_a_common_superior_need_one_to_be_chosen() {
    let all = index(&["Sở A", "Ban B"]);
    let mut split: Vec<_> = (0..2).map(|at| all.get(at).unwrap().clone()).collect();
    split[1].path = "/tinh-uy/ban-b/".into();
    let chosen = split[0].id;
    let index = Index::new(split, "Tỉnh Lào Cai", chrono::NaiveDate::from_ymd_opt(2026, 1, 1).unwrap());
    let sheet = sheet(&[HEADER, "1|Việc|Sở A; Ban B|||2027|"]);
    assert_eq!(rules(&read(&sheet, &index, WholeLead::default(), None)), [("no_common_lead", 2)]);
    let annex = read(&sheet, &index, WholeLead { chosen: None, otherwise: Some(chosen) }, None);
    assert_eq!(rules(&annex), [("several_leads", 2)]);
}
