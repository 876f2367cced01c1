//! Password hashes: Argon2id with the library's recommended cost.

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};

use crate::error::{AppError, AppResult};

/// A hash that no password has: checked when the user does not exist, so that the time an answer
/// takes tells nothing.
const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5bm9ib2R5bm9ib2Q$Vx8iH0yB2jLkXqJmWcTnq6bq9o5Xo3p1s3c5p9m0aQk";

/// The hash to keep for a password.
///
/// # Errors
/// `internal` when the machine has no random numbers.
pub fn hash(password: &str) -> AppResult<String> {
    Argon2::default().hash_password(password.as_bytes()).map(|hash| hash.to_string()).map_err(AppError::internal)
}

/// Whether the password is the one that was hashed; takes the same time without a hash.
pub fn matches(password: &str, hash: Option<&str>) -> bool {
    let Ok(parsed) = PasswordHash::new(hash.unwrap_or(NOBODY)) else { return false };
    let equal = Argon2::default().verify_password(password.as_bytes(), &parsed).is_ok();
    equal && hash.is_some()
}

/// Letters and digits of a password that is made here: none that are read for another.
const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";

/// A password to be given to somebody, who will change it: three groups of five, 75 random bits.
///
/// # Errors
/// `internal` when the machine has no random numbers.
pub fn random() -> AppResult<String> {
    let mut bytes = [0_u8; 15];
    getrandom::fill(&mut bytes).map_err(AppError::internal)?;
    // 256 is a multiple of 32: every letter is as likely.
    let letters = bytes.iter().filter_map(|byte| LETTERS.get(usize::from(byte % 32))).map(|letter| char::from(*letter));
    let letters: Vec<char> = letters.collect();
    Ok(letters.chunks(5).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join("-"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_made_here_is_a_good_one() {
        let (one, other) = (random().unwrap(), random().unwrap());
        assert_ne!(one, other);
        assert!(one.len() == 17 && crate::domain::forms::password(&one).is_ok(), "{one}");
    }

    #[test]
    fn only_the_right_password_matches() {
        let kept = hash("Demo-2026!").unwrap();
        assert!(kept.starts_with("$argon2id$"));
        assert!(matches("Demo-2026!", Some(&kept)));
        assert!(!matches("demo-2026!", Some(&kept)));
        assert!(!matches("Demo-2026!", None));
        assert!(PasswordHash::new(NOBODY).is_ok());
    }
}
