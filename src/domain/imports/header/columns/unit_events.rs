//! Annexes of reorganisations.

use super::{Names, Needed, Table};
use crate::domain::imports::header::Column as C;

pub(super) const TABLE: Table = Table { names: NAMES, needed: NEEDED };

const NAMES: Names = &[
    (C::Number, &["stt", "tt", "so thu tu", "no", "no."]),
    (C::EffectiveOn, &["tu ngay", "ngay hieu luc", "hieu luc tu", "co hieu luc tu ngay", "effective on"]),
    (C::Subject, &["doi tuong", "of"]),
    (C::Kind, &["loai", "hinh thuc", "hinh thuc sap xep", "kind"]),
    (C::From, &["truoc", "truoc sap xep", "truoc khi sap xep", "don vi truoc sap xep", "from", "from code"]),
    (C::To, &["sau", "sau sap xep", "sau khi sap xep", "don vi sau sap xep", "to", "to code"]),
    (C::Handover, &["ban giao viec cho", "ban giao cho", "ban giao", "handover to"]),
    (C::LegalBasis, &["can cu", "can cu phap ly", "van ban", "legal basis"]),
    (C::Note, &["ghi chu", "note"]),
];

const NEEDED: Needed = &[(C::EffectiveOn, "Từ ngày"), (C::Kind, "Loại"), (C::From, "Trước"), (C::LegalBasis, "Căn cứ")];
