//! The token in each mail, with which its reader says no without signing in. It ends mail of one kind to one
//! account and opens nothing else, so it does not expire.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::domain::notifications::NotificationKind;
use crate::domain::{Id, SigningKey};

/// A signature for this purpose is none for another.
const PURPOSE: &[u8] = b"unsubscribe\0";

/// The token for an account and a kind.
pub fn token(key: &SigningKey, user: Id, kind: NotificationKind) -> String {
    let named = format!("{user}.{kind}");
    let signature = hex::encode(signed(key, &named).finalize().into_bytes());
    format!("{named}.{signature}")
}

/// The account and the kind of a token of ours.
pub fn read(key: &SigningKey, token: &str) -> Option<(Id, NotificationKind)> {
    let (named, signature) = token.rsplit_once('.')?;
    signed(key, named).verify_slice(&hex::decode(signature).ok()?).ok()?;
    let (user, kind) = named.split_once('.')?;
    Some((user.parse().ok()?, kind.parse().ok()?))
}

fn signed(key: &SigningKey, named: &str) -> Hmac<Sha256> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key.bytes()).unwrap_or_else(|_| unreachable!("a key may have any length"));
    mac.update(PURPOSE);
    mac.update(named.as_bytes());
    mac
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_token_is_read() {
        let key = SigningKey::new(vec![7; 32]).unwrap();
        let user = Id::new(chrono::DateTime::default());
        let token = token(&key, user, NotificationKind::Overdue);
        assert_eq!(read(&key, &token), Some((user, NotificationKind::Overdue)));
        assert_eq!(read(&SigningKey::new(vec![8; 32]).unwrap(), &token), None);
        let other_kind = token.replace("overdue", "instruction");
        for wrong in ["", ".", "..", &other_kind, &token[1..], &token[..token.len() - 2]] {
            assert_eq!(read(&key, wrong), None, "{wrong}");
        }
    }
}
