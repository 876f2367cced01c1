use super::*;
use proptest::prelude::*;

/// An index of units with these names, all of which exist; codes are `u-0`, `u-1`, ….
pub(crate) fn index(names: &[&str]) -> Index {
    let day = NaiveDate::from_ymd_opt(2026, 9, 14).unwrap();
    let at = chrono::DateTime::from_timestamp(1_700_000_000, 0).unwrap();
    let named = |(i, name): (usize, &&str)| Named {
        id: Id::new(at),
        code: format!("u-{i}"),
        name: (*name).to_owned(),
        path: if i == 0 { "/u-0/".into() } else { format!("/u-0/u-{i}/") },
        valid_from: NaiveDate::from_ymd_opt(2004, 1, 1).unwrap(),
        valid_to: None,
    };
    Index::new(names.iter().enumerate().map(named).collect(), "Tỉnh Lào Cai", day)
}

pub(crate) const LAO_CAI: &[&str] = &[
    "UBND tỉnh Lào Cai",
    "Sở Công Thương",
    "Sở Tài chính",
    "Sở Nông nghiệp và Môi trường",
    "Sở Khoa học và Công nghệ",
    "Sở Văn hóa, Thể thao và Du lịch",
    "Sở Giáo dục và Đào tạo",
    "Ban Quản lý các khu công nghiệp",
    "Ban Quản lý Khu kinh tế",
    "Trung tâm Xúc tiến đầu tư",
    "UBND xã Tằng Loỏng",
    "Công an tỉnh",
];

#[test]
fn names_are_found_in_full_and_abbreviated() {
    let index = index(LAO_CAI);
    for (text, wanted) in [
        ("Sở Công Thương", 1),
        ("SỞ CÔNG  THƯƠNG", 1),
        ("So\u{31b}\u{309} Ta\u{300}i chi\u{301}nh", 2),
        ("Sở NN&MT", 3),
        ("Sở NN và MT", 3),
        ("Sở KH&CN", 4),
        ("Sở KHCN", 4),
        ("Sở VHTTDL", 5),
        ("Sở VH,TT&DL", 5),
        ("Sở Văn hoá, Thể thao và Du lịch", 5),
        ("Sở GD&ĐT", 6),
        ("BQL các KCN", 7),
        ("BQL Khu kinh tế", 8),
        ("BQL KKT", 8),
        ("TT XTĐT", 9),
        ("Ủy ban nhân dân xã Tằng Loỏng", 10),
        ("UBND tỉnh", 0),
        ("Sở Tài chính tỉnh Lào Cai", 2),
        ("Công an tỉnh Lào Cai", 11),
        ("u-4", 4),
        ("Sở bất kỳ [u-4]", 4),
    ] {
        assert_eq!(index.find(text), Found::One(wanted), "{text}");
    }
}

#[test]
fn what_is_not_certain_is_suggested() {
    let index = index(LAO_CAI);
    assert_eq!(index.find("Sở Công Thưong Mại"), Found::Nothing(vec!["Sở Công Thương".into()]));
    assert_eq!(index.find("Sở Tài chánh"), Found::Nothing(vec!["Sở Tài chính".into()]));
    assert_eq!(index.find("doanh nghiệp"), Found::Nothing(vec![]));
    for text in ["", "Sở", "UBND", "B", "S T"] {
        assert!(matches!(index.find(text), Found::Nothing(_)), "{text}");
    }
    let twins = super::tests::index(&["UBND Phường I", "UBND Phường I"]);
    assert_eq!(twins.find("ubnd phường i"), Found::Several(vec!["UBND Phường I [u-0]".into(), "UBND Phường I [u-1]".into()]));
    assert_eq!(twins.find(&twins.label(twins.get(1).unwrap())), Found::One(1));
}

#[test]
fn of_two_with_one_name_that_which_exists_is_meant() {
    let mut all = index(&["Sở Tài chính", "Sở Tài chính"]).all;
    all[0].valid_to = NaiveDate::from_ymd_opt(2025, 6, 30);
    let index = Index::new(all, "Tỉnh Lào Cai", NaiveDate::from_ymd_opt(2026, 1, 1).unwrap());
    assert_eq!(index.find("Sở Tài chính"), Found::One(1));
}

proptest! {
    #[test]
    fn whatever_is_written_is_only_looked_up(text in "\\PC{0,60}") {
        let _ = index(LAO_CAI).find(&text);
    }

    #[test]
    fn every_label_is_found_again(at in 0..LAO_CAI.len()) {
        let index = index(LAO_CAI);
        let named = index.get(at).unwrap();
        prop_assert_eq!(index.find(&index.label(named)), Found::One(at));
    }
}
