//! Numbers as they are written in Vietnamese: a comma before decimals, dots between thousands; and as machines write them.

use rust_decimal::{Decimal, RoundingStrategy};

/// A number in a text, and where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found {
    /// Its value.
    pub value: Decimal,
    /// The byte it begins at.
    pub from: usize,
    /// The byte after it.
    pub to: usize,
}

/// The numbers of a folded text, in their order and in `unit` (folded, empty if it is not known); none if one of them cannot be read.
pub fn numbers(text: &str, unit: &str) -> Option<Vec<Found>> {
    let mut found = Vec::new();
    let mut left = text;
    let mut at = 0;
    while let Some(start) = left.find(|c: char| c.is_ascii_digit()) {
        let begun = left.get(start..)?;
        let length = begun.find(|c: char| !(c.is_ascii_digit() || c == '.' || c == ',')).unwrap_or(begun.len());
        let written = begun.get(..length)?.trim_end_matches(['.', ',']);
        let (from, to) = (at + start, at + start + written.len());
        // Part of a word, such as "g7", is no number.
        let after_letter = text.get(..from).and_then(|before| before.chars().next_back()).is_some_and(char::is_alphabetic);
        if !after_letter {
            let value = in_unit(number(written)?, text.get(to..)?, unit)?;
            found.push(Found { value, from, to });
        }
        at += start + length;
        left = begun.get(length..)?;
    }
    Some(found)
}

/// The number as many times as the words after it say, told in `unit`: "75 nghìn người" is 75,000 in người and 75 in nghìn người. Where
/// the unit is not known, "100 nghìn tỷ đồng" is 100,000, and thousands of money are the unit themselves.
fn in_unit(value: Decimal, after: &str, unit: &str) -> Option<Decimal> {
    let scale = scale(after);
    if unit.is_empty() {
        let mut words = after.split_whitespace().skip(1);
        let money = words.next().is_some_and(|next| next.starts_with("dong") || next == "usd");
        let thousands = scale > Decimal::ONE && matches!(after.split_whitespace().next(), Some("nghin" | "ngan"));
        return if thousands && !money { value.checked_mul(Decimal::ONE_THOUSAND) } else { Some(value) };
    }
    if scale == Decimal::ONE { Some(value) } else { value.checked_mul(scale)?.checked_div(self::scale(unit)) }
}

/// What the words of quantity at the beginning come to: "nghìn tỷ đồng" is a million million.
fn scale(words: &str) -> Decimal {
    words.split_whitespace().map_while(quantity).product()
}

fn quantity(word: &str) -> Option<Decimal> {
    match word {
        "nghin" | "ngan" => Some(Decimal::ONE_THOUSAND),
        "trieu" => Some(Decimal::from(1_000_000)),
        "ty" | "ti" => Some(Decimal::from(1_000_000_000)),
        _ => None,
    }
}

/// One number: `6,5`, `6.5`, `28.000`, `1.234.567,8`. A single dot before three digits stands between thousands.
fn number(written: &str) -> Option<Decimal> {
    let (whole, decimals) = match written.split_once(',') {
        Some((whole, decimals)) => (whole, Some(decimals)),
        None => match written.split_once('.') {
            Some((whole, decimals)) if !decimals.contains('.') && (decimals.len() != 3 || whole == "0") => {
                return format!("{whole}.{decimals}").parse().ok();
            }
            _ => (written, None),
        },
    };
    let mut groups = whole.split('.');
    let first = groups.next()?;
    let rest: Vec<&str> = groups.collect();
    let grouped = rest.is_empty() || ((1..=3).contains(&first.len()) && rest.iter().all(|group| group.len() == 3));
    if !grouped || decimals.is_some_and(|d| d.is_empty() || !d.bytes().all(|b| b.is_ascii_digit())) {
        return None;
    }
    let digits = [first, &rest.concat()].concat();
    match decimals {
        Some(decimals) => format!("{digits}.{decimals}").parse().ok(),
        None => digits.parse().ok(),
    }
}

/// A number as it is shown: at most two decimals, half away from zero.
pub fn rounded(number: Decimal) -> Decimal {
    number.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero).normalize()
}

/// A number as it is written in Vietnamese: a comma before decimals, dots between thousands.
pub fn written(number: Decimal) -> String {
    let text = number.normalize().to_string();
    let (sign, text) = text.strip_prefix('-').map_or(("", text.as_str()), |rest| ("-", rest));
    let (whole, decimals) = text.split_once('.').map_or((text, None), |(whole, decimals)| (whole, Some(decimals)));
    let mut grouped = String::new();
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place).is_multiple_of(3) {
            grouped.push('.');
        }
        grouped.push(digit);
    }
    decimals.map_or_else(|| format!("{sign}{grouped}"), |decimals| format!("{sign}{grouped},{decimals}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn values(text: &str) -> Option<Vec<String>> {
        numbers(text, "").map(|found| found.iter().map(|found| found.value.normalize().to_string()).collect())
    }

    #[test]
    fn as_they_are_written() {
        let cases: [(&str, &[&str]); 12] = [
            ("6,5-7", &["6.5", "7"]),
            ("28.000", &["28000"]),
            ("1.044", &["1044"]),
            ("12.27", &["12.27"]),
            ("0.125", &["0.125"]),
            ("1.234.567,8", &["1234567.8"]),
            ("100 nghin ty dong", &["100000"]),
            ("75 nghin", &["75000"]),
            ("500 nghin dong", &["500"]),
            ("g7 va 20", &["20"]),
            ("93,78.", &["93.78"]),
            ("nam sau cao hon", &[]),
        ];
        for (text, expected) in cases {
            assert_eq!(values(text), Some(expected.iter().map(|s| (*s).to_owned()).collect()), "{text}");
        }
        for text in ["1.23.456", "1,2,3", "12.34,5", "9".repeat(40).as_str()] {
            assert_eq!(values(text), None, "{text}");
        }
    }

    #[test]
    fn they_are_written_as_vietnamese_does() {
        let cases = [("1234567.5", "1.234.567,5"), ("999", "999"), ("-1000", "-1.000"), ("0.50", "0,5"), ("100000", "100.000")];
        for (number, text) in cases {
            assert_eq!(written(number.parse().unwrap()), text);
        }
        assert_eq!([rounded("9.005".parse().unwrap()), rounded("-9.005".parse().unwrap())].map(written), ["9,01", "-9,01"]);
    }

    #[test]
    fn in_the_unit_they_are_kept_in() {
        let cases = [
            ("75 nghin nguoi", "nghin nguoi", "75"),
            ("75 nghin nguoi", "nguoi", "75000"),
            ("75", "nghin nguoi", "75"),
            ("100 nghin ty dong", "ty dong", "100000"),
            ("1,2 trieu luot", "luot", "1200000"),
            ("80 trieu dong/nguoi", "trieu dong", "80"),
            ("4.330 trieu usd", "trieu usd", "4330"),
            ("1,5 ty usd", "trieu usd", "1500"),
            ("70 %", "%", "70"),
        ];
        for (text, unit, expected) in cases {
            let found = numbers(text, unit).unwrap();
            assert_eq!(found.first().unwrap().value.normalize().to_string(), expected, "{text} in {unit}");
        }
    }

    proptest! {
        /// Whatever is written, reading it ends.
        #[test]
        fn nothing_panics(text in any::<String>()) {
            let _ = numbers(&text, "nghin nguoi");
        }

        /// What is written as people write it reads as itself.
        #[test]
        fn read_back(whole in 0..10_000_000u32, decimals in 0..1000u32) {
            let expected: Decimal = format!("{whole}.{decimals:03}").parse().unwrap();
            let written = written(expected);
            prop_assert_eq!(numbers(&written, "").unwrap().first().map(|found| found.value), Some(expected));
        }
    }
}
