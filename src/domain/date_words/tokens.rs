//! Text cut into words, numbers and marks, and a cursor that reads them.

use std::ops::Range;

use crate::domain::text::{base_letter, fold, nfc};

/// One piece of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Token {
    /// `lower` keeps the diacritics, `folded` has none.
    Word {
        lower: String,
        folded: String,
    },
    Number {
        value: u32,
        digits: usize,
    },
    Mark(char),
}

impl Token {
    /// Whether this is the word, which a writer may have left without its diacritics.
    ///
    /// Another accented word ("quỹ" for "quý") is not the word.
    pub fn is_word(&self, word: &str) -> bool {
        match self {
            Self::Word { lower, folded } => lower == word || (lower == folded && spells(folded, word)),
            _ => false,
        }
    }

    /// Whether this is the word with exactly these diacritics.
    pub fn is_exactly(&self, word: &str) -> bool {
        matches!(self, Self::Word { lower, .. } if lower == word)
    }

    pub fn has_diacritics(&self) -> bool {
        matches!(self, Self::Word { lower, folded } if lower != folded)
    }

    pub fn is_mark(&self, mark: char) -> bool {
        matches!(self, Self::Mark(found) if *found == mark)
    }
}

/// Whether a folded word is `word` without its diacritics.
fn spells(folded: &str, word: &str) -> bool {
    folded.chars().eq(word.chars().map(base_letter))
}

/// Cuts a text; spaces vanish, every kind of dash becomes '-'.
pub(crate) fn tokenize(text: &str) -> Vec<Token> {
    tokenize_placed(&nfc(text)).into_iter().map(|(token, _)| token).collect()
}

/// Cuts a text in Unicode form C, and tells which bytes each token was cut from.
pub(crate) fn tokenize_placed(text: &str) -> Vec<(Token, Range<usize>)> {
    let mut tokens = Vec::new();
    let mut chars = text.char_indices().filter(|(_, c)| !is_invisible(*c)).peekable();
    while let Some((start, first)) = chars.next() {
        if first.is_whitespace() {
            continue;
        }
        let same = token_class(first);
        let mut piece = String::from(first);
        let mut end = start + first.len_utf8();
        while let Some((at, next)) = chars.next_if(|(_, c)| same.is_some() && token_class(*c) == same) {
            piece.push(next);
            end = at + next.len_utf8();
        }
        let token = match same {
            Some(Class::Letter) => word(&piece),
            Some(Class::Digit) => number(&piece),
            None => Token::Mark(dash(first)),
        };
        tokens.push((token, start..end));
    }
    tokens
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Letter,
    Digit,
}

fn token_class(c: char) -> Option<Class> {
    if c.is_ascii_digit() { Some(Class::Digit) } else { c.is_alphabetic().then_some(Class::Letter) }
}

fn word(piece: &str) -> Token {
    Token::Word { lower: piece.to_lowercase(), folded: fold(piece) }
}

/// A number too long to be part of a date keeps its length and no rule will take it.
fn number(piece: &str) -> Token {
    Token::Number { value: piece.parse().unwrap_or(u32::MAX), digits: piece.len() }
}

fn dash(c: char) -> char {
    match c {
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}' => '-',
        other => other,
    }
}

/// Soft hyphens and zero-width characters that word processors leave inside copied text.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

/// A place in a row of tokens; every reader moves it on success and leaves it alone on failure.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cursor<'a> {
    rest: &'a [Token],
}

impl<'a> Cursor<'a> {
    pub fn new(tokens: &'a [Token]) -> Self {
        Self { rest: tokens }
    }

    pub fn done(&self) -> bool {
        self.rest.is_empty()
    }

    /// What is not read yet.
    pub fn rest(&self) -> &'a [Token] {
        self.rest
    }

    /// Leaves tokens unread.
    pub fn skip(&mut self, count: usize) {
        self.rest = self.rest.get(count..).unwrap_or_default();
    }

    /// Runs a rule; a rule that answers `None` has read nothing.
    pub fn attempt<T>(&mut self, rule: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        let before = *self;
        let answer = rule(self);
        if answer.is_none() {
            *self = before;
        }
        answer
    }

    /// The next token if the test takes it.
    fn next_if(&mut self, test: impl FnOnce(&Token) -> bool) -> Option<&'a Token> {
        let (first, rest) = self.rest.split_first()?;
        test(first).then(|| {
            self.rest = rest;
            first
        })
    }

    /// Reads one of these words.
    pub fn word(&mut self, choices: &[&str]) -> Option<()> {
        self.next_if(|token| choices.iter().any(|word| token.is_word(word))).map(|_| ())
    }

    /// Reads the words of a phrase, all or none.
    pub fn phrase(&mut self, phrase: &str) -> Option<()> {
        self.attempt(|cursor| phrase.split(' ').try_for_each(|word| cursor.word(&[word])))
    }

    /// Reads one of these marks and tells which.
    pub fn mark(&mut self, choices: &[char]) -> Option<char> {
        match self.next_if(|token| choices.iter().any(|mark| token.is_mark(*mark)))? {
            Token::Mark(mark) => Some(*mark),
            _ => None,
        }
    }

    /// Reads a number written with this many digits.
    pub fn number(&mut self, digits: std::ops::RangeInclusive<usize>) -> Option<u32> {
        let fits = |token: &Token| matches!(token, Token::Number { digits: d, .. } if digits.contains(d));
        match self.next_if(fits)? {
            Token::Number { value, .. } => Some(*value),
            _ => None,
        }
    }

    /// Reads a word that `read` understands, given without diacritics.
    pub fn word_as<T>(&mut self, read: impl FnOnce(&str) -> Option<T>) -> Option<T> {
        match self.rest.split_first()? {
            (Token::Word { folded, .. }, rest) => {
                let value = read(folded)?;
                self.rest = rest;
                Some(value)
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Cursor, Token, tokenize};

    #[test]
    fn words_numbers_and_marks_are_cut() {
        let tokens = tokenize("Quý\u{a0}III–2021, Q3.");
        let marks: Vec<bool> = tokens.iter().map(|t| matches!(t, Token::Mark(_))).collect();
        assert_eq!(marks, [false, false, true, false, true, false, false, true]);
        assert!(tokens.iter().any(|t| t.is_mark('-')));
        let year = Token::Number { value: 2021, digits: 4 };
        assert!(tokens.contains(&year));
    }

    #[test]
    fn a_word_may_lack_its_diacritics_but_not_carry_others() {
        for (text, is_quarter) in [("QUÝ", true), ("quy", true), ("quỹ", false), ("quynh", false)] {
            assert_eq!(tokenize(text).iter().all(|t| t.is_word("quý")), is_quarter, "{text}");
        }
    }

    #[test]
    fn a_failed_rule_reads_nothing() {
        let tokens = tokenize("hoàn thiện 123456789012");
        let mut cursor = Cursor::new(&tokens);
        assert_eq!(cursor.phrase("hoàn thành"), None);
        assert_eq!(cursor.phrase("hoàn thiện"), Some(()));
        assert_eq!(cursor.number(1..=4), None);
        assert!(!cursor.done());
    }
}
