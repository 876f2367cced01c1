//! What every page is made of: its frame, and how a template becomes an answer.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::{CACHE_CONTROL, HeaderName, HeaderValue, LOCATION, VARY};
use askama::Template;

use super::assets;
use super::session::Visit;
use super::words::Words;
use crate::domain::Language;
use crate::domain::partial_date::{DatePrecision, PartialDate};
use crate::domain::permission::{Capability, allows};
use crate::error::{AppError, AppResult};

/// What the frame of a page needs to know; every template has one as `shell`.
#[derive(Debug, Clone)]
pub struct Shell {
    /// The language of the page.
    pub language: Language,
    /// Words of the frame.
    pub t: &'static Words,
    /// The account that is signed in: its name for people.
    pub user: Option<String>,
    /// The token that every form of this page must carry; empty when nobody is signed in.
    pub csrf: String,
    /// The address of this page, with its query.
    pub address: String,
    /// What the account may do somewhere: decides which links are shown, never what is allowed.
    may: Vec<Capability>,
}

impl Shell {
    /// The frame of a visit.
    pub fn new(visit: &Visit) -> Self {
        let visitor = visit.visitor.as_ref();
        let may = |capability: &Capability| visitor.is_some_and(|v| v.actor.grants.iter().any(|g| allows(g.role, *capability)));
        Self {
            language: visit.language,
            t: Words::of(visit.language),
            user: visitor.map(|v| v.display_name.clone()),
            csrf: visitor.map(|v| v.csrf.clone()).unwrap_or_default(),
            address: visit.address.clone(),
            may: Capability::ALL.iter().copied().filter(may).collect(),
        }
    }

    /// Whether the account may do this somewhere: `shell.may("verify")`.
    pub fn may(&self, capability: &str) -> bool {
        self.may.iter().any(|known| known.as_str() == capability)
    }

    /// Whether this page lies at or below an address: marks the present place in the menu.
    pub fn at(&self, address: &str) -> bool {
        let path = self.address.split('?').next().unwrap_or_default();
        path.strip_prefix(address).is_some_and(|rest| rest.is_empty() || (rest.starts_with('/') && address != "/"))
    }

    /// Address of a static file, with the hash of what is in it: `shell.asset("app.css")`.
    pub fn asset(&self, name: &str) -> String {
        assets::address(name)
    }

    /// A day as people write it: 03/10/2023, or 3 Oct 2023.
    pub fn day(&self, day: &chrono::NaiveDate) -> String {
        match self.language {
            Language::Vi => day.format("%d/%m/%Y").to_string(),
            Language::En => day.format("%-d %b %Y").to_string(),
        }
    }

    /// The date of a document as people write it: a day or a month, however it was entered; other words as they are.
    pub fn date(&self, words: &str) -> String {
        let date = PartialDate::parse(words);
        match (date.date, date.precision, self.language) {
            (Some(day), DatePrecision::Day, _) => self.day(&day),
            (Some(day), DatePrecision::Month, Language::Vi) => day.format("%m/%Y").to_string(),
            (Some(day), DatePrecision::Month, Language::En) => day.format("%b %Y").to_string(),
            _ => words.to_owned(),
        }
    }
}

/// A page, with status 200.
///
/// # Errors
/// `internal` when the template cannot be filled.
pub fn show(template: &impl Template) -> AppResult<HttpResponse> {
    show_as(StatusCode::OK, template)
}

/// A page with another status: a form that is shown again because of what was wrong in it.
///
/// # Errors
/// As [`show`].
pub fn show_as(status: StatusCode, template: &impl Template) -> AppResult<HttpResponse> {
    let html = template.render().map_err(AppError::internal)?;
    let mut response = HttpResponse::build(status);
    response.insert_header((CACHE_CONTROL, "private, no-cache")).insert_header((VARY, "Cookie"));
    Ok(response.content_type("text/html; charset=utf-8").body(html))
}

/// A page that is shown once: no browser keeps it, and going back does not show it again.
///
/// # Errors
/// As [`show`].
pub fn show_once(template: &impl Template) -> AppResult<HttpResponse> {
    let mut response = show(template)?;
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

/// Leads on to another page, which is then asked for anew: the answer to a form that was taken.
pub fn go_to(address: &str) -> HttpResponse {
    HttpResponse::SeeOther().insert_header((LOCATION, address)).insert_header((CACHE_CONTROL, "private, no-cache")).finish()
}

/// Adds a header to an answer.
///
/// # Errors
/// `internal` when its value cannot be a header.
pub fn add_header(answer: &mut HttpResponse, (name, value): (&'static str, String)) -> AppResult<()> {
    let value = HeaderValue::from_str(&value).map_err(AppError::internal)?;
    answer.headers_mut().append(HeaderName::from_bytes(name.as_bytes()).map_err(AppError::internal)?, value);
    Ok(())
}

/// An address to go on to, if it is one of ours; the front page otherwise.
pub fn local(address: &str) -> &str {
    let ours = address.starts_with('/') && !address.starts_with("//") && !address.contains(['\\', '\r', '\n', '\t']);
    if ours { address } else { "/" }
}

/// An address with its query; empty parts are left out.
pub fn asking(path: &str, parts: &[&str]) -> String {
    let query: Vec<&str> = parts.iter().copied().filter(|part| !part.is_empty()).collect();
    if query.is_empty() { path.to_owned() } else { format!("{path}?{}", query.join("&")) }
}

/// One part of an address's query, percent-encoded.
pub fn encoded(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~');
    text.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_led_to_another_site() {
        for ours in ["/", "/tasks?unit=hg", "/tasks#x"] {
            assert_eq!(local(ours), ours);
        }
        for other in ["", "https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)", "/\t/evil.example"] {
            assert_eq!(local(other), "/", "{other}");
        }
    }

    #[test]
    fn the_menu_knows_where_one_is() {
        let shell = |address: &str| Visit { language: Language::Vi, address: address.into(), visitor: None }.shell();
        assert!(shell("/tasks?q=x").at("/tasks") && shell("/tasks/7").at("/tasks") && shell("/?as_of=x").at("/"));
        assert!(!shell("/tasksy").at("/tasks") && !shell("/tasks").at("/"));
    }

    #[test]
    fn a_query_keeps_vietnamese() {
        assert_eq!(encoded("Vị Thủy&1"), "V%E1%BB%8B%20Th%E1%BB%A7y%261");
    }
}
