//! Who asks, and what is asked.

use std::cell::RefCell;
use std::future::IntoFuture;

use actix_web::http::Method;
use actix_web::test::TestRequest;
use chrono::{DateTime, TimeDelta, Utc};
use futures_util::future::LocalBoxFuture;
use resolution_tracker::service::sessions::ACCESS_SECONDS;
use serde_json::Value;

use super::app::TestApp;
use super::response::Response;

/// Somebody who asks; stays signed in when the clock moves.
pub struct Actor<'a> {
    app: &'a TestApp,
    username: Option<String>,
    token: RefCell<Option<(String, DateTime<Utc>)>>,
}

impl<'a> Actor<'a> {
    pub(super) fn signed_in(app: &'a TestApp, username: &str) -> Self {
        let actor = Self { app, username: Some(username.to_owned()), token: RefCell::new(None) };
        actor.renew();
        actor
    }

    pub(super) fn with_token(app: &'a TestApp, token: Option<String>) -> Self {
        Self { app, username: None, token: RefCell::new(token.map(|t| (t, app.now()))) }
    }

    /// The access token held now.
    pub fn token(&self) -> Option<String> {
        self.renew();
        self.token.borrow().as_ref().map(|(token, _)| token.clone())
    }

    fn renew(&self) {
        let Some(username) = &self.username else { return };
        let now = self.app.now();
        let fresh = self.token.borrow().as_ref().is_some_and(|(_, at)| *at <= now && now - *at < TimeDelta::seconds(ACCESS_SECONDS - 60));
        if !fresh {
            *self.token.borrow_mut() = Some((self.app.db_session(username).access, now));
        }
    }

    /// Asks for something. `areas?q=x` is an address of the API; `/healthz` is taken as it stands.
    pub fn get(&self, path: &str) -> Call<'_> {
        self.call(Method::GET, path)
    }

    /// Sends a new thing, or a command.
    pub fn post(&self, path: &str, body: Value) -> Call<'_> {
        self.call(Method::POST, path).json(body)
    }

    /// Changes a part; most addresses want [`Call::if_match`] too.
    pub fn patch(&self, path: &str, body: Value) -> Call<'_> {
        self.call(Method::PATCH, path).json(body)
    }

    /// Replaces something.
    pub fn put(&self, path: &str, body: Value) -> Call<'_> {
        self.call(Method::PUT, path).json(body)
    }

    /// Any method, without a body.
    pub fn call(&self, method: Method, path: &str) -> Call<'_> {
        let path = if path.starts_with('/') { path.to_owned() } else { format!("/api/v1/{path}") };
        let mut headers = Vec::new();
        if let Some(token) = self.token() {
            headers.push(("authorization".to_owned(), format!("Bearer {token}")));
        }
        Call { app: self.app, method, path, headers, body: Vec::new() }
    }

    /// Changes a part of what stands at `path`, as a form does: reads it, and sends its tag along.
    pub async fn change(&self, path: &str, body: Value) -> Response {
        let read = self.get(path).await.expect(200);
        self.patch(path, body).if_match(read.etag()).await
    }
}

/// A request; `.await` sends it.
pub struct Call<'a> {
    app: &'a TestApp,
    method: Method,
    path: String,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

impl Call<'_> {
    /// Adds a header, in place of one of that name.
    #[must_use]
    pub fn header(mut self, name: &str, value: impl Into<String>) -> Self {
        self.headers.retain(|(known, _)| !known.eq_ignore_ascii_case(name));
        self.headers.push((name.to_owned(), value.into()));
        self
    }

    /// `If-Match`.
    #[must_use]
    pub fn if_match(self, etag: &str) -> Self {
        self.header("If-Match", etag)
    }

    /// `Idempotency-Key`.
    #[must_use]
    pub fn key(self, key: &str) -> Self {
        self.header("Idempotency-Key", key)
    }

    /// `Accept-Language: en`.
    #[must_use]
    pub fn in_english(self) -> Self {
        self.header("Accept-Language", "en")
    }

    /// A JSON body.
    #[must_use]
    pub fn json(self, body: Value) -> Self {
        self.bytes("application/json", body.to_string())
    }

    /// A body of any kind.
    #[must_use]
    pub fn bytes(self, content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        Self { body: body.into(), ..self.header("Content-Type", content_type) }
    }
}

impl IntoFuture for Call<'_> {
    type Output = Response;
    type IntoFuture = LocalBoxFuture<'static, Response>;

    fn into_future(self) -> Self::IntoFuture {
        let mut request = TestRequest::with_uri(&encoded(&self.path)).method(self.method);
        for (name, value) in self.headers {
            request = request.insert_header((name, value));
        }
        self.app.call(request.set_payload(self.body))
    }
}

/// Percent-encodes what an address cannot hold: spaces and everything that is not ASCII.
fn encoded(path: &str) -> String {
    path.bytes().map(|byte| if byte.is_ascii_graphic() { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}
