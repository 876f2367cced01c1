//! The words tables of calendar days use.

use super::Words;
use crate::domain::calendar_days::CalendarDayKind;

/// What a day is.
pub const KINDS: Words<CalendarDayKind> = &[
    (CalendarDayKind::Holiday, &["Nghỉ lễ", "nghỉ lễ, tết", "nghỉ tết", "ngày lễ", "holiday"]),
    (CalendarDayKind::DayOff, &["Nghỉ bù", "nghỉ hoán đổi", "day_off", "day off"]),
    (CalendarDayKind::WorkingDay, &["Làm bù", "làm việc bù", "đi làm bù", "working_day", "working day"]),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_has_a_word_of_its_own() {
        crate::domain::imports::words::tests::all_read_back(KINDS, CalendarDayKind::ALL);
    }
}
