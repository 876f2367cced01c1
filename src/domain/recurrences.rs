//! How often something happens, as people write it: "ngày thứ sáu tuần cuối tháng".

use serde::Serialize;
use utoipa::ToSchema;

use super::text;

text_enum! {
    /// How often.
    pub enum Frequency {
        /// Hằng tuần.
        Weekly = "weekly",
        /// Hằng tháng.
        Monthly = "monthly",
        /// Hằng quý.
        Quarterly = "quarterly",
        /// Hằng năm.
        Yearly = "yearly",
    }
}

/// How often something happens: the words, and what is read in them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(example = json!({
    "text": "Ngày thứ sáu tuần cuối tháng", "frequency": "monthly", "rule": "FREQ=MONTHLY;BYDAY=-1FR", "fuzzy": true
}))]
pub struct Recurrence {
    /// The words as given.
    pub text: String,
    /// How often; `null` if the words do not say it.
    pub frequency: Option<Frequency>,
    /// The same as a recurrence rule (RFC 5545); `null` if the words do not say it.
    pub rule: Option<String>,
    /// True where a convention stands in for the words: the Friday of the last week is not always the
    /// last Friday of the month.
    pub fuzzy: bool,
}

/// Days of the week without diacritics, as a rule names them.
const DAYS: &[(&str, &str)] =
    &[("thu hai", "MO"), ("thu ba", "TU"), ("thu tu", "WE"), ("thu nam", "TH"), ("thu sau", "FR"), ("thu bay", "SA"), ("chu nhat", "SU")];

/// What says how often, and the rule's word for it.
const EVERY: &[(&str, Frequency, &str)] = &[
    ("tuan", Frequency::Weekly, "FREQ=WEEKLY"),
    ("thang", Frequency::Monthly, "FREQ=MONTHLY"),
    ("quy", Frequency::Quarterly, "FREQ=MONTHLY;INTERVAL=3"),
    ("nam", Frequency::Yearly, "FREQ=YEARLY"),
];

impl Recurrence {
    /// Reads words; never fails: what cannot be read is kept as words.
    pub fn parse(words: &str) -> Self {
        let folded = text::fold(words);
        let plain = folded.strip_prefix("ngay ").unwrap_or(&folded).trim_end_matches('.');
        let read = last_of_month(plain).or_else(|| of_month(plain)).or_else(|| every(plain));
        let text = text::nfc(words);
        match read {
            Some((frequency, rule, fuzzy)) => Self { text, frequency: Some(frequency), rule: Some(rule), fuzzy },
            None => Self { text, frequency: None, rule: None, fuzzy: false },
        }
    }
}

type Read = (Frequency, String, bool);

/// "thứ sáu tuần cuối (của, hằng) tháng", "thứ sáu cuối (cùng của) tháng".
fn last_of_month(words: &str) -> Option<Read> {
    let (rest, day) = DAYS.iter().find_map(|(name, day)| Some((words.strip_prefix(name)?.trim_start(), *day)))?;
    let last_week = ["tuan cuoi thang", "tuan cuoi cua thang", "tuan cuoi hang thang", "tuan cuoi cung cua thang"];
    let last_day = ["cuoi thang", "cuoi cua thang", "cuoi hang thang", "cuoi cung cua thang"];
    let fuzzy = last_week.contains(&rest);
    (fuzzy || last_day.contains(&rest)).then(|| (Frequency::Monthly, format!("FREQ=MONTHLY;BYDAY=-1{day}"), fuzzy))
}

/// "15 hằng tháng": the same day of each month.
fn of_month(words: &str) -> Option<Read> {
    let day: u8 = words.strip_suffix(" hang thang")?.parse().ok().filter(|day| (1..=31).contains(day))?;
    Some((Frequency::Monthly, format!("FREQ=MONTHLY;BYMONTHDAY={day}"), false))
}

/// "hằng tháng", "mỗi quý", "thứ hai hằng tuần".
fn every(words: &str) -> Option<Read> {
    let day = DAYS.iter().find_map(|(name, day)| Some((words.strip_prefix(name)?.trim_start(), *day)));
    let (rest, day) = day.map_or((words, None), |(rest, day)| (rest, Some(day)));
    let unit = rest.strip_prefix("hang ").or_else(|| rest.strip_prefix("moi "))?;
    let (_, frequency, rule) = EVERY.iter().find(|(name, _, _)| *name == unit)?;
    match (day, frequency) {
        (None, _) => Some((*frequency, (*rule).to_owned(), false)),
        (Some(day), Frequency::Weekly) => Some((*frequency, format!("{rule};BYDAY={day}"), false)),
        (Some(_), _) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_words_of_practice() {
        for (words, rule, fuzzy) in [
            ("Ngày thứ sáu tuần cuối tháng", "FREQ=MONTHLY;BYDAY=-1FR", true),
            ("thứ sáu cuối cùng của tháng", "FREQ=MONTHLY;BYDAY=-1FR", false),
            ("ngày 15 hằng tháng", "FREQ=MONTHLY;BYMONTHDAY=15", false),
            ("thứ hai hằng tuần", "FREQ=WEEKLY;BYDAY=MO", false),
            ("hàng quý", "FREQ=MONTHLY;INTERVAL=3", false),
            ("mỗi năm", "FREQ=YEARLY", false),
        ] {
            let read = Recurrence::parse(words);
            assert_eq!((read.rule.as_deref(), read.fuzzy, read.frequency.is_some()), (Some(rule), fuzzy, true), "{words}");
        }
    }

    #[test]
    fn what_is_not_said_is_not_read() {
        for words in ["", "thường xuyên", "thứ sáu", "thứ sáu hằng tháng", "32 hằng tháng", "tuần cuối tháng", "hằng thế kỷ"]
        {
            assert_eq!(Recurrence::parse(words).rule, None, "{words}");
        }
    }

    proptest! {
        #[test]
        fn nothing_breaks_the_reader(words in any::<String>()) {
            let read = Recurrence::parse(&words);
            prop_assert_eq!(read.rule.is_some(), read.frequency.is_some());
        }
    }

    #[test]
    fn names() {
        crate::domain::text_enum::assert_names(Frequency::ALL, Frequency::as_str);
    }
}
