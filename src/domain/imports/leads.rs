//! Several units in one cell: who they are, and which part of the work each has.

use super::names::{Found, Index};
use super::sheet::one_line;
use crate::domain::text::fold;

/// One unit mentioned in a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// Its words, as written.
    pub words: String,
    /// Its part of the work, from the brackets behind it.
    pub part: Option<String>,
    /// Which unit that is.
    pub found: Found,
}

impl Mention {
    /// Whether the words mean many units at once: "UBND các xã, phường".
    pub fn is_group(&self) -> bool {
        let folded = fold(&self.words);
        ["cac ", "ubnd cac ", "uy ban nhan dan cac ", "cap uy cac "].iter().any(|begin| folded.starts_with(begin))
    }
}

/// What a cell of units says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Mentions {
    /// The units, in order.
    pub units: Vec<Mention>,
    /// What is said behind them: "— hai nhóm chủ trì theo phần việc".
    pub note: Option<String>,
}

/// Brackets that say only that each has a part.
const NO_PART: &[&str] = &["theo phan viec", "theo phan viec duoc giao", "theo chuc nang", "theo chuc nang nhiem vu", "theo linh vuc"];

/// The units of a cell. Names that hold a comma or "và" are looked for first, so that they are not
/// torn apart; what is known by no name stays together.
pub fn read(text: &str, index: &Index) -> Mentions {
    let mut mentions = Mentions::default();
    for piece in pieces(text, &[';', '\n', '•']) {
        let piece = bare(piece);
        if piece.is_empty() {
            continue;
        }
        let (piece, note) = without_note(piece, index);
        if let Some(note) = note {
            mentions.note = Some(mentions.note.map_or_else(|| note.clone(), |before| format!("{before}; {note}")));
        }
        mentions.units.extend(of_piece(&piece, index));
    }
    mentions
}

/// Without what is put before a list's items: "- ", "1. ", "Chủ trì:".
fn bare(piece: &str) -> &str {
    let piece = piece.trim().trim_start_matches(['-', '+', '*', '–', '.']).trim();
    match piece.split_once(':') {
        Some((role, rest)) if ["chu tri", "co quan chu tri", "don vi chu tri", "phoi hop"].contains(&fold(role).as_str()) => rest.trim(),
        _ => piece,
    }
}

/// Cuts at these marks, but not inside brackets.
fn pieces<'a>(text: &'a str, marks: &[char]) -> Vec<&'a str> {
    let (mut depth, mut start, mut pieces) = (0_u32, 0, Vec::new());
    for (at, letter) in text.char_indices() {
        match letter {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            mark if depth == 0 && marks.contains(&mark) => {
                pieces.push(text.get(start..at).unwrap_or_default());
                start = at + mark.len_utf8();
            }
            _ => {}
        }
    }
    pieces.push(text.get(start..).unwrap_or_default());
    pieces
}

/// A remark behind a long dash; a name may hold one too.
fn without_note(piece: &str, index: &Index) -> (String, Option<String>) {
    let cut = [" — ", " – "].iter().filter_map(|dash| piece.split_once(dash)).next();
    match cut {
        Some((before, note)) if !index.is_known(piece) && !index.is_known(note) => (before.trim().to_owned(), Some(note.trim().to_owned())),
        _ => (piece.to_owned(), None),
    }
}

fn of_piece(piece: &str, index: &Index) -> Vec<Mention> {
    let (name, part) = without_part(piece);
    if index.is_known(&name) {
        return vec![mention(&name, part, index)];
    }
    let segments = segments(piece);
    let mut mentions = Vec::new();
    let (mut at, mut unknown) = (0, None::<usize>);
    while at < segments.len() {
        let longest = (at..segments.len()).rev().find_map(|end| known_between(piece, &segments, at, end, index));
        let Some((end, found)) = longest else {
            unknown = unknown.or(Some(at));
            at += 1;
            continue;
        };
        if let Some(first) = unknown.take() {
            mentions.extend(words_between(piece, &segments, first, at - 1).map(|words| of_words(&words, index)));
        }
        mentions.push(found);
        at = end + 1;
    }
    if let Some(first) = unknown {
        mentions.extend(words_between(piece, &segments, first, segments.len().saturating_sub(1)).map(|words| of_words(&words, index)));
    }
    share_part(&mut mentions);
    mentions
}

/// Brackets behind the last of several are for all of them that have none.
fn share_part(mentions: &mut [Mention]) {
    let last = mentions.last().and_then(|last| last.part.clone());
    for mention in mentions.iter_mut().filter(|mention| mention.part.is_none()) {
        mention.part.clone_from(&last);
    }
}

fn of_words(words: &str, index: &Index) -> Mention {
    let (name, part) = without_part(words);
    mention(&name, part, index)
}

fn mention(name: &str, part: Option<String>, index: &Index) -> Mention {
    let part = part.filter(|part| !NO_PART.contains(&fold(part).as_str()));
    Mention { words: name.to_owned(), part, found: index.find(name) }
}

/// The name, and what stands in brackets behind it.
fn without_part(text: &str) -> (String, Option<String>) {
    let text = text.trim().trim_end_matches(['.', ',']).trim();
    let inside = text.strip_suffix(')').and_then(|rest| rest.rsplit_once('('));
    match inside {
        Some((name, part)) if !name.trim().is_empty() && !part.contains(')') => {
            (one_line(name), Some(one_line(part)).filter(|part| !part.is_empty()))
        }
        _ => (one_line(text), None),
    }
}

/// Where the parts of a piece begin and end, cut at commas, "và" and strokes outside brackets.
fn segments(piece: &str) -> Vec<(usize, usize)> {
    let (mut depth, mut start, mut found) = (0_u32, 0, Vec::new());
    let mut at = 0;
    while let Some(letter) = piece.get(at..).and_then(|rest| rest.chars().next()) {
        let rest = piece.get(at..).unwrap_or_default();
        let cut = match letter {
            '(' => {
                depth += 1;
                0
            }
            ')' => {
                depth = depth.saturating_sub(1);
                0
            }
            ',' | '/' if depth == 0 => 1,
            ' ' if depth == 0 => [" và ", " Và ", " VÀ "].iter().find(|and| rest.starts_with(*and)).map_or(0, |and| and.len()),
            _ => 0,
        };
        if cut > 0 {
            found.push((start, at));
            start = at + cut;
        }
        at += cut.max(letter.len_utf8());
    }
    found.push((start, piece.len()));
    found
}

fn words_between(piece: &str, segments: &[(usize, usize)], first: usize, last: usize) -> Option<String> {
    let (start, end) = (segments.get(first)?.0, segments.get(last)?.1);
    piece.get(start..end).map(one_line).filter(|words| !words.is_empty())
}

fn known_between(piece: &str, segments: &[(usize, usize)], first: usize, last: usize, index: &Index) -> Option<(usize, Mention)> {
    let words = words_between(piece, segments, first, last)?;
    let found = of_words(&words, index);
    matches!(found.found, Found::One(_) | Found::Several(_) | Found::Group(_)).then_some((last, found))
}

#[cfg(test)]
mod tests {
    use super::super::names::tests::{LAO_CAI, index};
    use super::*;
    use proptest::prelude::*;

    /// Units as numbers, unknown ones as words, each with its part.
    fn said(text: &str) -> Vec<(String, Option<String>)> {
        let found = |mention: Mention| match mention.found {
            Found::One(at) => (at.to_string(), mention.part),
            _ => (mention.words, mention.part),
        };
        read(text, &index(LAO_CAI)).units.into_iter().map(found).collect()
    }

    fn plain(text: &str) -> Vec<String> {
        said(text).into_iter().map(|(unit, _)| unit).collect()
    }

    #[test]
    fn names_with_commas_are_not_torn_apart() {
        assert_eq!(plain("Sở Văn hóa, Thể thao và Du lịch"), ["5"]);
        assert_eq!(plain("Sở Công Thương, Sở Văn hóa, Thể thao và Du lịch và Sở Tài chính"), ["1", "5", "2"]);
        assert_eq!(plain("Sở KH&CN; Sở NN&MT; UBND các xã, phường; doanh nghiệp"), ["4", "3", "UBND các xã, phường", "doanh nghiệp"]);
        assert_eq!(plain("Sở Công Thương; viện, trường; doanh nghiệp"), ["1", "viện, trường", "doanh nghiệp"]);
        assert_eq!(plain("- Sở Công Thương\n- Sở Tài chính\n"), ["1", "2"]);
        assert_eq!(plain("Chủ trì: Sở Công Thương"), ["1"]);
        assert_eq!(plain("Sở Công Thương/Sở Tài chính."), ["1", "2"]);
        assert_eq!(plain("; ;"), Vec::<String>::new());
    }

    #[test]
    fn parts_of_the_work_stay_with_their_units() {
        let part = |text: &str| Some(text.to_owned());
        let cell = "Sở Công Thương (cân đối, cấp phép); Sở NN&MT và UBND các xã, phường (GPMB) — HAI nhóm chủ trì theo phần việc";
        let wanted = [("1".into(), part("cân đối, cấp phép")), ("3".into(), part("GPMB")), ("UBND các xã, phường".into(), part("GPMB"))];
        assert_eq!(said(cell), wanted);
        let mentions = read(cell, &index(LAO_CAI));
        assert_eq!(mentions.note.as_deref(), Some("HAI nhóm chủ trì theo phần việc"));
        assert!(mentions.units[2].is_group() && !mentions.units[1].is_group());
        assert_eq!(said("Sở KH&CN; BQL Khu kinh tế (theo phần việc)"), [("4".into(), None), ("8".into(), None)]);
        assert_eq!(said("Sở NN&MT (bàn giao)"), [("3".into(), part("bàn giao"))]);
    }

    proptest! {
        #[test]
        fn no_cell_is_too_strange(text in "\\PC{0,80}") {
            let _ = read(&text, &index(LAO_CAI));
        }

        #[test]
        fn known_units_come_out_as_they_went_in(units in prop::collection::vec(0..LAO_CAI.len(), 1..6)) {
            let cell = units.iter().map(|at| LAO_CAI[*at]).collect::<Vec<_>>().join("; ");
            prop_assert_eq!(plain(&cell), units.iter().map(ToString::to_string).collect::<Vec<_>>());
        }
    }
}
