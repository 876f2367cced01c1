//! Numbers of people as reports give them: "hơn 16.000 cán bộ, đảng viên" is not 16,000.

use serde::Serialize;
use utoipa::ToSchema;

use super::text;

text_enum! {
    /// How a number of people is meant.
    pub enum Qualifier {
        /// The number itself.
        Exactly = "exactly",
        /// Hơn, trên: more than the number.
        MoreThan = "more_than",
        /// Ít nhất, từ … trở lên: the number or more.
        AtLeast = "at_least",
        /// Gần: nearly the number, a little less.
        Nearly = "nearly",
        /// Khoảng: about the number.
        About = "about",
        /// The words hold no number that can be read.
        Unread = "unread",
    }
}

/// A number of people: the words, and what is read in them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(example = json!({"text": "hơn 16.000", "count": 16000, "qualifier": "more_than"}))]
pub struct Headcount {
    /// The words as given.
    pub text: String,
    /// The number in them; `null` if there is none that can be read.
    pub count: Option<i64>,
    /// How it is meant.
    pub qualifier: Qualifier,
}

/// The largest number that is read; what is larger is no number of people of a province.
const MOST: i64 = 100_000_000;

/// Words before a number, without diacritics. The longer ones come first.
const BEFORE: &[(&str, Qualifier)] = &[
    ("it nhat", Qualifier::AtLeast),
    ("toi thieu", Qualifier::AtLeast),
    ("hon", Qualifier::MoreThan),
    ("tren", Qualifier::MoreThan),
    ("khoang", Qualifier::About),
    ("chung", Qualifier::About),
    ("uoc", Qualifier::About),
    ("gan", Qualifier::Nearly),
];

impl Headcount {
    /// Reads words; never fails: what cannot be read is kept as words.
    ///
    /// "hơn", "trên", "gần", "khoảng" stand before the number; a dot or a space parts thousands
    /// ("16.000"); "nghìn", "ngàn", "triệu" may follow it. Words after the number say who is
    /// counted, but for a second number, "hơn" and "trở lên".
    pub fn parse(words: &str) -> Self {
        let (qualifier, count) = read(&text::fold(words)).unzip();
        Self { text: text::nfc(words), count, qualifier: qualifier.unwrap_or(Qualifier::Unread) }
    }
}

fn read(words: &str) -> Option<(Qualifier, i64)> {
    let before = BEFORE.iter().find_map(|(word, meant)| Some((*meant, words.strip_prefix(word)?.strip_prefix(' ')?)));
    let (meant, rest) = before.unwrap_or((Qualifier::Exactly, words.strip_prefix("tu ").unwrap_or(words)));
    let (number, rest) = number(rest)?;
    let (scale, rest) = scale(rest);
    let count = number.checked_mul(scale).filter(|count| *count <= MOST)?;
    if rest.contains(|c: char| c.is_ascii_digit()) || rest.starts_with(['-', ',', '/', '.', '+', '%']) {
        return None;
    }
    let or_more = rest.split(' ').collect::<Vec<_>>().windows(2).any(|pair| pair == ["tro", "len"]);
    match (meant, or_more, rest.starts_with("hon ") || rest == "hon") {
        (meant, false, false) => Some((meant, count)),
        (Qualifier::Exactly, true, false) => Some((Qualifier::AtLeast, count)),
        (Qualifier::Exactly, false, true) => Some((Qualifier::MoreThan, count)),
        _ => None,
    }
}

/// The number a text begins with, and what follows it: digits, or groups of three parted by dots or spaces.
fn number(words: &str) -> Option<(i64, &str)> {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let (mut all, mut rest) =
        words.split_at_checked(digits(words)).filter(|(first, _)| !first.is_empty()).map(|(a, b)| (a.to_owned(), b))?;
    let grouped = all.len() <= 3;
    while let Some(next) = rest.strip_prefix(['.', ' ']).filter(|next| grouped && digits(next) == 3) {
        let (group, after) = next.split_at_checked(3)?;
        all.push_str(group);
        rest = after;
    }
    Some((all.parse().ok()?, rest.trim_start()))
}

fn scale(words: &str) -> (i64, &str) {
    let scales = [("nghin", 1_000), ("ngan", 1_000), ("trieu", 1_000_000)];
    let found = scales.iter().find_map(|(word, by)| Some((*by, words.strip_prefix(word)?)));
    match found {
        Some((by, rest)) if rest.is_empty() || rest.starts_with(' ') => (by, rest.trim_start()),
        _ => (1, words),
    }
}

/// The sum of numbers of people, no more certain than its parts. People who took part twice stand
/// in it twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[schema(example = json!({"count": 16350, "qualifier": "more_than", "unknown": 1}))]
pub struct HeadcountSum {
    /// The sum of the numbers that are known.
    pub count: i64,
    /// How it is meant: a sum with "more than" in it is more than the number; what is more in one
    /// part and less in another is about the number.
    pub qualifier: Qualifier,
    /// How many parts have no number that can be read, and are not in the sum.
    pub unknown: i64,
}

impl HeadcountSum {
    /// Adds up; a missing part is an unknown one.
    pub fn of<'a>(parts: impl IntoIterator<Item = Option<&'a Headcount>>) -> Self {
        let mut sum = Self { count: 0, qualifier: Qualifier::Exactly, unknown: 0 };
        for part in parts {
            match part.and_then(|part| Some((part.count?, part.qualifier))) {
                Some((count, qualifier)) => {
                    sum.count = sum.count.saturating_add(count);
                    sum.qualifier = together(sum.qualifier, qualifier);
                }
                None => sum.unknown += 1,
            }
        }
        sum
    }
}

/// How the sum of two numbers is meant.
fn together(one: Qualifier, other: Qualifier) -> Qualifier {
    use Qualifier as Q;
    match (one, other) {
        (Q::Exactly, same) | (same, Q::Exactly) => same,
        (Q::Nearly, Q::Nearly) => Q::Nearly,
        (Q::AtLeast, Q::AtLeast) => Q::AtLeast,
        (Q::MoreThan | Q::AtLeast, Q::MoreThan | Q::AtLeast) => Q::MoreThan,
        _ => Q::About,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(words: &str) -> (Option<i64>, Qualifier) {
        let read = Headcount::parse(words);
        (read.count, read.qualifier)
    }

    #[test]
    fn the_words_of_reports() {
        use Qualifier as Q;
        for (words, count, qualifier) in [
            ("hơn 16.000", 16_000, Q::MoreThan),
            ("Hơn 16.000 cán bộ, đảng viên", 16_000, Q::MoreThan),
            ("trên 1.200 đại biểu", 1_200, Q::MoreThan),
            ("khoảng 300", 300, Q::About),
            ("gần 2 nghìn người", 2_000, Q::Nearly),
            ("33 ngàn", 33_000, Q::Exactly),
            ("349 đại biểu", 349, Q::Exactly),
            ("16 000", 16_000, Q::Exactly),
            ("16000", 16_000, Q::Exactly),
            ("ít nhất 90", 90, Q::AtLeast),
            ("từ 500 người trở lên", 500, Q::AtLeast),
            ("500 hơn", 500, Q::MoreThan),
            ("0", 0, Q::Exactly),
            ("1.200.000", 1_200_000, Q::Exactly),
        ] {
            assert_eq!(read(words), (Some(count), qualifier), "{words}");
        }
    }

    #[test]
    fn what_is_not_sure_is_not_read() {
        for words in
            ["", "đông đảo", "300-400", "300 - 400", "1,5 triệu", "16.00", "16.0000", "hơn", "99999999999", "90%", "hơn 5 hơn", "300, 400"]
        {
            assert_eq!(read(words), (None, Qualifier::Unread), "{words}");
        }
        assert_eq!(Headcount::parse("đông đảo").text, "đông đảo");
    }

    #[test]
    fn a_sum_is_no_more_certain_than_its_parts() {
        let sum = |words: &[&str]| {
            let parts: Vec<Headcount> = words.iter().map(|w| Headcount::parse(w)).collect();
            let sum = HeadcountSum::of(parts.iter().map(Some));
            (sum.count, sum.qualifier, sum.unknown)
        };
        assert_eq!(sum(&[]), (0, Qualifier::Exactly, 0));
        assert_eq!(sum(&["hơn 16.000", "350"]), (16_350, Qualifier::MoreThan, 0));
        assert_eq!(sum(&["350", "ít nhất 20", "trên 30"]), (400, Qualifier::MoreThan, 0));
        assert_eq!(sum(&["hơn 100", "gần 100"]), (200, Qualifier::About, 0));
        assert_eq!(sum(&["hơn 100", "khoảng 100", "đông đảo"]), (200, Qualifier::About, 1));
        assert_eq!(HeadcountSum::of([None]).unknown, 1);
    }

    fn qualifiers() -> impl Strategy<Value = Vec<(i64, Qualifier)>> {
        prop::collection::vec((0..=MOST, prop::sample::select(Qualifier::ALL)), 0..8)
    }

    proptest! {
        #[test]
        fn thousands_are_read_as_they_are_written(count in 0..=MOST, qualifier in prop::sample::select(&["", "hơn ", "gần ", "khoảng "][..])) {
            let digits = count.to_string();
            let mut grouped = String::new();
            for (place, digit) in digits.chars().enumerate() {
                if place > 0 && (digits.len() - place).is_multiple_of(3) {
                    grouped.push('.');
                }
                grouped.push(digit);
            }
            prop_assert_eq!(read(&format!("{qualifier}{grouped} người")).0, Some(count));
        }

        #[test]
        fn nothing_breaks_the_reader(words in any::<String>()) {
            let read = Headcount::parse(&words);
            prop_assert_eq!(read.count.is_none(), read.qualifier == Qualifier::Unread);
        }

        #[test]
        fn the_order_of_the_parts_does_not_matter(parts in qualifiers(), turn in 0_usize..8) {
            let known = |(count, qualifier): &(i64, Qualifier)| Headcount {
                text: String::new(), count: Some(*count).filter(|_| *qualifier != Qualifier::Unread), qualifier: *qualifier,
            };
            let parts: Vec<Headcount> = parts.iter().map(known).collect();
            let mut turned = parts.clone();
            turned.rotate_left(turn % parts.len().max(1));
            prop_assert_eq!(HeadcountSum::of(parts.iter().map(Some)), HeadcountSum::of(turned.iter().map(Some)));
        }
    }

    #[test]
    fn names() {
        crate::domain::text_enum::assert_names(Qualifier::ALL, Qualifier::as_str);
    }
}
