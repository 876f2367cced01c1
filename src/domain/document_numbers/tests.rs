//! Numbers as printed, as typed, and what is none.

use super::*;
use proptest::prelude::*;

/// Scheme, serial, year, type, organ, as one line.
fn read(text: &str) -> String {
    let Some(n) = parse(text) else { return "-".into() };
    let or = |part: Option<String>| part.unwrap_or_else(|| "_".into());
    format!("{} {} {} {} {}", n.scheme, or(n.serial), or(n.year.map(|y| y.to_string())), or(n.kind), or(n.organ))
}

#[test]
fn numbers_as_documents_print_them() {
    for (text, expected) in [
        ("04-NQ/TU", "party 04 _ NQ TU"),
        ("50-CTr/TU", "party 50 _ CTr TU"),
        ("234-CV/BTGTU", "party 234 _ CV BTGTU"),
        ("82-QĐ/ĐU", "party 82 _ QĐ ĐU"),
        ("57-NQ/TW", "party 57 _ NQ TW"),
        ("21/2020/NQ-HĐND", "state 21 2020 NQ HĐND"),
        ("193/QĐ-UBND", "state 193 _ QĐ UBND"),
        ("42/2014/QĐ-TTg", "state 42 2014 QĐ TTg"),
        ("202/2025/QH15", "state 202 2025 _ QH15"),
        ("1668/NQ-UBTVQH15", "state 1668 _ NQ UBTVQH15"),
        ("7323/UBND-TH", "state 7323 _ _ UBND-TH"),
        ("66.25/2026/NQ-CP", "state 66.25 2026 NQ CP"),
        ("864/TB-SNV", "state 864 _ TB SNV"),
    ] {
        assert_eq!(read(text), expected, "{text}");
        assert_eq!(parse(text).map(|n| n.text).as_deref(), Some(text), "printed again");
    }
}

#[test]
fn numbers_as_people_type_them() {
    for (text, like) in [
        ("số 04 - nq / tu", "04-NQ/TU"),
        ("Số: 04–NQ/TU.", "04-NQ/TU"),
        ("04 NQ TU", "04-NQ/TU"),
        ("04/NQ-TU", "04-NQ/TU"),
        ("50-ctr/tu", "50-CTr/TU"),
        ("193/qd-ubnd", "193/QĐ-UBND"),
        ("193\\QĐ–UBND", "193/QĐ-UBND"),
        ("21/2020/nq-hdnd", "21/2020/NQ-HĐND"),
        ("21 / 2020 / NQ - HĐND", "21/2020/NQ-HĐND"),
        ("202/2025/qh15", "202/2025/QH15"),
        ("42/2014/QD-TTG", "42/2014/QĐ-TTg"),
    ] {
        assert_eq!(parse(text), parse(like), "{text}");
    }
    let key = |text: &str| parse(text).and_then(|n| n.key());
    assert_eq!(key("4 NQ TU").as_deref(), Some("4-nq/tu"));
    assert_eq!(key("04-NQ/TU"), key("4-NQ/TU"));
    assert_ne!(key("04-NQ/TU"), key("40-NQ/TU"));
}

#[test]
fn a_missing_running_number_is_no_number_to_compare() {
    for (text, expected) in
        [("Số: /KH-UBND", "state _ _ KH UBND"), ("-NQ/TU", "party _ _ NQ TU"), ("/2021/NQ-HĐND", "state _ 2021 NQ HĐND")]
    {
        assert_eq!(read(text), expected, "{text}");
        assert_eq!(parse(text).and_then(|n| n.key()), None);
    }
}

#[test]
fn what_is_no_number_is_not_read() {
    for text in ["", "04", "Nghị quyết số 04", "NQ", "Số:", "---", "2021", "04-NQ/TU (bản sao)", "a/b/c/d/e/f", "04-NQ*TU", "12/2021"]
    {
        assert_eq!(parse(text), None, "{text}");
    }
}

proptest! {
    #[test]
    fn reading_never_fails_and_reads_itself_again(text in "\\PC{0,70}") {
        if let Some(number) = parse(&text) {
            let again = parse(&number.text);
            prop_assert_eq!(again.as_ref().map(|n| &n.text), Some(&number.text), "{}", text);
            prop_assert_eq!(again.and_then(|n| n.key()), number.key());
        }
    }

    #[test]
    fn every_number_is_read_as_it_was_written(serial in 1_u32..99_999, year in 1990_i32..2100, kind in 0_usize..20, organ in "[A-Z]{2,8}") {
        let kind = TYPES[kind];
        prop_assume!(known(&TYPES, &organ).is_none());
        let number = parse(&format!("{serial}/{year}/{kind}-{organ}")).unwrap();
        prop_assert_eq!((number.serial, number.year, number.kind.as_deref()), (Some(serial.to_string()), Some(year), Some(kind)));
    }
}
