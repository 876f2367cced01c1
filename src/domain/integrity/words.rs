//! Reports in the same words as earlier ones.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use sha2::{Digest, Sha256};

use super::PHRASE;
use crate::domain::{Id, text};

/// The words of a text, whatever its normal form, case and spaces; digits and marks stay.
pub fn same_words(words: &str) -> String {
    // Twice: lower letters may compose where capitals did not.
    let folded = text::nfc(&text::nfc(words).to_lowercase());
    folded.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A fingerprint of some words: half a million texts are compared, and none is held.
type Words = [u8; 16];

/// The first report in some words, by task or unit, and what is known of it.
type First<T> = HashMap<(Id, Words), T>;

/// Finds reports in the words of an earlier one: on the same task, or, longer than [`PHRASE`] characters, of the same unit.
#[derive(Debug)]
pub struct Copies<T> {
    on_task: First<T>,
    of_unit: First<T>,
}

impl<T> Default for Copies<T> {
    fn default() -> Self {
        Self { on_task: First::new(), of_unit: First::new() }
    }
}

impl<T: Copy> Copies<T> {
    /// Takes in a report on a task by a unit, in the order in which they were told; answers the earlier one it copies, the first in
    /// these words on the same task, else of the same unit.
    pub fn add(&mut self, report: T, task: Id, unit: Id, said: &str) -> Option<T> {
        let said = same_words(said);
        let words = fingerprint(&said);
        let on_same = earlier(&mut self.on_task, (task, words), report);
        let is_long = said.chars().count() > PHRASE;
        let of_same = if is_long { earlier(&mut self.of_unit, (unit, words), report) } else { None };
        on_same.or(of_same)
    }
}

/// The first in these words; none if it is this one.
fn earlier<T: Copy>(first: &mut First<T>, key: (Id, Words), report: T) -> Option<T> {
    match first.entry(key) {
        Entry::Occupied(first) => Some(*first.get()),
        Entry::Vacant(place) => {
            place.insert(report);
            None
        }
    }
}

fn fingerprint(words: &str) -> Words {
    let digest = Sha256::digest(words);
    let mut print = Words::default();
    print.iter_mut().zip(digest).for_each(|(to, from)| *to = from);
    print
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn id(number: u8) -> Id {
        format!("00000000-0000-7000-8000-0000000000{number:02x}").parse().unwrap()
    }

    type Told<'a> = (u8, u8, u8, &'a str);

    /// Each copy with what it copies: of reports with their tasks, units and words.
    fn copies(reports: &[Told<'_>]) -> Vec<(u8, u8)> {
        let mut copies = Copies::default();
        let found =
            reports.iter().filter_map(|(report, task, unit, said)| Some((*report, copies.add(*report, id(*task), id(*unit), said)?)));
        found.collect()
    }

    const LONG: &str = "Đã hoàn thành khảo sát 12 xã, lấy ý kiến các sở, ban, ngành và trình Ủy ban nhân dân tỉnh.";

    #[test]
    fn the_same_words_on_the_same_task() {
        let reports = [(1, 100, 200, "Đang lấy ý kiến."), (2, 101, 200, "Đang lấy ý kiến."), (3, 100, 200, "đang  LẤY ý kiến.")];
        assert_eq!(copies(&reports), [(3, 1)], "a short phrase is shared by chance");
        assert_eq!(copies(&[(1, 100, 200, "Đạt 12 xã."), (2, 100, 200, "Đạt 13 xã.")]), [], "another number is another word");
    }

    #[test]
    fn a_long_text_is_copied_within_a_unit() {
        let reports = [(1, 100, 200, LONG), (2, 101, 200, LONG), (3, 102, 201, LONG)];
        assert_eq!(copies(&reports), [(2, 1)], "another unit may have been told the same");
    }

    #[test]
    fn the_same_task_goes_first() {
        let reports = [(1, 100, 200, LONG), (2, 101, 201, LONG), (3, 101, 200, LONG)];
        assert_eq!(copies(&reports), [(3, 2)]);
    }

    #[test]
    fn a_normal_form_is_no_difference() {
        assert_eq!(same_words("Ho\u{300}a  bi\u{300}nh\n"), "hòa bình");
    }

    proptest! {
        /// Of n reports in the same words on one task all but the first are copies of it.
        #[test]
        fn all_but_the_first(count in 1..20u8) {
            let reports: Vec<Told<'_>> = (0..count).map(|number| (number, 100, 200, "Như cũ.")).collect();
            let expected: Vec<(u8, u8)> = (1..count).map(|number| (number, 0)).collect();
            prop_assert_eq!(copies(&reports), expected);
        }

        /// Words compare the same after they were normalised once.
        #[test]
        fn once_is_enough(words in any::<String>()) {
            let once = same_words(&words);
            prop_assert_eq!(same_words(&once), once);
        }
    }
}
