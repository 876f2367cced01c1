//! What differs between two reports, value by value: what was frozen, and what the record says.

use std::collections::{HashMap, HashSet, VecDeque};

use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

/// Most differences that are named.
pub const MOST: usize = 500;

/// One value that differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ReviewDifference {
    /// Where it stands: names of fields, and in lists the code or place of the entry.
    #[schema(example = "/tasks/units/hg-so-y-te/statistic/open_overdue")]
    pub pointer: String,
    /// As it was frozen; `null` if it was not there.
    pub frozen: Value,
    /// As it is found; `null` if it is not there.
    pub found: Value,
}

/// What is found where there is nothing.
static NOTHING: Value = Value::Null;

/// The values in which two reports differ, in the order of what was frozen. Entries of lists are held against each other by what they are
/// known by, not by where they stand in the list.
pub fn differences(frozen: &Value, found: &Value) -> Vec<ReviewDifference> {
    let mut differences = Vec::new();
    compare("", frozen, found, &mut differences);
    differences
}

/// The entries of all lists of what was frozen, by the pointers [`differences`] gives them.
pub fn entries(frozen: &Value) -> HashMap<String, &Value> {
    let mut entries = HashMap::new();
    collect("", frozen, &mut entries);
    entries
}

fn collect<'a>(pointer: &str, value: &'a Value, entries: &mut HashMap<String, &'a Value>) {
    match value {
        Value::Object(fields) => {
            for (key, value) in fields {
                collect(&below(pointer, key), value, entries);
            }
        }
        Value::Array(list) => {
            let mut names = Names::default();
            for entry in entries_of(list) {
                let pointer = below(pointer, &names.give(&entry.name));
                collect(&pointer, entry.value, entries);
                entries.insert(pointer, entry.value);
            }
        }
        _ => {}
    }
}

fn compare(pointer: &str, frozen: &Value, found: &Value, differences: &mut Vec<ReviewDifference>) {
    match (frozen, found) {
        (Value::Object(then), Value::Object(now)) => {
            for key in then.keys().chain(now.keys().filter(|key| !then.contains_key(*key))) {
                let (then, now) = (then.get(key).unwrap_or(&NOTHING), now.get(key).unwrap_or(&NOTHING));
                compare(&below(pointer, key), then, now, differences);
            }
        }
        (Value::Array(then), Value::Array(now)) => {
            let (then, now, mut names) = (entries_of(then), entries_of(now), Names::default());
            let pairs = pairs(&then, &now);
            for (place, entry) in then.iter().enumerate() {
                let found = pairs.get(&place).and_then(|place| now.get(*place)).map_or(&NOTHING, |entry| entry.value);
                compare(&below(pointer, &names.give(&entry.name)), entry.value, found, differences);
            }
            let paired: HashSet<usize> = pairs.into_values().collect();
            for (_, entry) in now.iter().enumerate().filter(|(place, _)| !paired.contains(place)) {
                compare(&below(pointer, &names.give(&entry.name)), &NOTHING, entry.value, differences);
            }
        }
        (then, now) if then == now => {}
        (then, now) => differences.push(ReviewDifference { pointer: pointer.to_owned(), frozen: then.clone(), found: now.clone() }),
    }
}

/// The pointer to what stands below another.
fn below(pointer: &str, name: &str) -> String {
    format!("{pointer}/{}", name.replace('~', "~0").replace('/', "~1"))
}

/// An entry of a list.
struct Entry<'a> {
    value: &'a Value,
    /// What its pointer says.
    name: String,
    /// What it is known by, from the most exact to the least.
    known_by: Vec<String>,
}

impl<'a> Entry<'a> {
    fn new(place: usize, value: &'a Value) -> Self {
        let of = |at: &str| value.pointer(at).and_then(Value::as_str);
        let joined = |parts: &[Option<&str>]| parts.iter().flatten().copied().collect::<Vec<_>>().join(", ");
        let known_by = match (of("/place"), of("/title")) {
            // Places are as they are printed: several indicators may have one, and each may be moved or renamed.
            (Some(place), _) => vec![joined(&[Some(place), of("/name")]), of("/name").unwrap_or(place).to_owned(), place.to_owned()],
            // The parts of a group task have one title and one day.
            (None, Some(title)) => {
                let unit = of("/unit/code");
                vec![joined(&[unit, Some(title), of("/due_on")]), joined(&[unit, Some(title)])]
            }
            (None, None) => {
                let own = ["/unit/code", "/verdict", "/part"].into_iter().find_map(of);
                vec![own.map_or_else(|| place.to_string(), ToOwned::to_owned)]
            }
        };
        let name = known_by.first().cloned().unwrap_or_default();
        let whole = format!("{name} {value}");
        Self { value, name, known_by: std::iter::once(whole).chain(known_by).collect() }
    }
}

fn entries_of(list: &[Value]) -> Vec<Entry<'_>> {
    list.iter().enumerate().map(|(place, value)| Entry::new(place, value)).collect()
}

/// Which entries of two lists are one thing, by their places: those that are alike in all, then those that are known by the same; of several
/// the first with the first.
fn pairs(then: &[Entry<'_>], now: &[Entry<'_>]) -> HashMap<usize, usize> {
    let mut pairs: HashMap<usize, usize> = HashMap::new();
    let mut paired: HashSet<usize> = HashSet::new();
    let levels = then.iter().chain(now).map(|entry| entry.known_by.len()).max().unwrap_or_default();
    for level in 0..levels {
        let mut waiting: HashMap<&str, VecDeque<usize>> = HashMap::new();
        for (place, entry) in now.iter().enumerate().filter(|(place, _)| !paired.contains(place)) {
            if let Some(key) = entry.known_by.get(level) {
                waiting.entry(key.as_str()).or_default().push_back(place);
            }
        }
        for (place, entry) in then.iter().enumerate() {
            let known_by = entry.known_by.get(level).filter(|_| !pairs.contains_key(&place));
            if let Some(found) = known_by.and_then(|key| waiting.get_mut(key.as_str())?.pop_front()) {
                pairs.insert(place, found);
                paired.insert(found);
            }
        }
    }
    pairs
}

/// The names given in one list, each with the last number that was given with it.
#[derive(Default)]
struct Names(HashMap<String, usize>);

impl Names {
    /// A name that nothing else in the list has: what comes again is numbered.
    fn give(&mut self, wanted: &str) -> String {
        let Some(mut last) = self.0.get(wanted).copied() else {
            self.0.insert(wanted.to_owned(), 1);
            return wanted.to_owned();
        };
        let name = loop {
            last += 1;
            let name = format!("{wanted}#{last}");
            if !self.0.contains_key(&name) {
                break name;
            }
        };
        self.0.extend([(wanted.to_owned(), last), (name.clone(), 1)]);
        name
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    fn told(frozen: &Value, found: &Value) -> Vec<(String, Value, Value)> {
        differences(frozen, found).into_iter().map(|d| (d.pointer, d.frozen, d.found)).collect()
    }

    #[test]
    fn entries_are_known_by_what_they_are() {
        let unit = |code: &str, total: u32| json!({"unit": {"code": code, "name": code}, "total": total});
        let frozen = json!({"units": [unit("a", 1), unit("b", 2)], "title": "x"});
        let found = json!({"units": [unit("c", 9), unit("b", 3), unit("a", 1)], "title": "x"});
        let expected = vec![("/units/b/total".to_owned(), json!(2), json!(3)), ("/units/c".to_owned(), Value::Null, unit("c", 9))];
        assert_eq!(told(&frozen, &found), expected);
        let gone = told(&frozen, &json!({"units": [unit("a", 1)], "title": "x"}));
        assert_eq!(gone, [("/units/b".to_owned(), unit("b", 2), Value::Null)]);
    }

    fn task(unit: &str, due_on: &str, days: usize) -> Value {
        json!({"title": "Rà soát quy hoạch", "unit": {"code": unit, "name": unit}, "due_on": due_on, "days_late": days})
    }

    #[test]
    fn entries_with_one_name_are_counted() {
        let task = |days: u32| json!({"title": "Đề án/1", "days_late": days});
        let found = told(&json!([task(1), task(2)]), &json!([task(1), task(3)]));
        assert_eq!(found, [("/Đề án~11#2/days_late".to_owned(), json!(2), json!(3))]);
        let found = told(&json!([task(1)]), &json!([task(2), task(1), task(2)]));
        assert_eq!(found.iter().map(|(pointer, ..)| pointer.as_str()).collect::<Vec<_>>(), ["/Đề án~11#2", "/Đề án~11#3"]);
    }

    #[test]
    fn the_parts_of_a_group_task_are_told_apart() {
        let all = [task("a", "2023-09-30", 14), task("b", "2023-09-30", 14), task("c", "2023-09-30", 14)];
        let [a, b, c] = all.clone();
        let gone = told(&json!({"overdue": all}), &json!({"overdue": [a, c.clone()]}));
        assert_eq!(gone, [("/overdue/b, Rà soát quy hoạch, 2023-09-30".to_owned(), b, Value::Null)]);
        // One whose day has moved is the same task.
        let moved = told(&json!([c]), &json!([task("d", "2023-09-30", 14), task("c", "2023-09-29", 15)]));
        let pointers: Vec<&str> = moved.iter().map(|(pointer, ..)| pointer.as_str()).collect();
        let c = "/c, Rà soát quy hoạch, 2023-09-30";
        assert_eq!(pointers, [format!("{c}/days_late"), format!("{c}/due_on"), "/d, Rà soát quy hoạch, 2023-09-30".to_owned()]);
    }

    #[test]
    fn indicators_are_known_by_place_and_name() {
        let line = |place: &str, name: &str| json!({"place": place, "name": name, "verdict": "met"});
        let frozen = json!([line("-", "Khu vực I"), line("-", "Khu vực II"), line("2", "Thu ngân sách")]);
        let found = json!([line("-", "Khu vực II"), line("2", "Thu nội địa"), line("3", "Khu vực I")]);
        let moved = ("/-, Khu vực I/place".to_owned(), json!("-"), json!("3"));
        let renamed = ("/2, Thu ngân sách/name".to_owned(), json!("Thu ngân sách"), json!("Thu nội địa"));
        assert_eq!(told(&frozen, &found), [moved, renamed]);
    }

    #[test]
    fn long_lists_are_paired() {
        let mut found: Vec<Value> = (0..20_000).map(|n| task(&format!("u{n}"), "2023-09-30", n)).collect();
        let frozen = json!(found);
        let gone = found.remove(7_000);
        found.reverse();
        assert_eq!(told(&frozen, &json!(found)), [("/u7000, Rà soát quy hoạch, 2023-09-30".to_owned(), gone, Value::Null)]);
        let alike = vec![task("u", "2023-09-30", 14); 20_000];
        let fewer = told(&json!(alike), &json!(alike[1..]));
        assert_eq!(fewer, [("/u, Rà soát quy hoạch, 2023-09-30#20000".to_owned(), alike[0].clone(), Value::Null)]);
    }

    #[test]
    fn entries_have_the_pointers_of_differences() {
        let tasks = [task("a", "2023-09-30", 1), task("a", "2023-09-30", 2)];
        let frozen = json!({"a/b": tasks, "lines": [{"place": "1", "changed": [{"part": "met"}]}]});
        let entries = entries(&frozen);
        let mut pointers: Vec<&str> = entries.keys().map(String::as_str).collect();
        pointers.sort_unstable();
        let second = "/a~1b/a, Rà soát quy hoạch, 2023-09-30#2";
        assert_eq!(pointers, ["/a~1b/a, Rà soát quy hoạch, 2023-09-30", second, "/lines/1", "/lines/1/changed/met"]);
        assert_eq!(entries[second]["days_late"], 2);
    }

    fn some_tasks() -> impl Strategy<Value = Vec<Value>> {
        let one =
            (0..3usize, 1..4usize, 0..3usize).prop_map(|(unit, day, days)| task(&format!("u{unit}"), &format!("2023-09-0{day}"), days));
        proptest::collection::vec(one, 1..12)
    }

    proptest! {
        /// A report does not differ from itself, in whatever order its lists stand, and what is taken from a list is all that is missed.
        #[test]
        fn order_makes_no_difference(frozen in some_tasks(), by in 0..12usize) {
            let mut found = frozen.clone();
            found.reverse();
            found.rotate_left(by % frozen.len());
            prop_assert_eq!(differences(&json!(frozen), &json!(frozen)), vec![]);
            prop_assert_eq!(differences(&json!(frozen), &json!(found)), vec![]);
            let gone = found.pop();
            let missed = differences(&json!({"tasks": frozen}), &json!({"tasks": found}));
            prop_assert_eq!(missed.len(), 1);
            prop_assert_eq!(Some(&missed[0].frozen), gone.as_ref());
            let report = json!({"tasks": frozen});
            let known = entries(&report);
            prop_assert!(missed[0].found.is_null() && known.contains_key(&missed[0].pointer));
        }

        /// What is the same does not differ, and every number that is changed is named.
        #[test]
        fn each_change_is_named(totals in proptest::collection::vec(0..1000u32, 1..20), at in 0..20usize, by in 1..9u32) {
            let units = |totals: &[u32]| -> Value {
                totals.iter().enumerate().map(|(i, total)| json!({"unit": {"code": format!("u{i}")}, "total": total})).collect()
            };
            let mut changed = totals.clone();
            let at = at % totals.len();
            changed[at] += by;
            prop_assert_eq!(differences(&units(&totals), &units(&totals)), vec![]);
            let found = differences(&units(&totals), &units(&changed));
            prop_assert_eq!(found.len(), 1);
            prop_assert_eq!(&found[0].pointer, &format!("/u{at}/total"));
        }
    }
}
