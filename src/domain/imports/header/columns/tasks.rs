//! Tables of tasks.

use super::{Names, Needed, Table};
use crate::domain::imports::header::Column as C;

pub(super) const TABLE: Table = Table { names: NAMES, needed: NEEDED };

const NAMES: Names = &[
    (C::Number, &["stt", "tt", "so tt", "so thu tu", "no", "no.", "number"]),
    (C::Id, &["ma", "ma nhiem vu", "ma so", "id", "external id"]),
    (
        C::Title,
        &[
            "nhiem vu",
            "noi dung nhiem vu",
            "noi dung",
            "ten nhiem vu",
            "noi dung cong viec",
            "cong viec",
            "nhiem vu giai phap",
            "noi dung thuc hien",
            "nhiem vu chu yeu",
            "task",
            "title",
        ],
    ),
    (C::Description, &["mo ta", "noi dung chi tiet", "chi tiet", "description"]),
    (
        C::Lead,
        &[
            "co quan chu tri",
            "don vi chu tri",
            "co quan don vi chu tri",
            "chu tri",
            "phan cong",
            "phan cong nhiem vu",
            "phan cong thuc hien",
            "phan cong chu tri",
            "don vi thuc hien",
            "co quan thuc hien",
            "lead",
            "lead unit",
        ],
    ),
    (
        C::Coordinating,
        &[
            "co quan phoi hop",
            "don vi phoi hop",
            "co quan don vi phoi hop",
            "phoi hop",
            "phan cong phoi hop",
            "coordinating units",
            "coordinating",
        ],
    ),
    (
        C::Deliverable,
        &[
            "san pham",
            "ket qua",
            "san pham dau ra",
            "ket qua san pham",
            "san pham ket qua",
            "ket qua dau ra",
            "san pham hoan thanh",
            "san pham du kien",
            "ket qua du kien",
            "deliverable",
        ],
    ),
    (
        C::Deadline,
        &[
            "thoi gian hoan thanh",
            "thoi gian thuc hien",
            "thoi han hoan thanh",
            "thoi han",
            "tien do",
            "tien do raw",
            "thoi gian",
            "tien do thuc hien",
            "tien do hoan thanh",
            "han hoan thanh",
            "deadline",
        ],
    ),
    (C::ReferenceDate, &["ngay tham chieu", "ngay van ban", "reference date"]),
    (C::Monitoring, &["co quan theo doi", "don vi theo doi", "theo doi", "monitoring unit"]),
    (C::Weight, &["trong so", "weight"]),
    (C::Scope, &["pham vi", "scope"]),
    (C::AssignedBy, &["nguoi giao", "giao boi", "assigned by"]),
    (C::AssignedOn, &["ngay giao", "assigned on"]),
    (C::AssigningDocument, &["van ban giao", "van ban giao viec", "assigning document"]),
    (C::Parent, &["thuoc nhiem vu", "nhiem vu cha", "ma nhiem vu chung", "parent"]),
    (C::Secrecy, &["do mat", "secrecy"]),
    (C::Source, &["nguon", "source"]),
    (
        C::Words,
        &[
            "ghi chu",
            "can cu",
            "chi tieu lien quan",
            "kinh phi",
            "nguon luc",
            "phuong phap",
            "nguon kinh phi",
            "du kien kinh phi",
            "note",
            "notes",
        ],
    ),
    (C::Shown, &["trang thai", "tinh trang", "han ngay", "da bao cao", "da xac nhan", "ngay hoan thanh", "so ngay cham"]),
];

const NEEDED: Needed = &[(C::Title, "Nhiệm vụ"), (C::Lead, "Cơ quan chủ trì")];
