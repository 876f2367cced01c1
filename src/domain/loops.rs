//! Open loops (chỉ đạo, kiến nghị chưa khép): what a leader told a unit or a unit asked of an authority, and nobody has
//! answered yet. A word that gets no answer is how a right resolution stays slow.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::dashboards::Basis;
use super::instructions::InstructionState;

/// What the dashboard of open loops may be asked for.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct LoopsQuery {
    /// As the system knew it at the end of this day in Vietnam; today if missing. Not after today.
    #[param(example = "2023-09-30")]
    pub as_of: Option<NaiveDate>,
    /// `current` finds what was addressed to a unit that has ended with the unit that answers for it; `as_assigned` if missing.
    pub basis: Option<Basis>,
}

/// What lies with a unit and waits.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[schema(example = json!({
    "instructions_open": 3, "instructions_overdue": 1, "instructions_answered": 2, "proposals_open": 4, "longest_days": 41
}))]
pub struct Loops {
    /// Instructions the unit owes an answer to.
    pub instructions_open: u32,
    /// Of those, the ones whose day to be answered by has passed.
    pub instructions_overdue: u32,
    /// Instructions the unit has answered, whose answer waits to be accepted.
    pub instructions_answered: u32,
    /// Proposals the unit was asked and has not answered.
    pub proposals_open: u32,
    /// Days the oldest of all these has stood so; `null` if there is none.
    #[schema(required)]
    pub longest_days: Option<i64>,
}

impl Loops {
    /// Takes in an instruction as it stood on a day, since when, and by when it was to be answered.
    pub fn add_instruction(&mut self, state: InstructionState, since: NaiveDate, due_on: Option<NaiveDate>, day: NaiveDate) {
        match state {
            InstructionState::Open => {
                self.instructions_open += 1;
                self.instructions_overdue += u32::from(due_on.is_some_and(|due| due < day));
            }
            InstructionState::Answered => self.instructions_answered += 1,
            InstructionState::Closed | InstructionState::Withdrawn => return,
        }
        self.wait(since, day);
    }

    /// Takes in a proposal that waited on a day, and since when.
    pub fn add_proposal(&mut self, since: NaiveDate, day: NaiveDate) {
        self.proposals_open += 1;
        self.wait(since, day);
    }

    /// Takes in what lies with another unit.
    pub fn merge(&mut self, other: &Self) {
        self.instructions_open += other.instructions_open;
        self.instructions_overdue += other.instructions_overdue;
        self.instructions_answered += other.instructions_answered;
        self.proposals_open += other.proposals_open;
        self.longest_days = self.longest_days.max(other.longest_days);
    }

    /// How many of them wait for somebody.
    pub fn waiting(&self) -> u32 {
        self.instructions_open + self.instructions_answered + self.proposals_open
    }

    /// Whether nothing waits.
    pub fn is_empty(&self) -> bool {
        self.longest_days.is_none()
    }

    fn wait(&mut self, since: NaiveDate, day: NaiveDate) {
        self.longest_days = self.longest_days.max(Some((day - since).num_days().max(0)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn what_is_closed_no_longer_waits() {
        let (mut loops, today) = (Loops::default(), day("2023-10-02"));
        assert!(loops.is_empty());
        loops.add_instruction(InstructionState::Closed, day("2023-01-01"), None, today);
        loops.add_instruction(InstructionState::Withdrawn, day("2023-01-01"), None, today);
        assert!(loops.is_empty());
        loops.add_instruction(InstructionState::Open, day("2023-09-30"), Some(today), today);
        loops.add_instruction(InstructionState::Open, day("2023-09-22"), Some(day("2023-10-01")), today);
        loops.add_instruction(InstructionState::Answered, day("2023-10-02"), Some(day("2023-10-01")), today);
        loops.add_proposal(day("2023-09-02"), today);
        let expected =
            Loops { instructions_open: 2, instructions_overdue: 1, instructions_answered: 1, proposals_open: 1, longest_days: Some(30) };
        assert_eq!((loops, loops.waiting()), (expected, 4), "the last day to answer is in time");
        let mut both = loops;
        both.merge(&Loops::default());
        assert_eq!(both, loops);
    }
}
