//! The secret that signs access tokens.

use std::fmt;

/// A secret of at least 32 bytes; prints as dots.
#[derive(Clone, PartialEq, Eq)]
pub struct SigningKey(Vec<u8>);

impl SigningKey {
    /// From bytes.
    ///
    /// # Errors
    /// A sentence for the operator when there are fewer than 32.
    pub fn new(bytes: Vec<u8>) -> Result<Self, String> {
        if bytes.len() < 32 {
            return Err("signing_key needs at least 32 characters: make one with `openssl rand -hex 32`".into());
        }
        Ok(Self(bytes))
    }

    /// The secret itself.
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SigningKey(…)")
    }
}
