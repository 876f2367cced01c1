//! Terms as lists of documents name them: by their years, or by the number of the congress.

use crate::domain::text::fold;
use crate::domain::{Id, roman};

/// A term with what it is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedTerm {
    /// Its id.
    pub id: Id,
    /// Number of the congress.
    pub ordinal: i32,
    /// Its title.
    pub title: String,
    /// Its first and its last year.
    pub years: (i32, i32),
}

impl NamedTerm {
    /// How it is written.
    pub fn label(&self) -> String {
        format!("{}-{}", self.years.0, self.years.1)
    }
}

/// Words that may stand before a number of a congress.
const BEFORE: &[&str] = &["nhiem ky", "dai hoi", "lan thu", "khoa", "thu"];

/// The term that words mean: `2020-2025`, `XIV`, `lần thứ 14`, or its title.
pub(super) fn find<'t>(text: &str, terms: &'t [NamedTerm]) -> Option<&'t NamedTerm> {
    let folded = fold(text);
    let by_title = terms.iter().find(|term| fold(&term.title) == folded);
    let years = years(text);
    let by_years = || terms.iter().find(|term| years.as_slice() == [term.years.0, term.years.1]);
    let mut bare = folded.as_str();
    while let Some(rest) = BEFORE.iter().find_map(|word| bare.strip_prefix(word)) {
        bare = rest.trim_start();
    }
    let ordinal = bare.parse().ok().or_else(|| roman::parse(&bare.to_uppercase()).and_then(|number| i32::try_from(number).ok()));
    let by_ordinal = || terms.iter().find(|term| Some(term.ordinal) == ordinal);
    by_title.or_else(by_years).or_else(by_ordinal)
}

/// The years that words name, in their order.
pub(super) fn years(text: &str) -> Vec<i32> {
    let numbers = text.split(|c: char| !c.is_ascii_digit()).filter(|digits| digits.len() == 4);
    numbers.filter_map(|digits| digits.parse().ok()).filter(|year| (1930..=2200).contains(year)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_term_by_its_years_its_number_or_its_title() {
        let term = |ordinal: i32, years: (i32, i32)| NamedTerm { id: Id::NIL, ordinal, title: format!("Nhiệm kỳ {}", years.0), years };
        let terms = [term(14, (2020, 2025)), term(13, (2015, 2020))];
        for text in ["2020-2025", "Nhiệm kỳ 2020 – 2025", "XIV", "xiv", "14", "khóa XIV", "Đại hội lần thứ XIV", "nhiệm kỳ 2020"]
        {
            assert_eq!(find(text, &terms).map(|term| term.ordinal), Some(14), "{text}");
        }
        for text in ["", "2021-2025", "XV", "2020", "nhiệm kỳ"] {
            assert_eq!(find(text, &terms), None, "{text}");
        }
        assert_eq!(terms[0].label(), "2020-2025");
    }
}
