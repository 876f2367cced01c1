//! Roman numerals as documents print them: quarters (III), terms (XIV), parts of a resolution.

const NUMERALS: [(u32, &str); 13] = [
    (1000, "M"),
    (900, "CM"),
    (500, "D"),
    (400, "CD"),
    (100, "C"),
    (90, "XC"),
    (50, "L"),
    (40, "XL"),
    (10, "X"),
    (9, "IX"),
    (5, "V"),
    (4, "IV"),
    (1, "I"),
];

/// Reads a numeral of 1 to 3999 in any case; `None` for anything not written the usual way (`VXII`).
pub fn parse(text: &str) -> Option<u32> {
    let text = text.trim().to_ascii_uppercase();
    let mut rest = text.as_str();
    let mut value: u32 = 0;
    for (worth, numeral) in NUMERALS {
        while let Some(after) = rest.strip_prefix(numeral) {
            value = value.checked_add(worth)?;
            rest = after;
        }
    }
    // Printing again refuses what the greedy reading let through, such as IIII or IXIX.
    (rest.is_empty() && print(value)? == text).then_some(value)
}

/// The numeral in capitals; `None` outside 1 to 3999.
pub fn print(value: u32) -> Option<String> {
    if !(1..=3999).contains(&value) {
        return None;
    }
    let mut rest = value;
    let mut text = String::new();
    for (worth, numeral) in NUMERALS {
        while rest >= worth {
            text.push_str(numeral);
            rest -= worth;
        }
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::{parse, print};

    #[test]
    fn every_numeral_reads_back() {
        for value in 1..=3999 {
            assert_eq!(print(value).as_deref().and_then(parse), Some(value));
        }
    }

    #[test]
    fn known_numerals() {
        for (text, value) in [("i", 1), ("iv", 4), (" XIV ", 14), ("MMXXI", 2021)] {
            assert_eq!(parse(text), Some(value), "{text}");
        }
        for text in ["", "VXII", "IIII", "VX", "IXIX", "IC", "A", "Ⅳ", "4"] {
            assert_eq!(parse(text), None, "{text}");
        }
        assert_eq!((print(0), print(4000)), (None, None));
    }
}
