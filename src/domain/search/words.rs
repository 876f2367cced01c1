//! Texts as words, in the two spellings of the index.

use unicode_normalization::UnicodeNormalization;

use crate::domain::{document_numbers, text};

/// Longest word; nobody types a longer one.
const LONGEST: usize = 60;

/// A word in both spellings: letters a to z and digits only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spelled {
    /// Without diacritics, đ as d.
    pub folded: String,
    /// With them, as VNI types them: shape after its letter, tone after the word.
    pub exact: String,
}

/// The words of a text, and after them the numbers of documents in it, each as one word.
pub fn words(text: &str) -> Vec<Spelled> {
    let mut words = plain(text);
    words.extend(text.split_whitespace().filter_map(number));
    words
}

/// The words of a text, the parts of numbers among them.
pub fn plain(text: &str) -> Vec<Spelled> {
    let text = text::nfc(text);
    let words = text.split(|c: char| !(c.is_alphanumeric() || is_mark(c))).filter(|word| word.chars().any(char::is_alphanumeric));
    words.map(|word| spell(&word.chars().take(LONGEST).collect::<String>())).collect()
}

/// The number of a document as one word: `04-NQ/TU`, `4 nq tu` are `n4nqtu`. None without a running
/// number, or without marks or type: a word alone is a word.
pub fn number(text: &str) -> Option<Spelled> {
    let text = text.trim_matches(|c: char| !c.is_alphanumeric());
    let read = document_numbers::parse(text)?;
    let has_symbol = read.kind.is_some() && read.organ.is_some() || text.contains(['/', '-', '–']);
    let word: String = read.key().filter(|_| has_symbol)?.chars().filter(char::is_ascii_alphanumeric).collect();
    let word = started(word);
    Some(Spelled { folded: word.clone(), exact: word })
}

fn spell(word: &str) -> Spelled {
    if word.bytes().all(|b| b.is_ascii_digit()) {
        // 04 is 4.
        let digits = started(word.trim_start_matches('0').to_owned());
        return Spelled { folded: digits.clone(), exact: digits };
    }
    let (mut folded, mut exact, mut tone) = (String::new(), String::new(), None);
    for letter in word.nfd().flat_map(char::to_lowercase) {
        match letter {
            '\u{301}' => tone = Some('1'),
            '\u{300}' => tone = Some('2'),
            '\u{309}' => tone = Some('3'),
            '\u{303}' => tone = Some('4'),
            '\u{323}' => tone = Some('5'),
            '\u{302}' => exact.push('6'),
            '\u{31b}' => exact.push('7'),
            '\u{306}' => exact.push('8'),
            'đ' | 'ð' => {
                folded.push('d');
                exact.push_str("d9");
            }
            mark if is_mark(mark) => {}
            ascii if ascii.is_ascii() => {
                folded.push(ascii);
                exact.push(ascii);
            }
            other => {
                let code = format!("u{:x}", u32::from(other));
                folded.push_str(&code);
                exact.push_str(&code);
            }
        }
    }
    exact.extend(tone);
    Spelled { folded: started(folded), exact: started(exact) }
}

/// A word that begins with a digit is given a letter to begin with: PostgreSQL would take `1e5x` apart.
fn started(word: String) -> String {
    if word.starts_with(|c: char| c.is_ascii_alphabetic()) { word } else { format!("n{word}") }
}

fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}
