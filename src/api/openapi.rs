//! The OpenAPI document: made from the code, finished with what every operation shares.

use std::sync::OnceLock;

use actix_web::App;
use serde_json::{Value, json};
use utoipa::OpenApi;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa_actix_web::AppExt;

use super::BASE;
use super::problem::Problem;
use crate::error::codes;
use crate::routes;

/// Title, introduction and tags; everything else comes from the handlers.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "resolution-tracker",
        description = "Hệ thống theo dõi thực hiện nghị quyết: đơn vị báo cáo tiến độ, cơ quan theo dõi xác nhận, lãnh đạo xem tình hình \
                       theo sở, ban, ngành và huyện. / The system of record for carrying out a Party resolution.\n\n\
                       * Dates without time are days in Asia/Ho_Chi_Minh; instants are RFC 3339.\n\
                       * Percentages are numbers from 0 to 100 with at most two decimals; `null` means nothing was reported, which is not 0.\n\
                       * Lists answer `{items, next}`; pass `next` as `cursor` for the next page.\n\
                       * Changes need `If-Match` with the `ETag` of what was read; `POST` takes an `Idempotency-Key`.\n\
                       * Refusals are problem details (RFC 9457) in Vietnamese, or in English with `Accept-Language: en`."
    ),
    components(schemas(Problem)),
    tags(
        (name = "auth", description = "Đăng nhập, đăng xuất / signing in and out"),
        (name = "users", description = "Tài khoản, phân quyền / accounts and grants"),
        (name = "directory", description = "Địa bàn, đơn vị, chức danh, nhiệm kỳ, lĩnh vực / areas, units, posts, terms, fields"),
        (name = "documents", description = "Nghị quyết, chương trình, mục tiêu, đột phá / resolutions and what they consist of"),
        (name = "tasks", description = "Nhiệm vụ và báo cáo tiến độ / tasks and progress reports"),
        (name = "reviews", description = "Sơ kết, tổng kết / interim and final reviews"),
        (name = "dashboards", description = "Bảng theo dõi cho lãnh đạo / status for leaders"),
        (name = "journal", description = "Nhật ký / who did what")
    )
)]
struct Introduction;

/// The whole document.
pub fn document() -> &'static Value {
    static DOCUMENT: OnceLock<Value> = OnceLock::new();
    DOCUMENT.get_or_init(|| {
        let api = utoipa_actix_web::scope(BASE).configure(routes::api);
        let (_, mut document) = App::new().into_utoipa_app().openapi(Introduction::openapi()).service(api).split_for_parts();
        let bearer = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).bearer_format("JWT").build();
        document.components.get_or_insert_default().add_security_scheme("bearer", SecurityScheme::Http(bearer));
        let mut document = serde_json::to_value(document).unwrap_or_default();
        finish(&mut document);
        document
    })
}

/// The methods an address takes, upper case; none if there is no such address.
pub fn methods_of(path: &str) -> Vec<String> {
    let paths = document().get("paths").and_then(Value::as_object);
    let known = paths.into_iter().flatten().find(|(template, _)| fits(template, path));
    known.and_then(|(_, item)| item.as_object()).into_iter().flat_map(|item| item.keys()).map(|m| m.to_uppercase()).collect()
}

fn fits(template: &str, path: &str) -> bool {
    let (mut wanted, mut given) = (template.split('/'), path.split('/'));
    loop {
        match (wanted.next(), given.next()) {
            (None, None) => return true,
            (Some(w), Some(g)) if w == g || (w.starts_with('{') && !g.is_empty()) => {}
            _ => return false,
        }
    }
}

/// Adds to every operation what all of its kind share: security, headers, refusals, patch bodies.
fn finish(document: &mut Value) {
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
}

fn finish_operation(path: &str, method: &str, operation: &mut Value, patches: &mut Vec<String>) {
    let public = path.ends_with("/auth/login") || path.ends_with("/auth/refresh");
    let changes = matches!(method, "patch" | "put");
    let mut statuses = vec![400, 500, 503];
    if !public {
        operation["security"] = json!([{"bearer": []}]);
        statuses.extend([401, 403]);
    }
    if path.contains('{') {
        statuses.push(404);
    }
    if operation.get("requestBody").is_some() {
        statuses.extend([413, 415, 422]);
    }
    match method {
        "post" if !public => {
            statuses.extend([404, 409]);
            add_header_parameter(
                operation,
                "Idempotency-Key",
                false,
                "Sending the same request again with the same key, within 24 hours, answers the first answer.",
            );
        }
        "post" => statuses.extend([401, 429]),
        _ if changes => {
            statuses.extend([409, 412, 428]);
            add_header_parameter(operation, "If-Match", true, "The ETag of what was read.");
        }
        _ => {}
    }
    for status in statuses {
        add_refusal(operation, status);
    }
    if method == "patch" {
        patches.extend(use_patch_schema(operation));
    }
}

fn add_header_parameter(operation: &mut Value, name: &str, required: bool, description: &str) {
    let parameter = json!({"name": name, "in": "header", "required": required, "description": description, "schema": {"type": "string", "maxLength": 200}});
    match operation.get_mut("parameters").and_then(Value::as_array_mut) {
        Some(parameters) => parameters.push(parameter),
        None => operation["parameters"] = json!([parameter]),
    }
}

fn add_refusal(operation: &mut Value, status: u16) {
    let meant: Vec<String> = codes::ALL.iter().filter(|c| c.status == status).map(|c| format!("`{}`: {}", c.name, c.en)).collect();
    let content = json!({"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}});
    if let Some(responses) = operation.get_mut("responses").and_then(Value::as_object_mut) {
        responses.entry(status.to_string()).or_insert_with(|| json!({"description": meant.join(" "), "content": content}));
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_matched_part_by_part() {
        assert!(fits("/api/v1/areas/{area}", "/api/v1/areas/hg"));
        assert!(!fits("/api/v1/areas/{area}", "/api/v1/areas"));
        assert!(!fits("/api/v1/areas/{area}", "/api/v1/areas/"));
        assert!(!fits("/api/v1/areas/{area}", "/api/v1/areas/hg/x"));
    }
}
