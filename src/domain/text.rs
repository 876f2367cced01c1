//! Vietnamese text as keys: one normal form, a search key without diacritics, a dictionary order.

use unicode_normalization::UnicodeNormalization;

/// The text in Unicode normal form C, the only form that is stored.
pub fn nfc(text: &str) -> String {
    text.nfc().collect()
}

/// The search key of a text: lower case, no diacritics, đ as d, white space collapsed and trimmed.
///
/// NFC and NFD input give the same key.
pub fn fold(text: &str) -> String {
    let mut key = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !key.is_empty() {
            key.push(' ');
        }
        let letters = word.nfd().filter(|c| !is_mark(*c));
        key.extend(letters.flat_map(char::to_lowercase).map(plain_d));
    }
    key
}

/// The letter below a precomposed, lower-case letter: `ế` gives `e`, `đ` gives `d`.
pub(crate) fn base_letter(letter: char) -> char {
    plain_d(std::iter::once(letter).nfd().next().unwrap_or(letter))
}

/// An ASCII key whose byte order is Vietnamese dictionary order.
///
/// Alphabet: a ă â b c d đ e ê f g h i j k l m n o ô ơ p q r s t u ư v w x y z, digits before
/// letters, other scripts after z, case ignored, anything else counted as a space. The tone of
/// each syllable (ngang, huyền, hỏi, ngã, sắc, nặng) only breaks a tie, so that "hòa" and "hoà"
/// are equal. The key is not meant to be shown.
pub fn sort_key(text: &str) -> String {
    let mut key = SortKey::default();
    let mut letters = text.nfd().peekable();
    while let Some(letter) = letters.next() {
        let mut marks = Marks::default();
        while let Some(mark) = letters.next_if(|c| is_mark(*c)) {
            marks.add(mark);
        }
        key.push(letter, &marks);
    }
    key.finish()
}

/// Combining diacritical marks, the block every Vietnamese accent decomposes into.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

/// đ does not decompose; old fonts wrote the Icelandic eth for it.
fn plain_d(c: char) -> char {
    match c {
        'đ' | 'ð' => 'd',
        other => other,
    }
}

/// What stood on one letter.
#[derive(Default)]
struct Marks {
    tone: Option<char>,
    shape: Option<char>,
}

impl Marks {
    fn add(&mut self, mark: char) {
        match mark {
            '\u{300}' => self.tone = Some('1'),
            '\u{309}' => self.tone = Some('2'),
            '\u{303}' => self.tone = Some('3'),
            '\u{301}' => self.tone = Some('4'),
            '\u{323}' => self.tone = Some('5'),
            '\u{302}' | '\u{306}' | '\u{31b}' => self.shape = Some(mark),
            _ => {}
        }
    }
}

/// Syllables are parted by '!' and the tones follow after ' ', both below every digit and letter,
/// so that a shorter text stands before its continuations.
#[derive(Default)]
struct SortKey {
    letters: String,
    tones: String,
    tone: Option<char>,
    in_syllable: bool,
}

impl SortKey {
    fn push(&mut self, letter: char, marks: &Marks) {
        if !letter.is_alphanumeric() {
            self.end_syllable();
            return;
        }
        if !self.in_syllable {
            if !self.letters.is_empty() {
                self.letters.push('!');
            }
            self.in_syllable = true;
        }
        for lower in letter.to_lowercase() {
            push_letter(&mut self.letters, lower, marks.shape);
        }
        self.tone = marks.tone.or(self.tone);
    }

    fn end_syllable(&mut self) {
        if self.in_syllable {
            self.tones.push(self.tone.unwrap_or('0'));
            self.tone = None;
            self.in_syllable = false;
        }
    }

    fn finish(mut self) -> String {
        self.end_syllable();
        if self.letters.is_empty() {
            return self.letters;
        }
        self.letters.push(' ');
        self.letters + &self.tones
    }
}

/// '{' < '}' < '~' all stand after 'z': "ă" (`a}`) sorts after "az" and before "â" (`a~`), and
/// other scripts (`{03b1`) sort after z but never between a letter and its variants.
fn push_letter(key: &mut String, letter: char, shape: Option<char>) {
    if letter.is_ascii() {
        key.push(letter);
        match (letter, shape) {
            ('a', Some('\u{306}')) | ('e' | 'o', Some('\u{302}')) | ('u', Some('\u{31b}')) => {
                key.push('}');
            }
            ('a', Some('\u{302}')) | ('o', Some('\u{31b}')) => key.push('~'),
            _ => {}
        }
    } else if plain_d(letter) == 'd' {
        key.push_str("d}");
    } else {
        key.push_str(&format!("{{{:06x}", u32::from(letter)));
    }
}

#[cfg(test)]
mod tests {
    use super::{fold, nfc, sort_key};
    use proptest::prelude::*;
    use unicode_normalization::UnicodeNormalization;

    fn assert_order(words: &[&str]) {
        for (left, right) in words.iter().zip(words.iter().skip(1)) {
            assert!(sort_key(left) < sort_key(right), "{left} < {right}");
        }
    }

    #[test]
    fn fold_strips_diacritics_case_and_spaces() {
        let cases = [
            ("  Đảng   uỷ \t Hậu Giang\n", "dang uy hau giang"),
            ("ĐỀ ÁN ƯU TIÊN", "de an uu tien"),
            ("NGHỊ QUYẾT số 04-NQ/TU", "nghi quyet so 04-nq/tu"),
            ("Ðảng", "dang"),
            ("", ""),
        ];
        for (text, key) in cases {
            assert_eq!(fold(text), key);
        }
    }

    #[test]
    fn nfd_equals_nfc() {
        let composed = "Sở Giáo dục và Đào tạo, Ủy ban nhân dân tỉnh Sóc Trăng, quý IV, đường";
        let decomposed: String = composed.nfd().collect();
        assert_ne!(composed, decomposed);
        assert_eq!(nfc(&decomposed), composed);
        assert_eq!(fold(&decomposed), fold(composed));
        assert_eq!(sort_key(&decomposed), sort_key(composed));
    }

    #[test]
    fn the_alphabet_is_in_order() {
        assert_order(&[
            "0", "9", "a", "ă", "â", "b", "c", "d", "đ", "e", "ê", "f", "g", "h", "i", "j", "k", "l", "m", "n", "o", "ô", "ơ", "p", "q",
            "r", "s", "t", "u", "ư", "v", "w", "x", "y", "z", "α",
        ]);
    }

    #[test]
    fn tones_break_ties_only() {
        assert_order(&["ma", "mà", "mả", "mã", "má", "mạ", "mab"]);
        assert_order(&["Hai Bà Trưng", "Hải Châu", "Hải Dương", "Hải Hậu"]);
        assert_order(&["ba lá", "bà la", "bà lá", "bà lạ"]);
        assert_order(&["an ninh", "an toàn", "anh", "ăn", "ân", "ba", "Châu Thành", "đa", "e"]);
        assert_eq!(sort_key("HOÀ  BÌNH"), sort_key("hòa bình"));
        assert_eq!(sort_key("04-NQ/TU"), sort_key("04 nq tu"));
    }

    #[test]
    fn districts_of_hau_giang() {
        let mut names = ["Vị Thủy", "Phụng Hiệp", "Ngã Bảy", "Long Mỹ", "Châu Thành A", "Châu Thành"];
        names.sort_by_key(|name| sort_key(name));
        assert_eq!(names, ["Châu Thành", "Châu Thành A", "Long Mỹ", "Ngã Bảy", "Phụng Hiệp", "Vị Thủy"]);
    }

    proptest! {
        #[test]
        fn fold_is_idempotent(text in any::<String>()) {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }

        #[test]
        fn keys_ignore_the_normal_form(text in "[a-zA-ZăâđêôơưĂÂĐÊÔƠƯàảãáạấầẩẫậếềểễệốồổỗộứừửữự0-9 ,.-]{0,40}") {
            let decomposed: String = text.nfd().collect();
            prop_assert_eq!(fold(&decomposed), fold(&text));
            prop_assert_eq!(sort_key(&decomposed), sort_key(&text));
        }

        #[test]
        fn sort_key_is_printable_ascii(text in any::<String>()) {
            prop_assert!(sort_key(&text).bytes().all(|b| (b' '..=b'~').contains(&b)));
        }
    }
}
