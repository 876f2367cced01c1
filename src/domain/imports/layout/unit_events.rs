//! Annexes of reorganisations.

use super::{Content, List, Shape};
use crate::domain::imports::header::Column as C;

#[rustfmt::skip]
pub(super) const COLUMNS: &[Shape] = &[
    Shape::read(C::Number, "STT", 6, Content::Number, "Số thứ tự; có thể để trống."),
    Shape::read(C::EffectiveOn, "Từ ngày", 12, Content::Day,
        "Ngày đầu tiên có hiệu lực, dạng 31/12/2025; bên cũ kết thúc vào ngày hôm trước."),
    Shape::read(C::Subject, "Đối tượng", 12, Content::One(List::EventSubjects),
        "Đơn vị hay địa bàn; để trống là đơn vị."),
    Shape::read(C::Kind, "Loại", 16, Content::One(List::EventKinds),
        "Chọn trong danh sách."),
    Shape::read(C::From, "Trước", 40, Content::Words,
        "Tên hoặc mã trước khi sắp xếp; nhiều tên thì cách nhau bằng dấu chấm phẩy. Sáp nhập cũng có thể ghi mỗi bên cũ một dòng liền nhau."),
    Shape::read(C::To, "Sau", 40, Content::Words,
        "Tên hoặc mã sau khi sắp xếp; chia tách thì kèm tỷ lệ. Ví dụ: Sở A (0,6); Sở B (0,4), hoặc Sở A 60%. Giải thể thì để trống."),
    Shape::read(C::Handover, "Bàn giao việc cho", 30, Content::One(List::Units),
        "Đơn vị nhận mọi việc còn dở của bên chia tách, giải thể."),
    Shape::read(C::LegalBasis, "Căn cứ", 28, Content::Words,
        "Văn bản là căn cứ. Mọi dòng cùng ngày, cùng căn cứ là một lần sắp xếp, được ghi cùng lúc hoặc không ghi gì."),
    Shape::read(C::Note, "Ghi chú", 30, Content::Long,
        "Ghi chú, chẳng hạn nguồn của thông tin."),
];
