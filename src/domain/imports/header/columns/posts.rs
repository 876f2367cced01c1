//! Tables of posts and who held them.

use super::{Names, Needed, Table};
use crate::domain::imports::header::Column as C;

pub(super) const TABLE: Table = Table { names: NAMES, needed: NEEDED };

const NAMES: Names = &[
    (C::Number, &["stt", "tt", "so thu tu", "no", "no."]),
    (C::Unit, &["don vi", "co quan", "co quan don vi", "unit"]),
    (C::Title, &["chuc danh", "chuc vu", "title"]),
    (C::Holder, &["ho ten", "ho va ten", "nguoi giu", "name"]),
    (C::ValidFrom, &["tu ngay", "ngay nhan", "from", "held from"]),
    (C::ValidTo, &["den ngay", "den het ngay", "to", "held to"]),
];

const NEEDED: Needed = &[(C::Unit, "Đơn vị"), (C::Title, "Chức danh")];
