//! Words that may stand beside a date in a cell: the name of a step, and nothing that could turn
//! the date.
//!
//! A cell of the deadline column that holds free words and exactly one date says when the step that
//! the words name is due: there is nothing else the date could belong to. That holds only while no word
//! relates the date to something else, so such words, and numbers, are no free words.

use super::phrases::TEMPORAL;
use crate::domain::date_words::tokens::Token;
use crate::domain::roman;

/// How a word is compared: exactly, or without diacritics in a text that has none.
pub(super) type Matcher = fn(&Token, &str) -> bool;

/// In a text with diacritics a word must carry its own, or every "Quảng Nam" would be a year.
pub(super) fn matcher(tokens: &[Token]) -> Matcher {
    if tokens.iter().any(Token::has_diacritics) { Token::is_exactly } else { Token::is_word }
}

/// Conditions, negations, alternatives, hedges and comparisons, and bounds that bound no date.
const TURNING: [&str; 25] = [
    "không", "chưa", "nếu", "khi", "sau", "trừ", "hoặc", "hay", "khoảng", "dự", "theo", "trước", "đến", "tới", "hết", "từ", "cuối", "đầu",
    "chậm", "muộn", "kỳ", "kì", "so", "căn", "vòng",
];

/// Ordinary words that begin with one of those, or look like one.
const COMPOUNDS: [&str; 22] = [
    "đầu tư",
    "đầu tiên",
    "đầu mối",
    "đầu ra",
    "đầu vào",
    "đầu nguồn",
    "cuối cùng",
    "cuối nguồn",
    "trước mắt",
    "trước hết",
    "liên quan đến",
    "hết sức",
    "từng bước",
    "nhiệm vụ",
    "trách nhiệm",
    "bổ nhiệm",
    "giai cấp",
    "dự án",
    "dự thảo",
    "dự toán",
    "dự trữ",
    "căn bản",
];

/// After these a year tells what a document is about, not when it is due: "kế hoạch năm 2027".
const ABOUT: [&str; 20] = [
    "kế hoạch",
    "báo cáo",
    "dự toán",
    "chương trình",
    "nghị quyết",
    "nghị định",
    "quyết định",
    "chỉ thị",
    "kết luận",
    "thông tư",
    "luật",
    "đại hội",
    "văn bản",
    "số liệu",
    "ngân sách",
    "chỉ tiêu",
    "nhiệm vụ",
    "sơ kết",
    "tổng kết",
    "của",
];

/// Nouns that are counted: "đợt 1", "lần thứ hai".
const COUNTED: [&str; 8] = ["đợt", "lần", "phần", "bước", "nhóm", "mốc", "thứ", "khối"];

const ORDINALS: [&str; 11] = ["nhất", "hai", "nhì", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười"];

/// Marks that may stand between words.
const MARKS: [char; 10] = [',', ':', '(', ')', '-', '"', '“', '”', '&', '+'];

/// What was taken from the front of the tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Taken {
    /// How many tokens.
    pub count: usize,
    /// Whether they can name a step; marks cannot.
    pub names: bool,
}

/// Takes free words, a share in percent or an ordinal from the front; `None` if what stands there
/// could turn a date.
pub(super) fn take(tokens: &[Token], is: Matcher) -> Option<Taken> {
    let first = tokens.first()?;
    let names = |count| Some(Taken { count, names: true });
    if MARKS.iter().any(|mark| first.is_mark(*mark)) {
        return Some(Taken { count: 1, names: false });
    }
    if let Some(count) = share(tokens).or_else(|| ordinal(tokens, is)) {
        return names(count);
    }
    if let Some(count) = COMPOUNDS.iter().find_map(|phrase| starts_with(tokens, phrase, is)) {
        return names(count);
    }
    let word = matches!(first, Token::Word { .. });
    let turns = TURNING.iter().any(|turning| is(first, turning)) || temporal(tokens, is);
    if word && !turns { names(1) } else { None }
}

/// Whether a date that follows these tokens says what they are about.
pub(super) fn is_about(tokens: &[Token], is: Matcher) -> bool {
    ABOUT.iter().any(|phrase| ends_with(tokens, phrase, is))
}

/// How many tokens of the front are this phrase.
pub(super) fn starts_with(tokens: &[Token], phrase: &str, is: Matcher) -> Option<usize> {
    let mut rest = tokens.iter();
    let mut length = 0;
    for word in phrase.split(' ') {
        rest.next().filter(|token| is(token, word))?;
        length += 1;
    }
    Some(length)
}

fn ends_with(tokens: &[Token], phrase: &str, is: Matcher) -> bool {
    let mut rest = tokens.iter().rev();
    phrase.split(' ').rev().all(|word| rest.next().is_some_and(|token| is(token, word)))
}

/// Whether a date may hide here that no rule has read.
fn temporal(tokens: &[Token], is: Matcher) -> bool {
    let Some((first, rest)) = tokens.split_first() else { return false };
    let quarter = ["quý", "quí", "qúy"].iter().any(|word| is(first, word));
    if quarter { !rest.first().is_some_and(|token| is_name(token, is)) } else { TEMPORAL.iter().any(|word| is(first, word)) }
}

/// "Xa" of "mỏ Quý Xa": neither a numeral nor a word of time.
fn is_name(token: &Token, is: Matcher) -> bool {
    let of_time = ["này", "nay", "tới", "sau", "trước", "đầu", "cuối", "hiện", "kế", "tiếp"];
    match token {
        Token::Word { folded, .. } => roman::parse(folded).is_none() && !of_time.iter().chain(&TEMPORAL).any(|word| is(token, word)),
        _ => false,
    }
}

/// "50%", "99,5%"
fn share(tokens: &[Token]) -> Option<usize> {
    let number = |token: &Token| matches!(token, Token::Number { .. });
    match tokens {
        [a, percent, ..] if number(a) && percent.is_mark('%') => Some(2),
        [a, comma, b, percent, ..] if number(a) && comma.is_mark(',') && number(b) && percent.is_mark('%') => Some(4),
        _ => None,
    }
}

/// "đợt 1", "thứ nhất"; not "lần 2027".
fn ordinal(tokens: &[Token], is: Matcher) -> Option<usize> {
    let [noun, second, ..] = tokens else { return None };
    if !COUNTED.iter().any(|counted| is(noun, counted)) {
        return None;
    }
    let small = matches!(second, Token::Number { digits: 1..=2, .. });
    let named = is(noun, "thứ") && ORDINALS.iter().any(|ordinal| is(second, ordinal));
    (small || named).then_some(2)
}
