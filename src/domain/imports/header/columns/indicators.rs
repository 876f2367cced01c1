//! Annexes of indicators. Columns of targets are known by the years in their names.

use super::{Names, Needed, Table};
use crate::domain::imports::header::Column as C;

pub(super) const TABLE: Table = Table { names: NAMES, needed: NEEDED };

const NAMES: Names = &[
    (C::Number, &["stt", "tt", "so thu tu", "no", "no."]),
    (C::Document, &["van ban", "nghi quyet", "so ky hieu", "resolution"]),
    (C::Name, &["chi tieu", "ten chi tieu", "noi dung chi tieu", "indicator"]),
    (C::Measure, &["dvt", "don vi tinh", "don vi", "unit"]),
    (C::Direction, &["chieu danh gia", "chieu", "direction"]),
    (C::Aggregation, &["cach gop cac nam", "cach gop", "aggregation"]),
    (C::Lead, &["co quan chu tri", "don vi chu tri", "chu tri", "don vi bao cao", "lead unit"]),
    (C::Source, &["nguon", "source"]),
];

const NEEDED: Needed = &[(C::Name, "Chỉ tiêu"), (C::Target, "Mục tiêu 2025")];
