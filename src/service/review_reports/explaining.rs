//! Why the record may give another report than was frozen although nobody altered it by hand: some of what a report says is kept only as it
//! is today, and whoever changes that in good order leaves an event in the journal.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use serde_json::Value;

use crate::db::Connection;
use crate::domain::review_diffs::ReviewDifference;
use crate::error::AppResult;
use crate::store;
use crate::store::events::Event;

/// A part of a report that is made of what has no past.
struct WithoutPast {
    /// What the pointers of its values begin with.
    begin: &'static [&'static str],
    /// What of it.
    of: Of,
    /// The events that change it.
    actions: &'static [&'static str],
    /// Which members of those events matter; all of them if none is named.
    members: &'static [&'static str],
}

/// Which values of a part.
enum Of {
    All,
    /// This field.
    Field(&'static str),
    /// Entries of a list that came or went as a whole.
    Entries,
}

impl WithoutPast {
    fn holds(&self, pointer: &str) -> bool {
        let rest = self.begin.iter().find_map(|begin| pointer.strip_prefix(begin));
        rest.is_some_and(|rest| match self.of {
            Of::All => true,
            Of::Field(name) => rest.split('/').any(|part| part == name),
            Of::Entries => !rest.contains('/'),
        })
    }
}

const INDICATORS: &[&str] = &["/indicators/", "/comparison/indicators_", "/comparison/changed/"];
const TASKS: &[&str] = &["/tasks/", "/comparison/tasks_"];
const INDICATOR: &[&str] = &["indicator.changed"];
/// What verdicts and the score depend on, beside targets and values, which have a past.
const JUDGED_BY: &[&str] =
    &["direction", "aggregation", "from_year", "to_year", "baseline", "role", "parent", "ordinal", "label", "resolution", "programme"];

const PARTS: &[WithoutPast] = &[
    WithoutPast { begin: INDICATORS, of: Of::All, actions: INDICATOR, members: JUDGED_BY },
    WithoutPast { begin: INDICATORS, of: Of::Field("measure"), actions: INDICATOR, members: &["unit"] },
    // Who reports on an indicator owes a report.
    WithoutPast { begin: INDICATORS, of: Of::Field("lead_unit"), actions: INDICATOR, members: &["lead_unit"] },
    WithoutPast { begin: &["/submissions/"], of: Of::Entries, actions: INDICATOR, members: &["lead_unit"] },
    // Which document a task carries out, and whether it may be listed.
    WithoutPast { begin: TASKS, of: Of::All, actions: &["task.changed"], members: &["resolution", "programme", "parent", "secrecy"] },
    WithoutPast { begin: TASKS, of: Of::All, actions: &["resolution.changed", "programme.changed"], members: &["relations"] },
    // The words of a deadline are those of today, unless its day has moved.
    WithoutPast { begin: &["/tasks/overdue/"], of: Of::Field("deadline"), actions: &["task.commitment_changed"], members: &[] },
    // When a unit ended may be learnt after it did.
    WithoutPast {
        begin: &["/tasks/units/"],
        of: Of::Field("ended_on"),
        actions: &["unit_event.recorded", "unit_event.voided", "unit.changed"],
        members: &[],
    },
];

/// What the journal tells since a report was frozen, looked up once for each part of it.
pub struct Explanations<'a> {
    root: &'a str,
    position: i64,
    /// By the place of the part.
    latest: HashMap<usize, Option<Event>>,
}

impl<'a> Explanations<'a> {
    /// Of the events of a root, and of what all share, after a position.
    pub fn since(root: &'a str, position: i64) -> Self {
        Self { root, position, latest: HashMap::new() }
    }

    /// The latest event that may have led to a difference; none where nothing but a hand in the database could.
    ///
    /// # Errors
    /// The database's.
    pub fn of(&mut self, conn: &mut Connection, difference: &ReviewDifference) -> AppResult<Option<&Event>> {
        let pointer = difference.pointer.as_str();
        let places: Vec<usize> = (0..).zip(PARTS).filter(|(_, part)| part.holds(pointer)).map(|(place, _)| place).collect();
        for place in &places {
            if let (Entry::Vacant(unknown), Some(part)) = (self.latest.entry(*place), PARTS.get(*place)) {
                let told = store::events::of_actions(conn, self.root, part.actions, self.position)?;
                unknown.insert(told.into_iter().find(|event| touches(event, part.members)));
            }
        }
        let found = places.iter().filter_map(|place| self.latest.get(place)?.as_ref());
        Ok(found.max_by_key(|event| event.position))
    }
}

/// Whether an event changed any of these members.
fn touches(event: &Event, members: &[&str]) -> bool {
    let read = |state: &Option<String>| state.as_deref().and_then(|state| serde_json::from_str(state).ok()).unwrap_or(Value::Null);
    let (before, after) = (read(&event.state_before), read(&event.state_after));
    members.is_empty() || members.iter().any(|member| before.get(member) != after.get(member))
}
