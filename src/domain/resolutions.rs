//! Resolutions (nghị quyết) and how documents relate.

use std::collections::{HashMap, HashSet};

use super::Id;

text_enum! {
    /// Kind of a resolution.
    pub enum ResolutionKind {
        /// Nghị quyết đại hội.
        Congress = "congress",
        /// Nghị quyết chuyên đề.
        Thematic = "thematic",
        /// Nghị quyết của Hội đồng nhân dân.
        Council = "council",
        /// Kết luận.
        Conclusion = "conclusion",
        /// Chỉ thị.
        Directive = "directive",
        /// Quyết định.
        Decision = "decision",
    }
}

text_enum! {
    /// Level of the body that issued a resolution.
    pub enum ResolutionLevel {
        /// Trung ương.
        Central = "central",
        /// Tỉnh.
        Province = "province",
        /// Huyện.
        District = "district",
        /// Xã.
        Commune = "commune",
    }
}

text_enum! {
    /// From which day the three and five years of the review cycle run.
    pub enum CycleAnchor {
        /// The first day of the term (default).
        TermStart = "term_start",
        /// The day of issue.
        IssuedOn = "issued_on",
    }
}

text_enum! {
    /// What one document is to another.
    pub enum Relation {
        /// Cụ thể hóa, thực hiện.
        Implements = "implements",
        /// Điều chỉnh, bổ sung.
        Amends = "amends",
        /// Tiếp theo (the next theme after a theme).
        Follows = "follows",
        /// Liên quan.
        Relates = "relates",
    }
}

/// Every document that `start` implements, directly or through others, itself included.
/// `implements` maps a document to those it implements; circles do no harm.
pub fn implemented_by(start: Id, implements: &HashMap<Id, Vec<Id>>) -> HashSet<Id> {
    let mut seen = HashSet::from([start]);
    let mut waiting = vec![start];
    while let Some(document) = waiting.pop() {
        for next in implements.get(&document).into_iter().flatten() {
            if seen.insert(*next) {
                waiting.push(*next);
            }
        }
    }
    seen
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::DateTime;

    #[test]
    fn a_programme_reaches_every_resolution_above_it_once() {
        let ids: Vec<Id> = (0..4).map(|s| Id::new(DateTime::from_timestamp(1_600_000_000 + s, 0).unwrap())).collect();
        let [programme, thematic, congress, other] = ids[..] else { panic!() };
        let implements = HashMap::from([(programme, vec![thematic, congress]), (thematic, vec![congress]), (congress, vec![programme])]);
        let reached = implemented_by(programme, &implements);
        assert_eq!(reached, HashSet::from([programme, thematic, congress]));
        assert!(!reached.contains(&other));
    }
}
