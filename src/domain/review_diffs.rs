//! What differs between two reports, value by value: what was frozen, and what the record says.

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

/// The values in which two reports differ, in the order of what was frozen. Entries of lists are held against each other by their code, place
/// or title, not by where they stand in the list.
pub fn differences(frozen: &Value, found: &Value) -> Vec<ReviewDifference> {
    let mut differences = Vec::new();
    compare("", frozen, found, &mut differences);
    differences
}

fn compare(pointer: &str, frozen: &Value, found: &Value, differences: &mut Vec<ReviewDifference>) {
    match (frozen, found) {
        (Value::Object(then), Value::Object(now)) => {
            let keys = then.keys().chain(now.keys().filter(|key| !then.contains_key(*key)));
            for key in keys {
                let of = |object: &serde_json::Map<String, Value>| object.get(key).cloned().unwrap_or_default();
                compare(&format!("{pointer}/{key}"), &of(then), &of(now), differences);
            }
        }
        (Value::Array(then), Value::Array(now)) => {
            let (then, now) = (keyed(then), keyed(now));
            let of = |list: &[(String, Value)], key: &str| list.iter().find(|(known, _)| known == key).map(|(_, value)| value.clone());
            for (key, value) in &then {
                compare(&format!("{pointer}/{key}"), value, &of(&now, key).unwrap_or_default(), differences);
            }
            for (key, value) in now.iter().filter(|(key, _)| of(&then, key).is_none()) {
                compare(&format!("{pointer}/{key}"), &Value::Null, value, differences);
            }
        }
        (then, now) if then == now => {}
        (then, now) => differences.push(ReviewDifference { pointer: pointer.to_owned(), frozen: then.clone(), found: now.clone() }),
    }
}

/// The entries of a list, each with what it is known by; where two are known by the same, by how many came before as well.
fn keyed(list: &[Value]) -> Vec<(String, Value)> {
    let mut keyed: Vec<(String, Value)> = Vec::with_capacity(list.len());
    for (place, value) in list.iter().enumerate() {
        let own = ["/place", "/title", "/unit/code", "/verdict", "/part"].into_iter().find_map(|key| value.pointer(key)?.as_str());
        let own = own.map_or_else(|| place.to_string(), |own| own.replace('~', "~0").replace('/', "~1"));
        let repeated = keyed.iter().filter(|(known, _)| *known == own || known.starts_with(&format!("{own}#"))).count();
        keyed.push((if repeated == 0 { own } else { format!("{own}#{}", repeated + 1) }, value.clone()));
    }
    keyed
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

    #[test]
    fn entries_with_one_name_are_counted() {
        let task = |days: u32| json!({"title": "Đề án/1", "days_late": days});
        let found = told(&json!([task(1), task(2)]), &json!([task(1), task(3)]));
        assert_eq!(found, [("/Đề án~11#2/days_late".to_owned(), json!(2), json!(3))]);
    }

    proptest! {
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
