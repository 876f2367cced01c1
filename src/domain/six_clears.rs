//! The six clears (6 rõ): what a task must say so that nobody can ask afterwards who was meant to do what.
//!
//! Người, việc, thời gian, trách nhiệm, sản phẩm, thẩm quyền, as offices check assignments before they are
//! approved (docs/API-DESIGN.md says of each when it is clear, and why so).

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use validator::Validate;

use super::Id;
use super::dashboards::Basis;
use super::deadline::DeadlineKind;
use super::tasks::Secrecy;

text_enum! {
    /// One of the six clears.
    pub enum Clear {
        /// Rõ người: beside the lead unit, which every task has, the post in it that answers in person.
        Who = "who",
        /// Rõ việc: a title or a scope in words.
        What = "what",
        /// Rõ thời gian: a deadline that names a day or a period, or is knowingly continuous or on demand.
        When = "when",
        /// Rõ trách nhiệm: the unit that monitors and verifies, to which the lead unit answers.
        Responsibility = "responsibility",
        /// Rõ sản phẩm: what is to be delivered.
        Product = "product",
        /// Rõ thẩm quyền: who assigned it, or the document or meeting that did.
        Authority = "authority",
    }
}

/// How many there are.
pub const SIX: usize = 6;

impl Clear {
    /// The field of a task that answers it, as errors point to it.
    pub fn pointer(self) -> &'static str {
        match self {
            Self::Who => "/accountable_post",
            Self::What => "/title",
            Self::When => "/deadline",
            Self::Responsibility => "/monitoring_unit",
            Self::Product => "/deliverable",
            Self::Authority => "/assigned_by",
        }
    }
}

/// Kinds of deadlines that are read and name no day: there is no time, or nobody can tell which. All others
/// name a day or a period, or say knowingly that the work is repeated, continuous or on demand.
pub const UNCLEAR_KINDS: [DeadlineKind; 3] = [DeadlineKind::Unresolved, DeadlineKind::UrgentNoDate, DeadlineKind::External];

/// What of a task the six clears ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClearFacts {
    /// A post answers for it.
    pub post: bool,
    /// It has a title or a scope.
    pub words: bool,
    /// How its deadline was read; none, if it has none.
    pub deadline: Option<DeadlineKind>,
    /// A unit monitors it.
    pub monitored: bool,
    /// It says what is to be delivered.
    pub product: bool,
    /// It says who or what assigned it.
    pub assigned: bool,
    /// Whether it is a stub: what a stub may not say, it does not lack.
    pub secrecy: Secrecy,
}

impl ClearFacts {
    /// What is not clear, in the order of the six.
    pub fn lacks(&self) -> Vec<Clear> {
        let stub = self.secrecy != Secrecy::None;
        let clear = |clear: &Clear| match clear {
            Clear::Who => self.post,
            Clear::What => self.words || stub,
            Clear::When => self.deadline.is_some_and(|kind| !UNCLEAR_KINDS.contains(&kind)),
            Clear::Responsibility => self.monitored,
            Clear::Product => self.product || stub,
            Clear::Authority => self.assigned || stub,
        };
        Clear::ALL.iter().copied().filter(|one| !clear(one)).collect()
    }
}

/// Of how many tasks something is not clear.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct ClearCounts {
    /// All counted tasks.
    pub total: u32,
    /// Those that lack at least one.
    pub unclear: u32,
    /// Those that lack each.
    pub lacking: Lacking,
}

/// Of how many tasks each of the six is not clear.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct Lacking {
    /// No accountable post.
    pub who: u32,
    /// No words that say what is to be done.
    pub what: u32,
    /// No deadline, or one without a day that is not knowingly so.
    pub when: u32,
    /// No monitoring unit.
    pub responsibility: u32,
    /// No deliverable.
    pub product: u32,
    /// Neither who nor what assigned it.
    pub authority: u32,
}

impl Lacking {
    /// Of how many tasks this one is not clear.
    pub fn of(&self, clear: Clear) -> u32 {
        match clear {
            Clear::Who => self.who,
            Clear::What => self.what,
            Clear::When => self.when,
            Clear::Responsibility => self.responsibility,
            Clear::Product => self.product,
            Clear::Authority => self.authority,
        }
    }

    fn one_more(&mut self, clear: Clear) {
        *match clear {
            Clear::Who => &mut self.who,
            Clear::What => &mut self.what,
            Clear::When => &mut self.when,
            Clear::Responsibility => &mut self.responsibility,
            Clear::Product => &mut self.product,
            Clear::Authority => &mut self.authority,
        } += 1;
    }
}

impl ClearCounts {
    /// Counts one more task.
    pub fn add(&mut self, facts: &ClearFacts) {
        let lacks = facts.lacks();
        self.total += 1;
        self.unclear += u32::from(!lacks.is_empty());
        lacks.into_iter().for_each(|clear| self.lacking.one_more(clear));
    }
}

/// Which of the six a province wants before a task is issued.
#[derive(Debug, Default, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"required": ["when", "responsibility", "product"]}))]
pub struct RequiredClearsDraft {
    /// These, each once; none, if empty.
    #[schema(max_items = 6)]
    #[validate(length(max = 6))]
    pub required: Vec<Clear>,
}

/// What the dashboard of the six clears may be asked for. It speaks of today: what a task says has no
/// history of its own.
#[derive(Debug, Default, Clone, PartialEq, Eq, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct SixClearsQuery {
    /// Whose work a task is taken to be; `as_assigned` if missing.
    pub basis: Option<Basis>,
    /// Only tasks that carry out this resolution: themselves, or through programmes and resolutions
    /// that implement it.
    pub resolution: Option<Id>,
    /// Only tasks of this breakthrough.
    pub breakthrough: Option<Id>,
    /// Only tasks of this pillar.
    pub pillar: Option<Id>,
    /// Only tasks of this programme itself.
    pub programme: Option<Id>,
    /// Only tasks of this field.
    pub field: Option<Id>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::text_enum::assert_names;
    use proptest::prelude::*;

    const CLEAR: ClearFacts = ClearFacts {
        post: true,
        words: true,
        deadline: Some(DeadlineKind::DueBy),
        monitored: true,
        product: true,
        assigned: true,
        secrecy: Secrecy::None,
    };

    #[test]
    fn names_agree() {
        assert_names(Clear::ALL, Clear::as_str);
        assert_eq!(Clear::ALL.len(), SIX);
    }

    #[test]
    fn each_is_lacking_where_its_field_says_nothing() {
        assert_eq!(CLEAR.lacks(), []);
        for (facts, clear) in [
            (ClearFacts { post: false, ..CLEAR }, Clear::Who),
            (ClearFacts { words: false, ..CLEAR }, Clear::What),
            (ClearFacts { deadline: None, ..CLEAR }, Clear::When),
            (ClearFacts { monitored: false, ..CLEAR }, Clear::Responsibility),
            (ClearFacts { product: false, ..CLEAR }, Clear::Product),
            (ClearFacts { assigned: false, ..CLEAR }, Clear::Authority),
        ] {
            assert_eq!(facts.lacks(), [clear]);
        }
    }

    #[test]
    fn time_is_clear_if_it_is_dated_or_knowingly_is_not() {
        let lacks = |kind| !ClearFacts { deadline: Some(kind), ..CLEAR }.lacks().is_empty();
        for kind in [DeadlineKind::Recurring, DeadlineKind::OnDemand, DeadlineKind::Period, DeadlineKind::EventDue] {
            assert!(!lacks(kind), "{kind}");
        }
        for kind in [DeadlineKind::Unresolved, DeadlineKind::UrgentNoDate, DeadlineKind::External] {
            assert!(lacks(kind), "{kind}");
        }
    }

    #[test]
    fn a_stub_lacks_nothing_that_it_may_not_say() {
        let stub = ClearFacts { words: false, product: false, assigned: false, post: false, secrecy: Secrecy::Secret, ..CLEAR };
        assert_eq!(stub.lacks(), [Clear::Who]);
    }

    fn facts() -> impl Strategy<Value = ClearFacts> {
        let bits = (any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>());
        let kind = prop::option::of(prop::sample::select(DeadlineKind::ALL.to_vec()));
        (bits, kind, prop::sample::select(Secrecy::ALL.to_vec())).prop_map(
            |((post, words, monitored, product, assigned), deadline, secrecy)| ClearFacts {
                post,
                words,
                deadline,
                monitored,
                product,
                assigned,
                secrecy,
            },
        )
    }

    proptest! {
        #[test]
        fn counts_are_those_of_the_tasks(all in prop::collection::vec(facts(), 0..40)) {
            let mut counts = ClearCounts::default();
            all.iter().for_each(|facts| counts.add(facts));
            let count = |found: usize| u32::try_from(found).unwrap();
            prop_assert_eq!(counts.total, count(all.len()));
            prop_assert_eq!(counts.unclear, count(all.iter().filter(|facts| !facts.lacks().is_empty()).count()));
            for clear in Clear::ALL {
                prop_assert_eq!(counts.lacking.of(*clear), count(all.iter().filter(|facts| facts.lacks().contains(clear)).count()));
            }
        }
    }
}
