//! Tables of areas.

use super::{Names, Needed, Table};
use crate::domain::imports::header::Column as C;

pub(super) const TABLE: Table = Table { names: NAMES, needed: NEEDED };

const NAMES: Names = &[
    (C::Number, &["stt", "tt"]),
    (C::Code, &["ma", "ma dia ban", "code"]),
    (C::Name, &["ten", "ten dia ban", "dia ban", "name"]),
    (C::Level, &["cap", "cap dia ban", "level"]),
    (C::Parent, &["thuoc", "thuoc dia ban", "dia ban cap tren", "ma cap tren", "parent code", "parent"]),
    (C::ValidFrom, &["co tu ngay", "tu ngay", "hieu luc tu", "valid from"]),
    (C::ValidTo, &["den ngay", "den het ngay", "hieu luc den", "valid to"]),
    (C::Note, &["ghi chu", "note"]),
];

const NEEDED: Needed = &[(C::Code, "Mã"), (C::Name, "Tên"), (C::Level, "Cấp"), (C::ValidFrom, "Từ ngày")];
