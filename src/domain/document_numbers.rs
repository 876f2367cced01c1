//! Numbers and symbols of documents (số, ký hiệu), read tolerantly.
//!
//! The Party writes `N-TYPE/UNIT` (`04-NQ/TU`), the State `N/TYPE-UNIT` (`193/QĐ-UBND`), with the year
//! where it makes law (`21/2020/NQ-HĐND`, `202/2025/QH15`), letters without a type (`7323/UBND-TH`);
//! Nghị định 30/2020/NĐ-CP and the Party's guidance on the form of documents. What is printed is kept;
//! what is read here is beside it.

use serde::Serialize;
use utoipa::ToSchema;

use super::text;

text_enum! {
    /// Whose way of numbering it is.
    pub enum NumberScheme {
        /// The Party's: numbered through the term.
        Party = "party",
        /// The State's: numbered anew each year.
        State = "state",
    }
}

/// Longest text that is looked at.
const LONGEST: usize = 60;

/// Types of documents as numbers abbreviate them.
const TYPES: [&str; 24] = [
    "NQ", "CT", "KL", "QĐ", "QĐi", "QC", "TB", "HD", "CV", "BC", "KH", "CTr", "CTHĐ", "ĐA", "TTr", "TT", "QTr", "NĐ", "CTHN", "PA", "DA",
    "CĐ", "GM", "TTLT",
];

/// Bodies that print their names in mixed case or with đ, where a writer may not.
const ORGANS: [&str; 8] = ["HĐND", "TTg", "ĐU", "ĐUK", "ĐTN", "BCĐ", "BTVTU", "UBMTTQ"];

/// A number, taken apart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(example = json!({"scheme": "state", "serial": "21", "year": 2020, "type": "NQ", "organ": "HĐND", "text": "21/2020/NQ-HĐND"}))]
pub struct DocumentNumber {
    /// The Party's way of numbering, or the State's.
    pub scheme: NumberScheme,
    /// The running number as printed (`04`, `66.25`); `null` where it is not filled in yet (`Số: /KH-UBND`).
    pub serial: Option<String>,
    /// The year in the number, where it has one.
    pub year: Option<i32>,
    /// The type, abbreviated (`NQ`, `CTr`); `null` for letters and laws.
    #[serde(rename = "type")]
    pub kind: Option<String>,
    /// The issuing body, abbreviated (`TU`, `UBND-TH`, `QH15`).
    pub organ: Option<String>,
    /// The whole number as it is printed by the rules.
    pub text: String,
}

impl DocumentNumber {
    fn new(scheme: NumberScheme, serial: Option<String>, year: Option<i32>, kind: Option<String>, organ: Option<String>) -> Self {
        let (first, second) = match scheme {
            NumberScheme::Party => ("-", "/"),
            NumberScheme::State => ("/", "-"),
        };
        let year_words = year.map(|year| format!("/{year}")).unwrap_or_default();
        let symbol = [kind.as_deref(), organ.as_deref()].into_iter().flatten().collect::<Vec<_>>().join(second);
        let text = format!("{}{year_words}{first}{symbol}", serial.as_deref().unwrap_or_default());
        Self { scheme, serial, year, kind, organ, text }
    }

    /// What all spellings of one number share; none while the running number is missing.
    pub fn key(&self) -> Option<String> {
        self.serial.as_ref()?;
        Some(text::fold(self.text.trim_start_matches('0')))
    }
}

/// Takes a number apart. Case, spaces, the length of dashes, `\` for `/`, a leading "Số:" and đ
/// written as d do not matter, nor does a mark of the other scheme, if the body tells. Answers none
/// for what names neither type nor body, such as a bare `04`.
pub fn parse(text: &str) -> Option<DocumentNumber> {
    let text = text::nfc(text.trim());
    if text.chars().count() > LONGEST {
        return None;
    }
    let pieces = Pieces::of(without_label(&text))?;
    let mut rest = pieces.words.as_slice();
    let (serial, first_mark) = match rest {
        [head, after @ ..] if pieces.leading.is_none() && is_serial(&head.word) => {
            rest = after;
            (Some(head.word.clone()), head.mark)
        }
        _ if pieces.leading.is_some() => (None, pieces.leading),
        _ => return None,
    };
    let year = match rest {
        [head, after @ ..] if !after.is_empty() => read_year(&head.word).inspect(|_| rest = after),
        _ => None,
    };
    let (kind, organ) = symbol(rest)?;
    let scheme = scheme_of(organ.as_deref(), first_mark, year);
    Some(DocumentNumber::new(scheme, serial, year, kind, organ))
}

/// The type and the body.
fn symbol(rest: &[Piece]) -> Option<(Option<String>, Option<String>)> {
    if rest.is_empty() || rest.len() > 4 || !rest.iter().all(|piece| is_symbol(&piece.word)) {
        return None;
    }
    let organ = |pieces: &[Piece]| pieces.iter().map(|piece| canonical_organ(&piece.word)).collect::<Vec<_>>().join("-");
    match rest {
        [only] => match known(&TYPES, &only.word) {
            Some(kind) => Some((Some(kind), None)),
            None => Some((None, Some(organ(rest)))),
        },
        [first, after @ ..] => match known(&TYPES, &first.word) {
            Some(kind) => Some((Some(kind), Some(organ(after)))),
            None => Some((None, Some(organ(rest)))),
        },
        [] => None,
    }
}

/// Committees of the Party end in U (TU, HU, ĐU), its central bodies in TW; otherwise the first mark tells.
fn scheme_of(organ: Option<&str>, mark: Option<char>, year: Option<i32>) -> NumberScheme {
    let organ = text::fold(organ.unwrap_or_default());
    let is_party = ["tu", "hu", "du", "tw", "txu", "duk"].iter().any(|end| organ.ends_with(end));
    match (is_party, mark) {
        (true, _) if year.is_none() => NumberScheme::Party,
        (false, Some('-')) if year.is_none() => NumberScheme::Party,
        _ => NumberScheme::State,
    }
}

/// A word and the mark after it: `-`, `/`, or a space.
struct Piece {
    word: String,
    mark: Option<char>,
}

/// The words of a number.
struct Pieces {
    /// The mark before the first word, where the running number is missing.
    leading: Option<char>,
    words: Vec<Piece>,
}

impl Pieces {
    fn of(text: &str) -> Option<Self> {
        let mut pieces = Self { leading: None, words: Vec::new() };
        let (mut word, mut mark) = (String::new(), None);
        for letter in text.chars() {
            match plain_mark(letter) {
                Some(found) => {
                    pieces.end(&mut word);
                    // A dash or slash says more than the spaces around it.
                    mark = match mark {
                        Some(known) if known != ' ' => Some(known),
                        _ => Some(found),
                    };
                }
                None if letter.is_alphanumeric() || letter == '.' => {
                    pieces.mark(mark.take());
                    word.push(letter);
                }
                None => return None,
            }
        }
        pieces.end(&mut word);
        Some(pieces)
    }

    fn end(&mut self, word: &mut String) {
        if !word.is_empty() {
            self.words.push(Piece { word: std::mem::take(word), mark: None });
        }
    }

    fn mark(&mut self, mark: Option<char>) {
        let Some(mark) = mark else { return };
        match self.words.last_mut() {
            Some(last) => last.mark = Some(mark),
            None if mark != ' ' => self.leading = Some(mark),
            None => {}
        }
    }
}

fn plain_mark(letter: char) -> Option<char> {
    match letter {
        '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '_' => Some('-'),
        '/' | '\\' | '∕' | '⁄' => Some('/'),
        c if c.is_whitespace() => Some(' '),
        _ => None,
    }
}

/// "Số: 04-NQ/TU" is the number 04-NQ/TU.
fn without_label(text: &str) -> &str {
    let text = text.trim_end_matches(['.', ',', ';', ':']);
    let after: Option<&str> = ["Số", "số", "SỐ", "So", "so"].iter().find_map(|label| text.strip_prefix(label));
    after.filter(|rest| !rest.starts_with(char::is_alphabetic)).map_or(text, |rest| rest.trim_start_matches([':', '.', ' ']))
}

/// `04`, `66.25`, `193a`.
fn is_serial(word: &str) -> bool {
    let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let letters = word.len() - digits.len();
    let numbers = digits.split('.').all(|part| !part.is_empty() && part.chars().all(|c| c.is_ascii_digit()));
    numbers && letters <= 1 && digits.len() <= 10
}

fn is_symbol(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_alphabetic) && word.chars().all(char::is_alphanumeric) && word.chars().count() <= 20
}

fn read_year(word: &str) -> Option<i32> {
    let year = word.parse::<i32>().ok().filter(|_| word.len() == 4)?;
    (1930..=2200).contains(&year).then_some(year)
}

fn known(list: &[&str], word: &str) -> Option<String> {
    // A word that is in the list as it stands is meant: "DA" is no "ĐA".
    let exact = list.iter().find(|entry| **entry == word);
    let found = exact.or_else(|| list.iter().find(|entry| text::fold(entry) == text::fold(word)));
    found.map(|entry| (*entry).to_owned())
}

fn canonical_organ(word: &str) -> String {
    known(&ORGANS, word).unwrap_or_else(|| word.to_uppercase())
}

#[cfg(test)]
mod tests;
