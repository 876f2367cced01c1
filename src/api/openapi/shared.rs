//! What a schema is made of is referred to, never repeated: a generated client has one type of a task,
//! whether it comes alone or on a page.

use serde_json::{Value, json};

/// Replaces the copies that generic schemas (`PageView_TaskView`) hold of what they are made of by references.
pub fn refer(document: &mut Value) {
    let Some(schemas) = document.pointer_mut("/components/schemas").and_then(Value::as_object_mut) else { return };
    let parts = schemas.keys().filter_map(|name| Some((name.clone(), name.split_once('_')?.1.to_owned())));
    for (name, part) in parts.collect::<Vec<_>>() {
        if let (Some(copied), Some(schema)) = (schemas.get(&part).cloned(), schemas.get_mut(&name)) {
            let reference = json!({"$ref": format!("#/components/schemas/{part}")});
            replace(schema, &copied, &reference);
        }
    }
}

fn replace(schema: &mut Value, copied: &Value, reference: &Value) {
    if schema == copied {
        *schema = reference.clone();
        return;
    }
    match schema {
        Value::Object(fields) => fields.values_mut().for_each(|part| replace(part, copied, reference)),
        Value::Array(parts) => parts.iter_mut().for_each(|part| replace(part, copied, reference)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_refers_to_what_is_on_it() {
        let task = json!({"type": "object", "properties": {"title": {"type": "string"}}});
        let page = json!({"properties": {"items": {"type": "array", "items": task}}});
        let mut document = json!({"components": {"schemas": {"TaskView": task, "PageView_TaskView": page}}});
        refer(&mut document);
        let reference = json!({"$ref": "#/components/schemas/TaskView"});
        let schemas = document.pointer("/components/schemas");
        let at = |path: &str| schemas.and_then(|all| all.pointer(path)).cloned();
        assert_eq!(at("/PageView_TaskView/properties/items/items"), Some(reference));
        assert_eq!(at("/TaskView"), Some(task));
    }
}
