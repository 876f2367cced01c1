//! Tables of units.

use super::{Names, Needed, Table};
use crate::domain::imports::header::Column as C;

pub(super) const TABLE: Table = Table { names: NAMES, needed: NEEDED };

const NAMES: Names = &[
    (C::Number, &["stt", "tt"]),
    (C::Code, &["ma", "ma don vi", "code"]),
    (C::AgencyCode, &["ma dinh danh", "ma dinh danh dien tu", "agency code"]),
    (C::Name, &["ten", "ten don vi", "don vi", "ten co quan don vi", "co quan don vi", "name"]),
    (C::Kind, &["loai", "loai don vi", "loai hinh", "kind"]),
    (C::System, &["khoi", "he thong", "system"]),
    (C::Parent, &["cap tren", "don vi cap tren", "truc thuoc", "co quan cap tren", "parent code", "parent"]),
    (C::Area, &["dia ban", "thuoc dia ban", "ma dia ban", "area code", "area"]),
    (C::ValidFrom, &["co tu ngay", "tu ngay", "hieu luc tu", "valid from"]),
    (C::ValidTo, &["den ngay", "den het ngay", "hieu luc den", "valid to"]),
    (C::Note, &["ghi chu", "note"]),
];

const NEEDED: Needed = &[(C::Code, "Mã"), (C::Name, "Tên"), (C::Kind, "Loại"), (C::Area, "Địa bàn"), (C::ValidFrom, "Từ ngày")];
