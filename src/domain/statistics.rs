//! The official statistic (thống kê bốn loại): completed on time or late, open within the deadline or overdue, of
//! the work assigned in a period, as it stands at the period's end (QĐ 42/2014/QĐ-TTg, as provinces publish it).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::Id;
use super::dashboards::Basis;
use super::roll_up::TaskCounts;
use super::units::UnitKind;

/// Which work of which period.
#[derive(Debug, Default, Clone, PartialEq, Eq, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct StatisticsQuery {
    /// First day of assignment; if missing, whatever was assigned before `to`.
    #[param(example = "2020-01-01")]
    pub from: Option<NaiveDate>,
    /// Last day of assignment, and the day at whose end work is judged; today if missing. Not after today.
    #[param(example = "2020-07-06")]
    pub to: Option<NaiveDate>,
    /// Whose work a task is taken to be; `as_assigned` if missing.
    pub basis: Option<Basis>,
    /// Only units of these kinds; repeat for several. The total counts what they lead.
    #[serde(default)]
    pub kind: Vec<UnitKind>,
    /// Only tasks that carry out this resolution.
    pub resolution: Option<Id>,
    /// Only tasks of this programme itself.
    pub programme: Option<Id>,
    /// Only tasks of this field.
    pub field: Option<Id>,
}

/// Four classes that sum to the total, and what stands outside them.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({
    "total": 833, "completed": 585, "completed_on_time": 520, "completed_late": 65, "open_in_time": 67, "open_overdue": 181,
    "suspended": 0, "cancelled": 0
}))]
pub struct FourWay {
    /// The four classes together.
    pub total: u32,
    /// Đã hoàn thành: on time and late.
    pub completed: u32,
    /// Hoàn thành đúng hạn.
    pub completed_on_time: u32,
    /// Hoàn thành quá hạn.
    pub completed_late: u32,
    /// Đang thực hiện trong hạn: in time, due soon, or without a deadline.
    pub open_in_time: u32,
    /// Đang thực hiện quá hạn.
    pub open_overdue: u32,
    /// Suspended work, outside the four.
    pub suspended: u32,
    /// Cancelled work, outside the four.
    pub cancelled: u32,
}

impl From<&TaskCounts> for FourWay {
    fn from(counts: &TaskCounts) -> Self {
        let completed = counts.completed_on_time + counts.completed_late;
        let open_in_time = counts.open() - counts.open_overdue;
        Self {
            total: completed + open_in_time + counts.open_overdue,
            completed,
            completed_on_time: counts.completed_on_time,
            completed_late: counts.completed_late,
            open_in_time,
            open_overdue: counts.open_overdue,
            suspended: counts.suspended,
            cancelled: counts.cancelled,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Quảng Nam, 1 January to 6 July 2020: 833 tasks, 585 completed, 67 within their deadline, 181 overdue.
    #[test]
    fn a_published_statistic_adds_up() {
        let counts = TaskCounts {
            total: 835,
            completed_on_time: 500,
            completed_late: 85,
            open_in_time: 40,
            open_due_soon: 20,
            open_no_deadline: 7,
            open_overdue: 181,
            suspended: 2,
            cancelled: 0,
        };
        let four = FourWay::from(&counts);
        assert_eq!((four.total, four.completed, four.open_in_time, four.open_overdue), (833, 585, 67, 181));
        assert_eq!(four.total + four.suspended + four.cancelled, counts.total);
    }
}
