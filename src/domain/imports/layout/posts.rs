//! Tables of posts.

use super::{Content, List, Shape};
use crate::domain::imports::header::Column as C;

#[rustfmt::skip]
pub(super) const COLUMNS: &[Shape] = &[
    Shape::read(C::Number, "STT", 6, Content::Number, "Số thứ tự; có thể để trống."),
    Shape::read(C::Unit, "Đơn vị", 34, Content::One(List::Units),
        "Đơn vị có chức danh: chọn trong danh sách, hoặc ghi mã."),
    Shape::read(C::Title, "Chức danh", 30, Content::Words,
        "Chức danh. Ví dụ: Giám đốc. Cùng đơn vị, cùng chức danh là một; mỗi người giữ chức ghi một dòng."),
    Shape::read(C::Holder, "Họ tên", 26, Content::Words,
        "Họ tên người giữ chức danh; khuyết thì để trống."),
    Shape::read(C::ValidFrom, "Từ ngày", 12, Content::Day,
        "Ngày đầu tiên giữ chức, dạng 31/12/2025; chưa rõ thì để trống."),
    Shape::read(C::ValidTo, "Đến ngày", 12, Content::Day,
        "Ngày cuối cùng giữ chức, dạng 31/12/2025; đang giữ thì để trống."),
];
