//! Lists of conferences.

use super::{Names, Needed, Table};
use crate::domain::imports::header::Column as C;

pub(super) const TABLE: Table = Table { names: NAMES, needed: NEEDED };

const NAMES: Names = &[
    (C::Number, &["stt", "tt", "so thu tu", "no", "no."]),
    (C::Document, &["van ban", "nghi quyet", "document"]),
    (C::Title, &["ten hoi nghi", "hoi nghi", "ten", "title"]),
    (C::Kind, &["loai", "loai hoi nghi", "kind"]),
    (C::Level, &["cap", "level"]),
    (C::Host, &["don vi to chuc", "co quan to chuc", "to chuc", "host"]),
    (C::State, &["tinh trang", "trang thai", "state"]),
    (C::HeldOn, &["ngay", "ngay to chuc", "thoi gian", "tu ngay", "held on"]),
    (C::HeldTo, &["den ngay", "den het ngay", "held to"]),
    (C::Reason, &["ly do", "reason"]),
    (C::Formats, &["hinh thuc", "formats"]),
    (C::SiteCount, &["so diem cau", "diem cau", "site count"]),
    (C::Attendance, &["so nguoi du", "so nguoi tham du", "so luong", "attendance"]),
    (C::Audience, &["doi tuong", "thanh phan", "audiences"]),
    (C::Presenters, &["bao cao vien", "presenters"]),
    (C::CombinedWith, &["ket hop voi", "long ghep voi", "combined with"]),
    (C::Source, &["nguon", "source"]),
];

const NEEDED: Needed =
    &[(C::Document, "Văn bản"), (C::Title, "Tên hội nghị"), (C::Kind, "Loại"), (C::Level, "Cấp"), (C::Host, "Đơn vị tổ chức")];
