//! Tables of clauses of resolutions.

use super::{Names, Needed, Table};
use crate::domain::imports::header::Column as C;

pub(super) const TABLE: Table = Table { names: NAMES, needed: NEEDED };

const NAMES: Names = &[
    (C::Number, &["stt", "tt", "so thu tu", "no", "no."]),
    (C::Document, &["van ban", "nghi quyet", "so ky hieu", "resolution"]),
    (C::Path, &["muc", "vi tri", "dieu khoan", "path"]),
    (C::Kind, &["loai", "kind"]),
    (C::Heading, &["de muc", "tieu de", "ten muc", "heading"]),
    (C::Text, &["noi dung", "nguyen van", "text"]),
];

const NEEDED: Needed = &[(C::Path, "Mục"), (C::Kind, "Loại"), (C::Heading, "Đề mục")];
