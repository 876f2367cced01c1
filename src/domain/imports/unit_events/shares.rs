//! A name with its share: `Sở A (0,6)`, `Sở A 60%`.

use rust_decimal::prelude::ToPrimitive;

use crate::domain::imports::cells;
use crate::domain::share::Share;

/// The name and the share. Words that are known as they stand have none: a name may end in brackets.
pub(super) fn read(text: &str, is_known: impl Fn(&str) -> bool) -> (String, Option<Share>) {
    let whole = || (text.to_owned(), None);
    if is_known(text) {
        return whole();
    }
    let bracketed = text.strip_suffix(')').and_then(|rest| rest.rsplit_once('('));
    let trailing = || text.rsplit_once([' ', ':']).filter(|(_, last)| last.ends_with('%'));
    let Some((name, said)) = bracketed.or_else(trailing) else { return whole() };
    match share(said.trim()) {
        Some(share) => (name.trim().trim_end_matches(':').trim().to_owned(), Some(share)),
        None => whole(),
    }
}

/// `0,6`, `0.6`, `60%`, `62,5 %`.
fn share(text: &str) -> Option<Share> {
    let (number, of) = match text.strip_suffix('%') {
        Some(percent) => (percent.trim(), 100),
        None => (text, 10_000),
    };
    let number = cells::decimal(&number.replace('.', ","))?;
    let parts = number.checked_mul(of.into()).filter(rust_decimal::Decimal::is_integer)?.to_i32()?;
    Share::from_ten_thousandths(parts)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn shares_in_every_form() {
        let known = |name: &str| name == "Hội Nông dân (1)";
        for (text, name, parts) in [
            ("Sở A (0,6)", "Sở A", Some(6000)),
            ("Sở A (0.6)", "Sở A", Some(6000)),
            ("Sở A 60%", "Sở A", Some(6000)),
            ("Sở A: 60%", "Sở A", Some(6000)),
            ("Sở A (62,5 %)", "Sở A", Some(6250)),
            ("Sở A (1)", "Sở A", Some(10_000)),
            ("Sở A", "Sở A", None),
            ("Sở A (tỉnh)", "Sở A (tỉnh)", None),
            ("Sở A (1,5)", "Sở A (1,5)", None),
            ("Hội Nông dân (1)", "Hội Nông dân (1)", None),
        ] {
            assert_eq!(read(text, known), (name.to_owned(), parts.and_then(Share::from_ten_thousandths)), "{text}");
        }
    }

    proptest! {
        #[test]
        fn every_share_reads_back(parts in 1..=10_000i32) {
            let written = format!("Sở A ({},{:04})", parts / 10_000, parts % 10_000);
            prop_assert_eq!(read(&written, |_| false), ("Sở A".to_owned(), Share::from_ten_thousandths(parts)));
            let percent = format!("Sở A {},{:02}%", parts / 100, parts % 100);
            prop_assert_eq!(read(&percent, |_| false), ("Sở A".to_owned(), Share::from_ten_thousandths(parts)));
        }
    }
}
