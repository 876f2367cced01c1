//! A cell, or a part of it, as tokens and as written.

use std::ops::Range;

use crate::domain::date_words::tokens::{Cursor, Token, tokenize_placed};

/// Tokens with their places in a text.
#[derive(Clone, Debug)]
pub(super) struct Written<'a> {
    text: &'a str,
    cut: &'a Cut,
    range: Range<usize>,
}

/// A text cut into tokens.
#[derive(Clone, Debug)]
pub(super) struct Cut {
    tokens: Vec<Token>,
    places: Vec<Range<usize>>,
}

impl Cut {
    /// Cuts a text in Unicode form C.
    pub fn of(text: &str) -> Self {
        let (tokens, places) = tokenize_placed(text).into_iter().unzip();
        Self { tokens, places }
    }
}

impl<'a> Written<'a> {
    /// The whole text, without bullets before and punctuation behind.
    pub fn new(text: &'a str, cut: &'a Cut) -> Self {
        Self { text, cut, range: 0..cut.tokens.len() }.trimmed()
    }

    /// The tokens of this part.
    pub fn tokens(&self) -> &'a [Token] {
        self.cut.tokens.get(self.range.clone()).unwrap_or_default()
    }

    /// The tokens of the whole cell: whether it is written with diacritics is told by all of it.
    pub fn all_tokens(&self) -> &'a [Token] {
        &self.cut.tokens
    }

    /// The words of this part as written.
    pub fn words(&self) -> String {
        self.slice(&(0..self.range.len()))
    }

    /// The words of some tokens of this part, without punctuation around.
    pub fn slice(&self, tokens: &Range<usize>) -> String {
        let from = self.cut.places.get(self.range.start + tokens.start);
        let to = tokens.end.checked_sub(1).and_then(|last| self.cut.places.get(self.range.start + last));
        let words = from.zip(to).and_then(|(from, to)| self.text.get(from.start..to.end)).unwrap_or_default();
        words.split_whitespace().collect::<Vec<_>>().join(" ").trim_matches([',', ' ']).to_owned()
    }

    /// The parts between semicolons and ends of lines, each trimmed; empty ones are left out.
    pub fn parts(&self) -> Vec<Self> {
        let mut parts = Vec::new();
        let mut start = self.range.start;
        for at in self.range.clone() {
            let semicolon = self.cut.tokens.get(at).is_some_and(|token| token.is_mark(';'));
            if semicolon || self.breaks_before(at) {
                parts.push(Self { range: start..at, ..self.clone() });
                start = if semicolon { at + 1 } else { at };
            }
        }
        parts.push(Self { range: start..self.range.end, ..self.clone() });
        parts.into_iter().map(Self::trimmed).filter(|part| !part.range.is_empty()).collect()
    }

    /// Whether a line ends between this token and the one before.
    fn breaks_before(&self, at: usize) -> bool {
        let gap = at.checked_sub(1).and_then(|before| self.cut.places.get(before)).zip(self.cut.places.get(at));
        at > self.range.start && gap.and_then(|(a, b)| self.text.get(a.end..b.start)).is_some_and(|gap| gap.contains('\n'))
    }

    /// The tokens but for "phấn đấu" and the brackets that hold nothing else; whether it binds.
    pub fn without_aspiration(&self) -> (Vec<Token>, bool) {
        let mut cursor = Cursor::new(self.tokens());
        let mut kept = Vec::with_capacity(self.range.len());
        let mut binding = true;
        while let Some(first) = cursor.rest().first() {
            if cursor.attempt(aspiration).is_some() {
                binding = false;
            } else {
                kept.push(first.clone());
                cursor.skip(1);
            }
        }
        (trim_marks(&kept).to_vec(), binding)
    }

    fn trimmed(mut self) -> Self {
        let all = self.tokens();
        let kept = trim_front(all);
        self.range.start += all.len() - kept.len();
        self.range.end = self.range.start + trim_back(kept).len();
        self
    }
}

/// "phấn đấu", also in brackets.
pub(super) fn aspiration(cursor: &mut Cursor<'_>) -> Option<()> {
    let open = cursor.mark(&['(']);
    cursor.phrase("phấn đấu")?;
    if open.is_some() { cursor.mark(&[')']).map(|_| ()) } else { Some(()) }
}

fn trim_marks(tokens: &[Token]) -> &[Token] {
    trim_back(trim_front(tokens))
}

/// Drops list bullets before the words.
fn trim_front(mut tokens: &[Token]) -> &[Token] {
    while let Some((first, rest)) = tokens.split_first()
        && ['-', '+', '*', '•', ',', ';', ':'].iter().any(|mark| first.is_mark(*mark))
    {
        tokens = rest;
    }
    tokens
}

/// Drops punctuation after the words.
fn trim_back(mut tokens: &[Token]) -> &[Token] {
    while let Some((last, rest)) = tokens.split_last()
        && ['.', '…', ',', ';', ':', '!'].iter().any(|mark| last.is_mark(*mark))
    {
        tokens = rest;
    }
    tokens
}
