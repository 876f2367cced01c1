//! Tables of units.

use super::{Content, List, Shape};
use crate::domain::imports::header::Column as C;

pub(super) const COLUMNS: &[Shape] = &[
    Shape::read(C::Number, "STT", 6, Content::Number, "Số thứ tự; có thể để trống."),
    Shape::read(
        C::Code,
        "Mã",
        34,
        Content::Words,
        "Mã duy nhất, về sau không đổi: chữ thường không dấu, chữ số, gạch nối. Ví dụ: hg-so-y-te. Dòng có mã đã biết sẽ sửa đơn vị đó.",
    ),
    Shape::read(C::AgencyCode, "Mã định danh", 14, Content::Words, "Mã định danh điện tử, nếu có. Ví dụ: H30.14."),
    Shape::read(C::Name, "Tên", 36, Content::Words, "Tên đầy đủ. Ví dụ: Sở Y tế."),
    Shape::read(C::Kind, "Loại", 26, Content::One(List::Kinds), "Chọn trong danh sách."),
    Shape::read(C::System, "Khối", 12, Content::One(List::Systems), "Chọn trong danh sách; để trống thì suy từ loại."),
    Shape::read(
        C::Parent,
        "Cấp trên",
        34,
        Content::One(List::Units),
        "Đơn vị cấp trên trong cùng khối: chọn trong danh sách, hoặc ghi mã, ghi tên của một dòng khác trong tệp. Không có thì để trống.",
    ),
    Shape::read(C::Area, "Địa bàn", 26, Content::One(List::Areas), "Địa bàn nơi đơn vị hoạt động: chọn trong danh sách, hoặc ghi mã."),
    Shape::read(C::ValidFrom, "Từ ngày", 12, Content::Day, "Ngày đầu tiên tồn tại, dạng 31/12/2025."),
    Shape::read(C::ValidTo, "Đến ngày", 12, Content::Day, "Ngày cuối cùng tồn tại, dạng 31/12/2025; còn tồn tại thì để trống."),
    Shape::read(C::Note, "Ghi chú", 40, Content::Long, "Ghi chú, chẳng hạn nguồn của thông tin."),
];
