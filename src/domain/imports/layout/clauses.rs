//! Tables of clauses.

use super::{Content, List, Shape};
use crate::domain::imports::header::Column as C;

#[rustfmt::skip]
pub(super) const COLUMNS: &[Shape] = &[
    Shape::read(C::Number, "STT", 6, Content::Number, "Số thứ tự; có thể để trống."),
    Shape::read(C::Document, "Văn bản", 30, Content::One(List::Resolutions),
        "Số ký hiệu hoặc tên của nghị quyết; để trống nếu đã chọn nghị quyết khi nhập."),
    Shape::read(C::Path, "Mục", 12, Content::Words,
        "Vị trí như văn bản đánh số, các cấp cách nhau bằng dấu chấm. Ví dụ: II.3.b. Cùng văn bản, cùng mục là cùng điều khoản."),
    Shape::read(C::Kind, "Loại", 16, Content::One(List::ClauseKinds),
        "Chọn trong danh sách."),
    Shape::read(C::Heading, "Đề mục", 56, Content::Words,
        "Đề mục, tối đa 1.000 ký tự."),
    Shape::read(C::Text, "Nội dung", 60, Content::Long,
        "Nguyên văn nội dung, nếu cần giữ; tối đa 20.000 ký tự."),
];
