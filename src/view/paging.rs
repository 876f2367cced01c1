//! Pages of lists.

use serde::Serialize;
use utoipa::ToSchema;

/// One page of a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct PageView<T: ToSchema> {
    /// The items, in the order of the list.
    pub items: Vec<T>,
    /// Pass this as `cursor` for the next page; `null` on the last.
    #[schema(example = json!(null))]
    pub next: Option<String>,
}

impl<T: ToSchema> PageView<T> {
    /// A page of views.
    pub fn new(items: Vec<T>, next: Option<String>) -> Self {
        Self { items, next }
    }
}
