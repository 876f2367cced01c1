//! Lists of days of the calendar.

use super::{Content, List, Shape};
use crate::domain::imports::header::Column as C;

#[rustfmt::skip]
pub(super) const COLUMNS: &[Shape] = &[
    Shape::read(C::Number, "STT", 6, Content::Number, "Số thứ tự; có thể để trống."),
    Shape::read(C::Day, "Ngày", 12, Content::Day,
        "Ngày, dạng 31/12/2025. Mỗi ngày một dòng."),
    Shape::read(C::Kind, "Loại", 14, Content::One(List::DayKinds),
        "Nghỉ lễ, nghỉ bù (hoán đổi) hay làm bù: chọn trong danh sách."),
    Shape::read(C::Name, "Tên", 40, Content::Words,
        "Tên gọi. Ví dụ: Nghỉ hoán đổi dịp Quốc khánh."),
    Shape::read(C::Source, "Nguồn", 40, Content::Long,
        "Thông báo hoặc văn bản quy định."),
];
