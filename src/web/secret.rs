//! What is shown once: a password that was made here, the key of another system.

use actix_web::HttpResponse;
use askama::Template;

use super::page::{self, Shell};
use crate::error::AppResult;

words! {
    /// Words of what is shown once.
    SecretWords {
        once = "Chỉ hiện một lần. Hãy sao chép hoặc in ra trước khi rời trang này; hệ thống không giữ bản đọc được.", "Shown once. Copy or print it before you leave this page; no readable copy is kept.";
    }
}

/// A page that shows a secret once.
#[derive(Template)]
#[template(path = "secret.html")]
pub struct SecretPage {
    pub shell: Shell,
    pub t: &'static SecretWords,
    /// What was done.
    pub title: String,
    /// What to do with it.
    pub advice: &'static str,
    /// Labels and values; the last value is the secret.
    pub rows: Vec<(&'static str, String)>,
    /// Where to go on, and what that is called.
    pub next: (String, &'static str),
}

/// The page, which nobody keeps.
///
/// # Errors
/// `internal` when the template cannot be filled.
pub fn show(
    shell: Shell,
    title: String,
    advice: &'static str,
    rows: Vec<(&'static str, String)>,
    next: (String, &'static str),
) -> AppResult<HttpResponse> {
    let t = SecretWords::of(shell.language);
    page::show_once(&SecretPage { shell, t, title, advice, rows, next })
}
