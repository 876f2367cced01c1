//! Forms and the queries of links, as pages read them.
//!
//! A form that was sent when its session had ended is not lost: signing in shows it again, filled,
//! with `resumed` set. A handler that takes a form must then show it, and change nothing.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::http::StatusCode;
use actix_web::{FromRequest, HttpMessage, HttpRequest};
use serde::de::DeserializeOwned;
use validator::Validate;

use super::csrf;
use crate::domain::{Id, Language, text};
use crate::error::{AppError, AppResult, Code, FieldError, body, codes, rules};

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
        let fields = Self(fields.into_iter().map(composed).collect());
        if fields.0.iter().any(|(_, value)| value.contains('\0')) { Err(unreadable()) } else { Ok(fields) }
    }

    /// The first value of a field.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str())
    }

    /// What is worth keeping until somebody has signed in again: never a password.
    pub fn typed(&self) -> Vec<(String, String)> {
        let own = |name: &str| name == CSRF || name == RESUMED || is_secret(name);
        self.0.iter().filter(|(name, _)| !own(name)).cloned().collect()
    }
}

/// A field as it is kept: composed (NFC), each line ended by one character. A password is taken as typed.
fn composed((name, value): (String, String)) -> (String, String) {
    let value = if is_secret(&name) { value } else { text::nfc(&value).replace("\r\n", "\n") };
    (name, value)
}

fn is_secret(name: &str) -> bool {
    name.contains("password")
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

/// A whole number as people write it (`1.336`); what is none is left for the rules to refuse.
pub fn count(text: &str) -> Option<serde_json::Value> {
    let plain = filled(text)?.replace(['.', ' '], "");
    Some(plain.parse::<i64>().map_or_else(|_| plain.clone().into(), Into::into))
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

    /// What is wrong with no field in particular.
    pub fn whole(&self) -> Option<&str> {
        self.fields.iter().find(|(found, _)| found.is_empty()).map(|(_, message)| message.as_str())
    }

    /// What is wrong with fields that a form does not have.
    pub fn others(&self, shown: &[&str]) -> Vec<&str> {
        let elsewhere = |found: &str| !found.is_empty() && !shown.iter().any(|pointer| within(found, pointer));
        self.fields.iter().filter(|(found, _)| elsewhere(found)).map(|(_, message)| message.as_str()).collect()
    }

    /// The fault of the field at this pointer or below it, if there is one: `faults.at("/percent")`.
    pub fn at(&self, pointer: &str) -> Option<&str> {
        self.fields.iter().find(|(found, _)| within(found, pointer)).map(|(_, message)| message.as_str())
    }
}

/// Whether what is wrong is wrong with the field at this pointer, or within it.
fn within(found: &str, pointer: &str) -> bool {
    found.strip_prefix(pointer).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// A form that is shown, or shown again.
#[derive(Debug, Clone, Default)]
pub struct Again {
    /// What is wrong with its fields.
    pub faults: Faults,
    /// What stands above it.
    pub message: Option<String>,
    code: Option<&'static Code>,
}

impl Again {
    /// A form that was typed before signing in again.
    pub fn resumed(words: &str) -> Self {
        Self { message: Some(words.to_owned()), ..Self::default() }
    }

    /// A form that was refused. What is said of its fields needs nothing said above it.
    pub fn refused(error: &AppError, language: Language) -> Self {
        let faults = Faults::of(error, language);
        let message = if error.code == codes::VALIDATION_FAILED { faults.whole() } else { faults.general.as_deref() };
        Self { message: message.map(ToOwned::to_owned), faults, code: Some(error.code) }
    }

    /// Says it in other words, if it was refused with this code.
    #[must_use]
    pub fn saying(self, code: &'static Code, words: &str) -> Self {
        if self.code == Some(code) { Self { message: Some(words.to_owned()), ..self } } else { self }
    }

    /// Whether it was refused with this code.
    pub fn is(&self, code: &'static Code) -> bool {
        self.code == Some(code)
    }

    /// The status it is shown with.
    pub fn status(&self) -> StatusCode {
        self.code.and_then(|code| StatusCode::from_u16(code.status).ok()).unwrap_or(StatusCode::OK)
    }

    /// The hidden key it is sent with next. What is being recorded keeps its own, so that it is recorded
    /// once; all else is sent anew.
    pub fn key(&self, sent: &str) -> String {
        if self.is(codes::IDEMPOTENCY_IN_FLIGHT) { sent.to_owned() } else { csrf::random() }
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
    fn what_is_typed_is_composed_but_passwords_stay_as_they_are() {
        let fields = Fields::read("result=e%CC%82%0D%0Ahai&new_password=e%CC%82".as_bytes()).unwrap();
        assert_eq!((fields.get("result"), fields.get("new_password")), (Some("ê\nhai"), Some("e\u{302}")));
    }

    #[test]
    fn a_fault_stands_at_its_field() {
        let faults = Faults::of(&AppError::invalid("/product/number", rules::REQUIRED), Language::Vi);
        assert!(faults.any() && faults.at("/product").is_some() && faults.at("/prod").is_none());
        assert!(faults.whole().is_none());
        assert!(Faults::of(&AppError::invalid("", rules::NOTHING_CHANGES), Language::Vi).whole().is_some());
    }
}
