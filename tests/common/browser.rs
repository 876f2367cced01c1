//! Somebody who looks at pages: keeps cookies and the token of the last form, as a browser does.

use std::cell::RefCell;
use std::collections::BTreeMap;

use actix_web::test::TestRequest;
use resolution_tracker::service::sessions;
use resolution_tracker::store;
use resolution_tracker::web::session::sealed;

use super::app::TestApp;
use super::response::Response;

/// A browser with its cookies.
pub struct Browser<'a> {
    app: &'a TestApp,
    cookies: RefCell<BTreeMap<String, String>>,
    token: RefCell<String>,
}

impl TestApp {
    /// A browser in which nobody is signed in.
    pub fn browser(&self) -> Browser<'_> {
        Browser { app: self, cookies: RefCell::default(), token: RefCell::default() }
    }

    /// A browser in which an account is signed in, past its password.
    pub fn browser_of(&self, username: &str) -> Browser<'_> {
        let session = self.db(|conn, at| {
            let user = store::users::find_by_username(conn, username)?;
            sessions::open_for_browser(conn, &user.unwrap_or_else(|| panic!("no account {username:?}")), at)
        });
        let browser = self.browser();
        browser.cookies.borrow_mut().insert("session".into(), sealed(self.state.signing_key(), session));
        browser
    }
}

impl Browser<'_> {
    /// Looks at a page.
    pub async fn get(&self, path: &str) -> Response {
        self.send(TestRequest::get().uri(path)).await
    }

    /// Sends a form with the token of the page seen last.
    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Response {
        let token = self.token.borrow().clone();
        let fields: Vec<(&str, &str)> = fields.iter().copied().chain([("csrf", token.as_str())]).collect();
        self.post_bare(path, &fields).await
    }

    /// Sends a form as it is.
    pub async fn post_bare(&self, path: &str, fields: &[(&str, &str)]) -> Response {
        self.send(TestRequest::post().uri(path).set_form(fields)).await
    }

    /// Sends a form with a file, with the token of the page seen last in its address.
    pub async fn post_file(&self, path: &str, fields: &[(&str, &str)], file: Option<(&str, &[u8])>) -> Response {
        self.post_files(path, fields, &[file.unwrap_or_default()]).await
    }

    /// As [`Browser::post_file`], with several files.
    pub async fn post_files(&self, path: &str, fields: &[(&str, &str)], files: &[(&str, &[u8])]) -> Response {
        let address = format!("{path}?csrf={}", self.token.borrow());
        let mut body = Vec::new();
        let mut part = |about: &str, content: &[u8]| {
            body.extend_from_slice(format!("--x\r\nContent-Disposition: form-data; {about}\r\n\r\n").as_bytes());
            body.extend_from_slice(content);
            body.extend_from_slice(b"\r\n");
        };
        fields.iter().for_each(|(name, value)| part(&format!("name=\"{name}\""), value.as_bytes()));
        files.iter().for_each(|(name, bytes)| part(&format!("name=\"file\"; filename=\"{name}\""), bytes));
        body.extend_from_slice(b"--x--\r\n");
        let request = TestRequest::post().uri(&address).insert_header(("content-type", "multipart/form-data; boundary=x"));
        self.send(request.set_payload(body)).await
    }

    /// Sends any request, with the cookies held.
    pub async fn send(&self, request: TestRequest) -> Response {
        let cookies: Vec<String> = self.cookies.borrow().iter().map(|(name, value)| format!("{name}={value}")).collect();
        let answer = self.app.call(request.insert_header(("cookie", cookies.join("; ")))).await;
        for header in answer.headers.get_all("set-cookie") {
            let (name, rest) = header.to_str().unwrap().split_once('=').unwrap();
            let value = rest.split(';').next().unwrap().to_owned();
            if rest.contains("Max-Age=0") {
                self.cookies.borrow_mut().remove(name)
            } else {
                self.cookies.borrow_mut().insert(name.into(), value)
            };
        }
        if let Some(token) = answer.text.rsplit_once("name=\"csrf\" value=\"").and_then(|(_, rest)| rest.split('"').next()) {
            *self.token.borrow_mut() = token.to_owned();
        }
        answer
    }

    /// A cookie held.
    pub fn cookie(&self, name: &str) -> Option<String> {
        self.cookies.borrow().get(name).cloned()
    }

    /// Sets or takes away a cookie.
    pub fn set_cookie(&self, name: &str, value: Option<&str>) {
        match value {
            Some(value) => drop(self.cookies.borrow_mut().insert(name.to_owned(), value.to_owned())),
            None => drop(self.cookies.borrow_mut().remove(name)),
        }
    }
}

/// The value of a hidden field of a page.
pub fn hidden(page: &str, name: &str) -> String {
    let value = page.split(&format!("name=\"{name}\" value=\"")).nth(1).unwrap_or_else(|| panic!("no {name}: {page}"));
    value.split('"').next().unwrap().replace("&#43;", "+").replace("&#47;", "/").replace("&#61;", "=")
}
