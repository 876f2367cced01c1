//! Lateness (chậm tiến độ): how many days, and how often deadlines were moved.

use serde::Serialize;
use utoipa::ToSchema;

use super::roll_up::Counted;
use super::timeliness::Timeliness;

/// Ends of the classes of days late; the last class has none.
pub const CLASSES: [i64; 3] = [30, 90, 180];

/// How late a set of tasks is.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[schema(example = json!({
    "overdue": 9, "completed_late": 4, "overdue_by": {"up_to_30": 3, "up_to_90": 2, "up_to_180": 3, "more": 1},
    "longest_days": 212, "rescheduled": 2, "overdue_by_original": 10
}))]
pub struct Lateness {
    /// Open tasks whose deadline has passed.
    pub overdue: u32,
    /// Completed tasks that were late.
    pub completed_late: u32,
    /// The overdue ones by their days.
    pub overdue_by: OverdueBy,
    /// Days of the longest overdue; `null` if none is.
    #[schema(required)]
    pub longest_days: Option<i64>,
    /// Tasks whose deadline was changed since they were issued.
    pub rescheduled: u32,
    /// What would be overdue had no deadline been changed.
    pub overdue_by_original: u32,
}

/// Overdue tasks by the days since their deadline. Published statistics single out those of more than a quarter
/// or half a year.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct OverdueBy {
    /// 1 to 30 days.
    pub up_to_30: u32,
    /// 31 to 90 days.
    pub up_to_90: u32,
    /// 91 to 180 days.
    pub up_to_180: u32,
    /// More than 180 days.
    pub more: u32,
}

impl OverdueBy {
    fn add(&mut self, days: i64) {
        let [month, quarter, half] = CLASSES;
        let class = match days {
            days if days <= month => &mut self.up_to_30,
            days if days <= quarter => &mut self.up_to_90,
            days if days <= half => &mut self.up_to_180,
            _ => &mut self.more,
        };
        *class += 1;
    }
}

impl Lateness {
    /// Takes in a counted task; `days_late` as `timeliness::judge` tells it.
    pub fn add(&mut self, task: &Counted, days_late: Option<i64>) {
        self.rescheduled += u32::from(task.rescheduled);
        self.overdue_by_original += u32::from(task.original == Some(Timeliness::Overdue));
        self.completed_late += u32::from(task.timeliness == Some(Timeliness::Late));
        if task.timeliness == Some(Timeliness::Overdue) {
            self.overdue += 1;
            self.overdue_by.add(days_late.unwrap_or_default());
            self.longest_days = self.longest_days.max(days_late);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_day_of_a_class_belongs_to_it() {
        let mut by = OverdueBy::default();
        [1, 30, 31, 90, 91, 180, 181, 4000].into_iter().for_each(|days| by.add(days));
        assert_eq!(by, OverdueBy { up_to_30: 2, up_to_90: 2, up_to_180: 2, more: 2 });
    }
}
