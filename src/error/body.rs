//! From what serde and validator say of a body to named fields: the one place that maps them.

use serde_path_to_error::{Path, Segment};
use validator::{Validate, ValidationErrors, ValidationErrorsKind};

use super::{AppError, AppResult, FieldError, codes, rules};

/// The content, if it keeps every rule that its type declares.
///
/// # Errors
/// 422 naming each field that does not.
pub fn validated<T: Validate>(content: T) -> AppResult<T> {
    match content.validate() {
        Ok(()) => Ok(content),
        Err(errors) => {
            let mut fields = Vec::new();
            collect("", &errors, &mut fields);
            fields.sort_by(|a, b| a.pointer.cmp(&b.pointer));
            Err(AppError::invalid_fields(fields))
        }
    }
}

fn collect(prefix: &str, errors: &ValidationErrors, into: &mut Vec<FieldError>) {
    for (name, kind) in errors.errors() {
        let pointer = format!("{prefix}/{name}");
        match kind {
            ValidationErrorsKind::Field(found) => into.extend(found.iter().map(|e| field_error(&pointer, e))),
            ValidationErrorsKind::Struct(inner) => collect(&pointer, inner, into),
            ValidationErrorsKind::List(items) => items.iter().for_each(|(i, inner)| collect(&format!("{pointer}/{i}"), inner, into)),
        }
    }
}

fn field_error(pointer: &str, error: &validator::ValidationError) -> FieldError {
    let is_list = error.params.get("value").is_some_and(serde_json::Value::is_array);
    let rule = match error.code.as_ref() {
        "length" if is_list => rules::COUNT,
        "length" => rules::LENGTH,
        "range" => rules::RANGE,
        code => rules::ALL.iter().copied().find(|r| r.name == code).unwrap_or(rules::FORMAT),
    };
    let limit = |name: &str| error.params.get(name).map_or_else(|| "0".into(), ToString::to_string);
    FieldError::new(pointer, rule).with("min", limit("min")).with("max", limit("max"))
}

/// A body that is JSON but not of the right form: 422 naming the field.
pub fn unreadable(path: &Path, cause: &serde_json::Error) -> AppError {
    let pointer = pointer_of(path);
    let text = cause.to_string();
    AppError::new(codes::VALIDATION_FAILED).with_field(unreadable_field(pointer, &text))
}

fn unreadable_field(pointer: String, text: &str) -> FieldError {
    let quoted = || text.split('`').nth(1).unwrap_or_default();
    if text.starts_with("missing field") {
        return FieldError::new(format!("{pointer}/{}", quoted()), rules::REQUIRED);
    }
    if text.starts_with("unknown field") {
        // The path already ends in the field when serde saw its name first.
        let pointer = if pointer.ends_with(&format!("/{}", quoted())) { pointer } else { format!("{pointer}/{}", quoted()) };
        return FieldError::new(pointer, rules::UNKNOWN_FIELD);
    }
    if text.starts_with("unknown variant") {
        let known: Vec<&str> = text.split('`').skip(3).step_by(2).collect();
        return FieldError::new(pointer, rules::UNKNOWN_VALUE).with("known", known.join(", "));
    }
    if text.contains("a percentage") || (text.starts_with("invalid type") && pointer.ends_with("/percent")) {
        return FieldError::new(pointer, rules::PERCENT);
    }
    FieldError::new(pointer, rules::WRONG_TYPE).with("detail", plain(text))
}

const DATE_ERRORS: &[&str] =
    &["a formatted date string", "input contains invalid characters", "premature end of input", "input is out of range", "trailing input"];

/// What serde says, without names of our types and in words of no language.
fn plain(text: &str) -> String {
    let text = text.split(" at line ").next().unwrap_or(text);
    let wanted = text.rsplit_once("expected ").map_or(text, |(_, wanted)| wanted);
    match wanted {
        w if w.starts_with("struct ") || w.starts_with("a map") => "object".into(),
        w if w.contains("sequence") => "array".into(),
        "i32" | "i64" | "u32" | "u64" | "usize" => "integer".into(),
        "a string" | "string" | "a borrowed string" => "string".into(),
        "a boolean" => "boolean".into(),
        // What chrono and uuid say of a text that is none.
        w if DATE_ERRORS.contains(&w) => "YYYY-MM-DD".into(),
        w if w.contains("UUID") => "UUID".into(),
        w => w.to_owned(),
    }
}

fn pointer_of(path: &Path) -> String {
    path.iter()
        .filter_map(|segment| match segment {
            Segment::Seq { index } => Some(format!("/{index}")),
            Segment::Map { key } => Some(format!("/{}", key.replace('~', "~0").replace('/', "~1"))),
            Segment::Enum { .. } | Segment::Unknown => None,
        })
        .collect()
}
