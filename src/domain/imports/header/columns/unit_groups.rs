//! Tables of groups of units.

use super::{Names, Needed, Table};
use crate::domain::imports::header::Column as C;

pub(super) const TABLE: Table = Table { names: NAMES, needed: NEEDED };

const NAMES: Names = &[
    (C::Number, &["stt", "tt", "so thu tu", "no", "no."]),
    (C::Code, &["ma", "ma nhom", "code"]),
    (C::Name, &["ten", "ten nhom", "nhom", "name"]),
    (C::Aliases, &["ten khac", "ten goi khac", "aliases"]),
    (C::Kind, &["loai don vi", "loai", "kinds", "kind"]),
    (C::Level, &["cap", "levels", "level"]),
    (C::Area, &["dia ban", "area", "area code"]),
    (C::System, &["khoi", "he thong", "system"]),
    (C::Members, &["don vi them", "them", "members"]),
    (C::Excluded, &["don vi tru", "tru", "excluded"]),
    (C::Note, &["ghi chu", "note"]),
];

const NEEDED: Needed = &[(C::Code, "Mã"), (C::Name, "Tên"), (C::Kind, "Loại đơn vị")];
