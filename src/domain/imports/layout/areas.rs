//! Tables of areas.

use super::{Content, List, Shape};
use crate::domain::imports::header::Column as C;

pub(super) const COLUMNS: &[Shape] = &[
    Shape::read(C::Number, "STT", 6, Content::Number, "Số thứ tự; có thể để trống."),
    Shape::read(
        C::Code,
        "Mã",
        34,
        Content::Words,
        "Mã duy nhất, về sau không đổi: chữ thường không dấu, chữ số, gạch nối. Ví dụ: hg-huyen-vi-thuy. Dòng có mã đã biết sẽ sửa địa bàn đó.",
    ),
    Shape::read(C::Name, "Tên", 32, Content::Words, "Tên đầy đủ. Ví dụ: Huyện Vị Thủy."),
    Shape::read(C::Level, "Cấp", 18, Content::One(List::Levels), "Chọn trong danh sách."),
    Shape::read(
        C::Parent,
        "Thuộc",
        32,
        Content::One(List::Areas),
        "Địa bàn cấp trên: chọn trong danh sách, hoặc ghi mã, ghi tên của một dòng khác trong tệp. Tỉnh thì để trống.",
    ),
    Shape::read(C::ValidFrom, "Từ ngày", 12, Content::Day, "Ngày đầu tiên tồn tại, dạng 31/12/2025."),
    Shape::read(C::ValidTo, "Đến ngày", 12, Content::Day, "Ngày cuối cùng tồn tại, dạng 31/12/2025; còn tồn tại thì để trống."),
    Shape::read(C::Note, "Ghi chú", 40, Content::Long, "Ghi chú, chẳng hạn nguồn của thông tin."),
];
