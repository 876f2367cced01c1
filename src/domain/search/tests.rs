//! Texts and questions as words.

use super::*;
use crate::domain::text_enum::assert_names;
use proptest::prelude::*;

fn folded(text: &str) -> Vec<String> {
    words(text).into_iter().map(|word| word.folded).collect()
}

/// Terms as text: `a b*` is a phrase that may be continued.
fn asked(question: &str) -> Vec<String> {
    let term = |term: Term| {
        let words: Vec<String> = term.words.into_iter().map(|word| word.folded).collect();
        format!("{}{}", words.join(" "), if term.prefix { "*" } else { "" })
    };
    read(question).into_iter().map(term).collect()
}

fn marked(text: &str, question: &str) -> Vec<String> {
    let letters: Vec<char> = text.chars().collect();
    spans(text, &read(question)).into_iter().map(|span| letters[span.start..span.end].iter().collect()).collect()
}

#[test]
fn names_agree() {
    assert_names(SearchKind::ALL, SearchKind::as_str);
}

#[test]
fn texts_are_words_without_diacritics_and_with_them() {
    assert_eq!(folded("Đảng uỷ, Hậu Giang."), ["dang", "uy", "hau", "giang"]);
    let exact = |text: &str| words(text).into_iter().map(|word| word.exact).collect::<Vec<_>>();
    assert_eq!(exact("Đảng đang dâng"), ["d9ang3", "d9ang", "da6ng"]);
    assert_eq!(exact("hòa"), exact("hoà"));
    assert_eq!(folded("số 04-NQ/TU;"), ["so", "n4", "nq", "tu", "n4nqtu"]);
    assert_eq!(folded("21/2020/NQ-HĐND"), ["n21", "n2020", "nq", "hdnd", "n212020nqhdnd"]);
    assert_eq!(folded("quý III-2021 1e5x"), ["quy", "iii", "n2021", "n1e5x"]);
    assert_eq!(folded("… – * \" NEAR("), ["near"]);
}

#[test]
fn questions_are_words_phrases_and_numbers() {
    assert_eq!(asked("khu công nghiệp"), ["khu", "cong", "nghiep*"]);
    assert_eq!(asked("khu công nghiệp "), ["khu", "cong", "nghiep*"]);
    assert_eq!(asked("\"khu công\" nghiep"), ["khu cong", "nghiep*"]);
    assert_eq!(asked("\"khu công nghiệp\""), ["khu cong nghiep"]);
    assert_eq!(asked("\"khu công"), ["khu", "cong*"], "an open quotation mark means nothing");
    assert_eq!(asked("nghị quyết 04-NQ/TU"), ["nghi", "quyet", "n4nqtu"]);
    assert_eq!(asked("4 NQ TU"), ["n4nqtu"]);
    assert_eq!(asked("a AND b OR NOT c*"), ["a", "and", "b", "or", "not", "c"]);
    assert_eq!(asked("title:x NEAR(a b, 5) -y ^z"), ["title", "x", "near", "a", "b", "n5", "y", "z*"]);
    for nothing in ["", "   ", "\"\"", "* \" ( ) - + ^ : …", "\"\"\"\""] {
        assert_eq!(asked(nothing), Vec::<String>::new(), "{nothing}");
    }
}

#[test]
fn what_was_found_is_marked_in_the_text() {
    assert_eq!(marked("Phát triển khu, cụm công nghiệp", "cong nghi"), ["công", "nghiệp"]);
    assert_eq!(marked("Nghị quyết số 04-NQ/TU của Tỉnh ủy", "4 nq tu"), ["04-NQ/TU"]);
    assert_eq!(marked("Đường tỉnh", "duong"), ["Đường"]);
    assert_eq!(marked("Đường tỉnh", "xa"), Vec::<String>::new());
}

proptest! {
    #[test]
    fn whatever_is_typed_is_plain_words(question in "\\PC{0,80}") {
        for term in read(&question) {
            prop_assert!(!term.words.is_empty());
            for word in term.words {
                prop_assert!(word.folded.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()), "{:?}", word);
                prop_assert!(word.exact.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()), "{:?}", word);
                prop_assert!(!word.folded.is_empty() && word.folded.starts_with(|c: char| c.is_ascii_lowercase()));
            }
        }
    }

    #[test]
    fn a_title_is_found_by_each_of_its_words(title in "[a-zđăâêôơưáàảãạ0-9 ,./-]{1,60}") {
        let indexed = Indexed::of(None, &title, "");
        for word in words(&title) {
            prop_assert!(indexed.title_words.split(' ').any(|known| known == word.folded));
            prop_assert!(indexed.exact.split(' ').any(|known| known == word.exact));
        }
    }

    #[test]
    fn spans_lie_in_the_text_in_order(text in "\\PC{0,60}", question in "\\PC{0,20}") {
        let length = text.chars().count();
        let mut from = 0;
        for span in spans(&text, &read(&question)) {
            prop_assert!(span.start >= from && span.end > span.start && span.end <= length);
            from = span.end;
        }
    }
}
