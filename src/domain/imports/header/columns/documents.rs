//! Tables of documents: resolutions and programmes in one list.

use super::{Names, Needed, Table};
use crate::domain::imports::header::Column as C;

pub(super) const TABLE: Table = Table { names: NAMES, needed: NEEDED };

const NAMES: Names = &[
    (C::Number, &["stt", "tt", "so thu tu", "no", "no."]),
    (C::Symbol, &["so ky hieu", "so va ky hieu", "so hieu", "so van ban", "ky hieu", "so", "number"]),
    (C::Kind, &["loai", "loai van ban", "ten loai", "the loai", "kind"]),
    (C::Title, &["trich yeu", "trich yeu noi dung", "ten", "ten van ban", "tieu de", "noi dung", "title"]),
    (C::Level, &["cap", "cap ban hanh", "level"]),
    (C::Issuer, &["co quan ban hanh", "noi ban hanh", "don vi ban hanh", "co quan", "issuer"]),
    (C::IssuedOn, &["ngay ban hanh", "ngay thang", "ngay thang nam", "ngay van ban", "ngay", "issued on"]),
    (C::Term, &["nhiem ky", "term"]),
    (C::Scope, &["pham vi", "scope"]),
    (C::ScopeYear, &["nam", "nam thuc hien", "scope year", "year"]),
    (C::Period, &["giai doan", "period"]),
    (C::State, &["tinh trang", "trang thai", "state"]),
    (C::Implements, &["thuc hien van ban", "trien khai van ban", "cu the hoa van ban", "implements"]),
    (C::Source, &["nguon", "source"]),
];

const NEEDED: Needed = &[(C::Kind, "Loại"), (C::Title, "Trích yếu"), (C::Issuer, "Cơ quan ban hành")];
