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

/// Reads a numeral, or one whose letters were transposed: `VXII` is XVII, since of all orders of its
/// letters only that one is a numeral. `None` where no order is one, or several are (`VXI`: XVI, XIV).
pub fn repair(text: &str) -> Option<u32> {
    /// Ordinals of congresses and terms are shorter; more letters have too many orders.
    const LONGEST: usize = 7;
    let text = text.trim().to_ascii_uppercase();
    if let Some(value) = parse(&text) {
        return Some(value);
    }
    let is_numeral = !text.is_empty() && text.len() <= LONGEST && text.chars().all(|c| "IVXLCDM".contains(c));
    let mut letters: Vec<char> = text.chars().collect();
    letters.sort_unstable();
    // A numeral is known by its letters: none of the 3,999 need be made twice.
    let same_letters = |value: &u32| {
        let mut own: Vec<char> = print(*value).unwrap_or_default().chars().collect();
        own.sort_unstable();
        own == letters
    };
    let mut readings = (1..=3999).filter(|_| is_numeral).filter(same_letters);
    let only = readings.next()?;
    readings.next().is_none().then_some(only)
}

/// The ordinal of a congress as a text prints it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
#[schema(example = json!({"text": "VXII", "value": 17, "numeral": "XVII", "repaired": true}))]
pub struct PrintedOrdinal {
    /// As printed.
    pub text: String,
    /// What it says.
    pub value: u32,
    /// How it is written.
    pub numeral: String,
    /// Whether the text was a misprint: the letters of the numeral in another order.
    pub repaired: bool,
}

/// The ordinal after "lần thứ" in a title or name, as far as it can be read.
pub fn printed_ordinal(text: &str) -> Option<PrintedOrdinal> {
    let (_, after) = text.split_once("lần thứ ")?;
    let word = after.split(|c: char| !c.is_ascii_alphanumeric()).next()?;
    let value = repair(word)?;
    Some(PrintedOrdinal { text: word.to_owned(), value, numeral: print(value)?, repaired: parse(word).is_none() })
}

#[cfg(test)]
mod tests {
    use super::{parse, print, printed_ordinal, repair};

    #[test]
    fn transposed_letters_are_read_if_they_read_one_way_only() {
        for (text, value) in [("VXII", Some(17)), ("XIV", Some(14)), ("IIX", Some(12)), ("vxii", Some(17)), ("XVI", Some(16))] {
            assert_eq!(repair(text), value, "{text}");
        }
        for text in ["VXI", "IIII", "VV", "", "A", "VXIIVXII", "IVXLCDM"] {
            assert_eq!(repair(text), None, "{text}");
        }
        let printed = printed_ordinal("Đại hội đại biểu Đảng bộ tỉnh Hải Dương lần thứ VXII, nhiệm kỳ 2020-2025").unwrap();
        assert_eq!((printed.text.as_str(), printed.value, printed.numeral.as_str(), printed.repaired), ("VXII", 17, "XVII", true));
        assert_eq!(printed_ordinal("Đại hội lần thứ XIV").map(|p| p.repaired), Some(false));
        assert_eq!(printed_ordinal("Nghị quyết số 04"), None);
    }

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
