//! Whether a form was ours: a token that only our own pages hold, and what the browser says of
//! where the form stood.

use std::fmt::Write;

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::domain::SigningKey;

/// What a token or cookie is for: a signature for one is none for another.
#[derive(Debug, Clone, Copy)]
pub enum Purpose {
    /// The cookie that names a session.
    Session,
    /// The hidden field of a form of somebody signed in.
    Form,
    /// The hidden field of the form to sign in.
    LoginForm,
}

impl Purpose {
    fn tag(self) -> &'static [u8] {
        match self {
            Self::Session => b"web session\0",
            Self::Form => b"web form\0",
            Self::LoginForm => b"web login form\0",
        }
    }
}

/// Signs `text` for a purpose, in 64 hexadecimal digits.
pub fn sign(key: &SigningKey, purpose: Purpose, text: &str) -> String {
    hex::encode(mac(key, purpose, text).finalize().into_bytes())
}

/// Whether `signature` is ours; takes the same time wherever it differs.
pub fn is_signed(key: &SigningKey, purpose: Purpose, text: &str, signature: &str) -> bool {
    hex::decode(signature).is_ok_and(|bytes| mac(key, purpose, text).verify_slice(&bytes).is_ok())
}

fn mac(key: &SigningKey, purpose: Purpose, text: &str) -> Hmac<Sha256> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key.bytes()).unwrap_or_else(|_| unreachable!("a key may have any length"));
    mac.update(purpose.tag());
    mac.update(text.as_bytes());
    mac
}

/// A token for one page. Different every time, so that compressed pages tell nothing about it.
pub fn token(key: &SigningKey, purpose: Purpose, of: &str) -> String {
    let nonce = random();
    let signature = sign(key, purpose, &format!("{of}.{nonce}"));
    format!("{nonce}.{signature}")
}

/// Whether a token was made for `of`.
pub fn is_token(key: &SigningKey, purpose: Purpose, of: &str, token: &str) -> bool {
    token.split_once('.').is_some_and(|(nonce, signature)| is_signed(key, purpose, &format!("{of}.{nonce}"), signature))
}

/// Sixteen random hexadecimal digits.
pub fn random() -> String {
    let mut bytes = [0_u8; 8];
    // Without random numbers the token is the same every time: still nobody else's.
    let _ = getrandom::fill(&mut bytes);
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Whether the browser says that the request comes from a page of another site. `own` are the
/// hosts this service is known by.
pub fn is_foreign(fetch_site: Option<&str>, origin: Option<&str>, own: &[&str]) -> bool {
    match (fetch_site, origin) {
        (Some(site), _) => !matches!(site, "same-origin" | "none"),
        (None, Some(origin)) => !origin.split_once("://").is_some_and(|(_, host)| own.contains(&host)),
        // Old browsers and programs say nothing; the token decides.
        (None, None) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_good_for_its_own_purpose_and_owner() {
        let key = SigningKey::new(vec![7; 32]).unwrap();
        let token = token(&key, Purpose::Form, "session");
        assert!(is_token(&key, Purpose::Form, "session", &token));
        assert_ne!(token, super::token(&key, Purpose::Form, "session"));
        let other = SigningKey::new(vec![8; 32]).unwrap();
        assert!(!is_token(&other, Purpose::Form, "session", &token));
        assert!(!is_token(&key, Purpose::LoginForm, "session", &token));
        assert!(!is_token(&key, Purpose::Form, "another", &token));
        for wrong in ["", ".", "a.b", &token[1..], &token[..token.len() - 1]] {
            assert!(!is_token(&key, Purpose::Form, "session", wrong), "{wrong}");
        }
    }

    #[test]
    fn the_browser_tells_where_a_form_stood() {
        let own = ["tracker.example"];
        assert!(!is_foreign(Some("same-origin"), Some("https://evil.example"), &own));
        assert!(!is_foreign(None, Some("https://tracker.example"), &own));
        assert!(!is_foreign(None, None, &own));
        for (site, origin) in
            [(Some("cross-site"), None), (Some("same-site"), None), (None, Some("https://evil.example")), (None, Some("null"))]
        {
            assert!(is_foreign(site, origin, &own), "{site:?} {origin:?}");
        }
    }
}
