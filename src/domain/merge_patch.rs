//! JSON Merge Patch (RFC 7396): absent keeps, null removes, a value replaces.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// A partial change, not yet checked against what it changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MergePatch(pub Value);

/// Where and why the patched content cannot be read.
#[derive(Debug)]
pub struct PatchError {
    /// Path to the field, as `serde_path_to_error` tells it.
    pub path: serde_path_to_error::Path,
    /// What serde says of it.
    pub cause: serde_json::Error,
}

impl MergePatch {
    /// The content after the change.
    ///
    /// # Errors
    /// When the patch is no object, or the result is not a `T`.
    pub fn apply<T: Serialize + DeserializeOwned>(&self, current: &T) -> Result<T, PatchError> {
        let mut content = serde_json::to_value(current).unwrap_or_default();
        let unknown = self.unknown_nulls(&content);
        merge(&mut content, &self.0);
        if let Value::Object(fields) = &mut content {
            fields.extend(unknown.into_iter().map(|name| (name, Value::Null)));
        }
        serde_path_to_error::deserialize(content).map_err(|e| PatchError { path: e.path().clone(), cause: e.into_inner() })
    }

    /// Fields the patch removes that `current` never had. The standard makes them a silent no-op; they
    /// are left in, so that a misspelt name is refused whatever value it carries.
    fn unknown_nulls(&self, current: &Value) -> Vec<String> {
        let changes = self.0.as_object().into_iter().flatten();
        let unknown = changes.filter(|(name, change)| change.is_null() && current.get(name.as_str()).is_none());
        unknown.map(|(name, _)| name.clone()).collect()
    }

    /// Whether the patch speaks of no field.
    pub fn is_empty(&self) -> bool {
        self.0.as_object().is_some_and(serde_json::Map::is_empty)
    }

    /// Whether the patch speaks of this field.
    pub fn touches(&self, field: &str) -> bool {
        self.0.get(field).is_some()
    }
}

/// The patch that makes one content of another; `None` if they are the same.
pub fn between<T: Serialize>(before: &T, after: &T) -> Option<MergePatch> {
    let content = |content: &T| serde_json::to_value(content).unwrap_or_default();
    difference(&content(before), &content(after)).map(MergePatch)
}

fn difference(before: &Value, after: &Value) -> Option<Value> {
    let (Value::Object(old), Value::Object(new)) = (before, after) else {
        return (before != after).then(|| after.clone());
    };
    let gone = old.keys().filter(|name| !new.contains_key(*name)).map(|name| (name.clone(), Value::Null));
    let changed = new.iter().filter_map(|(name, value)| {
        let change = old.get(name).map_or_else(|| Some(value.clone()), |known| difference(known, value));
        change.map(|change| (name.clone(), change))
    });
    let patch: serde_json::Map<String, Value> = gone.chain(changed).collect();
    (!patch.is_empty()).then_some(Value::Object(patch))
}

fn merge(target: &mut Value, patch: &Value) {
    let Value::Object(changes) = patch else {
        *target = patch.clone();
        return;
    };
    if !target.is_object() {
        *target = Value::Object(serde_json::Map::new());
    }
    let Value::Object(fields) = target else { return };
    for (name, change) in changes {
        if change.is_null() {
            fields.remove(name);
        } else {
            merge(fields.entry(name.clone()).or_insert(Value::Null), change);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_misspelt_field_is_not_passed_over_because_it_is_null() {
        #[derive(Debug, serde::Serialize, serde::Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Note {
            #[serde(default)]
            text: Option<String>,
        }
        let note = Note { text: Some("x".into()) };
        assert!(MergePatch(json!({"text": null})).apply(&note).unwrap().text.is_none());
        assert!(MergePatch(json!({"txet": null})).apply(&note).is_err());
    }

    #[test]
    fn a_patch_between_two_contents_leads_from_one_to_the_other() {
        let (a, b) = (json!({"a": 1, "b": {"c": 1, "d": 2}, "e": [1]}), json!({"a": 1, "b": {"c": 3}, "f": "x"}));
        let patch = between(&a, &b).unwrap();
        assert_eq!(patch, MergePatch(json!({"e": null, "b": {"d": null, "c": 3}, "f": "x"})));
        assert_eq!((patch.apply(&a).unwrap(), between(&a, &a)), (b, None));
    }

    /// The examples of RFC 7396, appendix A.
    #[test]
    fn the_examples_of_the_standard() {
        let cases = [
            (json!({"a":"b"}), json!({"a":"c"}), json!({"a":"c"})),
            (json!({"a":"b"}), json!({"b":"c"}), json!({"a":"b","b":"c"})),
            (json!({"a":"b"}), json!({"a":null}), json!({})),
            (json!({"a":"b","b":"c"}), json!({"a":null}), json!({"b":"c"})),
            (json!({"a":["b"]}), json!({"a":"c"}), json!({"a":"c"})),
            (json!({"a":"c"}), json!({"a":["b"]}), json!({"a":["b"]})),
            (json!({"a":{"b":"c"}}), json!({"a":{"b":"d","c":null}}), json!({"a":{"b":"d"}})),
            (json!({"a":"foo"}), json!("bar"), json!("bar")),
            (json!({}), json!({"a":{"bb":{"ccc":null}}}), json!({"a":{"bb":{}}})),
        ];
        for (target, patch, result) in cases {
            assert_eq!(MergePatch(patch).apply(&target).unwrap(), result);
        }
    }
}
