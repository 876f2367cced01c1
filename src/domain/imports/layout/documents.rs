//! Tables of documents.

use super::{Content, List, Shape};
use crate::domain::imports::header::Column as C;

#[rustfmt::skip]
pub(super) const COLUMNS: &[Shape] = &[
    Shape::read(C::Number, "STT", 6, Content::Number, "Số thứ tự; có thể để trống."),
    Shape::read(C::Symbol, "Số ký hiệu", 18, Content::Words,
        "Như in trên văn bản. Ví dụ: 04-NQ/TU; 193/QĐ-UBND. Chưa có số thì để trống: văn bản được nhận ra theo loại, cơ quan ban hành và trích yếu."),
    Shape::read(C::Kind, "Loại", 26, Content::One(List::DocumentKinds), "Chọn trong danh sách."),
    Shape::read(C::Title, "Trích yếu", 56, Content::Words, "Tên hoặc trích yếu nội dung, tối đa 1.000 ký tự."),
    Shape::read(C::Level, "Cấp", 14, Content::One(List::DocumentLevels),
        "Cấp ban hành: bắt buộc với nghị quyết, kết luận, chỉ thị, quyết định; chương trình, kế hoạch thì để trống."),
    Shape::read(C::Issuer, "Cơ quan ban hành", 32, Content::One(List::Units),
        "Chọn trong danh sách; cơ quan không có trong danh sách thì ghi bằng lời."),
    Shape::read(C::IssuedOn, "Ngày ban hành", 14, Content::Words,
        "Như trong văn bản: 31/12/2025; cũng có thể ghi: tháng 8/2021, quý III/2021, 2021."),
    Shape::read(C::Term, "Nhiệm kỳ", 14, Content::One(List::Terms), "Ghi theo năm, chẳng hạn 2020-2025, hoặc theo khóa, chẳng hạn XIV."),
    Shape::read(C::Scope, "Phạm vi", 14, Content::One(List::ProgrammeScopes),
        "Chương trình, kế hoạch: cho cả nhiệm kỳ hay một năm. Để trống: có ghi Năm là một năm, không ghi là cả nhiệm kỳ."),
    Shape::read(C::ScopeYear, "Năm", 8, Content::Number, "Năm của chương trình, kế hoạch một năm. Ví dụ: 2021."),
    Shape::read(C::Period, "Giai đoạn", 14, Content::Words, "Những năm mà chương trình, đề án thực hiện. Ví dụ: 2021-2025."),
    Shape::read(C::State, "Tình trạng", 14, Content::One(List::ProgrammeStates),
        "Chương trình, kế hoạch: dự thảo hay đã ban hành. Để trống: có ngày ban hành là đã ban hành, không có là dự thảo."),
    Shape::read(C::Implements, "Thực hiện văn bản", 32, Content::Words,
        "Số ký hiệu hoặc trích yếu của văn bản được cụ thể hóa; nhiều văn bản thì cách nhau bằng dấu chấm phẩy. Có thể là một dòng khác của tệp."),
    Shape::read(C::Source, "Nguồn", 30, Content::Long, "Thông tin này lấy từ đâu."),
];
