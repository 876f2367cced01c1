//! Lists of conferences.

use super::{Content, List, Shape};
use crate::domain::imports::header::Column as C;

#[rustfmt::skip]
pub(super) const COLUMNS: &[Shape] = &[
    Shape::read(C::Number, "STT", 6, Content::Number, "Số thứ tự; có thể để trống."),
    Shape::read(C::Document, "Văn bản", 28, Content::One(List::Documents),
        "Số ký hiệu hoặc trích yếu của văn bản được học tập, quán triệt."),
    Shape::read(C::Title, "Tên hội nghị", 48, Content::Words,
        "Tên hội nghị. Cùng văn bản, cùng tên, cùng ngày là cùng hội nghị ở lần nhập sau."),
    Shape::read(C::Kind, "Loại", 24, Content::One(List::ConferenceKinds),
        "Chọn trong danh sách."),
    Shape::read(C::Level, "Cấp", 14, Content::One(List::ConferenceLevels),
        "Chọn trong danh sách."),
    Shape::read(C::Host, "Đơn vị tổ chức", 30, Content::One(List::Units),
        "Chọn trong danh sách; cơ quan không có trong danh sách thì ghi bằng lời."),
    Shape::read(C::State, "Tình trạng", 16, Content::One(List::ConferenceStates),
        "Để trống: ngày đã qua là đã tổ chức, còn lại là dự kiến."),
    Shape::read(C::HeldOn, "Ngày", 14, Content::Words,
        "Ngày tổ chức, dạng 31/12/2025; cũng có thể ghi: tháng 12/2020, quý I/2021."),
    Shape::read(C::HeldTo, "Đến ngày", 12, Content::Day,
        "Ngày cuối, nếu tổ chức nhiều ngày, dạng 31/12/2025."),
    Shape::read(C::Reason, "Lý do", 24, Content::Words,
        "Lý do không tổ chức: bắt buộc khi tình trạng là không tổ chức."),
    Shape::read(C::Formats, "Hình thức", 22, Content::Several(List::ConferenceFormats),
        "Nhiều hình thức thì cách nhau bằng dấu chấm phẩy."),
    Shape::read(C::SiteCount, "Số điểm cầu", 10, Content::Number,
        "Số điểm cầu. Ví dụ: 336."),
    Shape::read(C::Attendance, "Số người dự", 22, Content::Words,
        "Như báo cáo ghi. Ví dụ: hơn 16.000 cán bộ, đảng viên."),
    Shape::read(C::Audience, "Đối tượng", 34, Content::Words,
        "Các đối tượng, cách nhau bằng dấu chấm phẩy, có thể kèm số người. Ví dụ: Đội ngũ doanh nhân (khoảng 300)."),
    Shape::read(C::Presenters, "Báo cáo viên", 34, Content::Words,
        "Chức danh, không ghi tên người; nhiều người thì cách nhau bằng dấu chấm phẩy. Chức danh đã có thì ghi: Giám đốc, Sở Y tế."),
    Shape::read(C::CombinedWith, "Kết hợp với", 26, Content::Words,
        "Hội nghị được lồng ghép cùng, nếu có."),
    Shape::read(C::Source, "Nguồn", 30, Content::Long,
        "Thông tin này lấy từ đâu."),
];
