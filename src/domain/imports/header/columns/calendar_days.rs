//! Lists of days of the calendar.

use super::{Names, Needed, Table};
use crate::domain::imports::header::Column as C;

pub(super) const TABLE: Table = Table { names: NAMES, needed: NEEDED };

const NAMES: Names = &[
    (C::Number, &["stt", "tt", "so thu tu", "no", "no."]),
    (C::Day, &["ngay", "day"]),
    (C::Kind, &["loai", "kind"]),
    (C::Name, &["ten", "ten goi", "noi dung", "name"]),
    (C::Source, &["nguon", "van ban", "can cu", "source"]),
];

const NEEDED: Needed = &[(C::Day, "Ngày"), (C::Kind, "Loại"), (C::Name, "Tên")];
