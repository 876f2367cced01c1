//! The steps of one part: "hoàn thành đầu tư quý IV/2026, vận hành thương mại năm 2027".

use std::ops::Range;

use super::Context;
use super::free_words::{Matcher, is_about, starts_with, take};
use super::grammar::{Sentence, dated, leading};
use super::milestones::Step;
use super::written::{Written, aspiration};
use crate::domain::date_words::tokens::{Cursor, Token};

/// Longer than this is no name of a step.
const LONGEST: usize = 40;

/// One step as it is being read.
#[derive(Clone, Debug, Default)]
struct Draft {
    words: Range<usize>,
    date: Option<(Range<usize>, Sentence)>,
    named: bool,
    trailing: bool,
    aspires: bool,
}

/// Reads the steps of a part; `None` if a date stands without a name of its own, a step has two
/// dates, or any word could turn a date.
pub(super) fn steps(part: &Written<'_>, context: &Context, is: Matcher) -> Option<Vec<Step>> {
    let drafts = drafts(part.tokens(), is)?;
    let several = drafts.len() > 1;
    drafts.into_iter().map(|draft| step(&draft, part, context, is, several)).collect()
}

fn drafts(tokens: &[Token], is: Matcher) -> Option<Vec<Draft>> {
    let cursor = &mut Cursor::new(tokens);
    let mut done: Vec<Draft> = Vec::new();
    let mut draft = Draft::default();
    loop {
        let at = tokens.len() - cursor.rest().len();
        draft.words.end = at;
        if cursor.done() {
            break;
        }
        let separator = cursor.attempt(|c| c.mark(&[',']).map(|_| ()).or_else(|| c.word(&["và"])));
        if separator.is_some() {
            if draft.date.is_some() {
                done.push(std::mem::take(&mut draft));
                draft.words = at + 1..at + 1;
            }
        } else {
            draft.piece(cursor, tokens, at, is)?;
        }
    }
    match (draft.date.is_some(), done.last_mut()) {
        (true, _) => done.push(draft),
        // Words after the last comma belong to the step before: "quý II/2027 lập hồ sơ, trình UBND".
        (false, Some(last)) => last.extend(&draft),
        (false, None) => return None,
    }
    Some(done)
}

impl Draft {
    /// Reads a date, words of the column, or free words.
    fn piece(&mut self, cursor: &mut Cursor<'_>, tokens: &[Token], at: usize, is: Matcher) -> Option<()> {
        if cursor.attempt(aspiration).is_some() {
            self.aspires = true;
            return Some(());
        }
        if let Some(date) = dated(cursor) {
            let end = tokens.len() - cursor.rest().len();
            let first = self.date.replace((at..end, date)).is_none();
            return first.then_some(());
        }
        if leading(cursor).is_none() {
            let taken = take(cursor.rest(), is)?;
            self.named |= taken.names;
            self.trailing |= taken.names && self.date.is_some();
            cursor.skip(taken.count);
        } else {
            self.trailing |= self.date.is_some();
        }
        Some(())
    }

    /// Takes in words without a date.
    fn extend(&mut self, rest: &Self) {
        self.words.end = rest.words.end;
        self.named |= rest.named;
        self.trailing |= rest.named;
        self.aspires |= rest.aspires;
    }
}

fn step(draft: &Draft, part: &Written<'_>, context: &Context, is: Matcher, several: bool) -> Option<Step> {
    let tokens = part.tokens();
    let (at, date) = draft.date.as_ref()?;
    let before = tokens.get(draft.words.start..at.start)?;
    let own = tokens.get(draft.words.clone())?;
    // Beside several dates, words that follow one could belong to the next.
    if !draft.named || own.len() > LONGEST || (several && draft.trailing) {
        return None;
    }
    // "2027", "30/6/2022" without a word of time: a number only a place at the end makes a date.
    let number = matches!(tokens.get(at.start), Some(Token::Number { .. }));
    if number && (date.lacks_year() || date.is_bare_month() || draft.trailing) {
        return None;
    }
    let says = |phrase: &str| (0..before.len()).any(|i| before.get(i..).is_some_and(|rest| starts_with(rest, phrase, is).is_some()));
    let reviews = ["sơ kết", "sở kết", "tổng kết"].iter().any(|phrase| says(phrase));
    let about = date.is_loose() && is_about(before, is);
    let begins = ["khởi động", "khởi công", "bắt đầu"].iter().any(|phrase| starts_with(before, phrase, is).is_some());
    let reading = date.reading(context)?;
    Some(Step {
        text: part.slice(&draft.words),
        reading,
        named: true,
        begins,
        reviews,
        loose: date.is_loose(),
        about,
        binding: !draft.aspires,
    })
}
