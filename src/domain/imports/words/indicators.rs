//! The words annexes of indicators use.

use super::Words;
use crate::domain::indicators::Aggregation;
use crate::domain::targets::TargetDirection;

/// Which way is better.
pub const DIRECTIONS: Words<TargetDirection> = &[
    (TargetDirection::Increase, &["Càng cao càng tốt", "tăng", "increase"]),
    (TargetDirection::Decrease, &["Càng thấp càng tốt", "giảm", "decrease"]),
    (TargetDirection::Rank, &["Thứ hạng", "xếp hạng", "rank"]),
    (TargetDirection::Range, &["Giữ trong khoảng", "trong khoảng", "range"]),
];

/// How several years come to one.
pub const AGGREGATIONS: Words<Aggregation> = &[
    (Aggregation::End, &["Cuối kỳ", "đến cuối kỳ", "end"]),
    (Aggregation::Total, &["Cộng dồn", "cộng dồn cả kỳ", "total"]),
    (Aggregation::Average, &["Bình quân", "bình quân năm", "average"]),
    (Aggregation::EveryYear, &["Hằng năm", "every_year", "every year"]),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_has_a_word_of_its_own() {
        crate::domain::imports::words::tests::all_read_back(DIRECTIONS, TargetDirection::ALL);
        crate::domain::imports::words::tests::all_read_back(AGGREGATIONS, Aggregation::ALL);
    }
}
