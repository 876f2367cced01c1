//! What every operation of a kind shares: security, headers, refusals, bodies of patches.

use serde_json::{Map, Value, json};

use crate::domain::attachments::AttachmentKind;
use crate::error::codes;

/// Adds to every operation what all of its kind share: security, headers, refusals, patch bodies.
pub fn finish(document: &mut Value) {
    let mut patches = Vec::new();
    let paths = document.get_mut("paths").and_then(Value::as_object_mut);
    for (path, item) in paths.into_iter().flatten() {
        for (method, operation) in item.as_object_mut().into_iter().flatten() {
            finish_operation(path, method, operation, &mut patches);
        }
    }
    for draft in patches {
        let partial = document.pointer(&format!("/components/schemas/{draft}")).cloned().map(partial_of);
        if let (Some(partial), Some(schemas)) = (partial, document.pointer_mut("/components/schemas").and_then(Value::as_object_mut)) {
            schemas.insert(patch_name(&draft), partial);
        }
    }
    add(document, "servers", json!([{"url": "/", "description": "The host this document comes from."}]));
    while drop_unused(document) {}
}

/// Drops the schemas that nothing refers to, such as a draft of which only the patch is sent; says
/// whether there were any, since others may be unused now.
fn drop_unused(document: &mut Value) -> bool {
    let text = document.to_string();
    let Some(schemas) = document.pointer_mut("/components/schemas").and_then(Value::as_object_mut) else { return false };
    let before = schemas.len();
    schemas.retain(|name, _| text.contains(&format!("\"#/components/schemas/{name}\"")));
    schemas.len() < before
}

/// What an operation shares with others of its kind.
struct Kind<'a> {
    path: &'a str,
    method: &'a str,
}

impl Kind<'_> {
    /// Nobody needs to be signed in.
    fn is_public(&self) -> bool {
        self.path.ends_with("/auth/login") || self.path.ends_with("/auth/refresh")
    }

    /// No scope of an API client holds it.
    fn is_for_people(&self) -> bool {
        ["/auth/", "/me/", "/users", "/api-clients", "/audit", "/dashboards/integrity"].iter().any(|part| self.path.contains(part))
    }

    /// Something that has a version is changed.
    fn changes_a_version(&self) -> bool {
        matches!(self.method, "patch" | "put") && !self.path.contains("/me/")
    }

    /// A change that may be made without having read: one system keeps what it writes under its names, and what is said in one
    /// line is said anew.
    fn may_go_unread(&self) -> bool {
        ["/by-ref/", "/calendar-days/", "/required-clears"].iter().any(|part| self.path.contains(part))
    }

    /// Something is made, once for each key.
    fn is_kept(&self) -> bool {
        self.method == "post" && !self.path.contains("/auth/") && !self.path.ends_with("/parse") && !self.path.ends_with("/imports")
    }

    /// The answer carries a tag, and is not sent again to whoever has it.
    fn is_tagged(&self) -> bool {
        self.method == "get"
            && (self.path.ends_with('}') || self.path.contains("/dashboards/") || self.path.ends_with("/coverage") || self.is_content())
    }

    /// The answer is a file as it was sent.
    fn is_content(&self) -> bool {
        self.path.ends_with("/content")
    }

    fn refusals(&self, has_body: bool) -> Vec<u16> {
        let mut statuses = vec![400, 500, 503];
        statuses.extend(if self.is_public() { [401, 429] } else { [401, 403] });
        if self.path.contains('{') {
            statuses.push(404);
        }
        if has_body {
            statuses.extend([413, 415, 422]);
        }
        if self.is_kept() {
            statuses.extend([404, 409]);
        }
        if self.path.contains("/exports/") {
            statuses.push(422);
        }
        if self.is_content() {
            statuses.push(409);
        }
        // Its filter `task` is looked up like the task itself.
        if self.path.ends_with("/progress-reports") || self.path.ends_with("/commitment-requests") || self.path.ends_with("/instructions") {
            statuses.push(404);
        }
        if self.changes_a_version() {
            statuses.extend([409, 412]);
        }
        if self.changes_a_version() && !self.may_go_unread() {
            statuses.push(428);
        }
        statuses
    }
}

fn finish_operation(path: &str, method: &str, operation: &mut Value, patches: &mut Vec<String>) {
    let kind = Kind { path, method };
    let security = match kind {
        _ if kind.is_public() => json!([]),
        _ if kind.is_for_people() => json!([{"bearer": []}]),
        _ => json!([{"bearer": []}, {"client_key": []}]),
    };
    add(operation, "security", security);
    if kind.is_kept() {
        let meaning = "Sending the same request again with the same key, within 24 hours, answers the first answer.";
        add_header_parameter(operation, "Idempotency-Key", false, meaning);
    }
    if kind.changes_a_version() {
        add_header_parameter(operation, "If-Match", !kind.may_go_unread(), "The ETag of what was read, or *.");
    }
    if kind.is_tagged() {
        add_header_parameter(operation, "If-None-Match", false, "The ETag of what the caller has.");
        add_response(operation, 304, json!({"description": "The caller has it already."}));
    }
    describe_headers(operation);
    describe_bytes(operation);
    if kind.is_content() {
        describe_content(operation);
    }
    for status in kind.refusals(operation.get("requestBody").is_some()) {
        add_refusal(operation, status);
    }
    if method == "patch" {
        patches.extend(use_patch_schema(operation));
    }
}

fn add(operation: &mut Value, key: &str, value: Value) {
    if let Some(fields) = operation.as_object_mut() {
        fields.insert(key.to_owned(), value);
    }
}

fn add_response(operation: &mut Value, status: u16, response: Value) {
    if let Some(responses) = operation.get_mut("responses").and_then(Value::as_object_mut) {
        responses.entry(status.to_string()).or_insert(response);
    }
}

/// What was made has an address, and what was made or shown a tag.
fn describe_headers(operation: &mut Value) {
    let text = |description: &str| json!({"description": description, "schema": {"type": "string"}});
    if let Some(created) = operation.pointer_mut("/responses/201") {
        add(created, "headers", json!({"Location": text("Address of what was made."), "ETag": text("Its tag.")}));
    }
    let tagged = operation.pointer("/responses/304").is_some();
    if let (true, Some(shown)) = (tagged, operation.pointer_mut("/responses/200")) {
        add(shown, "headers", json!({"ETag": text("Tag of this answer; its first part is the version.")}));
    }
}

/// A workbook is bytes: what utoipa makes of them is a list of numbers.
fn describe_bytes(operation: &mut Value) {
    const SCHEMA: &str = "/responses/200/content/application~1vnd.openxmlformats-officedocument.spreadsheetml.sheet/schema";
    if let Some(schema) = operation.pointer_mut(SCHEMA) {
        *schema = json!({"type": "string", "format": "binary"});
    }
}

/// A file is sent with the media type of what it is, whole or in part.
fn describe_content(operation: &mut Value) {
    let schema = json!({"schema": {"type": "string", "format": "binary"}});
    let content: Map<String, Value> = AttachmentKind::ALL.iter().map(|kind| (kind.media_type().to_owned(), schema.clone())).collect();
    if let Some(whole) = operation.pointer_mut("/responses/200") {
        add(whole, "content", content.clone().into());
    }
    add_response(operation, 206, json!({"description": "The part that was asked for.", "content": content}));
    add_response(operation, 416, json!({"description": "There is no such part."}));
}

fn add_header_parameter(operation: &mut Value, name: &str, required: bool, description: &str) {
    // Only a key is kept; a tag that is too long is one that fits nothing.
    let schema =
        if name == "Idempotency-Key" { json!({"type": "string", "minLength": 1, "maxLength": 200}) } else { json!({"type": "string"}) };
    let parameter = json!({"name": name, "in": "header", "required": required, "description": description, "schema": schema});
    match operation.get_mut("parameters").and_then(Value::as_array_mut) {
        Some(parameters) => parameters.push(parameter),
        None => add(operation, "parameters", json!([parameter])),
    }
}

fn add_refusal(operation: &mut Value, status: u16) {
    // Forms of pages are in no contract.
    let meant = codes::ALL.iter().filter(|c| c.status == status && **c != codes::FOREIGN_FORM);
    let meant: Vec<String> = meant.map(|c| format!("`{}`: {}", c.name, c.en)).collect();
    let content = json!({"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}});
    add_response(operation, status, json!({"description": meant.join(" "), "content": content}));
}

/// Points a `PATCH` at the draft's schema with every property optional; answers the draft's name.
fn use_patch_schema(operation: &mut Value) -> Option<String> {
    let schema = operation.pointer("/requestBody/content/application~1json/schema")?.clone();
    let draft = schema.get("$ref")?.as_str()?.rsplit('/').next()?.to_owned();
    let reference = json!({"schema": {"$ref": format!("#/components/schemas/{}", patch_name(&draft))}});
    let content = operation.pointer_mut("/requestBody/content")?;
    *content = json!({"application/merge-patch+json": reference, "application/json": reference});
    Some(draft)
}

fn patch_name(draft: &str) -> String {
    format!("{}Patch", draft.trim_end_matches("Draft"))
}

/// The schema of a merge patch on `draft`: nothing is required, and no example is inherited.
fn partial_of(mut draft: Value) -> Value {
    if let Some(schema) = draft.as_object_mut() {
        schema.remove("required");
        schema.remove("example");
        schema.insert("minProperties".into(), json!(1));
        schema.insert("description".into(), json!("A JSON Merge Patch (RFC 7396): what is missing stays, `null` removes."));
    }
    draft
}
