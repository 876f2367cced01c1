//! Annexes of indicators.

use super::{Content, List, Shape};
use crate::domain::imports::header::Column as C;

#[rustfmt::skip]
pub(super) const COLUMNS: &[Shape] = &[
    Shape::read(C::Number, "STT", 6, Content::Words, "Số in trong phụ lục: 7, 7a. Có thể để trống."),
    Shape::read(C::Document, "Văn bản", 30, Content::One(List::Documents),
        "Số ký hiệu hoặc tên của nghị quyết, kế hoạch; để trống nếu đã chọn khi nhập."),
    Shape::read(C::Name, "Chỉ tiêu", 56, Content::Words,
        "Tên chỉ tiêu. Dòng bắt đầu bằng gạch ngang hoặc “Trong đó” là chỉ tiêu con của dòng trên. Cùng văn bản, cùng tên là cùng chỉ tiêu."),
    Shape::read(C::Measure, "Đơn vị tính", 16, Content::Words, "Ví dụ: %, triệu đồng, hạng."),
    Shape::read(C::Direction, "Chiều đánh giá", 20, Content::One(List::TargetDirections),
        "Chọn trong danh sách; để trống là càng cao càng tốt."),
    Shape::read(C::Aggregation, "Cách gộp các năm", 18, Content::One(List::Aggregations),
        "Chọn trong danh sách; để trống là giá trị cuối kỳ."),
    Shape::read(C::Target, "Mục tiêu giai đoạn 2021-2025", 24, Content::Words,
        "Nguyên lời văn bản: 6,5-7; trên 80%; nhóm 30 tỉnh đầu. Đổi năm trong tên cột cho đúng giai đoạn."),
    Shape::read(C::Target, "Mục tiêu 2025", 18, Content::Words,
        "Mỗi cột một kỳ, tên cột có năm; có thể thêm cột cho từng năm."),
    Shape::read(C::Lead, "Cơ quan chủ trì", 30, Content::One(List::Units), "Đơn vị báo cáo chỉ tiêu."),
    Shape::read(C::Source, "Nguồn", 30, Content::Long, "Văn bản, trang, đường dẫn."),
];
