//! Pages of lists: a limit, and an opaque cursor that says where the next page begins.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::error::{AppError, AppResult, FieldError, rules};

/// Items of a page unless asked otherwise.
pub const DEFAULT_LIMIT: i64 = 50;
/// Most items of a page.
pub const MOST: i64 = 200;

/// One page of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page<T> {
    /// The items.
    pub items: Vec<T>,
    /// Where the next page begins, if there is one.
    pub next: Option<String>,
}

impl<T> Page<T> {
    /// Turns each item into what leaves the house.
    pub fn map<U>(self, view: impl FnMut(T) -> U) -> Page<U> {
        Page { items: self.items.into_iter().map(view).collect(), next: self.next }
    }
}

/// What was asked of a list: how many, and after what.
#[derive(Debug, Clone, Default)]
pub struct PageRequest {
    /// Items wanted, 1 to 200.
    pub limit: Option<i64>,
    /// The `next` of the page before.
    pub cursor: Option<String>,
}

impl PageRequest {
    /// How many items to show.
    ///
    /// # Errors
    /// `invalid_parameter` outside 1 to 200.
    pub fn limit(&self) -> AppResult<i64> {
        match self.limit.unwrap_or(DEFAULT_LIMIT) {
            limit @ 1..=MOST => Ok(limit),
            _ => {
                let field = FieldError::new("limit", rules::RANGE).with("min", 1).with("max", MOST);
                Err(AppError::new(crate::error::codes::INVALID_PARAMETER).with_field(field))
            }
        }
    }

    /// Where the page begins: the key of the last item before it.
    ///
    /// # Errors
    /// `invalid_parameter` when the cursor is not one of this list.
    pub fn after<K: DeserializeOwned>(&self) -> AppResult<Option<K>> {
        self.cursor
            .as_deref()
            .map(|text| {
                let json = URL_SAFE_NO_PAD.decode(text).ok();
                json.and_then(|j| serde_json::from_slice(&j).ok()).ok_or_else(|| AppError::bad_parameter("cursor", rules::CURSOR))
            })
            .transpose()
    }

    /// Makes a page from up to one row more than it shows; `key` is what the list is ordered by.
    ///
    /// # Errors
    /// As [`PageRequest::limit`].
    pub fn page<T, K: Serialize>(&self, mut rows: Vec<T>, key: impl Fn(&T) -> K) -> AppResult<Page<T>> {
        let limit = usize::try_from(self.limit()?).unwrap_or(usize::MAX);
        let more = rows.len() > limit;
        rows.truncate(limit);
        let next = rows.last().filter(|_| more).map(|last| cursor(&key(last)));
        Ok(Page { items: rows, next })
    }
}

fn cursor(key: &impl Serialize) -> String {
    URL_SAFE_NO_PAD.encode(serde_json::to_vec(key).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cursor_leads_to_the_next_page() {
        let asked = PageRequest { limit: Some(2), cursor: None };
        let page = asked.page(vec!["a", "b", "c"], |s| (*s).to_owned()).unwrap();
        assert_eq!(page.items, ["a", "b"]);
        let next = PageRequest { limit: Some(2), cursor: page.next };
        assert_eq!(next.after::<String>().unwrap().as_deref(), Some("b"));
        assert_eq!(asked.page(vec!["a", "b"], |s| (*s).to_owned()).unwrap().next, None);
    }

    #[test]
    fn nonsense_is_refused() {
        assert!(PageRequest { limit: Some(0), cursor: None }.limit().is_err());
        assert!(PageRequest { limit: Some(201), cursor: None }.limit().is_err());
        for cursor in ["", "x", "e30"] {
            assert!(PageRequest { limit: None, cursor: Some(cursor.into()) }.after::<(String, i64)>().is_err());
        }
    }
}
