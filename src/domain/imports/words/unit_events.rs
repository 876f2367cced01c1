//! The words annexes of reorganisations use.

use super::Words;
use crate::domain::unit_events::{EventSubject, UnitEventKind};

/// What something happens to.
pub const SUBJECTS: Words<EventSubject> =
    &[(EventSubject::Unit, &["Đơn vị", "cơ quan", "tổ chức", "unit"]), (EventSubject::Area, &["Địa bàn", "đơn vị hành chính", "area"])];

/// What happens.
pub const KINDS: Words<UnitEventKind> = &[
    (UnitEventKind::Merge, &["Sáp nhập", "hợp nhất", "sáp nhập, hợp nhất", "merge"]),
    (UnitEventKind::Split, &["Chia tách", "chia", "tách", "chia, tách", "split"]),
    (UnitEventKind::Rename, &["Đổi tên", "rename"]),
    (UnitEventKind::Dissolve, &["Giải thể", "kết thúc hoạt động", "giải thể, kết thúc", "dissolve"]),
    (UnitEventKind::Transfer, &["Chuyển giao", "chuyển giao nhiệm vụ", "transfer"]),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::imports::words::tests::all_read_back;

    #[test]
    fn every_value_has_a_word_of_its_own() {
        all_read_back(SUBJECTS, EventSubject::ALL);
        all_read_back(KINDS, UnitEventKind::ALL);
    }
}
