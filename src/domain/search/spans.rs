//! Where in a text the words of a question stand.

use serde::Serialize;
use utoipa::ToSchema;

use super::Term;
use super::words::{number, plain};

/// A part of a text that was found: from one character to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[schema(example = json!({"start": 0, "end": 4}))]
pub struct Span {
    /// Its first character, counted in Unicode characters from 0.
    pub start: usize,
    /// The character after its last.
    pub end: usize,
}

/// The words of a text that a question asks for. A phrase marks its words wherever they stand.
pub fn spans(text: &str, terms: &[Term]) -> Vec<Span> {
    let letters: Vec<char> = text.chars().collect();
    let mut found = Vec::new();
    let mut start = 0;
    while start < letters.len() {
        let length = letters.iter().skip(start).take_while(|c| !c.is_whitespace()).count();
        let chunk: String = letters.iter().skip(start).take(length).collect();
        let is_asked = |word: &str, full: bool| terms.iter().any(|term| matches(term, word, full));
        if number(&chunk).is_some_and(|number| is_asked(&number.folded, true)) {
            found.push(Span { start, end: start + length });
        } else {
            words_of(&letters, start, start + length, |span, word| {
                if plain(&word).iter().any(|spelled| is_asked(&spelled.folded, false)) {
                    found.push(span);
                }
            });
        }
        start += length.max(1);
    }
    found
}

fn words_of(letters: &[char], mut start: usize, end: usize, mut take: impl FnMut(Span, String)) {
    while start < end {
        let length = letters.iter().skip(start).take(end - start).take_while(|c| c.is_alphanumeric() || is_mark(**c)).count();
        if length > 0 {
            take(Span { start, end: start + length }, letters.iter().skip(start).take(length).collect());
        }
        start += length.max(1);
    }
}

fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

fn matches(term: &Term, word: &str, full: bool) -> bool {
    let last = term.words.last();
    let begins = last.is_some_and(|last| term.prefix && !full && word.starts_with(&last.folded));
    begins || term.words.iter().any(|asked| asked.folded == word)
}
