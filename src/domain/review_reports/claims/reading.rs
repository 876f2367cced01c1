//! Reads the sentence of a paper: which of its numbers is the score, and which stand beside "vượt" and "đạt".

use super::WrittenScore;
use crate::domain::text;

/// What a written score says, and whether it says "vượt" of some without a number that can be read; none where it holds no score.
pub fn read(text: &str) -> Option<(WrittenScore, bool)> {
    let words = words(text);
    let place = score(&words)?;
    let Word::Pair(reached, total) = *words.get(place)? else { return None };
    let after = words.get(place + 1..)?;
    let own = own(after).map(|(at, _)| place + 1 + at);
    let beside = words.iter().enumerate().map(|(at, word)| match *word {
        Word::Pair(number, _) if at > place || verdict(&words, at) == Some(Word::Exceeded) => Word::Number(number),
        Word::Met if own == Some(at) => Word::Plain,
        word => word,
    });
    let beside: Vec<Word> = beside.collect();
    let told: Vec<(Word, u32)> = told(beside.get(place + 1..)?).into_iter().chain(told(beside.get(..place)?)).collect();
    let of = |verdict: Word| told.iter().find(|(word, _)| *word == verdict).map(|(_, number)| *number);
    let written = WrittenScore { reached, total, exceeded: of(Word::Exceeded), met: of(Word::Met) };
    Some((written, written.exceeded.is_none() && claims_exceeded(after)))
}

/// A word of a written score, as far as it matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Word {
    /// X/Y.
    Pair(u32, u32),
    Number(u32),
    /// Anything else with digits: a date, a percentage, the number of a document.
    Figure,
    Met,
    Exceeded,
    Both,
    OtherVerdict,
    Indicator,
    OfThese,
    /// Joins what is told.
    And,
    /// May stand between a number and its verdict: "8 chỉ tiêu đều vượt".
    Filler,
    /// May stand between a verdict and its number: "vượt: 8".
    Link,
    Comma,
    Stop,
    Plain,
}

/// The longer phrases before those they begin with.
const PHRASES: &[(Word, &[&str])] = &[
    (Word::Both, &["cơ bản đạt và vượt", "đạt và vượt", "đạt hoặc vượt", "đạt vượt", "đạt/vượt", "vượt và đạt"]),
    (Word::OtherVerdict, &["cơ bản đạt", "không đạt", "chưa đạt", "khó đạt", "không vượt", "chưa vượt"]),
    (Word::Met, &["đạt"]),
    (Word::Exceeded, &["vượt"]),
    (Word::Indicator, &["chỉ tiêu"]),
    (Word::OfThese, &["trong đó"]),
    (Word::And, &["và", "còn"]),
    (Word::Filler, &["đã", "đều", "hoàn thành"]),
    (Word::Link, &[":", "là", "có", "được", "mức", "kế hoạch"]),
    (Word::Comma, &[",", "-"]),
    (Word::Stop, &["."]),
];

const TO_VERDICT: &[Word] = &[Word::Indicator, Word::Filler];
const TO_NUMBER: &[Word] = &[Word::Indicator, Word::Filler, Word::Link];

/// From here on a total is taken for a year, unless "đạt" or "chỉ tiêu" is said of it.
const YEARS: u32 = 1900;

fn words(text: &str) -> Vec<Word> {
    let text = apart(&text::nfc(text).to_lowercase());
    let tokens: Vec<&str> = text.split_whitespace().collect();
    let (mut rest, mut before) = (tokens.as_slice(), "");
    let mut words: Vec<Word> = Vec::new();
    while let [first, tail @ ..] = rest {
        let (word, left) = phrase(rest).unwrap_or_else(|| (figure(first, before), tail));
        // A percentage in brackets interrupts nothing.
        if word == Word::Comma && words.ends_with(&[Word::Comma, Word::Figure]) {
            words.truncate(words.len() - 2);
        } else {
            words.push(word);
        }
        (before, rest) = (*first, left);
    }
    for at in 0..words.len() {
        // "Đạt, vượt" is "đạt và vượt", unless a number follows.
        let both = match words.get(at..) {
            Some([Word::Met, Word::Comma, Word::Exceeded, rest @ ..]) => taken(Word::Exceeded, rest).is_none(),
            _ => false,
        };
        if both && let Some(three) = words.get_mut(at..at + 3) {
            three.copy_from_slice(&[Word::Both, Word::Plain, Word::Plain]);
        }
    }
    words
}

/// A text whose signs stand apart from its words; not those between digits.
fn apart(text: &str) -> String {
    let mut apart = String::with_capacity(text.len());
    let mut before = ' ';
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let inside = before.is_ascii_digit() && letters.peek().is_some_and(char::is_ascii_digit);
        match letter {
            ',' | '.' | '–' if inside => apart.push(letter),
            ',' | ';' | '(' | ')' | '–' | '—' => apart.push_str(" , "),
            '.' | '\n' => apart.push_str(" . "),
            ':' => apart.push_str(" : "),
            '"' | '“' | '”' | '*' => apart.push(' '),
            _ => apart.push(letter),
        }
        before = letter;
    }
    apart
}

/// The phrase some words begin with, and the words after it.
fn phrase<'a, 'b>(words: &'a [&'b str]) -> Option<(Word, &'a [&'b str])> {
    let after = |phrase: &&str| {
        let length = phrase.split(' ').count();
        let (begin, rest) = words.split_at_checked(length)?;
        phrase.split(' ').eq(begin.iter().copied()).then_some(rest)
    };
    PHRASES.iter().find_map(|(word, phrases)| Some((*word, phrases.iter().find_map(after)?)))
}

/// A word that is no phrase, after another.
fn figure(word: &str, before: &str) -> Word {
    let number = |part: &str| -> Option<u32> { if part.bytes().all(|byte| byte.is_ascii_digit()) { part.parse().ok() } else { None } };
    let dated = matches!(before, "tháng" | "quý" | "năm" | "ngày");
    let pair = word.split_once('/').and_then(|(reached, total)| Some((number(reached)?, number(total)?)));
    match (pair, number(word)) {
        (Some((reached, total)), _) if reached <= total && !dated => Word::Pair(reached, total),
        (_, Some(number)) if !dated => Word::Number(number),
        _ if word.contains(|letter: char| letter.is_ascii_digit()) => Word::Figure,
        _ => Word::Plain,
    }
}

/// Where the pair stands that is the score: the first of which "đạt" or "chỉ tiêu" is said, or else the first; never one of those exceeded.
fn score(words: &[Word]) -> Option<usize> {
    let ranked = words.iter().enumerate().filter_map(|(place, word)| {
        let Word::Pair(_, total) = *word else { return None };
        let after = words.get(place + 1..)?;
        let said = match (own(after), verdict(words, place)) {
            (_, Some(Word::Exceeded | Word::OtherVerdict)) => return None,
            // Of "đến 1/9 đạt 16/18" it is said of the second.
            (Some((at, _)), _) => !matches!(past(after.get(at + 1..)?, TO_NUMBER), [Word::Pair(..), ..]),
            (None, Some(_)) => true,
            (None, None) => clause(after).iter().any(|word| matches!(word, Word::Indicator | Word::Met)),
        };
        (said || total < YEARS).then_some((!said, total >= YEARS, place))
    });
    ranked.min().map(|(_, _, place)| place)
}

fn clause(words: &[Word]) -> &[Word] {
    let ends = |word: &Word| matches!(word, Word::Comma | Word::Stop | Word::OfThese | Word::Pair(..) | Word::Number(_) | Word::Figure);
    words.get(..words.iter().position(ends).unwrap_or(words.len())).unwrap_or_default()
}

fn is_verdict(word: Word) -> bool {
    matches!(word, Word::Met | Word::Exceeded | Word::Both | Word::OtherVerdict)
}

/// The verdict that is said of the pair before these words: the first of its clause, unless it has a number of its own.
fn own(after: &[Word]) -> Option<(usize, Word)> {
    let (at, verdict) = clause(after).iter().copied().enumerate().find(|(_, word)| is_verdict(*word))?;
    taken(verdict, after.get(at + 1..)?).is_none().then_some((at, verdict))
}

/// The verdict of the pair that stands at a place: after it, or before it as in "đạt 16/18".
fn verdict(words: &[Word], place: usize) -> Option<Word> {
    let own = own(words.get(place + 1..)?).map(|(_, verdict)| verdict);
    let before = words.get(..place)?.iter().rev().find(|word| !TO_NUMBER.contains(word)).copied();
    own.or(before.filter(|word| is_verdict(*word)))
}

fn past<'a>(words: &'a [Word], over: &[Word]) -> &'a [Word] {
    let first = words.iter().position(|word| !over.contains(word)).unwrap_or(words.len());
    words.get(first..).unwrap_or_default()
}

/// The number that follows a verdict, and the words after both: "vượt 8", but not "vượt 8 tỷ đồng", nor the 5 of "7 vượt 5 đạt".
fn taken(verdict: Word, after: &[Word]) -> Option<(u32, &[Word])> {
    let [Word::Number(number), rest @ ..] = past(after, TO_NUMBER) else { return None };
    let ends = match past(rest, TO_VERDICT) {
        [next, rest @ ..] if is_verdict(*next) => taken(*next, rest).is_some(),
        [Word::Comma | Word::Stop | Word::And | Word::OfThese, ..] | [] => true,
        _ => rest.first() == Some(&Word::Indicator),
    };
    (ends && matches!(verdict, Word::Met | Word::Exceeded | Word::OtherVerdict)).then_some((*number, rest))
}

/// The numbers told beside verdicts, in their order: "8 vượt", "vượt 8".
fn told(mut words: &[Word]) -> Vec<(Word, u32)> {
    let mut told = Vec::new();
    while let [word, rest @ ..] = words {
        words = rest;
        if let Some((number, rest)) = taken(*word, rest) {
            told.push((*word, number));
            words = rest;
        } else if let (Word::Number(number), [verdict, rest @ ..]) = (*word, past(rest, TO_VERDICT))
            && is_verdict(*verdict)
            && taken(*verdict, rest).is_none()
        {
            told.push((*verdict, number));
            words = rest;
        }
    }
    told
}

/// Whether "vượt" is said of some of the indicators in the words after the score.
fn claims_exceeded(after: &[Word]) -> bool {
    let of_these = |part: &[Word]| part.iter().skip_while(|word| **word != Word::OfThese).any(|word| *word == Word::Exceeded);
    let of_indicators = |part: &[Word]| part.contains(&Word::Exceeded) && part.contains(&Word::Indicator);
    after.split(|word| *word == Word::Stop).any(of_these)
        || after.split(|word| matches!(word, Word::Comma | Word::Stop)).any(of_indicators)
        // "Đạt và vượt 10": nobody can tell what the number is of.
        || after.split(|word| *word == Word::Both).skip(1).any(|rest| taken(Word::Exceeded, rest).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;
    use unicode_normalization::UnicodeNormalization;

    type Numbers = (u32, u32, Option<u32>, Option<u32>);

    /// Reached, total, exceeded, met, in whatever letters it is written; none where it cannot be read, or not all of it.
    fn numbers(text: &str) -> Option<Numbers> {
        let of = |text: &str| match read(text) {
            Some((WrittenScore { reached, total, exceeded, met }, false)) => Some((reached, total, exceeded, met)),
            _ => None,
        };
        assert_eq!(of(&text.to_uppercase()), of(text), "{text}");
        assert_eq!(of(&text.nfd().collect::<String>()), of(text), "{text}");
        of(text)
    }

    #[test]
    fn a_date_or_a_number_of_a_document_is_no_score() {
        for text in [
            "Đến tháng 9/2023, 16/18 chỉ tiêu đạt và vượt",
            "Đến ngày 30/9/2023, 16/18 đạt và vượt",
            "Từ ngày 1/9 có 16/18 chỉ tiêu đạt, vượt kế hoạch",
            "Quý III/2023: 16/18 chỉ tiêu đạt",
            "Đến 9/2023: 16/18 hoàn thành",
            "Đến 1/9 đạt 16/18",
            "Nhiệm kỳ 2020/2025 có 18 chỉ tiêu, 16/18 chỉ tiêu đạt và vượt",
            "Theo Nghị quyết 04-NQ/TU và Kế hoạch 17/KH-UBND, 16/18 chỉ tiêu đạt và vượt",
            "2/18 chỉ tiêu không đạt; 16/18 đạt và vượt",
        ] {
            assert_eq!(numbers(text), Some((16, 18, None, None)), "{text}");
        }
        for text in ["9/2023", "tháng 9/12 đạt", "19/18 đạt", "16/18 chỉ tiêu vượt", "Vượt kế hoạch 16/18 chỉ tiêu", "16/18 chưa đạt"]
        {
            assert_eq!(numbers(text), None, "{text}");
        }
    }

    #[test]
    fn a_number_stands_before_its_verdict_or_after_it() {
        let (some, both) = (Some((16, 18, Some(8), None)), Some((16, 18, Some(8), Some(6))));
        let cases = [
            ("16/18 đạt và vượt, trong đó vượt 8", some),
            ("16/18 đạt và vượt, trong đó vượt 8 chỉ tiêu", some),
            ("16/18 đạt và vượt; vượt: 8", some),
            ("16/18 đạt và vượt (8 vượt)", some),
            ("16/18 chỉ tiêu (88,89%) đạt và vượt, trong đó có 8 chỉ tiêu vượt", some),
            ("Kết quả: 16/18 chỉ tiêu đạt, vượt; trong đó số chỉ tiêu vượt là 8", some),
            ("Đạt và vượt 16/18 chỉ tiêu, vượt 8/18 chỉ tiêu", some),
            ("8/18 chỉ tiêu vượt, 16/18 chỉ tiêu đạt và vượt", some),
            ("16/18 chỉ tiêu đạt: 8 vượt, 6 đạt", both),
            ("16/18, vượt 8 đạt 6 không đạt 2", both),
            ("16/18: 8 vượt 6 đạt 2 không đạt", both),
            ("16/18 đạt và vượt.\nTrong đó, vượt: 8 chỉ tiêu; đạt: 6 chỉ tiêu.", both),
            ("8 vượt, 6 đạt: 16/18 chỉ tiêu", both),
            ("16/18 chỉ tiêu đạt và vượt; năm 2022 vượt dự toán 10%", Some((16, 18, None, None))),
        ];
        for (text, expected) in cases {
            assert_eq!(numbers(text), expected, "{text}");
        }
    }

    #[test]
    fn what_is_said_to_exceed_needs_a_number() {
        for end in ["trong đó nhiều chỉ tiêu vượt", "trong đó tám vượt", "có chỉ tiêu vượt cao", "trong đó vượt 10 tỷ đồng"]
        {
            let text = format!("16/18 chỉ tiêu đạt và vượt, {end}");
            assert_eq!((read(&text).map(|(_, unread)| unread), numbers(&text)), (Some(true), None), "{text}");
        }
        assert_eq!(numbers("16/18 chỉ tiêu đạt và vượt 8"), None, "one cannot tell of what");
        assert_eq!(numbers("16/18 chỉ tiêu đạt và vượt; thu ngân sách vượt dự toán"), Some((16, 18, None, None)));
    }
}
