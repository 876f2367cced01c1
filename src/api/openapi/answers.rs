//! Answers have every key always present, `null` where there is nothing: the contract says so of
//! each, so that generated clients need not ask whether a key is there.

use std::collections::BTreeSet;

use serde_json::Value;

/// Problem details leave out what they have nothing to say of, and a reading the periods that were not
/// asked for: its keys are those of a deadline.
const SPARSE: [&str; 2] = ["Problem", "DeadlineReadingView"];

/// Requires every property of every schema that is answered and never sent.
pub fn require_all(document: &mut Value) {
    let mut sent = BTreeSet::from(SPARSE.map(str::to_owned));
    for body in bodies(document) {
        reached_from(&body, document, &mut sent);
    }
    let schemas = document.pointer_mut("/components/schemas").and_then(Value::as_object_mut);
    for (_, schema) in schemas.into_iter().flatten().filter(|(name, _)| !sent.contains(*name)) {
        require(schema);
    }
}

fn bodies(document: &Value) -> Vec<Value> {
    let items = document.get("paths").and_then(Value::as_object).into_iter().flat_map(|paths| paths.values());
    let operations = items.filter_map(Value::as_object).flat_map(|item| item.values());
    operations.filter_map(|operation| operation.get("requestBody")).cloned().collect()
}

/// Adds the names of the schemas that a part of the document refers to, directly or through others.
fn reached_from(part: &Value, document: &Value, names: &mut BTreeSet<String>) {
    let text = part.to_string();
    for rest in text.split("\"#/components/schemas/").skip(1) {
        let name = rest.split('"').next().unwrap_or_default();
        if names.insert(name.to_owned())
            && let Some(schema) = document.pointer(&format!("/components/schemas/{name}"))
        {
            reached_from(schema, document, names);
        }
    }
}

fn require(schema: &mut Value) {
    match schema {
        Value::Object(fields) => {
            let names = fields.get("properties").and_then(Value::as_object).map(|all| all.keys().cloned().collect::<Vec<_>>());
            if let Some(names) = names {
                fields.insert("required".into(), names.into());
            }
            fields
                .iter_mut()
                .filter(|(key, _)| !matches!(key.as_str(), "example" | "examples" | "required"))
                .for_each(|(_, part)| require(part));
        }
        Value::Array(parts) => parts.iter_mut().for_each(require),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_is_only_answered_has_every_key() {
        let schema = || json!({"type": "object", "properties": {"a": {"type": ["string", "null"]}}});
        let reference = |name: &str| json!({"$ref": format!("#/components/schemas/{name}")});
        let mut document = json!({
            "paths": {"/x": {"post": {"requestBody": {"schema": reference("Draft")}}}},
            "components": {"schemas": {
                "Draft": {"properties": {"part": reference("Part")}}, "Part": schema(), "Problem": schema(),
                "View": {"properties": {"items": {"items": schema()}, "b": {}}, "required": ["b"]},
            }}
        });
        require_all(&mut document);
        let required = |path: &str| document.pointer(&format!("/components/schemas/{path}/required")).cloned();
        assert_eq!([required("Draft"), required("Part"), required("Problem")], [None, None, None]);
        assert_eq!(required("View"), Some(json!(["b", "items"])));
        assert_eq!(required("View/properties/items/items"), Some(json!(["a"])));
    }
}
