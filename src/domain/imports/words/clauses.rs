//! The words tables of clauses use.

use super::Words;
use crate::domain::clauses::ClauseKind;

/// What clauses state.
pub const KINDS: Words<ClauseKind> = &[
    (ClauseKind::Section, &["Phần, mục", "phần", "mục", "section"]),
    (ClauseKind::Objective, &["Mục tiêu", "objective"]),
    (ClauseKind::Indicator, &["Chỉ tiêu", "indicator"]),
    (ClauseKind::Breakthrough, &["Đột phá", "khâu đột phá", "đột phá chiến lược", "breakthrough"]),
    (ClauseKind::Task, &["Nhiệm vụ", "task"]),
    (ClauseKind::Solution, &["Giải pháp", "solution"]),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_has_a_word_of_its_own() {
        crate::domain::imports::words::tests::all_read_back(KINDS, ClauseKind::ALL);
    }
}
