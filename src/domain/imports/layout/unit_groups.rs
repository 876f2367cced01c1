//! Tables of groups of units.

use super::{Content, List, Shape};
use crate::domain::imports::header::Column as C;

#[rustfmt::skip]
pub(super) const COLUMNS: &[Shape] = &[
    Shape::read(C::Number, "STT", 6, Content::Number, "Số thứ tự; có thể để trống."),
    Shape::read(C::Code, "Mã", 26, Content::Words,
        "Mã duy nhất, về sau không đổi: chữ thường không dấu, chữ số, gạch nối. Ví dụ: hg-cac-huyen."),
    Shape::read(C::Name, "Tên", 40, Content::Words,
        "Tên như văn bản ghi. Ví dụ: UBND các huyện, thị xã, thành phố."),
    Shape::read(C::Aliases, "Tên khác", 40, Content::Words,
        "Những cách gọi khác, cách nhau bằng dấu chấm phẩy; khi nhập nhiệm vụ, nhóm được nhận ra theo các tên này."),
    Shape::read(C::Kind, "Loại đơn vị", 26, Content::Several(List::Kinds),
        "Loại của những đơn vị thuộc nhóm; nhiều loại thì cách nhau bằng dấu chấm phẩy. Nhóm chỉ gồm đơn vị kể tên thì để trống."),
    Shape::read(C::Level, "Cấp", 18, Content::Several(List::Levels),
        "Cấp của địa bàn nơi đơn vị hoạt động; để trống là mọi cấp."),
    Shape::read(C::Area, "Địa bàn", 26, Content::One(List::Areas),
        "Chỉ những đơn vị trong địa bàn này; để trống là cả tỉnh."),
    Shape::read(C::System, "Khối", 12, Content::One(List::Systems),
        "Chỉ những đơn vị của khối này; để trống là mọi khối."),
    Shape::read(C::Members, "Đơn vị thêm", 34, Content::Several(List::Units),
        "Đơn vị thuộc nhóm ngoài quy tắc trên, cách nhau bằng dấu chấm phẩy."),
    Shape::read(C::Excluded, "Đơn vị trừ", 34, Content::Several(List::Units),
        "Đơn vị không thuộc nhóm dù đúng quy tắc, cách nhau bằng dấu chấm phẩy."),
    Shape::read(C::Note, "Ghi chú", 30, Content::Long,
        "Ghi chú, chẳng hạn nguồn của thông tin."),
];
