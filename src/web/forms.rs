//! Forms and the queries of links, as pages read them.
//!
//! A form that was sent when its session had ended is not lost: signing in shows it again, filled,
//! with `resumed` set. A handler that takes a form must then show it, and change nothing.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpMessage, HttpRequest};
use serde::de::DeserializeOwned;
use validator::Validate;

use crate::domain::{Id, Language};
use crate::error::{AppError, AppResult, FieldError, body, codes, rules};

/// The hidden field with the token.
pub const CSRF: &str = "csrf";
/// The hidden field that says: show me again, I was typed before signing in.
pub const RESUMED: &str = "resumed";

/// The fields of a form that was sent, in order, without the house's own.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fields(pub Vec<(String, String)>);

impl Fields {
    /// Reads a body as browsers send it.
    ///
    /// # Errors
    /// 400 when it is no form, or holds U+0000, which no keyboard types and PostgreSQL cannot keep.
    pub fn read(body: &[u8]) -> AppResult<Self> {
        let unreadable = || AppError::bad_parameter("form", rules::FORMAT);
        let fields: Vec<(String, String)> = serde_html_form::from_bytes(body).map_err(|_| unreadable())?;
        if fields.iter().any(|(_, value)| value.contains('\0')) { Err(unreadable()) } else { Ok(Self(fields)) }
    }

    /// The first value of a field.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str())
    }

    /// What is worth keeping until somebody has signed in again: never a password.
    pub fn typed(&self) -> Vec<(String, String)> {
        let own = |name: &str| name == CSRF || name == RESUMED || name.contains("password");
        self.0.iter().filter(|(name, _)| !own(name)).cloned().collect()
    }
}

/// A form, read as a `T`: unknown fields are ignored, missing ones are as `T` says.
#[derive(Debug, Clone)]
pub struct Form<T> {
    /// What was typed.
    pub content: T,
    /// The form was typed before signing in again: show it filled, and do nothing.
    pub resumed: bool,
}

impl<T: DeserializeOwned> FromRequest for Form<T> {
    type Error = AppError;
    type Future = Ready<AppResult<Self>>;

    /// The gate has read the body and checked the token.
    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let fields = request.extensions().get::<Fields>().cloned().unwrap_or_default();
        let resumed = fields.get(RESUMED).is_some();
        ready(parse(&fields.typed_or_secret()).map(|content| Self { content, resumed }))
    }
}

impl Fields {
    fn typed_or_secret(&self) -> Vec<(String, String)> {
        self.0.iter().filter(|(name, _)| name != CSRF && name != RESUMED).cloned().collect()
    }
}

/// The query of a link or of a form that only asks; an empty value counts as missing.
#[derive(Debug, Clone)]
pub struct Query<T>(pub T);

impl<T: DeserializeOwned> FromRequest for Query<T> {
    type Error = AppError;
    type Future = Ready<AppResult<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let sent = Fields::read(request.query_string().as_bytes());
        let asked = sent.map(|fields| fields.0.into_iter().filter(|(_, value)| !value.trim().is_empty()).collect::<Vec<_>>());
        ready(asked.and_then(|fields| parse(&fields)).map(Self))
    }
}

/// Fields, read as a `T`.
///
/// # Errors
/// 400 naming the field.
pub fn parse<T: DeserializeOwned>(fields: &[(String, String)]) -> AppResult<T> {
    let text = serde_html_form::to_string(fields).map_err(AppError::internal)?;
    let deserializer = serde_html_form::Deserializer::from_bytes(text.as_bytes());
    serde_path_to_error::deserialize(deserializer).map_err(|error| {
        let path = error.path().to_string();
        AppError::bad_parameter(path.split(['[', '.']).next().unwrap_or_default(), rules::FORMAT)
    })
}

/// The id in an address.
///
/// # Errors
/// `not_found` for what is no id: such a page does not exist.
pub fn id(text: &str) -> AppResult<Id> {
    text.parse().map_err(|_| AppError::new(codes::NOT_FOUND))
}

/// A draft, made of what was typed by the same rules as a JSON body.
///
/// # Errors
/// 422 naming the fields.
pub fn draft<T: DeserializeOwned + Validate>(json: serde_json::Value) -> AppResult<T> {
    let read: T = serde_path_to_error::deserialize(json).map_err(|error| body::unreadable(error.path(), error.inner()))?;
    body::validated(read)
}

/// What is typed into an optional field: nothing, or the trimmed text.
pub fn filled(text: &str) -> Option<&str> {
    Some(text.trim()).filter(|text| !text.is_empty())
}

/// What was wrong with a form, to be said beside its fields.
#[derive(Debug, Clone, Default)]
pub struct Faults {
    /// What is wrong as a whole; none if the fields say it all.
    pub general: Option<String>,
    fields: Vec<(String, String)>,
}

impl Faults {
    /// The faults that an error tells of, in the language of the page.
    pub fn of(error: &AppError, language: Language) -> Self {
        let title = match language {
            Language::Vi => error.code.vi,
            Language::En => error.code.en,
        };
        let told = |field: &FieldError| (field.pointer.clone(), field.message(language));
        Self { general: Some(title.to_owned()), fields: error.fields.iter().map(told).collect() }
    }

    /// Whether there is any.
    pub fn any(&self) -> bool {
        self.general.is_some() || !self.fields.is_empty()
    }

    /// The fault of the field at this pointer or below it, if there is one: `faults.at("/percent")`.
    pub fn at(&self, pointer: &str) -> Option<&str> {
        let within = |found: &str| found.strip_prefix(pointer).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        self.fields.iter().find(|(found, _)| within(found)).map(|(_, message)| message.as_str())
    }
}

/// Whether an error is about what was typed, so that the form is shown again beside it.
pub fn is_about_content(error: &AppError) -> bool {
    matches!(error.code.status, 409 | 412 | 422)
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::test::TestRequest;
    use serde::Deserialize;

    #[derive(Debug, Deserialize, PartialEq)]
    struct Asked {
        q: Option<String>,
        #[serde(default)]
        kind: Vec<String>,
    }

    #[test]
    fn an_empty_field_of_a_query_is_missing() {
        let request = TestRequest::with_uri("/x?q=&kind=a&kind=+&kind=b").to_http_request();
        let Query(asked) = Query::<Asked>::from_request(&request, &mut Payload::None).into_inner().unwrap();
        assert_eq!(asked, Asked { q: None, kind: vec!["a".into(), "b".into()] });
    }

    #[test]
    fn passwords_and_tokens_are_not_kept() {
        let fields = Fields::read("csrf=1&result=xong&new_password=x&resumed=1&result=hai".as_bytes()).unwrap();
        assert_eq!(fields.typed(), [("result".to_owned(), "xong".to_owned()), ("result".to_owned(), "hai".to_owned())]);
    }

    #[test]
    fn a_fault_stands_at_its_field() {
        let faults = Faults::of(&AppError::invalid("/product/number", rules::REQUIRED), Language::Vi);
        assert!(faults.any() && faults.at("/product").is_some() && faults.at("/prod").is_none());
    }
}
