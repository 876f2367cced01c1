//! Forms that several nouns share: codes, user names. Used by `#[validate(custom)]`.

use validator::ValidationError;

/// A stable code: lower-case letters, digits and hyphens, 2 to 80 of them.
///
/// # Errors
/// `code_form`.
pub fn code(text: &str) -> Result<(), ValidationError> {
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    check((2..=80).contains(&text.len()) && text.chars().all(fits), "code_form")
}

/// A user name: lower-case letters, digits, dot, hyphen and underscore, 3 to 60 of them.
///
/// # Errors
/// `username`.
pub fn username(text: &str) -> Result<(), ValidationError> {
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '.' | '-' | '_');
    check((3..=60).contains(&text.len()) && text.chars().all(fits), "username")
}

/// An e-mail address in plain letters, as offices have them: at most 254 characters, 48 before the `@` beside dots.
/// The schema of each address has the same rule as a pattern.
///
/// # Errors
/// `email`.
pub fn email(text: &str) -> Result<(), ValidationError> {
    let part = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '+' | '-'));
    let label = |label: &str| {
        let fits = label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
        fits && (1..=63).contains(&label.len()) && !label.starts_with('-') && !label.ends_with('-')
    };
    let Some((local, domain)) = text.split_once('@') else { return check(false, "email") };
    let Some((labels, last)) = domain.rsplit_once('.') else { return check(false, "email") };
    let before = local.split('.').all(part) && local.chars().filter(|c| *c != '.').count() <= 48;
    let after = labels.split('.').count() <= 8 && labels.split('.').all(label);
    let ends = (2..=24).contains(&last.len()) && last.chars().all(|c| c.is_ascii_alphabetic());
    check(text.len() <= 254 && before && after && ends, "email")
}

/// A list that must not be empty.
///
/// # Errors
/// `required`.
pub fn some<T>(list: &[T]) -> Result<(), ValidationError> {
    check(!list.is_empty(), "required")
}

/// Passwords that everybody tries first.
const COMMON: &[&str] = &["1234567890", "password123", "qwertyuiop", "0123456789", "matkhau123", "admin12345"];

/// A new password: 10 to 128 characters, not one repeated, not among the first ones guessed.
///
/// # Errors
/// `password`.
pub fn password(text: &str) -> Result<(), ValidationError> {
    let length = text.chars().count();
    let first = text.chars().next();
    let varied = text.chars().any(|c| Some(c) != first);
    check((10..=128).contains(&length) && varied && !COMMON.contains(&text.to_lowercase().as_str()), "password")
}

fn check(fits: bool, rule: &'static str) -> Result<(), ValidationError> {
    if fits { Ok(()) } else { Err(ValidationError::new(rule)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_plain() {
        assert!(code("hg-so-y-te").is_ok());
        for wrong in ["", "a", "Sở", "a b", "A-B", "a/b", "a%", "a_b"] {
            assert!(code(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn an_address_has_one_form() {
        for right in ["van-thu@haugiang.gov.vn", "a.b.c+x@x.vn", "A_1@So-Y-Te.hau-giang.gov.vn", &format!("{}@x.vn", "a".repeat(48))] {
            assert!(email(right).is_ok(), "{right}");
        }
        for wrong in [
            "",
            "@",
            "a@b",
            "a@b.c",
            "a b@x.vn",
            "a@x.vn, b@x.vn",
            "a..b@x.vn",
            ".a@x.vn",
            "a.@x.vn",
            "a@-x.vn",
            "a@x-.vn",
            "a@x..vn",
            "a@x.v1",
            "a@@x.vn",
            "<a@x.vn>",
            "a@x.vn\nBcc: b@x.vn",
            "văn-thư@x.vn",
            "a@tỉnh.vn",
            &format!("{}@x.vn", "a".repeat(49)),
        ] {
            assert!(email(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn easy_passwords_are_refused() {
        assert!(password("Demo-2026!").is_ok());
        for wrong in ["short", "aaaaaaaaaaaa", "Password123", &"x1".repeat(65)] {
            assert!(password(wrong).is_err(), "{wrong}");
        }
    }
}
