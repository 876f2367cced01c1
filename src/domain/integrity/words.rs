//! Reports in the same words as earlier ones.

use std::collections::HashMap;

use super::PHRASE;
use crate::domain::{Id, text};

/// What a report says, as it is compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Narrative {
    /// The report.
    pub report: Id,
    /// Its task.
    pub task: Id,
    /// The unit that made it.
    pub unit: Id,
    /// Its place in the journal.
    pub position: i64,
    /// What it says was done.
    pub words: String,
}

/// A report in the words of an earlier one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Copied {
    /// The report.
    pub report: Id,
    /// The earlier one: the first in these words on the same task, else of the same unit.
    pub of: Id,
}

/// The words of a text, whatever its normal form, case and spaces; digits and marks stay.
pub fn same_words(words: &str) -> String {
    // Twice: lower letters may compose where capitals did not.
    let folded = text::nfc(&text::nfc(words).to_lowercase());
    folded.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The first report in some words, by task or unit.
type First = HashMap<(Id, String), Id>;

/// The reports in the words of an earlier one: on the same task, or, longer than [`PHRASE`] characters, of the same unit.
pub fn copies(mut narratives: Vec<Narrative>) -> Vec<Copied> {
    narratives.sort_unstable_by_key(|narrative| narrative.position);
    let (mut on_task, mut of_unit) = (First::new(), First::new());
    let mut copied = Vec::new();
    for Narrative { report, task, unit, words, .. } in narratives {
        let words = same_words(&words);
        let long = words.chars().count() > PHRASE;
        let on_same = on_task.get(&(task, words.clone()));
        let earlier = on_same.or_else(|| of_unit.get(&(unit, words.clone())).filter(|_| long)).copied();
        copied.extend(earlier.map(|of| Copied { report, of }));
        on_task.entry((task, words.clone())).or_insert(report);
        of_unit.entry((unit, words)).or_insert(report);
    }
    copied
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn id(number: u8) -> Id {
        format!("00000000-0000-7000-8000-0000000000{number:02x}").parse().unwrap()
    }

    fn told(report: u8, task: u8, unit: u8, words: &str) -> Narrative {
        Narrative { report: id(report), task: id(task), unit: id(unit), position: i64::from(report), words: words.to_owned() }
    }

    const LONG: &str = "Đã hoàn thành khảo sát 12 xã, lấy ý kiến các sở, ban, ngành và trình Ủy ban nhân dân tỉnh.";

    #[test]
    fn the_same_words_on_the_same_task() {
        let reports =
            vec![told(1, 100, 200, "Đang lấy ý kiến."), told(2, 101, 200, "Đang lấy ý kiến."), told(3, 100, 200, "đang  LẤY ý kiến.")];
        assert_eq!(copies(reports), [Copied { report: id(3), of: id(1) }], "a short phrase is shared by chance");
        let figures = vec![told(1, 100, 200, "Đạt 12 xã."), told(2, 100, 200, "Đạt 13 xã.")];
        assert_eq!(copies(figures), [], "another number is another word");
    }

    #[test]
    fn a_long_text_is_copied_within_a_unit() {
        let reports = vec![told(1, 100, 200, LONG), told(2, 101, 200, LONG), told(3, 102, 201, LONG)];
        assert_eq!(copies(reports), [Copied { report: id(2), of: id(1) }], "another unit may have been told the same");
    }

    #[test]
    fn a_normal_form_is_no_difference() {
        assert_eq!(same_words("Ho\u{300}a  bi\u{300}nh\n"), "hòa bình");
    }

    proptest! {
        /// Of n reports in the same words on one task all but the first are copies, in whatever order they are read.
        #[test]
        fn all_but_the_first(count in 1..20u8, turn in 0..20usize) {
            let mut reports: Vec<Narrative> = (0..count).map(|number| told(number, 100, 200, "Như cũ.")).collect();
            let turn = turn % reports.len();
            reports.rotate_left(turn);
            let copied = copies(reports);
            prop_assert_eq!(copied.len(), usize::from(count) - 1);
            prop_assert!(copied.iter().all(|copied| copied.of == id(0)));
        }

        /// Words compare the same after they were normalised once.
        #[test]
        fn once_is_enough(words in any::<String>()) {
            let once = same_words(&words);
            prop_assert_eq!(same_words(&once), once);
        }
    }
}
