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
        merge(&mut content, &self.0);
        serde_path_to_error::deserialize(content).map_err(|e| PatchError { path: e.path().clone(), cause: e.into_inner() })
    }

    /// Whether the patch speaks of this field.
    pub fn touches(&self, field: &str) -> bool {
        self.0.get(field).is_some()
    }
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
